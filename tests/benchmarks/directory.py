"""How fast the directory answers, from a dozen entries to a million, in an encrypted store.

The entries are invented and laid into the index as a large import does it; of the tables, those of a search are filled.
Keys are timed as the window asks: a transaction, the page of 50 rows, the count and the reasons.
"""

from __future__ import annotations

import gc
import itertools
import random
import statistics
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace

import psutil
from pyroaring import BitMap
from sqlalchemy import bindparam, select, union_all

from referral_app.database import Database, open_database
from referral_app.models.directory_index import IndexRow, IndexTerm
from referral_app.models.surgeon import Surgeon
from referral_app.paths import Paths
from referral_app.services import matching, surgeons
from referral_app.services.folding import fold, like
from referral_app.services.surgeon_records import Query, SurgeonRecord
from tests.benchmarks import entries, stores
from tests.benchmarks.entries import World
from tests.benchmarks.figures import Figure, seconds

FEW, SIZES = 12, (10_000, 100_000, 1_000_000)
TYPED = 240
"""How many surgeons are looked for, letter by letter: some 3,000 keys."""

COLUMNS = (
    Surgeon.id, Surgeon.given_name, Surgeon.family_name, Surgeon.degrees, Surgeon.npi, Surgeon.specialty,
    Surgeon.accepting, Surgeon.next_visit_days, Surgeon.verified_on,
)  # fmt: skip
_CHUNKS = IndexTerm.chunk.in_(bindparam("chunks", expanding=True))
_WORD = union_all(
    *(
        select(IndexTerm.numbers).where(
            _CHUNKS, IndexTerm.term >= bindparam(kind), IndexTerm.term < bindparam(kind * 2)
        )
        for kind in "no"
    )
)
FILTERS: dict[str, object] = {
    "procedure": "occipital_release", "plan": "medicare", "language": "es", "age": 34, "accepting": True,
    "max_wait": 30, "state": "MD", "stale_days": 90,
}  # fmt: skip


def measure() -> list[Figure]:
    """Return the times of keys, filters, orders and the opening beside their limits, for each size."""
    with stores.folder() as paths:
        _filled(paths, FEW)
        few = _opening(paths)
    return [figure for size in SIZES for figure in _at(size, few)]


def _at(size: int, few: float) -> Iterator[Figure]:
    with stores.folder() as paths:
        made = _filled(paths, size)
        opening = _opening(paths)
        words = f"{size:,} entries"
        yield Figure(
            f"opening the screen, {words}", max(opening - few, 0), "ms", f"beyond that with {FEW}", 50.0
        )
        with _open(paths) as db:
            with db.read() as session:
                matching.warm(session)
            gc.collect()
            gc.freeze()  # as the window does once it stands
            yield from _keys(db, made, words)
            yield from _filters(db, words)
            yield from _orders(db, words, size)
            yield _save(db, words)


def _filled(paths: Paths, size: int) -> World:
    with _open(paths) as db:
        db.declare_demonstration()
        return entries.fill(db, size)


@contextmanager
def _open(paths: Paths) -> Generator[Database]:
    db = open_database(paths)
    try:
        yield db
    finally:
        db.close()


def _opening(paths: Paths) -> float:
    """Return the milliseconds of the first page in a store that was just opened; nothing is in memory yet."""
    taken: list[float] = []
    for _ in range(7):
        with _open(paths) as db:
            with db.read() as session:
                session.execute(select(Surgeon.id).limit(1)).all()
            taken.append(seconds(lambda db=db: _ask(db, Query())) * 1000)
    return statistics.median(taken)


def _ask(db: Database, query: Query, offset: int = 0) -> matching.Page:
    with db.read() as session:
        return matching.page(session, query, 50, offset)


def _keys(db: Database, made: World, words: str) -> Iterator[Figure]:
    """Yield the 99th of a hundred keys and the middle one, beside what the same costs without ranking."""
    rng = random.Random(3)
    typed = list(entries.typed(made, rng, TYPED))
    taken = [seconds(lambda text=text: _ask(db, Query(text=text))) * 1000 for text in typed]
    plain = [seconds(lambda text=text: _unranked(db, text)) * 1000 for text in typed]
    once = [
        seconds(lambda text=text: _as_once(db, text)) * 1000 for text in typed[:: max(1, len(typed) // 60)]
    ]
    yield Figure(f"a key, 99 in 100 of {len(typed):,}, {words}", _of(taken, 0.99), "ms", "limit", 16.0)
    middle = _of(taken, 0.5)
    yield Figure(
        f"a key, the middle, {words}", middle, "ms", "Core, the same sets, 50 unranked", _of(plain, 0.5), 3.0
    )
    yield Figure(f"a key, the middle, {words}", middle, "ms", "Core, LIKE, 50 unranked", _of(once, 0.5), 3.0)


def _of(taken: list[float], part: float) -> float:
    return sorted(taken)[min(int(len(taken) * part), len(taken) - 1)]


def _unranked(db: Database, text: str) -> None:
    """Ask for the first fifty rows that hold the words, in no order: no ranking, no count, no slips, no reasons."""
    with db.read() as session:
        found: BitMap | None = None
        for word in fold(text).split():
            sets = [BitMap.deserialize(one) for one in session.scalars(_WORD, _spans(word))]
            here = BitMap.union(*sets) if sets else BitMap()
            found = here if found is None else found & here
        numbers = list(itertools.islice(found or (), 50))
        session.execute(select(IndexRow.number, IndexRow.shown).where(IndexRow.number.in_(numbers))).all()


def _spans(word: str) -> dict[str, object]:
    """Return between which terms the words lie that begin so; beginnings of three letters are terms themselves."""
    short = len(word) <= 3
    name, other = ("N" + word, "O" + word) if short else ("n" + word, "o" + word)
    end = " " if short else "\U0010ffff"
    return {"chunks": list(range(16)), "n": name, "nn": name + end, "o": other, "oo": other + end}


def _as_once(db: Database, text: str) -> None:
    """Ask the same of the names by LIKE, as the search once did."""
    conditions = [Surgeon.folded_name.like(like(word)) for word in fold(text).split()]
    with db.read() as session:
        session.execute(select(*COLUMNS).where(~Surgeon.archived, *conditions).limit(50)).all()


def _filters(db: Database, words: str) -> Iterator[Figure]:
    """Yield the slowest combination of filters with a distance: of each, the middle of three from other ZIP codes."""
    zips = itertools.cycle(("10001", "90001", "60601", "33101", "21287", "75201", "30301"))
    taken: list[float] = []
    for number, chosen in enumerate(itertools.product((False, True), repeat=len(FILTERS))):
        given = {name: value for (name, value), on in zip(FILTERS.items(), chosen, strict=True) if on}
        asked = [replace(Query(zip=next(zips), within=20.0 + number), **given) for _ in range(3)]  # type: ignore[arg-type]
        taken.append(statistics.median(seconds(lambda one=one: _ask(db, one)) * 1000 for one in asked))
    yield Figure(f"filters with distance, slowest of {len(taken)}, {words}", max(taken), "ms", "limit", 50.0)


def _orders(db: Database, words: str, size: int) -> Iterator[Figure]:
    """Yield the slowest first and last page of all orders, and how memory grows while the list is leafed through."""
    queries = [
        Query(sort=sort, descending=down, zip="21287" if sort == "distance" else "")
        for sort in ("match", "name", "wait", "surgery", "verified", "distance")
        for down in (False, True)
    ]
    first = [seconds(lambda query=query: _ask(db, query)) * 1000 for query in queries]
    last = [seconds(lambda query=query: _ask(db, query, size - 50)) * 1000 for query in queries]
    before = psutil.Process().memory_info().rss
    for query in queries:
        for offset in range(0, size, max(50, size // 40)):
            _ask(db, query, offset)
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    yield Figure(f"sorting, slowest first page of {len(first)}, {words}", max(first), "ms", "limit", 100.0)
    yield Figure(f"the end of the list, slowest of {len(last)}, {words}", max(last), "ms", "limit", 100.0)
    yield Figure(f"memory while leafing through, {words}", max(grown, 0), "MB", "limit", 20.0)


def _save(db: Database, words: str) -> Figure:
    """Return how long a change of an entry takes, index included, with the search after it."""
    with db.begin() as session:
        made = surgeons.save(session, SurgeonRecord("Invented", "Smithson", plans=("Medicare",)))

    def act(number: int) -> None:
        with db.begin() as session:
            now = surgeons.get(session, made.id)
            surgeons.save(
                session, replace(now, next_visit_days=number, family_name=f"Smithson{'ab'[number % 2]}")
            )
        _ask(db, Query(text="smith"))

    taken = [seconds(lambda number=number: act(number)) * 1000 for number in range(20)]
    return Figure(f"a change and the search after it, {words}", _of(taken, 0.5), "ms", "limit", 200.0)
