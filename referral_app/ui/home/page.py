"""The Home page: queues, drafts to go on with, and what was changed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from referral_app.choices import InstallationMode, Permission, Step
from referral_app.clinical import clock
from referral_app.ui import left_open, tab_order, theme
from referral_app.ui.desk import Desk
from referral_app.ui.home.request_tiles import RequestTiles
from referral_app.ui.home.restore import RestoreNotice
from referral_app.ui.home.tiles import Tiles, age
from referral_app.ui.home.waiting_tiles import WaitingTiles
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.rows import RowButton
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.widgets.states import StateLabel

if TYPE_CHECKING:
    from referral_app.database import Database
    from referral_app.services.drafts import DraftRecord
    from referral_app.services.patient_requests import RequestPile
    from referral_app.services.referral_records import Queue, ReferralRow
    from referral_app.services.waiting_lists import Pile

SHOWN = 6
LATER_MS = 2000
"""What can wait is asked after the first look, which would otherwise share the interpreter with it."""
NO_DRAFTS = "No drafts: whatever you type into a referral is kept here until it is saved."
NO_RECENT = "No referrals yet."
SIGN_OFF = (
    "The clinical rules of this program are a draft: they need a clinician’s sign-off before they are used for real "
    "patients, and they never replace a clinician’s judgment."
)


@dataclass(frozen=True)
class Desktop:
    """What Home shows, read in one go."""

    queues: list[Queue]
    drafts: list[DraftRecord]
    recent: list[ReferralRow]
    returned: list[ReferralRow]


@dataclass(frozen=True)
class Waits:
    """What Home shows once the first look stands."""

    has_office: bool
    queues: list[Queue]
    piles: dict[Step, Pile]
    asked: list[RequestPile]


class HomePage(QWidget):
    """Where the day begins."""

    show_queue = Signal(str)
    resume_draft = Signal(str)
    open_referral = Signal(str)
    new_referral = Signal(dict)
    go = Signal(str)
    name_wanted = Signal()
    verify_wanted = Signal()
    reply_wanted = Signal(str)
    call_wanted = Signal(str, str)
    tasks_wanted = Signal()
    worklist_wanted = Signal(str)
    releases_wanted = Signal(str, str)
    privacy_wanted = Signal(str, str)
    help_topic = "home"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self._desk = desk
        self._tiles = Tiles("sign" if desk.may(Permission.SIGN) else "")
        self._tiles.chosen.connect(self.show_queue)
        self._waiting = WaitingTiles()
        self._waiting.chosen.connect(self._go_worklist)
        self.request_tiles = RequestTiles()
        self.request_tiles.chosen.connect(self._go_requests)
        self._drafts, self._recent = Card("Continue where you were"), Card("Changed last")
        self._returned = Card("Returned by a clinician")
        self._returned.hide()
        self._directory = Card("To do in the directory")
        self._directory.hide()
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._count_directory)
        self._setup = self._set_up_card()
        self._was_open = frozenset(left_open.take_open(desk.paths))
        self.restore = RestoreNotice()
        self.restore.restored.connect(self.resume_draft)
        self._cards = QHBoxLayout()
        self._lay_out()
        self._rows(self._drafts, [], NO_DRAFTS)
        self._rows(self._recent, [], NO_RECENT)

    def _lay_out(self) -> None:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        theme.scale(column, margins=24, spacing=16)
        column.addLayout(self._head())
        for part in (
            self.restore,
            self._setup,
            self._tiles,
            self._waiting,
            self.request_tiles,
            self._returned,
        ):
            column.addWidget(part)
        theme.scale(self._cards, spacing=16)
        self._cards.addWidget(self._drafts, 1)
        self._cards.addWidget(self._recent, 1)
        column.addLayout(self._cards)
        column.addWidget(self._directory)
        column.addStretch(1)
        column.addWidget(_sign_off())
        whole = QVBoxLayout(self)
        theme.scale(whole, margins=0, spacing=0)
        whole.addWidget(scrolled(self._inside, "homeScroll"))

    def reload(self) -> None:
        """Read everything anew."""
        db = self._desk.db
        self._desk.background.run(self, lambda: _read(db), self._show)
        self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below each other where there is little room."""
        super().resizeEvent(event)
        wide = self.width() > theme.px(760)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(direction)

    def _show(self, found: Desktop) -> None:
        self._tiles.show_queues(found.queues)
        self.restore.offer([one for one in found.drafts if one.id in self._was_open])
        self._rows(self._drafts, [self._draft(one) for one in found.drafts[:SHOWN]], NO_DRAFTS)
        self._returned.setVisible(bool(found.returned))
        self._rows(self._returned, [self._back(one) for one in found.returned], "")
        self._rows(self._recent, [self._referral(one) for one in found.recent], NO_RECENT)
        db = self._desk.db  # what follows the first look is read once that stands
        self._desk.background.run(self, lambda: _waiting(db, found.queues), self._show_waiting)

    def _show_waiting(self, found: Waits) -> None:
        office = not found.has_office and self._desk.settings.mode is InstallationMode.REFERRING_OFFICE
        self._office.setVisible(office)
        self._name.setVisible(not self._desk.person)
        self._setup.setVisible(office or not self._desk.person)
        self._tiles.show_queues(found.queues)
        self._waiting.show_piles(found.piles)
        self.request_tiles.show_piles(found.asked)
        self._order()

    def _head(self) -> QVBoxLayout:
        """Return the title, and below it what comes by phone, fax and mail all day."""
        acts = (
            ("Record reply…", "homeReply", "answered", partial(self.reply_wanted.emit, "")),
            ("Log a call…", "homeCall", "phone", partial(self.call_wanted.emit, "", "")),
            ("Tasks…", "homeTasks", "list", self.tasks_wanted.emit),
            ("Reports", "homeReports", "table", partial(self.go.emit, "reports")),
        )
        flow, lines = Flow(8), QVBoxLayout()
        for words, name, icon, act in acts:
            button = buttons.outlined(words, name, icon)
            button.clicked.connect(act)
            flow.add(button)
            if name != "homeReports" and not self._desk.may(Permission.WRITE):
                button.hide()  # what has no place yet is never shown: it would be a window for a moment
        theme.scale(lines, spacing=12)
        lines.addWidget(labels.title("Home"))
        lines.addWidget(flow)
        return lines

    def _count_directory(self) -> None:
        db = self._desk.db
        self._desk.background.run(self, lambda: _to_verify(db), self._show_directory)

    def _show_directory(self, number: int) -> None:
        """Say how many entries of the directory nobody verified for a while, where there are any."""
        self._directory.setVisible(number > 0)
        title = f"{number:,} entr{'y' if number == 1 else 'ies'} to verify"
        detail = "Not verified for 90 days, or never; the same of their fax numbers"
        line = RowButton("homeToVerify", "", "unverified", title, detail)
        line.clicked.connect(self.verify_wanted)
        self._rows(self._directory, [line] if number else [], "")
        self._order()

    def _order(self) -> None:
        """Let Tab go through it as it is read, whatever came later."""
        tab_order.chain(tab_order.stops(self._inside))

    def _draft(self, draft: DraftRecord) -> RowButton:
        about = f"Changes to {draft.reference}" if draft.reference else "New referral"
        made = RowButton(
            f"draft_{draft.id}",
            draft.id,
            "draft",
            draft.patient or "No name yet",
            about,
            _when(draft.updated),
        )
        made.clicked.connect(self._resume)
        return made

    def _referral(self, one: ReferralRow) -> RowButton:
        detail = " · ".join(part for part in (one.state_words, one.surgeon) if part)
        made = RowButton(
            f"recent_{one.id}", one.id, "letter", one.patient or "No name yet", detail, _when(one.updated)
        )
        made.clicked.connect(self._open)
        return made

    def _back(self, one: ReferralRow) -> RowButton:
        """Return the line of a referral that was given back: what is to be changed, and who says so."""
        name, when = one.patient or "No name yet", _when(one.returned_at or one.updated)
        made = RowButton(f"returned_{one.id}", one.id, "review", name, one.beside_words, when)
        made.clicked.connect(self._open)
        return made

    def _resume(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self.resume_draft.emit(pressed.value)

    def _open(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self.open_referral.emit(pressed.value)

    def _rows(self, card: Card, rows: list[RowButton], nothing: str) -> None:
        """Put lines into a card in place of those before."""
        clear(card.column, keep=1)
        for one in rows or [labels.muted(nothing)]:
            card.add(one)
        card.column.addStretch(1)

    def _set_up_card(self) -> Card:
        card = Card("To enter once")
        words = "Your office heads every letter, and your name stands beside what you do."
        self._office = buttons.outlined("Enter our office", "setUpOffice", "office")
        self._name = buttons.outlined("Say who you are", "setUpName", "person")
        self._office.clicked.connect(self._go_office)
        self._name.clicked.connect(self._go_settings)
        card.add(labels.muted(words))
        card.add(row(self._office, self._name, None))
        card.hide()
        return card

    def _go_worklist(self, step: str) -> None:
        if step:
            self.worklist_wanted.emit(step)
        else:
            self.go.emit("worklists")

    def _go_requests(self, kind: str) -> None:
        (self.releases_wanted if kind == "copies" else self.privacy_wanted).emit("", "")

    def _go_office(self) -> None:
        self.go.emit("office")

    def _go_settings(self) -> None:
        self.name_wanted.emit()


def _sign_off() -> QWidget:
    made = QWidget()
    line = row(StateLabel("note", "Draft rules"), labels.muted(SIGN_OFF), spacing=12)
    line.setStretch(1, 1)
    made.setLayout(line)
    return made


def _when(moment: datetime) -> str:
    """Return when something was, as a person says it: 10:42 today, else how many days ago."""
    local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()
    if local.date() == datetime.now().astimezone().date():
        return clock.say(local)
    old = age(local.date())
    return "yesterday" if old == "1 day" else f"{old} ago"


def _waiting(db: Database, queues: list[Queue]) -> Waits:
    from referral_app.services import patient_requests, practices, waiting_lists, worklists

    with db.read() as session:
        return Waits(
            practices.is_entered(session), worklists.aged(session, queues), waiting_lists.counts(session),
            patient_requests.counts(session),
        )  # fmt: skip


def _to_verify(db: Database) -> int:
    from referral_app.services import verification

    with db.read() as session:
        return verification.count(session)


def _read(db: Database) -> Desktop:
    from referral_app.services import drafts, worklists
    from referral_app.services.referral_records import Filter

    with db.read() as session:
        return Desktop(
            worklists.queues(session),
            drafts.find(session, mine=True),
            worklists.find(session, Filter(), SHOWN),
            worklists.find(session, Filter("returned"), SHOWN),
        )
