"""How fast the list of referrals opens, filters and sorts, from a thousand to a million, in an encrypted store.

The referrals are invented: some thousands are under way, the others were answered or closed in the last five years.
"""

from __future__ import annotations

import gc
import random
import statistics
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psutil
from sqlalchemy import insert

from referral_app.choices import Readiness, ReferralState
from referral_app.database import Database, open_database
from referral_app.models.base import new_id
from referral_app.models.practice import Practice
from referral_app.models.referral import Referral, ReferralWord
from referral_app.services import references, worklists
from referral_app.services.folding import searchable
from referral_app.services.referral_queues import QUEUES
from referral_app.services.referral_records import Filter
from tests.benchmarks import stores
from tests.benchmarks.figures import Figure, seconds

SURGEONS = 400
UNDER_WAY = 6_000
GIVEN = (
    "Marisol", "James", "Mary", "Robert", "Patricia", "Linda", "Michael", "Ana", "José", "Li", "Nguyễn", "Fatima",
    "Olga", "Kwame", "Aiko", "Priya", "Ivan", "Søren", "Zoë", "Maria",
)  # fmt: skip
SYLLABLES = (
    "ba", "ker", "mon", "ta", "ri", "son", "wel", "lin", "gar", "cia", "ro", "mar", "ti", "nez", "smi", "th", "an",
    "der", "ko", "val", "berg", "stein", "hu", "ang", "pe", "dro",
)  # fmt: skip
CHUNK = 20_000
SIZES = (10_000, 100_000, 1_000_000)
LIMIT_MS = 100.0
MOST_MEMORY = 100.0
"""Megabytes: the page cache of a connection (64 MB) and half as much again."""
SORTS = ("updated", "patient", "surgeon", "state", "urgency")
TYPED = ("garcia", "marisol ko", "smith an", "baker", "maria mon", "nguyen")
"""Names that are typed letter by letter into the filter."""

TURNS = 5


def measure() -> Iterator[Figure]:
    """Return the times of opening, filtering and sorting the list for each size, and what memory grew by."""
    for size in SIZES:
        with stores.folder() as paths:
            db = open_database(paths)
            fill(db, size)
            db.close()
            db = open_database(paths)
            try:
                gc.collect()
                before = psutil.Process().memory_info().rss
                yield from _at(db, f"{size:,} referrals")
                taken = (psutil.Process().memory_info().rss - before) / 1e6
                yield Figure(f"memory taken by it, {size:,} referrals", taken, "MB", "limit", MOST_MEMORY)
            finally:
                db.close()


def _at(db: Database, words: str) -> Iterator[Figure]:
    """Each page is asked for as the window does: a transaction, how many there are, and the first 200 rows."""
    opening = seconds(lambda: _ask(db, Filter())) * 1000
    yield Figure(f"opening the list, {words}", opening, "ms", "limit", LIMIT_MS)
    filters = [Filter(text=name[:end]) for name in TYPED for end in range(1, len(name) + 1)]
    filters += [Filter(queue) for queue in QUEUES]
    yield _slowest(db, "filtering it, slowest of each key and queue", words, filters)
    sorts = [Filter(sort=sort, descending=down) for sort in SORTS for down in (True, False)]
    yield _slowest(db, "sorting it, slowest order", words, sorts)
    far = int(_ask(db, Filter()) * 0.5)
    middle = _median(lambda: _ask(db, Filter(sort="patient"), far))
    yield Figure(f"a page from its middle, {words}", middle, "ms", "limit (opening's)", LIMIT_MS)
    queues = _median(lambda: _queues(db))
    yield Figure(f"counting the queues, {words}", queues, "ms", "limit (opening's)", LIMIT_MS)


def _slowest(db: Database, what: str, words: str, filters: list[Filter]) -> Figure:
    """Return the slowest of the medians."""
    gc.collect()
    taken = {wanted: _median(lambda wanted=wanted: _ask(db, wanted)) for wanted in filters}
    worst = max(taken, key=taken.__getitem__)
    named = worst.text or worst.queue or f"{worst.sort}{' down' if worst.descending else ''}"
    return Figure(f"{what} ({named}), {words}", taken[worst], "ms", "limit", LIMIT_MS)


def _median(act: Callable[[], object]) -> float:
    return statistics.median(seconds(act) for _ in range(TURNS)) * 1000


def _ask(db: Database, wanted: Filter, offset: int = 0) -> int:
    with db.read() as session:
        number = worklists.count(session, wanted)
        worklists.find(session, wanted, 200, offset)
        return number


def _queues(db: Database) -> None:
    with db.read() as session:
        worklists.queues(session)


def fill(db: Database, referrals: int) -> None:
    """Write so many referrals, without answers: a list reads none."""
    chance = random.Random(5)
    with db.begin() as session:
        practices = [new_id() for _ in range(40)]
        session.execute(
            insert(Practice), [{"id": one, "name": f"Invented practice {one[:8]}"} for one in practices]
        )
    surgeons = [_name(chance) for _ in range(SURGEONS)]
    numbers = _references(referrals)
    for first in range(0, referrals, CHUNK):
        rows = [
            _row(chance, serial, referrals, practices, surgeons, numbers[serial])
            for serial in range(first, min(first + CHUNK, referrals))
        ]
        words = [
            {"word": word, "serial": row["serial"]} for row in rows for word in set(row["folded"].split())
        ]
        with db.begin() as session:
            session.execute(insert(Referral), rows)
            session.execute(insert(ReferralWord), words)


def _references(many: int) -> list[str]:
    """Return different numbers; of a million made by chance two are likely the same."""
    made: set[str] = set()
    while len(made) < many:
        made.add(references.make())
    return sorted(made)


def _name(chance: random.Random) -> str:
    family = "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
    return f"{family}, {chance.choice(GIVEN)}"


def _row(
    chance: random.Random, number: int, of: int, practices: list[str], surgeons: list[str], reference: str
) -> dict[str, Any]:
    moment = datetime.now(UTC) - timedelta(minutes=2.6 * (of - number) + chance.random() * 40_000)
    name, surgeon = _name(chance), chance.choice(surgeons)
    state, readiness = ReferralState.CLOSED, Readiness.READY
    if chance.random() < UNDER_WAY / of:
        state = chance.choice((ReferralState.DRAFT, ReferralState.SIGNED, ReferralState.SENT))
        readiness = chance.choice(tuple(Readiness)) if state is ReferralState.DRAFT else Readiness.READY
    elif chance.random() < 0.3:
        state = ReferralState.ANSWERED
    return {
        "id": new_id(), "serial": number + 1, "reference": reference, "practice_id": chance.choice(practices),
        "state": state, "readiness": readiness, "urgency": "urgent" if chance.random() < 0.05 else "routine",
        "patient_name": name, "date_of_birth": f"{chance.randint(1930, 2008)}-0{chance.randint(1, 9)}-15",
        "surgeon_name": surgeon, "folded": searchable(name, surgeon, reference.replace("-", "")), "number": 1,
        "marks": [], "version": 1, "created": moment, "updated": moment,
    }  # fmt: skip
