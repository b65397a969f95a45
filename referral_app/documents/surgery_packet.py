"""The packet for a patient before an operation: what is done, how to get ready, the day, healing, whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from referral_app.documents import (
    consult_packet,
    layout,
    letter_front,
    packet_language,
    packet_lists,
    packet_pages,
    surgery_pages,
)
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.patient_text import BadText
from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from referral_app.documents.consult_packet import Packet
    from referral_app.services.appointments import AppointmentRecord
    from referral_app.services.surgery_plans import PlanRecord


@dataclass(frozen=True)
class SurgeryPacket:
    """What a surgery packet is made from: `base` as for every packet, whose appointment is the operation.

    `visits` are those that stand after the operation, in order of time.
    """

    base: Packet
    surgery: AppointmentRecord
    plan: PlanRecord
    visits: Sequence[AppointmentRecord] = ()


def render(packet: SurgeryPacket) -> bytes:
    """Return the packet as a PDF; the same packet gives the same bytes.

    Raises `text.Unprintable` for characters that no font of ours can draw, and InvalidInput for a patient under 18
    (contract section 2), without one of the surgeon's answers, and for a text that cannot be printed.
    """
    consult_packet.refuse_minor(packet.base)
    if missing := list(packet.plan.blanks):
        raise InvalidInput({"": " ".join(missing)})
    title = surgery_pages.words(packet.base.language).say("title", reference=packet.base.reference)
    try:
        return layout.build(_story(packet, _sheets(packet)), consult_packet.page(packet.base, title))
    except BadText as error:
        raise InvalidInput({"": str(error)}) from error


def taken(packet: SurgeryPacket) -> frozenset[str]:
    """Return the names of the texts that this packet takes, each of which must be reviewed before Spanish prints."""
    sheets = _sheets(packet)
    _story(packet, sheets)
    return frozenset(sheets.used)


def _story(packet: SurgeryPacket, sheets: Sheets) -> list[Flowable]:
    """Return the packet in reading order, each part on one page where it fits on one."""
    parts = surgery_pages.parts(packet, sheets)
    return packet_lists.kept([*surgery_pages.cover(packet, sheets), *(layout.Whole(part) for part in parts)])


def _sheets(packet: SurgeryPacket) -> Sheets:
    base = packet.base
    words = {**consult_packet.words(base), **dict(_words(packet))}
    return Sheets(layout.patient_styles(base.large), words, base.language, base.texts)


def _words(packet: SurgeryPacket) -> Iterator[tuple[str, str]]:
    """Yield what fills the placeholders that only surgery texts have; days are worked out here, not by the patient."""
    own, texts = packet_language.words(packet.base.language), surgery_pages.words(packet.base.language)
    visit, plan = packet.surgery, packet.plan
    place = (
        packet.base.placement if visit.location_id else None
    )  # nobody is sent to a place that is only likely
    day = visit.day
    yield "patient", letter_front.full_name(packet.base.intake)
    yield "operation", plan.operation or texts.say("operation")
    yield "day", texts.say("on", weekday=own.weekday(day), day=own.day(day))
    yield "arrive", own.by(visit.arrive_by, visit.start)
    yield "start", own.time(visit.start)
    yield "place", packet_pages.place(place) if place else ""
    yield "access", place.location.access if place else ""
    yield "interpreter", own.say("interpreter_booked") if visit.interpreter_booked else ""
    for name in ("fasting", "medications", "ride", "aftercare"):
        yield name, getattr(plan, name)
    after = day + timedelta(days=1)
    yield "day_after", texts.say("on", weekday=own.weekday(after), day=own.day(after))
    for name, weeks in (("week_one", 1), ("week_two", 2), ("week_three", 3)):
        yield name, own.day(day + timedelta(weeks=weeks))
