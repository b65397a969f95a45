"""Making the surgery packet of a stored referral."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from referral_app.choices import AppointmentKind, PaperKind
from referral_app.database import Database
from referral_app.jobs import notices as notice_files
from referral_app.jobs import packets, patient_texts
from referral_app.jobs.papers import Made
from referral_app.jobs.ready import Ready
from referral_app.services import appointments, printing, surgery_plans
from referral_app.services.errors import InvalidInput
from referral_app.services.notices import NoticeRecord

if TYPE_CHECKING:
    from referral_app.documents.consult_packet import Packet
    from referral_app.documents.surgery_packet import SurgeryPacket

AS_TYPED = "The surgeon’s answers and the name of the operation are printed as they were typed: nobody translated them."


def make(
    db: Database, reference: str, *, language: str = "en", large: bool = False, today: date | None = None
) -> Made:
    """Return the surgery packet of a referral; raises InvalidInput with the sentences of `surgery_plans.ready`.

    What becomes of it is recorded by `papers.left`.
    """
    return gather(db, reference, language=language, large=large, today=today).make(db)


def gather(
    db: Database, reference: str, *, language: str = "en", large: bool = False, today: date | None = None,
    appointment_id: str = "",
) -> Ready:  # fmt: skip
    """Return all that the packet needs, read from the store, to be made anywhere; raises as `make`.

    `appointment_id` is the operation that it is for, "" is the next one.
    """
    from referral_app.documents import surgery_packet
    from referral_app.documents.surgery_packet import SurgeryPacket

    with db.read() as session:
        referral = printing.read(session, reference, "surgery_packet")
        surgery = packets.visit_of(
            session, referral.reference, AppointmentKind.SURGERY, appointment_id, today
        )
        missing = surgery_plans.ready(session, referral.id, today, surgery)
        if missing or surgery is None:
            raise InvalidInput({"": " ".join(missing)})
        after = [one for one in appointments.of_referral(session, referral.id) if one.start > surgery.start]
        visits = tuple(one for one in after if one.is_booked)
        plan = surgery_plans.get(session, referral.id)

        def packet(base: Packet) -> SurgeryPacket:
            return SurgeryPacket(base, surgery, plan, visits)

        def taken(base: Packet) -> Collection[str]:
            return {*surgery_packet.taken(packet(base)), patient_texts.SURGERY_WORDS}

        base = packets.record(session, referral, surgery, large=large, today=today)
        base, notes = packets.worded(session, base, language, taken)
        files = notice_files.files(session)
    if base.language != "en":
        notes = (*notes, AS_TYPED)
    return Ready("surgery_packet", packet(base), partial(_made, packet(base), referral.number, notes, files))


def _made(
    packet: SurgeryPacket, number: int, notes: tuple[str, ...], files: Sequence[NoticeRecord], content: bytes
) -> Made:
    base, title = packet.base, PaperKind.SURGERY_PACKET.label
    whole = notice_files.appended(content, base.intake, title, base.reference, base.language, files)
    return Made(
        f"surgery-packet-{base.reference}.pdf", whole, notes, "surgery_packet", base.reference, number,
        base.language, base.large, appointment_id=packet.surgery.id, enclosed=tuple(one.title for one in files),
    )  # fmt: skip
