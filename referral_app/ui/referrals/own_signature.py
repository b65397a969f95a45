"""Whether a clinician signs with the signature that they drew or typed, beside the button that signs."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.clinical import dates, handwriting
from referral_app.clinical.handwriting import Handwriting
from referral_app.jobs import e_signatures
from referral_app.jobs.e_signatures import Standing
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column

INVENTED = "In a demonstration it is the typed name, marked as invented; nobody’s passphrase is asked."
NONE = "You can draw or type a signature of your own under My signature, in the menu."
LOST = "Your passphrase was reset since you kept your signature. Draw or type it anew under My signature, in the menu."


class OwnSignature(QWidget):
    """A tick and what it means; it is asked anew whenever it comes into sight."""

    def __init__(self, desk: Desk) -> None:
        """Make it without a tick, until it is known that there is a signature."""
        super().__init__()
        self.setObjectName("ownSignature")
        self._standing = Standing()
        self.tick = QCheckBox("With my signature")
        self.tick.setObjectName("withSignature")
        self.words = labels.muted("")
        self.words.setObjectName("ownSignatureWords")
        lines = column(spacing=4)
        lines.addWidget(self.tick)
        lines.addWidget(self.words)
        self.setLayout(lines)
        self.tick.hide()
        self._latest = desk.background.latest(self, self.show_standing)
        self._look = partial(e_signatures.standing, desk.db)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask how the signature stands by now."""
        super().showEvent(event)
        self._latest.ask(self._look)

    def show_standing(self, standing: Standing) -> None:
        """Show how it stands."""
        self._standing = standing
        self.tick.setVisible(standing.can_be_placed)
        if not standing.can_be_placed:
            self.tick.setChecked(False)
        self.words.setText(_words(standing))
        self.tick.setAccessibleDescription(self.words.text())

    def asks_passphrase(self) -> bool:
        """Tell whether a signature is wanted that a passphrase opens."""
        return self.tick.isChecked() and not self._standing.is_demonstration

    def invented(self, name: str) -> Handwriting | None:
        """Return the name, typed, where a demonstration is signed with a signature."""
        return handwriting.typed(name) if self.tick.isChecked() and self._standing.is_demonstration else None


def _words(standing: Standing) -> str:
    if standing.is_demonstration:
        return INVENTED
    if standing.kind is None or standing.made_at is None:
        return NONE
    if not standing.opens:
        return LOST
    on = dates.say(standing.made_at.astimezone().date())
    return f"{standing.kind.label}, kept on {on}. Your passphrase is asked, and an edit leaves it behind."
