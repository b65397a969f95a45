"""A release of diagnosis codes before it is loaded: its name and days, what it changes, and whom that concerns."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical import dates
from referral_app.jobs import code_files
from referral_app.jobs.code_files import Affected, CodeFile, Preview
from referral_app.services.code_changes import Use
from referral_app.services.code_lists import ReleaseRecord
from referral_app.ui import theme
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.rows import RowButton

SHOWN = 50
HINT = "Such as 10/1/2026"


class CodesDialog(Framed):
    """`loaded(label)` once the release is kept; `open_referral(id)` for one that is concerned, which closes this."""

    loaded = Signal(str)
    open_referral = Signal(str)

    def __init__(self, desk: Desk, file: CodeFile, parent: QWidget) -> None:
        """Show what a file holds, with name and days as its name proposes them."""
        sentence = f"{file.name} holds {file.leaves:,} codes. Nothing is kept until you load it."
        super().__init__(parent, "codesDialog", "Load a release of diagnosis codes", sentence)
        self._desk, self._file = desk, file
        self._found: Preview | None = None
        self._round = 0
        self.lines = {
            "label": LineEdit("codes.label", chars=40), "starts": LineEdit("codes.starts", chars=20),
            "ends": LineEdit("codes.ends", chars=20),
        }  # fmt: skip
        self.state = labels.muted("")
        self._change: QVBoxLayout = column(spacing=6)
        self._card = Card("What it changes")
        self.close_button = buttons.outlined("Cancel", "codesClose")
        self.act_button = buttons.primary("Preview", "codesAct")
        self._fill()
        self._connect()
        self.lay_out((720, 680), None, self.close_button, self.act_button)
        if file.proposal.starts:
            self.look()

    def _fill(self) -> None:
        proposal = self._file.proposal
        self.lines["label"].setText(proposal.label)
        for name, day in (("starts", proposal.starts), ("ends", proposal.ends)):
            self.lines[name].setText(dates.say(day) if day else "")
        self.blocks = {
            "label": Field("Name of the release", self.lines["label"], "Such as ICD-10-CM 2027"),
            "starts": Field("Holds from", self.lines["starts"], HINT),
            "ends": Field("Holds until", self.lines["ends"], "Leave empty where no end is known"),
        }
        for block in self.blocks.values():
            self.body.addWidget(block)
        self._card.add(self.state)
        self._card.add(self._change)
        self.body.addWidget(self._card)
        self.state.setText("Enter the days on which this release holds, then preview it.")

    def _connect(self) -> None:
        for line in self.lines.values():
            line.textChanged.connect(self._forget)
        self.close_button.clicked.connect(self.reject)
        self.act_button.clicked.connect(self._act)
        self.act_button.setShortcut("Ctrl+Return")

    def _forget(self) -> None:
        """What was looked at, or is being looked at, belonged to other days."""
        self._found = None
        self._round += 1
        self.act_button.setText("Preview")

    def _act(self) -> None:
        if self._found is None:
            self.look()
        else:
            self._load(self._found)

    # Looking

    def look(self) -> None:
        """Find out what the release would change."""
        days, problems = self._days()
        self.show_errors(problems)
        if problems:
            return
        db, file, label = self._desk.db, self._file, self.lines["label"].text()
        starts, ends = days["starts"], days["ends"]

        def work(progress: Progress, canceled: Canceled) -> Preview:
            return code_files.preview(db, file, label, starts, ends, progress=progress, canceled=canceled)

        self._wait("Comparing, and looking through drafts and unsigned referrals…")
        done = partial(self._show, self._round)
        self._desk.background.job(self, "Looking at diagnosis codes", work, done, self.failed)

    def _days(self) -> tuple[dict[str, date | None], dict[str, str]]:
        days, problems = dict[str, date | None](), dict[str, str]()
        for name in ("starts", "ends"):
            text = self.lines[name].text().strip()
            try:
                days[name] = dates.read_date(text) if text else None
            except ValueError as error:
                problems[name] = str(error)
        return days, problems

    def _wait(self, words: str) -> None:
        self.state.setText(words)
        clear(self._change)
        self.act_button.setEnabled(False)

    def _show(self, round_: int, found: Preview) -> None:
        self.act_button.setEnabled(True)
        if round_ != self._round:
            self.state.setText("Name or days were changed meanwhile: preview them.")
            return
        self._found = found
        self.act_button.setText("Load release")
        self.state.setText(f"Beside {found.beside}, which holds before it:")
        for line in changes(found):
            self._change.addWidget(labels.body(line))
        self._show_uses(found.affected, to_open=False)

    def _show_uses(self, affected: Affected, to_open: bool) -> None:
        self._change.addWidget(labels.strong(concerned(affected)))
        for one in affected.uses[:SHOWN]:
            self._change.addWidget(
                self._use(one) if to_open and one.kind == "referral" else labels.body(use_words(one))
            )
        more = affected.count - len(affected.uses[:SHOWN])
        if more > 0:
            self._change.addWidget(labels.muted(f"and {more:,} more"))

    def _use(self, one: Use) -> RowButton:
        line = RowButton(
            f"codesUse.{one.id}", one.id, "referrals", use_words(one), "Open it and choose another code"
        )
        line.clicked.connect(self._open)
        return line

    def _open(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self.accept()
            self.open_referral.emit(pressed.value)

    # Loading

    def _load(self, found: Preview) -> None:
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> tuple[ReleaseRecord, Affected]:
            return code_files.load(db, found, progress)

        self._wait("Loading, and checking again what the release concerns…")
        self._desk.background.job(self, f"Loading {found.new.label}", work, self._done, self.failed)

    def _done(self, answer: tuple[ReleaseRecord, Affected]) -> None:
        record, affected = answer
        for block in self.blocks.values():
            block.hide()
        self.act_button.hide()
        self.close_button.setText("Close")
        self.close_button.setFocus()
        self.state.setText(
            f"{record.label} is loaded. Referrals dated from {dates.say(record.starts)} on follow it."
        )
        theme.role(self.state, "strong")
        self._show_uses(affected, to_open=True)
        self.loaded.emit(record.label)

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        self._forget()
        self.act_button.setEnabled(True)
        stopped = isinstance(error, code_files.Stopped)
        self.state.setText("Stopped." if stopped else "Correct what is marked above, then preview again.")
        if not stopped:
            super().failed(error)


def changes(found: Preview) -> list[str]:
    """Return what a release changes, a sentence for each kind."""
    return [
        _counted(found.added, "new code", "new codes", found.examples_added),
        _counted(found.gone, "code is gone", "codes are gone", found.examples_gone),
        _counted(found.retitled, "code has another title", "codes have another title", ()),
    ]


def _counted(number: int, one: str, many: str, examples: tuple[str, ...]) -> str:
    before = ": " if len(examples) == number else ", such as "
    such = before + ", ".join(examples) if examples else ""
    return f"{number:,} {one if number == 1 else many}{such}."


def concerned(affected: Affected) -> str:
    """Return how many drafts and unsigned referrals use codes that are gone."""
    if not affected.count:
        return "No draft and no unsigned referral uses a code that is gone."
    return (
        "1 draft or unsigned referral uses a code that is gone:"
        if affected.count == 1
        else f"{affected.count:,} drafts and unsigned referrals use codes that are gone:"
    )


def use_words(one: Use) -> str:
    """Return a draft or a referral with its codes in one line."""
    kind = "Draft" if one.kind == "draft" else "Referral"
    name = " ".join(part for part in (kind, one.reference) if part)
    by = f", typed by {one.person}" if one.kind == "draft" and one.person else ""
    return f"{name}, {one.patient or 'no name yet'}: {', '.join(one.codes)}{by}"
