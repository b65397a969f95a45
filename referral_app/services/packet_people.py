"""For whom packets are: language, print size and address of many people at once, as the files of patients hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Need, Permission
from referral_app.clinical import dates
from referral_app.clinical.computed import ADULT
from referral_app.clinical.fields import answered, as_dict, as_list
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.services import events, printing
from referral_app.services.permissions import in_scope, needs

LARGE = frozenset({Need.LARGE_PRINT, Need.LOW_VISION})
"""Needs for which what a patient reads is printed in 18 point."""
AT_ONCE = 500


@dataclass(frozen=True)
class PacketPerson:
    """What a packet of a referral has to follow."""

    reference: str
    patient: str
    date_of_birth: date | None
    surgeon: str
    language: str
    needs: frozenset[str]
    minor: bool


@dataclass(frozen=True)
class PostalAddress:
    """Whom a letter goes to; `lines` are empty where no address, or only a part of one, is on file."""

    reference: str
    name: str
    lines: tuple[str, ...]


@needs(Permission.PRINT)
def find(session: Session, references: Sequence[str], today: date | None = None) -> dict[str, PacketPerson]:
    """Return whom the packets of referrals are for, by reference number; what is not in view is left out."""
    found: dict[str, PacketPerson] = {}
    for referral, details in _rows(session, references):
        if details is None:
            language, needed = printing.wishes(session, referral.reference)
        else:
            language = str(details.get("language") or "")
            needed = frozenset(str(one) for one in as_list(details.get("needs")))
        born = dates.stored(referral.date_of_birth)
        minor = born is not None and dates.age(born, today or date.today()) < ADULT
        found[referral.reference] = PacketPerson(
            referral.reference, referral.patient_name, born, referral.surgeon_name, language, needed, minor
        )
    return found


@needs(Permission.PRINT)
def addresses(session: Session, references: Sequence[str]) -> list[PostalAddress]:
    """Return where the patients of referrals get mail, in this order, each patient once; each is noted as opened."""
    by_number = {referral.reference: (referral, details) for referral, details in _rows(session, references)}
    made: list[PostalAddress] = []
    seen: set[str] = set()
    for reference in references:
        referral, details = by_number.get(reference, (None, None))
        if referral is None or (referral.patient_id or referral.id) in seen:
            continue
        seen.add(referral.patient_id or referral.id)
        events.record(
            session, AuditAction.OPENED, "labels", referral.id, referral.patient_id, reference=reference
        )
        made.append(PostalAddress(reference, _name(referral, details or {}), lines(details or {})))
    return made


def lines(details: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of a patient's address, none where mail could not arrive: street, city, state and ZIP code."""
    given = {name: str(value) for name, value in as_dict(details.get("address")).items() if answered(value)}
    if not all(given.get(name) for name in ("line1", "city", "state", "zip")):
        return ()
    last = f"{given['city']}, {given['state']} {given['zip']}"
    return tuple(one for one in (given["line1"], given.get("line2", ""), last) if one)


def _name(referral: Referral, details: Mapping[str, Any]) -> str:
    parts = (details.get(name) for name in ("given_name", "middle_name", "family_name", "suffix"))
    return " ".join(str(part) for part in parts if part and answered(part)) or referral.patient_name


def _rows(session: Session, references: Sequence[str]) -> list[tuple[Referral, dict[str, Any] | None]]:
    named = list(dict.fromkeys(references))
    found: list[tuple[Referral, dict[str, Any] | None]] = []
    for at in range(0, len(named), AT_ONCE):
        rows = session.execute(
            select(Referral, Patient.details)
            .outerjoin(Patient, Patient.id == Referral.patient_id)
            .where(Referral.reference.in_(named[at : at + AT_ONCE]), in_scope(session, Referral.practice_id))
        )
        found += [(referral, details) for referral, details in rows]
    return found
