"""The fields of a directory entry: their names in words, what counts as the same, and how lists are taken apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from referral_app.services.surgeon_records import SurgeonRecord

LABELS: Mapping[str, str] = {
    "given_name": "First name", "family_name": "Last name", "npi": "NPI", "degrees": "Degrees",
    "specialty": "Specialty", "languages": "Languages", "procedures": "Procedures",
    "placements": "Locations, phones and faxes", "credentials": "Credentials", "plans": "Insurance plans",
    "plans_verified": "Plans verified on", "experience": "Experience", "handouts": "Handouts",
    "requirements": "What to send first", "thresholds": "Figures of the live check",
    "accepting": "New patients", "accepting_from": "New patients from",
    "age_min": "Youngest age", "age_max": "Oldest age", "refuses": "What is not accepted",
    "next_visit_days": "Days to the first visit", "next_surgery_days": "Days to surgery",
    "waits_claimed_on": "Waits told on", "verified_on": "Verified on", "verified_by": "Verified by",
    "verified_how": "Verified how", "source": "Source", "how_to_refer": "How to refer",
    "booking": "Who makes the appointment", "self_referral": "Patients may come without a referral",
    "email": "Email", "portal": "Portal", "authorization_contact": "Contact for prior authorization",
    "last_day": "Last day", "successor_id": "Successor", "away_from": "Away from", "away_to": "Away until",
    "away_note": "Note on the leave", "notes": "Private notes", "public_note": "Public note",
    "invented": "Invented", "archived": "Out of the directory", "merged_into_id": "Merged into",
}  # fmt: skip
"""Every field that changes, as people call it, in the order of an entry."""

_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "placements": lambda one: one.location.id or one.location,
    "procedures": lambda one: one.code,
    "plans": lambda one: one,
    "languages": lambda one: one,
    "plans_verified": lambda one: one[0],
    "experience": lambda one: one.procedure,
    "credentials": lambda one: (one.kind, one.title, one.issuer),
    "handouts": lambda one: (one.title, one.language),
    "requirements": lambda one: (one.kind, one.procedure, one.detail),
    "thresholds": lambda one: one[0],
}
"""What tells the entries of each list apart."""

LISTS = frozenset(_KEYS)


def label(name: str) -> str:
    """Return what people call a field."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def same(name: str, one: Any, other: Any) -> bool:
    """Tell whether a field holds the same twice; what changed at a location itself is no change of the entry."""
    return _plain(name, one) == _plain(name, other)


def differing(one: SurgeonRecord, other: SurgeonRecord) -> list[str]:
    """Return the names of the fields in which two versions of an entry differ."""
    return [name for name in LABELS if not same(name, getattr(one, name), getattr(other, name))]


def taken_back(name: str, before: Any, after: Any, now: Any) -> Any:
    """Return a field without a change from `before` to `after`, what was changed since then left as it is `now`.

    Of a list, the entries that the change added go, those that it took or changed come back, unless they were
    changed since.
    """
    if same(name, now, after):
        return before
    if name not in LISTS:
        return now
    key, was, became = _KEYS[name], _by_key(name, before), _by_key(name, after)
    kept: list[Any] = []
    for item in now:
        at = key(item)
        untouched = at in became and same(name, (item,), (became[at],))
        if not untouched or (at in was and same(name, (item,), (was[at],))):
            kept.append(item)
        elif at in was:
            kept.append(was[at])
    there = {key(item) for item in kept}
    gone = [item for at, item in was.items() if at not in became and at not in there]
    return (*kept, *gone)


def joined(name: str, first: Any, second: Any) -> tuple[Any, ...]:
    """Return every entry of two lists, each once; where both have one, that of the first stays."""
    key = _KEYS[name]
    known = {key(item) for item in first}
    return (*first, *(item for item in second if key(item) not in known))


def compared(name: str, before: Any, after: Any) -> tuple[list[Any], list[Any], list[tuple[Any, Any]]]:
    """Return what was added to a list, what was taken out of it, and what was changed in it as pairs."""
    was, now = _by_key(name, before), _by_key(name, after)
    changed = [(was[at], now[at]) for at in now if at in was and not same(name, (was[at],), (now[at],))]
    return [now[at] for at in now if at not in was], [was[at] for at in was if at not in now], changed


def clashing(name: str, first: Any, second: Any) -> bool:
    """Tell whether two lists hold the same thing in two ways, such as one location with two fax numbers."""
    was, other = _by_key(name, first), _by_key(name, second)
    return any(not same(name, (was[at],), (other[at],)) for at in was.keys() & other.keys())


def _by_key(name: str, items: Any) -> dict[Any, Any]:
    return {_KEYS[name](item): item for item in items}


def _plain(name: str, value: Any) -> Any:
    if name == "placements":
        return tuple(replace(one, location=_bare(one)) for one in value)
    return tuple(one.code for one in value) if name == "procedures" else value


def _bare(one: Any) -> Any:
    return type(one.location)(id=one.location.id) if one.location.id else one.location
