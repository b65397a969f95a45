"""Giving many referrals to somebody, or having them looked at on a day, as one act that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.services import owners
from referral_app.services.errors import InvalidInput
from referral_app.services.owners import PlanRecord
from referral_app.services.permissions import needs

MOST = 200
"""As many as can be chosen in a list at once."""


@dataclass(frozen=True)
class Earlier:
    """How a referral was planned before an act, and its version after it."""

    name: str
    plan: PlanRecord
    version: int


@needs(Permission.WRITE)
def assign(session: Session, names: Sequence[str], owner_id: str) -> list[Earlier]:
    """Give referrals, by ids or reference numbers, to somebody, "" to nobody; return how they were before.

    Those that are that person's already are left out. Raises InvalidInput ("owner_id"; "" for too many), NotFound,
    Denied; then none is changed, as the transaction ends.
    """
    before = _before(session, names)
    whose = owners.named(session, owner_id)
    others = {name: plan for name, plan in before.items() if not _is(plan, *whose)}
    return [
        Earlier(name, plan, owners.assign(session, name, owner_id).version) for name, plan in others.items()
    ]


@needs(Permission.WRITE)
def follow_up(
    session: Session, names: Sequence[str], on: date | None, next_step: str | None = None
) -> list[Earlier]:
    """Have referrals looked at on a day, None for no day; return how they were before.

    `next_step` is noted for all of them, None leaves what each has. Raises InvalidInput ("follow_up_on"; "" for too
    many), NotFound, Denied.
    """
    changed: list[Earlier] = []
    for name, plan in _before(session, names).items():
        step = plan.noted if next_step is None else next_step.strip()
        if (plan.noted, plan.follow_up_on) != (step, on):
            changed.append(Earlier(name, plan, owners.plan(session, name, step, on).version))
    return changed


@needs(Permission.WRITE)
def put_back(session: Session, changed: Sequence[Earlier]) -> int:
    """Plan referrals as they were before an act; return how many somebody changed since, which stay as they are."""
    left = 0
    for one in changed:
        if owners.get(session, one.name).version != one.version:
            left += 1
        else:
            owners.put_back(session, one.name, one.plan)
    return left


def _is(plan: PlanRecord, owner_id: str, owner: str) -> bool:
    """Tell whether a referral is somebody's already: by their id, or by name where there is none."""
    return plan.owner_id == owner_id and (bool(owner_id) or plan.owner == owner)


def _before(session: Session, names: Sequence[str]) -> dict[str, PlanRecord]:
    if not names:
        raise InvalidInput({"": "Choose at least one referral."})
    if len(names) > MOST:
        raise InvalidInput({"": f"Choose at most {MOST} referrals at once."})
    return {name: owners.get(session, name) for name in names}
