"""Which locations of a file are known, from the directory or from earlier rows, and what it says otherwise of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.clinical import phones
from referral_app.models.location import Location
from referral_app.services import import_merging, surgeon_parts
from referral_app.services.compact import Ids, hyphenated
from referral_app.services.folding import fold
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import LocationRecord, SurgeonRecord

_MOST = 20
"""So many locations of one name and ZIP code are told apart; more are as good as unknown."""
_EMPTY = LocationRecord()


class Places:
    """The locations of the store by name and ZIP code, read when the first is asked for, and those that a file told."""

    def __init__(self) -> None:
        """Begin with none."""
        self._ids: Ids | None = None
        self._told: dict[str, list[LocationRecord]] = {}

    def find(self, session: Session, place: LocationRecord, but: frozenset[str]) -> LocationRecord | None:
        """Return the location that a file means, None where it is new or where more than one may be meant."""
        key = _key(place.name, place.zip)
        known = [*self._stored(session, key), *self._told.get(key, ())]
        may = [one for one in known if one.id not in but and _may_be(one, place)]
        same = [
            one for one in may if (fold(one.line1), fold(one.line2)) == (fold(place.line1), fold(place.line2))
        ]
        if same or len(may) == 1:
            return (same or may)[0]
        self._told.setdefault(key, []).append(place)
        return None

    def _stored(self, session: Session, key: str) -> Iterator[LocationRecord]:
        if self._ids is None:
            self._ids = _read(session)
        for number in range(_MOST):
            found = self._ids.get(f"{key}|{number}")
            if found is None:
                return
            row = session.get(Location, hyphenated(found))
            if row is not None:
                yield surgeon_parts.location(row)


@needs(Permission.CHANGE_DIRECTORY)
def settle(
    session: Session, places: Places, row: int, entry: SurgeonRecord
) -> tuple[SurgeonRecord, tuple[str, ...]]:
    """Return an entry with the locations that are known already, and a sentence for each thing told otherwise of them.

    A known location is not changed by a surgeon who is new there: others are there too.
    """
    but = frozenset(place.location.id for place in entry.placements if place.location.id)
    sentences: list[str] = []
    placements = list(entry.placements)
    for at, place in enumerate(placements):
        if place.location.id:
            continue
        found = places.find(session, place.location, but)
        if found is None:
            continue
        sentences += _not_taken(row, found, place.location)
        placements[at] = replace(place, location=found)
        but |= {found.id} - {""}
    return replace(entry, placements=tuple(placements)), tuple(sentences)


def _not_taken(row: int, known: LocationRecord, told: LocationRecord) -> Iterator[str]:
    where = "is in the directory" if known.id else "was in an earlier row"
    for one in fields(LocationRecord):
        is_, said = getattr(known, one.name), getattr(told, one.name)
        if one.name == "id" or said == getattr(_EMPTY, one.name) or _same(one.name, is_, said):
            continue
        words, other = import_merging.words(said), import_merging.words(is_)
        yield (
            f"Row {row}, {import_merging.label(one.name)} of the location: {words} is not taken, because {known.name} "
            f"{where} with {other or 'none'}. Change it at the location where it is right."
        )


def _same(name: str, one: object, other: object) -> bool:
    if name in ("phone", "fax"):
        return phones.digits(str(one)) == phones.digits(str(other))
    if name == "zip":
        return one == other or str(one)[:5] == str(other)
    return fold(one) == fold(other) if isinstance(one, str) and isinstance(other, str) else one == other


def _may_be(known: LocationRecord, told: LocationRecord) -> bool:
    """Tell whether no street or suite that both tell is different; a bare street tells its suite too."""
    if fold(told.name) == fold(told.line1):
        return fold(known.line2) == fold(told.line2)
    pairs = ((fold(known.line1), fold(told.line1)), (fold(known.line2), fold(told.line2)))
    return all(not one or not other or one == other for one, other in pairs)


def _read(session: Session) -> Ids:
    ids = Ids()
    rows = session.execute(select(Location.id, Location.name, Location.zip).execution_options(yield_per=2000))
    for row in rows:
        key = _key(row.name, row.zip)
        free = next((n for n in range(_MOST) if ids.get(f"{key}|{n}") is None), None)
        if free is not None:
            ids.add(f"{key}|{free}", row.id)
    return ids


def _key(name: str, code: str) -> str:
    return f"{fold(name)}|{code[:5]}"
