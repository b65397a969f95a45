"""The one word for where a referral stands, for lists, search, paper and files alike: what really happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from referral_app.choices import BounceReason, Readiness, ReferralState, RequestStatus
from referral_app.clinical import transitions

NOT_DELIVERED, ASKED, HELD = "Not delivered", "Information asked for", "On hold"
_SHORT = {BounceReason.BUSY: "line busy", BounceReason.REFUSED: "refused", BounceReason.OTHER: "see why"}
"""Why nothing arrived, as short as a column is."""


@dataclass(frozen=True)
class Standing:
    """What the word is taken from beside the referral's own state: its latest request.

    `undelivered` says why it did not arrive, None where it did or nobody knows; `visit_on` is the day of the visit.
    """

    status: RequestStatus
    information_owed: bool = False
    on_hold: bool = False
    undelivered: BounceReason | None = None
    visit_on: date | None = None

    @property
    def is_undelivered(self) -> bool:
        """Whether it is known that it did not arrive, and nothing has come since that says otherwise."""
        return self.status is RequestStatus.SENT and self.undelivered is not None

    @property
    def is_owed(self) -> bool:
        """Whether the surgeon's office waits for something; after the end nobody does."""
        return self.information_owed and self.status not in transitions.OVER

    @property
    def words(self) -> str:
        """Where the request stands; what is waited for by the surgeon's office or the patient comes first."""
        if self.on_hold:
            return HELD
        if self.is_owed:
            return ASKED
        if self.is_undelivered and self.undelivered is not None:
            return f"{NOT_DELIVERED}: {_SHORT.get(self.undelivered, self.undelivered.label.lower())}"
        return self.status.label


def of(state: ReferralState, readiness: Readiness, standing: Standing | None = None) -> str:
    """Return the word for a referral; before it is sent the latest request, of an earlier version, says nothing."""
    if state is ReferralState.DRAFT:
        return readiness.label
    is_on_its_way = state in (ReferralState.SENT, ReferralState.ANSWERED)
    return standing.words if is_on_its_way and standing is not None else state.label
