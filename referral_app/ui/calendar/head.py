"""The head of the calendar: month, week, day or list; forth and back; and which visits are in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QPushButton, QWidget

from referral_app.choices import AppointmentKind
from referral_app.ui import theme
from referral_app.ui.calendar.period import MODES, MONTH
from referral_app.ui.calendar.shown import Wanted
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.inputs import ChoiceBox


class CalendarHead(QWidget):
    """`mode_changed(mode)`, `stepped(by)` with 0 for today, `wanted_changed` for other filters, `closed_days`."""

    mode_changed = Signal(str)
    stepped = Signal(int)
    wanted_changed = Signal()
    closed_days = Signal()
    importing = Signal()

    def __init__(self) -> None:
        """Make it for months."""
        super().__init__()
        self.setObjectName("calendarHead")
        self.period, self.count = labels.heading(""), labels.muted("")
        self.import_button = buttons.outlined("Book from a schedule…", "calendarImport", "import")
        self.closed_button = buttons.outlined("Closed days…", "calendarClosedDays", "calendar")
        self.back = buttons.tool("left", "Earlier", "calendarBack")
        self.today = buttons.outlined("Today", "calendarToday")
        self.forth = buttons.tool("right", "Later", "calendarForth")
        self.modes = {mode: _choice(words, f"calendarMode{words}") for mode, words in MODES}
        self._group = QButtonGroup(self)
        self.surgeon = ChoiceBox("calendarSurgeon", (), "Surgeon", empty="All surgeons")
        self.place = ChoiceBox("calendarPlace", (), "Place", empty="All places")
        self.kind = ChoiceBox("calendarKind", AppointmentKind, "Kind of visit", empty="All kinds")
        self.canceled = QCheckBox("Canceled and rescheduled too")
        self.canceled.setObjectName("calendarCanceled")
        self._lay_out()
        self._connect()

    def bar(self) -> QFrame:
        """Return the bar above it: the title, and what is done with whole days."""
        made, at_right = QFrame(), Flow(12, lines=8, at_right=True)
        theme.role(made, "bar")
        for part in (self.import_button, self.closed_button):
            at_right.add(part)
        line = row(labels.title("Calendar"), at_right, spacing=12, margins=(24, 10, 24, 10))
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def wanted(self) -> Wanted:
        """Return what is to be in sight."""
        return Wanted(self.surgeon.value(), self.place.value(), self.kind.value(), self.canceled.isChecked())

    def clear(self) -> None:
        """Let the visits of every surgeon, place and kind be in sight."""
        for box in (self.surgeon, self.place, self.kind):
            box.set_value("")

    def show_mode(self, mode: str) -> None:
        """Mark a mode as the one in use."""
        with QSignalBlocker(self._group):
            self.modes[mode].setChecked(True)

    def offer(self, surgeons: Sequence[tuple[str, str]], places: Sequence[tuple[str, str]]) -> None:
        """Offer surgeons and places; one that was chosen stays chosen though nobody comes there."""
        for box, options, empty in (
            (self.surgeon, surgeons, "All surgeons"),
            (self.place, places, "All places"),
        ):
            with QSignalBlocker(box):
                now, words = box.value(), box.currentText()
                known = dict(options)
                box.set_options([*options, *([(now, words)] if now and now not in known else [])], empty)
                box.set_value(now)

    def say(self, period: str, count: str) -> None:
        """Say which days are shown and how many visits there are."""
        self.period.setText(period)
        self.count.setText(count)

    def _lay_out(self) -> None:
        first, second = Flow(8), Flow(8)
        for part in (self.back, self.today, self.forth, *self.modes.values()):
            first.add(part)
        for part in (self.surgeon, self.place, self.kind, self.canceled):
            second.add(part)
        third = Flow(12, lines=2)
        for part in (self.period, self.count):
            part.setWordWrap(False)
            third.add(part)
        whole = column(spacing=8, margins=(24, 10, 24, 10))
        for part in (first, second, third):
            whole.addWidget(part)
        self.setLayout(whole)

    def _connect(self) -> None:
        for number, (mode, button) in enumerate(self.modes.items()):
            button.setChecked(mode == MONTH)
            self._group.addButton(button, number)
        self._group.idClicked.connect(self._chose)
        self.back.clicked.connect(self._go_back)
        self.today.clicked.connect(self._go_today)
        self.forth.clicked.connect(self._go_forth)
        for box in (self.surgeon, self.place, self.kind):
            box.currentIndexChanged.connect(self._changed)
        self.canceled.toggled.connect(self._changed)
        self.closed_button.clicked.connect(self.closed_days)
        self.import_button.clicked.connect(self.importing)

    def _chose(self, number: int) -> None:
        self.mode_changed.emit(MODES[number][0])

    def _go_back(self) -> None:
        self.stepped.emit(-1)

    def _go_today(self) -> None:
        self.stepped.emit(0)

    def _go_forth(self) -> None:
        self.stepped.emit(1)

    def _changed(self) -> None:
        self.wanted_changed.emit()


def _choice(words: str, name: str) -> QPushButton:
    made = buttons.outlined(words, name)
    theme.role(made, "choice")
    made.setCheckable(True)
    return made
