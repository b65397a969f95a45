"""What an entry of the directory says, line by line, for an office to check; private notes are no part of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from referral_app.choices import LANGUAGES, Level
from referral_app.clinical import dates, phones
from referral_app.clinical.requirements import procedure_name
from referral_app.documents import surgeon_cells, text

if TYPE_CHECKING:
    from referral_app.clinical.requirements import Requirement
    from referral_app.services.surgeon_records import Credential, Placement, SurgeonRecord

NOT_KNOWN = "Not known yet"
YES_NO = {True: "Yes", False: "No", None: NOT_KNOWN}


@dataclass(frozen=True)
class Line:
    """One line to check: what it is about and what the directory says; `fax` where it is a number to fax to."""

    about: str
    says: str
    fax: bool = False


@dataclass(frozen=True)
class Group:
    """Lines below a title; `whole` where they stand on one page if they fit on one."""

    title: str
    lines: tuple[Line, ...]
    whole: bool = False


def groups(surgeon: SurgeonRecord) -> Iterator[Group]:
    """Yield everything that is to be checked; what matters for a referral stands there even where it is not known."""
    places = surgeon.placements
    if not places:
        yield Group(
            "Location",
            (Line("Place", NOT_KNOWN), Line("Phone", NOT_KNOWN), Line("Fax", NOT_KNOWN)),
        )
    for number, place in enumerate(places, start=1):
        title = f"Location {number} of {len(places)}" if len(places) > 1 else "Location"
        yield Group(title, tuple(_place(place)), whole=True)
    yield Group("Surgeon", tuple(_person(surgeon)))
    yield Group("New patients", tuple(_new_patients(surgeon)))
    yield Group("Procedures", tuple(_procedures(surgeon)))
    yield Group("How to refer", tuple(_refer(surgeon)))
    yield Group("Plans in network", tuple(_plans(surgeon)))
    if surgeon.handouts or surgeon.public_note:
        yield Group("For patients", tuple(_patients(surgeon)))


def _place(place: Placement) -> Iterator[Line]:
    at = place.location
    phone, fax = surgeon_cells.numbers(place)
    where = text.join(text.BREAK, [text.bold(at.name), surgeon_cells.address(at)])
    yield Line("Place", where or NOT_KNOWN)
    yield Line("Phone", phone or NOT_KNOWN)
    yield Line("Fax for referrals", fax or NOT_KNOWN, fax=bool(fax))
    yield from _general(place, phone, fax)
    yield Line("Ask for", place.contact or NOT_KNOWN)
    yield Line("Days there", place.days or NOT_KNOWN)
    yield Line("Hours", at.hours or NOT_KNOWN)
    yield from _filled(("Getting in", at.access), ("Parking", at.parking), ("Website", at.website))
    yield Line("Wheelchair", YES_NO[at.wheelchair])
    yield Line("Video visits", YES_NO[at.telehealth])


def _general(place: Placement, phone: str, fax: str) -> Iterator[Line]:
    """Yield the numbers of the place itself where the surgeon has others there."""
    for about, number, own in (("Main phone", place.location.phone, phone),
                               ("Main fax", place.location.fax, fax)):  # fmt: skip
        said = phones.say(number) if number else ""
        if said and said != own:
            yield Line(about, said)


def _person(surgeon: SurgeonRecord) -> Iterator[Line]:
    yield Line("Name", surgeon.name)
    yield Line("NPI", surgeon.npi or NOT_KNOWN)
    yield Line("Specialty", surgeon.specialty or NOT_KNOWN)
    for credential in surgeon.credentials:
        yield Line(credential.kind[:1].upper() + credential.kind[1:], _credential(credential))
    yield Line("Languages", surgeon_cells.languages(surgeon) or NOT_KNOWN)


def _credential(credential: Credential) -> str:
    until = f"until {credential.until}" if credential.until else ""
    said = (credential.title, credential.issuer, str(credential.year or ""), until)
    return ", ".join(part for part in said if part)


def _new_patients(surgeon: SurgeonRecord) -> Iterator[Line]:
    yield Line("Accepting", surgeon.accepting.label)
    for words in surgeon_cells.coming_and_going(surgeon):
        yield Line("Coming and going", words)
    yield Line("Ages", surgeon_cells.ages(surgeon) or "All ages")
    yield Line("Does not take", surgeon.refuses or "Nothing is entered")
    told = surgeon.waits_claimed_on
    when = f", told {dates.say(told)}" if told else ""
    for about, count in (
        ("Next visit", surgeon.next_visit_days),
        ("Next surgery", surgeon.next_surgery_days),
    ):
        yield Line(about, f"In {surgeon_cells.days(count)}{when}" if count is not None else NOT_KNOWN)


def _procedures(surgeon: SurgeonRecord) -> Iterator[Line]:
    told = {one.procedure: one for one in surgeon.experience}
    for procedure in surgeon.procedures:
        one = told.get(procedure.code)
        since = f"since {one.since_year}" if one and one.since_year else ""
        often = f"about {one.per_year} a year" if one and one.per_year else ""
        detail = "" if procedure.detail.lower() in procedure.name.lower() else procedure.detail
        told_of = ", ".join(part for part in (detail, since, often, one.note if one else "") if part)
        yield Line("Does", text.join(": ", [text.bold(procedure.name), told_of]))
    if not surgeon.procedures:
        yield Line("Procedures", NOT_KNOWN)


def _refer(surgeon: SurgeonRecord) -> Iterator[Line]:
    yield Line("How to refer", surgeon.how_to_refer or NOT_KNOWN)
    yield Line("Who books", surgeon.booking.label if surgeon.booking else NOT_KNOWN)
    yield Line("Self-referral", YES_NO[surgeon.self_referral])
    yield from _filled(
        ("Email", surgeon.email),
        ("Portal", surgeon.portal),
        ("Authorization", surgeon.authorization_contact),
    )
    names = {procedure.code: procedure.name for procedure in surgeon.procedures}
    for wanted in surgeon.requirements:
        yield Line("Must have" if wanted.level is Level.MUST else "Likes to have", _wanted(wanted, names))
    if not surgeon.requirements:
        yield Line("Needed before a referral", NOT_KNOWN)


def _wanted(wanted: Requirement, names: dict[str, str]) -> str:
    name = procedure_name(wanted.procedure, names)
    return f"{wanted.words}, for {name}" if name else wanted.words


def _plans(surgeon: SurgeonRecord) -> Iterator[Line]:
    verified = dict(surgeon.plans_verified)
    for name in surgeon.plans:
        day = verified.get(name)
        yield Line(
            "In network", text.join(", ", [text.bold(name), f"verified {dates.say(day)}" if day else ""])
        )
    if not surgeon.plans:
        yield Line("Plans", NOT_KNOWN)


def _patients(surgeon: SurgeonRecord) -> Iterator[Line]:
    for handout in surgeon.handouts:
        spoken = LANGUAGES.get(handout.language, handout.language)
        yield Line("To read", text.join(text.BREAK, [f"{handout.title} ({spoken})", handout.place]))
    yield from _filled(("Public note", surgeon.public_note))


def _filled(*pairs: tuple[str, str]) -> Iterator[Line]:
    for about, says in pairs:
        if says:
            yield Line(about, says)
