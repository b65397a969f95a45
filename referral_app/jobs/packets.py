"""Making the patient packet of a stored referral."""

from __future__ import annotations

from datetime import date
from typing import Any

from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.jobs.letters import Made, read
from referral_app.services import center, referrals
from referral_app.services.surgeon_records import Placement, SurgeonRecord

UNREVIEWED = (
    "The Spanish packet is not reviewed yet: this is the English one with a Spanish notice of language help."
)


def make(
    db: Database,
    reference: str,
    *,
    language: str = "en",
    large: bool = False,
    today: date | None = None,
    preview: bool = False,
) -> Made:
    """Return the consultation packet of a referral; raises InvalidInput naming what stands in the way.

    It is noted as printed, or with `preview` as shown; `letters.printed` notes what becomes of that.
    """
    from referral_app.documents import consult_packet

    with db.read() as session:
        referral = read(session, reference, "packet", preview)
        computed = referrals.checked(session, referral.intake, today).computed
        surgeon = referrals.surgeon_of(session, referral)
        home, experts, trials = center.get(session), center.experts(session), center.trials(session)
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
    notes = () if language == "en" else (UNREVIEWED,)
    rendered = consult_packet.render(packet)
    return Made(
        f"packet-{referral.reference}.pdf", rendered, notes, "packet", referral.reference, referral.number
    )


def _placement(surgeon: SurgeonRecord, intake: dict[str, Any]) -> Placement | None:
    wanted = given(intake, "request.location")
    chosen = [place for place in surgeon.placements if place.location.id == wanted] or surgeon.placements
    return chosen[0] if chosen else None
