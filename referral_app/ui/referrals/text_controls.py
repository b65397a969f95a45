"""Controls for typed answers: text, numbers, dates, months. What is typed is never reformatted."""

from __future__ import annotations

import datetime
from typing import Any

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from referral_app.clinical import dates
from referral_app.ui import theme
from referral_app.ui.referrals import pasted
from referral_app.ui.referrals.control import Control
from referral_app.ui.widgets import labels

LONGEST = 100_000
"""Characters that a line takes; Qt itself would cut at 32,767 and say nothing."""


class LineControl(Control):
    """A line of text, kept as typed but for the blanks around it and what cannot be seen."""

    typed = True

    def __init__(self, unit: str = "", characters: int = 0) -> None:
        """Make the line; `characters` is its width, 0 for all there is."""
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        theme.scale(row, spacing=8)
        row.addWidget(self.edit, 1)
        if unit:
            self._add_unit(row, unit)
        if characters:
            theme.scale(self.edit, max_width=characters * 8 + 26)
            row.addStretch()
        self.edit.textChanged.connect(self._edited)  # textEdited is deaf to assistive technology
        self.edit.inputRejected.connect(self._too_long)
        self.edit.editingFinished.connect(self.left)

    def _too_long(self) -> None:
        self.found = f"This line takes {LONGEST:,} characters; what came after them was left out."
        self.changed.emit()

    def _add_unit(self, row: QHBoxLayout, unit: str) -> None:
        label = labels.muted(unit)
        label.setWordWrap(False)
        row.addWidget(label)

    def _edited(self, text: str) -> None:
        kept, self.found = pasted.clean(text)
        if kept != text:
            before = pasted.clean(text[: self.edit.cursorPosition()])[0]
            with QSignalBlocker(self.edit):
                self.edit.setText(kept)
            self.edit.setCursorPosition(len(before))
        self.changed.emit()

    def read(self) -> Any:
        """Return the text, None where there is none."""
        return self.edit.text().strip() or None

    def fill(self, value: Any) -> None:
        """Show the text."""
        with QSignalBlocker(self):
            self.edit.setText("" if value is None else str(value))
        self.edit.setCursorPosition(0)

    def targets(self) -> list[QWidget]:
        """Return the line."""
        return [self.edit]


class DateControl(LineControl):
    """A date typed in any usual way, read back in words below; the age too where it is a birthday."""

    def __init__(self, with_age: bool = False) -> None:
        """Make the line."""
        super().__init__(characters=31)
        self._with_age = with_age

    def read(self) -> Any:
        """Return the ISO date, or the raw text where it cannot be read."""
        text = self.edit.text().strip()
        try:
            return dates.read_date(text).isoformat() if text else None
        except ValueError:
            return text

    def fill(self, value: Any) -> None:
        """Show the date in words, or what was typed."""
        day = dates.stored(value)
        super().fill(dates.say(day) if day else value)

    def echo(self) -> str:
        """Return the date in words, with the age for a birthday."""
        day = dates.stored(self.read())
        if day is None or (not self._with_age and self.edit.text().strip() == dates.say(day)):
            return ""
        today = datetime.date.today()
        if not self._with_age or day > today:
            return dates.say(day)
        years = dates.age(day, today)
        return f"{dates.say(day)} – {years} {'year' if years == 1 else 'years'}"


class MonthControl(LineControl):
    """A month of a year."""

    def __init__(self) -> None:
        """Make the line."""
        super().__init__(characters=31)

    def read(self) -> Any:
        """Return the month as YYYY-MM, or the raw text where it cannot be read."""
        text = self.edit.text().strip()
        try:
            return dates.read_month(text) if text else None
        except ValueError:
            return text

    def fill(self, value: Any) -> None:
        """Show month and year, or what was typed."""
        day = dates.stored_month(value)
        super().fill(f"{day.month}/{day.year}" if day else value)

    def echo(self) -> str:
        """Return the month in words."""
        month = self.read()
        return dates.say_month(month) if dates.stored_month(month) else ""


class GrowingText(QPlainTextEdit):
    """A text that grows with what is typed, from two lines to twelve; Tab leaves it.

    `found` says what could not be seen in what was pasted or dropped last.
    """

    found = ""

    def __init__(self, lines: int = 2) -> None:
        """Make it empty."""
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain text, without the characters in it that cannot be seen."""
        kept, self.found = pasted.clean(source.text(), several_lines=True)
        self.insertPlainText(kept)
        self.found = ""

    def _fit(self, *_: object) -> None:
        lines = min(12, max(self._lines, int(self.document().size().height())))
        frame = round(2 * self.document().documentMargin()) + 2 * theme.px(5) + 6
        height = lines * self.fontMetrics().lineSpacing() + frame
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)


class LongTextControl(Control):
    """A longer text, with its length counted where that is limited."""

    typed = True

    def __init__(self, low: float | None = None, high: float | None = None, lines: int = 2) -> None:
        """Make the text; `low` and `high` limit its length."""
        super().__init__()
        self._low, self._high = low, high
        self.edit = GrowingText(lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.edit)
        self._filling = False
        self.edit.textChanged.connect(self._edited)
        self.watch(self.edit)

    def _edited(self) -> None:
        if not self._filling:
            self.found = self.edit.found
            self.changed.emit()

    def read(self) -> Any:
        """Return the text."""
        return self.edit.toPlainText().strip() or None

    def fill(self, value: Any) -> None:
        """Show the text."""
        self._filling = True
        self.edit.setPlainText("" if value is None else str(value))
        self._filling = False
        self.edit.moveCursor(QTextCursor.MoveOperation.End)  # what is written on follows what stands there
        self.edit.verticalScrollBar().setValue(0)

    def targets(self) -> list[QWidget]:
        """Return the text."""
        return [self.edit]

    def echo(self) -> str:
        """Say how many characters were typed and how many there may be."""
        if self._high is None:
            return ""
        length, low, high = len(self.read() or ""), int(self._low or 0), int(self._high)
        if length > high:
            return f"{length} characters, {length - high} too many"
        more = f", at least {low}" if length < low else ""
        return f"{length} of {high} characters{more}"


class WordsControl(LongTextControl):
    """A list of words, one a line."""

    def read(self) -> Any:
        """Return the lines that are not empty."""
        return [line.strip() for line in self.edit.toPlainText().splitlines() if line.strip()] or None

    def fill(self, value: Any) -> None:
        """Show one word a line."""
        super().fill("\n".join(str(word) for word in value) if isinstance(value, list) else value)  # pyright: ignore
