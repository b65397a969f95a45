"""What a patient's last referral says that the next one begins with."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import Permission, ReferralState
from referral_app.clinical import dates, safety
from referral_app.clinical.fields import answered, as_dict, given, unavailable
from referral_app.clinical.red_flags import RED_FLAGS
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.services import patients
from referral_app.services.permissions import in_scope, needs

GROUPS = ("diagnosis", "treatments", "injections", "imaging")
PARTS = {
    "pain": ("side", "nerves", "one_finger_start", "quality", "burst", "sites"),
    "safety": (
        "allergies", "medications", "blood_thinner", "blood_thinner_name", "blood_thinner_prescriber", "sleep_apnea",
        "diabetes", "glp1", "anesthesia_problem", "keloid", "height_cm",
    ),
    "referrer": ("pcp_name", "copy_to"),
}  # fmt: skip
"""What is taken over, to be confirmed, beside who cleared an onset after 50 or an old injury. Counts, how strong the
pain is, sketch, findings, scores, all other answers on red flags, goals,
pregnancy, nicotine and weight change from one visit to the next and are asked again."""


@dataclass(frozen=True)
class Carried:
    """What is taken over, by group, and the day of the referral that it comes from; empty where there is none."""

    on: date | None = None
    values: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """The groups that a person confirms; names of the PCP and copies are seen anyway."""
        return tuple(name for name in self.values if name != "referrer")


@needs(Permission.WRITE)
def latest(session: Session, patient_id: str) -> Carried:
    """Return what the patient's last referral that this person may see, and that was not canceled, hands on."""
    patient_id = patients.current_id(session, patient_id)
    last = session.scalar(
        select(ReferralVersion)
        .join(Referral, Referral.id == ReferralVersion.referral_id)
        .where(
            Referral.patient_id == patient_id,
            Referral.number == ReferralVersion.number,
            Referral.state != ReferralState.CANCELED,
            in_scope(session, Referral.practice_id),
        )
        .order_by(Referral.created.desc(), Referral.id)
        .limit(1)
    )
    if last is None:
        return Carried()
    whole = {name: last.intake[name] for name in GROUPS if answered(last.intake.get(name))}
    parts = {name: part for name, fields in PARTS.items() if (part := _part(last.intake, name, fields))}
    if clearances := _clearances(last.intake):
        parts["red_flags"] = clearances
    on = dates.stored(given(last.intake, "referrer.date")) or last.saved_at.date()
    return Carried(on, copy.deepcopy(whole | parts))


def _clearances(intake: dict[str, Any]) -> dict[str, Any]:
    """Return who cleared an onset after 50 or an old injury: this is remembered for the patient (contract section 2).

    The emergency signs beside it are asked anew, and what was cleared long ago says nothing of them (`safety`). One so
    recent that it would speak of them stays behind where there were none when it was given: it is written again.
    """
    recent = date.today() - timedelta(safety.HOLDS_DAYS)
    found: dict[str, Any] = {}
    for flag in RED_FLAGS:
        cleared = given(intake, f"red_flags.{flag.name}.cleared") if flag.computed else None
        if isinstance(cleared, dict) and all(given(as_dict(cleared), name) for name in ("by", "on", "note")):
            day = dates.stored(given(as_dict(cleared), "on"))
            had_signs = given(intake, f"red_flags.{flag.name}.emergency_signs") == "yes"
            if had_signs or (day is not None and day < recent):
                found[flag.name] = {"cleared": cleared}
    return found


def _part(intake: dict[str, Any], name: str, fields: tuple[str, ...]) -> dict[str, Any]:
    found = {field: given(intake, f"{name}.{field}") for field in fields}
    return {
        field: value for field, value in found.items() if value is not None and unavailable(value) is None
    }
