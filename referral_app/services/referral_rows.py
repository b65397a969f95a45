"""Reading a referral's row and answers for the services that show, change and print it; they note what they do."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from referral_app.choices import Permission
from referral_app.clinical.fields import as_list
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.services import references, standing_rows
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import ask_scope, needs
from referral_app.services.referral_records import ReferralRecord, row_values

_TICKED = "ticked for the letter"
"""Beside the groups of the intake in what a version keeps: no group has a name with spaces."""


@needs(Permission.SEE_PATIENTS)
def row(session: Session, name: str) -> Referral:
    """Return a referral's row by its id or reference number.

    Raises NotFound, InvalidInput for a mistyped number, Denied where it is another practice's.
    """
    if len(name) < 30:
        try:
            name = references.read(name)
        except ValueError as error:
            raise InvalidInput({"reference": str(error)}) from error
        found = session.scalar(select(Referral).where(Referral.reference == name))
    else:
        found = session.get(Referral, name)
    if found is None:
        raise NotFound(f"There is no referral {name}." if len(name) < 30 else "This referral is not there.")
    ask_scope(session, found.practice_id, "referral", found.id)
    return found


@needs(Permission.SEE_PATIENTS)
def current(session: Session, found: Referral) -> dict[str, Any] | None:
    """Return the answers of the current version, None for a referral that has none yet."""
    if not found.number:
        return None
    mine = ReferralVersion.referral_id == found.id, ReferralVersion.number == found.number
    return answers(session.scalars(select(ReferralVersion.intake).where(*mine)).one())


def kept(intake: dict[str, Any], marks: Collection[str]) -> dict[str, Any]:
    """Return what a version keeps: the answers, and which private ones were ticked for the letter then."""
    return {**intake, _TICKED: sorted(marks)} if marks else intake


def answers(stored: dict[str, Any]) -> dict[str, Any]:
    """Return the answers of what a version keeps."""
    return {name: value for name, value in stored.items() if name != _TICKED} if _TICKED in stored else stored


def ticked(stored: dict[str, Any]) -> frozenset[str]:
    """Return the private answers that were ticked for the letter of a version; none where that was not kept."""
    return frozenset(str(one) for one in as_list(stored.get(_TICKED)))


def record(found: Referral, intake: dict[str, Any]) -> ReferralRecord:
    """Return the record of a row with its answers."""
    session = object_session(found)
    known = standing_rows.find(session, [found.id]) if session and found.sent_number is not None else {}
    return ReferralRecord(
        **row_values(found, known.get(found.id)),
        intake=intake,
        version=found.version,
        marks=frozenset(found.marks),
        signed_by=found.signed_by,
        signed_at=found.signed_at,
        practice_id=found.practice_id or "",
    )
