"""What is on file of a surgeon, line by line, as it is read to the office when an entry is verified."""

from __future__ import annotations

from dataclasses import dataclass

from referral_app.choices import Level
from referral_app.clinical import dates
from referral_app.services.surgeon_records import Placement, SurgeonRecord
from referral_app.ui.surgeons import wording

NOTHING = "Nothing on file"


@dataclass(frozen=True)
class FileLine:
    """One thing to be confirmed: a key, what it is, and what is on file."""

    key: str
    label: str
    words: str


def lines(surgeon: SurgeonRecord) -> list[FileLine]:
    """Return what an office is asked to confirm, the faxes apart."""
    found = [
        FileLine("name", "Name and degrees", surgeon.name),
        FileLine("npi", "NPI", surgeon.npi),
        FileLine("specialty", "Specialty", surgeon.specialty),
        *(_place(number, place) for number, place in enumerate(surgeon.placements)),
        FileLine("accepting", "New patients", _accepting(surgeon)),
        FileLine("procedures", "Procedures", "\n".join(one.name for one in surgeon.procedures)),
        FileLine("refuses", "What is not seen here", surgeon.refuses),
        FileLine("requirements", "What to send first", _requirements(surgeon)),
        FileLine("refer", "How to refer", _refer(surgeon)),
        FileLine("waits", "Waits", "\n".join(wording.wait_lines(surgeon))),
        FileLine("plans", "Insurance plans", ", ".join(surgeon.plans)),
        FileLine("languages", "Languages", ", ".join(wording.languages(surgeon))),
    ]
    return [FileLine(one.key, one.label, one.words or NOTHING) for one in found]


def _place(number: int, place: Placement) -> FileLine:
    parts = (
        place.location.name, wording.street(place), f"Phone {wording.phone(place)}" if wording.phone(place) else "",
        place.days, f"Ask for {place.contact}" if place.contact else "",
    )  # fmt: skip
    return FileLine(f"place{number}", "Location", "\n".join(part for part in parts if part))


def _accepting(surgeon: SurgeonRecord) -> str:
    from_day = f" from {dates.say(surgeon.accepting_from)}" if surgeon.accepting_from else ""
    return f"{surgeon.accepting.label}{from_day}\n{wording.ages(surgeon)}"


def _requirements(surgeon: SurgeonRecord) -> str:
    return "\n".join(f"{level.label}: {words}" for level in Level for words in wording.wanted(surgeon, level))


def _refer(surgeon: SurgeonRecord) -> str:
    parts = (
        surgeon.how_to_refer,
        surgeon.booking.label if surgeon.booking else "",
        surgeon.email,
        surgeon.portal,
    )
    return "\n".join(part for part in parts if part)
