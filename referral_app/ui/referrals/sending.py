"""How a referral may have been sent, in words that only need a look."""

from __future__ import annotations

from referral_app.clinical import phones
from referral_app.clinical.fields import given
from referral_app.services.referrals import ReferralRecord
from referral_app.services.surgeons import SurgeonRecord

Ways = tuple[tuple[str, str], ...]
"""The words of each button with what it writes."""


def fax_of(record: ReferralRecord, surgeon: SurgeonRecord | None) -> str:
    """Return the fax of the location that was chosen, else the first that the surgeon has, "" without one."""
    places = surgeon.placements if surgeon else ()
    chosen = given(record.intake, "request.location")
    numbers = [spot.fax for spot in sorted(places, key=lambda spot: spot.location.id != chosen) if spot.fax]
    return numbers[0] if numbers else ""


def ways(fax: str) -> Ways:
    """Return the ways to send; the last four digits of the fax stand apart, to be compared with the machine."""
    others = (("Mail", "Mail"), ("Handed to the patient", "Handed to the patient"))
    if not fax:
        return others
    last = " ".join(phones.digits(fax)[-4:])
    return (("Fax", f"Fax to {phones.say(fax)}, ending in {last}"), *others)
