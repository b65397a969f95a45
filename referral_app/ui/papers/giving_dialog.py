"""Giving copies out: which documents of the ledger, how, and when; or why none is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.services import ledger, releases
from referral_app.services.ledger import Filter, PaperRecord
from referral_app.services.releases import DUE_DAYS, EXTENSION_DAYS, ReleaseRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.papers import wording
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea

WAYS = [(one, one) for one in ("By hand", "By mail", "By fax", "As an encrypted file", "Through the portal")]
MOST = 200
Why = Callable[..., ReleaseRecord]
"""What is done in a session for a reason, `why`."""


def papers_of(session: Session, patient_id: str) -> list[PaperRecord]:
    """Return what left for a patient and can be copied."""
    return ledger.find(session, Filter(patient_id=patient_id), MOST)


class GivingDialog(Framed):
    """Records that copies were given; `saved(record)` when that is stored."""

    saved = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget, request: ReleaseRecord, papers: Sequence[PaperRecord]
    ) -> None:
        """Offer the documents of the patient that left before."""
        sentence = f"For {wording.asked(request)}. Print or save each copy from “Printed and sent” first."
        super().__init__(parent, "givingDialog", "Record copies given", sentence)
        self._desk, self._request = desk, request
        self.ticks = {one.id: _tick(number, one) for number, one in enumerate(papers)}
        listed = QWidget()
        lines = column(spacing=4)
        for one in papers:
            lines.addWidget(self.ticks[one.id])
            lines.addLayout(
                row(labels.muted(f"{wording.last_act(one)} ({wording.written(one)})"), margins=(28, 0, 0, 4))
            )
        if not self.ticks:
            lines.addWidget(labels.muted("Nothing was printed, saved or sent for this patient yet."))
        listed.setLayout(lines)
        self.identity = LineEdit("givingIdentity", chars=40)
        self.identity.setText(request.identity)
        self.how, self.day = ChoiceBox("givingHow", WAYS), LineEdit("givingDay", chars=20)
        self.day.setText(dates.say(date.today()))
        self.blocks = {
            "papers": Field("Documents", listed),
            "identity": Field("How their identity was checked", self.identity, "Photo ID, or known to us"),
            "given_how": Field("How the copies were given", self.how),
            "given_on": Field("Given on", self.day),
        }  # fmt: skip
        self.save_button = buttons.primary("Record", "givingSave", icon="save")
        no = buttons.outlined("Cancel", "givingCancel")
        self.save_button.setShortcut("Ctrl+Return")
        for block in self.blocks.values():
            self.body.addWidget(block)
        self.close_with((620, 620), self.save_button, no)

    def accept(self) -> None:
        """Store it, or say what is missing."""
        try:
            day = dates.read_date(self.day.text().strip())
        except ValueError as error:
            self.show_errors({"given_on": str(error)})
            return
        chosen = [one for one, tick in self.ticks.items() if tick.isChecked()]
        request = self._request
        self.save_button.setEnabled(False)
        act = partial(
            releases.give, release_id=request.id, paper_ids=chosen, how=self.how.value(), given_on=day,
            version=request.version, identity=self.identity.text(),
        )  # fmt: skip
        transaction.write(self._desk, self, act, self._saved, self._refused)

    def _saved(self, record: ReleaseRecord) -> None:
        self.saved.emit(record)
        super().accept()

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.failed(error)


class WhyDialog(Framed):
    """Asks for the reason of an act and does it; `saved(record)` when that is stored."""

    saved = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget, name: str, words: tuple[str, str, str, str], field: str, act: Why
    ) -> None:
        """Ask for it; `words` are the title, the sentence below it, what is asked for, and what the button does."""
        title, sentence, asks, does = words
        super().__init__(parent, f"{name}Dialog", title, sentence)
        self._desk, self._act = desk, act
        self.why = TextArea(f"{name}Why", rows=3)
        self.blocks = {field: Field(asks, self.why)}
        self.body.addWidget(self.blocks[field])
        self.save_button = buttons.primary(does, f"{name}Save", icon="save")
        no = buttons.outlined("Cancel", f"{name}Cancel")
        self.close_with((520, 340), self.save_button, no)

    def accept(self) -> None:
        """Store it, or say what is missing."""
        act = partial(self._act, why=self.why.toPlainText())
        transaction.write(self._desk, self, act, self._saved, self.failed)

    def _saved(self, record: ReleaseRecord) -> None:
        self.saved.emit(record)
        super().accept()


def refusing(desk: Desk, parent: QWidget, request: ReleaseRecord) -> WhyDialog:
    """Return the dialog that records that no copy was given, and why."""
    words = ("No copy was given", f"For {wording.asked(request)}.", "Why not", "Record")

    def act(session: Session, why: str) -> ReleaseRecord:
        return releases.refuse(session, request.id, why, request.version)

    return WhyDialog(desk, parent, "refusal", words, "refused_why", act)


def extending(desk: Desk, parent: QWidget, request: ReleaseRecord) -> WhyDialog:
    """Return the dialog that puts the day off, once."""
    day = dates.say(request.asked_on + timedelta(days=DUE_DAYS + EXTENSION_DAYS))
    sentence = (
        f"The copy may come by {day}, once. Tell {request.asked_by} the reason and that day in writing."
    )
    words = ("More time", sentence, "Why it takes longer", f"Add {EXTENSION_DAYS} days")

    def act(session: Session, why: str) -> ReleaseRecord:
        return releases.extend(session, request.id, why, request.version)

    return WhyDialog(desk, parent, "extension", words, "extended_why", act)


def _tick(number: int, one: PaperRecord) -> QCheckBox:
    made = QCheckBox(f"{one.kind.label}, {wording.day(one)}")
    made.setObjectName(f"givingPaper{number}")
    return made
