"""The two steps in which a file is brought in: what is in it, then what would be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from referral_app.jobs.file_look import TABLE, FileLook
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Job, Progress
from referral_app.ui.column_matching import ColumnMatching
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.notice import Advice

Fields = Sequence[tuple[str, str]]
Judge = Callable[[Mapping[str, str]], str]
Work = Callable[[Progress, Canceled], Any]

STEPS = ("Step 1 of 2: what is in the file", "Step 2 of 2: what would be done")
READING = "Reading the file. You can go on working: the status bar shows how far it is."
LEAVE = "Leave the import?"


class ImportSteps(Framed):
    """The frame of an import, beside which the window can be used.

    An import says how a file is read (`_work`), what it shows of what was read (`_show_found`), and hands on what a
    person wants (`_hand_on`).
    """

    LOST = "Nothing is imported yet. The fields that you chose for the columns are lost."

    def __init__(
        self, desk: Desk, looked: FileLook, parent: QWidget, name: str, known: Fields, judge: Judge
    ) -> None:
        """Make what every import has; `name` begins its widgets' names, `known` and `judge` are of its columns."""
        super().__init__(parent, f"{name}Dialog", f"Import {looked.path.name}")
        self.setModal(False)
        self._desk, self._file, self._judge_mapping = desk, looked.path.name, judge
        self._job: Job | None = None
        self._number = 0
        self.step = labels.muted(STEPS[0])
        self.notes = Advice("info", f"{name}FileNotes", words=" ".join(looked.notes))
        self.columns = ColumnMatching(looked, known, judge) if looked.kind == TABLE else None
        self.reading = labels.body(READING)
        self.first, self.second, self._below = QWidget(), QWidget(), column(spacing=8)
        self.cancel_button = buttons.outlined("Cancel", f"{name}Cancel")
        self.back_button = buttons.outlined("Back", f"{name}Back")
        self.next_button = buttons.primary("Preview", f"{name}Next")

    @property
    def is_chosen(self) -> bool:
        """Whether something was chosen that is lost with the dialog."""
        return self.columns is not None and self.columns.is_changed

    @property
    def is_ready(self) -> bool:
        """Whether the file can be read."""
        return True

    def begin(self, parts: Sequence[QWidget | None], found: QWidget, *more: QPushButton) -> None:
        """Show the first step, of these parts below the columns; the second shows `found`, with more buttons."""
        self._found = found
        lines = column(spacing=16)
        for part in (self.notes, self.columns, *parts):
            if part is not None:
                lines.addWidget(part)
        self.first.setLayout(lines)
        self._below.addWidget(self.reading)
        self._below.addWidget(found, 1)
        self.second.setLayout(self._below)
        self.body.insertWidget(1, self.step)
        self.body.addWidget(self.first)
        self.body.addWidget(self.second, 20)
        self.lay_out((960, 780), self.back_button, None, self.cancel_button, *more, self.next_button)
        self.cancel_button.clicked.connect(self.reject)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.next_button.setShortcut("Ctrl+Return")
        self._show_step(0)

    def go_on(self) -> None:
        """Preview, or import what was previewed."""
        if self._number == 0:
            self._read()
        else:
            self._hand_on()

    def go_back(self) -> None:
        """Choose again."""
        self._stop()
        self._show_step(0)

    def reject(self) -> None:
        """Close, after a question where choices would be lost; a reading under way is stopped."""
        if self.is_chosen:
            ask.confirm(self, LEAVE, self.LOST, "Leave the import", self._leave, danger=True, no="Stay here")
        else:
            self._leave()

    def _work(self, mapping: dict[str, str]) -> Work:
        raise NotImplementedError

    def _show_found(self, found: Any) -> None:
        raise NotImplementedError

    def _hand_on(self) -> None:
        raise NotImplementedError

    def _leave(self) -> None:
        self._stop()
        super().reject()

    def _show_step(self, step: int) -> None:
        self._number = step
        self.first.setVisible(step == 0)
        self.second.setVisible(step == 1)
        self.step.setText(STEPS[step])
        self.back_button.setVisible(step == 1)
        self.next_button.setText("Import" if step else "Preview")
        self.next_button.setEnabled(self.is_ready)
        self.show_errors({})

    def _read(self) -> None:
        mapping = self.columns.mapping() if self.columns else {}
        if self.columns:
            if sentence := self._judge_mapping(mapping):
                self.show_errors({"": sentence})
                return
            self.columns.note_kept(mapping)
        work = self._work(mapping)
        self._show_step(1)
        self._show_reading(True)
        self._job = self._desk.background.job(
            self, f"Reading {self._file}", work, self._previewed, self._failed
        )

    def _show_reading(self, is_reading: bool) -> None:
        self.reading.setVisible(is_reading)
        self._found.setVisible(not is_reading)
        self.next_button.setEnabled(not is_reading)

    def _previewed(self, found: Any) -> None:
        self._job = None
        if self._number == 0 or found.canceled:
            self._show_step(0)
            return
        self._show_reading(False)
        self._show_found(found)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._show_step(0)
        self.failed(error)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
