"""Making the patient packet of a stored referral."""

from __future__ import annotations

from datetime import date
from typing import Any

from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.jobs.letters import Made
from referral_app.services import center, referrals, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Placement, SurgeonRecord


def make(
    db: Database, reference: str, *, language: str = "en", large: bool = False, today: date | None = None
) -> Made:
    """Return the consultation packet of a referral; raises InvalidInput naming what stands in the way."""
    from referral_app.documents import consult_packet

    with db.read() as session:
        referral = referrals.get(session, reference)
        computed = referrals.checked(session, referral.intake, today).computed
        surgeon = surgeons.get(session, referral.surgeon_id) if referral.surgeon_id else None
        home, experts, trials = center.get(session), center.experts(session), center.trials(session)
    if surgeon is None:
        raise InvalidInput({"request.surgeon": "Choose a surgeon before the packet is made."})
    packet = consult_packet.Packet(
        reference=referral.reference,
        intake=referral.intake,
        computed=computed,
        surgeon=surgeon,
        placement=_placement(surgeon, referral.intake),
        appointment=None,
        center=home,
        experts=tuple(experts),
        trials=tuple(trials),
        language=language,
        large=large,
        invented=surgeon.invented,
    )
    return Made(f"packet-{referral.reference}.pdf", consult_packet.render(packet))


def _placement(surgeon: SurgeonRecord, intake: dict[str, Any]) -> Placement | None:
    wanted = given(intake, "request.location")
    chosen = [place for place in surgeon.placements if place.location.id == wanted] or surgeon.placements
    return chosen[0] if chosen else None
