"""Verifying an entry with the surgeon's office: what is on file line by line, and each fax read back."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.services import verification
from referral_app.services.surgeon_records import Placement, SurgeonRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.surgeons import dates_typed, file_lines, wording
from referral_app.ui.surgeons.file_lines import FileLine
from referral_app.ui.surgeons.lines import side_by_side
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.inputs import LineEdit, Radios
from referral_app.ui.widgets.notice import Advice

SENTENCE = (
    "Read each line to the office and tick what is right. Fax numbers are read back by the office: type the last four "
    "digits that they say."
)  # fmt: skip


class VerifyDialog(Framed):
    """`verified(record)` when it is kept; `edit_wanted(record)` when something on file is wrong."""

    verified = Signal(object)
    edit_wanted = Signal(object)

    def __init__(self, desk: Desk, surgeon: SurgeonRecord, parent: QWidget) -> None:
        """Show an entry as it was just read."""
        super().__init__(parent, "verifyDialog", f"Verify {surgeon.name}", SENTENCE)
        self._desk, self._surgeon = desk, surgeon
        self.ticks: dict[str, QCheckBox] = {}
        self.fax_lines: dict[str, LineEdit] = {}
        self.all_button = buttons.outlined("Tick all lines", "verifyAll", "check")
        self.wrong_button = buttons.outlined("Something is wrong: correct it…", "verifyCorrect", "edit")
        self.save_button = buttons.primary("Keep as verified", "verifySave", "verified")
        cancel = buttons.outlined("Cancel", "verifyCancel")
        if words := verification.warning(surgeon.verified_on):
            self.body.addWidget(Advice("warning", "verifyWarning", words=words))
        else:
            self.body.addWidget(labels.muted(wording.verified_line(surgeon)))
        self.body.addWidget(self._asked())
        self.body.addWidget(self._on_file())
        if faxes := [place for place in surgeon.placements if wording.fax(place)]:
            self.body.addWidget(self._faxes(faxes))
        self.all_button.clicked.connect(self.tick_all)
        self.wrong_button.clicked.connect(self._correct)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        cancel.clicked.connect(self.reject)
        self.lay_out((680, 720), None, cancel, self.save_button)

    def tick_all(self) -> None:
        """Tick every line: the office said that all of it is right."""
        for tick in self.ticks.values():
            tick.setChecked(True)

    def save(self) -> None:
        """Keep what was verified, or say what is missing."""
        ticked = [tick for tick in self.ticks.values() if tick.isChecked()]
        days, problems = dates_typed.read({"on": self.on.text() or "today"})
        faxes = {key: typed for key, typed in self._typed().items() if typed}
        if ticked and len(ticked) < len(self.ticks):
            left = len(self.ticks) - len(ticked)
            words = "1 line is" if left == 1 else f"{left} lines are"
            problems[""] = f"{words} not ticked. Tick what is right, or correct what is wrong."
        if problems:
            self.show_errors(problems)
            return
        self.save_button.setEnabled(False)
        act = partial(self._verify, on=days["on"] or date.today(), entry=bool(ticked), faxes=faxes)
        transaction.write(self._desk, self, act, self._stored, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        self.save_button.setEnabled(True)
        super().failed(error)

    def _verify(self, session: Session, on: date, entry: bool, faxes: dict[str, str]) -> SurgeonRecord:
        return verification.verify(
            session, self._surgeon.id, by=self.by.text(), how=self.how.value(), on=on, entry=entry,
            faxes=faxes, version=self._surgeon.version, waits=self.ticks["waits"].isChecked(),
            plans=self.ticks["plans"].isChecked(),
        )  # fmt: skip

    def _stored(self, record: SurgeonRecord) -> None:
        self.verified.emit(record)
        self.accept()

    def _correct(self) -> None:
        self.edit_wanted.emit(self._surgeon)
        self.reject()

    def _typed(self) -> dict[str, str]:
        return {key: line.text().strip() for key, line in self.fax_lines.items()}

    def _asked(self) -> QWidget:
        card = Card("Who was asked, and how")
        self.how = Radios("verifyHow", [(one, one) for one in verification.HOW], "How")
        self.by = LineEdit("verifyBy", chars=36)
        self.blocks["how"] = Field("How", self.how)
        self.blocks["by"] = Field(
            "Who at their office",
            self.by,
            "Such as Maria, front desk; empty for a website",
        )
        self.on = LineEdit("verifyOn", chars=20)
        self.on.setText(dates_typed.shown(date.today()))
        self.blocks["on"] = Field("When", self.on)
        card.add(self.blocks["how"])
        card.add(side_by_side(self.blocks["by"], self.blocks["on"]))
        return card

    def _on_file(self) -> QWidget:
        card = Card("What is on file")
        for number, one in enumerate(file_lines.lines(self._surgeon)):
            if number:
                card.add(labels.line())
            card.add(self._line(one))
        card.add(row(self.all_button, self.wrong_button, None))
        return card

    def _line(self, one: FileLine) -> QWidget:
        made, words = QWidget(), column(spacing=2)
        tick = QCheckBox("Right")
        tick.setObjectName(f"verifyLine.{one.key}")
        tick.setAccessibleName(f"{one.label} is right")
        tick.setAccessibleDescription(one.words)
        self.ticks[one.key] = tick
        words.addWidget(labels.muted(one.label))
        words.addWidget(labels.body(one.words))
        line = row(words, tick, spacing=12)
        line.setStretch(0, 1)
        made.setLayout(line)
        return made

    def _faxes(self, places: list[Placement]) -> QWidget:
        card = Card("Fax numbers")
        self.fax_lines = {
            place.location.id: LineEdit(f"verifyFax.{place.location.id}", chars=6) for place in places
        }
        for place in places:
            key = place.location.id
            self.blocks[f"fax.{key}"] = Field(
                f"{place.location.name}: {wording.fax(place)}", self.fax_lines[key],
                f"{_fax_seen(place)} Last four digits, as the office reads them back", optional=True,
            )  # fmt: skip
            card.add(self.blocks[f"fax.{key}"])
        return card


def _fax_seen(place: Placement) -> str:
    if place.fax_verified_on is None:
        return "Never verified."
    by = f" by {place.fax_verified_by}" if place.fax_verified_by else ""
    return f"Verified on {dates.say(place.fax_verified_on)}{by}."
