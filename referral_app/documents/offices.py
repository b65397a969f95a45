"""Offices as they stand on letters and forms: names, towns, and numbers to call and fax."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from referral_app.clinical import phones
from referral_app.documents import letter_front

if TYPE_CHECKING:
    from referral_app.services.practices import PracticeRecord
    from referral_app.services.surgeon_records import SurgeonRecord


def of_surgeon(surgeon: SurgeonRecord, intake: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the name of the place where the surgeon is asked, its phone and its fax, "" where there is none."""
    place = letter_front.placement(surgeon, intake)
    if place is None:
        return "", "", ""
    phone, fax = place.phone or place.location.phone, place.fax or place.location.fax
    return place.location.name, phones.say(phone) if phone else "", phones.say(fax) if fax else ""


def back(practice: PracticeRecord) -> tuple[str, str]:
    """Return the fax number of the sending practice and whom to call there, "" where there is none."""
    caller = practice.callback_phone or practice.phone
    person = f"{practice.callback_person}, " if practice.callback_person and practice.callback_phone else ""
    return (
        phones.say(practice.fax) if practice.fax else "",
        f"{person}{phones.say(caller)}" if caller else "",
    )
