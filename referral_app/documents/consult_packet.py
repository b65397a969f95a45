"""The packet for a patient who comes for a consultation: what it is about, what to bring, ask and do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from referral_app.choices import Purpose
from referral_app.clinical import phones
from referral_app.clinical.fields import given
from referral_app.documents import layout, letter_front, packet_pages, patient_words, text, values
from referral_app.documents.layout import Page
from referral_app.documents.packet_pages import Sheets
from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
    from referral_app.services.surgeon_records import Placement, SurgeonRecord

ADULT = 18
PAGES = 6
"""How many pages of usual print a packet may have before its parts are no longer kept on one page each."""
INVENTED = "Invented for demonstration"
EMERGENCY = (
    "Call 911 if a very bad headache starts all at once, or for a weak face or arm, or trouble with speech."
)


@dataclass(frozen=True)
class Appointment:
    """When the patient is seen; times are those of the place."""

    start: datetime
    arrive_by: datetime | None = None
    interpreter_booked: bool = False


@dataclass(frozen=True)
class Packet:
    """What a packet is made from; `language` is the one asked for, `large` asks for 18 point print."""

    reference: str
    intake: Mapping[str, Any]
    computed: Mapping[str, Any]
    surgeon: SurgeonRecord
    placement: Placement | None
    appointment: Appointment | None
    center: CenterRecord
    experts: Sequence[ExpertRecord] = ()
    trials: Sequence[TrialRecord] = ()
    language: str = "en"
    large: bool = False
    invented: bool = False


def render(packet: Packet) -> bytes:
    """Return the packet as a PDF; the same packet gives the same bytes.

    Raises `text.Unprintable` for characters that no font of ours can draw, and InvalidInput for a patient under 18:
    these pages are written for adults (contract section 2).
    """
    age = packet.computed.get("age")
    if isinstance(age, int) and age < ADULT:
        raise InvalidInput({
            "patient.date_of_birth": "This packet is written for adults; there is none yet for people under 18."
        })  # fmt: skip
    styles = layout.patient_styles(packet.large)
    sheets = Sheets(styles, _words(packet), _language(packet))
    most = 0 if packet.large else PAGES
    return layout.build_within(most, packet_pages.ways(packet, sheets), _page(packet, sheets))


def phone(packet: Packet) -> str:
    """Return the number that the patient calls: the Center's, else the surgeon's."""
    place = packet.placement
    numbers = [packet.center.phone, *((place.phone, place.location.phone) if place else ())]
    return next((phones.say(number) for number in numbers if number), "the number on your referral")


def _words(packet: Packet) -> dict[str, str]:
    """Return what fills the placeholders of the texts."""
    intake = packet.intake
    asked = given(intake, "request.purpose")
    spoken = values.language(
        given(intake, "patient.interpreter_language") or given(intake, "patient.language") or ""
    )
    foreign = spoken not in ("", "English")
    wants = given(intake, "request.trial_interest") is True
    after = packet.center.after_hours_phone
    return {
        "surgeon": _doctor(packet.surgeon),
        "phone": phone(packet),
        "center": packet.center.name or "the Headache Center",
        "referrer": values.plain(given(intake, "referrer.name")) or "Your doctor",
        "purpose": patient_words.PURPOSES[Purpose(asked)]
        if asked in set(Purpose)
        else "about your head pain",
        "diagnosis": values.say(packet_pages.WORKING, given(intake, "diagnosis.working")).lower()
        or "head pain",
        "coverage": patient_words.coverage(intake),
        "after_hours": f"When we are closed, call {phones.say(after)}." if after else "",
        "for_language": f" in {spoken}" if foreign else "",
        "interest": "You told us that you may want to join one. " if wants else "",
        "scope": _SCOPE.get(patient_words.topic(intake), ""),
    }


_SCOPE = {
    "occipital-neuralgia": "They wrote about migraine. "
    "Surgery for occipital neuralgia is close to it, but not the same. ",
    "other": "They wrote about migraine, and your head pain may be of another kind. ",
}


def _doctor(surgeon: SurgeonRecord) -> str:
    return f"Dr. {surgeon.family_name}" if surgeon.family_name else "the surgeon"


def _language(packet: Packet) -> str:
    """Return in which language help is offered: the patient's own where we can write it, else English."""
    wanted = {
        packet.language,
        given(packet.intake, "patient.language"),
        given(packet.intake, "patient.interpreter_language"),
    }
    return "es" if "es" in wanted else "en"


def _page(packet: Packet, sheets: Sheets) -> Page:
    born = given(packet.intake, "patient.date_of_birth")
    return Page(
        title=f"Your visit: information for patients, {packet.reference}",
        person=letter_front.full_name(packet.intake) or "Name not given",
        foot=(f"born {values.date(born)}" if born else "date of birth not given", packet.reference),
        styles=sheets.styles,
        marks=(INVENTED,) if packet.invented else (),
        note=text.join(
            " · ", [f"{packet.center.name or 'Headache Center'}: {phone(packet)}", text.bold(EMERGENCY)]
        ),
        top=layout.INCH * 0.85,
        bottom=layout.INCH * (1.6 if packet.large else 1),
    )
