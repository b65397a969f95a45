"""Two entries that become one: what they say differently, and the entry made of what was decided; pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from referral_app.clinical import texts
from referral_app.clinical.differences import BOTH, MINE, THEIRS
from referral_app.services import entry_fields, likeness
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.conflict_lines import Line
from referral_app.ui.surgeons import conflict, wording

NOT_CHOSEN = frozenset({"invented", "archived", "merged_into_id"})
VERIFIED = ("verified_on", "verified_by", "verified_how")
"""When an entry was verified, by whom and how belong together: those of the later day are taken."""

HEADS = {
    THEIRS: "The first is suggested", MINE: "The second is suggested", BOTH: "Both are suggested",
    "": "They differ: choose",
}  # fmt: skip

GROUPS = {
    "Surgeon": ("given_name", "family_name", "npi", "degrees", "specialty", "languages", "credentials"),
    "Locations": ("placements",),
    "What is done, and for whom": (
        "procedures", "experience", "accepting", "accepting_from", "age_min", "age_max", "refuses", "requirements",
        "thresholds",
    ),
}  # fmt: skip


def lines(first: SurgeonRecord, second: SurgeonRecord, people: Mapping[str, str] | None = None) -> list[Line]:
    """Return what two entries say differently, each with the side that a look at both suggests."""
    found: list[Line] = []
    for name in entry_fields.LABELS:
        one, other = getattr(first, name), getattr(second, name)
        if name in NOT_CHOSEN or entry_fields.same(name, one, other):
            continue
        both = entry_fields.joined(name, one, other) if name in entry_fields.LISTS and one and other else ()
        both = () if both and _is_one_of(name, both, one, other) else both
        words = [conflict.say(replace(first, **{name: value}), name, people) for value in (one, other, both)]
        found.append(
            Line(
                name, _group(name), entry_fields.label(name), mine=words[1], theirs=words[0],
                taken=_taken(first, second, name, bool(both)), both=words[2] if both else "",
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: _order(one.group))


def merged(
    first: SurgeonRecord, second: SurgeonRecord, sides: Mapping[str, str], keeps_first: bool
) -> SurgeonRecord:
    """Return the kept entry with what was decided; both lists are put together where that was chosen."""
    values: dict[str, Any] = {}
    for name, side in sides.items():
        one, other = getattr(first, name), getattr(second, name)
        values[name] = (
            {THEIRS: one, MINE: other}.get(side) if side != BOTH else entry_fields.joined(name, one, other)
        )
    made = replace(first if keeps_first else second, **values)
    done = {one.code for one in made.procedures}
    return replace(
        made,
        experience=tuple(one for one in made.experience if one.procedure in done),
        plans_verified=tuple(one for one in made.plans_verified if one[0] in made.plans),
    )


def two_people(first: SurgeonRecord, second: SurgeonRecord) -> str:
    """Return what speaks for two people behind two entries, "" where nothing does."""
    found: list[str] = []
    if first.npi and second.npi and first.npi != second.npi:
        found.append(f"two NPIs, {first.npi} and {second.npi}, and each person has only one")
    if not likeness.names(first, second)[0]:
        found.append(f"two names, {first.name} and {second.name}")
    return f"These entries have {' and '.join(found)}." if found else ""


def done_words(dropped: SurgeonRecord, kept: SurgeonRecord) -> str:
    """Return what was done by a merge: "Merged Ann Doe, MD into Ann Dow, MD"."""
    if dropped.name == kept.name:
        return f"Merged two entries of {kept.name}"
    return f"Merged {dropped.name} into {kept.name}"


def about(surgeon: SurgeonRecord) -> str:
    """Return what tells one of the entries from the other, in one line."""
    npi = f"NPI {surgeon.npi}" if surgeon.npi else "no NPI"
    return f"{surgeon.name} · {npi} · {wording.places(surgeon)}"


def because(reasons: Sequence[str]) -> str:
    """Return the reasons why two entries look alike as one sentence: "The same name, location and fax number"."""
    alike = [
        one.removeprefix("The same ") for one in reasons if one.startswith("The same ") and "," not in one
    ]
    others = [one for one in reasons if not (one.startswith("The same ") and "," not in one)]
    joined = texts.listed(alike)
    lead = [one for one in others if not one.startswith("but ")]
    rest = [one for one in others if one.startswith("but ")]
    parts = [*lead, *([f"{'the' if lead else 'The'} same {joined}"] if joined else []), *rest]
    return ", ".join(parts)


def _is_one_of(name: str, both: Any, one: Any, other: Any) -> bool:
    return len(both) in (len(one), len(other)) and (
        set(map(repr, both)) in (set(map(repr, one)), set(map(repr, other)))
    )


def _taken(first: SurgeonRecord, second: SurgeonRecord, name: str, both: bool) -> str:
    one, other = getattr(first, name), getattr(second, name)
    if name in VERIFIED:
        days = (first.verified_on, second.verified_on)
        newer = days[1] is not None and (days[0] is None or days[1] > days[0])
        return MINE if newer else THEIRS
    if both:
        return "" if entry_fields.clashing(name, one, other) else BOTH
    if name in entry_fields.LISTS and one and other and not entry_fields.clashing(name, one, other):
        return THEIRS if len(one) > len(other) else MINE if len(other) > len(one) else ""
    if one in (None, "", (), False):
        return MINE
    return THEIRS if other in (None, "", (), False) else ""


def _group(name: str) -> str:
    return next((group for group, names in GROUPS.items() if name in names), "Everything else")


def _order(group: str) -> int:
    return list(GROUPS).index(group) if group in GROUPS else len(GROUPS)
