"""What the directory says of a surgeon in a few words; pure functions of records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from referral_app.choices import LANGUAGES, Accepting, Level, ProcedureKind
from referral_app.clinical import dates, phones, requirements
from referral_app.services.surgeon_records import Found, Placement, ProcedureRecord, SurgeonRecord

STALE_DAYS = 90
"""From this many days on, an entry asks to be verified again."""

SHORT_KINDS = {
    ProcedureKind.OCCIPITAL_RELEASE: "Occipital release",
    ProcedureKind.NERVE_DECOMPRESSION: "Nerve decompression",
    ProcedureKind.REVISION: "Revision",
    ProcedureKind.DIAGNOSTIC_BLOCK: "Nerve block",
}
ACCEPTING_STATES = {Accepting.YES: "accepting", Accepting.EXISTING: "existing", Accepting.NO: "not_accepting"}


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


def verified_line(surgeon: SurgeonRecord) -> str:
    """Return when, by whom and how the entry was verified."""
    if surgeon.verified_on is None:
        return "Nobody has verified this entry yet."
    by = f" by {surgeon.verified_by}" if surgeon.verified_by else ""
    how = f" ({surgeon.verified_how})" if surgeon.verified_how else ""
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
    """Return what is wanted first, as sentences without a period, with the procedure or kind that it counts for.

    What the Center asks for kinds that this surgeon does not do is left out.
    """
    names = {procedure.code: procedure.name for procedure in surgeon.procedures}
    done = {None, "", *(procedure.kind for procedure in surgeon.procedures)}
    return [
        requirements.said(one, names)
        for one in surgeon.requirements
        if one.level is level and not (one.of_center and one.procedure not in done)
    ]


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
