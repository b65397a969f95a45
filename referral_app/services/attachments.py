"""Documents enclosed with a referral: their cleaned bytes, kept with the hash that a row of the intake names.

A row says what a document is; here lie its bytes. They belong to a draft until a save of its referral names them.
Versions name them by hash, so nothing that a version names is ever changed or taken away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, or_, select, update
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission
from referral_app.clinical.fields import rows
from referral_app.models.base import now
from referral_app.models.referral import Draft
from referral_app.models.work import Attachment
from referral_app.services import events, practices, referral_rows
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import actor, ask_patients, ask_scope, needs

MOST = 100
"""Files of one referral."""
LONGEST_NAME = 120
LEFT_BEHIND = timedelta(days=1)
"""How long what no save named is kept, so that it can be put back while the form is open."""

NOT_HERE = "The file of this attachment is not in this store. Add the file again."
DAMAGED = (
    "The file of this attachment is not what was added: its checksum differs. Do not use it. "
    "Restore a backup, or add the file again."
)
TOO_MANY = f"A referral takes at most {MOST} files. Remove some, or send the others separately."

_ABOUT = (
    Attachment.id, Attachment.sha256, Attachment.name, Attachment.pages, Attachment.size, Attachment.added_at,
    Attachment.added_by,
)  # fmt: skip
"""What a list shows: never the bytes."""


@dataclass(frozen=True)
class Owner:
    """Where an attachment belongs: to a draft, and to its referral where that was saved already."""

    draft_id: str = ""
    referral_id: str = ""


@dataclass(frozen=True)
class AttachmentRecord:
    """A file that was added, without its bytes; `again` says that it was there already."""

    id: str
    sha256: str
    name: str
    pages: int
    size: int
    added_at: datetime
    added_by: str
    again: bool = False


@needs(Permission.WRITE)
def add(
    session: Session, owner: Owner, pdf: bytes, *, pages: int, name: str = "", original_sha256: str = ""
) -> AttachmentRecord:
    """Keep the cleaned bytes of a file and return it; one that is there already is not kept twice.

    Raises InvalidInput where it is one too many or patients cannot be stored yet, Denied for another's referral.
    """
    ask_patients(session)
    patient = _ask(session, owner)
    sha256 = hashlib.sha256(pdf).hexdigest()
    mine = session.execute(select(*_ABOUT).where(_belongs(owner))).all()
    for row in mine:
        if row.sha256 == sha256:
            return replace(AttachmentRecord(*row), again=True)
    if len(mine) >= MOST:
        raise InvalidInput({"attachments": TOO_MANY})
    row = Attachment(
        referral_id=owner.referral_id or None, draft_id=owner.draft_id or None, practice_id=_practice(session, owner),
        name=name[:LONGEST_NAME], pages=pages, size=len(pdf), sha256=sha256, original_sha256=original_sha256,
        added_by=actor(session).name, content=pdf,
    )  # fmt: skip
    session.add(row)
    session.flush()
    events.record(session, AuditAction.CREATED, "attachment", row.id, patient, referral=owner.referral_id)
    return AttachmentRecord(row.id, sha256, row.name, pages, row.size, row.added_at, row.added_by)


@needs(Permission.SEE_PATIENTS)
def find(session: Session, owner: Owner) -> list[AttachmentRecord]:
    """Return the files of a draft and its referral in the order in which they were added, without their bytes.

    Raises NotFound, Denied for another practice's.
    """
    _ask(session, owner)
    found = select(*_ABOUT).where(_belongs(owner)).order_by(Attachment.added_at, Attachment.id)
    return [AttachmentRecord(*row) for row in session.execute(found)]


@needs(Permission.SEE_PATIENTS)
def read(session: Session, owner: Owner, sha256: str) -> bytes:
    """Return the bytes of a file, a PDF, that a row of the intake names; noted as opened.

    Raises NotFound where it is not there, InvalidInput where it is not what was added, Denied.
    """
    patient = _ask(session, owner)
    wanted = _belongs(owner) & (Attachment.sha256 == sha256)
    row = session.execute(select(Attachment.id, Attachment.content).where(wanted).limit(1)).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    events.record(session, AuditAction.OPENED, "attachment", row.id, patient, referral=owner.referral_id)
    if hashlib.sha256(row.content).hexdigest() != sha256:
        raise InvalidInput({"attachments": DAMAGED})
    return row.content


def follow(session: Session, draft_id: str, referral_id: str, intake: Mapping[str, Any]) -> None:
    """Let the files that a version names belong to its referral from now on; called by the save.

    They are those of the draft, and those that were added to any draft of this referral: a version may name what came
    by another's draft, or by a form that was opened twice, and must keep it when that draft goes.
    """
    named = {row["sha256"] for row in rows(intake, "attachments") if isinstance(row.get("sha256"), str)}
    if named:
        if draft_id:
            _ask_loose(session, draft_id)
        of = Attachment.draft_id == draft_id if draft_id else false()
        of = or_(of, (Attachment.referral_id == referral_id) & Attachment.draft_id.is_not(None))
        mine = of & Attachment.sha256.in_(named)
        practice = referral_rows.row(session, referral_id).practice_id
        session.execute(
            update(Attachment)
            .where(mine)
            .values(referral_id=referral_id, draft_id=None, practice_id=practice)
        )
    _sweep(session)


@needs(Permission.WRITE)
def keep(session: Session, referral: str, attachment_id: str) -> None:
    """Let a file that was added with a reply or a confirmation stay with its referral; part of recording that.

    Raises NotFound where it is not one of this referral, Denied.
    """
    row = referral_rows.row(session, referral)
    found = session.get(Attachment, attachment_id)
    if found is None or found.referral_id != row.id:
        raise NotFound(NOT_HERE)
    found.draft_id = None


def share(session: Session, draft_id: str, with_draft: str) -> None:
    """Let another draft, which was parted from this one, have the files that were added to it; `save` asked already."""
    for row in session.scalars(select(Attachment).where(Attachment.draft_id == draft_id)):
        session.add(
            Attachment(
                referral_id=row.referral_id, draft_id=with_draft, practice_id=row.practice_id, name=row.name,
                pages=row.pages, size=row.size, sha256=row.sha256, original_sha256=row.original_sha256,
                added_by=row.added_by, added_at=row.added_at, content=row.content,
            )
        )  # fmt: skip
    session.flush()


def drop(session: Session, draft_id: str, whose: str) -> None:
    """Throw away what was added to a draft and no version names; called where the draft of `whose` is discarded.

    Where somebody else discards it, its form may still be open and put it back: its files go after a day.
    """
    if whose == actor(session).name:
        session.execute(delete(Attachment).where(Attachment.draft_id == draft_id))
    _sweep(session)


def _sweep(session: Session) -> None:
    """Throw away what was removed before a save, or left behind by a draft that is gone, once it is a day old."""
    old = Attachment.draft_id.is_not(None) & (Attachment.added_at < now() - LEFT_BEHIND)
    waiting = session.execute(select(Attachment.draft_id, Attachment.referral_id).where(old).distinct()).all()
    for draft_id, referral_id in waiting:
        # The ids are compared by the driver's types: a draft's own lies there without hyphens, `draft_id` with them.
        of_draft = or_(
            Draft.id == draft_id, and_(Draft.referral_id == referral_id, Draft.referral_id.is_not(None))
        )
        if session.scalar(select(Draft.id).where(of_draft).limit(1)) is None:
            session.execute(delete(Attachment).where(old, Attachment.draft_id == draft_id))


def _belongs(owner: Owner) -> ColumnElement[bool]:
    """Return the condition of files of a draft, or of its referral; others' unsaved ones are not among them."""
    saved = (Attachment.referral_id == owner.referral_id) & Attachment.draft_id.is_(None)
    mine = Attachment.draft_id == owner.draft_id
    if owner.referral_id and owner.draft_id:
        return or_(saved, mine)
    return saved if owner.referral_id else mine


def _ask(session: Session, owner: Owner) -> str | None:
    """Return whose file it is, as far as that is known; refuse what belongs to a practice that the actor does not see.

    A person's own draft of no referral is theirs.
    """
    if not (owner.referral_id or owner.draft_id):
        raise NotFound("Say which referral the file belongs to.")
    referral = referral_rows.row(session, owner.referral_id) if owner.referral_id else None
    row = session.get(Draft, owner.draft_id) if owner.draft_id else None
    if row is not None and (row.referral_id or row.person != actor(session).name):
        ask_scope(session, row.practice_id, "draft", row.id)
    if row is None and owner.draft_id:
        _ask_loose(session, owner.draft_id)
    return referral.patient_id if referral else row.patient_id if row else None


def _ask_loose(session: Session, draft_id: str) -> None:
    """Refuse what another practice added to a draft that was never stored, or is gone."""
    loose = select(Attachment.practice_id, Attachment.added_by).where(Attachment.draft_id == draft_id)
    for practice_id, added_by in session.execute(loose):
        if added_by != actor(session).name:
            ask_scope(session, practice_id, "draft", draft_id)


def _practice(session: Session, owner: Owner) -> str | None:
    if owner.referral_id:
        return referral_rows.row(session, owner.referral_id).practice_id
    return practices.of_actor(session) or None
