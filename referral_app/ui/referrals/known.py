"""What a new referral begins with: the surgeon who was found for it, and what was told on the phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from referral_app.choices import LANGUAGES, CoverageKind

SELF_PAY = "Self-pay"


def begin(intake: dict[str, Any], known: Mapping[str, str]) -> str:
    """Write what is known into an intake where it says nothing yet; return a sentence about what has no field.

    `known` may name location_id, procedures (codes with commas), asked (what is none of them), plan, zip, language
    and age.
    """
    request = intake.setdefault("request", {})
    if known.get("location_id"):
        request.setdefault("location", known["location_id"])
    if known.get("procedures"):
        request.setdefault("procedures", known["procedures"].split(","))
    patient = intake.setdefault("patient", {})
    if known.get("zip"):
        address = patient.setdefault("address", {})
        address.setdefault("zip", known["zip"])
    if known.get("language") in LANGUAGES:
        patient.setdefault("language", known["language"])
    if known.get("plan") and not intake.get("coverage"):
        intake["coverage"] = [_coverage(known["plan"])]
    for name in ("request", "patient"):
        if not intake[name]:
            del intake[name]
    age = f"Told when the surgeon was looked for: the patient is {known.get('age')} years old."
    return " ".join(part for part in (asked(known), age if known.get("age") else "") if part)


def asked(known: Mapping[str, str]) -> str:
    """Return a sentence about what was asked for and is no single procedure of the surgeon, "" without any."""
    wanted = known.get("asked", "")
    return (
        f"Asked for when the surgeon was looked for: {wanted}. Tick the procedures in mind." if wanted else ""
    )


def _coverage(plan: str) -> dict[str, Any]:
    if plan == SELF_PAY:
        return {"kind": CoverageKind.SELF_PAY.value}
    return {"kind": CoverageKind.PRIMARY.value, "payer": plan}
