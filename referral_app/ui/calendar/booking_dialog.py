"""Whose visit is booked: the referral, found by patient, surgeon or reference number."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import ReferralState
from referral_app.clinical import dates
from referral_app.services import worklists
from referral_app.services.referral_records import Filter, ReferralRow
from referral_app.ui import sources, theme
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.settled import Settled
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.search_box import SearchBox

EMPTY = ("referrals", "No referral found", "Search for the patient’s name or the reference number.")


def _patient(one: ReferralRow) -> str:
    return one.patient or "No name yet"


def _reference(one: ReferralRow) -> str:
    born = f"Born {dates.say(one.date_of_birth)}" if one.date_of_birth else "No date of birth"
    return f"{born} · {one.reference}"


def _surgeon(one: ReferralRow) -> str:
    return one.surgeon or "No surgeon yet"


def _state(one: ReferralRow) -> str:
    return one.state_words


def _icon(one: ReferralRow) -> str:
    return str(one.readiness if one.state is ReferralState.DRAFT else one.state)


COLUMNS = (
    Column("Patient", _patient, 220, detail=_reference, stretch=True),
    Column("Surgeon", _surgeon, 200),
    Column("State", _state, 200, icon=_icon),
)


class BookingDialog(Framed):
    """`taken(reference)` for the referral that is chosen."""

    taken = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Make it with the referrals changed last."""
        super().__init__(parent, "bookingDialog", "Book a visit", "Choose the referral for which it is.")
        self._desk = desk
        self.search = SearchBox("Search referrals", "bookingSearch", "Patient, surgeon or reference number")
        self.list = RecordList(desk, "booking", "Referrals to book a visit for", COLUMNS, EMPTY)
        self.next_button = buttons.primary("Choose the time…", "bookingNext")
        cancel = buttons.outlined("Cancel", "bookingCancel")
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 9)
        theme.scale(self.list, min_height=330)
        self._settled = Settled(desk, self, "referrals")
        self.search.textChanged.connect(self._ask)
        self.search.entered.connect(self.list.open_first)
        self.search.down.connect(self.list.enter)
        self.list.opened.connect(self._take)
        self.list.chosen.connect(self._follow)
        self.list.loaded.connect(self._answered)
        self.next_button.clicked.connect(self._next)
        cancel.clicked.connect(self.reject)
        self.lay_out((720, 640), None, cancel, self.next_button)
        self._ask()
        self.search.setFocus()

    def _ask(self) -> None:
        which = Filter(text=self.search.text().strip())
        count, find = partial(worklists.count, wanted=which), partial(worklists.find, wanted=which)
        self.list.load(sources.paged(self._desk.db, count, find))

    def _answered(self, found: int) -> None:
        self._settled.answered(self.search.text().strip(), found)

    def _follow(self, one: ReferralRow | None) -> None:
        self.next_button.setEnabled(one is not None)

    def _next(self) -> None:
        one = self.list.current()
        if one is not None:
            self._take(one)

    def _take(self, one: ReferralRow) -> None:
        self._settled.note()
        self.accept()
        self.taken.emit(one.reference)
