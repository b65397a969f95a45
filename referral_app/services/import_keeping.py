"""New entries of an import that stay though it goes, because somebody changed or relies on them since."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models import surgeon as tables
from referral_app.models.center import TrialSurgeon
from referral_app.models.directory import DirectoryChange, FaxUse
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.work import Appointment
from referral_app.services import directory_index, surgeon_parts
from referral_app.services.permissions import needs

_S = tables.Surgeon
NAMED_BY = (
    Referral.surgeon_id,
    Request.surgeon_id,
    Appointment.surgeon_id,
    FaxUse.surgeon_id,
    TrialSurgeon.surgeon_id,
    _S.successor_id,
    _S.merged_into_id,
)
"""The columns that name a surgeon who then cannot go; what else points to one goes along."""


@needs(Permission.CHANGE_DIRECTORY)
def touched(session: Session, import_id: str) -> list[str]:
    """Return the ids of the new entries of an import that somebody changed or relies on since it came in."""
    named: set[str] = set()
    for column in NAMED_BY:
        named.update(filter(None, session.scalars(select(column).where(column.is_not(None)).distinct())))
    others = select(DirectoryChange.object_id).where(_of_others(import_id)).distinct()
    named.update(session.scalars(others))
    found: list[str] = []
    waiting = sorted(named)
    for at in range(0, len(waiting), 500):
        some = _S.id.in_(waiting[at : at + 500])
        found += session.scalars(select(_S.id).where(some, _S.import_id == import_id))
    return found


@needs(Permission.CHANGE_DIRECTORY)
def some_touched(session: Session, import_id: str, ids: Sequence[str]) -> list[str]:
    """Return those of a few new entries of an import that somebody changed or relies on; asked before they are deleted.

    A referral may be saved after `touched` told which those are.
    """
    named: set[str | None] = set()
    for column in NAMED_BY:
        named.update(session.scalars(select(column).where(column.in_(ids))))
    changes = DirectoryChange.object_id.in_(ids), _of_others(import_id)
    named.update(session.scalars(select(DirectoryChange.object_id).where(*changes)))
    return [one for one in ids if one in named]


@needs(Permission.CHANGE_DIRECTORY)
def keep(session: Session, import_id: str, ids: Sequence[str]) -> list[str]:
    """Let new entries of an import be entries of the directory like any other; return a sentence for each.

    Those that are out of view already come back.
    """
    if not ids:
        return []
    rows = session.scalars(select(_S).where(_S.id.in_(ids)).options(*surgeon_parts.loading())).all()
    sentences: list[str] = []
    is_chunked = bool(directory_index.reserved(session, import_id))
    for row in rows:
        entry = surgeon_parts.record(row)
        sentences.append(f"{entry.name} stays: {_why(session, row.id)}.")
        row.import_id = None
        if is_chunked:  # the numbers of the import go out of view with it
            if not directory_index.is_staged(session, row.number):
                directory_index.follow(session, row.number, entry, None)
            row.number = directory_index.next_number(session)
            session.flush()
            directory_index.follow(session, row.number, None, entry)
    session.flush()
    return sentences


def _of_others(import_id: str) -> ColumnElement[bool]:
    return or_(DirectoryChange.import_id.is_(None), DirectoryChange.import_id != import_id)


def _why(session: Session, surgeon_id: str) -> str:
    for column, words in (
        (Referral.surgeon_id, "a referral names this surgeon"),
        (Request.surgeon_id, "a referral was sent to this surgeon"),
        (Appointment.surgeon_id, "an appointment is with this surgeon"),
        (FaxUse.surgeon_id, "a letter went to this surgeon's fax"),
    ):
        if session.scalar(select(column).where(column == surgeon_id).limit(1)):
            return words
    change = session.scalar(
        select(DirectoryChange)
        .where(DirectoryChange.object_id == surgeon_id)
        .order_by(DirectoryChange.sequence.desc())
        .limit(1)
    )
    if change is not None:
        return f"{change.person or 'somebody'} changed this entry since ({change.act.label.lower()})"
    return "another entry or a trial points to it"
