"""What an entry of the directory says, in words for patients: short sentences without the terms of the field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from referral_app.choices import (
    LANGUAGES,
    Accepting,
    AttachmentKind,
    Booking,
    Level,
    ProcedureKind,
    RequirementKind,
)
from referral_app.clinical import dates
from referral_app.clinical.requirements import procedure_name
from referral_app.documents import surgeon_cells, text

if TYPE_CHECKING:
    from referral_app.clinical.requirements import Requirement
    from referral_app.services.surgeon_records import (
        Handout,
        LocationRecord,
        ProcedureRecord,
        SurgeonRecord,
    )

KINDS = {
    ProcedureKind.OCCIPITAL_RELEASE: ("Occipital release", "surgery to free a nerve at the back of the head"),
    ProcedureKind.NERVE_DECOMPRESSION: (
        "Nerve decompression", "surgery to take pressure off a nerve where migraine may start",
    ),
    ProcedureKind.REVISION: ("Revision", "a new surgery when the first one did not help enough"),
    ProcedureKind.DIAGNOSTIC_BLOCK: ("Nerve block", "a shot that numbs a nerve, to see if it eases the pain"),
}  # fmt: skip
"""The name of each kind of procedure, and what it is."""
PLACES = {
    "decompression_frontal": "forehead",
    "decompression_temporal": "temple",
    "decompression_rhinogenic": "behind the nose",
    "decompression_occipital": "back of the head",
    "decompression_auriculotemporal": "in front of the ear",
    "decompression_lesser_occipital": "behind the ear",
    "revision": "",
    "diagnostic_block": "",
}
"""Where on the head the procedures are that every directory begins with; others say it in their own words."""
NEW_PATIENTS = {
    Accepting.YES: "Sees new patients.",
    Accepting.UNKNOWN: "Ask if new patients are seen.",
    Accepting.EXISTING: "Sees only people who have been there before.",
    Accepting.NO: "Does not see new patients now. Call us, and we will look for someone else.",
}
BOOKINGS = {
    Booking.PATIENT: "You call to set the time of your visit.",
    Booking.OFFICE: "The surgeon’s office will call you to set a time.",
    Booking.REFERRER: "Your doctor’s office will set a time for you.",
}
WALK_IN = "You may call there on your own, too."
INTERPRETER = "You can have an interpreter for free: call {}."
WHEELCHAIR = {
    True: "You can get in with a wheelchair.",
    False: "There are steps. Call first if you use a wheelchair or a walker.",
}
TELEHEALTH = "You can ask for a visit by video or phone."
IF_THERE = "If you have it: "
ALWAYS = "Your insurance card, a photo ID, and a list of all your medicines and allergies"
ALONE = {
    RequirementKind.SPECIALIST_DIAGNOSIS: "A note from a headache doctor that names your kind of headache",
    RequirementKind.PREVENTIVES: "A list of what you took to prevent headaches, and how it went",
    RequirementKind.BLOCK_RELIEF: "Notes on your nerve blocks: when, and how much each one helped",
    RequirementKind.BOTULINUM_CYCLES: "Notes on your botulinum toxin shots: when, and if they helped",
    RequirementKind.IMAGING_MONTHS: "The pictures and the report of an MRI or CT scan",
    RequirementKind.HEADACHE_DAYS: "A count of your headache days",
    RequirementKind.DIARY: "Your headache diary",
    RequirementKind.DOCUMENT: "A paper that this office asks for",
    RequirementKind.OWN_FORM: "The form of this office, filled in by your doctor",
    RequirementKind.BODY_MASS_INDEX: "Your height and weight",
    RequirementKind.NO_NICOTINE: "Tell them if you smoke, vape, or use nicotine",
    RequirementKind.NO_BLOOD_THINNER: "The name of your blood thinner, if you take one, and who ordered it",
}
DOCUMENTS: dict[str, str] = {
    AttachmentKind.NEUROLOGY_NOTE: "A note from your headache doctor",
    AttachmentKind.IMAGING_REPORT: "The report of your scan",
    AttachmentKind.MEDICATION_LIST: "A list of your medicines",
    AttachmentKind.BLOCK_RECORD: "The record of your nerve blocks",
    AttachmentKind.DIARY: "A copy of your headache diary",
    AttachmentKind.INSURANCE_CARD: "A copy of your insurance card",
    AttachmentKind.CONSENT: "The consent form, signed by you",
    AttachmentKind.OTHER: ALONE[RequirementKind.DOCUMENT],
}
COUNTED = {
    RequirementKind.PREVENTIVES: "They ask for at least {}.",
    RequirementKind.BLOCK_RELIEF: "They look for at least {} percent less pain.",
    RequirementKind.BOTULINUM_CYCLES: "They ask for at least {} rounds.",
    RequirementKind.IMAGING_MONTHS: "It should be no more than {} months old.",
    RequirementKind.HEADACHE_DAYS: "They look for at least {} in 30 days.",
    RequirementKind.DIARY: "They ask for at least {} days.",
    RequirementKind.BODY_MASS_INDEX: "They look for a body mass index of {} or less.",
}


def does(surgeon: SurgeonRecord) -> Iterator[text.Markup]:
    """Yield what a surgeon does, each kind once with its nerves or places and how often it is done."""
    families: dict[ProcedureKind, list[str]] = {}
    for procedure in surgeon.procedures:
        told = families.setdefault(procedure.kind, [])
        told.append(text.join(" ", filter(None, [_place(procedure), _practice(surgeon, procedure.code)])))
    for kind, told in families.items():
        name, what = KINDS[kind]
        own = text.join("; ", filter(None, told))
        yield text.join(": ", [text.bold(name), text.join(" " if own.startswith("(") else ": ", [what, own])])


def comes(surgeon: SurgeonRecord, day: date, call: str) -> Iterator[str]:
    """Yield who can come, when, how a visit is made, and which languages are spoken; `call` is the number to call."""
    yield _sentences(NEW_PATIENTS[surgeon.accepts_on(day)], *_coming(surgeon, day), _ages(surgeon))
    booking = BOOKINGS[surgeon.booking] if surgeon.booking else ""
    yield _sentences(_wait(surgeon), booking, WALK_IN if surgeon.self_referral else "")
    spoken = surgeon_cells.languages(surgeon)
    yield _sentences(f"Speaks {spoken}." if spoken else "", INTERPRETER.format(call))


def _wait(surgeon: SurgeonRecord) -> str:
    if surgeon.next_visit_days is None:
        return ""
    wait, told = surgeon_cells.days(surgeon.next_visit_days), surgeon.waits_claimed_on
    return f"The wait for a first visit {f'was {wait} on {dates.say(told)}' if told else f'is {wait}'}."


def getting_there(place: LocationRecord) -> text.Markup:
    """Return how one gets to a place and into it, and how else the office can be reached."""
    can = WHEELCHAIR[place.wheelchair] if place.wheelchair is not None else ""
    access = text.join(". ", [place.access.rstrip(". "), can])
    there = labelled(("Getting in", access), ("Parking", place.parking))
    web = text.bold("Web: ") + place.website if place.website else ""
    return text.join(" ", [there, TELEHEALTH if place.telehealth else "", web])


def labelled(*pairs: tuple[str, str]) -> text.Markup:
    """Return what is known behind bold labels, each as a sentence."""
    return text.join(" ", [text.bold(f"{name}: ") + _ended(words) for name, words in pairs if words])


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else words + "."


def _sentences(*parts: str) -> str:
    return " ".join(filter(None, parts))


def brings(surgeon: SurgeonRecord) -> Iterator[str]:
    """Yield what is to be sent or brought, the must-haves of the office first."""
    names = {procedure.code: procedure.name for procedure in surgeon.procedures}
    wanted = sorted(surgeon.requirements, key=lambda one: one.level is not Level.MUST)
    said = [_wanted(one, names) for one in wanted]
    yield from dict.fromkeys(said)
    yield ALWAYS


def reads(handout: Handout) -> str:
    """Return what the office wants to be read, with its language where that is not English, and where it is."""
    spoken = "" if handout.language == "en" else f" ({LANGUAGES.get(handout.language, handout.language)})"
    return ": ".join(part for part in (f"{handout.title}{spoken}", handout.place) if part)


def _place(procedure: ProcedureRecord) -> str:
    own = PLACES.get(procedure.code)
    if own is not None:
        return own
    label = procedure.kind.label
    name = procedure.name.removeprefix(label).strip(", ")
    return procedure.detail.lower() if procedure.detail else name


def _practice(surgeon: SurgeonRecord, code: str) -> str:
    """Return since when and how often a procedure is done, in brackets, "" where nothing is told."""
    for one in surgeon.experience:
        if one.procedure == code:
            since = f"since {one.since_year}" if one.since_year else ""
            often = f"{one.per_year} a year" if one.per_year else ""
            said = ", ".join(filter(None, (since, often)))
            return f"({said})" if said else ""
    return ""


def _coming(surgeon: SurgeonRecord, day: date) -> Iterator[str]:
    if surgeon.accepting_from and surgeon.accepting_from > day:
        yield f"New patients can come from {dates.say(surgeon.accepting_from)} on."
    if surgeon.away_from and (surgeon.away_to or day) >= day:
        end = f" until {dates.say(surgeon.away_to)}" if surgeon.away_to else ""
        yield f"Away from {dates.say(surgeon.away_from)}{end}."
    if surgeon.last_day:
        yield f"The last day there is {dates.say(surgeon.last_day)}."


def _ages(surgeon: SurgeonRecord) -> str:
    low, high = surgeon.age_min, surgeon.age_max
    if low is not None and high is not None:
        return f"Sees people who are {low} to {high} years old."
    if low is not None:
        return f"Sees people who are {low} or older."
    return f"Sees people up to the age of {high}." if high is not None else ""


def _wanted(one: Requirement, names: dict[str, str]) -> str:
    """Return one paper or answer that an office wants, with its number and its procedure where it has them."""
    words = ALONE[one.kind]
    if one.kind is RequirementKind.DOCUMENT:
        words = DOCUMENTS.get(one.detail, one.detail or words)
    if one.detail and one.kind is not RequirementKind.DOCUMENT:
        words = f"{words} ({one.detail})"
    if one.procedure:
        words = f"{words}, for this: {procedure_name(one.procedure, names)}"
    if one.amount is not None and one.kind in COUNTED:
        words = f"{words}. {COUNTED[one.kind].format(one.amount)}".replace(" 1 rounds", " 1 round")
    if one.level is Level.MUST:
        return words
    return IF_THERE + (words[:1].lower() + words[1:] if words[1:2].islower() else words)
