"""The page of packets: those who come on a day or stand in a schedule, or any referrals; and the batch under way."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QStackedLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.packets import running
from referral_app.ui.packets.batch_card import BatchCard
from referral_app.ui.packets.batch_dialog import BatchDialog
from referral_app.ui.packets.chosen_referrals import ChosenReferrals
from referral_app.ui.packets.running import Running
from referral_app.ui.packets.visits import VisitsView
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow

VISITS, REFERRALS = "Who comes", "Any referral"


class PacketsPage(QWidget):
    """Two lists to choose from, one at a time, below what became of the last batch."""

    preview = Signal(str, str)
    new_referral = Signal(dict)
    said = Signal(str)
    go = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make the page; `reload` brings it to life."""
        super().__init__()
        self.setObjectName("packetsPage")
        self._desk = desk
        self.running = Running(desk, self)
        self.batch = BatchCard()
        self.visits = VisitsView(desk, self.running)
        self.referrals = ChosenReferrals(desk, self.running)
        self.tabs = [self._tab(VISITS, "packetTabVisits"), self._tab(REFERRALS, "packetTabReferrals")]
        self.calendar_button = buttons.outlined("Calendar", "packetCalendar")
        self.papers_button = buttons.outlined("Printed and sent", "showPapers")
        self._group = QButtonGroup(self)
        for number, tab in enumerate(self.tabs):
            self._group.addButton(tab, number)
        self.tabs[0].setChecked(True)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Ask again; who was chosen stays chosen."""
        self._view().reload()
        self.running.look()
        self._desk.background.run(self, running.printers, self._show_printers)

    def focus_search(self) -> None:
        """Put the cursor where the list in sight is asked for others."""
        self._view().focus_search()

    def show_day(self, day: date) -> None:
        """Show those who come on a day."""
        self.tabs[0].click()
        self.visits.show_day(day)

    def show_referrals(self) -> None:
        """Show the list of any referrals."""
        self.tabs[1].click()

    def show_chosen(self, ids: list[str]) -> None:
        """Show these referrals of any, chosen."""
        self.tabs[1].setChecked(True)
        self._stack.setCurrentIndex(1)
        self.referrals.show_only(ids)

    def _view(self) -> VisitsView | ChosenReferrals:
        return cast("VisitsView | ChosenReferrals", self._stack.currentWidget())

    def _tab(self, words: str, name: str) -> QPushButton:
        made = buttons.outlined(words, name)
        theme.role(made, "choice")
        made.setCheckable(True)
        return made

    def _lay_out(self) -> None:
        head = QFrame()
        theme.role(head, "bar")
        at_right = Flow(8, at_right=True)
        for button in (*self.tabs, self.calendar_button, self.papers_button):
            at_right.add(button)
        line = row(labels.title("Packets"), at_right, margins=(24, 10, 24, 10))
        line.setStretch(1, 1)
        head.setLayout(line)
        self._stack = QStackedLayout()
        for view in (self.visits, self.referrals):
            self._stack.addWidget(view)
        lines = column(spacing=0)
        lines.addWidget(head)
        lines.addWidget(self.batch)
        lines.addLayout(self._stack, 1)
        self.setLayout(lines)

    def _connect(self) -> None:
        self._group.idClicked.connect(self._show)
        self.calendar_button.clicked.connect(self._show_calendar)
        for view in (self.visits, self.referrals):
            view.preview.connect(self.preview)
            view.new_referral.connect(self.new_referral)
        self.running.said.connect(self.said)
        self.papers_button.clicked.connect(self._papers)
        self.running.beginning.connect(self._keep_focus)
        self.running.changed.connect(self._follow)
        self.batch.resumed.connect(self._resume)
        self.batch.detailed.connect(self._detail)
        self.batch.left.connect(self._leave)

    def _show_calendar(self) -> None:
        self.go.emit("calendar")

    def _show(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._view().reload()

    def _show_printers(self, found: object) -> None:
        for view in (self.visits, self.referrals):
            view.options.show_printers(cast("list[tuple[str, str]]", found))

    def _papers(self) -> None:
        self.go.emit("papers")

    def _follow(self) -> None:
        if self.running.is_busy:
            self.batch.show_busy()
            return
        self.batch.show_batch(self.running.latest, self.running.refusal)
        if self.isVisible():
            self.visits.refresh()

    def _resume(self, first: int) -> None:
        if self.running.latest is not None:
            self.running.resume(self.running.latest, first)

    def _detail(self) -> None:
        if self.running.latest is not None:
            dialog = BatchDialog(self.running.latest, self)
            dialog.resumed.connect(self._resume)
            dialog.open()

    def _keep_focus(self) -> None:
        """Move the focus to the list before what has it is switched off or goes out of sight."""
        now, view = self.window().focusWidget(), self._view()
        if now and (now is view.options.make_button or self.batch.isAncestorOf(now)):
            view.list.table.setFocus()

    def _leave(self) -> None:
        self._keep_focus()
        if self.running.latest is not None:
            self.running.leave(self.running.latest)
        else:
            self.running.refusal = ""
            self.batch.hide()
