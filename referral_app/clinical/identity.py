"""By what a person on the phone is told to be the patient: what is on file, to be compared with what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from referral_app.clinical import dates
from referral_app.clinical.fields import as_dict, given

NO_BIRTH = "No date of birth on file"
NO_ADDRESS = "no address on file"


def on_file(patient: Mapping[str, Any]) -> str:
    """Return date of birth and address of a patient in one line, what is not on file too.

    They are asked for and never read out (45 CFR 164.514(h): who asks is verified before anything is told).
    """
    born = dates.stored(given(patient, "date_of_birth"))
    return f"{f'Born {dates.say(born)}' if born else NO_BIRTH} · {_address(patient) or NO_ADDRESS}"


def _address(patient: Mapping[str, Any]) -> str:
    at = as_dict(given(patient, "address"))
    said = {
        name: str(one).strip()
        for name in ("line1", "line2", "city", "state", "zip")
        if (one := given(at, name))
    }
    town = " ".join(said[name] for name in ("state", "zip") if name in said)
    return ", ".join(part for part in (said.get("line1"), said.get("line2"), said.get("city"), town) if part)
