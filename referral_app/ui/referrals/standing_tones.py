"""Which state of widgets.states a referral shows: what stands against it is seen before its word is read."""

from __future__ import annotations

from referral_app.choices import Readiness, ReferralState, RequestStatus
from referral_app.clinical.standings import Standing
from referral_app.services.referral_records import ReferralRow

_TONES = {
    RequestStatus.SENT: "sent", RequestStatus.RECEIVED: "sent", RequestStatus.DECLINED: "missing",
    RequestStatus.UNATTENDED: "review", RequestStatus.VISIT_CANCELED: "review", RequestStatus.CANCEL_ASKED: "review",
    RequestStatus.CANCELED: "canceled", RequestStatus.COMPLETED: "ok",
}  # fmt: skip
_DRAFTS = {Readiness.EMERGENCY: "emergency", Readiness.INCOMPLETE: "incomplete"}


def of(item: ReferralRow) -> str:
    """Return the state that a referral shows."""
    if item.state is ReferralState.DRAFT:
        return _DRAFTS.get(item.readiness, "ready")
    if item.standing is not None and item.state in (ReferralState.SENT, ReferralState.ANSWERED):
        return of_request(item.standing)
    return item.state.value


def of_request(standing: Standing) -> str:
    """Return the state that a request shows."""
    if standing.is_undelivered:
        return "warning"
    if standing.on_hold:
        return "waiting"
    return "missing" if standing.is_owed else _TONES.get(standing.status, "answered")
