"""The packet for a patient who comes for a consultation: what it is about, what to bring, ask and do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from referral_app.clinical import dates, phones
from referral_app.clinical.fields import given
from referral_app.documents import (
    layout,
    letter_front,
    packet_language,
    packet_pages,
    packet_sections,
    patient_words,
    text,
    values,
)
from referral_app.documents.layout import Page
from referral_app.documents.packet_language import Words
from referral_app.documents.packet_sheets import Sheets
from referral_app.documents.patient_text import BadText
from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
    from referral_app.services.patient_texts import Review
    from referral_app.services.surgeon_records import Placement, SurgeonRecord

ADULT = 18
PAGES = 6
"""How many pages of usual print a packet may have before its parts are no longer kept on one page each."""
INVENTED = "Invented for demonstration"
EMERGENCY = packet_language.words("en").say("emergency")


@dataclass(frozen=True)
class Appointment:
    """When the patient is seen; times are those of the place."""

    start: datetime
    arrive_by: datetime | None = None
    interpreter_booked: bool = False


@dataclass(frozen=True)
class Packet:
    """What a packet is made from; `language` is the one it is printed in, `large` asks for 18 point print.

    `sections` are the keys of `packet_sections.CATALOGUE` that are wanted, None for those that everybody gets. `texts`
    are those in force by name, `reviewed` who reviewed which of them, `notices` the Center's own as title and words.
    `help_text` is the notice of help for a patient whose language is not the packet's, in that language.
    """

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
    sections: frozenset[str] | None = None
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    reviewed: Mapping[str, Review] = field(default_factory=dict[str, "Review"])
    notices: Sequence[tuple[str, str]] = ()
    help_text: str = ""


def render(packet: Packet) -> bytes:
    """Return the packet as a PDF; the same packet gives the same bytes.

    Raises `text.Unprintable` for characters that no font of ours can draw, and InvalidInput for a patient under 18:
    these pages are written for adults (contract section 2), and for a text that cannot be printed.
    """
    refuse_minor(packet)
    most = 0 if packet.large else PAGES
    ways = packet_sections.ways(packet, lambda: _sheets(packet))
    try:
        return layout.build_within(most, ways, page(packet))
    except BadText as error:
        raise InvalidInput({"": str(error)}) from error


def taken(packet: Packet) -> frozenset[str]:
    """Return the names of the texts that this packet takes, each of which must be reviewed before Spanish prints."""
    sheets = _sheets(packet)
    packet_sections.story(packet, sheets)
    return frozenset(sheets.used)


def phone(packet: Packet) -> str:
    """Return the number that the patient calls: the Center's, else the surgeon's."""
    place = packet.placement
    numbers = [packet.center.phone, *((place.phone, place.location.phone) if place else ())]
    said = (phones.say(number) for number in numbers if number)
    return next(said, "") or packet_language.words(packet.language).say("phone")


def refuse_minor(packet: Packet) -> None:
    """Refuse a patient under 18: packets are written for adults; raises InvalidInput."""
    age = packet.computed.get("age")
    if isinstance(age, int) and age < ADULT:
        raise InvalidInput({
            "patient.date_of_birth": "This packet is written for adults; there is none yet for people under 18."
        })  # fmt: skip


def _sheets(packet: Packet) -> Sheets:
    return Sheets(layout.patient_styles(packet.large), words(packet), packet.language, packet.texts)


def words(packet: Packet) -> dict[str, str]:
    """Return what fills the placeholders of the texts."""
    intake, own = packet.intake, packet_language.words(packet.language)
    spoken = own.spoken(packet_pages.foreign(packet))
    wants = given(intake, "request.trial_interest") is True
    after = packet.center.after_hours_phone
    topic = patient_words.topic(intake)
    return {
        "surgeon": _doctor(packet.surgeon, own),
        "phone": phone(packet),
        "center": packet.center.name or own.say("center"),
        "referrer": values.plain(given(intake, "referrer.name")) or own.say("referrer"),
        "purpose": own.chosen("purposes", given(intake, "request.purpose")) or own.say("no_purpose"),
        "diagnosis": own.chosen("diagnoses", given(intake, "diagnosis.working")) or own.say("pain"),
        "plans": own.say("plans", plans=", ".join(packet.surgeon.plans)) if packet.surgeon.plans else "",
        "coverage": patient_words.coverage(intake, own),
        "after_hours": own.say("after_hours", phone=phones.say(after)) if after else "",
        "for_language": own.say("for_language", language=spoken) if spoken else "",
        "interest": own.say("interest") if wants else "",
        "scope": "" if topic == "migraine" else own.say(f"scope_{topic}"),
        "wheelchair_access": packet_pages.access(
            packet.placement.location if packet.placement else None, own
        ),
        "sites": patient_words.sites(own),
        "own_sites": own.say("own_sites") if given(intake, "pain.sites") else "",
    }


def _doctor(surgeon: SurgeonRecord, own: Words) -> str:
    if not surgeon.family_name:
        return own.say("surgeon")
    full = " ".join(part for part in (surgeon.given_name, surgeon.family_name) if part)
    return own.say("doctor", name=surgeon.family_name, full=full)


def page(packet: Packet, title: str = "") -> Page:
    """Return what stands on every page around the text; `title` is that of the PDF where it is no consult packet."""
    own = packet_language.words(packet.language)
    born = given(packet.intake, "patient.date_of_birth")
    center = packet.center.name or own.say("home")
    return Page(
        title=title or own.say("title", reference=packet.reference),
        person=letter_front.full_name(packet.intake) or own.say("nobody"),
        foot=(own.say("born", day=_born(born, own)) if born else own.say("unborn"), packet.reference),
        styles=layout.patient_styles(packet.large),
        marks=(INVENTED,) if packet.invented else (),
        note=text.join(" · ", [f"{center}: {phone(packet)}", text.bold(own.say("emergency"))]),
        lang=own.tag,
        top=layout.INCH * 0.75,
        bottom=layout.INCH * (1.6 if packet.large else 1),
        secret=own.say("secret"),
        numbered=own.say("page"),
    )


def _born(value: Any, own: Words) -> str:
    day = dates.stored(value)
    return own.day(day) if day else values.plain(value)
