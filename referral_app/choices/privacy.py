"""The closed lists of what patients ask of their records."""

from __future__ import annotations

from referral_app.choices.base import Choice


class DenialBasis(Choice):
    """Why a correction may be denied: there is no other reason (45 CFR 164.526(a)(2))."""

    NOT_OURS = "not_ours", "Somebody else wrote it, who can still be asked"
    NOT_IN_RECORD = "not_in_record", "It is not part of the record that we keep"
    NO_ACCESS = "no_access", "It is a part that patients may not look at"
    COMPLETE = "complete", "It is accurate and complete"
