"""Booking the visits of a schedule file: what each row would become is shown first, and nothing is booked twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from referral_app.choices import AppointmentKind
from referral_app.clinical import clock, dates
from referral_app.clinical.fields import given
from referral_app.database import Database, Session
from referral_app.exchange import schedules as schedule_file
from referral_app.jobs import visits
from referral_app.jobs.file_look import FileLook, said
from referral_app.services import appointments, audit, referrals, schedules, visit_acts
from referral_app.services.appointment_records import Visit
from referral_app.services.errors import InvalidInput
from referral_app.services.schedules import ScheduleRow

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
FIELDS = visits.FIELDS
NO_DAY = "No column is matched to Day. Match the one that holds the day of the visit."
BOOK, KNOWN, LEFT_OUT = "book", "known", "left_out"
_SURGERY = ("surg", "operat", "procedure", "release", "decompress")
_FOLLOW_UP = ("follow", "post", "return", "recheck", "f/u")
"""How words of a schedule begin that say what a visit is for; it is a consultation otherwise."""


@dataclass(frozen=True)
class Line:
    """One row of a schedule and what becomes of it: booked, booked already, or left out with the reason."""

    row: ScheduleRow
    outcome: str
    why: str = ""
    reference: str = ""
    visit: Visit | None = None


@dataclass(frozen=True)
class Preview:
    """What a schedule would book; `notes` are what could not be read."""

    name: str
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    canceled: bool = False

    @property
    def to_book(self) -> tuple[Line, ...]:
        """The rows that are booked."""
        return tuple(one for one in self.lines if one.outcome == BOOK)


def mapping_problem(mapping: Mapping[str, str]) -> str:
    """Return what is wrong with a matching of columns as one sentence, "" where visits can be booked by it."""
    named = set(mapping.values())
    return schedule_file.problem(mapping) or ("" if named & {"day", "time"} else NO_DAY)


def preview(
    db: Database, looked: FileLook, mapping: Mapping[str, str], progress: Progress, canceled: Canceled
) -> Preview:
    """Return what each row of a schedule would become; nothing is written. Raises InvalidInput, Denied."""
    if problem := mapping_problem(mapping):
        raise InvalidInput({"": problem})
    with said():
        rows, notes = visits.read_rows(looked, mapping, canceled)
    lines: list[Line] = []
    taken: set[tuple[str, datetime]] = set()
    for number, row in enumerate(rows, 1):
        if canceled():
            return Preview(looked.path.name, canceled=True)
        lines.append(_once(_judged(db, row), taken))
        progress(number, len(rows))
    with db.read() as session:
        audit.searched(session, "patients", "a schedule", sum(bool(one.reference) for one in lines))
    return Preview(looked.path.name, tuple(lines), (*notes, *(note for row in rows for note in row.notes)))


def book(db: Database, lines: Sequence[Line], progress: Progress, canceled: Canceled) -> tuple[Line, ...]:
    """Book the rows of a preview, each whole or not at all, and return what became of each; raises Denied."""
    done: list[Line] = []
    for number, line in enumerate(lines, 1):
        if canceled():
            break
        with db.read() as session:
            known = line.visit is not None and _is_known(session, line.reference, line.visit)
        done.append(Line(line.row, KNOWN, "", line.reference) if known else _booked(db, line))
        progress(number, len(lines))
    return tuple(done)


def counted(lines: Sequence[Line]) -> str:
    """Return how many rows are booked, known and left out, as a sentence."""
    numbers = [sum(one.outcome == outcome for one in lines) for outcome in (BOOK, KNOWN, LEFT_OUT)]
    return f"{numbers[0]:,} to book · {numbers[1]:,} booked already · {numbers[2]:,} left out"


def told(line: Line) -> str:
    """Return a row as a person finds it again, with when it is."""
    when = f"{dates.say(line.row.day)}, {clock.say(line.row.time)}" if line.row.day and line.row.time else ""
    return " · ".join(part for part in (schedules.said(line.row), when) if part)


class _NothingWritten(Exception):
    """Ends the trial of a booking, so that nothing of it is kept."""


def _judged(db: Database, row: ScheduleRow) -> Line:
    """Return what becomes of a row, tried and taken back."""
    if row.day is None or row.time is None:
        missing = "day" if row.day is None else "time"
        return Line(row, LEFT_OUT, f"It says no {missing}.")
    with db.read() as session:
        matched = schedules.match(session, row)
        if not matched.reference:
            return Line(row, LEFT_OUT, matched.why)
        visit = _visit(session, matched.reference, row, datetime.combine(row.day, row.time))
        if _is_known(session, matched.reference, visit):
            return Line(row, KNOWN, "", matched.reference, visit)
    line = Line(row, BOOK, "", matched.reference, visit)
    try:
        with db.begin() as session:
            visit_acts.book(session, matched.reference, visit, confirmed=True)
            raise _NothingWritten
    except _NothingWritten:
        return line
    except InvalidInput as refused:
        return Line(row, LEFT_OUT, " ".join(refused.fields.values()), matched.reference)


def _booked(db: Database, line: Line) -> Line:
    if line.visit is None:
        return line
    try:
        with db.begin() as session:
            visit_acts.book(session, line.reference, line.visit, confirmed=True)
    except InvalidInput as refused:
        return Line(line.row, LEFT_OUT, " ".join(refused.fields.values()), line.reference)
    return line


def _once(line: Line, taken: set[tuple[str, datetime]]) -> Line:
    """Leave out a row that says what an earlier one says."""
    if line.outcome != BOOK or line.visit is None:
        return line
    key = line.reference, line.visit.start
    if key in taken:
        return Line(line.row, LEFT_OUT, "An earlier row says the same.", line.reference)
    taken.add(key)
    return line


def _is_known(session: Session, reference: str, visit: Visit) -> bool:
    return any(
        one.is_booked and one.start.replace(tzinfo=None) == visit.start
        for one in appointments.of_referral(session, reference)
    )


def _visit(session: Session, reference: str, row: ScheduleRow, start: datetime) -> Visit:
    """Return the visit of a row, at the place of the referral, or at the only one of its surgeon."""
    referral = referrals.get(session, reference)
    places = [one.location.id for one in referrals.surgeon_of(session, referral).placements]
    asked = given(referral.intake, "request.location")
    place = str(asked) if asked in places else places[0] if len(places) == 1 else ""
    return Visit(_kind(row.kind), start, place)


def _kind(words: str) -> AppointmentKind:
    found = words.casefold().split()
    if any(word.startswith(_SURGERY) for word in found):
        return AppointmentKind.SURGERY
    later = any(word.startswith(_FOLLOW_UP) for word in found)
    return AppointmentKind.FOLLOW_UP if later else AppointmentKind.CONSULT
