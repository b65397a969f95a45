"""How a referral was sent; before the first letter to a fax number its last four digits are typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.services import fax_numbers, referrals
from referral_app.services.errors import InvalidInput
from referral_app.services.fax_numbers import Target
from referral_app.services.referrals import ReferralRecord
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.inputs import LineEdit, Radios, TextArea

WAYS = (("mail", "Mail"), ("hand", "Handed to the patient"), ("other", "Another way"))


class SentDialog(Framed):
    """Records that the letter left; `sent` when that is stored."""

    sent = Signal()

    def __init__(
        self, desk: Desk, referral_id: str, target: Target | None, parent: QWidget, version: int = 0
    ) -> None:
        """Offer the ways; fax is one where the surgeon has a number on file.

        `version` is the lock version of the referral as it is shown.
        """
        super().__init__(parent, "sentDialog", "Mark as sent")
        self._desk, self._referral_id, self._target = desk, referral_id, target
        self._version = version
        fax = (("fax", f"Fax to {target.said}" if not target.why else "Fax"),) if target else ()
        self.how = Radios("sentHow", [*fax, *WAYS])
        self.how.set_value("fax" if target else "mail")
        self.digits = LineEdit("sentDigits", chars=6)
        self.words = TextArea("sentWords", rows=2)
        self.blocks = {
            "how": Field("How was it sent?", self.how, target.note if target else ""),
            "last_four": Field("Last four digits of the fax", self.digits, _hint(target)),
            "words": Field("How?", self.words),
        }
        self.yes = buttons.primary("Mark sent", "sentYes")
        no = buttons.outlined("Back", "sentNo")
        self.yes.setDefault(True)
        self.yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self.how.changed.connect(self._follow)
        self.note = labels.muted(_ending(target))
        for part in (*self.blocks.values(), self.note):
            self.body.addWidget(part)
        self.lay_out((520, 360), None, no, self.yes)
        self._follow()

    def accept(self) -> None:
        """Store it, or say what is missing."""
        how, words = self.how.value(), self.words.toPlainText().strip()
        problems = {"how": "Choose how it was sent."} if not how else {}
        if how == "other" and not words:
            problems["words"] = "Enter a few words."
        self._show_errors(problems)
        if problems:
            return
        said = words if how == "other" else dict(WAYS).get(how, "")
        self.yes.setEnabled(False)
        db, act = (
            self._desk.db,
            partial(self._store, by_fax=how == "fax", said=said, digits=self.digits.text()),
        )

        def work() -> ReferralRecord:
            with db.begin() as session:
                return act(session)

        self._desk.background.run(self, work, self._stored, self._refused)

    def _store(self, session: Session, by_fax: bool, said: str, digits: str) -> ReferralRecord:
        if by_fax:
            shown = self._target.number if self._target else ""
            return fax_numbers.mark_faxed(session, self._referral_id, digits, shown, self._version)
        return referrals.mark_sent(session, self._referral_id, said, self._version)

    def _stored(self, _record: ReferralRecord) -> None:
        self.sent.emit()
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        if not isinstance(error, InvalidInput):
            raise error
        self._show_errors(
            {(key if key in self.blocks else "how"): text for key, text in error.fields.items()}
        )

    def _show_errors(self, problems: dict[str, str]) -> None:
        fields.show_errors(self.blocks, problems)
        if problems:
            fields.go_to(self.blocks[next(iter(problems))].widget)

    def _follow(self) -> None:
        """Ask what the way chosen needs."""
        fax = self.how.value() == "fax" and self._target is not None
        asks = fax and self._target is not None and bool(self._target.why)
        self.blocks["last_four"].setVisible(asks)
        self.blocks["words"].setVisible(self.how.value() == "other")
        self.note.setVisible(fax and not asks)


def _hint(target: Target | None) -> str:
    return f"{target.why} Type them as the fax machine printed them." if target else ""


def _ending(target: Target | None) -> str:
    if target is None:
        return ""
    return f"Ending in {' '.join(target.said[-4:])}: compare with what the fax machine printed."
