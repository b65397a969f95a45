"""How much two directory entries look like one surgeon: a score and the reasons in words; pure functions of records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from referral_app.clinical import phones
from referral_app.services.folding import fold, forgiven
from referral_app.services.surgeon_records import Placement, SurgeonRecord

ENOUGH = 60
"""From this score on, a person is asked whether two entries are one surgeon."""

SURE = 100
_OTHER_NPI = 40
"""What is taken off where both have an NPI and these differ: colleagues of one name share a location."""

Reason = tuple[int, str]
"""What a reason weighs, and its words."""


@dataclass(frozen=True)
class Likeness:
    """How alike two entries are, 0 to 100, and why."""

    score: int
    reasons: tuple[str, ...]


NONE = Likeness(0, ())


def judge(one: SurgeonRecord, other: SurgeonRecord) -> Likeness:
    """Return how alike two entries are; a score of ENOUGH and more is worth a question."""
    if one.npi and one.npi == other.npi:
        return Likeness(SURE, ("The same NPI", *(words for _, words in _shared(one, other))))
    weight, words = names(one, other)
    if not weight:
        return NONE
    shared = list(_shared(one, other))
    score = weight + sum(points for points, _ in shared)
    reasons = [words, *(said for _, said in shared)]
    if one.npi and other.npi:
        score -= _OTHER_NPI
        reasons.append("but another NPI")
    elif not (one.placements and other.placements):
        score += 10
    return Likeness(max(0, min(score, SURE - 1)), tuple(reasons))


def names(one: SurgeonRecord, other: SurgeonRecord) -> Reason:
    """Return what two names have in common, with 0 where they are those of different people."""
    return named(one.given_name, one.family_name, other.given_name, other.family_name)


def named(given: str, family: str, other_given: str, other_family: str) -> Reason:
    """Return what two names have in common, from their parts."""
    first, last, first2, last2 = (_folded(part) for part in (given, family, other_given, other_family))
    if not all((first, last, first2, last2)):
        return 0, ""
    if (first, last) == (first2, last2):
        return 50, "The same name"
    if (first, last) == (last2, first2):
        return 45, "First and last name swapped"
    if last == last2 and (first.startswith(first2) or first2.startswith(first)):
        return 40, "The same last name, and first names that begin alike"
    if last == last2 and _near(first, first2):
        return 40, "The same last name, and a first name that is nearly the same"
    if _near(last, last2) and (first == first2 or _initial(first, first2)):
        return 40, "A last name that is nearly the same"
    return 0, ""


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """Return a name folded; lists of candidates hold the same names again and again."""
    return fold(text)


def _initial(first: str, other: str) -> bool:
    """Tell whether one first name is the initial of the other."""
    return first[0] == other[0] and 1 in (len(first), len(other))


def _near(one: str, other: str) -> bool:
    """Tell whether two names differ by one letter, or by two in long ones; short ones must be the same."""
    from rapidfuzz.distance import OSA

    most = forgiven(min(len(one), len(other)))
    return one != other and bool(most) and OSA.distance(one, other, score_cutoff=most) <= most


def _shared(one: SurgeonRecord, other: SurgeonRecord) -> Iterator[Reason]:
    """Yield what the locations of two entries have in common."""
    for points, words, values in (
        (30, "The same location", _addresses),
        (25, "The same phone number", _phones),
        (25, "The same fax number", _faxes),
    ):
        if set(values(one)) & set(values(other)):
            yield points, words
    zips = [{place.location.zip[:5] for place in record.placements} - {""} for record in (one, other)]
    if zips[0] & zips[1]:
        yield 20, "The same ZIP code"


def _addresses(surgeon: SurgeonRecord) -> Iterator[str]:
    for place in surgeon.placements:
        at = place.location
        if at.id:
            yield at.id
        if at.line1 and (at.zip or at.city):
            yield fold(f"{at.line1} {at.zip[:5] or at.city}")


def _phones(surgeon: SurgeonRecord) -> Iterator[str]:
    yield from (phones.digits(number) for place in surgeon.placements if (number := _phone(place)))


def _faxes(surgeon: SurgeonRecord) -> Iterator[str]:
    yield from (phones.digits(number) for p in surgeon.placements if (number := p.fax or p.location.fax))


def _phone(place: Placement) -> str:
    return place.phone or place.location.phone
