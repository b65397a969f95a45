"""A file with surgeons looked at and read: its kind, which column is which field, and its surgeons by the chunk."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.exchange import columns, directory_file, entries, nppes, tables
from referral_app.exchange.repeats import Repeats
from referral_app.exchange.sources import BadFile, Seen, Table, beginning
from referral_app.exchange.tables import ZIP_START
from referral_app.jobs.file_look import TABLE, FileLook, ask_unchanged, said
from referral_app.services import column_matches, directory_keys, surgeons
from referral_app.services.directory_keys import Trusted
from referral_app.services.import_records import Refused, Told, agree
from referral_app.services.permissions import ask

Row = TypeVar("Row")

NATIONAL, SIGNED = "nppes", "signed"
"""The kinds of files beside a table: the national file, a directory file of the Center."""

CHUNK = 400
FIELDS, mapping_problem = columns.HEADINGS.fields, columns.HEADINGS.problem
"""The fields that a column can be matched to, and what a matching lacks."""


@dataclass(frozen=True)
class Signature:
    """From whom a directory file is: what to compare on the phone, and whether that key is trusted already."""

    center: str
    issued: datetime
    count: int
    fingerprint: str
    known: bool


@dataclass(frozen=True)
class Looked(FileLook):
    """The first look at a file with surgeons; `signature` where the Center signed it."""

    signature: Signature | None = None


@dataclass(frozen=True)
class Plan:
    """What is to be read, and how.

    `mapping` gives the field of each heading (none: as remembered, or guessed); `states` and `taxonomies` choose from
    the national file; `only_if_clean` takes nothing where a row is refused; `trust` is the fingerprint of a Center's
    key that a person compared; `seen` is what the file was when it was looked at: another one is refused.
    """

    path: Path
    mapping: Mapping[str, str] = field(default_factory=dict[str, str])
    states: tuple[str, ...] = ()
    taxonomies: tuple[str, ...] = ()
    only_if_clean: bool = False
    trust: str = ""
    seen: Seen | None = None


@dataclass
class Source:
    """An open file: its surgeons by the chunk, what was refused on the way, and how far the reading is."""

    kind: str
    chunks: Iterator[list[Told]]
    position: Callable[[], tuple[int, int]]
    notes: list[str]
    refused: list[Refused]
    skipped: nppes.Skipped | None = None
    signed: directory_file.SignedFile | None = None
    table: Table | None = None
    repeats: Repeats = field(default_factory=Repeats)

    def how_far(self) -> tuple[int, int]:
        """Return how many bytes of how many were read."""
        return self.position()

    def take_refused(self) -> list[Refused]:
        """Return what was refused since the last call."""
        found, self.refused[:] = list(self.refused), []
        if self.table is not None and self.table.refused.shown:
            found += [Refused(row, sentence) for row, sentence in self.table.refused.shown]
            self.table.refused.shown.clear()
        return found


def look(db: Database, path: Path) -> Looked:
    """Return what a file holds, for a person to confirm; raises InvalidInput with one sentence."""
    with said():
        seen = Seen.of(path)
        return replace(_look(db, path), seen=seen)


def _look(db: Database, path: Path) -> Looked:
    with db.read() as session:
        ask(session, Permission.CHANGE_DIRECTORY, "directory.look")
        if _is_signed(path):
            found = directory_file.manifest_of(path)
            mark = directory_file.fingerprint(found.public)
            known = directory_keys.trusted(session)
            _judge_key(found, known, path)
            return Looked(
                path,
                SIGNED,
                signature=Signature(found.center, found.issued, found.count, mark, known is not None),
            )
        with tables.opened(path) as table:
            found = Looked.of_table(session, path, table, columns.HEADINGS)
        if nppes.is_nppes(found.headings):
            return Looked(path, NATIONAL, found.headings, notes=found.notes)
        return found


def with_mapping(plan: Plan, mapping: Mapping[str, str]) -> Plan:
    """Return a plan with another matching of columns."""
    return replace(plan, mapping=mapping)


@contextmanager
def opened(db: Database, plan: Plan, pulse: Callable[[], object] = lambda: None) -> Generator[Source]:
    """Yield a file open for reading; raises InvalidInput with one sentence, then or while it is read.

    `pulse` is called every thousand rows, also where none of them is wanted; what it raises ends the reading.
    """
    with said():
        ask_unchanged(plan.path, plan.seen)
        if _is_signed(plan.path):
            with directory_file.opened(plan.path) as signed:
                with db.read() as session:
                    known = directory_keys.trusted(session)
                _judge_key(signed.manifest, known, plan.path)
                _ask_trust(signed.manifest, known, plan)
                yield _signed_source(db, signed, pulse)
            return
        with tables.opened(plan.path) as table:
            table.rows = _beating(table.rows, pulse)
            yield _national(table, plan) if nppes.is_nppes(table.headings) else _matched(db, table, plan)


def _is_signed(path: Path) -> bool:
    Seen.of(path)
    return beginning(path, 8).startswith(ZIP_START) and directory_file.is_directory(path)


def _judge_key(found: directory_file.Manifest, known: Trusted | None, path: Path) -> None:
    if known is None:
        return
    if known.public != found.public:
        raise BadFile(
            f"The file {path.name} is signed with another key than the Center's files before: "
            f"{directory_file.fingerprint(found.public)} in place of {directory_file.fingerprint(known.public)}. "
            "Call the Center before you take it."
        )
    if known.issued is not None and found.issued < known.issued:
        raise BadFile(
            f"The file {path.name} is of {dates.say(found.issued.astimezone().date())}, older than the one taken "
            f"already ({dates.say(known.issued.astimezone().date())})."
        )


def _ask_trust(found: directory_file.Manifest, known: Trusted | None, plan: Plan) -> None:
    mark = directory_file.fingerprint(found.public)
    if known is None and plan.trust.replace("-", "").strip().upper() != mark.replace("-", ""):
        raise BadFile(
            f"The file {plan.path.name} is the first from {found.center}. Call the Center and compare the "
            f"fingerprint of its key: {mark}. Then take the file with that fingerprint."
        )


def _matched(db: Database, table: Table, plan: Plan) -> Source:
    with db.read() as session:
        known = surgeons.procedures(session)
        kept = plan.mapping or column_matches.remembered(session, columns.HEADINGS.signature(table.headings))
    mapping = kept or columns.HEADINGS.guess(table.headings)
    if problem := columns.HEADINGS.problem(
        {name: one for name, one in mapping.items() if name in table.headings}
    ):
        raise BadFile(problem)
    reader = entries.Reader(table.headings, mapping, known)
    refused, repeats = list[Refused](), Repeats()
    chunks = chunked(_read(table, reader, refused), repeats)
    return Source(TABLE, chunks, table.position, table.notes, refused, table=table, repeats=repeats)


def _national(table: Table, plan: Plan) -> Source:
    try:
        reader = nppes.Reader(table.headings, nppes.wanted(plan.states, plan.taxonomies))
    except ValueError as error:
        raise BadFile(str(error)) from error
    refused, repeats = list[Refused](), Repeats()
    chunks = chunked(_read(table, reader, refused), repeats)
    return Source(
        NATIONAL, chunks, table.position, table.notes, refused, reader.skipped, table=table, repeats=repeats
    )


def _read(table: Table, reader: entries.Reader | nppes.Reader, refused: list[Refused]) -> Iterator[Told]:
    for number, cells in table.rows:
        told, reasons = reader.read(number, cells)
        if reasons:
            refused += reasons
        if told is not None:
            yield told


def _beating(rows: Iterable[Row], pulse: Callable[[], object]) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count % 1000 == 0:
            pulse()
        yield row


def _signed_source(db: Database, signed: directory_file.SignedFile, pulse: Callable[[], object]) -> Source:
    with db.read() as session:
        known = {item.code: item for item in surgeons.procedures(session)}
    refused: list[Refused] = []

    def read() -> Iterator[Told]:
        for number, entry in _beating(signed.entries, pulse):
            unknown = [item.code for item in entry.procedures if item.code not in known]
            if unknown:
                refused.append(Refused(number, f"Entry {number}: this store has no procedure {unknown[0]}."))
                continue
            procedures = tuple(known[item.code] for item in entry.procedures)
            yield Told(number, {}, whole=replace(entry, procedures=procedures), id=entry.id)

    return Source(SIGNED, chunked(read(), Repeats()), signed.position, [], refused, signed=signed)


def chunked(told: Iterable[Told], repeats: Repeats, size: int = CHUNK) -> Iterator[list[Told]]:
    """Yield surgeons by the chunk, the rows of one surgeon joined."""
    chunk: dict[str, Told] = {}
    for one in told:
        if (same := _same_in(chunk, one)) is not None:
            repeats.join(same, one)
            continue
        if len(chunk) >= size:
            yield list(chunk.values())
            chunk = {}
        chunk[one.key] = one
    if chunk:
        yield list(chunk.values())


def _same_in(chunk: dict[str, Told], one: Told) -> Told | None:
    """Return the surgeon of earlier rows whom a row tells of; a namesake elsewhere is another, without an NPI too."""
    while (same := chunk.get(one.key)) is not None:
        if one.npi or one.id or agree(same.where, one.where):
            return same
        one.apart += 1
    return None


def remember(db: Database, headings: Iterable[str], mapping: Mapping[str, str]) -> None:
    """Keep which heading is which field, for the next file with these headings."""
    with db.begin() as session:
        column_matches.remember(session, columns.HEADINGS.signature(headings), mapping)
