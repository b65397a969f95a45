"""Finding referrals: lists, queues with counts and ages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission, Readiness, ReferralState
from referral_app.models.referral import Draft, Referral
from referral_app.services.folding import fold, like
from referral_app.services.permissions import actor, in_scope, needs
from referral_app.services.referral_records import Filter, Queue, ReferralRow, row_values

QUEUES: dict[str, tuple[str, tuple[ColumnElement[bool], ...]]] = {
    "missing": ("Missing something", (
        Referral.state == ReferralState.DRAFT, Referral.readiness != Readiness.READY)),
    "ready": ("Ready to sign", (Referral.state == ReferralState.DRAFT, Referral.readiness == Readiness.READY)),
    "signed": ("Signed and not sent", (Referral.state == ReferralState.SIGNED,)),
    "sent": ("Sent and not answered", (Referral.state == ReferralState.SENT,)),
}  # fmt: skip
"""The queues of referrals by key: label and conditions. What was typed and not saved is a queue of its own."""

_ORDER = {
    "updated": Referral.updated, "patient": Referral.patient_name, "surgeon": Referral.surgeon_name,
    "state": Referral.state, "reference": Referral.reference, "urgency": Referral.urgency,
    "date_of_birth": Referral.date_of_birth, "created": Referral.created,
}  # fmt: skip


@needs(Permission.SEE_PATIENTS)
def find(session: Session, wanted: Filter, limit: int = 200, offset: int = 0) -> list[ReferralRow]:
    """Return the referrals that a list shows, in its order."""
    column = _ORDER.get(wanted.sort, Referral.updated)
    both = (column, Referral.id)  # in one direction, which an index can be read in
    order: list[Any] = [one.desc() if wanted.descending else one.asc() for one in both]
    statement = (
        select(Referral).where(*_conditions(session, wanted)).order_by(*order).limit(limit).offset(offset)
    )
    return [ReferralRow(**row_values(row)) for row in session.scalars(statement)]


@needs(Permission.SEE_PATIENTS)
def count(session: Session, wanted: Filter) -> int:
    """Return how many referrals a list shows."""
    return (
        session.scalar(select(func.count()).select_from(Referral).where(*_conditions(session, wanted))) or 0
    )


@needs(Permission.SEE_PATIENTS)
def queues(session: Session) -> list[Queue]:
    """Return the queues with their counts and oldest entries, in the order of the work."""
    own = (Draft.person == actor(session).name) & Draft.referral_id.is_(None)
    mine = in_scope(session, Draft.practice_id) | own
    drafts = session.execute(select(func.count(), func.min(Draft.updated)).where(mine)).one()
    found = [Queue("draft", "Draft", drafts[0], drafts[1])]
    for key, (label, conditions) in QUEUES.items():
        number, oldest = session.execute(
            select(func.count(), func.min(Referral.updated)).where(
                in_scope(session, Referral.practice_id), *conditions
            )
        ).one()
        found.append(Queue(key, label, number, oldest))
    return found


def _conditions(session: Session, wanted: Filter) -> list[ColumnElement[bool]]:
    parts = [in_scope(session, Referral.practice_id)]
    parts += QUEUES[wanted.queue][1] if wanted.queue in QUEUES else ()
    if wanted.patient_id:
        parts.append(Referral.patient_id == wanted.patient_id)
    if wanted.surgeon_id:
        parts.append(Referral.surgeon_id == wanted.surgeon_id)
    parts += [Referral.folded.like(like(word)) for word in fold(wanted.text.replace("-", "")).split()]
    return parts
