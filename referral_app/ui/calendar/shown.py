"""What the calendar has read of some days, and what of it is in sight: by surgeon, place and kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from referral_app.clinical import business_days, dates
from referral_app.database import Database
from referral_app.services import appointments, closed_days, closed_visits
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.services.closed_days import ClosedDayRecord
from referral_app.ui import visit_words
from referral_app.ui.calendar.period import Period

NOWHERE = "-"
"""Stands for no place among the places to choose from."""


@dataclass(frozen=True)
class Wanted:
    """What is to be in sight; "" stands for all."""

    surgeon_id: str = ""
    location_id: str = ""
    kind: str = ""
    canceled: bool = False

    def fits(self, one: AppointmentRecord) -> bool:
        """Tell whether a visit is to be seen."""
        gone = one.status.value in ("canceled", "moved")
        return (
            (self.canceled or not gone)
            and self.surgeon_id in ("", one.surgeon_id)
            and self.location_id in ("", one.location_id or NOWHERE)
            and self.kind in ("", one.kind)
        )


@dataclass(frozen=True)
class Read:
    """All visits and closed days of a period, read at once."""

    period: Period
    visits: tuple[AppointmentRecord, ...] = ()
    closed: tuple[ClosedDayRecord, ...] = ()


@dataclass
class Shown:
    """What is in sight, by day."""

    read: Read
    by_day: dict[date, list[AppointmentRecord]] = field(default_factory=dict[date, list[AppointmentRecord]])

    def on(self, day: date) -> Sequence[AppointmentRecord]:
        """Return the visits of a day in order of time."""
        return self.by_day.get(day, ())

    def within(self, period: Period) -> list[AppointmentRecord]:
        """Return the visits of a period in order of time."""
        return [one for day in sorted(self.by_day) if period.has(day) for one in self.by_day[day]]

    def why_closed(self, day: date) -> str:
        """Return what is closed on a day, "" where nothing: by name of the place, or all."""
        found = [one for one in self.read.closed if one.day == day]
        return ", ".join(_closed(one) for one in found)

    def name(self, day: date) -> str:
        """Return a day as it is said: with its visits, its holiday, and what is closed."""
        booked = [one for one in self.on(day) if one.status.value not in ("canceled", "moved")]
        said = f"{day:%A}, {dates.say(day)}: {many(len(booked))}"
        more = (holiday(day), self.why_closed(day), to_move(sum(bool(one.closed) for one in booked)))
        return ", ".join(part for part in (said, *more) if part)


def read(db: Database, period: Period) -> Read:
    """Return what there is of a period, with the days beside it that are in sight; raises Denied."""
    first, last = period.whole
    with db.read() as session:
        visits = appointments.between(session, first, last, canceled=True)
        closed = closed_days.find(session, first, last)
        return Read(period, tuple(closed_visits.marked(visits, closed)), tuple(closed))


def show(found: Read, wanted: Wanted) -> Shown:
    """Return what of it is wanted."""
    by_day: defaultdict[date, list[AppointmentRecord]] = defaultdict(list)
    for one in found.visits:
        if wanted.fits(one):
            by_day[one.day].append(one)
    return Shown(found, dict(by_day))


def counted(visits: Iterable[AppointmentRecord]) -> str:
    """Return how many visits there are, and how many of them ask for something."""
    held = [one for one in visits if one.status.value not in ("canceled", "moved")]
    passed = sum(visit_words.has_passed(one) for one in held)
    missed = sum(one.status.value == "no_show" for one in held)
    closed = sum(bool(one.closed) for one in held)
    parts = (
        many(len(held)), f"{passed:,} passed, not recorded" if passed else "",
        f"{missed:,} no-show{'s' if missed > 1 else ''}" if missed else "", to_move(closed),
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def to_move(number: int) -> str:
    """Return how many visits are booked for closed days, "" for none."""
    return f"{number:,} to move: the place is closed" if number else ""


def many(number: int) -> str:
    """Return a number of visits in words."""
    return "1 visit" if number == 1 else f"{number:,} visits" if number else "no visits"


def holiday(day: date) -> str:
    """Return the federal holiday that is kept on a day, "" for none."""
    return business_days.holidays(day.year).get(day, "")


def surgeons_of(found: Read) -> list[tuple[str, str]]:
    """Return the surgeons of the visits, by name."""
    return sorted({(one.surgeon_id, one.surgeon) for one in found.visits}, key=lambda one: one[1])


def places_of(found: Read) -> list[tuple[str, str]]:
    """Return the places of the visits, by name, and last that none is known."""
    named = {(one.location_id, one.location) for one in found.visits if one.location_id}
    nowhere = [(NOWHERE, "Place not known yet")] if any(not one.location_id for one in found.visits) else []
    return [*sorted(named, key=lambda one: one[1]), *nowhere]


def _closed(one: ClosedDayRecord) -> str:
    where = f"{one.location} closed" if one.location else "closed"
    return f"{where} ({one.why})" if one.why else where
