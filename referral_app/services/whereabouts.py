"""Where referrals are: at which step, since when, whose they are and what comes next, for lists and the search box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral_app.choices import Permission, ReferralState, RequestStatus
from referral_app.clinical import dates, standings, usual_steps
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.services import standing_rows, waiting
from referral_app.services.permissions import in_scope, needs

_SINCE = {
    RequestStatus.SENT: "sent_on", RequestStatus.RECEIVED: "received_on", RequestStatus.ACCEPTED: "accepted_on",
    RequestStatus.SCHEDULED: "booked_on", RequestStatus.SEEN: "seen_on", RequestStatus.DECLINED: "ended_on",
    RequestStatus.CANCELED: "ended_on", RequestStatus.COMPLETED: "ended_on",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where one referral is; `since` is None where that is not known to the day."""

    id: str
    reference: str
    patient_id: str
    patient: str
    surgeon: str
    where: str
    since: date | None
    owner: str
    next_step: str
    follow_up_on: date | None
    is_open: bool

    @property
    def words(self) -> str:
        """Return the whole answer in one line."""
        since = f" since {dates.say(self.since)}" if self.since else ""
        by = f" by {dates.say(self.follow_up_on)}" if self.follow_up_on else ""
        whose = f"sees to it: {self.owner}" if self.owner else "nobody sees to it" if self.is_open else ""
        step = f"next: {self.next_step}{by}" if self.is_open and self.next_step else ""
        at = f"{self.where}{since}"
        return " · ".join(part for part in (at, self.surgeon, whose, step) if part)


@needs(Permission.SEE_PATIENTS)
def find(session: Session, referral_ids: Sequence[str]) -> dict[str, Place]:
    """Return where referrals in view are, by their ids; as a list shows them."""
    wanted = select(Referral).where(Referral.id.in_(referral_ids), in_scope(session, Referral.practice_id))
    return _places(session, list(session.scalars(wanted)))


@needs(Permission.SEE_PATIENTS)
def of_patients(session: Session, patient_ids: Sequence[str], most: int = 3) -> dict[str, list[Place]]:
    """Return where the referrals of patients are, the open ones first, at most so many of each."""
    mine = Referral.patient_id.in_(patient_ids), in_scope(session, Referral.practice_id)
    rows = list(session.scalars(select(Referral).where(*mine).order_by(Referral.updated.desc())))
    found: dict[str, list[Place]] = {}
    for place in sorted(_places(session, rows).values(), key=lambda one: not one.is_open):
        found.setdefault(place.patient_id, []).append(place)
    return {key: places[:most] for key, places in found.items()}


def _places(session: Session, rows: Sequence[Referral]) -> dict[str, Place]:
    ids = [row.id for row in rows]
    last = (
        select(Request.referral_id, func.max(Request.number).label("number"))
        .where(Request.referral_id.in_(ids))
        .group_by(Request.referral_id)
        .subquery()
    )
    wanted = select(Request).join(
        last, (Request.referral_id == last.c.referral_id) & (Request.number == last.c.number)
    )
    known = {one.referral_id: one for one in session.scalars(wanted)}
    asked = waiting.asked_on(session, [key for key, one in known.items() if one.information_owed])
    return {row.id: _place(row, known.get(row.id), asked.get(row.id)) for row in rows}


def _place(row: Referral, request: Request | None, asked: date | None) -> Place:
    where, since = _where(row, request, asked)
    is_open = row.state not in (ReferralState.CLOSED, ReferralState.CANCELED)
    status = request.status if request else None
    owed = bool(request and request.information_owed)
    usual = usual_steps.of(
        row.state, status, owed, bool(request and request.undelivered), request.visit_on if request else None
    )
    return Place(
        row.id, row.reference, row.patient_id or "", row.patient_name, row.surgeon_name, where, since, row.owner,
        row.next_step or usual, row.follow_up_on, is_open,
    )  # fmt: skip


def _where(row: Referral, request: Request | None, asked: date | None) -> tuple[str, date | None]:
    """Return at which step a referral is, in words, and since when."""
    if row.state is ReferralState.SIGNED and row.signed_at:
        return row.state.label, row.signed_at.astimezone().date()
    if row.state is ReferralState.DRAFT:
        if row.asked_at is not None and row.returned_at is None:
            return "Waits for a signature", row.asked_at.astimezone().date()
        return f"Draft: {row.readiness.label.lower()}", row.updated.astimezone().date()
    standing = standing_rows.of(request) if request else None
    said = standings.of(row.state, row.readiness, standing)
    if request is None or row.state in (ReferralState.CLOSED, ReferralState.CANCELED):
        return said, request.told_on if request else None
    if request.on_hold:
        return f"{said}: {request.reason}", None
    if request.information_owed:
        return f"{request.status.label}; {said.lower()}", asked or request.updated.astimezone().date()
    if request.status is RequestStatus.SCHEDULED and request.visit_on:
        return f"{said} for {dates.say(request.visit_on)}", None
    if standing is not None and standing.is_undelivered:
        return said, request.undelivered_on
    column = _SINCE.get(request.status, "")
    return said, getattr(request, column, None) if column else request.updated.astimezone().date()
