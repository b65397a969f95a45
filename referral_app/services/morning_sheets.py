"""What is due today, to be printed for the morning: a few of each worklist, and the visits of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, Step
from referral_app.services import appointments, events, waiting_lists
from referral_app.services.appointments import AppointmentRecord
from referral_app.services.permissions import needs
from referral_app.services.waiting_lists import ALL, Pile, WaitingRow, Which

LINES = 16
"""So many referrals fit on two pages beside the visits; of more, each worklist gives its oldest."""
VISITS = 10


@dataclass(frozen=True)
class DuePile:
    """What is due of one worklist: how many, and the oldest of them, as many as there is room for."""

    step: Step
    due: int
    rows: tuple[WaitingRow, ...]


@dataclass(frozen=True)
class MorningSheet:
    """What is printed for a morning; `more_visits` is how many visits of the day are left out."""

    day: date
    whose: str
    visits: tuple[AppointmentRecord, ...]
    more_visits: int
    piles: tuple[DuePile, ...]


@needs(Permission.PRINT)
def read(session: Session, whose: str = ALL, day: date | None = None) -> MorningSheet:
    """Return what is due on a day, today by default, noted once for the whole sheet; what is not due is not on it."""
    day = day or date.today()
    due = [pile for pile in waiting_lists.counts(session, whose, day).values() if pile.due]
    found = [_pile(session, pile, share, whose, day) for pile, share in zip(due, shares(due), strict=True)]
    visits = [one for one in appointments.on_day(session, day) if one.is_booked]
    listed = sum(len(one.rows) for one in found)
    events.record(
        session, AuditAction.OPENED, "morning_sheet", day.isoformat(), referrals=listed, whose=whose
    )
    return MorningSheet(day, whose, tuple(visits[:VISITS]), max(0, len(visits) - VISITS), tuple(found))


def _pile(session: Session, pile: Pile, share: int, whose: str, day: date) -> DuePile:
    rows = waiting_lists.find(session, Which(pile.step, whose, due_only=True), share, today=day)
    return DuePile(pile.step, pile.due, tuple(rows))


def shares(piles: list[Pile]) -> list[int]:
    """Return how many of each pile are listed: all get the same room, and what one does not need goes to the others."""
    given = [0] * len(piles)
    room = LINES
    while room > 0 and any(share < pile.due for share, pile in zip(given, piles, strict=True)):
        for at, pile in enumerate(piles):
            if room > 0 and given[at] < pile.due:
                given[at] += 1
                room -= 1
    return given
