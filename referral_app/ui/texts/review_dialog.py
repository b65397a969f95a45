"""Recording a review: who reviewed which texts as they stand, in what role, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.jobs import patient_texts as jobs
from referral_app.services import patient_texts
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.texts.shelf import Entry
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import LineEdit, Radios

SENTENCE = (
    "Record a review that somebody made of the words as they stand. A change of a text voids its review. A "
    "translation of medical words needs a qualified reviewer; a machine is none."
)


class ReviewDialog(Framed):
    """`recorded(sentence)` once it is kept."""

    recorded = Signal(str)

    def __init__(
        self, desk: Desk, language: str, entry: Entry, entries: Sequence[Entry], parent: QWidget
    ) -> None:
        """Offer this text, or all of its language that wait for a review."""
        super().__init__(parent, "reviewDialog", "Record a review", SENTENCE)
        self._desk, self._language, self._entry = desk, language, entry
        self._waiting = [one for one in entries if not one.reviewed]
        what = [("one", f"This text: {entry.title}")]
        if self._waiting:
            what.append(("waiting", f"All that wait for a review: {len(self._waiting)} texts"))
        what.append(("all", f"All {len(entries)} texts of this language"))
        self._entries = entries
        self.what = Radios("reviewWhat", what)
        self.what.set_value("one")
        self.lines = {
            "reviewer": LineEdit("reviewReviewer", chars=36), "role": LineEdit("reviewRole", chars=36),
            "reviewed_on": LineEdit("reviewDay", chars=20),
        }  # fmt: skip
        self.lines["reviewed_on"].setText(dates.say(date.today()))
        self.blocks = {
            "what": Field("What was reviewed", self.what),
            "reviewer": Field("Who reviewed it", self.lines["reviewer"], "Full name"),
            "role": Field(
                "In what role", self.lines["role"], "Such as certified medical interpreter", optional=True
            ),
            "reviewed_on": Field("When", self.lines["reviewed_on"], "Such as 3/27/2026"),
        }
        for block in self.blocks.values():
            self.body.addWidget(block)
        self.cancel_button = buttons.outlined("Cancel", "reviewCancel")
        self.record_button = buttons.primary("Record the review", "reviewRecord")
        self.record_button.setDefault(True)
        self.lay_out((600, 660), None, self.cancel_button, self.record_button)
        self.cancel_button.clicked.connect(self.reject)
        self.record_button.clicked.connect(self.record)
        self.lines["reviewer"].setFocus()

    def record(self) -> None:
        """Keep the review, or say what is missing."""
        day, wrong = self._day()
        if wrong:
            self.show_errors({"reviewed_on": wrong})
            return
        language, read = self._language, {one.record.name: one.words for one in self._chosen()}
        parts = (self.lines["reviewer"].text().strip(), self.lines["role"].text().strip())
        reviewer = ", ".join(part for part in parts if part) if parts[0] else ""

        def act(session: Session) -> int:
            originals = jobs.originals(language)
            patient_texts.review(session, language, read, reviewer, day, originals=originals)
            return len(read)

        self.record_button.setEnabled(False)
        transaction.write(self._desk, self, act, self._done, self._refused)

    def _chosen(self) -> Sequence[Entry]:
        return {"one": [self._entry], "waiting": self._waiting, "all": self._entries}.get(
            self.what.value(), []
        )

    def _day(self) -> tuple[date | None, str]:
        typed = self.lines["reviewed_on"].text().strip()
        try:
            return (dates.read_date(typed) if typed else None), ""
        except ValueError as error:
            return None, str(error)

    def _refused(self, error: Exception) -> None:
        self.record_button.setEnabled(True)
        self.failed(error)

    def _done(self, count: int) -> None:
        self.recorded.emit(f"Review of {count} {'text' if count == 1 else 'texts'} recorded")
        self.accept()
