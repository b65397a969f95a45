"""Two entries of one surgeon made one, and the way back.

The entry that is dropped stays, out of the directory, and points to the one that is kept: whoever names it by its id or
NPI, as versions of referrals do that never change, is led to the kept one (`surgeons.find_by`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, DirectoryAct, Permission
from referral_app.models import surgeon as tables
from referral_app.services import (
    directory_history,
    directory_index,
    entry_fields,
    events,
    merged_records,
    surgeons,
)
from referral_app.services.directory_history import Change
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.merged_records import Moved
from referral_app.services.permissions import needs
from referral_app.services.surgeon_parts import loading, record
from referral_app.services.surgeon_records import SurgeonRecord

CHANGED = "Someone else changed one of these entries in the meantime. Open them again and decide once more."


@dataclass(frozen=True)
class Merged:
    """What became of a merge: the kept entry, what moved to it, and by what it is undone.

    `referrals` and `appointments` say how many moved; `dropped` is the other entry as it was before, and `change` the
    number by which the merge is undone.
    """

    kept: SurgeonRecord
    referrals: int
    appointments: int
    dropped: SurgeonRecord
    change: int


@needs(Permission.SEE_DIRECTORY)
def both(session: Session, kept_id: str, dropped_id: str) -> tuple[SurgeonRecord, SurgeonRecord]:
    """Return two entries that are to be merged; raises InvalidInput where they cannot be, NotFound."""
    kept, dropped = surgeons.get(session, kept_id), surgeons.get(session, dropped_id)
    if kept.id == dropped.id:
        raise InvalidInput({"": "Choose two different entries."})
    for one in (kept, dropped):
        if one.archived:
            raise InvalidInput({"": f"The entry of {one.name} is not in the directory. Put it back first."})
    return kept, dropped


@needs(Permission.CHANGE_DIRECTORY)
def merge(session: Session, entry: SurgeonRecord, dropped: SurgeonRecord) -> Merged:
    """Merge `dropped` into the entry with the id of `entry`, which holds what was decided field by field.

    Both carry the version that was looked at. An entry without an NPI keeps its own, else takes the other's.
    Referrals, appointments, favorites, trials and fax uses move; what is dropped leaves the directory and leads to
    the kept entry. Raises InvalidInput by field, Conflict, NotFound.
    """
    kept, stored = both(session, entry.id, dropped.id)
    if (kept.version, stored.version) != (entry.version, dropped.version):
        raise Conflict(CHANGED)
    if not entry.npi:  # referrals name surgeons by it: without it they would lead to nobody
        entry = replace(entry, npi=kept.npi or stored.npi)
    npi = _freed(session, stored, entry, kept)
    saved = surgeons.save(session, replace(entry, archived=False, merged_into_id=None), DirectoryAct.MERGED)
    number = _latest_of(session, DirectoryAct.MERGED, kept, saved)
    at = _write(session, stored, DirectoryAct.MERGED, archived=True, merged_into_id=saved.id, npi=npi)
    moved = merged_records.move(session, stored, saved)
    directory_history.tell(session, number, dropped=stored.id, at=at, moved=moved.dump())
    directory_history.tell(session, at, kept=saved.id, at=number)
    events.record(
        session, AuditAction.CHANGED, "surgeon", saved.id,
        merged=stored.id, referrals=len(moved.referrals), appointments=len(moved.appointments),
    )  # fmt: skip
    return Merged(saved, len(moved.referrals), len(moved.appointments), stored, number)


@needs(Permission.CHANGE_DIRECTORY)
def unmerge(session: Session, sequence: int) -> SurgeonRecord:
    """Undo a merge, named by its change in the history of either entry, and return the entry that is back.

    What was changed since the merge stays; what was moved and not touched since moves back. Raises InvalidInput with
    the reason where that is not possible: the NPI is another's by now, or a letter went out in between.
    """
    ours, theirs = _changes(session, sequence)
    kept, dropped = surgeons.get(session, ours.surgeon_id), surgeons.get(session, theirs.surgeon_id)
    if kept.merged_into_id:
        other = surgeons.get(session, kept.merged_into_id)
        raise InvalidInput(
            {"": f"The kept entry was itself merged into that of {other.name}. Undo that first."}
        )
    back = theirs.before or dropped
    entry = _without(ours, kept)
    _refuse_taken(session, back, entry, dropped)
    moved = Moved.load(ours.details["moved"])
    _clear_npi(session, dropped.id)
    saved = surgeons.save(session, entry, DirectoryAct.UNMERGED)
    number = _latest_of(session, DirectoryAct.UNMERGED, kept, saved)
    at = _write(
        session, dropped, DirectoryAct.UNMERGED, archived=back.archived, merged_into_id=None, npi=back.npi
    )
    merged_records.move_back(session, moved, saved, ours.at, theirs.surgeon_id)
    directory_history.tell(session, number, parted=dropped.id)
    directory_history.tell(session, at, parted=saved.id)
    for one, by in ((ours, number), (theirs, at)):
        directory_history.mark_undone(session, one.sequence, by)
    events.record(session, AuditAction.CHANGED, "surgeon", saved.id, unmerged=dropped.id)
    return surgeons.get(session, dropped.id)


def _changes(session: Session, sequence: int) -> tuple[Change, Change]:
    """Return the change of the kept and that of the dropped entry which together are one merge."""
    found = directory_history.get(session, sequence)
    if found.act is not DirectoryAct.MERGED:
        raise InvalidInput({"": "This change is no merge."})
    if found.undone_by is not None:
        raise InvalidInput({"": "This merge was undone already."})
    other = directory_history.get(session, int(found.details["at"]))
    return (found, other) if "dropped" in found.details else (other, found)


def _latest_of(session: Session, act: DirectoryAct, before: SurgeonRecord, saved: SurgeonRecord) -> int:
    """Return the number of the change that a save has just made; one that changed nothing is noted all the same."""
    if directory_history.changed(before, saved):
        return directory_history.latest(session, saved.id)
    return directory_history.note(session, act, before, saved)


def _freed(session: Session, dropped: SurgeonRecord, entry: SurgeonRecord, kept: SurgeonRecord) -> str:
    """Return the NPI that the dropped entry has from now on, so that both numbers go on leading to the kept one."""
    if not entry.npi or entry.npi != dropped.npi:
        return dropped.npi
    _clear_npi(session, dropped.id)
    return kept.npi


def _clear_npi(session: Session, surgeon_id: str) -> None:
    session.get_one(tables.Surgeon, surgeon_id).npi = None
    session.flush()


def _write(session: Session, before: SurgeonRecord, act: DirectoryAct, *, npi: str, **values: Any) -> int:
    """Write a few values of an entry whatever else stands in it, and return the number of the change."""
    row = session.get_one(tables.Surgeon, before.id, options=loading())
    row.npi = npi or None
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    after = record(row)
    directory_index.follow(session, row.number, before, after)
    return directory_history.note(session, act, before, after)


def _without(merge: Change, kept: SurgeonRecord) -> SurgeonRecord:
    """Return the kept entry without what the merge brought, with all that was changed since."""
    if merge.before is None or merge.after is None:
        return kept
    values: dict[str, Any] = {
        name: entry_fields.taken_back(
            name, getattr(merge.before, name), getattr(merge.after, name), getattr(kept, name)
        )
        for name in entry_fields.differing(merge.before, merge.after)
    }
    found = replace(kept, **values)
    done = {one.code for one in found.procedures}
    return replace(
        found,
        experience=tuple(one for one in found.experience if one.procedure in done),
        plans_verified=tuple(one for one in found.plans_verified if one[0] in found.plans),
    )


def _refuse_taken(
    session: Session, back: SurgeonRecord, entry: SurgeonRecord, dropped: SurgeonRecord
) -> None:
    """Refuse where the NPI of the entry that comes back is another's by now."""
    if not back.npi:
        return
    if entry.npi == back.npi:
        raise InvalidInput({"npi": f"The NPI {back.npi} was given to the kept entry since the merge."})
    s = tables.Surgeon
    other = session.scalar(select(s).where(s.npi == back.npi, s.id.not_in((entry.id, dropped.id))))
    if other is not None:
        name = f"{other.given_name} {other.family_name}"
        raise InvalidInput({"npi": f"{name} has the NPI {back.npi} by now. Correct that entry first."})
