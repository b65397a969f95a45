"""What stands above the list of those who come: the day or the schedule, what was left out, and choosing rows."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from referral_app.jobs.visits import Visits
from referral_app.ui.packets import words
from referral_app.ui.packets.day_box import DayBox
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.notice import Advice


class VisitsHead(QWidget):
    """Its buttons and the day are connected by the view."""

    def __init__(self) -> None:
        """Make it for our own visits."""
        super().__init__()
        self._left_out: tuple[str, ...] = ()
        self.day = DayBox()
        self.open_button = buttons.outlined("Open a schedule…", "packetSchedule", icon="open")
        self.close_button = buttons.outlined("Back to our visits", "packetScheduleClose", icon="back")
        self.title, self.count = labels.strong(""), labels.muted("")
        self.notes = Advice("info", "packetNotes")
        self.left_out = Advice("warning", "packetLeftOut", "Copy the list")
        self.all_button = buttons.outlined("All", "visitsAll")
        self.none_button = buttons.outlined("None", "visitsNone")
        self.new_button = buttons.outlined("Not yet printed", "visitsNew")
        self.options_button = buttons.outlined("Language, size, print…", "showVisitOptions", icon="panel")
        self.options_button.hide()
        self._lay_out()
        self.left_out.acted.connect(self._copy)

    def show_source(self, schedule: bool) -> None:
        """Show whether a schedule is open, or our own visits of a day are shown."""
        self.day.setVisible(not schedule)
        self.close_button.setVisible(schedule)

    def show_found(self, found: Visits) -> None:
        """Say whose visits these are, what is to be known of them, and which lines could not be matched."""
        self.title.setText(found.title)
        self.notes.say(" ".join(found.notes))
        self._left_out = found.left_out
        number = len(found.left_out)
        rows = "1 row is not listed" if number == 1 else f"{number:,} rows are not listed"
        self.left_out.say(f"{rows}. {found.left_out[0]}" + (" …" if number > 1 else "") if number else "")
        self.left_out.button.setText("Copy the list")

    def show_count(self, number: int, able: int) -> None:
        """Say how many visits there are, and for how many of them there is a packet."""
        none = "" if able == number else f", no packet for {number - able:,}"
        self.count.setText(f"{words.how_many(number, 'visit')}{none}" if number else "")
        for button in (self.all_button, self.none_button, self.new_button):
            button.setEnabled(number > 0)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._left_out))
        self.left_out.button.setText("Copied")

    def _lay_out(self) -> None:
        choosing = (labels.muted("Choose"), self.all_button, self.none_button, self.new_button)
        head = column(spacing=8, margins=(16, 12, 16, 8))
        head.addLayout(row(self.day, self.close_button, self.open_button, None, bottom=True))
        head.addLayout(row(self.title, self.count, None))
        head.addLayout(row(*choosing, None, self.options_button))
        for advice in (self.notes, self.left_out):
            head.addWidget(advice)
        self.setLayout(head)
