"""What an import would do, without doing it: counts of every kind, and the first of each with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from referral_app.choices import Permission
from referral_app.database import Database
from referral_app.jobs import directory_reading
from referral_app.jobs.directory_reading import Plan, Source
from referral_app.services import duplicates, import_judging
from referral_app.services.compact import Met
from referral_app.services.import_places import Places
from referral_app.services.import_records import Judged, Outcome, Refused, Told
from referral_app.services.permissions import ask

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]

SHOWN = 300
"""So many of each kind are shown; the counts are of all."""
MOST_LIKE = 3


class Stopped(Exception):
    """A person stopped the work."""


@dataclass
class Preview:
    """What an import would do: `counts` by kind, the first of each kind, and what a person should know of the file."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    shown: dict[Outcome, list[Judged]] = field(default_factory=lambda: {kind: [] for kind in Outcome})
    refused: list[Refused] = field(default_factory=list[Refused])
    left_out: int = 0
    reasons: int = 0
    maybe: int = 0
    notes: tuple[str, ...] = ()
    canceled: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether nothing was refused, neither a row nor a cell."""
        return not (self.counts[Outcome.REFUSED] or self.left_out)

    @property
    def words(self) -> str:
        """The counts in words."""
        parts = [f"{self.counts[kind]:,} {kind.label.lower()}" for kind in Outcome]
        return ", ".join([*parts, *([left_out(self.left_out)] if self.left_out else [])])

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every reason that is kept, and how many more there are."""
        more = self.reasons - len(self.refused)
        said = (f"… and {more:,} more like these; mend them and import the file again.",) if more else ()
        return (*(one.said for one in self.refused), *said)

    def add(self, judged: Judged) -> None:
        """Count a surgeon of the file."""
        if judged.outcome is Outcome.REFUSED:
            self.refuse([Refused(judged.row, judged.sentence, name=judged.name)])
            return
        self.refuse([Refused(judged.row, one, whole=False, name=judged.name) for one in judged.left_out])
        self.counts[judged.outcome] += 1
        self.maybe += bool(judged.maybe)
        if len(self.shown[judged.outcome]) < SHOWN:
            self.shown[judged.outcome].append(judged)

    def refuse(self, reasons: list[Refused]) -> None:
        """Count what was refused: a row once, whatever is wrong with it, and cells that are left out."""
        rows = {one.row for one in reasons if one.whole}
        self.counts[Outcome.REFUSED] += len(rows)
        self.left_out += sum(not one.whole for one in reasons)
        self.reasons += len(reasons)
        room = SHOWN * 2 - len(self.refused)
        self.refused += reasons[:room] if room > 0 else []


def preview(db: Database, plan: Plan, progress: Progress, canceled: Canceled) -> Preview:
    """Return what importing a file would do; nothing is written. Raises InvalidInput for a file that is none."""
    found = Preview()
    with db.read() as session:
        ask(session, Permission.CHANGE_DIRECTORY, "directory.preview")
    try:
        with directory_reading.opened(db, plan, beat(canceled)) as source:
            for judged in judged_chunks(db, source, found, canceled):
                for one in _with_likes(db, judged, SHOWN - len(found.shown[Outcome.NEW]), canceled):
                    found.add(one)
                progress(*source.how_far())
            found.refuse(source.take_refused())
            found.notes = notes_of(source)
    except Stopped:
        found.canceled = True
    return found


def _with_likes(db: Database, judged: Sequence[Judged], room: int, canceled: Canceled) -> Iterator[Judged]:
    """Yield what the surgeons of a chunk mean; new ones that will be shown with the entries that look like them."""
    for one in judged:
        if one.outcome is not Outcome.NEW or one.after is None or room <= 0:
            yield one
            continue
        if canceled():
            raise Stopped
        room -= 1
        with db.read() as session:
            likes = duplicates.like(session, one.after, MOST_LIKE)
        said = tuple(f"{like.surgeon.name} ({', '.join(like.reasons)})" for like in likes)
        yield replace(one, maybe=said or one.maybe)


def left_out(number: int) -> str:
    """Return how many cells were left out, in words."""
    return f"{number:,} {'cell' if number == 1 else 'cells'} left out"


def beat(canceled: Canceled) -> Callable[[], None]:
    """Return what ends a reading once a person stopped it."""

    def pulse() -> None:
        if canceled():
            raise Stopped

    return pulse


def judged_chunks(db: Database, source: Source, found: Preview, canceled: Canceled) -> Iterator[list[Judged]]:
    """Yield what the surgeons of a file mean, by the chunk; what was refused on the way is counted."""
    met, places = Met(), Places()
    for chunk in source.chunks:
        if canceled():
            raise Stopped
        found.refuse(source.take_refused())
        fresh = [told for told in chunk if met.add(told.key)]
        found.refuse([_again(told) for told in chunk if told not in fresh] if len(fresh) < len(chunk) else [])
        with db.read() as session:
            judged = import_judging.judge(session, fresh, places)
        yield judged


def notes_of(source: Source) -> tuple[str, ...]:
    """Return what a person should know of how a file was read."""
    told = [*source.notes, *source.repeats.words]
    if source.signed is not None:
        experts, trials = (len(source.signed.center.get(name, ())) for name in ("experts", "trials"))
        told.append(f"The Center with {experts} experts and {trials} trials comes with the file.")
    return (*told, *(source.skipped.words if source.skipped else ()))


def _again(told: Told) -> Refused:
    sentence = f"Row {told.row}: this surgeon was in an earlier row. Put the rows of one surgeon together."
    return Refused(told.row, sentence, name=told.name)
