"""What a directory entry must be before it is stored: one sentence for each field that cannot be right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import LANGUAGES, STATES, Accepting, ProcedureKind
from referral_app.clinical import npi, phones, requirements, thresholds
from referral_app.clinical.answers import ZIP
from referral_app.models import surgeon as tables
from referral_app.models.procedure import Procedure
from referral_app.services import directory_index, distance
from referral_app.services.surgeon_records import (
    LocationRecord,
    Placement,
    ProcedureRecord,
    SurgeonRecord,
    spoken_name,
)  # fmt: skip

LICENSE = "license"
"""The kind of credential whose issuer is a state."""

OLDEST_YEAR = 1940
MOST_PER_YEAR = 5000

Problem = tuple[str, str]
"""The path of a field, and the sentence that stands beside it."""


def problems(session: Session, entry: SurgeonRecord) -> dict[str, str]:
    """Return what is wrong with an entry, a sentence for each field by its path; nothing where all is well."""
    found = problems_alone(entry) | _unknown_procedures(session, entry)
    found |= {path: UNSEEN for path in _unseen(entry) if path not in found}
    return found | _same_npi(session, entry, found) | _successor(session, entry, found)


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
"""What a file cannot carry: an import refuses it, a workbook leaves it out. Line breaks and tabs are fine."""

UNSEEN = "This holds a character that cannot be seen. Type it again."


def problems_alone(entry: SurgeonRecord) -> dict[str, str]:
    """Return what is wrong with an entry by itself, as `problems` does without looking at other entries."""
    found: dict[str, str] = {}
    for part in (_identity, _patients, _times, _leaving, _credentials, _experience, _places, _reached):
        for path, sentence in part(entry):
            found.setdefault(path, sentence)
    return found | requirements.problems(entry.requirements) | _figures(entry)


def _figures(entry: SurgeonRecord) -> dict[str, str]:
    wrong = thresholds.problems(dict(entry.thresholds), with_center_only=False)
    return {f"thresholds.{name}": sentence for name, sentence in wrong.items()}


def location_problems(place: LocationRecord) -> dict[str, str]:
    """Return what is wrong with a location, by field; what is not known may be left out."""
    found: dict[str, str] = {}
    if place.state and place.state.upper() not in STATES:
        found["state"] = "Type the two letters of a state of the United States, such as MD."
    if place.zip and not re.fullmatch(ZIP, place.zip):
        found["zip"] = "Type five digits, or nine as 21287-0001."
    elif place.zip and distance.place(place.zip) is None:
        found["zip"] = f"{place.zip[:5]} is not a ZIP code of the United States."
    if place.website and not re.fullmatch(r"\S+\.\S+", place.website):
        found["website"] = "Type the address of a website, such as www.example.org."
    found |= {name: UNSEEN for name in _unseen(place) if name not in found}
    return found | number_problems(place.phone, place.fax)


def number_problems(phone: str, fax: str) -> dict[str, str]:
    """Return what is wrong with a phone and a fax of the same place."""
    given = {"phone": phone, "fax": fax}
    found = {
        name: wrong for name, number in given.items() if number and (wrong := phones.problem(number, name))
    }
    if not found and fax and phone and phones.digits(phone) == phones.digits(fax):
        found["fax"] = "This is the phone number: a fax sent there would be lost."
    return found


def _unseen(record: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of all texts that hold what nobody sees; of a location that is stored already none."""
    for one in fields(record):
        value, at = getattr(record, one.name), f"{path}{one.name}"
        if isinstance(value, str) and _UNSEEN.search(value):
            yield at
        elif isinstance(value, tuple):
            for n, item in enumerate(cast("tuple[object, ...]", value)):
                if isinstance(item, str) and _UNSEEN.search(item):
                    yield at
                elif is_dataclass(item) and not isinstance(item, ProcedureRecord):
                    yield from _unseen(item, f"{at}[{n}].")


def _identity(entry: SurgeonRecord) -> Iterator[Problem]:
    if not entry.given_name.strip():
        yield "given_name", "Enter a first name."
    if not entry.family_name.strip():
        yield "family_name", "Enter a last name."
    if entry.npi and (problem := npi.problem(entry.npi)):
        yield "npi", problem


def _patients(entry: SurgeonRecord) -> Iterator[Problem]:
    if entry.age_min is not None and entry.age_max is not None and entry.age_min > entry.age_max:
        yield "age_max", "The highest age is below the lowest."
    if entry.accepting_from and entry.accepting != Accepting.YES:
        yield (
            "accepting_from",
            "A day counts only with “Accepting new patients”: choose that, or clear the day.",
        )


def _times(entry: SurgeonRecord) -> Iterator[Problem]:
    """Nothing can have been said or verified on a day to come."""
    today = date.today()
    for name in ("verified_on", "waits_claimed_on"):
        if (day := getattr(entry, name)) and day > today:
            yield name, "This day has not come yet."
    for plan, day in entry.plans_verified:
        if day > today:
            yield f"plans_verified[{plan}]", f"{plan}: this day has not come yet."


def _leaving(entry: SurgeonRecord) -> Iterator[Problem]:
    if entry.away_to and not entry.away_from:
        yield "away_from", "Enter the first day away too."
    elif entry.away_from and entry.away_to and entry.away_to < entry.away_from:
        yield "away_to", "The last day away is before the first."
    if entry.successor_id and not entry.last_day:
        yield "last_day", "Enter the last day, from which on the successor is the one to ask."


def _credentials(entry: SurgeonRecord) -> Iterator[Problem]:
    this_year = date.today().year
    for n, one in enumerate(entry.credentials):
        path = f"credentials[{n}]"
        if not one.title.strip():
            yield f"{path}.title", "Enter the number." if one.kind == LICENSE else "Enter what it is in."
        if one.kind == LICENSE and one.issuer and one.issuer.upper() not in STATES:
            yield f"{path}.issuer", "Type the two letters of the state, such as MD."
        if one.year is not None and not OLDEST_YEAR <= one.year <= this_year:
            yield f"{path}.year", f"Type a year from {OLDEST_YEAR} to {this_year}."
        if one.until is not None and not OLDEST_YEAR <= one.until <= this_year + 50:
            yield f"{path}.until", f"Type a year from {OLDEST_YEAR} to {this_year + 50}."
        elif one.until is not None and one.year is not None and one.until < one.year:
            yield f"{path}.until", "The last year is before the first."


def _experience(entry: SurgeonRecord) -> Iterator[Problem]:
    done, this_year = {one.code for one in entry.procedures}, date.today().year
    for one in entry.experience:
        path = f"experience[{one.procedure}]"
        if one.procedure not in done:
            yield f"{path}.note", "Tick the procedure that this experience is about."
        if one.since_year is not None and not OLDEST_YEAR <= one.since_year <= this_year:
            yield f"{path}.since_year", f"Type a year from {OLDEST_YEAR} to {this_year}."
        if one.per_year is not None and not 0 <= one.per_year <= MOST_PER_YEAR:
            yield f"{path}.per_year", f"Type a whole number from 0 to {MOST_PER_YEAR}."


def _places(entry: SurgeonRecord) -> Iterator[Problem]:
    """What is wrong at each location; what is stored of a location already is not asked again here."""
    times = Counter(place.location.id for place in entry.placements if place.location.id)
    for n, place in enumerate(entry.placements):
        path, where = f"placements[{n}]", place.location.name.strip() or f"Location {n + 1}"
        if times[place.location.id] > 1:
            yield f"{path}.location", "This location is there twice: keep one of them."
        wrong = {} if place.location.id else location_problems(place.location)
        for name, sentence in (wrong | _numbers(place)).items():
            yield f"{path}.{name}", f"{where}: {sentence}"
        if place.fax_verified_on and place.fax_verified_on > date.today():
            yield f"{path}.fax_verified_on", "This day has not come yet."
        elif place.fax_verified_on and not (place.fax or place.location.fax):
            yield f"{path}.fax", "Enter the fax number that was verified, or clear the day."


def _numbers(place: Placement) -> dict[str, str]:
    """What is wrong with the numbers of a surgeon at a place, where those of the place count if there are no others."""
    found = number_problems(place.phone or place.location.phone, place.fax or place.location.fax)
    return found if place.phone or place.fax else {}


def _reached(entry: SurgeonRecord) -> Iterator[Problem]:
    if entry.email and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", entry.email):
        yield "email", "Type an email address, such as desk@example.org."
    for n, one in enumerate(entry.handouts):
        if not one.title.strip():
            yield f"handouts[{n}].title", "Enter what it is called."
        if one.language not in LANGUAGES:
            yield f"handouts[{n}].language", "Choose its language."


def _unknown_procedures(session: Session, entry: SurgeonRecord) -> dict[str, str]:
    """What is wrong with requirements for a procedure that the directory does not know."""
    known = {None, "", *ProcedureKind, *(one.code for one in entry.procedures)}
    if all(one.procedure in known for one in entry.requirements):
        return {}
    known |= set(session.scalars(select(Procedure.code)))
    wrong = [n for n, one in enumerate(entry.requirements) if one.procedure not in known]
    return {f"requirements[{n}].procedure": "Choose what it is for: this is no procedure." for n in wrong}


def _same_npi(session: Session, entry: SurgeonRecord, found: dict[str, str]) -> dict[str, str]:
    if not entry.npi or "npi" in found:
        return {}
    s = tables.Surgeon
    names = select(s.given_name, s.family_name, s.degrees, s.archived, s.number)
    other = session.execute(names.where(s.npi == entry.npi, s.id != entry.id)).first()
    if other is None:
        return {}
    *name, archived, number = other
    if directory_index.is_staged(session, number):
        return {"npi": "A file that was imported has a surgeon with this NPI. Wait until that is done."}
    out = ", in an entry that is out of the directory" if archived else ""
    return {"npi": f"{spoken_name(*name)} already has this NPI{out}."}


def _successor(session: Session, entry: SurgeonRecord, found: dict[str, str]) -> dict[str, str]:
    """What is wrong with a successor that was chosen anew; one who left later is no fault of this entry."""
    s = tables.Surgeon
    stored = session.scalar(select(s.successor_id).where(s.id == entry.id)) if entry.id else None
    if not entry.successor_id or entry.successor_id == stored:
        return {}
    if entry.successor_id == entry.id:
        return {"successor_id": "Nobody is their own successor."}
    other = session.execute(
        select(s.given_name, s.family_name, s.degrees, s.archived, s.successor_id).where(
            s.id == entry.successor_id
        )
    ).first()
    if other is None or other.archived:
        return {"successor_id": "This surgeon is not in the directory any more: choose another successor."}
    if entry.id and other.successor_id == entry.id:
        name = spoken_name(other.given_name, other.family_name, other.degrees)
        return {"successor_id": f"This surgeon is the successor of {name}: choose another one."}
    return {}
