"""What the directory says of a surgeon in a few words; pure functions of records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from referral_app.choices import LANGUAGES, Accepting, Level, ProcedureKind, TrialState
from referral_app.clinical import dates, phones, requirements
from referral_app.clinical.thresholds import FIGURES
from referral_app.services import verification
from referral_app.services.surgeon_records import (
    Credential,
    Experience,
    Found,
    Handout,
    Placement,
    ProcedureRecord,
    SurgeonRecord,
)  # fmt: skip
from referral_app.services.waits import Observed

STALE_DAYS = 90
"""From this many days on, an entry asks to be verified again."""

SHORT_KINDS = {
    ProcedureKind.OCCIPITAL_RELEASE: "Occipital release",
    ProcedureKind.NERVE_DECOMPRESSION: "Nerve decompression",
    ProcedureKind.REVISION: "Revision",
    ProcedureKind.DIAGNOSTIC_BLOCK: "Nerve block",
}
TRIAL_STATES = {TrialState.RECRUITING: "ok", TrialState.ACTIVE: "info", TrialState.CLOSED: "closed"}
ACCEPTING_STATES = {
    Accepting.YES: "accepting", Accepting.UNKNOWN: "ask", Accepting.EXISTING: "existing", Accepting.NO: "not_accepting",
}  # fmt: skip


def short_procedures(surgeon: SurgeonRecord) -> list[str]:
    """Return one or two words for each kind of procedure."""
    kinds = {procedure.kind for procedure in surgeon.procedures}
    return [words for kind, words in SHORT_KINDS.items() if kind in kinds]


def procedure_lines(procedures: Iterable[ProcedureRecord]) -> list[tuple[str, list[str]]]:
    """Return each kind of procedure with its nerves and sites."""
    found: dict[ProcedureKind, list[str]] = {}
    for procedure in procedures:
        found.setdefault(procedure.kind, []).extend(filter(None, [detail(procedure)]))
    return [(kind.label, found[kind]) for kind in ProcedureKind if kind in found]


def detail(procedure: ProcedureRecord) -> str:
    """Return the nerve or site of a procedure: "Site I (frontal): supraorbital and supratrochlear nerves"."""
    _, _, tail = procedure.name.partition(", ")
    if not tail or tail.casefold() == procedure.detail.casefold():
        return procedure.detail
    words = tail[:1].upper() + tail[1:]
    return f"{words}: {procedure.detail[:1].lower()}{procedure.detail[1:]}" if procedure.detail else words


def miles(found: Found) -> str:
    """Return how far away the nearest location is, "" where that is not known."""
    if found.miles is None:
        return ""
    return f"{found.miles:g} straight-line mile{'' if found.miles == 1 else 's'}"


def places(surgeon: SurgeonRecord) -> str:
    """Return the towns of a surgeon, each once."""
    towns = [f"{place.location.city}, {place.location.state}".strip(", ") for place in surgeon.placements]
    return " · ".join(dict.fromkeys(filter(None, towns))) or "No location on file"


def days(number: int) -> str:
    """Return "today", "in 1 day" or "in 18 days"."""
    if number <= 0:
        return "today"
    return f"in {number} day{'' if number == 1 else 's'}"


def next_wait(surgeon: SurgeonRecord) -> str:
    """Return when the next new patient can be seen, or why nobody can."""
    if surgeon.accepting is not Accepting.YES:
        return surgeon.accepting.label
    if surgeon.next_visit_days is None:
        return "Wait not known"
    return f"Next {days(surgeon.next_visit_days)}"


def wait_lines(surgeon: SurgeonRecord) -> list[str]:
    """Return the waits for a visit and for surgery."""
    waits = (("First visit", surgeon.next_visit_days), ("Surgery", surgeon.next_surgery_days))
    return [f"{what} {days(number)}" for what, number in waits if number is not None]


def age_of_check(surgeon: SurgeonRecord, today: date | None = None) -> int | None:
    """Return how many days ago the entry was verified, None where it never was."""
    return None if surgeon.verified_on is None else ((today or date.today()) - surgeon.verified_on).days


def freshness(surgeon: SurgeonRecord, today: date | None = None) -> tuple[str, str]:
    """Return the state (verified, unverified) and the words of how fresh an entry is."""
    passed = age_of_check(surgeon, today)
    if passed is None:
        return "unverified", "Not verified"
    if passed >= STALE_DAYS:
        return "unverified", f"Verified {passed} days ago"
    return "verified", "Verified"


def way(how: str) -> str:
    """Return how something was verified as the choices say it, whichever way a file wrote it."""
    return next((one for one in verification.HOW if one.lower() == how.strip().lower()), how)


def verified_line(surgeon: SurgeonRecord) -> str:
    """Return when, by whom and how the entry was verified."""
    if surgeon.verified_on is None:
        return "Nobody has verified this entry yet."
    by = f" by {surgeon.verified_by}" if surgeon.verified_by else ""
    how = f" ({way(surgeon.verified_how)})" if surgeon.verified_how else ""
    return f"Verified on {dates.say(surgeon.verified_on)}{by}{how}."


def ages(surgeon: SurgeonRecord) -> str:
    """Return which ages the surgeon sees."""
    low, high = surgeon.age_min, surgeon.age_max
    if low is None and high is None:
        return "All ages"
    if high is None:
        return f"Ages {low} and over"
    return f"Ages up to {high}" if low is None else f"Ages {low} to {high}"


def languages(surgeon: SurgeonRecord) -> list[str]:
    """Return the languages in English."""
    return [LANGUAGES.get(code, code) for code in surgeon.languages]


def wanted(surgeon: SurgeonRecord, level: Level) -> list[str]:
    """Return what is wanted first, as sentences without a period, with the procedure or kind that it counts for."""
    names = {procedure.code: procedure.name for procedure in surgeon.procedures}
    return [requirements.said(one, names) for one in surgeon.requirements if one.level is level]


def figures(surgeon: SurgeonRecord) -> list[str]:
    """Return the figures of the live check that this office chose, in the order of the form."""
    own = dict(surgeon.thresholds)
    return [f"{one.label} {own[one.name]:g} {one.unit}" for one in FIGURES if one.name in own]


def whose(surgeon: SurgeonRecord) -> str:
    """Return a sentence where it is the Center, not the surgeon's office, that wants something first."""
    by_center = any(one.of_center for one in surgeon.requirements)
    return (
        "As the Center asks of all its surgeons; this office named nothing of its own." if by_center else ""
    )


def street(place: Placement) -> str:
    """Return the address of a location in one line."""
    at = place.location
    town = " ".join(part for part in (f"{at.city}, {at.state}".strip(", "), at.zip) if part)
    return ", ".join(part for part in (at.line1, at.line2, town) if part)


def phone(place: Placement) -> str:
    """Return the phone for this surgeon at this location, as it is said."""
    number = place.phone or place.location.phone
    return phones.say(number) if number else ""


def fax(place: Placement) -> str:
    """Return the fax for this surgeon at this location, as it is said."""
    number = place.fax or place.location.fax
    return phones.say(number) if number else ""


def block(surgeon: SurgeonRecord, place: Placement) -> str:
    """Return name, address, phone and fax in lines, to paste or to read to a caller."""
    lines = [surgeon.name, place.location.name, street(place)]
    lines += [f"Phone {phone(place)}"] if phone(place) else []
    lines += [f"Fax {fax(place)}"] if fax(place) else []
    return "\n".join(line for line in lines if line)


def spoken(found: Found) -> str:
    """Return what a screen reader says of a row after the name."""
    surgeon = found.surgeon
    parts = [
        next_wait(surgeon),
        miles(found),
        places(surgeon),
        *short_procedures(surgeon),
        freshness(surgeon)[1],
    ]
    return ", ".join(part for part in [*parts, "Invented" if surgeon.invented else ""] if part)


def experience(one: Experience) -> str:
    """Return how long and how often a procedure is done: "since 2010, about 60 a year. Also after others"."""
    often = f"about {one.per_year} a year" if one.per_year is not None else ""
    told = ", ".join(part for part in (f"since {one.since_year}" if one.since_year else "", often) if part)
    return ". ".join(part for part in (told[:1].upper() + told[1:], one.note) if part)


def experience_lines(surgeon: SurgeonRecord) -> list[str]:
    """Return the experience with each procedure after its name."""
    names = {one.code: one.name for one in surgeon.procedures}
    return [f"{names.get(one.procedure, one.procedure)}: {experience(one)}" for one in surgeon.experience]


def experienced(surgeon: SurgeonRecord) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each kind of procedure with its nerves and sites, each with the experience in it."""
    told = {one.procedure: experience(one) for one in surgeon.experience}
    found: dict[ProcedureKind, list[tuple[str, str]]] = {}
    for procedure in surgeon.procedures:
        found.setdefault(procedure.kind, []).append((detail(procedure), told.get(procedure.code, "")))
    return [
        (kind.label, [pair for pair in found[kind] if any(pair)]) for kind in ProcedureKind if kind in found
    ]


def presence(surgeon: SurgeonRecord, today: date | None = None) -> tuple[str, str]:
    """Return the state and the words of whether new patients are taken on a day, with until or from when."""
    day = today or date.today()
    accepts = surgeon.accepts_on(day)
    if surgeon.last_day and surgeon.last_day < day:
        return ACCEPTING_STATES[accepts], f"Left on {dates.say(surgeon.last_day)}"
    if surgeon.away_from and surgeon.away_from <= day <= (surgeon.away_to or date.max):
        until = f"until {dates.say(surgeon.away_to)}" if surgeon.away_to else "until further notice"
        return ACCEPTING_STATES[accepts], f"Away {until}"
    if surgeon.accepting_from and day < surgeon.accepting_from:
        return ACCEPTING_STATES[accepts], f"Accepting from {dates.say(surgeon.accepting_from)}"
    return ACCEPTING_STATES[surgeon.accepting], surgeon.accepting.label


def coming(surgeon: SurgeonRecord, today: date | None = None) -> list[str]:
    """Return what is to come or to know of leave and leaving, as sentences."""
    day, found = today or date.today(), list[str]()
    if surgeon.away_from and day < surgeon.away_from:
        until = f" to {dates.say(surgeon.away_to)}" if surgeon.away_to else " on"
        found.append(f"Away from {dates.say(surgeon.away_from)}{until}.")
    if surgeon.away_note and (surgeon.away_to or date.max) >= day:
        found.append(f"{surgeon.away_note.rstrip('.')}.")
    if surgeon.last_day and surgeon.last_day >= day:
        found.append(f"Leaves: the last day is {dates.say(surgeon.last_day)}.")
    return found


def fax_freshness(place: Placement, today: date | None = None) -> tuple[str, str]:
    """Return the state and the words of how fresh the fax number of a place is; "" words where there is none."""
    if not fax(place):
        return "unverified", ""
    if place.fax_verified_on is None:
        return "unverified", "Fax number not verified"
    passed = ((today or date.today()) - place.fax_verified_on).days
    if passed >= STALE_DAYS:
        return "unverified", f"Fax number verified {passed} days ago"
    return "verified", "Fax number verified"


def fax_to_verify(surgeon: SurgeonRecord, today: date | None = None) -> str:
    """Return "Fax to verify" where one of the fax numbers was never verified, or not for long; else ""."""
    states = [fax_freshness(place, today) for place in surgeon.placements]
    return "Fax to verify" if any(words and state == "unverified" for state, words in states) else ""


def fax_checked(place: Placement) -> str:
    """Return when, by whom and how the fax number of a place was verified, "" where nobody did."""
    if place.fax_verified_on is None:
        return ""
    by = f" by {place.fax_verified_by}" if place.fax_verified_by else ""
    how = f" ({way(place.fax_verified_how)})" if place.fax_verified_how else ""
    return f"Fax verified on {dates.say(place.fax_verified_on)}{by}{how}"


def observed_line(waited: Observed) -> str:
    """Return the observed wait as a sentence with its number of visits and its window."""
    days_ = f"{waited.days} day{'' if waited.days == 1 else 's'}"
    return f"Observed here: {days_} to the first visit, the median of {waited.n} since {dates.say(waited.since)}."


def plans(surgeon: SurgeonRecord) -> list[str]:
    """Return each plan with the day on which it was verified."""
    verified = dict(surgeon.plans_verified)
    return [f"{plan}, {dates.say(verified[plan])}" if plan in verified else plan for plan in surgeon.plans]


def credential_lines(one: Credential) -> tuple[str, str]:
    """Return what a credential is, and who gave it with its years."""
    if one.until:
        years = f"{one.year} to {one.until}" if one.year else f"to {one.until}"
    else:
        years = f"from {one.year}" if one.year else ""
    title = f"{one.title} ({one.kind})" if one.kind else one.title
    return title, ", ".join(part for part in (one.issuer, years) if part)


def credential(one: Credential) -> str:
    """Return a credential in one line: "Plastic surgery (board certification), American Board, from 2009"."""
    return ", ".join(part for part in credential_lines(one) if part)


def handout_lines(one: Handout) -> tuple[str, str]:
    """Return title and language of a handout, and where it is."""
    return f"{one.title} ({LANGUAGES.get(one.language, one.language)})", one.place


def handout(one: Handout) -> str:
    """Return a handout in one line: title, language, and where it is."""
    return ", ".join(part for part in handout_lines(one) if part)


def how_to_refer(surgeon: SurgeonRecord) -> list[tuple[str, str]]:
    """Return label and words of each way to reach the office with a referral."""
    referral = "Not needed: patients may come by themselves" if surgeon.self_referral else ""
    found = (
        ("Appointment", surgeon.booking.label if surgeon.booking else ""), ("Referral", referral),
        ("Email", surgeon.email), ("Portal", surgeon.portal), ("Authorizations", surgeon.authorization_contact),
    )  # fmt: skip
    return [(label, words) for label, words in found if words]


def place_facts(place: Placement) -> list[tuple[str, str]]:
    """Return label and words of what is good to know of a location."""
    at = place.location
    access = {True: "Yes", False: "No", None: ""}[at.wheelchair]
    found = (
        ("Days", place.days), ("Hours", at.hours), ("Contact", place.contact), ("Access", at.access),
        ("Wheelchair", access), ("Parking", at.parking), ("Website", at.website),
        ("Telehealth", "Visits by video or phone" if at.telehealth else ""),
    )  # fmt: skip
    return [(label, words) for label, words in found if words]
