"""Who acts for a patient: the legal representative of somebody under 18, and whose rights ended on the birthday.

Source: 45 CFR 164.502(g)(3); a court may name a guardian of an adult, which the entry then says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from referral_app.clinical import dates
from referral_app.clinical.fields import as_dict, given

ADULT = 18
SHOWN_YEARS = 3
"""So long after the birthday it is still said that the representative's rights have ended."""


def representative(patient: Mapping[str, Any]) -> str:
    """Return who acts for a patient as it is said, "Ana Quintero (mother)", "" where nobody is named."""
    person = as_dict(patient.get("legal_representative"))
    name, relation = (str(given(person, key) or "").strip() for key in ("name", "relation"))
    return f"{name} ({relation})" if name and relation else name


def banner(patient: Mapping[str, Any], today: date) -> str:
    """Return what the banner says of who acts for a patient, "" where there is nothing to say."""
    who = representative(patient)
    if is_minor(patient, today):
        return f"Under 18, represented by {who}" if who else "Under 18, no legal representative on file"
    return ended(patient, today) or (f"Represented by {who}" if who else "")


def who_may_ask(patient: Mapping[str, Any], today: date) -> str:
    """Return who may ask for copies and corrections, in a sentence; "" for an adult who acts alone."""
    who = representative(patient)
    if is_minor(patient, today):
        named = who or "the legal representative, who is not on file yet"
        return f"This patient is under 18. {named[:1].upper()}{named[1:]} may ask, and gets the copies."
    if turned := ended(patient, today):
        return f"{turned}. The patient asks, and gets the copies, unless a court named a guardian."
    return f"{who} acts for this patient: look at the papers that say so." if who else ""


def ended(patient: Mapping[str, Any], today: date) -> str:
    """Return that a patient turned 18 and whose rights have ended, "" where that is not so or long past."""
    born = dates.stored(patient.get("date_of_birth"))
    if born is None or not representative(patient):
        return ""
    turned = dates.birthday(born, ADULT)
    if not turned <= today < dates.later_by_years(turned, SHOWN_YEARS):
        return ""
    return f"Turned 18 on {dates.say(turned)}: the representative's rights have ended"


def is_minor(patient: Mapping[str, Any], today: date) -> bool:
    """Tell whether a patient is under 18 on a day; not where the date of birth is not known."""
    born = dates.stored(patient.get("date_of_birth"))
    return born is not None and dates.age(born, today) < ADULT
