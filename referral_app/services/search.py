"""The one search box: surgeons, patients and referrals at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.services import matching, patients, references, whereabouts, worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.referral_records import Filter, ReferralRow
from referral_app.services.referral_writing import OVER
from referral_app.services.surgeon_records import Query

BELOW = 2
"""So many referrals stand below each patient."""


@dataclass(frozen=True)
class Hit:
    """One thing found: its kind ("surgeon", "patient", "referral"), its id, and two lines to tell it by.

    `below` says that it belongs to the patient above it: then the lines say where the referral is.
    """

    kind: str
    id: str
    title: str
    detail: str
    below: bool = False


@needs(Permission.SEE_PATIENTS)
def anything(session: Session, text: str, limit: int = 4) -> list[Hit]:
    """Return up to `limit` surgeons, patients and referrals each for a name, a number, a birth date or four digits.

    Below each patient stands where their referrals are: at which step, since when, whose, and what comes next.
    """
    if not text.strip():
        return []
    people = _patients(session, text, limit)
    shown = {one.id for one in people}
    others = [one for one in _referrals(session, text, limit) if one.id not in shown]
    return [*_surgeons(session, text, limit), *people, *others]


@needs(Permission.SEE_PATIENTS)
def open_referrals(session: Session, text: str, limit: int = 6) -> list[ReferralRow]:
    """Return the open referrals whose patient a name, a birth date or four digits of a phone fits, those sent first."""
    if not text.strip():
        return []
    people = patients.find(session, text, limit)
    places = whereabouts.of_patients(session, [one.id for one in people], limit)
    ids = tuple(one.id for found in places.values() for one in found if one.is_open)
    rows = worklists.find(session, Filter(ids=ids), limit) if ids else []
    named = worklists.find(session, Filter(text=text), limit)  # of patients who are not on file yet
    known = {one.id: one for one in (*rows, *named) if one.state not in OVER}
    return sorted(known.values(), key=lambda one: one.sent_number is None)[:limit]


def _surgeons(session: Session, text: str, limit: int) -> list[Hit]:
    try:
        found = [item.surgeon for item in matching.page(session, Query(text=text), limit).rows]
    except InvalidInput:
        return []
    return [Hit("surgeon", one.id, one.name, one.towns[0] if one.towns else one.specialty) for one in found]


def _patients(session: Session, text: str, limit: int) -> list[Hit]:
    found = patients.find(session, text, limit)
    places = whereabouts.of_patients(session, [one.id for one in found], BELOW)
    hits: list[Hit] = []
    for item in found:
        born = f"Born {dates.say(item.born)}" if item.born else "Date of birth not known"
        hits.append(Hit("patient", item.id, item.name, born))
        hits += [
            Hit("referral", place.id, place.reference, place.words, True) for place in places.get(item.id, ())
        ]
    return hits


def _referrals(session: Session, text: str, limit: int) -> list[Hit]:
    with suppress(ValueError):  # words of a name, or the beginning of a number, stay as they are
        text = references.read(text)
    found = worklists.find(session, Filter(text=text), limit)
    places = whereabouts.find(session, [one.id for one in found])
    return [Hit("referral", one.id, f"{one.reference}  {one.patient}", places[one.id].words) for one in found]
