"""What came of a visit: canceled with reason and by whom, a no-show; a wrong click or date taken back."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.services import visit_acts
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui import transaction, visit_words
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import ChoiceBox, TextArea

CANCEL, MISS, BACK, UNMOVE = "cancel", "miss", "back", "unmove"
ACTS = (CANCEL, MISS, BACK, UNMOVE)
BY = tuple((one, one) for one in ("The patient", "The surgeon’s office", "Our office"))
_WORDS = {
    CANCEL: ("Cancel the {}", "Cancel the visit", "Why is it canceled?", "It stays in the list with this reason."),
    MISS: ("The patient did not come to the {}", "Record it", "What is known of it", ""),
    BACK: ("Take back what was recorded of the {}", "Take it back", "Why is it taken back?",
           "The visit is booked again, and the step of the referral is undone."),
    UNMOVE: ("Take back the new time of the {}", "Take it back", "Why is it taken back?",
             "The visit is booked for its earlier time again, and the step of the referral is undone."),
}  # fmt: skip
"""Of each act its title, its button, its question and a hint."""


class VisitEnding(Framed):
    """Asks for what belongs to it; `stored(record)` when it is recorded."""

    stored = Signal(object)

    def __init__(self, desk: Desk, visit: AppointmentRecord, act: str, parent: QWidget) -> None:
        """Make it for a visit and one of the acts."""
        title, verb, question, hint = _WORDS[act]
        about = f"{visit.patient}, {visit_words.when(visit)}, with {visit.surgeon}"
        super().__init__(parent, "visitEnding", title.format(visit_words.what(visit)), about)
        self._desk, self._visit, self._act = desk, visit, act
        self.by: ChoiceBox | None = ChoiceBox("visitEndingBy", BY) if act == CANCEL else None
        self.why = TextArea("visitEndingWhy", rows=3)
        asked = {"by": Field("Who cancels it", self.by)} if self.by is not None else {}
        self.blocks = {**asked, "why": Field(question, self.why, hint, optional=act == MISS)}
        self.save_button = (buttons.danger if act == CANCEL else buttons.primary)(verb, "visitEndingSave")
        for block in self.blocks.values():
            self.body.addWidget(block)
        back = buttons.outlined("Back", "visitEndingBack")
        back.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.lay_out((560, 0), None, back, self.save_button)
        (self.by or self.why).setFocus()

    def save(self) -> None:
        """Record it, or say what is wrong."""
        why = self.why.toPlainText().strip()
        problems: dict[str, str] = {}
        if self.by is not None and not self.by.value():
            problems["by"] = "Choose who cancels it."
        if self._act != MISS and not why:
            problems["why"] = "Enter a few words."
        self.show_errors(problems)
        if not problems:
            self.save_button.setEnabled(False)
            transaction.write(self._desk, self, self._work(why), self._kept, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        self.save_button.setEnabled(True)
        super().failed(error)

    def _work(self, why: str) -> Any:
        if self.by is not None:
            by = self.by.value()
            return partial(visit_acts.cancel, appointment_id=self._visit.id, why=why, by=by)
        act = visit_acts.miss if self._act == MISS else visit_acts.take_back
        return partial(act, appointment_id=self._visit.id, why=why)

    def _kept(self, record: AppointmentRecord) -> None:
        self.stored.emit(record)
        self.accept()
