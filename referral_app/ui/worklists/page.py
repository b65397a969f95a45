"""The page of worklists: which there are at the left, one of them as a table, and what is done with several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from referral_app.choices import Permission, Step
from referral_app.database import Database, Session
from referral_app.services import patient_requests, plans_of_many, verification, waiting_lists, worklist_rules
from referral_app.services.patient_requests import COPIES, CORRECTIONS, RequestPile
from referral_app.services.waiting_lists import ALL, MINE, OFFICE, Pile, WaitingRow, Which
from referral_app.services.worklist_rules import Rule
from referral_app.ui import request_words, rights, theme, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.head import Head
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.worklists.piles import Piles
from referral_app.ui.worklists.plan_dialogs import FollowUpDialog, OwnerDialog, number
from referral_app.ui.worklists.rules_dialog import RulesDialog
from referral_app.ui.worklists.wording import COLUMNS, EMPTY

WHOSE = ((MINE, "Mine"), (OFFICE, "My office’s"), (ALL, "All"))
LEAST = 820
"""Width at 100 % from which the worklists stand at the left of the table; else they are a list to choose from."""
NARROW_HIDES = (3, 5)
"""Columns that are left out where there is no room beside."""


@dataclass(frozen=True)
class _Asked:
    """One question; both functions run in the background."""

    db: Database
    which: Which

    def count(self) -> int:
        """Return how many rows there are."""
        with self.db.read() as session:
            return waiting_lists.count(session, self.which)

    def fetch(self, offset: int, limit: int, sort: str, descending: bool) -> Sequence[WaitingRow]:
        """Return a page, the oldest first unless another order is asked for."""
        wanted = replace(self.which, sort=sort or "since", descending=descending if sort else False)
        with self.db.read() as session:
            return waiting_lists.find(session, wanted, limit, offset)


@dataclass(frozen=True)
class _Piles:
    """What the left side shows."""

    piles: dict[Step, Pile]
    rules: dict[Step, Rule]
    unsaved: Pile
    to_verify: int
    asked: list[RequestPile]


class WorklistsPage(QWidget):
    """What waits, by step: mine, my office's, or all."""

    follow_referral = Signal(str)
    verify_wanted = Signal()
    show_queue = Signal(str)
    preview = Signal(str, str)
    said = Signal(str)
    undoable = Signal(str, object)
    go = Signal(str)
    packets_of_wanted = Signal(list)
    releases_wanted = Signal(str, str)
    privacy_wanted = Signal(str, str)
    help_topic = "worklists"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("worklistsPage")
        self._desk = desk
        self.which = Which(Step.NO_RECEIPT)
        self._rules: dict[Step, Rule] = {}
        self._is_chosen = False
        self._counts = desk.background.latest(self, self._show_piles)
        self.rules_button = buttons.outlined("Rules", "worklistRules", "settings")
        self.sheet_button = buttons.outlined("Morning sheet", "worklistSheet", "print")
        head = Head("Worklists", "worklists", self.sheet_button, self.rules_button, below="Home")
        self._home = head.back
        self.piles, self.step_box = Piles(), ChoiceBox("worklistStep", (), empty=None)
        self.step_box.setAccessibleName("Worklist")
        self.tabs = [self._tab(key, words) for key, words in WHOSE]
        self.due_only = self._tab("due", "Due only")
        self._whose = QButtonGroup(self)
        for tab in self.tabs:
            self._whose.addButton(tab)
        self.tabs[-1].setChecked(True)
        self.title, self.rule = labels.heading(""), labels.muted("")
        self.list = RecordList(
            desk, "worklist", "Referrals that wait", COLUMNS, EMPTY[Step.NO_RECEIPT], many=True
        )
        self._make_links()
        whole = column(spacing=0)
        whole.addWidget(head)
        body = row(spacing=0)
        body.addWidget(self._left())
        body.addWidget(self._middle(), 1)
        whole.addLayout(body, 1)
        self.setLayout(whole)
        self._connect()

    def reload(self) -> None:
        """Count and list anew."""
        self._count()
        self._load()

    def show_step(self, step: str, whose: str = "") -> None:
        """Show one worklist."""
        self._is_chosen = True
        if whose:
            next(tab for tab in self.tabs if tab.property("key") == whose).setChecked(True)
            self.which = replace(self.which, whose=whose)
        self._show_step(Step(step))
        self._count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the worklists into a box to choose from where they have no room beside the table."""
        super().resizeEvent(event)
        self._fold()

    def _tab(self, key: str, words: str) -> QPushButton:
        made = buttons.outlined(words, f"worklists.{key}")
        theme.role(made, "choice")
        made.setCheckable(True)
        made.setProperty("key", key)
        return made

    def _make_links(self) -> None:
        """Make what stands below the worklists while there is something of it."""
        self.unsaved = buttons.link("", "worklistUnsaved")
        self.to_verify = buttons.link("", "worklistToVerify")
        self.request_links = {
            COPIES: buttons.link("", "worklistCopies"),
            CORRECTIONS: buttons.link("", "worklistCorrections"),
        }
        for link in (self.unsaved, self.to_verify, *self.request_links.values()):
            link.hide()

    def _left(self) -> QWidget:
        inside = QWidget()
        lines = column(spacing=8, margins=(12, 12, 12, 12))
        lines.addWidget(self.piles)
        for link in (*self.request_links.values(), self.unsaved, self.to_verify):
            lines.addWidget(link)
        lines.addStretch(1)
        inside.setLayout(lines)
        self._side = scrolled(inside, "worklistsSide")
        theme.scale(self._side, width=236)
        return self._side

    def _middle(self) -> QWidget:
        made = QWidget()
        flow = Flow(8)
        self.rule.setWordWrap(False)
        for part in (*self.tabs, self.due_only, self.rule):
            flow.add(part)
        top = column(spacing=8, margins=(16, 12, 16, 8))
        top.addWidget(self.step_box)
        top.addWidget(self.title)
        top.addWidget(flow)
        lines = column(spacing=0)
        lines.addLayout(top)
        lines.addWidget(self.list, 1)
        lines.addWidget(self._verbs())
        made.setLayout(lines)
        return made

    def _verbs(self) -> QWidget:
        """Make the bar of what is done with the rows that are chosen."""
        made = Flow(8)
        self.chosen = labels.muted("")
        self.chosen.setWordWrap(False)
        self.open_button = buttons.outlined("Open", "worklistOpen")
        self.assign_button = buttons.outlined("Assign…", "worklistAssign", "person")
        self.follow_up_button = buttons.outlined("Follow up…", "worklistFollowUp", "waiting")
        self.packets_button = buttons.outlined("Print packets", "worklistPackets", "print")
        for part in (
            self.open_button, self.assign_button, self.follow_up_button, self.packets_button, self.chosen,
        ):  # fmt: skip
            made.add(part)
        bar = QWidget()
        theme.role(bar, "foot")
        inside = column(margins=(16, 8, 16, 8))
        inside.addWidget(made)
        bar.setLayout(inside)
        return bar

    def _connect(self) -> None:
        self._home.clicked.connect(partial(self.go.emit, "home"))
        self.piles.chosen.connect(self._show_step)
        self.step_box.currentIndexChanged.connect(self._step_boxed)
        self._whose.buttonClicked.connect(self._whose_chosen)
        self.due_only.toggled.connect(self._due_toggled)
        self.rules_button.clicked.connect(self._edit_rules)
        self.sheet_button.clicked.connect(self._show_sheet)
        self.unsaved.clicked.connect(partial(self.show_queue.emit, "draft"))
        self.to_verify.clicked.connect(self.verify_wanted)
        self.request_links[COPIES].clicked.connect(partial(self.releases_wanted.emit, "", ""))
        self.request_links[CORRECTIONS].clicked.connect(partial(self.privacy_wanted.emit, "", ""))
        self.list.opened.connect(self._opened)
        self.list.loaded.connect(self._follow_selection)
        if self.list.selection is not None:
            self.list.selection.changed.connect(self._follow_selection)
            self.list.selection.cut.connect(self._cut)
        self.open_button.clicked.connect(self._open_chosen)
        self.assign_button.clicked.connect(self._assign)
        self.follow_up_button.clicked.connect(self._follow_up)
        self.packets_button.clicked.connect(self._print_packets)
        self._follow_selection()

    # Loading

    def _count(self) -> None:
        db, whose = self._desk.db, self.which.whose
        self._counts.ask(partial(_read, db, whose))

    def _load(self) -> None:
        step = self.which.step
        self.piles.mark(step)
        self.title.setText(step.label)
        rule = self._rules.get(step)
        self.rule.setText(f"Due after {rule.words}." if rule else " ")
        if self.step_box.value() != str(step):
            self.step_box.blockSignals(True)
            self.step_box.set_value(step)
            self.step_box.blockSignals(False)
        self.list.set_empty(*EMPTY[step])
        asked = _Asked(self._desk.db, self.which)
        self.list.load(Source(asked.fetch, asked.count))

    def _show_piles(self, found: _Piles) -> None:
        self._rules = found.rules
        self.piles.show_piles(found.piles)
        self.step_box.blockSignals(True)
        options = [
            (str(step), f"{step.label} ({pile.due:,} due of {pile.all:,})")
            for step, pile in found.piles.items()
        ]
        self.step_box.set_options(options, None)
        self.step_box.blockSignals(False)
        unsaved, verify = found.unsaved.all, found.to_verify
        self.unsaved.setText(f"{unsaved:,} draft{'' if unsaved == 1 else 's'} not saved yet")
        self.to_verify.setText(f"{verify:,} entr{'y' if verify == 1 else 'ies'} to verify")
        self.unsaved.setVisible(unsaved > 0)
        self.to_verify.setVisible(verify > 0)
        for pile in found.asked:
            self.request_links[pile.kind].setText(request_words.line(pile))
            self.request_links[pile.kind].setVisible(pile.all > 0)
        if not self._is_chosen or self.which.step not in found.piles:
            self._is_chosen = True
            worst = max(found.piles.values(), key=lambda one: (one.due > 0, one.all > 0), default=None)
            if worst is not None and worst.step is not self.which.step:
                self.which = replace(self.which, step=worst.step)
        self._load()

    def _fold(self) -> None:
        narrow = self.width() < theme.px(LEAST)
        self._side.setHidden(narrow)
        self.step_box.setVisible(narrow)
        self.title.setHidden(narrow)
        for at in NARROW_HIDES:
            self.list.table.setColumnHidden(at, narrow)

    # Choosing

    def _show_step(self, step: Step) -> None:
        self._is_chosen = True
        self.which = replace(self.which, step=step)
        self._load()

    def _step_boxed(self) -> None:
        if value := self.step_box.value():
            self._show_step(Step(value))

    def _whose_chosen(self, tab: QPushButton) -> None:
        self.which = replace(self.which, whose=str(tab.property("key")))
        self.reload()

    def _due_toggled(self, due_only: bool) -> None:
        self.which = replace(self.which, due_only=due_only)
        self._load()

    def _chosen_rows(self) -> list[WaitingRow]:
        return self.list.selection.rows() if self.list.selection is not None else []

    def _follow_selection(self, _rows: int = 0) -> None:
        count = len(self._chosen_rows())
        self.chosen.setText(f"{number(count)} chosen" if count else "Choose one or more (Shift, Ctrl+A)")
        self.open_button.setEnabled(count == 1)
        for button in (self.assign_button, self.follow_up_button):
            if rights.allow(button, self._desk.db, Permission.WRITE):
                button.setEnabled(count > 0)
        if rights.allow(self.packets_button, self._desk.db, Permission.PRINT):
            self.packets_button.setEnabled(count > 0)
        rights.allow(self.rules_button, self._desk.db, Permission.ADMINISTER)

    def _cut(self, wanted: int) -> None:
        most = plans_of_many.MOST
        self.said.emit(f"The first {most} of {wanted:,} are chosen: as many as can be handled at once")

    # Acting

    def _opened(self, one: WaitingRow) -> None:
        self.follow_referral.emit(one.id)

    def _open_chosen(self) -> None:
        if rows := self._chosen_rows():
            self.follow_referral.emit(rows[0].id)

    def _assign(self) -> None:
        self._ask(OwnerDialog(self._desk, self, [one.id for one in self._chosen_rows()]))

    def _follow_up(self) -> None:
        self._ask(FollowUpDialog(self._desk, self, [one.id for one in self._chosen_rows()]))

    def _print_packets(self) -> None:
        self.packets_of_wanted.emit([one.id for one in self._chosen_rows()])

    def _ask(self, dialog: OwnerDialog | FollowUpDialog) -> None:
        dialog.stored.connect(self._stored)
        dialog.open()

    def _stored(self, words: str, changed: list[plans_of_many.Earlier]) -> None:
        if changed:
            self.undoable.emit(words, partial(self._put_back, changed))
        else:
            self.said.emit("Nothing changed: they were so already")
        self.reload()
        self.list.enter_soon()

    def _put_back(self, changed: list[plans_of_many.Earlier]) -> None:
        act = partial(plans_of_many.put_back, changed=changed)
        transaction.write(self._desk, self, act, self._is_back)

    def _is_back(self, left: int) -> None:
        kept = f"; {number(left)} changed since and kept" if left else ""
        self.said.emit(f"Taken back{kept}")
        self.reload()

    def _edit_rules(self) -> None:
        dialog = RulesDialog(self._desk, self)
        dialog.saved.connect(self._rules_saved)
        dialog.open()

    def _rules_saved(self, words: str) -> None:
        self.said.emit(words)
        self.reload()

    def _show_sheet(self) -> None:
        self.preview.emit("morning_sheet", self.which.whose)


def _read(db: Database, whose: str) -> _Piles:
    with db.read() as session:
        return _Piles(
            waiting_lists.counts(session, whose), worklist_rules.find(session), waiting_lists.unsaved(session),
            _to_verify(session), patient_requests.counts(session),
        )  # fmt: skip


def _to_verify(session: Session) -> int:
    return verification.count(session)
