"""A change of an entry in words: who, when, and what stood there before and after; pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from referral_app.choices import DirectoryAct
from referral_app.services import entry_fields
from referral_app.services.directory_history import Change
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import moments
from referral_app.ui.surgeons import conflict

NOTHING = "nothing"
People = Mapping[str, str]


@dataclass(frozen=True)
class FieldLine:
    """One field of a change: its label, and in words what it was and what it became."""

    label: str
    words: str


def title(change: Change) -> str:
    """Return what was done: "Changed", "Merged with another entry"."""
    if change.act is DirectoryAct.MERGED:
        return "Merged with another entry" if "dropped" in change.details else "Merged into another entry"
    if change.act is DirectoryAct.UNDONE:
        return "A change was undone"
    return change.act.label


def who_and_when(change: Change) -> str:
    """Return who did it and when; what came with a file says so."""
    by = change.person or "Nobody logged in"
    came = ", from a file" if change.import_id else ""
    return f"{by}{came} · {moments.say(change.at)}"


def lines(change: Change, people: People) -> list[FieldLine]:
    """Return what is different after a change, field by field."""
    before, after = change.before, change.after
    if before is None or after is None:
        return []
    return [
        FieldLine(entry_fields.label(name), _words(before, after, name, people))
        for name in entry_fields.LABELS
        if name in change.changed and not entry_fields.same(name, getattr(before, name), getattr(after, name))
    ]


def may_be_undone(change: Change) -> bool:
    """Tell whether undoing a change is offered; whether it can be is decided when it is tried."""
    return change.undone_by is None and change.act is not DirectoryAct.UNMERGED


def names(change: Change) -> set[str]:
    """Return the ids of other surgeons that a change speaks of."""
    records = [one for one in (change.before, change.after) if one]
    return {key for one in records for key in (one.successor_id, one.merged_into_id) if key}


def _words(before: SurgeonRecord, after: SurgeonRecord, name: str, people: People) -> str:
    was, became = (_say(one, name, people) for one in (before, after))
    if name in entry_fields.LISTS:
        if parts := _list_words(was, became):
            return parts
        return f"now: {became or NOTHING}"
    return f"from {_quoted(was)} to {_quoted(became)}"


def _say(surgeon: SurgeonRecord, name: str, people: People) -> str:
    if name == "merged_into_id":
        return people.get(surgeon.merged_into_id or "", "another entry") if surgeon.merged_into_id else ""
    return conflict.say(surgeon, name, people)


def _list_words(was: str, became: str) -> str:
    """Return what was added to a list and what was taken out of it."""
    old, new = _items(was), _items(became)
    out = [item for item in old if item not in new]
    put = [item for item in new if item not in old]
    parts = [f"added: {_joined(put)}"] if put else []
    parts += [f"taken out: {_joined(out)}"] if out else []
    return "\n".join(parts)


def _items(words: str) -> list[str]:
    parts = words.split("\n") if "\n" in words else words.split(", ") if words.count(",") > 2 else [words]
    return [part for part in parts if part]


def _joined(items: list[str]) -> str:
    return "; ".join(items)


def _quoted(words: str) -> str:
    return f"“{words}”" if words else NOTHING
