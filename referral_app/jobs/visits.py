"""Whose packets are due: the visits of a day, or of a clinic's schedule, each with what is printed for the person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from referral_app.choices import AppointmentKind, PaperKind, Permission
from referral_app.clinical import business_days, clock, dates
from referral_app.database import Database, Session
from referral_app.exchange import schedules as schedule_file
from referral_app.exchange import tables
from referral_app.exchange.sources import BadFile, Seen
from referral_app.jobs import packet_batch, patient_texts
from referral_app.jobs.file_look import FileLook, ask_unchanged, said
from referral_app.services import appointments, audit, ledger, packet_people, schedules, surgery_plans
from referral_app.services.appointments import AppointmentRecord
from referral_app.services.batches import Wish
from referral_app.services.errors import InvalidInput
from referral_app.services.ledger import PaperEventRecord
from referral_app.services.packet_people import PacketPerson
from referral_app.services.permissions import ask
from referral_app.services.schedules import Matched, ScheduleRow

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]

MOST = 5_000
"""Rows of a schedule: two weeks of a large clinic."""
LARGEST = 20_000_000
FIELDS, mapping_problem = schedule_file.HEADINGS.fields, schedule_file.problem
"""The fields that a column can be matched to, and what a matching lacks."""
_NEW = ("new", "consult", "initial", "first", "eval")
"""How words of a schedule begin that say that it is a first visit."""


@dataclass(frozen=True)
class Visit:
    """One person who comes, and what is printed for them.

    `unfit` says why nothing can be, `lacks` what the surgery packet lacks, `printed` when that kind was last printed
    and, on a second line, at what time and by whom, `waits` how far Spanish waits for its reviews
    (`patient_texts.waits`), `first` that it is the first visit.
    """

    key: str
    time: str
    reference: str
    patient: str
    date_of_birth: date | None
    surgeon: str
    what: str
    kind: PaperKind
    language: str
    large: bool
    why: str = ""
    unfit: str = ""
    lacks: str = ""
    printed: str = ""
    first: bool = False
    appointment_id: str = ""
    waits: str = ""

    @property
    def refused(self) -> str:
        """Why this kind cannot be printed, "" where it can."""
        return self.unfit or (self.lacks if self.kind is PaperKind.SURGERY_PACKET else "")

    @property
    def wish(self) -> Wish:
        """What a batch makes of it."""
        return Wish(self.reference, self.kind, self.language, self.large, self.appointment_id)


@dataclass(frozen=True)
class Visits:
    """The visits of a day in order of time; `left_out` are lines that could not be matched, each with the reason."""

    title: str
    visits: tuple[Visit, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    canceled: bool = False


@dataclass(frozen=True)
class _Coming:
    """Somebody who comes, before it is known what they need."""

    key: str
    reference: str
    time: str = ""
    what: str = ""
    kind: PaperKind = PaperKind.PACKET
    first: bool = False
    appointment_id: str = ""
    lacks: str = ""


def next_working_day(today: date) -> date:
    """Return the next day on which offices are open: no weekend, no federal holiday."""
    return business_days.after(today, 1)


def on_day(db: Database, day: date, today: date | None = None) -> Visits:
    """Return the booked visits of a day; raises Denied."""
    with db.read() as session:
        booked = appointments.on_day(session, day)
        coming = [
            _Coming(
                one.id, one.reference, clock.say(one.start), one.kind.label, _kind(one.kind),
                one.kind is AppointmentKind.CONSULT, one.id, _lacks(session, one, today),
            )
            for one in booked
        ]  # fmt: skip
        return Visits(f"Visits on {dates.say(day)}", _visits(session, coming, today))


def look(db: Database, path: Path) -> FileLook:
    """Return what a schedule holds and which column most likely is what; raises InvalidInput, Denied."""
    with db.read() as session:
        ask(session, Permission.PRINT, "visits.look")
    with said():
        seen = Seen.of(path)
        if seen.size > LARGEST:
            raise BadFile(f"The file {path.name} is {seen.size / 1e6:,.0f} MB; a schedule is far smaller.")
        with tables.opened(path) as table, db.read() as session:
            return replace(FileLook.of_table(session, path, table, schedule_file.HEADINGS), seen=seen)


def of_schedule(
    db: Database,
    looked: FileLook,
    mapping: Mapping[str, str],
    progress: Progress,
    canceled: Canceled,
    day: date | None = None,
    today: date | None = None,
) -> Visits:
    """Return the visits of a schedule, of one day where it names several; raises InvalidInput, Denied.

    What is not matched beyond doubt is left out with the reason.
    """
    if problem := mapping_problem(mapping):
        raise InvalidInput({"": problem})
    with said():
        rows, notes = read_rows(looked, mapping, canceled)
    of_day, more = _of_day(rows, day, today or date.today())
    found: list[Matched] = []
    for number, row in enumerate(of_day, 1):
        if canceled():
            return Visits("", canceled=True)
        with db.read() as session:
            found.append(schedules.match(session, row))
        progress(number, len(of_day))
    with db.read() as session:
        matched = [one for one in found if one.reference]
        audit.searched(session, "patients", "a schedule", len(matched))
        visits = _visits(session, _coming(matched), today)
    left_out = tuple(f"{schedules.said(one.row)}: {one.why}" for one in found if not one.reference)
    whole = (*notes, *more, *(note for row in of_day for note in row.notes))
    return Visits(f"Schedule {looked.path.name}", visits, left_out, whole)


def changed(visit: Visit, *, language: str = "", large: bool | None = None, kind: str = "") -> Visit:
    """Return a visit with another language, print size or kind of packet."""
    return replace(
        visit,
        language=language or visit.language,
        large=visit.large if large is None else large,
        kind=PaperKind(kind) if kind else visit.kind,
    )


def wishes(chosen: Iterable[Visit], questionnaires: bool) -> list[Wish]:
    """Return what is printed for those chosen, in order; with the questionnaire for first visits where asked for.

    Somebody with two visits gets the same packet once.
    """
    made: dict[tuple[str, PaperKind], Wish] = {}
    for one in chosen:
        if one.refused:
            continue
        made.setdefault((one.reference, one.kind), one.wish)
        if questionnaires and one.first:
            asked = replace(one.wish, kind=PaperKind.QUESTIONNAIRE)
            made.setdefault((one.reference, asked.kind), asked)
    return list(made.values())


def _kind(kind: AppointmentKind) -> PaperKind:
    return PaperKind.SURGERY_PACKET if kind is AppointmentKind.SURGERY else PaperKind.PACKET


def _visits(session: Session, coming: Sequence[_Coming], today: date | None) -> tuple[Visit, ...]:
    references = [one.reference for one in coming]
    people = packet_people.find(session, references, today)
    kinds = {one.kind for one in coming}
    printed = {kind: ledger.printed_for(session, references, kind) for kind in kinds}
    waits = patient_texts.waits(session, "es")
    return tuple(
        replace(_visit(one, people[one.reference], printed[one.kind].get(one.reference)), waits=waits)
        for one in coming
        if one.reference in people
    )


def _visit(one: _Coming, person: PacketPerson, printed: PaperEventRecord | None) -> Visit:
    wanted = packet_batch.proposed(person.language, person.needs, person.minor)
    return Visit(
        one.key, one.time, one.reference, person.patient or "No name yet", person.date_of_birth, person.surgeon,
        one.what, one.kind, wanted.language or "en", bool(wanted.large), wanted.why, _unfit(person), one.lacks,
        _when(printed), one.first, one.appointment_id,
    )  # fmt: skip


def _lacks(session: Session, one: AppointmentRecord, today: date | None) -> str:
    """Return what the surgery packet of an operation lacks, "" where nothing."""
    if one.kind is not AppointmentKind.SURGERY:
        return ""
    return " ".join(surgery_plans.ready(session, one.referral_id, today, one))


def _unfit(person: PacketPerson) -> str:
    if person.minor:
        return packet_batch.NO_PACKET
    return "" if person.surgeon else "The referral names no surgeon yet."


def _when(printed: PaperEventRecord | None) -> str:
    if printed is None:
        return ""
    at: datetime = printed.at.astimezone()
    by = f" by {printed.by}" if printed.by else ""
    done, day = str(printed.act).capitalize(), dates.say_near(at.date(), date.today())
    return f"{done} {day}\n{clock.say(at)}{by}"


def read_rows(
    looked: FileLook, mapping: Mapping[str, str], canceled: Canceled
) -> tuple[list[ScheduleRow], tuple[str, ...]]:
    """Return the rows that say anything, and what had to be assumed or could not be read; raises BadFile."""
    ask_unchanged(looked.path, looked.seen)
    rows: list[ScheduleRow] = []
    with tables.opened(looked.path) as table:
        reader = schedule_file.Reader(table.headings, mapping)
        for number, cells in table.rows:
            if number > MOST + 1:
                raise BadFile(f"The file {looked.path.name} has more than {MOST:,} rows. Save one day alone.")
            if canceled():
                break
            if any(cell.strip() for cell in cells):
                rows.append(reader.read(number, cells))
        if not rows and not table.refused.count:
            raise BadFile(f"The file {looked.path.name} has headings and no rows.")
        return rows, (*table.notes, *(sentence for _, sentence in table.refused.shown))


def _of_day(
    rows: Sequence[ScheduleRow], day: date | None, today: date
) -> tuple[list[ScheduleRow], tuple[str, ...]]:
    """Return the rows of one day in order of time, and a note on those of others.

    It is the day asked for, else the first of the file from today on, else its last.
    """
    named = sorted({row.day for row in rows if row.day})
    chosen = day or next((one for one in named if one >= today), named[-1] if named else None)
    mine = [row for row in rows if row.day in (None, chosen)]
    mine.sort(key=lambda row: (row.time is None, row.time, row.row))
    others = len(rows) - len(mine)
    if not others or chosen is None:
        return mine, ()
    are = "1 row of another day is" if others == 1 else f"{others:,} rows of other days are"
    return mine, (f"The visits of {dates.say(chosen)} are shown; {are} left out.",)


def _coming(matched: Sequence[Matched]) -> list[_Coming]:
    return [
        _Coming(
            str(one.row.row), one.reference, clock.say(one.row.time) if one.row.time else "", one.row.kind,
            PaperKind.PACKET, _first(one.row.kind),
        )
        for one in matched
    ]  # fmt: skip


def _first(kind: str) -> bool:
    """Tell whether words for a visit say that it is the first."""
    return any(word.startswith(_NEW) for word in kind.casefold().split())
