"""Bringing a directory in: all of it or nothing, in transactions so short that nobody at work waits for one.

A small file is one transaction. A large one is staged out of view and shown in one statement; where the program is
killed meanwhile, `directory_settling` gives up or finishes what it finds at the next start.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from referral_app.choices import AuditAction, Permission
from referral_app.database import Database, Session, StoreProblem
from referral_app.jobs import (
    directory_center,
    directory_clearing,
    directory_finishing,
    directory_reading,
    directory_settling,
)
from referral_app.jobs.directory_preview import (
    Canceled,
    Preview,
    Progress,
    Stopped,
    beat,
    judged_chunks,
    left_out,
    notes_of,
)
from referral_app.jobs.directory_reading import Plan, Source
from referral_app.services import (
    audit,
    directory_imports,
    directory_index,
    import_clashes,
    import_writing,
    index_staging,
)
from referral_app.services.import_records import Judged, Outcome
from referral_app.services.import_writing import Making
from referral_app.services.permissions import ask
from referral_app.services.surgeon_records import SurgeonRecord

SMALL, FEW_CHANGES = 400, 20
"""New surgeons, and changed ones, that are written in one transaction; more are staged."""
CLEARING = 5.0
"""Seconds that a person who cancels waits for what was staged to be cleared away."""
AT_ONCE = 200
"""Surgeons of a transaction while they are staged: some 15 ms."""


@dataclass(frozen=True)
class Imported:
    """What an import did; `sentences` tell what was refused, and what nobody could apply because others changed it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[str, ...] = ()
    import_id: str = ""
    refused_count: int = 0
    left_out: int = 0
    notes: tuple[str, ...] = ()
    canceled: bool = False
    is_done: bool = True

    @property
    def words(self) -> str:
        """The counts in words."""
        counts = (
            f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} unchanged, "
            f"{self.refused_count:,} refused"
        )
        return f"{counts}, {left_out(self.left_out)}" if self.left_out else counts


def run(db: Database, plan: Plan, progress: Progress, canceled: Canceled) -> Imported:
    """Bring the surgeons of a file in and return what was done.

    Where a row is refused everything else is taken, or with `only_if_clean` nothing. Raises InvalidInput with one
    sentence for a file that cannot be read, or that changes meanwhile; then nothing was taken.
    """
    with db.read() as session:
        ask(session, Permission.CHANGE_DIRECTORY, "directory.import_file")
    with directory_settling.alone(db), _rare_collections():
        directory_clearing.clear_up(db)
        return _run(db, plan, progress, canceled)


@contextmanager
def _rare_collections() -> Generator[None]:
    """Let Python look for garbage less often: what is staged is none, and a quarter of the time went by with it."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _run(db: Database, plan: Plan, progress: Progress, canceled: Canceled) -> Imported:
    found = Preview()
    work = _Work(db, plan)
    try:
        with directory_reading.opened(db, plan, beat(canceled)) as source:
            for judged in judged_chunks(db, source, found, canceled):
                for one in judged:
                    found.add(one)
                _refuse_unclean(plan, found)
                work.take(judged)
                progress(*source.how_far())
            found.refuse(source.take_refused())
            _refuse_unclean(plan, found)
            late = work.finish(found, source)
            return _imported(found, work.import_id, notes_of(source), late)
    except Stopped:
        work.give_up()
        return Imported(canceled=True, is_done=False)
    except _Unclean as unclean:
        work.give_up()
        return _nothing(found, unclean.late)
    except BaseException:
        with suppress(StoreProblem):  # a disk that is full: it is given up at the next import or start
            work.give_up()
        raise


@dataclass
class Late:
    """What could not be taken because somebody was faster: a sentence for each new entry, and for each changed one."""

    new: list[str] = field(default_factory=list[str])
    changed: list[str] = field(default_factory=list[str])

    @property
    def sentences(self) -> list[str]:
        """All of them."""
        return [*self.new, *self.changed]

    def add(self, more: Late) -> None:
        """Take in what came later still."""
        self.new += more.new
        self.changed += more.changed


class _Unclean(Exception):
    """A row was refused and nothing is wanted then."""

    def __init__(self, late: Sequence[str] = ()) -> None:
        super().__init__()
        self.late = late


def _refuse_unclean(plan: Plan, found: Preview) -> None:
    if plan.only_if_clean and not found.is_clean:
        raise _Unclean


def _imported(found: Preview, import_id: str, notes: tuple[str, ...], late: Late) -> Imported:
    counts = found.counts
    return Imported(
        counts[Outcome.NEW] - len(late.new), counts[Outcome.CHANGED] - len(late.changed), counts[Outcome.UNCHANGED],
        (*found.sentences, *late.sentences), import_id,
        counts[Outcome.REFUSED] + len(late.sentences), found.left_out, notes,
    )  # fmt: skip


def _nothing(found: Preview, late: Sequence[str]) -> Imported:
    return Imported(
        refused=(*found.sentences, *late),
        refused_count=found.counts[Outcome.REFUSED] + len(late),
        left_out=found.left_out,
        is_done=False,
    )


class _Work:
    """An import under way: held back while it is small, staged once it is large."""

    def __init__(self, db: Database, plan: Plan) -> None:
        self._db, self._plan = db, plan
        self._held: list[Judged] = []
        self._staging: _Staging | None = None
        self.import_id = ""

    def take(self, judged: Sequence[Judged]) -> None:
        """Take what a chunk of the file means."""
        wanted = [one for one in judged if one.outcome in (Outcome.NEW, Outcome.CHANGED)]
        if self._staging is not None:
            self._staging.take(wanted)
            return
        self._held += wanted
        changed = sum(one.outcome is Outcome.CHANGED for one in self._held)
        if changed > FEW_CHANGES or len(self._held) > SMALL:
            self._staging = _Staging(self._db, self._begin(), self._plan.only_if_clean)
            self._staging.take(self._held)
            self._held = []

    def finish(self, found: Preview, source: Source) -> Late:
        """Bring everything into view; return what could not be, because somebody was faster."""
        counts = {str(kind): count for kind, count in found.counts.items()}
        if self._staging is not None:
            return self._staging.finish(counts, source)
        if not (self._held or source.signed):
            self._note_nothing(counts)
            return Late()
        return self._write_small(counts, source)

    def give_up(self) -> None:
        """Leave nothing of it."""
        if self._staging is not None:
            give_up(self._db, self.import_id)

    def _begin(self) -> str:
        with self._db.begin() as session:
            self.import_id = directory_imports.begin(
                session, self._plan.path.suffix.lstrip("."), self._plan.path.name
            )
        return self.import_id

    def _note_nothing(self, counts: dict[str, int]) -> None:
        told: dict[str, Any] = {name: counts[name] for name in ("new", "changed", "refused")}
        with self._db.begin() as session:
            audit.record(session, AuditAction.IMPORTED, "surgeons", **told)

    def _write_small(self, counts: dict[str, int], source: Source) -> Late:
        with self._db.read() as session:
            making = import_writing.making(session, "", datetime.now(UTC))
        with self._db.begin() as session:
            suffix = self._plan.path.suffix.lstrip(".")
            self.import_id = making.import_id = directory_imports.begin(session, suffix, self._plan.path.name)
            directory_imports.tell(session, self.import_id, **counts)
            directory_imports.note_changes(session, self.import_id, _changes(self._held))
            late = Late(changed=_applied(session, self.import_id))
            late.new += _write_new(
                session, making, [one.after for one in self._held if one.after and not one.before]
            )
            if self._plan.only_if_clean and late.sentences:
                raise _Unclean(late.sentences)
            directory_center.keep(session, self.import_id, source)
            directory_center.take_in(session, self.import_id)
            directory_imports.finish(session, self.import_id)
        return late


def _write_new(session: Session, making: Making, wanted: Sequence[SurgeonRecord]) -> list[str]:
    """Write some new entries in view; return a sentence for each that somebody entered meanwhile."""
    fresh, taken = import_clashes.apart(session, wanted)
    directory_imports.miss(session, making.import_id, "new", taken)
    import_writing.add_plans(session, making.plans, (name for one in fresh for name in one.plans))
    fresh = import_writing.refreshed(session, fresh)
    rows, stored = making.rows((directory_index.next_number(session), one) for one in fresh)
    import_writing.write(session, rows)
    directory_index.follow_all(session, [(number, None, one) for number, one in stored])
    return taken


def _applied(session: Session, import_id: str) -> list[str]:
    last, sentences = 0, list[str]()
    while True:
        last, found = directory_imports.apply_some(session, import_id, last, 100)
        directory_imports.miss(session, import_id, "changed", found)
        sentences += found
        if not last:
            return sentences


def _changes(judged: Sequence[Judged]) -> list[tuple[SurgeonRecord, SurgeonRecord]]:
    return [(one.before, one.after) for one in judged if one.before and one.after]


class _Staging:
    """A large import, written out of view by the chunk."""

    def __init__(self, db: Database, import_id: str, only_if_clean: bool) -> None:
        self._db, self._import_id, self._only_if_clean = db, import_id, only_if_clean
        self._late = Late()
        with db.read() as session:
            self._making: Making = import_writing.making(session, import_id, datetime.now(UTC))
        self._index: index_staging.Staged | None = None
        self._number = self._last = -1
        self._fresh: list[SurgeonRecord] = []

    def take(self, judged: Sequence[Judged]) -> None:
        """Write new entries and what would change others, none of it in view."""
        for at in range(0, len(judged), AT_ONCE):
            self._take_some(judged[at : at + AT_ONCE])

    def _take_some(self, judged: Sequence[Judged]) -> None:
        if changes := _changes(judged):
            with self._db.begin() as session:
                directory_imports.note_changes(session, self._import_id, changes)
        self._fresh += [one.after for one in judged if one.outcome is Outcome.NEW and one.after]
        if self._number >= 0 or len(self._fresh) > SMALL:
            self._stage(self._fresh)
            self._fresh = []

    def _stage(self, fresh: list[SurgeonRecord]) -> None:
        """Write new entries out of view."""
        if any(name not in self._making.plans for one in fresh for name in one.plans):
            with self._db.begin() as session:
                import_writing.add_plans(
                    session, self._making.plans, (name for one in fresh for name in one.plans)
                )
        while fresh:
            room = min(self._room(), AT_ONCE)
            with self._db.begin() as session:
                some, taken = import_clashes.apart(session, fresh[:room])
                some = import_writing.refreshed(session, some)
                rows, stored = self._making.rows(
                    zip(range(self._number, self._number + room), some, strict=False)
                )
                import_writing.write(session, rows)
            self._late.new += taken
            if taken and self._only_if_clean:
                raise _Unclean(self._late.sentences)
            self._add_to_index(stored)
            fresh = fresh[room:]

    def _room(self) -> int:
        """Return how many numbers are left in the chunk of the index; a full one is written and the next reserved."""
        if self._number > self._last or self._number < 0:
            self._write_index()
            with self._db.begin() as session:
                self._number = directory_index.reserve(session, self._import_id)
            self._last = self._number + directory_index.CHUNK - 1
            self._index = index_staging.Staged(self._number)
        return self._last - self._number + 1

    def _add_to_index(self, stored: Sequence[tuple[int, SurgeonRecord]]) -> None:
        from referral_app.services.index_entries import entry_of

        assert self._index is not None
        for number, entry in stored:
            self._index.add(number, entry_of(entry))
        self._number += len(stored)

    def _write_index(self) -> None:
        if self._index is not None:
            for part in self._index.parts():
                with self._db.begin() as session:
                    index_staging.put(session, part)
            self._index = None

    def finish(self, counts: dict[str, int], source: Source) -> Late:
        """Bring everything into view; from here on it is finished whatever happens."""
        self._write_index()
        with self._db.begin() as session:
            directory_center.keep(session, self._import_id, source)
            directory_imports.keep_new(session, self._import_id, self._fresh)
            directory_imports.take_over(session, self._import_id, counts)
            directory_imports.miss(session, self._import_id, "new", self._late.new)
        self._late.add(take_over(self._db, self._import_id))
        return self._late


def take_over(db: Database, import_id: str) -> Late:
    """Apply what an import changes, some entries at a time, then show what is new; return what could not be taken."""
    last, late = 0, Late()
    while True:
        with directory_finishing.begin(db) as session:
            last, found = directory_imports.apply_some(session, import_id, last)
            directory_imports.miss(session, import_id, "changed", found)
        late.changed += found
        if not last:
            break
    with db.read() as session:
        session.info["rights"] = directory_finishing.rights()
        fresh = directory_imports.kept_new(session, import_id)
        making = import_writing.making(session, import_id, datetime.now(UTC)) if fresh else None
    with directory_finishing.begin(db) as session:
        if making is not None:
            late.new += _write_new(session, making, fresh)
        directory_center.take_in(session, import_id)
        directory_imports.finish(session, import_id)
    return late


def give_up(db: Database, import_id: str) -> None:
    """Leave nothing in view of an import that was not taken over; what it staged is cleared away, or left for later.

    One that is being taken over is let be: `directory_settling` finishes it.
    """
    with directory_finishing.begin(db) as session:
        if not directory_imports.give_up(session, import_id):
            return
    latest = time.monotonic() + CLEARING
    directory_clearing.clear(db, import_id, canceled=lambda: time.monotonic() > latest)
