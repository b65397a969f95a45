"""A change of an entry in words: who, when, and what stood there before and after; pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

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


def title(change: Change, people: People) -> str:
    """Return what was done: "Changed", "Merged with the entry of Ann Doe, MD"."""
    if change.act in (DirectoryAct.MERGED, DirectoryAct.UNMERGED) and (key := other(change)):
        of = f"the entry of {people[key]}" if key in people else "another entry"
        if change.act is DirectoryAct.UNMERGED:
            return f"{change.act.label}: {of}"
        return f"Merged with {of}" if "dropped" in change.details else f"Merged into {of}"
    if change.act is DirectoryAct.UNDONE:
        return "A change was undone"
    return change.act.label


def other(change: Change) -> str:
    """Return the id of the other entry of a merge, "" where a change is none."""
    return next(
        (str(change.details[one]) for one in ("dropped", "kept", "parted") if one in change.details), ""
    )


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
        if name in change.changed
        and not entry_fields.same(name, getattr(before, name), getattr(after, name))
        and (name in entry_fields.LISTS or _say(before, name, people) != _say(after, name, people))
    ]


def may_be_undone(change: Change) -> bool:
    """Tell whether undoing a change is offered; whether it can be is decided when it is tried."""
    return change.undone_by is None and change.act is not DirectoryAct.UNMERGED


def names(change: Change) -> set[str]:
    """Return the ids of other surgeons that a change speaks of."""
    records = [one for one in (change.before, change.after) if one]
    return {key for one in records for key in (one.successor_id, one.merged_into_id) if key}


def _words(before: SurgeonRecord, after: SurgeonRecord, name: str, people: People) -> str:
    if name in entry_fields.LISTS:
        return _list_words(before, after, name) or f"now: {_say(after, name, people) or NOTHING}"
    return f"from {_quoted(_say(before, name, people))} to {_quoted(_say(after, name, people))}"


def _say(surgeon: SurgeonRecord, name: str, people: People) -> str:
    if name == "merged_into_id":
        return people.get(surgeon.merged_into_id or "", "another entry") if surgeon.merged_into_id else ""
    return conflict.say(surgeon, name, people)


def _list_words(before: SurgeonRecord, after: SurgeonRecord, name: str) -> str:
    """Return what was added to a list, taken out of it, and changed in it."""
    added, gone, changed = entry_fields.compared(name, getattr(before, name), getattr(after, name))
    parts = [f"added: {_items(after, name, added)}"] if added else []
    parts += [f"taken out: {_items(before, name, gone)}"] if gone else []
    parts += [_changed(_items(before, name, [was]), _items(after, name, [now])) for was, now in changed]
    return "\n".join(parts)


def _items(surgeon: SurgeonRecord, name: str, items: list[Any]) -> str:
    return conflict.say(replace(surgeon, **{name: tuple(items)}), name).replace("\n", "; ")


def _changed(was: str, now: str) -> str:
    """Return what is different in one entry of a list, with its beginning to know it by."""
    old, new = was.split(", "), now.split(", ")
    out, put = ([part for part in one if part not in other] for one, other in ((old, new), (new, old)))
    known = f"{new[0]}: " if new[0] not in put else ""
    return f"{known}now {', '.join(put) or NOTHING}, before {', '.join(out) or NOTHING}"


def _quoted(words: str) -> str:
    return f"“{words}”" if words else NOTHING
