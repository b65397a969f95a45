"""Finding referrals: lists, queues with counts and ages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from referral_app.choices import Readiness, ReferralState
from referral_app.models.referral import Draft, Referral
from referral_app.services.folding import fold, like
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


def find(session: Session, wanted: Filter, limit: int = 200, offset: int = 0) -> list[ReferralRow]:
    """Return the referrals that a list shows, in its order."""
    column = _ORDER.get(wanted.sort, Referral.updated)
    order: list[Any] = [column.desc() if wanted.descending else column.asc(), Referral.id]
    statement = select(Referral).where(*_conditions(wanted)).order_by(*order).limit(limit).offset(offset)
    return [ReferralRow(**row_values(row)) for row in session.scalars(statement)]


def count(session: Session, wanted: Filter) -> int:
    """Return how many referrals a list shows."""
    return session.scalar(select(func.count()).select_from(Referral).where(*_conditions(wanted))) or 0


def queues(session: Session) -> list[Queue]:
    """Return the queues with their counts and oldest entries, in the order of the work."""
    drafts = session.execute(select(func.count(), func.min(Draft.updated))).one()
    found = [Queue("draft", "Draft", drafts[0], drafts[1])]
    for key, (label, conditions) in QUEUES.items():
        number, oldest = session.execute(
            select(func.count(), func.min(Referral.updated)).where(*conditions)
        ).one()
        found.append(Queue(key, label, number, oldest))
    return found


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    parts = list(QUEUES[wanted.queue][1]) if wanted.queue in QUEUES else []
    if wanted.patient_id:
        parts.append(Referral.patient_id == wanted.patient_id)
    if wanted.surgeon_id:
        parts.append(Referral.surgeon_id == wanted.surgeon_id)
    parts += [Referral.folded.like(like(word)) for word in fold(wanted.text.replace("-", "")).split()]
    return parts
