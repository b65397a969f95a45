"""Drafts: what one person has typed and not yet saved, one row for each referral and person.

Home lists them when the program starts: what only writing one needs is read in there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical import clock
from referral_app.models.base import now
from referral_app.models.referral import Draft, Referral
from referral_app.services import events, referral_rows
from referral_app.services.errors import Conflict, NotFound
from referral_app.services.permissions import actor, ask_patients, ask_scope, in_scope, needs

NEVER = datetime.min.replace(tzinfo=UTC)
"""When a draft was last seen that its writer never saw."""


@dataclass(frozen=True)
class DraftRecord:
    """A draft; `based_on` is the lock version of the referral that it changes, of a new one that of its patient."""

    id: str
    referral_id: str | None
    person: str
    intake: dict[str, Any]
    updated: datetime
    based_on: int | None
    patient: str
    reference: str = ""
    patient_id: str = ""
    marks: frozenset[str] = frozenset()


@needs(Permission.WRITE)
def save(
    session: Session,
    draft_id: str,
    intake: dict[str, Any],
    referral_id: str | None = None,
    based_on: int | None = None,
    patient_id: str = "",
    marks: frozenset[str] = frozenset(),
    seen: datetime | None = None,
    parted_from: str = "",
) -> datetime:
    """Write a draft of the person who acts under an id that the caller made; saving the same one again replaces it.

    `patient_id` names the stored patient that was chosen, `marks` the private answers ticked for the letter, `seen` the
    moment of the draft that the writer last read or wrote, `NEVER` where that is none, `parted_from` the draft whose
    files this new one is to have too. Returns the moment it has now. The audit notes the first save, and each Yes to
    a red flag that was taken back. Raises Conflict where somebody else, or another window, wrote after `seen`,
    InvalidInput before patients can be stored, Denied for another's.
    """
    ask_patients(session)
    row = session.get(Draft, draft_id)
    if row is None and referral_id:
        row = session.scalar(_mine(session, referral_id))
    if row is not None:
        _ask_scope(session, row)
        _ask_newest(session, row, seen)
    is_new, before = row is None, row.intake if row else {}
    row = row or _new(session, draft_id, referral_id)
    row.intake, row.based_on, row.updated = intake, based_on, now()
    row.patient_id, row.marks = patient_id or None, sorted(marks)
    row.patient = _sort_name(intake.get("patient"))
    session.add(row)
    session.flush()
    if is_new:
        _note(session, AuditAction.DRAFTED, row)
        _share_files(session, parted_from, row)
    _note_reversals(session, row, before)
    return row.updated


@needs(Permission.SEE_PATIENTS)
def get(session: Session, draft_id: str) -> DraftRecord:
    """Return a draft; raises NotFound, Denied for another practice's."""
    row = session.get(Draft, draft_id)
    if row is None:
        raise NotFound("This draft is not there any more; it may have been saved.")
    _ask_scope(session, row)
    _note(session, AuditAction.OPENED, row)
    return _record(session, row)


@needs(Permission.SEE_PATIENTS)
def of_referral(session: Session, referral_id: str) -> DraftRecord | None:
    """Return what the person who acts has typed into a saved referral and not saved, None where there is nothing."""
    row = session.scalar(_mine(session, referral_id))
    if row is None:
        return None
    _ask_scope(session, row)
    _note(session, AuditAction.OPENED, row)
    return _record(session, row)


@needs(Permission.SEE_PATIENTS)
def find(session: Session, mine: bool = False) -> list[DraftRecord]:
    """Return the drafts that the person who acts may see, or their own alone, the latest first.

    Where nobody said who they are, all are their own.
    """
    statement = select(Draft).where(_visible(session)).order_by(Draft.updated.desc(), Draft.id)
    if mine and actor(session).name:
        statement = statement.where(Draft.person == actor(session).name)
    return [_record(session, row) for row in session.scalars(statement)]


@needs(Permission.WRITE)
def discard(session: Session, draft_id: str) -> None:
    """Throw a draft away, and the files that were added to it (`attachments.drop`); nothing where it is gone already.

    Raises Denied for another practice's, InvalidInput while a legal hold stands.
    """
    from referral_app.services import attachments, legal_holds

    row = session.get(Draft, draft_id)
    if row is not None:
        _ask_scope(session, row)
        referral = session.get(Referral, row.referral_id) if row.referral_id else None
        legal_holds.ask(session, row.patient_id or (referral.patient_id if referral else None))
        _note(session, AuditAction.DISCARDED, row)
        session.delete(row)
        session.flush()
        attachments.drop(session, row.id, row.person)


def _note_reversals(session: Session, row: Draft, before: dict[str, Any]) -> None:
    from referral_app.clinical import safety

    if flags := safety.taken_back(before, row.intake):
        _note(session, AuditAction.FLAG_REVERSED, row, flags=flags)


def _share_files(session: Session, parted_from: str, row: Draft) -> None:
    from referral_app.services import attachments

    old = session.get(Draft, parted_from) if parted_from else None
    if old is not None:
        _ask_scope(session, old)
        attachments.share(session, old.id, row.id)


def _ask_newest(session: Session, row: Draft, seen: datetime | None) -> None:
    """Refuse to write over what the writer has not seen; `seen` is None for who means to replace it."""
    if seen is None or row.updated == seen:  # not "later": the clocks of two computers differ
        return
    at = row.updated.astimezone()
    who = _other(session, row) or "Another window of yours"
    raise Conflict(f"{who} went on with this draft at {clock.say(at)}.")


def _other(session: Session, row: Draft) -> str:
    """Return who else opened or began a draft last, "" where nobody did: a row names only who began it."""
    from referral_app.models.audit import AuditEvent

    me, e = actor(session).name, AuditEvent
    if row.person != me:
        return row.person or "Somebody"
    by_others = select(e.person).where(e.kind == "draft", e.object_id == row.id, e.person != me)
    return session.scalar(by_others.order_by(e.sequence.desc()).limit(1)) or ""


def _sort_name(values: Any) -> str:
    from referral_app.services.patients import sort_name

    return sort_name(values) if isinstance(values, dict) else ""  # pyright: ignore[reportUnknownArgumentType]


def _new(session: Session, draft_id: str, referral_id: str | None) -> Draft:
    """Return a new row; it belongs to the practice of its referral, or else to that of the person."""
    from referral_app.services import practices

    practice = practices.of_actor(session)
    if referral_id:
        practice = referral_rows.row(session, referral_id).practice_id
    return Draft(
        id=draft_id, referral_id=referral_id, person=actor(session).name, practice_id=practice or None
    )


def _mine(session: Session, referral_id: str) -> Any:
    return select(Draft).where(Draft.referral_id == referral_id, Draft.person == actor(session).name)


def _visible(session: Session) -> ColumnElement[bool]:
    return in_scope(session, Draft.practice_id) | _own(session)


def _own(session: Session) -> ColumnElement[bool]:
    """Return the condition of a person's own drafts of no referral, which no practice takes away from them."""
    return (Draft.person == actor(session).name) & Draft.referral_id.is_(None)


def _ask_scope(session: Session, row: Draft) -> None:
    """Refuse another practice's draft, unless it is the person's own and of no referral yet."""
    if row.referral_id or row.person != actor(session).name:
        ask_scope(session, row.practice_id, "draft", row.id)


def _note(session: Session, action: AuditAction, row: Draft, **details: Any) -> None:
    events.record(session, action, "draft", row.id, row.patient_id, **details)


def _record(session: Session, row: Draft) -> DraftRecord:
    referral = session.get(Referral, row.referral_id) if row.referral_id else None
    return DraftRecord(
        row.id, row.referral_id, row.person, row.intake, row.updated, row.based_on, row.patient,
        referral.reference if referral else "",
        row.patient_id or "",
        frozenset(row.marks),
    )  # fmt: skip
