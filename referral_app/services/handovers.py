"""What somebody saw to who leaves goes to whoever takes them out of use, so that no referral is seen to by nobody."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction
from referral_app.models.referral import Referral
from referral_app.models.work import Task
from referral_app.services import events, referral_writing, waiting
from referral_app.services.permissions import actor
from referral_app.services.referral_records import PLANNED

WHY = "Who saw to it was removed from the people who work here"


def take_over(session: Session, person_id: str) -> int:
    """Give the open referrals and tasks of a person to who acts, and return how many referrals; part of removing."""
    who = actor(session)
    mine = Referral.owner_id == person_id, Referral.state.not_in(referral_writing.OVER)
    rows = session.scalars(select(Referral).where(*mine)).all()
    for row in rows:
        row.owner_id, row.owner = who.person_id, who.name
        referral_writing.append_event(session, row, PLANNED, f"for {who.name}: {WHY}")
        session.flush()
        waiting.follow(session, row)
    theirs = Task.owner_id == person_id, Task.done_at.is_(None)
    session.execute(update(Task).where(*theirs).values(owner_id=who.person_id, owner=who.name))
    if rows:
        events.record(session, AuditAction.CHANGED, "referrals", person_id, fields=["owner"], count=len(rows))
    return len(rows)
