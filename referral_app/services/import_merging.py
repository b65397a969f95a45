"""An entry as it would be after an import: what a file tells laid over what is stored, and the difference in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from referral_app.choices import Accepting
from referral_app.choices.base import Choice
from referral_app.clinical import phones
from referral_app.services import entry_fields
from referral_app.services.folding import fold
from referral_app.services.import_records import NPPES, Difference, Told, ToldPlace
from referral_app.services.surgeon_records import LocationRecord, Placement, ProcedureRecord, SurgeonRecord

_NUMBERS = frozenset({"phone", "fax"})
_SETS = frozenset({"languages", "plans", "procedures"})
_NOT_TAKEN = ("id", "version", "notes", "archived", "merged_into_id", "successor_id")
"""What a signed file never changes: what belongs to this store alone, and private notes."""
_LABELS = {"line1": "Street", "line2": "Suite or floor", "zip": "ZIP code", "name": "Name"}


class Unclear(ValueError):
    """A row that may speak of more than one location; says so in one sentence."""


def new(told: Told) -> SurgeonRecord:
    """Return the entry of a surgeon who is not in the directory yet; that new patients are taken, a file must say."""
    if told.whole:
        placements = tuple(
            replace(place, location=replace(place.location, id="")) for place in told.whole.placements
        )  # an id of another store
        return replace(
            told.whole, version=0, notes="", archived=False, successor_id=None, placements=placements
        )
    values: dict[str, Any] = {"accepting": Accepting.UNKNOWN, **told.values}
    if told.source:
        values.setdefault("source", told.source)
    if "plans" in values:
        values["plans"] = tuple(sorted(values["plans"]))
    name = f"{values['given_name']} {values['family_name']}"
    return SurgeonRecord(placements=_distinct(_placed(place, name) for place in told.places), **values)


def merged(old: SurgeonRecord, told: Told) -> SurgeonRecord:
    """Return an entry with what a file tells of it; what the file does not tell, an empty cell too, stays as it is.

    The national file fills in what is empty, and changes only entries that came from there
    and nobody verified since. Raises Unclear.
    """
    if told.whole:
        return _whole(old, told.whole)
    only_fill = told.source == NPPES and (old.source != NPPES or old.verified_on is not None)
    values = {
        name: value
        for name, value in told.values.items()
        if not (only_fill and getattr(old, name)) and not _same(name, getattr(old, name), value)
    }
    if "plans" in values:
        values["plans"] = tuple(sorted(values["plans"]))
        values["plans_verified"] = tuple(pair for pair in old.plans_verified if pair[0] in values["plans"])
    if "procedures" in values:
        codes = {item.code for item in values["procedures"]}
        values["experience"] = tuple(one for one in old.experience if one.procedure in codes)
    placements = old.placements
    for place in told.places:
        placements = _with_place(placements, place, old.name, only_fill)
    return replace(old, placements=placements, **values)


def differences(before: SurgeonRecord, after: SurgeonRecord) -> tuple[Difference, ...]:
    """Return what differs between two entries, field by field in words."""
    found: list[Difference] = []
    for one in fields(SurgeonRecord):
        was, is_ = getattr(before, one.name), getattr(after, one.name)
        if one.name in ("id", "version") or _same(one.name, was, is_):
            continue
        if one.name == "placements":
            found += _place_differences(was, is_)
        else:
            found.append(Difference(label(one.name), words(was), words(is_)))
    return tuple(found)


def label(name: str) -> str:
    """Return how a field is called."""
    return _LABELS.get(name) or entry_fields.label(name)


def words(value: Any) -> str:
    """Return a value as a person reads it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Choice():
            return value.label
        case date():
            return value.isoformat()
        case ProcedureRecord():
            return f"{value.name}: {value.detail}" if value.detail else value.name
        case LocationRecord():
            return ", ".join(part for part in (value.name, value.city, value.state) if part)
        case tuple():
            return "; ".join(words(part) for part in value)  # pyright: ignore[reportUnknownVariableType]
        case _ if hasattr(value, "__dataclass_fields__"):
            return " ".join(word for one in fields(value) if (word := words(getattr(value, one.name))))
        case _:
            return str(value)


def _whole(old: SurgeonRecord, given: SurgeonRecord) -> SurgeonRecord:
    kept = {name: getattr(old, name) for name in _NOT_TAKEN}
    exact = {_key(place.location): place.location for place in old.placements}
    loose = _alone(old.placements, exact.keys() - {_key(place.location) for place in given.placements})
    moved = _alone(given.placements, {_key(place.location) for place in given.placements} - exact.keys())

    def identity(place: LocationRecord) -> str:
        key = _key(place)
        if key in exact:
            return exact[key].id
        return loose[key[:2]].id if key[:2] in loose and key[:2] in moved else ""

    placements = tuple(
        replace(place, location=replace(place.location, id=identity(place.location)))
        for place in given.placements
    )
    return replace(given, **kept, placements=placements)


def _same(name: str, one: Any, other: Any) -> bool:
    if one == other:
        return True
    if name in _NUMBERS:
        return bool(one and other) and phones.digits(one) == phones.digits(other)
    if name in _SETS:
        return _codes(one) == _codes(other)
    return False


def _codes(values: Iterable[Any]) -> set[str]:
    return {getattr(value, "code", value) for value in values}


def _placed(place: ToldPlace, name: str) -> Placement:
    told = place.location
    called = told.get("name") or told.get("line1") or told.get("city") or f"Office of {name}"
    given: dict[str, Any] = {**told, "name": called}
    return Placement(LocationRecord(**given), **place.placement)


def _distinct(placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """Keep one placement for each location; rows of the same one were joined when they were read."""
    found: dict[tuple[str, ...], Placement] = {}
    for place in placements:
        found.setdefault(_key(place.location), place)
    return tuple(found.values())


def _key(place: LocationRecord) -> tuple[str, ...]:
    return fold(place.name), place.zip[:5], fold(place.line1), fold(place.line2), fold(place.city)


def _alone(
    placements: Iterable[Placement], keys: Iterable[tuple[str, ...]]
) -> dict[tuple[str, ...], LocationRecord]:
    """Return the locations of some keys by name and ZIP code, where only one of them has these."""
    wanted = set(keys)
    found: dict[tuple[str, ...], list[LocationRecord]] = {}
    for place in placements:
        if (key := _key(place.location)) in wanted:
            found.setdefault(key[:2], []).append(place.location)
    return {key: places[0] for key, places in found.items() if len(places) == 1}


def _with_place(
    placements: tuple[Placement, ...], told: ToldPlace, name: str, only_fill: bool
) -> tuple[Placement, ...]:
    """Return placements with what a file tells of one of them; one that is not there yet is added."""
    at = _position(placements, told, only_fill)
    if at is None:
        return placements if only_fill and placements else (*placements, _placed(told, name))
    old = placements[at]
    location = replace(old.location, **_told(old.location, told.location, only_fill))
    place = replace(old, location=location, **_told(old, told.placement, only_fill))
    return (*placements[:at], place, *placements[at + 1 :])


def _position(placements: tuple[Placement, ...], told: ToldPlace, only_fill: bool) -> int | None:
    """Return which placement a file speaks of: by name or street with the ZIP code, or the only one.

    Another street or suite is another location. Raises Unclear where more than one may be meant.
    """
    given = told.location
    name, street = fold(given.get("name", "")), fold(given.get("line1", ""))
    found = [number for number, place in enumerate(placements) if _may_be(place.location, given)]
    same = [number for number in found if _is_there(placements[number].location, given)]
    if len(same) == 1 or len(found) == 1 or (found and only_fill):
        return (same or found)[0]
    if found:
        raise Unclear(f"{len(found)} locations of this entry may be meant. Say the street and the suite.")
    is_silent = not (name or street or given.get("zip") or given.get("city"))
    return 0 if is_silent and len(placements) == 1 else None


def _may_be(at: LocationRecord, given: dict[str, Any]) -> bool:
    """Tell whether a location may be the one that a file speaks of: nothing that both tell is different."""
    name, street = fold(given.get("name", "")), fold(given.get("line1", ""))
    if not name and not street:
        return False
    if given.get("zip") and at.zip and at.zip[:5] != given["zip"][:5]:
        return False
    if name and fold(at.name) != name:
        return False
    if not name and fold(at.line1) != street:
        return False
    return all(
        not (told := fold(given.get(one, ""))) or not (is_ := fold(getattr(at, one))) or told == is_
        for one in ("line1", "line2")
    )


def _is_there(at: LocationRecord, given: dict[str, Any]) -> bool:
    return all(fold(given.get(one, "")) == fold(getattr(at, one)) for one in ("line1", "line2"))


def _told(old: Any, given: dict[str, Any], only_fill: bool) -> dict[str, Any]:
    return {
        name: value
        for name, value in given.items()
        if not (only_fill and getattr(old, name)) and not _same(name, getattr(old, name), value)
    }


def _place_differences(was: tuple[Placement, ...], is_: tuple[Placement, ...]) -> list[Difference]:
    """Return what differs at each location; those that are new or gone in one line."""
    before = {place.location.id or _key(place.location): place for place in was}
    found: list[Difference] = []
    for place in is_:
        old = before.pop(place.location.id or _key(place.location), None)
        if old is None:
            found.append(Difference("Locations", "", f"added: {_place_words(place)}"))
            continue
        found += [
            Difference(f"{label(one.name)} at {old.location.name}", words(was_), words(now))
            for holder, then in ((old, place), (old.location, place.location))
            for one in fields(holder)
            if one.name not in ("id", "location")
            and (was_ := getattr(holder, one.name)) != (now := getattr(then, one.name))
        ]
    return [*found, *(Difference("Locations", _place_words(gone), "taken away") for gone in before.values())]


def _place_words(place: Placement) -> str:
    numbers = [f"phone {place.phone}" if place.phone else "", f"fax {place.fax}" if place.fax else ""]
    return ", ".join(part for part in (words(place.location), *numbers) if part)
