"""The one search box: surgeons, patients and referrals at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.services import matching, patients, references, worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import needs
from referral_app.services.referral_records import Filter
from referral_app.services.surgeon_records import Query


@dataclass(frozen=True)
class Hit:
    """One thing found: its kind ("surgeon", "patient", "referral"), its id, and two lines to tell it by."""

    kind: str
    id: str
    title: str
    detail: str


@needs(Permission.SEE_PATIENTS)
def anything(session: Session, text: str, limit: int = 4) -> list[Hit]:
    """Return up to `limit` surgeons, patients and referrals each for a name, a number, a birth date or four digits."""
    if not text.strip():
        return []
    return [
        *_surgeons(session, text, limit),
        *_patients(session, text, limit),
        *_referrals(session, text, limit),
    ]


def _surgeons(session: Session, text: str, limit: int) -> list[Hit]:
    try:
        found = [item.surgeon for item in matching.page(session, Query(text=text), limit).rows]
    except InvalidInput:
        return []
    return [Hit("surgeon", one.id, one.name, one.towns[0] if one.towns else one.specialty) for one in found]


def _patients(session: Session, text: str, limit: int) -> list[Hit]:
    return [
        Hit(
            "patient",
            item.id,
            item.name,
            f"Born {dates.say(item.born)}" if item.born else "Date of birth not known",
        )
        for item in patients.find(session, text, limit)
    ]


def _referrals(session: Session, text: str, limit: int) -> list[Hit]:
    with suppress(ValueError):  # words of a name, or the beginning of a number, stay as they are
        text = references.read(text)
    return [
        Hit(
            "referral",
            item.id,
            f"{item.reference}  {item.patient}",
            f"{item.state_words}, {item.surgeon}".rstrip(", "),
        )
        for item in worklists.find(session, Filter(text=text), limit)
    ]
