"""How a saved referral stands when its form is opened: as stored, who would sign it here, and what they saw of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from referral_app.choices import Permission, ReferralState, Role
from referral_app.services import signatures, versions
from referral_app.services.permissions import Actor, actor
from referral_app.services.practices import PracticeRecord
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.versions import Seen
from referral_app.ui.referrals import difference_lines


@dataclass
class Standing:
    """`record` is the referral as stored, `signer` the name of who signs at this desk, `seen` what they did last.

    `looked` holds what this clinician marked as looked at: for each part of the review its words at that moment.
    """

    record: ReferralRecord | None = None
    may_sign: bool = False
    signer: str = ""
    seen: Seen | None = None
    names: dict[str, str] = field(default_factory=dict[str, str])
    looked: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def waits(self) -> bool:
        """Tell whether it was handed to a clinician and not returned."""
        return self.record is not None and self.record.waits

    @property
    def is_returned(self) -> bool:
        """Tell whether a clinician gave it back."""
        return self.record is not None and self.record.returned_at is not None

    @property
    def is_as_sent(self) -> bool:
        """Tell whether the current version is the one that was sent: the next change is a correction."""
        return self.record is not None and self.record.number == self.record.sent_number

    @property
    def is_unsigned(self) -> bool:
        """Tell whether a signature is still to be given: before the first one, or for a correction of what was sent."""
        one = self.record
        if one is None or one.state is ReferralState.DRAFT:
            return True
        sent = one.state in (ReferralState.SENT, ReferralState.ANSWERED)
        return sent and one.is_corrected and one.signed_at is None


def complete(session: Any, standing: Standing, practice: PracticeRecord | None) -> None:
    """Add who would sign, and for a clinician what they saw of it last."""
    who = actor(session)
    standing.may_sign = who.may(Permission.SIGN)
    if not standing.may_sign:
        return
    standing.signer = _signer(who, practice)
    if standing.record is not None:
        standing.seen = versions.seen(session, standing.record.id)
        if standing.seen is not None:
            standing.names = difference_lines.names(session, standing.seen.intake, standing.record.intake)


def _signer(who: Actor, practice: PracticeRecord | None) -> str:
    """Return the name of the person logged in as the office writes it, "" in a store without people."""
    if not who.person_id:
        return ""
    known = [one.name for one in practice.providers if one.role is not Role.OTHER] if practice else []
    return next((name for name in known if signatures.is_own(who, name)), who.name)
