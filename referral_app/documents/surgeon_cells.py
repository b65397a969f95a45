"""What lists and sheets say of a surgeon: each part of an entry once, for whoever refers to one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from referral_app.choices import LANGUAGES, Accepting
from referral_app.clinical import dates, phones
from referral_app.documents import text

if TYPE_CHECKING:
    from referral_app.services.surgeon_records import LocationRecord, Placement, SurgeonRecord

INVENTED = "Invented for demonstration"
ARCHIVED = "No longer in the directory"
NO_PLACE = "No location is entered"
NONE = "None is entered"
NOT_VERIFIED = "Not verified"


def marks(surgeon: SurgeonRecord) -> tuple[str, ...]:
    """Return what is to be seen first on a paper about one surgeon."""
    gone = (ARCHIVED,) if surgeon.archived else ()
    return (*gone, INVENTED) if surgeon.invented else gone


def languages(surgeon: SurgeonRecord) -> str:
    """Return the languages that are spoken, "" where none is known."""
    return ", ".join(LANGUAGES.get(code, code) for code in surgeon.languages)


def listed_name(surgeon: SurgeonRecord) -> str:
    """Return the name as it stands in a list, with degrees."""
    return ", ".join(part for part in (surgeon.sort_name, surgeon.degrees) if part)


def address(place: LocationRecord) -> str:
    """Return street, town and ZIP code on one line."""
    town = ", ".join(part for part in (place.city, f"{place.state} {place.zip}".strip()) if part)
    return ", ".join(part for part in (place.line1, place.line2, town) if part)


def numbers(place: Placement) -> tuple[str, str]:
    """Return phone and fax as they are said, the surgeon's own there before those of the place; "" for none."""
    at = place.location
    phone, fax = place.phone or at.phone, place.fax or at.fax
    return (phones.say(phone) if phone else "", phones.say(fax) if fax else "")


def where(place: Placement) -> text.Markup:
    """Return a place with phone, fax, days and the person to ask for."""
    phone, fax = numbers(place)
    lines = [
        text.bold(place.location.name),
        address(place.location),
        f"Phone {phone}" if phone else "No phone is entered",
        f"Fax {fax}" if fax else "No fax is entered",
        text.join(": ", [place.days, place.contact]),
    ]
    return text.join(text.BREAK, lines)


def procedures(surgeon: SurgeonRecord) -> text.Markup:
    """Return the procedures of a surgeon, each family named once with its nerves or sites behind it."""
    families: dict[str, list[str]] = {}
    for procedure in surgeon.procedures:
        label = procedure.kind.label
        own = procedure.name.removeprefix(label).removeprefix(label.removeprefix("Migraine ").capitalize())
        families.setdefault(label, []).append(own.strip(", "))
    said = [text.join(": ", [label, "; ".join(filter(None, names))]) for label, names in families.items()]
    return text.join(text.BREAK, said)


def ages(surgeon: SurgeonRecord) -> str:
    """Return the ages that are seen, "" where there is no limit."""
    low, high = surgeon.age_min, surgeon.age_max
    if low is None and high is None:
        return ""
    return f"Ages {low or 0} to {high}" if high is not None else f"Ages {low} and older"


def coming_and_going(surgeon: SurgeonRecord, day: date = date.min) -> Iterator[str]:
    """Yield from when new patients are taken, when the surgeon is away, and the last day, but for what is over."""
    if surgeon.accepting_from and surgeon.accepting_from > day:
        yield f"New patients from {dates.say(surgeon.accepting_from)}"
    if (surgeon.away_from or surgeon.away_to) and (surgeon.away_to or date.max) >= day:
        begin = f" from {dates.say(surgeon.away_from)}" if surgeon.away_from else ""
        end = f" to {dates.say(surgeon.away_to)}" if surgeon.away_to else ""
        yield text.join(": ", [f"Away{begin}{end}", surgeon.away_note])
    if surgeon.last_day:
        yield f"Last day {dates.say(surgeon.last_day)}"


def accepting(surgeon: SurgeonRecord, day: date) -> str:
    """Return whether new patients are taken on a day."""
    now = surgeon.accepts_on(day)
    return now.label if now is surgeon.accepting or now is not Accepting.NO else "Not accepting now"


def new_patients(surgeon: SurgeonRecord, day: date) -> Iterator[str]:
    """Yield whether new patients are taken on a day, how long they wait, of which ages, and how fresh that is."""
    yield text.bold(accepting(surgeon, day))
    yield from coming_and_going(surgeon, day)
    told = f", told {dates.say(surgeon.waits_claimed_on)}" if surgeon.waits_claimed_on else ""
    if surgeon.next_visit_days is not None:
        yield f"Next visit in {days(surgeon.next_visit_days)}{told}"
    else:
        yield "Wait not known"
    if said := ages(surgeon):
        yield said
    yield f"Verified {dates.say(surgeon.verified_on)}" if surgeon.verified_on else text.bold(NOT_VERIFIED)


def days(count: int) -> str:
    """Return a number of days in words."""
    return "1 day" if count == 1 else f"{count:,} days"
