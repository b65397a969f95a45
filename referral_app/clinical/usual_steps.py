"""What usually comes next for a referral, where nobody noted anything else."""

from __future__ import annotations

from datetime import date

from referral_app.choices import ReferralState, RequestStatus
from referral_app.clinical import dates, transitions

NOTHING = "Nothing more to do"
AGAIN = "Send it again: it did not arrive"
_USUAL = {
    RequestStatus.SENT: "Confirm that the surgeon’s office has it",
    RequestStatus.RECEIVED: "Ask whether it is accepted",
    RequestStatus.ACCEPTED: "Ask for a date of the visit",
    RequestStatus.ACTIVE: "Ask for a date of the visit",
    RequestStatus.SCHEDULED: "Ask how the visit went",
    RequestStatus.UNATTENDED: "Ask the patient, and for another date",
    RequestStatus.VISIT_CANCELED: "Ask for another date",
    RequestStatus.SEEN: "Ask for the outcome",
    RequestStatus.CANCEL_ASKED: "Ask whether the cancellation is confirmed",
    RequestStatus.DECLINED: "Ask the next surgeon, or tell the patient",
    RequestStatus.COMPLETED: "Tell the patient the plan",
}
"""What usually comes next where nobody noted anything else."""
_BEFORE = {ReferralState.DRAFT: "Complete and sign it", ReferralState.SIGNED: "Send it"}


def of(
    state: ReferralState,
    status: RequestStatus | None,
    owed: bool = False,
    undelivered: bool = False,
    visit_on: date | None = None,
    today: date | None = None,
) -> str:
    """Return what usually comes next for a referral that stands somewhere; `undelivered` where it did not arrive.

    Before the day of the booked visit, `visit_on`, the patient is to know it; nobody asks how it went yet.
    """
    if state in (ReferralState.CLOSED, ReferralState.CANCELED):
        return NOTHING
    if state in _BEFORE:
        return _BEFORE[state]
    if owed and status not in transitions.OVER:
        return "Give what the surgeon’s office asked for"
    if undelivered:
        return AGAIN
    if status is RequestStatus.SCHEDULED and visit_on and visit_on > (today or date.today()):
        return f"Tell the patient: visit on {dates.say(visit_on)}"
    return _USUAL.get(status, "") if status else _USUAL[RequestStatus.SENT]
