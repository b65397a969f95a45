"""The list of referrals: queues as chips, a filter, the table, and the one that is chosen at the right."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from referral_app.choices import Permission, Urgency
from referral_app.clinical import clock, dates
from referral_app.services import drafts, worklists
from referral_app.services.referrals import Filter, Queue, ReferralRow
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import standing_tones
from referral_app.ui.referrals.detail import DetailView
from referral_app.ui.referrals.draft_list import DraftList
from referral_app.ui.referrals.passing import Passing
from referral_app.ui.settled import Settled
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.search_box import SearchBox

ALL = "all"
NARROW_HIDES = (3, 4)
"""Columns that are left out where there is no room for the details."""
LEAST = 720
"""Width at 100 % from which list and details stand side by side."""

EMPTY = {
    ALL: ("referrals", "No referrals yet", "Begin one here, or from a surgeon or a patient.", "New referral"),
    "missing": ("ok", "Nothing is missing anywhere", "Referrals that lack something are listed here.", ""),
    "ready": (
        "ok",
        "Everything complete was handed over",
        "Complete referrals that nobody handed over yet.",
        "",
    ),
    "returned": ("ok", "Nothing was returned", "What a clinician gives back with a note is listed here.", ""),
    "sign": ("signed", "Nothing waits for a signature", "What the office hands over is listed here.", ""),
    "signed": ("sent", "Everything signed was sent", "Signed referrals wait here until they are sent.", ""),
    "sent": (
        "answered",
        "Every letter was answered",
        "Sent referrals wait here for the surgeon's answer.",
        "",
    ),
    "found": (
        "search",
        "No referral fits",
        "Try fewer letters of the name, or the reference number.",
        "Show all",
    ),
}


def ordered(desk: Desk) -> list[str]:
    """Return the queues in the order of the work; for those who may sign, what they are to sign comes first."""
    keys = list(worklists.QUEUES)
    return sorted(keys, key=lambda key: key != "sign") if desk.may(Permission.SIGN) else keys


def _when(moment: datetime.datetime) -> str:
    """Return a moment as the day, or as the time where it is today."""
    local = moment.astimezone()
    if local.date() == datetime.date.today():
        return clock.say(local)
    return dates.say(local.date())


def _born(item: ReferralRow) -> str:
    return f"Born {dates.say(item.date_of_birth)}" if item.date_of_birth else "Date of birth missing"


def _state(item: ReferralRow) -> str:
    """Return where it stands; why nothing arrived stands below, where it has room."""
    return item.state_words.partition(": ")[0]


def _beside(item: ReferralRow) -> str:
    why = item.state_words.partition(": ")[2].capitalize()
    return " · ".join(part for part in (why, item.beside_words) if part)


def _urgency(item: ReferralRow) -> str:
    return next((one.label for one in Urgency if one.value == item.urgency), "–")


COLUMNS = (
    Column("Patient", lambda r: r.patient or "No name yet", 160, sort="patient", detail=_born, stretch=True),
    Column("Surgeon", lambda r: r.surgeon or "Not chosen", 155, sort="surgeon", detail=lambda r: r.reference),
    Column("State", _state, 198, sort="state", icon=standing_tones.of, detail=_beside),
    Column("Urgency", _urgency, 80, sort="urgency"),
    Column("Updated", lambda r: _when(r.updated), 98, sort="updated"),
)


class ListView(Passing):
    """List and detail."""

    open = Signal(str)
    new = Signal()
    resume = Signal(str)
    said = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Show all referrals."""
        super().__init__()
        self._desk, self.queue = desk, ALL
        self._wanted: ReferralRow | None = None
        self._is_acting = False
        self._counts = desk.background.latest(self, self._show_counts)
        self._chips: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        theme.scale(column, margins=(24, 20, 24, 16), spacing=12)
        column.addLayout(self._build_head())
        column.addWidget(self._build_chips())
        column.addLayout(self._build_unsaved())
        column.addWidget(self._build_body(), 1)
        self._connect()

    def _build_head(self) -> QHBoxLayout:
        self.search = SearchBox("Filter referrals", "referralsSearch", "Patient, surgeon or reference number")
        theme.scale(self.search, min_width=160, max_width=300)
        self.details_button = buttons.outlined("Details", "referralsDetails", "panel")
        self.details_button.setCheckable(True)
        self.details_button.hide()
        self.details_button.toggled.connect(self._fold)
        line = row(labels.title("Referrals"), None, self.details_button, self.search, spacing=12)
        line.setStretch(3, 3)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show list or details where both do not fit."""
        super().resizeEvent(event)
        self._fold()

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width; none while a form stands in its place, which needs not be as high."""
        return 0 if self.isHidden() else super().heightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        """Return the least size; none while a form stands in its place."""
        return QSize(0, 0) if self.isHidden() else super().minimumSizeHint()

    def _fold(self, *_: object) -> None:
        narrow = self.width() < theme.px(LEAST)
        for number in NARROW_HIDES:
            self.table.table.setColumnHidden(number, narrow)
        self.details_button.setVisible(narrow and self.queue != "draft")
        swapped = narrow and self.details_button.isChecked()
        self._left.setVisible(not swapped or self.queue == "draft")
        self.detail.setVisible(self.queue != "draft" and (not narrow or swapped))

    def _build_chips(self) -> Flow:
        flow = Flow(8)
        self._group = QButtonGroup(self)
        for key, label in (
            (ALL, "All"),
            ("draft", "Draft"),
            *((key, worklists.QUEUES[key][0]) for key in ordered(self._desk)),
        ):
            chip = buttons.outlined(label, f"queue.{key}")
            theme.role(chip, "step")
            chip.setCheckable(True)
            chip.setProperty("key", key)
            self._group.addButton(chip)
            self._chips[key] = chip
            flow.add(chip)
        self._chips[ALL].setChecked(True)
        return flow

    def _build_unsaved(self) -> QHBoxLayout:
        """Say under All that there are drafts too, which no other list shows."""
        self._kept = 0
        self.unsaved_link = buttons.link("", "referralsUnsaved")
        self.unsaved_link.clicked.connect(self._show_drafts)
        self.unsaved_link.hide()
        return row(self.unsaved_link, None)

    def _show_drafts(self) -> None:
        self.show_queue("draft")
        self.drafts.table.enter()

    def _show_unsaved(self) -> None:
        words = (
            "1 draft not saved yet: show it"
            if self._kept == 1
            else f"{self._kept} drafts not saved yet: show them"
        )
        self.unsaved_link.setText(words)
        self.unsaved_link.setVisible(self._kept > 0 and self.queue == ALL)

    def _build_body(self) -> QSplitter:
        self.table = RecordList(self._desk, "referrals", "Referrals", COLUMNS, EMPTY[ALL])
        self.drafts = DraftList(self._desk)
        self.drafts.hide()
        left = self._left = QWidget()
        theme.role(left, "surface")
        inside = QVBoxLayout(left)
        theme.scale(inside, margins=0, spacing=0)
        inside.addWidget(self.table)
        inside.addWidget(self.drafts)
        self.detail = DetailView(self._desk)
        theme.scale(self.detail, min_width=320)
        split = QSplitter()
        theme.scale(split, min_width=320)
        split.addWidget(left)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([1000, 320])
        return split

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._chip_clicked)
        self.search.textChanged.connect(self._filter)
        self.search.down.connect(self.table.enter)
        self.search.entered.connect(self.table.open_first)
        self._settled = Settled(self._desk, self, "referrals")
        self.table.loaded.connect(self._answered)
        self.table.loaded.connect(self._find_wanted)
        self.table.opened.connect(self._settled.note)
        self.table.chosen.connect(self.detail.show_row)
        self.table.opened.connect(self._opened)
        self.table.typed.connect(self._typed)
        self.table.acted.connect(self._acted)
        self.drafts.resume.connect(self.resume)
        self.drafts.loaded.connect(self._drafts_loaded)
        self.drafts.new.connect(self.new)
        self.detail.open.connect(self.open)
        self.pass_on(self.detail)
        self.detail.done.connect(self._done)

    # Loading

    def reload(self, choose: str = "") -> None:
        """Fetch the list and the counts again; make one referral current."""
        if choose:
            self.table.choose(choose)
        self._counts.ask(self._count)
        self._load()

    def show_queue(self, key: str) -> None:
        """Show one queue."""
        self.queue = key if key in self._chips else ALL
        self._chips[self.queue].setChecked(True)
        self.reload()

    def show_one(self, item: ReferralRow, act: bool = False) -> None:
        """Choose one referral among all and show its details, with the focus there to `act`; else it is in the list."""
        self._wanted, self._is_acting = item, act
        self.search.clear()
        self.show_queue(ALL)

    def _find_wanted(self, _number: int) -> None:
        """Choose what is wanted; where it is too far down the list is filtered to its number."""
        item = self._wanted
        if item is not None and not self.table.choose(item.id) and self.search.text() != item.reference:
            self.search.setText(item.reference)
            return
        self._wanted = None
        if item is not None:
            self._enter(not self.details_button.isHidden())

    def _enter(self, is_narrow: bool) -> None:
        if is_narrow:
            self.details_button.setChecked(True)
        if is_narrow or self._is_acting:
            self.detail.enter()
        else:
            self.table.enter()

    def _load(self) -> None:
        drafting = self.queue == "draft"
        self._show_unsaved()
        self.drafts.setVisible(drafting)
        self.table.setVisible(not drafting)
        self._fold()
        self.search.setEnabled(not drafting)
        if drafting:
            self.drafts.reload()
            return
        text = self.search.text().strip()
        self.table.set_empty(*EMPTY["found" if text else self.queue])
        self.table.load(self._source(text))

    def _source(self, text: str) -> Source:
        db, queue = self._desk.db, "" if self.queue == ALL else self.queue

        def fetch(offset: int, limit: int, sort: str, descending: bool) -> Sequence[Any]:
            first, falling = ("asked", False) if queue == "sign" else ("updated", True)
            wanted = Filter(queue, text, sort=sort or first, descending=descending if sort else falling)
            with db.read() as session:
                return worklists.find(session, wanted, limit, offset)

        def count() -> int:
            with db.read() as session:
                return worklists.count(session, Filter(queue, text))

        return Source(fetch, count)

    def _count(self) -> tuple[list[Queue], int]:
        with self._desk.db.read() as session:
            return worklists.queues(session), len(drafts.find(session))

    def _show_counts(self, answer: tuple[list[Queue], int]) -> None:
        queues, kept = answer
        self._kept = kept
        self._show_unsaved()
        for queue in queues:
            if queue.key in self._chips:
                count = kept if queue.key == "draft" else queue.count
                self._chips[queue.key].setText(f"{queue.label} ({count})")

    def _answered(self, number: int) -> None:
        self._settled.answered(self.search.text().strip(), number)

    # Acting

    def _chip_clicked(self, chip: QPushButton) -> None:
        self.queue = str(chip.property("key"))
        self._load()

    def _filter(self, _text: str) -> None:
        self._load()

    def _opened(self, item: ReferralRow) -> None:
        self.open.emit(item.id)

    def _typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + text)

    def _acted(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.new.emit()

    def _drafts_loaded(self, count: int) -> None:
        self._kept = count
        self._chips["draft"].setText(f"Draft ({count})")

    def _done(self, words: str) -> None:
        self.said.emit(words)
        self.changed.emit()
        self.reload()
