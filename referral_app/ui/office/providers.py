"""The referring providers of our office."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from referral_app.choices import Role
from referral_app.clinical import npi, phones
from referral_app.services.practices import ProviderRecord
from referral_app.ui.fields import Field
from referral_app.ui.office.entries import Entries, Kind
from referral_app.ui.office.entry_dialog import Sheet
from referral_app.ui.widgets.inputs import LineEdit, Radios


def entries() -> Entries:
    """Return an empty list of providers."""
    kind = Kind(
        "Referring providers",
        "person",
        "Nobody yet. Who signs the letters? Add each physician, nurse practitioner or assistant once.",
        "Referrals already signed keep the name.",
        lambda one: one.name,
        _detail,
        sheet,
    )
    return Entries("provider", kind)


def sheet() -> Sheet:
    """Return the fields of a provider."""
    role = Radios("providerRole", Role)
    role.set_value(Role.PHYSICIAN)
    number, degrees = LineEdit("providerNpi", chars=14), LineEdit("providerDegrees", chars=14)
    rows = (
        {
            "given_name": Field("First name", LineEdit("providerGiven", chars=24)),
            "family_name": Field("Last name", LineEdit("providerFamily", chars=24)),
        },
        {"degrees": Field("Degrees", degrees, "Such as MD or NP", optional=True)},
        {"role": Field("Profession", role)},
        {"npi": Field("NPI", number, "Ten digits; the last one is checked", optional=True)},
        {"phone": Field("Phone", LineEdit("providerPhone", chars=20), optional=True)},
    )
    return Sheet("provider", rows, problems, _record)


def problems(values: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with a provider, one sentence for each field."""
    found: dict[str, str] = {}
    if not values["family_name"]:
        found["family_name"] = "Enter a last name."
    if not values["role"]:
        found["role"] = "Choose a profession."
    if values["npi"] and (problem := npi.problem(values["npi"])):
        found["npi"] = problem
    if values["phone"] and (problem := phones.problem(values["phone"])):
        found["phone"] = problem
    return found


def _record(before: ProviderRecord | None, values: dict[str, Any]) -> ProviderRecord:
    return replace(before or ProviderRecord("", ""), **values | {"role": Role(values["role"])})


def _detail(one: ProviderRecord) -> str:
    parts = (one.role.label, f"NPI {one.npi}" if one.npi else "no NPI", one.phone)
    return " · ".join(part for part in parts if part)
