"""Making the consult packet of a stored referral."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from referral_app.choices import LANGUAGES, AppointmentKind, AppointmentStatus, PaperKind
from referral_app.clinical import dates
from referral_app.clinical.computed import computed
from referral_app.clinical.fields import given
from referral_app.database import Database, Session
from referral_app.jobs import notices as notice_files
from referral_app.jobs import patient_texts
from referral_app.jobs.papers import Made
from referral_app.jobs.ready import Ready
from referral_app.services import appointments, center, notices, printing, referrals, surgeons
from referral_app.services.appointments import AppointmentRecord
from referral_app.services.errors import InvalidInput
from referral_app.services.notices import NoticeRecord
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.surgeon_records import Placement, SurgeonRecord

if TYPE_CHECKING:
    from referral_app.documents.consult_packet import Packet

_WAITING = (
    "This is the English packet with a notice of language help: {count} {language} {texts} of it {wait} for review. "
    "An administrator records reviews under Texts."
)

CANCELED = "The visit on {day}, for which this packet was wanted, is canceled."


@dataclass(frozen=True)
class Offered:
    """A part of the packet that can be ticked: its key, its title, and whether it is printed where nobody ticks.

    `fits` is no where it has nothing to show to this patient, `fixed` yes where no packet goes without it.
    """

    key: str
    title: str
    default: bool
    fits: bool = True
    fixed: bool = False


def make(
    db: Database,
    reference: str,
    *,
    language: str = "en",
    large: bool = False,
    today: date | None = None,
    sections: Collection[str] | None = None,
    ahead: bool = False,
) -> Made:
    """Return the consultation packet of a referral; raises InvalidInput naming what stands in the way.

    `sections` are the keys of its parts, as `offered` names them; None is those that everybody gets.
    What becomes of it is recorded by `papers.left`. With `ahead` nobody asked for it yet, and nothing is noted.
    """
    ready = gather(db, reference, language=language, large=large, today=today, sections=sections, ahead=ahead)
    return ready.make(db)


def gather(
    db: Database,
    reference: str,
    *,
    language: str = "en",
    large: bool = False,
    today: date | None = None,
    sections: Collection[str] | None = None,
    ahead: bool = False,
    appointment_id: str = "",
) -> Ready:
    """Return all that the packet of a referral needs, read from the store, to be made anywhere; raises as `make`.

    `appointment_id` is the visit that it is for, "" is the next one.
    """
    from referral_app.documents import consult_packet

    with db.read() as session:
        referral = (
            printing.ahead(session, reference) if ahead else printing.read(session, reference, "packet")
        )
        visit = visit_of(session, referral.reference, AppointmentKind.CONSULT, appointment_id, today)
        packet = record(session, referral, visit, large=large, today=today)
        packet = replace(packet, sections=None if sections is None else frozenset(sections))
        packet, notes = worded(session, packet, language, consult_packet.taken)
        files = notice_files.files(session)
    visit_id = visit.id if visit else ""
    return Ready("packet", packet, partial(_made, packet, referral.number, notes, visit_id, files))


def visit_of(
    session: Session,
    reference: str,
    kind: AppointmentKind,
    appointment_id: str = "",
    today: date | None = None,
) -> AppointmentRecord | None:
    """Return the visit that a packet is for: the one asked for, else the next of a kind, None where none is booked.

    An operation is no consultation, nor the other way around: then it is the next one. Raises InvalidInput where the
    visit asked for was canceled.
    """
    booked = appointments.of_referral(session, reference) if appointment_id else []
    asked = next((one for one in booked if one.id == appointment_id), None)
    is_surgery = kind is AppointmentKind.SURGERY
    if asked is None or (asked.kind is AppointmentKind.SURGERY) is not is_surgery:
        return appointments.next_of(session, reference, kind, today)
    if asked.status is AppointmentStatus.CANCELED:
        raise InvalidInput({"": CANCELED.format(day=dates.say(asked.day))})
    return asked


def offered(db: Database, reference: str, today: date | None = None) -> list[Offered]:
    """Return the parts of the packet of a referral in their order, with what fits its patient; raises as `make`."""
    from referral_app.documents import packet_sections

    with db.read() as session:
        referral = referrals.get(session, reference)
        packet = record(session, referral, None, today=today)
    return [
        Offered(one.key, one.title, one.default(packet), one.fits(packet), one.key in packet_sections.FIXED)
        for one in packet_sections.CATALOGUE
    ]


def record(
    session: Session,
    referral: ReferralRecord,
    visit: AppointmentRecord | None,
    *,
    large: bool = False,
    today: date | None = None,
) -> Packet:
    """Return what a packet of a referral is made from, in English and without texts: see `worded`.

    `visit` is the one that it is for; its surgeon and place are those of the packet. Raises InvalidInput.
    """
    from referral_app.documents.consult_packet import Appointment, Packet

    surgeon = referrals.surgeon_of(session, referral)
    booked = None
    if visit is not None:
        surgeon = surgeons.find_by(session, visit.surgeon_id) or surgeon
        arrive = visit.arrive_by if visit.arrive_minutes_before else None
        booked = Appointment(visit.start, arrive, visit.interpreter_booked)
    return Packet(
        reference=referral.reference,
        intake=referral.intake,
        computed=computed(referral.intake, today),
        surgeon=surgeon,
        placement=_placement(surgeon, visit.location_id if visit else "", referral.intake),
        appointment=booked,
        center=center.get(session),
        experts=tuple(center.experts(session)),
        trials=tuple(center.trials(session)),
        large=large,
        invented=surgeon.invented,
        notices=tuple((one.title, one.words) for one in notices.find(session)),
    )


def worded(
    session: Session, packet: Packet, language: str, taken: Callable[[Packet], Collection[str]]
) -> tuple[Packet, tuple[str, ...]]:
    """Return a packet with the texts in force in a language, and what is to be said of that on the screen.

    A language that is not English is printed only where somebody reviewed each text that the packet takes, as it
    stands; until then it is English with a notice of help in that language. Raises InvalidInput.
    """
    from referral_app.documents import packet_language

    english = patient_texts.in_force(session, "en")
    plain = replace(packet, language="en", texts=english.markdown, reviewed=english.reviewed)
    if language == "en":
        return plain, ()
    if language not in packet_language.PRINTED:
        raise InvalidInput({"language": f"There is no packet in {LANGUAGES.get(language, language)}."})
    told = patient_texts.in_force(session, language)
    spoken = replace(packet, language=language, texts=told.markdown, reviewed=told.reviewed)
    if not patient_texts.of_packets(
        told.waiting
    ):  # which texts a packet takes is known once it is laid out, for a batch too late
        return spoken, ()
    waiting = len({*taken(spoken), patient_texts.PACKET_WORDS} - set(told.reviewed))
    if not waiting:
        return spoken, ()
    text, wait = ("text", "waits") if waiting == 1 else ("texts", "wait")
    note = _WAITING.format(count=waiting, language=LANGUAGES[language], texts=text, wait=wait)
    return replace(plain, help_text=told.markdown["help"]), (note,)


def _made(
    packet: Packet,
    number: int,
    notes: tuple[str, ...],
    appointment_id: str,
    files: Sequence[NoticeRecord],
    content: bytes,
) -> Made:
    whole = notice_files.appended(
        content, packet.intake, PaperKind.PACKET.label, packet.reference, packet.language, files
    )
    return Made(
        f"packet-{packet.reference}.pdf", whole, notes, "packet", packet.reference, number, packet.language,
        packet.large, appointment_id=appointment_id, enclosed=tuple(one.title for one in files),
    )  # fmt: skip


def _placement(surgeon: SurgeonRecord, location_id: str, intake: dict[str, Any]) -> Placement | None:
    """Return where the patient is seen: the place of the visit, else the one of the referral, else the first."""
    wanted = (location_id, given(intake, "request.location"))
    places = {place.location.id: place for place in surgeon.placements}
    chosen = [places[one] for one in wanted if one in places]
    return next(iter([*chosen, *surgeon.placements]), None)
