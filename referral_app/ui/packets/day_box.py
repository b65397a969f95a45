"""The day whose visits are shown: today, the next working day, or any other that is typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.jobs.visits import next_working_day
from referral_app.ui import fields
from referral_app.ui.fields import Field
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

TODAY, NEXT, OTHER = "today", "next", "other"


class DayBox(QWidget):
    """Chooses a day; `changed` when it is another one."""

    changed = Signal()

    def __init__(self, today: date | None = None) -> None:
        """Begin with the next working day: packets are printed the day before."""
        super().__init__()
        self._today = today
        self.choice = ChoiceBox("packetDay", self._options(), "Day of the visits", empty=None)
        self.choice.set_value(NEXT)
        self.typed = LineEdit("packetDate", "Date of the visits, such as 11/30/2026", chars=14)
        self.block = Field("Date", self.typed)
        self.setLayout(row(self.choice, self.block, spacing=8, bottom=True))
        self.block.hide()
        self._day = self.day()
        self.choice.currentIndexChanged.connect(self._follow)
        self.typed.editingFinished.connect(self._take)
        self.setObjectName("packetDayBox")

    def day(self) -> date | None:
        """Return the day chosen, None while none is typed."""
        today = self._today or date.today()
        if self.choice.value() == TODAY:
            return today
        if self.choice.value() == NEXT:
            return next_working_day(today)
        try:
            return dates.read_coming(self.typed.text(), self._today)
        except ValueError:
            return None

    def show_day(self, day: date) -> None:
        """Choose any day."""
        self.typed.setText(f"{day.month}/{day.day}/{day.year}")
        self.choice.set_value(OTHER)
        self._take()

    def take_focus(self) -> None:
        """Put the cursor here."""
        fields.go_to(self.choice)

    def _options(self) -> tuple[tuple[str, str], ...]:
        today = self._today or date.today()
        next_ = next_working_day(today)
        return (
            (NEXT, f"{next_:%A}, {dates.say(next_)}"),
            (TODAY, f"Today, {dates.say(today)}"),
            (OTHER, "Another day…"),
        )

    def _follow(self) -> None:
        other = self.choice.value() == OTHER
        self.block.setVisible(other)
        if other and not self.typed.text():
            fields.go_to(self.typed)
            return
        self._take()

    def _take(self) -> None:
        day = self.day()
        if day is None and self.typed.text().strip():
            try:
                dates.read_coming(self.typed.text(), self._today)
            except ValueError as error:
                self.block.set_error(str(error))
            return
        self.block.set_error("")
        if day is not None and day != self._day:
            self._day = day
            self.changed.emit()
