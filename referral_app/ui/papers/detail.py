"""One document of the ledger: what it is, what was done with it, and the way to its bytes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.services.ledger import PaperRecord
from referral_app.ui import moments
from referral_app.ui.papers import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import stacked
from referral_app.ui.widgets.detail import RecordDetail, sheet
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.facts import facts

NOT_LEFT = "It was looked at and did not leave the program; its bytes were not kept."


class PaperDetail(RecordDetail):
    """Shows one document; `opened(id)` asks for its bytes, `only_patient` for a narrower list."""

    opened = Signal(str)
    only_patient = Signal(object)

    def __init__(self) -> None:
        """Make it empty."""
        hint = "What was done with it appears here."
        super().__init__("paperDetail", EmptyState("letter", "Choose a document", hint, name="paperNone"))
        self._paper: PaperRecord | None = None
        self.open_button = self.offer(buttons.primary("Open what left", "paperOpen", icon="open"), self._open)
        self.open_button.setToolTip("Shows exactly the bytes that were printed, saved or sent")
        self.patient_button = self.offer(
            buttons.outlined("Only this patient", "paperOnlyPatient", "filter"), self._patient
        )

    def show_paper(self, one: PaperRecord | None) -> None:
        """Show a document, or that none is chosen."""
        self._paper = one
        self.show_content(_content(one) if one else None)
        if one:
            self.open_button.setVisible(bool(one.acts))
            self.patient_button.setVisible(bool(one.patient_id))

    def _open(self) -> None:
        if self._paper:
            self.opened.emit(self._paper.id)

    def _patient(self) -> None:
        self.only_patient.emit(self._paper)


def _content(one: PaperRecord) -> QWidget:
    made_at = moments.say(one.made_at) + (f" by {one.made_by}" if one.made_by else "")
    said = [
        ("About", wording.about(one)), ("Referral", wording.version(one)), ("Written", wording.written(one)),
        ("Made", made_at), ("With it", "\n".join(one.enclosed)),
    ]  # fmt: skip
    acts = [
        stacked(labels.strong(wording.act(act)), labels.muted(wording.by(act)), spacing=2) for act in one.acts
    ]
    known_by = [("Size", f"{one.size:,} bytes"), ("SHA-256", _in_fours(one.sha256))]
    return sheet(
        one.kind.label,
        facts(said, 72),
        labels.heading("What was done with it"),
        *(acts or [labels.body(NOT_LEFT)]),
        labels.heading("By what it is known"),
        facts(known_by, 72),
    )


def _in_fours(digest: str) -> str:
    """Return a hash in groups, which can be read out and wraps between them."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
