"""Packets of referrals that are chosen from all there are, whether or not their patients come soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from referral_app.choices import ReferralState
from referral_app.clinical import clock, dates
from referral_app.database import Database
from referral_app.jobs import packet_batch as batch
from referral_app.jobs import patient_texts
from referral_app.jobs.packet_batch import Wanted
from referral_app.services import worklists
from referral_app.services.batches import Wish
from referral_app.services.referral_records import Filter, ReferralRow
from referral_app.ui.desk import Desk
from referral_app.ui.finding import Finding
from referral_app.ui.packets import words
from referral_app.ui.packets.labels_dialog import LabelsDialog
from referral_app.ui.packets.options import PacketOptions
from referral_app.ui.packets.running import Running
from referral_app.ui.settled import Settled
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.panes import Panes
from referral_app.ui.widgets.search_box import SearchBox

EMPTY = ("packets", "No referral yet", "A packet is made from a referral.", "New referral")
Ranges = list[tuple[int, int]]
Chosen = tuple[list[ReferralRow], Wanted | None, str]


def _patient(one: ReferralRow) -> str:
    return one.patient or "No name yet"


def _reference(one: ReferralRow) -> str:
    return one.reference


def _surgeon(one: ReferralRow) -> str:
    return one.surgeon or "No surgeon yet"


def _state(one: ReferralRow) -> str:
    return one.state_words


def _icon(one: ReferralRow) -> str:
    return str(one.readiness if one.state is ReferralState.DRAFT else one.state)


def _changed(one: ReferralRow) -> str:
    local: datetime = one.updated.astimezone()
    return (
        f"Changed today {clock.say(local)}"
        if local.date() == date.today()
        else f"Changed {dates.say(local.date())}"
    )


COLUMNS = (
    Column("Patient", _patient, 240, detail=_reference, stretch=True),
    Column("Surgeon", _surgeon, 190, detail=_changed),
    Column("State", _state, 200, icon=_icon),
)


@dataclass(frozen=True)
class _Asked:
    """One search; everything here runs in the background."""

    db: Database
    wanted: Filter

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[ReferralRow]:
        """Return a page of referrals, the latest first."""
        with self.db.read() as session:
            return worklists.find(session, self.wanted, limit, offset)

    def count(self) -> int:
        """Return how many there are."""
        with self.db.read() as session:
            return worklists.count(session, self.wanted)

    def chosen(self, ranges: Ranges) -> Chosen:
        """Return the referrals at these positions, what the one patient needs, and how far Spanish waits."""
        with self.db.read() as session:
            rows = [
                one
                for top, bottom in ranges
                for one in worklists.find(session, self.wanted, bottom - top + 1, top)
            ]
            needs = batch.needs(session, rows[0].reference) if len(rows) == 1 else None
            return rows, needs, patient_texts.waits(session, "es")


class ChosenReferrals(QWidget):
    """Chooses referrals and makes their packets."""

    preview = Signal(str, str)
    new_referral = Signal(dict)

    def __init__(self, desk: Desk, running: Running) -> None:
        """Make the view; `reload` brings it to life, `running` makes what is wanted."""
        super().__init__()
        self.setObjectName("packetReferralsView")
        self._desk, self._running = desk, running
        self._asked = _Asked(desk.db, Filter())
        self._chosen: list[ReferralRow] = []
        self._needs: Wanted | None = None
        self._only: tuple[str, ...] = ()
        self._all_wanted = False
        self.search = SearchBox(
            "Search referrals", "packetSearch", hint="Patient, surgeon or reference number"
        )
        self.count = labels.muted("")
        self.options_button = buttons.outlined("Language, size, save…", "showPacketOptions", icon="panel")
        self.options_button.hide()
        self.all_button = buttons.link("Show all referrals", "packetShowAll")
        self.all_button.hide()
        self.list = RecordList(desk, "packets", "Referrals to make packets of", COLUMNS, EMPTY)
        self.list.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.options = PacketOptions("packet", "No referral chosen")
        line = row(self.count, self.all_button, self.options_button)
        line.setStretch(0, 1)
        self._finding = Finding("packetReferrals", self.search, self.list, self.search, line)
        self.panes = Panes(desk, "packets", self._finding, self.options, widths=(0, 480, 380))
        self.panes.right_shown.connect(self._options_shown)
        self._latest = desk.background.latest(self, self._show_chosen, delay=40)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Ask again; the referrals chosen stay chosen."""
        self._finding.ask()

    def show_only(self, ids: Sequence[str]) -> None:
        """Show these referrals alone, all of them chosen, until all are wanted again; empty for all."""
        self._only, self._all_wanted, self._chosen = tuple(ids), bool(ids), []
        self.all_button.setVisible(bool(ids))
        self.search.clear()
        self._finding.ask()

    def _show_all(self) -> None:
        self.search.setFocus()  # the button goes
        self.show_only(())

    def _ask(self) -> None:
        self._asked = asked = _Asked(self._desk.db, Filter(text=self._finding.words(), ids=self._only))
        self.list.load(Source(asked.fetch, asked.count))

    def focus_search(self) -> None:
        """Put the cursor in the search box, its text marked."""
        self.panes.close_right()
        self._finding.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin nothing more while out of sight."""
        super().hideEvent(event)
        self._finding.stop()
        self._latest.drop()

    def _lay_out(self) -> None:
        lines = column(spacing=0)
        lines.addWidget(self.panes, 1)
        self.setLayout(lines)

    def _connect(self) -> None:
        self._finding.wanted.connect(self._ask)
        Settled(self._desk, self, "referrals").follow(self._finding, self.list)
        self._finding.found.connect(self._found)
        self._finding.top.connect(self._choose_top)
        self.panes.closed.connect(self.list.enter)
        self.list.table.selectionModel().selectionChanged.connect(self._selected)
        self.list.opened.connect(self._opened)
        self.list.acted.connect(self._act)
        self.options_button.clicked.connect(self._show_options)
        self.all_button.clicked.connect(self._show_all)
        self.options.previewed.connect(self._preview)
        self.options.making.connect(self._make)
        self.options.labeling.connect(self._ask_labels)
        self._running.changed.connect(self._follow)
        self.options.asking.connect(self._preview_questionnaire)

    def _show_options(self) -> None:
        if self.panes.open_right():
            self.options.make_button.setFocus()

    def _options_shown(self, shown: bool) -> None:
        self.options_button.setVisible(not shown)

    def _choose_top(self) -> None:
        if self.list.model.rowCount():
            self.list.table.selectRow(0)
            self.panes.open_right()

    def _found(self, number: int) -> None:
        order = "those handed over from Worklists" if self._only else "the latest first"
        self.count.setText(f"{words.how_many(number, 'referral')}, {order}" if number else "")
        if not number and (self._finding.words() or self._only):
            self.list.note.say("search", "No referral found", "Try a patient, a surgeon or a reference.")
        if self._all_wanted:
            self._all_wanted = False
            self.list.table.selectAll()
        elif not self._finding.enter_waits:
            self._choose_again()

    def _choose_again(self) -> None:
        """Select what was selected before the list was read anew."""
        selection, flags = self.list.table.selectionModel(), QItemSelectionModel.SelectionFlag
        positions = [self.list.model.position(one.id) for one in self._chosen]
        for position in positions:
            if position >= 0:
                selection.select(self.list.model.index(position, 0), flags.Select | flags.Rows)
        if not any(position >= 0 for position in positions):
            self._show_chosen(([], None, ""))

    def _selected(self) -> None:
        if self._finding.busy:
            return
        selection = self.list.table.selectionModel().selection().toList()
        ranges = sorted({(one.top(), one.bottom()) for one in selection})
        asked = self._asked
        self._latest.ask(lambda: asked.chosen(ranges))

    def _show_chosen(self, found: Chosen) -> None:
        self._chosen, self._needs, waits = found
        self._follow()
        needs = self._needs
        if needs is None:
            self.options.say_needs("")
        elif needs.minor:
            self.options.say_needs(batch.NO_PACKET)
        else:
            wanted = words.language(needs.language or "en", waits), words.size(bool(needs.large))
            self.options.say_needs(words.NEEDS.format(*wanted, needs.why).strip())

    def _follow(self) -> None:
        names = [
            (one.patient or "No name yet", f"{one.reference} · {one.surgeon or 'No surgeon yet'}")
            for one in self._chosen
        ]
        able = 0 if self._needs and self._needs.minor else len(names)
        self.options.show_chosen(names, able, self._running.is_busy)

    def _opened(self, one: ReferralRow) -> None:
        self.preview.emit("packet", one.reference)

    def _act(self) -> None:
        self.new_referral.emit({})

    def _preview(self) -> None:
        if len(self._chosen) == 1:
            self.preview.emit("packet", self._chosen[0].reference)

    def _preview_questionnaire(self) -> None:
        """Show the questionnaire, with the patient's name where one referral is chosen."""
        chosen = self._chosen[0].reference if len(self._chosen) == 1 else ""
        self.preview.emit("questionnaire", chosen)

    def _make(self) -> None:
        if not self._chosen:
            return
        db, references = self._desk.db, [one.reference for one in self._chosen]
        language, size = self.options.language.value(), self.options.print_size.value()
        wanted = Wanted(language or None, None if not size else size == "large")

        def wishes() -> list[Wish]:
            return batch.wishes(db, references, wanted)

        self._running.start(
            f"Packets of {words.how_many(len(references), 'referral')}", wishes,
            self.options.way.value(), self.options.both_sides.isChecked(),
        )  # fmt: skip

    def _ask_labels(self) -> None:
        dialog = LabelsDialog([one.reference for one in self._chosen], self)
        dialog.wanted.connect(self._preview_labels)
        dialog.open()

    def _preview_labels(self, about: str) -> None:
        self.preview.emit("labels", about)
