"""The plans of some surgeons, for lists: the rows of a search are short and do not carry them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.models.surgeon import Plan, SurgeonPlan
from referral_app.services.permissions import needs


@needs(Permission.SEE_DIRECTORY)
def of(session: Session, surgeon_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of the plans by the id of the surgeon, by name; who has none is left out."""
    rows = session.execute(
        select(SurgeonPlan.surgeon_id, Plan.name)
        .join(Plan, Plan.id == SurgeonPlan.plan_id)
        .where(SurgeonPlan.surgeon_id.in_(surgeon_ids))
        .order_by(Plan.name)
    )
    found: dict[str, tuple[str, ...]] = {}
    for surgeon_id, name in rows:
        found[surgeon_id] = (*found.get(surgeon_id, ()), name)
    return found
