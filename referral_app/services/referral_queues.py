"""The piles of work that referrals lie in, as conditions on their columns; `worklists` counts and lists them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, select

from referral_app.choices import Readiness, ReferralState, RequestStatus
from referral_app.models.referral import Referral
from referral_app.models.request import Request


def _is_unanswered() -> ColumnElement[bool]:
    """Return the condition that nothing but a receipt is known of what was sent last."""
    last = select(Request.status).where(Request.referral_id == Referral.id).correlate(Referral)
    status = last.order_by(Request.number.desc()).limit(1).scalar_subquery()
    return status.in_((RequestStatus.SENT, RequestStatus.RECEIVED))


_ASKED = Referral.asked_at > datetime(1970, 1, 1, tzinfo=UTC)
"""As "is not null", for which SQLite would read every referral instead of the index."""
_DRAFT = (Referral.state == ReferralState.DRAFT, Referral.asked_at.is_(None))
_CORRECTED = (Referral.state == ReferralState.SIGNED) & Referral.sent_number.is_not(None)

QUEUES: dict[str, tuple[str, tuple[ColumnElement[bool], ...]]] = {
    "missing": ("Missing something", (*_DRAFT, Referral.readiness != Readiness.READY)),
    "ready": ("To hand over", (*_DRAFT, Referral.readiness == Readiness.READY)),
    "returned": ("Returned", (_ASKED, Referral.returned_at.is_not(None))),
    "sign": ("To sign", (_ASKED, Referral.returned_at.is_(None))),
    "signed": ("Signed and not sent", (Referral.state == ReferralState.SIGNED,)),
    "sent": ("Sent and not answered", (
        Referral.state.in_((ReferralState.SENT, ReferralState.SIGNED)),
        (Referral.state == ReferralState.SENT) | (_CORRECTED & _is_unanswered()))),
}  # fmt: skip
"""The queues by key: label and conditions. What was typed and not saved is a queue of its own.

What was handed over stands in "returned" or "sign" alone until it is signed or canceled; both read the index of
`asked_at`.
A correction of what was sent stands in one of those and then in "signed", and meanwhile still waits for an answer.
"""

SENT_ON = select(Request.sent_on).where(Request.referral_id == Referral.id).correlate(Referral).order_by(
    Request.number.desc()
).limit(1).scalar_subquery()  # fmt: skip
"""The day on which a referral was sent last."""

SINCE = {"returned": Referral.returned_at, "sign": Referral.asked_at}
"""Since when an entry of a queue waits, where that is not its last change."""
