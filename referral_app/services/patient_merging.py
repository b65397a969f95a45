"""Two patients made one, and the way back.

The patient who is dropped stays in the store, out of every list, and points to the one who is kept: search and whoever
names the old one are led there. Referrals, drafts, calls, papers and releases move; their versions never change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from referral_app.choices import AuditAction, Permission
from referral_app.clinical.differences import same
from referral_app.clinical.fields import as_dict, as_list
from referral_app.clinical.intake import PATIENT
from referral_app.models.base import now
from referral_app.models.paper import Paper, Release
from referral_app.models.patient import Patient, PatientMerge
from referral_app.models.privacy import Amendment, LegalHold
from referral_app.models.referral import Draft, Referral
from referral_app.models.work import Appointment, Call
from referral_app.services import events, patients
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.patients import PatientRecord
from referral_app.services.permissions import actor, ask_scope, needs

CHANGED = "Someone else changed one of these patients in the meantime. Open them again and decide once more."
_MOVING: dict[str, Any] = {
    "referrals": Referral,
    "drafts": Draft,
    "calls": Call,
    "papers": Paper,
    "releases": Release,
    "amendments": Amendment,
    "legal_holds": LegalHold,
}


@dataclass(frozen=True)
class Prospect:
    """Two patients before a merge, and what hangs on each: counts of referrals, drafts, calls and appointments."""

    kept: PatientRecord
    dropped: PatientRecord
    of_kept: Mapping[str, int]
    of_dropped: Mapping[str, int]


@dataclass(frozen=True)
class MergedPatients:
    """What became of a merge: the kept patient, the other as it was before, what moved, and by what it is undone."""

    kept: PatientRecord
    dropped: PatientRecord
    moved: Mapping[str, int]
    merge_id: str


@dataclass(frozen=True)
class PatientMergeRecord:
    """A merge in a patient's history; `other` is the name of the patient who was dropped."""

    id: str
    at: datetime
    person: str
    other: str
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True)
class Parted:
    """What became of an undo: both patients, and in words what stays as it is because it was changed since."""

    back: PatientRecord
    kept: PatientRecord
    stays: tuple[str, ...] = ()


@needs(Permission.MERGE)
def prospect(session: Session, kept_id: str, dropped_id: str) -> Prospect:
    """Return what a merge of two patients would do; nothing is written. Raises InvalidInput, NotFound, Denied."""
    kept, dropped = _both(session, kept_id, dropped_id)
    for row in (kept, dropped):
        events.record(session, AuditAction.OPENED, "patient", row.id, row.id)
    return Prospect(
        patients.record(kept),
        patients.record(dropped),
        _counts(session, kept.id),
        _counts(session, dropped.id),
    )


@needs(Permission.MERGE)
def merge(session: Session, entry: PatientRecord, dropped: PatientRecord) -> MergedPatients:
    """Merge `dropped` into the patient with the id of `entry`, which holds what was decided field by field.

    Both carry the version that was looked at. Raises InvalidInput where they cannot be merged, Conflict after
    somebody's change, NotFound, Denied.
    """
    kept_row, row = _both(session, entry.id, dropped.id)
    if (kept_row.version, row.version) != (entry.version, dropped.version):
        raise Conflict(CHANGED)
    before, other, practice = patients.record(kept_row), patients.record(row), kept_row.practice_id or ""
    counts = _counts(session, row.id)
    patients.write(session, kept_row, dict(entry.values), [dict(one) for one in entry.coverage])
    kept_row.practice_id = kept_row.practice_id or row.practice_id
    row.merged_into_id = kept_row.id
    kept_row.updated = row.updated = now()
    moved = {name: _move(session, table, row.id, kept_row.id) for name, table in _MOVING.items()}
    moved["merged"] = _repoint(session, row.id, kept_row.id)
    made = PatientMerge(
        kept_id=kept_row.id, merged_id=row.id, person=actor(session).name,
        before={
            "kept": _dump(before), "merged": _dump(other), "after": _dump(patients.record(kept_row)), "moved": moved,
            "numbers": _numbers(session, moved["referrals"]), "practice": practice,
        },
    )  # fmt: skip
    session.add(made)
    session.flush()
    told: dict[str, Any] = {"referrals": counts["referrals"], "merge": made.id}
    events.record(session, AuditAction.CHANGED, "patient", kept_row.id, kept_row.id, merged=row.id, **told)
    events.record(session, AuditAction.CHANGED, "patient", row.id, row.id, merged_into=kept_row.id, **told)
    return MergedPatients(patients.record(kept_row), other, counts, made.id)


@needs(Permission.SEE_PATIENTS)
def of_patient(session: Session, patient_id: str) -> list[PatientMergeRecord]:
    """Return the merges into a patient, the latest first; they are a part of an opened patient."""
    ask_scope(
        session,
        session.scalar(select(Patient.practice_id).where(Patient.id == patient_id)),
        "patient",
        patient_id,
    )
    of = select(PatientMerge).where(PatientMerge.kept_id == patient_id).order_by(PatientMerge.at.desc())
    return [_told(one) for one in session.scalars(of)]


@needs(Permission.MERGE)
def undo(session: Session, merge_id: str) -> Parted:
    """Undo a merge: the dropped patient is back with what came from it, whatever was changed since stays.

    Raises InvalidInput with the reason where that is not possible: it was undone already, the kept patient was itself
    merged since, or one of the two is gone.
    """
    found = session.get(PatientMerge, merge_id)
    if found is None:
        raise NotFound("This merge is not there any more.")
    kept, row = _undoable(session, found)
    stays = _values_back(session, kept, found.before)
    row.merged_into_id = None
    if (
        found.before.get("practice") == ""
    ):  # of no practice before: the other one's does not see this patient any more
        kept.practice_id = None
    kept.updated = row.updated = now()
    moved = as_dict(found.before["moved"])
    stays += _referrals_back(session, found, kept.id, row.id)
    for name, table in _MOVING.items():
        if table is not Referral:
            _follow_back(session, table, as_list(moved.get(name)), kept.id, row.id)
    stays += _hold_both(session, found, kept.id, row.id)
    for one in as_list(moved["merged"]):
        mine = Patient.id == one, Patient.merged_into_id == kept.id
        session.execute(update(Patient).where(*mine).values(merged_into_id=row.id, updated=Patient.updated))
    found.undone_at, found.undone_by = now(), actor(session).name
    session.flush()
    events.record(session, AuditAction.CHANGED, "patient", kept.id, kept.id, unmerged=row.id, merge=found.id)
    events.record(
        session, AuditAction.CHANGED, "patient", row.id, row.id, unmerged_from=kept.id, merge=found.id
    )
    return Parted(patients.record(row), patients.record(kept), tuple(stays))


def _both(session: Session, kept_id: str, dropped_id: str) -> tuple[Patient, Patient]:
    """Return the rows of two patients who can be merged; raises InvalidInput, NotFound, Denied."""
    if kept_id == dropped_id:
        raise InvalidInput({"": "Choose two different patients."})
    kept, dropped = _row(session, kept_id), _row(session, dropped_id)
    for one in (kept, dropped):
        if one.merged_into_id:
            name = patients.record(one).spoken
            raise InvalidInput({"": f"{name} was merged into another patient already. Open that one."})
    if kept.practice_id and dropped.practice_id and kept.practice_id != dropped.practice_id:
        raise InvalidInput({
            "": "These patients belong to two practices. Each practice keeps its own record, so they cannot be merged."
        })  # fmt: skip
    return kept, dropped


def _row(session: Session, patient_id: str) -> Patient:
    row = session.get(Patient, patient_id, options=[selectinload(Patient.coverage)])
    if row is None:
        raise NotFound("This patient is not there any more.")
    ask_scope(session, row.practice_id, "patient", row.id)
    return row


def _counts(session: Session, patient_id: str) -> dict[str, int]:
    """Return how much hangs on a patient; appointments come with the referrals."""
    found = {
        name: session.scalar(select(func.count()).select_from(table).where(table.patient_id == patient_id))
        or 0
        for name, table in _MOVING.items()
    }
    visits = (
        select(func.count()).select_from(Appointment).join(Referral, Referral.id == Appointment.referral_id)
    )
    return found | {"appointments": session.scalar(visits.where(Referral.patient_id == patient_id)) or 0}


def _move(session: Session, table: Any, of: str, to: str) -> list[str]:
    ids = list(session.scalars(select(table.id).where(table.patient_id == of)))
    _point(session, table, ids, of, to)
    return ids


def _point(session: Session, table: Any, ids: Sequence[str], of: str, to: str) -> None:
    """Let rows belong to another patient, those alone that still belong to `of`; they do not count as changed."""
    values = {"patient_id": to} | ({"updated": table.updated} if hasattr(table, "updated") else {})
    for one in ids:
        session.execute(update(table).where(table.id == one, table.patient_id == of).values(**values))


def _repoint(session: Session, of: str, to: str) -> list[str]:
    """Let those who were merged into the dropped patient before lead to the kept one at once."""
    ids = list(session.scalars(select(Patient.id).where(Patient.merged_into_id == of)))
    for one in ids:
        session.execute(
            update(Patient).where(Patient.id == one).values(merged_into_id=to, updated=Patient.updated)
        )
    return ids


def _numbers(session: Session, ids: Sequence[str]) -> dict[str, int]:
    """Return the number of the current version of each referral, by which a later save is known."""
    return {one: session.scalar(select(Referral.number).where(Referral.id == one)) or 0 for one in ids}


def _dump(patient: PatientRecord) -> dict[str, Any]:
    return {"values": patient.values, "coverage": patient.coverage}


def _told(row: PatientMerge) -> PatientMergeRecord:
    other = patients.spoken_name(as_dict(as_dict(row.before.get("merged")).get("values")))
    return PatientMergeRecord(row.id, row.at, row.person, other, row.undone_at, row.undone_by)


def _undoable(session: Session, found: PatientMerge) -> tuple[Patient, Patient]:
    """Return the two patients of a merge; raises InvalidInput with what stands in the way."""
    if found.undone_at is not None:
        raise InvalidInput({"": "This merge was undone already."})
    kept, row = _row(session, found.kept_id), _row(session, found.merged_id)
    if kept.merged_into_id:
        other = patients.record(_row(session, kept.merged_into_id)).spoken
        raise InvalidInput({"": f"The kept patient was merged into {other} since. Undo that merge first."})
    if row.merged_into_id != kept.id:
        raise InvalidInput({"": "The other patient belongs to another merge by now. Undo that one."})
    return kept, row


def _values_back(session: Session, kept: Patient, before: Mapping[str, Any]) -> list[str]:
    """Take from the kept patient what the merge brought; return in words what was changed since and stays."""
    was, after = as_dict(before["kept"]), as_dict(before["after"])
    values, stays = dict(kept.details), list[str]()
    for name in sorted(as_dict(was["values"]).keys() | as_dict(after["values"]).keys() | values.keys()):
        old, new = as_dict(was["values"]).get(name), as_dict(after["values"]).get(name)
        label = PATIENT.by_name[name].label if name in PATIENT.by_name else name
        if same(old, new):
            if not same(values.get(name), new):
                stays.append(f"{label} was changed since the merge: look whose it is.")
        elif not same(values.get(name), new):
            stays.append(f"{label} was changed since the merge and stays as it is.")
        elif old is None:
            values.pop(name, None)
        else:
            values[name] = old
    coverage = [dict(one.details) for one in kept.coverage]
    if not same(was["coverage"], after["coverage"]):
        if same(coverage, after["coverage"]):
            coverage = [dict(one) for one in as_list(was["coverage"])]
        else:
            stays.append("Coverage was changed since the merge and stays as it is.")
    patients.write(session, kept, values, coverage)
    return stays


def _referrals_back(session: Session, found: PatientMerge, kept_id: str, back_id: str) -> list[str]:
    """Move referrals back; one that was saved since under the kept patient's name stays there, and is named."""
    stays: list[str] = []
    ours, theirs = (as_dict(as_dict(found.before[name])["values"]) for name in ("kept", "merged"))
    numbers = as_dict(found.before["numbers"])
    for row in session.scalars(
        select(Referral).where(
            Referral.id.in_(as_list(as_dict(found.before["moved"])["referrals"])),
            Referral.patient_id == kept_id,
        )
    ).all():
        names = (row.patient_name, row.date_of_birth)
        is_ours = names == _identity(ours) and names != _identity(theirs)
        if row.number != numbers.get(row.id) and is_ours:
            stays.append(
                f"Referral {row.reference} was saved since as that of {row.patient_name} and stays there."
            )
        else:
            _point(session, Referral, [row.id], kept_id, back_id)
    return stays


def _follow_back(session: Session, table: Any, ids: Sequence[str], kept_id: str, back_id: str) -> None:
    """Move back what came with the merge and is about no referral, and all that is about one that went back."""
    mine = select(table.id).where(table.patient_id == kept_id)
    about = getattr(table, "referral_id", None)
    if about is not None:
        of_back = select(Referral.id).where(Referral.patient_id == back_id)
        mine = mine.where(or_(and_(about.is_(None), table.id.in_(ids)), about.in_(of_back)))
    else:
        mine = mine.where(table.id.in_(ids))
    _point(session, table, session.scalars(mine).all(), kept_id, back_id)


def _hold_both(session: Session, found: PatientMerge, kept_id: str, back_id: str) -> list[str]:
    """Let a hold that was placed since the merge stand for both: nobody can tell whose it is, and it must not end."""
    standing = LegalHold.patient_id == kept_id, LegalHold.lifted_at.is_(None), LegalHold.placed_at > found.at
    holds = session.scalars(select(LegalHold).where(*standing)).all()
    for one in holds:
        again = LegalHold(patient_id=back_id, why=one.why, placed_at=one.placed_at, placed_by=one.placed_by)
        session.add(again)
        session.flush()
        events.record(session, AuditAction.CREATED, "legal_hold", again.id, back_id)
    said = "A legal hold was placed since the merge and stands for both now. Lift the one that is not meant."
    return [said] if holds else []


def _identity(values: Mapping[str, Any]) -> tuple[str, str]:
    return patients.sort_name(dict(values)), str(values.get("date_of_birth") or "")
