"""Entries that may be one surgeon: looked for when one is entered, when many come in, and in the whole directory.

Candidates come from indexes alone (NPI, name, words of the search index), never from a look at every entry.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pyroaring import BitMap
from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from referral_app.choices import Permission
from referral_app.models.directory import NotSame
from referral_app.models.directory_index import IndexStage
from referral_app.models.location import Location
from referral_app.models.surgeon import Placement, Surgeon
from referral_app.services import directory_index, index_reading, likeness, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.folding import fold
from referral_app.services.index_entries import digit_words
from referral_app.services.index_reading import Reading
from referral_app.services.likeness import ENOUGH
from referral_app.services.permissions import actor, needs
from referral_app.services.surgeon_parts import loading, record
from referral_app.services.surgeon_records import SurgeonRecord

MOST = 300
"""So many candidates of a name are looked at; where there are more, only those with a place or number in common."""

PLACES = 20_000
"""At so many locations with several surgeons names are compared with each other for one worklist."""

_SOME = 400
_FEW = 4
_CROWD = 60
"""At a location with more surgeons than this, names are not compared with each other."""


@dataclass(frozen=True)
class Like:
    """An entry that looks like another, how much (0 to 100), and why."""

    surgeon: SurgeonRecord
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one surgeon."""

    first: SurgeonRecord
    second: SurgeonRecord
    score: int
    reasons: tuple[str, ...]

    @property
    def id(self) -> str:
        """What tells the pair apart in a list."""
        return f"{self.first.id} {self.second.id}"


@needs(Permission.SEE_DIRECTORY)
def like(session: Session, entry: SurgeonRecord, limit: int = 10) -> list[Like]:
    """Return the entries of the directory that look like one, the most alike first, with reasons; itself left out."""
    ids = set(_by_name(session, entry)) | set(_by_index(session, entry))
    named = list(_named_alike(session, entry, ids))
    if entry.npi:
        named += session.scalars(select(Surgeon.id).where(Surgeon.npi == entry.npi))
    apart = _apart(session, entry.id) | {entry.id}
    found = [
        Like(other, judged.score, judged.reasons)
        for other in _records(session, set(named) - apart)
        if (judged := likeness.judge(entry, other)).score >= ENOUGH
    ]
    return sorted(found, key=lambda one: (-one.score, one.surgeon.sort_name, one.surgeon.id))[:limit]


@needs(Permission.SEE_DIRECTORY)
def like_many(session: Session, entries: Sequence[SurgeonRecord]) -> list[list[Like]]:
    """Return for each of many entries, as they come in, those of the directory with its NPI or its very name.

    A few statements for all together; names that are only nearly the same are left to `pairs`.
    """
    npis = {entry.npi for entry in entries if entry.npi}
    names = {name for entry in entries for name in _spellings(entry.family_name, entry.given_name)}
    ids = {
        one
        for part in _parts(npis)
        for one in session.scalars(select(Surgeon.id).where(Surgeon.npi.in_(part)))
    }
    for part in _parts(names):
        ids |= set(session.scalars(select(Surgeon.id).where(Surgeon.sort_name.in_(part))))
    known: dict[str, list[SurgeonRecord]] = {}
    for other in _records(session, ids):
        for key in filter(None, (other.npi, _key(other))):
            known.setdefault(key, []).append(other)
    return [_of_many(entry, known) for entry in entries]


@needs(Permission.SEE_DIRECTORY)
def pairs(session: Session, limit: int = 200) -> list[Pair]:
    """Return entries of the directory that may be one surgeon, the most alike first, without those told apart.

    The look ends once `limit` pairs are found: those merged or told apart make room for the next.
    """
    told = {(row.first_id, row.second_id) for row in session.scalars(select(NotSame))}
    found: dict[tuple[str, str], Pair] = {}
    for some in _candidates(session):
        wanted = some - told - found.keys()
        records = {one.id: one for one in _records(session, {key for pair in wanted for key in pair})}
        for first, second in wanted:
            if first in records and second in records:
                judged = likeness.judge(records[first], records[second])
                if judged.score >= ENOUGH:
                    pair = Pair(records[first], records[second], judged.score, judged.reasons)
                    found[first, second] = pair
        if len(found) >= limit:
            break
    return sorted(found.values(), key=lambda one: (-one.score, one.first.sort_name, one.id))[:limit]


@needs(Permission.CHANGE_DIRECTORY)
def not_same(session: Session, one_id: str, other_id: str) -> None:
    """Remember that two entries are two people: nobody is asked about them again. Raises InvalidInput, NotFound."""
    if one_id == other_id:
        raise InvalidInput({"": "Choose two different entries."})
    for one in (one_id, other_id):
        surgeons.get(session, one)
    first, second = sorted((one_id, other_id))
    if session.get(NotSame, (first, second)) is None:
        session.add(NotSame(first_id=first, second_id=second, person=actor(session).name))
        session.flush()


# Candidates for one entry


def _by_name(session: Session, entry: SurgeonRecord) -> Iterator[str]:
    """Yield those with the same last name and first initial, and those with both names swapped."""
    given, family = entry.given_name.strip(), entry.family_name.strip()
    if not given or not family:
        return
    begins = [Surgeon.sort_name.between(one, f"{one}\U0010ffff") for one in _spellings(family, given[:1])]
    swapped = Surgeon.sort_name.in_(_spellings(given, family))
    shown = Surgeon.archived.is_(False)
    for condition in (swapped, *begins):
        yield from session.scalars(select(Surgeon.id).where(condition, shown).limit(MOST))
    places = [place.location.id for place in entry.placements if place.location.id]
    if places:
        at = Placement.location_id.in_(places)
        yield from session.scalars(select(Placement.surgeon_id).where(at).limit(MOST))


def _spellings(family: str, given: str) -> set[str]:
    """Return a name as lists hold it, in the ways in which files spell it: capitals or not, accents or not."""
    plain = f"{fold(family)}, {fold(given)}"
    name = f"{family}, {given}"
    return {name, name.upper(), name.title(), plain.upper(), plain.title()}


def _by_index(session: Session, entry: SurgeonRecord) -> Iterator[str]:
    """Yield those whose words in the search index are alike: other accents, a letter wrong, a number in common."""
    family, given = fold(entry.family_name).split(), fold(entry.given_name).split()
    if not family or not given or not directory_index.is_ready(session):
        return
    index = index_reading.opened(session)
    near = {family[-1], *(word for word, _ in index.words().meant(family[-1]))}
    close = index_reading.union([index.having("n" + word) for word in near]) & index.having("N" + given[0][0])
    also = _in_common(index, entry)
    if len(close) > MOST:
        close = (close & also) | (index.having("n" + family[-1]) & index.having("n" + given[0]))
    alike = (index.having("n" + family[-1]) & also) | close
    for part in _parts((alike & index.shown).to_array()[:MOST]):
        yield from session.scalars(select(Surgeon.id).where(Surgeon.number.in_(part)))


def _in_common(index: Reading, entry: SurgeonRecord) -> BitMap:
    """Return the entries with a ZIP code or number of an entry."""
    found = BitMap()
    for place in entry.placements:
        at = place.location
        for number in {place.phone, place.fax, at.phone, at.fax} - {""}:
            if terms := ["o" + word for word in digit_words(number)]:
                found |= BitMap.intersection(*(index.having(term) for term in terms))
        if at.zip:
            found |= index.having("o" + fold(at.zip).partition(" ")[0])
    return found


def _named_alike(session: Session, entry: SurgeonRecord, ids: Collection[str]) -> Iterator[str]:
    """Yield those of some entries whose names are alike, so that few are read whole."""
    for part in _parts(ids):
        of = select(Surgeon.id, Surgeon.given_name, Surgeon.family_name).where(Surgeon.id.in_(part))
        for row in session.execute(of):
            if likeness.named(entry.given_name, entry.family_name, row.given_name, row.family_name)[0]:
                yield row.id


def _apart(session: Session, surgeon_id: str) -> set[str]:
    """Return the entries of which a person said that they are not this one."""
    if not surgeon_id:
        return set()
    mine = or_(NotSame.first_id == surgeon_id, NotSame.second_id == surgeon_id)
    rows = session.scalars(select(NotSame).where(mine)).all()
    return {row.second_id if row.first_id == surgeon_id else row.first_id for row in rows}


def _records(session: Session, ids: Iterable[str]) -> Iterator[SurgeonRecord]:
    """Yield the entries of the directory with these ids, not those out of it or of an import out of view."""
    staging = session.scalar(select(IndexStage.first).where(IndexStage.live.is_(False)).limit(1)) is not None
    for part in _parts(ids):
        of = select(Surgeon).where(Surgeon.id.in_(part), Surgeon.archived.is_(False)).options(*loading())
        for row in session.scalars(of):
            if not (staging and directory_index.is_staged(session, row.number)):
                yield record(row)


# Many entries


def _key(entry: SurgeonRecord) -> str:
    return fold(f"{entry.family_name} {entry.given_name}")


def _of_many(entry: SurgeonRecord, known: dict[str, list[SurgeonRecord]]) -> list[Like]:
    others = {
        one.id: one
        for key in filter(None, (entry.npi, _key(entry)))
        for one in known.get(key, [])
        if one.id != entry.id
    }
    judged = [(one, likeness.judge(entry, one)) for one in others.values()]
    found = [Like(one, how.score, how.reasons) for one, how in judged if how.score >= ENOUGH]
    return sorted(found, key=lambda one: (-one.score, one.surgeon.id))


def _candidates(session: Session) -> Iterator[set[tuple[str, str]]]:
    """Yield pairs worth a look, some hundred at a time: those of one name first, then those at one location."""
    for names in _shared(session, Surgeon.sort_name):
        yield set(_namesakes(session, names))
    looked_at = 0
    for places in _shared(session, Placement.location_id):
        yield set(_neighbors(session, places))
        looked_at += len(places)
        if looked_at >= PLACES:
            return


def _shared(session: Session, column: InstrumentedAttribute[str]) -> Iterator[list[str]]:
    """Yield the values that several rows have, part by part along the index of the column."""
    last = ""
    while True:
        of = select(column).where(column > last).group_by(column).having(func.count() > 1).order_by(column)
        found = list(session.scalars(of.limit(_SOME)))
        if not found:
            return
        yield found
        last = found[-1]


def _namesakes(session: Session, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of the very same name with a place or number in common, or where one has no place at all.

    Two NPIs tell namesakes apart unless they share more than a ZIP code and a number: such pairs are not read whole.
    """
    rows = session.execute(
        select(
            Surgeon.id, Surgeon.sort_name, Surgeon.npi, Placement.location_id, Placement.phone, Placement.fax,
            Location.zip, Location.phone, Location.fax,
        )
        .outerjoin(Placement, Placement.surgeon_id == Surgeon.id)
        .outerjoin(Location, Location.id == Placement.location_id)
        .where(Surgeon.sort_name.in_(names))
    )  # fmt: skip
    npis: dict[str, str | None] = {}
    groups: dict[str, dict[str, set[str]]] = {}
    for key, name, npi, place, phone, fax, code, main_phone, main_fax in rows:
        npis[key] = npi
        marks = groups.setdefault(name, {}).setdefault(key, set())
        if place:
            given = {
                "place ": place, "zip ": (code or "")[:5], "phone ": _plain(phone or main_phone),
                "fax ": _plain(fax or main_fax),
            }  # fmt: skip
            marks |= {kind + mark for kind, mark in given.items() if mark}
    for members in groups.values():
        for one, other in _paired(members):
            shared = members[one] & members[other]
            apart = npis[one] and npis[other] and npis[one] != npis[other]
            bare = not members[one] or not members[other]
            if len(shared) > 1 or (not apart and (shared or bare)):
                yield one, other


def _paired(members: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a few namesakes; of many, those alone that share a mark."""
    if len(members) <= _FEW:
        yield from combinations(sorted(members), 2)
        return
    by_mark: dict[str, list[str]] = {}
    for key, marks in members.items():
        for mark in marks:
            by_mark.setdefault(mark, []).append(key)
    yield from {pair for keys in by_mark.values() for pair in combinations(sorted(keys)[:_CROWD], 2)}


def _plain(number: str | None) -> str:
    """Return the last ten digits of a number; the rules of all countries would take too long for a million."""
    return re.sub(r"\D", "", number or "", flags=re.ASCII)[-10:]


def _neighbors(session: Session, places: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs with names alike at one location; where there is a crowd, names are not compared."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    of = select(Placement.location_id, Placement.surgeon_id).where(Placement.location_id.in_(places))
    placed = session.execute(of).all()
    names = {
        row.id: (row.given_name, row.family_name)
        for part in _parts({row.surgeon_id for row in placed})
        for row in session.execute(
            select(Surgeon.id, Surgeon.given_name, Surgeon.family_name).where(Surgeon.id.in_(part))
        )
    }
    for row in placed:
        groups.setdefault(row.location_id, []).append((row.surgeon_id, *names[row.surgeon_id]))
    for members in groups.values():
        for one, other in combinations(sorted(members), 2) if len(members) <= _CROWD else ():
            if likeness.named(*one[1:], *other[1:])[0]:
                yield one[0], other[0]


def _parts(values: Iterable[object]) -> Iterator[list[object]]:
    whole = list(values)
    for at in range(0, len(whole), _SOME):
        yield whole[at : at + _SOME]
