"""Two versions of a directory entry: what differs in words, and the entry made of both; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from referral_app.clinical import dates, differences
from referral_app.clinical.differences import BOTH, MINE
from referral_app.clinical.requirements import said
from referral_app.services.surgeon_records import Placement, SurgeonRecord
from referral_app.ui.conflict_lines import Line
from referral_app.ui.surgeons import wording
from referral_app.ui.surgeons.form import LABELS

SENTENCE = "Someone else saved this entry after you opened it. Nothing is lost: choose which answers to keep."
NOT_CHOSEN = frozenset({"id", "version", "invented", "archived", "merged_into_id"})
LISTS = ("procedures", "placements", "languages", "plans", "credentials", "handouts")
"""The lists of which every entry of either version can be kept."""
NAMES = {
    **LABELS, "procedures": "Procedures", "experience": "Experience", "placements": "Locations",
    "languages": "Languages", "plans": "Insurance plans", "plans_verified": "In network, verified on",
    "requirements": "What to send first", "credentials": "Credentials", "handouts": "Handouts for patients",
    "thresholds": "Figures of the live check",
    "successor_id": "Successor",
}  # fmt: skip


def lines(
    base: SurgeonRecord, mine: SurgeonRecord, theirs: SurgeonRecord, people: Mapping[str, str] | None = None
) -> list[Line]:
    """Return what two versions of an entry say differently; `base` is the one that both began with.

    `people` are the names of surgeons by id, for the successors.
    """
    found: list[Line] = []
    for name in (field.name for field in fields(SurgeonRecord) if field.name not in NOT_CHOSEN):
        before, ours, other = (getattr(one, name) for one in (base, mine, theirs))
        if ours != other:
            taken, both = differences.side(before, ours, other), _both(name, ours, other)
            words = (say(replace(mine, **{name: value}), name, people) for value in (ours, other, both))
            found.append(
                Line(
                    name, "Surgeon", NAMES[name], next(words), next(words), taken, next(words) if both else ""
                )
            )
    return found


def merged(mine: SurgeonRecord, theirs: SurgeonRecord, sides: Mapping[str, str]) -> SurgeonRecord:
    """Return their entry with the answers for which another side was chosen."""
    chosen: dict[str, Any] = {name: getattr(mine, name) for name, side in sides.items() if side == MINE}
    for name, side in sides.items():
        if side == BOTH:
            chosen[name] = _both(name, getattr(mine, name), getattr(theirs, name))
    made = replace(theirs, **chosen)
    done = {one.code for one in made.procedures}
    return replace(
        made,
        experience=tuple(one for one in made.experience if one.procedure in done),
        plans_verified=tuple(one for one in made.plans_verified if one[0] in made.plans),
    )


def _both(name: str, mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    """Return every entry of either list, () where there is nothing to put together."""
    if name not in LISTS:
        return ()
    together = tuple(differences.union(mine, theirs))
    if name == "placements" and len({one.location.id for one in together}) < len(together):
        return ()  # one location with other numbers: only one of them can be kept
    return together if together != tuple(theirs) and set(together) != set(mine) else ()


def say(surgeon: SurgeonRecord, name: str, people: Mapping[str, str] | None = None) -> str:
    """Return one answer of an entry in words, "" where there is none."""
    value = getattr(surgeon, name)
    if name == "successor_id":
        return (people or {}).get(value, "Another surgeon") if value else ""
    if name in _WORDS:
        return _WORDS[name](surgeon)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return dates.say(value)
    return "" if value is None else str(getattr(value, "label", value))


def _place(surgeon: SurgeonRecord, place: Placement) -> str:
    more = (place.days, place.contact, wording.fax_checked(place))
    return ", ".join(part for part in (*wording.block(surgeon, place).split("\n")[1:], *more) if part)


def _requirements(surgeon: SurgeonRecord) -> str:
    names = {procedure.code: procedure.name for procedure in surgeon.procedures}
    return "\n".join(f"{one.level.label}: {said(one, names)}" for one in surgeon.requirements)


_WORDS: dict[str, Callable[[SurgeonRecord], str]] = {
    "procedures": lambda one: "\n".join(item.name for item in one.procedures),
    "experience": lambda one: "\n".join(wording.experience_lines(one)),
    "placements": lambda one: "\n".join(_place(one, item) for item in one.placements),
    "languages": lambda one: ", ".join(wording.languages(one)),
    "plans": lambda one: ", ".join(one.plans),
    "plans_verified": lambda one: "\n".join(f"{plan}: {dates.say(day)}" for plan, day in one.plans_verified),
    "requirements": lambda one: _requirements(one),
    "thresholds": lambda one: "\n".join(wording.figures(one)),
    "credentials": lambda one: "\n".join(wording.credential(item) for item in one.credentials),
    "handouts": lambda one: "\n".join(wording.handout(item) for item in one.handouts),
    "verified_how": lambda one: wording.way(one.verified_how),
}
