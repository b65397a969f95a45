"""Undoing a change of the directory: what it touched is put back, unless it was changed again since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import DirectoryAct, Permission
from referral_app.clinical import dates
from referral_app.models.location import Location
from referral_app.services import directory_history, entry_fields, merging, surgeons
from referral_app.services.directory_history import Change
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import Placement, SurgeonRecord


@needs(Permission.CHANGE_DIRECTORY)
def undo(session: Session, sequence: int) -> SurgeonRecord:
    """Undo a change by its number and return the entry as it is then; the undo is a change that can be undone itself.

    Undoing that an entry was made takes it out of the directory. A merge is undone as a whole. Raises InvalidInput
    naming the field, who and when where something was changed again since, NotFound.
    """
    change = directory_history.get(session, sequence)
    if change.undone_by is not None:
        raise InvalidInput({"": "This change was undone already."})
    if change.act is DirectoryAct.MERGED:
        return merging.unmerge(session, sequence)
    if change.act is DirectoryAct.UNMERGED:
        raise InvalidInput({"": "Merge the two entries again instead."})
    now = surgeons.get(session, change.surgeon_id)
    if now.merged_into_id:
        other = surgeons.get(session, now.merged_into_id)
        raise InvalidInput({"": f"This entry was merged into that of {other.name}. Undo the merge first."})
    saved = surgeons.save(session, _as_before(session, change, now), DirectoryAct.UNDONE)
    number = directory_history.latest(session, saved.id)
    directory_history.tell(session, number, undoes=sequence)
    directory_history.mark_undone(session, sequence, number)
    return saved


def _as_before(session: Session, change: Change, now: SurgeonRecord) -> SurgeonRecord:
    """Return the entry without a change; raises InvalidInput where it was changed again."""
    if change.after is None:
        raise InvalidInput({"": "There is no entry to put back."})
    before = change.before or replace(change.after, archived=not change.after.archived)
    touched = entry_fields.differing(before, change.after)
    for name in touched if change.before else entry_fields.LABELS:
        if not entry_fields.same(name, getattr(now, name), getattr(change.after, name)):
            raise InvalidInput({name: _refusal(session, change, name)})
    values: dict[str, Any] = {name: getattr(before, name) for name in touched}
    if "placements" in values:
        values["placements"] = tuple(_there(session, one) for one in values["placements"])
    return replace(now, **values)


def _refusal(session: Session, change: Change, name: str) -> str:
    """Return why a change cannot be undone: which field was changed again, by whom and when."""
    label, last = entry_fields.label(name), directory_history.later(session, change, name)
    if last is None:
        return f"{label}: changed again since. Change the entry by hand."
    by, day = last.person or "somebody", dates.say(last.at.astimezone().date())
    return f"{label}: changed again by {by} on {day}. Undo that change first, or change the entry by hand."


def _there(session: Session, place: Placement) -> Placement:
    """Return a placement whose location is made anew where it is not stored any more."""
    known = session.scalar(select(Location.id).where(Location.id == place.location.id))
    return place if known else replace(place, location=replace(place.location, id=""))
