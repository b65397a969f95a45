"""Small invented directories for Hypothesis, and a plain reading of what a query means, to hold the search against."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from referral_app.choices import LANGUAGES, Accepting
from referral_app.services import distance
from referral_app.services.folding import fold
from referral_app.services.spelling import slips
from referral_app.services.surgeon_records import (
    LocationRecord,
    Placement,
    ProcedureRecord,
    Query,
    SurgeonRecord,
)

TODAY = date(2026, 11, 28)
ZIPS = ("21287", "21231", "22314", "10001", "00000")
TOWNS = ("Baltimore", "Towson", "Annapolis", "Smithfield", "Springfield")
PLANS = ("Medicare", "Example Health PPO", "Example Health HMO", "Tricare")
FAMILIES = (
    "Smith",
    "Smithers",
    "Smyth",
    "Lê",
    "Keen",
    "Keene",
    "Henderson",
    "Hendersen",
    "De la Cruz",
    "Ng",
    "Marín",
)
GIVEN = ("Ana", "Anna", "Jo", "Marguerite", "Émile", "Thuy Minh")
WORDS = (
    "s", "smi", "smith", "smiht", "smyth", "ana", "le", "keen", "hendreson", "henders", "spring", "towson", "xyz",
    "410", "555", "0102", "4105550102", "5550102", "4105", "marin", "medicare", "occipital", "ocipital", "spanish",
)  # fmt: skip


def days(least: int, most: int) -> st.SearchStrategy[date | None]:
    return st.none() | st.integers(least, most).map(lambda away: TODAY + timedelta(away))


@st.composite
def surgeon(
    draw: st.DrawFn, procedures: list[ProcedureRecord], places: list[LocationRecord]
) -> SurgeonRecord:
    """Return an entry; values are few, so that entries are alike in many."""
    at = draw(st.lists(st.sampled_from(places), max_size=3, unique_by=lambda place: place.id))
    away = draw(days(-3, 3))
    accepting = draw(st.sampled_from(Accepting))
    low, high = draw(st.none() | st.integers(0, 18)), draw(st.none() | st.integers(18, 90))
    return SurgeonRecord(
        draw(st.sampled_from(GIVEN)), draw(st.sampled_from(FAMILIES)),
        degrees=draw(st.sampled_from(("MD", ""))), specialty=draw(st.sampled_from(("Plastic surgery", "Neurology"))),
        languages=tuple(draw(st.lists(st.sampled_from(("en", "es", "fr")), max_size=2, unique=True))),
        procedures=tuple(draw(st.lists(st.sampled_from(procedures), max_size=2, unique_by=lambda one: one.code))),
        placements=tuple(
            Placement(place, phone=draw(st.sampled_from(("", "410-555-0102", "301-555-0102"))), fax="") for place in at
        ),
        plans=tuple(sorted(draw(st.sets(st.sampled_from(PLANS), max_size=2)))),
        accepting=accepting, age_min=low, age_max=high,
        next_visit_days=draw(st.none() | st.sampled_from((0, 10, 30))),
        next_surgery_days=draw(st.none() | st.sampled_from((0, 10, 30))),
        verified_on=draw(days(-200, 0)), away_from=away, away_to=draw(days(4, 9)) if away else None,
        last_day=draw(days(-3, 3)), accepting_from=draw(days(-3, 3)) if accepting is Accepting.YES else None,
        notes=draw(st.sampled_from(("", "Smith clinic", "quiet room"))),
        archived=draw(st.sampled_from((False, False, False, False, True))),
    )  # fmt: skip


def queries() -> st.SearchStrategy[Query]:
    return st.builds(
        Query,
        text=st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
        procedure=st.sampled_from(
            ("", "", "", "revision", "occipital_release", "occipital", "occipital_release_greater")
        ),
        zip=st.sampled_from(("", "", "21287", "10001")),
        within=st.sampled_from((None, None, 5.0, 60.0)),
        plan=st.sampled_from(("", "", "", "Medicare", "example", "tri")),
        language=st.sampled_from(("", "", "", "es", "fr")),
        age=st.sampled_from((None, None, 12, 34)),
        accepting=st.sampled_from((False, False, True)),
        max_wait=st.sampled_from((None, None, 10)),
        state=st.sampled_from(("", "", "MD", "va")),
        stale_days=st.sampled_from((None, None, 90)),
        sort=st.sampled_from(("match", "match", "distance", "wait", "surgery", "name", "verified")),
        descending=st.booleans(),
    )  # fmt: skip


def expected(entries: dict[int, SurgeonRecord], query: Query) -> list[int]:
    """Return the numbers of the entries that a query means, in order: read from the entries one by one."""
    texts = {number: _Texts.of(one) for number, one in entries.items() if not one.archived}
    fitting = [number for number in texts if _passes(entries[number], query)]
    words = list(dict.fromkeys(fold(query.text).split()))
    vocabulary = {
        word
        for one in texts.values()
        for word in one.words
        if len(word) >= 3 and word.isascii() and word.isalpha()
    }
    allowed = {word: meant(word, vocabulary) for word in words}
    tiers = {number: _tier(texts[number], words, allowed) for number in fitting}
    if sum(tier is not None and tier < 2 for tier in tiers.values()) >= 50:
        tiers = {number: tier if tier is not None and tier < 2 else None for number, tier in tiers.items()}
    if query.sort != "match":
        tiers = {number: tier if tier is None or tier > 1 else 0 for number, tier in tiers.items()}
    found = [number for number, tier in tiers.items() if tier is not None]
    found.sort()
    backwards = query.descending and query.sort == "name"
    found.sort(key=lambda number: _name(entries[number]), reverse=backwards)
    return sorted(found, key=lambda number: (tiers[number], *_keys(entries[number], query)))


@dataclass
class _Texts:
    name: list[str]
    words: set[str]
    private: set[str]

    @classmethod
    def of(cls, one: SurgeonRecord) -> _Texts:
        name = _name(one).split()
        parts = [one.degrees, one.specialty, *one.plans, one.public_note]
        parts += [f"{item.name} {item.detail}" for item in one.procedures]
        parts += [LANGUAGES[code] for code in one.languages]
        for place in one.placements:
            at = place.location
            parts += [at.name, at.city, at.state, at.zip]
            for number in (place.phone, place.fax, at.phone, at.fax):
                digits = re.sub(r"\D", "", number)
                parts += [digits[:3], digits[3:6], digits[6:]]
        return cls(name, {*name, *fold(" ".join(parts)).split()}, set(fold(one.notes).split()))


def _name(one: SurgeonRecord) -> str:
    return fold(f"{one.family_name} {one.given_name}")


def _passes(one: SurgeonRecord, query: Query) -> bool:
    procedures = [item for item in one.procedures if _procedure_fits(item, query.procedure)]
    named = {plan for plan in one.plans if _plan_fits(plan, query.plan)}
    miles = _tenths(one, query)
    return all((
        not query.procedure or procedures,
        not query.plan or named,
        not query.language or query.language in one.languages,
        query.age is None or (one.age_min or 0) <= query.age <= (255 if one.age_max is None else one.age_max),
        not query.accepting or one.takes_on(TODAY) is Accepting.YES,
        query.max_wait is None or (one.next_visit_days is not None and one.next_visit_days <= query.max_wait),
        not query.state or query.state.upper() in {place.location.state for place in one.placements},
        query.stale_days is None or one.verified_on is None or (TODAY - one.verified_on).days >= query.stale_days,
        query.within is None or not query.zip or miles <= query.within * 10,
    ))  # fmt: skip


def _procedure_fits(item: ProcedureRecord, wanted: str) -> bool:
    if wanted == "occipital":
        return "occipital" in fold(f"{item.code} {item.kind} {item.kind.label} {item.name}").split()
    return wanted in (item.code, item.kind)


def _plan_fits(plan: str, wanted: str) -> bool:
    return plan == wanted or any(word.startswith(fold(wanted)) for word in fold(plan).split())


def _tenths(one: SurgeonRecord, query: Query) -> float:
    """Return the distance as it is shown, in tenths of a mile."""
    if not query.zip:
        return 0.0
    away = (distance.miles(query.zip, place.location.zip) for place in one.placements)
    return min(
        (np.round(np.float32(miles) * 10) for miles in away if miles is not None), default=float("inf")
    )


def meant(word: str, vocabulary: Iterable[str]) -> list[tuple[str, int]]:
    """Return the words within the slips allowed, by the plain recursion of the distance."""
    most = slips(word)
    found = []
    for one in sorted(vocabulary):
        whole = _wrong(word, one)
        best = whole
        if len(word) >= 5:
            lengths = range(len(word) - most, len(word) + most + 1)
            best = min(whole, *(_wrong(word, one[:length]) for length in lengths))
        if 0 < best <= most:
            found.append((best, whole > best, one))
    return [(one, best) for best, _, one in sorted(found)[:24]]


def _wrong(one: str, two: str) -> int:
    """Return how many letters differ: optimal string alignment."""
    table = np.zeros((len(one) + 1, len(two) + 1), dtype=int)
    table[:, 0], table[0, :] = range(len(one) + 1), range(len(two) + 1)
    for i, a in enumerate(one, 1):
        for j, b in enumerate(two, 1):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return int(table[-1, -1])


def _tier(texts: _Texts, words: list[str], allowed: dict[str, list[tuple[str, int]]]) -> int | None:
    if all(any(one.startswith(word) for one in texts.name) for word in words):
        return 0
    if all(_typed(texts, word) for word in words):
        return 1
    for most in (1, 2):
        if all(
            _typed(texts, word) or any(one in texts.words for one, wrong in allowed[word] if wrong <= most)
            for word in words
        ):
            return most + 1
    return None


def _typed(texts: _Texts, word: str) -> bool:
    def has(part: str) -> bool:
        return any(one.startswith(part) for one in texts.words | texts.private)

    if has(word):
        return True
    if not word.isdigit() or not 5 < len(word) <= 10:
        return False
    parts = [part for part in (word[:3], word[3:6], word[6:]) if part]
    return all(has(part) for part in parts) or (len(word) == 7 and has(word[:3]) and has(word[3:]))


def _keys(one: SurgeonRecord, query: Query) -> list[float]:
    far, sign = float("inf"), -1 if query.descending else 1
    miles = _tenths(one, query)
    wait = far if one.next_visit_days is None else one.next_visit_days
    if query.sort == "match":
        state = (Accepting.YES, Accepting.UNKNOWN, Accepting.EXISTING, Accepting.NO).index(
            one.takes_on(TODAY)
        )
        return [state, miles, wait]
    if query.sort == "distance":
        return [miles if miles == far else sign * miles] if query.zip else []
    if query.sort == "wait":
        return [wait if wait == far else sign * wait]
    if query.sort == "surgery":
        days_off = one.next_surgery_days
        return [far if days_off is None else sign * days_off]
    if query.sort == "verified":
        return [-sign * (one.verified_on.toordinal() if one.verified_on else 0)]
    return []
