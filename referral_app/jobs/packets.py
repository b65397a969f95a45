"""Making the patient packet of a stored referral."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.jobs.papers import Made
from referral_app.jobs.ready import Ready
from referral_app.services import center, printing, referrals
from referral_app.services.surgeon_records import Placement, SurgeonRecord

if TYPE_CHECKING:
    from referral_app.documents.consult_packet import Packet

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
) -> Made:
    """Return the consultation packet of a referral; raises InvalidInput naming what stands in the way.

    What becomes of it is recorded by `papers.left`.
    """
    return gather(db, reference, language=language, large=large, today=today).make()


def gather(
    db: Database,
    reference: str,
    *,
    language: str = "en",
    large: bool = False,
    today: date | None = None,
) -> Ready:
    """Return all that the packet of a referral needs, read from the store, to be made anywhere; raises as `make`."""
    from referral_app.documents import consult_packet

    with db.read() as session:
        referral = printing.read(session, reference, "packet")
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
    return Ready("packet", packet, partial(_made, packet, referral.number))


def _made(packet: Packet, number: int, content: bytes) -> Made:
    notes = () if packet.language == "en" else (UNREVIEWED,)
    name = f"packet-{packet.reference}.pdf"
    return Made(name, content, notes, "packet", packet.reference, number, packet.language, packet.large)


def _placement(surgeon: SurgeonRecord, intake: dict[str, Any]) -> Placement | None:
    wanted = given(intake, "request.location")
    chosen = [place for place in surgeon.placements if place.location.id == wanted] or surgeon.placements
    return chosen[0] if chosen else None
