"""Opening a referral for writing: new, saved, or as it was typed before; plain functions that run in the background."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from referral_app.clinical import check, dates
from referral_app.clinical.code_lists import CodeLists
from referral_app.clinical.fields import given
from referral_app.clinical.intake import STEPS
from referral_app.clinical.requirements import Requirement
from referral_app.clinical.thresholds import Own
from referral_app.database import Database
from referral_app.services import (
    carried_over,
    center_requirements,
    code_lists,
    drafts,
    patients,
    practices,
    referrals,
    surgeons,
    tasks,
    thresholds,
    worklists,
)
from referral_app.services.carried_over import Carried
from referral_app.services.drafts import DraftRecord
from referral_app.services.permissions import actor
from referral_app.services.referral_records import Filter, ReferralRow
from referral_app.services.referrals import ReferralRecord
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.referrals import answers, known, standing
from referral_app.ui.referrals.draft import Sheet
from referral_app.ui.referrals.standing import Standing

LAST = len(STEPS)
TYPED = "This is what you typed before and did not save."
THEIRS = "{} typed this and did not save it. Ask first: if both of you type, who types later gets a draft of their own."
OTHER_PATIENT = (
    f"{TYPED} The patient's entry was changed since: compare names, phone, address and coverage with it."
)
CHANGED = f"{TYPED} Someone saved another version since; when you save, you see both."


def new(
    db: Database, patient_id: str = "", surgeon_id: str = "", provider_id: str = "", **told: str
) -> Sheet:
    """Return a new referral with everything that is known already; `told` is what `known.begin` takes."""
    with db.read() as session:
        intake = referrals.new_intake(session, patient_id, surgeon_id, provider_id)
        intake.setdefault("signature", {})["prepared_by"] = actor(session).name
        note = known.begin(intake, told)
        seen = _version(session, patient_id)
        sheet = Sheet(str(uuid.uuid4()), intake, patient_id=patient_id, patient_version=seen, note=note)
        _mark_carried(session, sheet)
        return _complete(session, sheet)


def saved(db: Database, name: str) -> Sheet:
    """Return a saved referral, with what this person typed into it since."""
    with db.read() as session:
        record = referrals.get(session, name)
        return _of_record(session, record, drafts.of_referral(session, record.id))


def resumed(db: Database, draft_id: str) -> Sheet:
    """Return a draft as it was left."""
    with db.read() as session:
        draft = drafts.get(session, draft_id)
        if draft.referral_id:
            return _of_record(session, referrals.get(session, draft.referral_id), draft)
        seen = draft.based_on or 0
        other = draft.patient_id and seen and seen != _version(session, draft.patient_id)
        sheet = Sheet(
            draft.id, draft.intake, note=_whose(session, draft, OTHER_PATIENT if other else TYPED),
            patient_id=draft.patient_id, patient_version=seen, marks=draft.marks, draft_seen=draft.updated,
        )  # fmt: skip
        _mark_carried(session, sheet)
        return _complete(session, sheet)


def _whose(session: Any, draft: DraftRecord, mine: str) -> str:
    """Return what is said of a draft that is opened again: somebody else's is not what this person typed."""
    if draft.person == actor(session).name:
        return mine
    return " ".join((THEIRS.format(draft.person or "Somebody"), mine.removeprefix(TYPED).strip())).strip()


def _version(session: Any, patient_id: str) -> int:
    """Return which state of a patient stands in the store, 0 where there is none; they are no opening."""
    found = patients.several(session, [patient_id]) if patient_id else []
    return found[0].version if found else 0


def carried(db: Database, patient_id: str) -> Carried:
    """Return what the last referral of a patient hands on to a new one."""
    with db.read() as session:
        return carried_over.latest(session, patient_id)


def _mark_carried(session: Any, sheet: Sheet) -> None:
    """Say of the groups that still stand as the last referral had them when that was written."""
    if not sheet.patient_id:
        return
    found = carried_over.latest(session, sheet.patient_id)
    if found.on is not None:
        same = [name for name in found.to_confirm if sheet.intake.get(name) == found.values[name]]
        sheet.carried = dict.fromkeys(same, dates.say(found.on))


def of_version(session: Any, record: ReferralRecord) -> Sheet:
    """Return an older version of a referral to be read; nothing is typed into it."""
    sheet = Sheet("", record.intake, referral_id=record.id, reference=record.reference, marks=record.marks)
    return _complete(session, sheet)


def _of_record(session: Any, record: ReferralRecord, draft: DraftRecord | None) -> Sheet:
    sheet = Sheet(
        draft.id if draft else str(uuid.uuid4()),
        draft.intake if draft else record.intake,
        referral_id=record.id,
        reference=record.reference,
        state=record.state,
        version=draft.based_on or record.version if draft else record.version,
        marks=draft.marks if draft else record.marks,
        patient_id=record.patient_id,
        practice_id=record.practice_id,
        standing=Standing(record),
        draft_seen=draft.updated if draft else None,
        asked_for=tasks.asked_fields(session, record.id),
    )
    if draft:
        sheet.note = _whose(session, draft, TYPED if sheet.version == record.version else CHANGED)
        sheet.unsaved = True
    return _complete(session, sheet)


def _complete(session: Any, sheet: Sheet) -> Sheet:
    """Add the surgeon chosen, the office, and the procedures of the directory."""
    chosen = given(sheet.intake, "request.surgeon")
    sheet.surgeon = surgeons.find_by(session, chosen) if isinstance(chosen, str) else None
    sheet.practice = practices.ours(session)
    standing.complete(session, sheet.standing, sheet.practice)
    sheet.procedures = surgeons.procedures(session)
    sheet.asked = center_requirements.defaults(session)
    wanted = center_requirements.asked(sheet.surgeon, sheet.asked, sheet.procedures)
    sheet.figures = thresholds.of_center(session)
    sheet.codes = code_lists.known(session)
    limits = thresholds.counting(sheet.figures, sheet.surgeon)
    sheet.check = check.check(sheet.intake, wanted, thresholds=limits, codes=sheet.codes)
    return sheet


def directory(
    db: Database, surgeon_id: str
) -> tuple[SurgeonRecord | None, Sequence[Requirement], Own, CodeLists]:
    """Return the surgeon chosen, what the Center asks for, its figures and the codes known, as they are by now."""
    with db.read() as session:
        surgeon = surgeons.find_by(session, surgeon_id) if surgeon_id else None
        asked, figures = center_requirements.defaults(session), thresholds.of_center(session)
        return surgeon, asked, figures, code_lists.known(session)


def moved_on(db: Database, record: ReferralRecord | None) -> ReferralRecord | None:
    """Return a referral as it stands now where it moved on with the same answers, else None.

    It is read whole, and noted, only then.
    """
    if record is None:
        return None
    with db.read() as session:
        found = worklists.find(session, Filter(ids=(record.id,)), 1)
        is_same = bool(found) and found[0].number == record.number
        moved = is_same and _stands(found[0]) != _stands(record)
        return referrals.get(session, record.id) if moved else None


def _stands(row: ReferralRow) -> tuple[object, ...]:
    return row.state, row.sent_at, row.standing


def first_step(sheet: Sheet) -> int:
    """Return the step where a referral opens: a new one at the patient, any other where something is missing.

    What the surgeon's office asked for comes before that.

    One that waits for a signature opens for a clinician where it is reviewed and signed.
    """
    if sheet.standing.waits and sheet.standing.may_sign:
        return LAST
    if sheet.asked_for:
        return min(answers.step_of(path) for path in sheet.asked_for)
    if not sheet.referral_id and not sheet.note:
        return 1 if not sheet.patient_id else 2
    found = sheet.check or check.check(sheet.intake, codes=sheet.codes)
    lines = (*found.emergency, *found.missing)
    steps = [answers.step_of(line.field) for line in lines if line.status in _OPEN]
    return min(steps, default=LAST)


_OPEN = ("emergency", "missing")
