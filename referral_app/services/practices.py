"""Referring practices, their providers and letterheads; our office is entered once and filled in everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from referral_app.choices import AuditAction, Permission, Role
from referral_app.clinical import npi, phones
from referral_app.models import practice as tables
from referral_app.models.patient import Patient
from referral_app.models.referral import Draft, Referral
from referral_app.services import events
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.permissions import actor, needs

_PLAIN = (
    "name", "line1", "line2", "city", "state", "zip", "phone", "fax", "email", "callback_person", "callback_phone",
)  # fmt: skip
_OURS = select(tables.Practice.id).where(tables.Practice.ours.is_(True))
_PROVIDER = ("given_name", "family_name", "degrees", "role", "npi", "phone", "active")

ROOM_INCHES = (0.75, 5.0)
"""The least and the most room that printed paper needs at the top, in inches."""
_LARGEST_LOGO, _PNG = 1_000_000, b"\x89PNG"


@dataclass(frozen=True)
class ProviderRecord:
    """A referring provider."""

    given_name: str
    family_name: str
    id: str = ""
    degrees: str = ""
    role: Role = Role.PHYSICIAN
    npi: str = ""
    phone: str = ""
    active: bool = True
    version: int = 0

    @property
    def name(self) -> str:
        """The name as it is spoken and printed, with degrees."""
        return ", ".join(part for part in (f"{self.given_name} {self.family_name}", self.degrees) if part)


@dataclass(frozen=True)
class Letterhead:
    """The head of a practice's paper, from a date on.

    `preprinted_inches` is how much room printed paper needs at the top of the first page, where nothing is printed
    then; `logo` is a small PNG.
    """

    heading: str
    lines: tuple[str, ...] = ()
    from_date: date = date.min
    preprinted_inches: float | None = None
    logo: bytes | None = None


@dataclass(frozen=True)
class PracticeRecord:
    """A practice with its providers and the letterhead in force; `coming` are those of later days in order."""

    name: str = ""
    id: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    callback_person: str = ""
    callback_phone: str = ""
    letterhead: Letterhead | None = None
    coming: tuple[Letterhead, ...] = ()
    providers: tuple[ProviderRecord, ...] = ()
    version: int = 0


@needs(Permission.SEE_DIRECTORY)
def ours(session: Session, today: date | None = None) -> PracticeRecord | None:
    """Return our own practice with today's letterhead, None before it was entered."""
    row = session.scalar(_loaded().where(tables.Practice.ours.is_(True)))
    return None if row is None else _record(row, today or date.today())


@needs(Permission.SEE_DIRECTORY)
def is_entered(session: Session) -> bool:
    """Tell whether our own practice was entered."""
    return session.scalar(_OURS) is not None


@needs(Permission.SEE_DIRECTORY)
def names(session: Session) -> list[tuple[str, str]]:
    """Return id and name of every practice, by name: whose records a person can be given to see."""
    return [
        (row.id, row.name) for row in session.scalars(select(tables.Practice).order_by(tables.Practice.name))
    ]


@needs(Permission.SEE_DIRECTORY)
def of_actor(session: Session) -> str | None:
    """Return the id of the practice that new records belong to: that of the person who acts, or else our own."""
    return actor(session).practice_id or session.scalar(_OURS)


@needs(Permission.SEE_DIRECTORY)
def get(session: Session, practice_id: str, today: date | None = None) -> PracticeRecord:
    """Return a practice; raises NotFound."""
    return _get(session, practice_id, today or date.today())


def _get(session: Session, practice_id: str, today: date) -> PracticeRecord:
    row = session.scalar(_loaded().where(tables.Practice.id == practice_id))
    if row is None:
        raise NotFound("This practice is not there any more.")
    return _record(row, today)


@needs(Permission.ADMINISTER)
def save(session: Session, practice: PracticeRecord, ours: bool = True) -> PracticeRecord:
    """Write a practice with its providers, new where `id` is empty, and return it as stored.

    A changed letterhead is added from its date on; older ones stay for reprints. Providers that are left out are kept,
    but marked as no longer active. What was kept before our office was entered belongs to it from then on. Raises
    InvalidInput by field, Conflict after someone else's change.
    """
    _refuse_invalid(practice)
    row = session.scalar(_loaded().where(tables.Practice.id == practice.id)) if practice.id else None
    if row is not None and row.version != practice.version:
        raise Conflict(
            "Someone else changed this office in the meantime. Open it again and repeat your change."
        )
    before = None if row is None else _record(row, date.today())
    row = row or tables.Practice(ours=ours)
    for name in _PLAIN:
        setattr(row, name, getattr(practice, name))
    session.add(row)
    session.flush()
    _save_letterhead(row, practice.letterhead)
    _save_providers(session, row, practice.providers)
    session.flush()
    session.expire(row)
    if before is None and ours and actor(session).own_office:
        _take_in(session, row.id)
    after = _get(session, row.id, date.today())
    _note(session, before, after)
    return after


def referrer(practice: PracticeRecord | None, provider: ProviderRecord | None) -> dict[str, Any]:
    """Return the intake's "referrer" group as far as the office knows it."""
    if practice is None:
        return {}
    address = {name: getattr(practice, name) for name in ("line1", "line2", "city", "state", "zip")}
    known: dict[str, Any] = {
        "practice": practice.name, "phone": practice.phone, "fax": practice.fax, "email": practice.email,
        "callback_person": practice.callback_person, "callback_phone": practice.callback_phone,
        "address": {name: value for name, value in address.items() if value},
    }  # fmt: skip
    if provider is not None:
        known |= {"name": provider.name, "role": str(provider.role), "npi": provider.npi}
    return {name: value for name, value in known.items() if value}


def _take_in(session: Session, practice_id: str) -> None:
    """Give our office what was kept before it was entered, without touching versions or times."""
    for table in (Patient, Referral, Draft):
        unclaimed = update(table).where(table.practice_id.is_(None))
        session.execute(unclaimed.values(practice_id=practice_id, updated=table.updated))


def _note(session: Session, before: PracticeRecord | None, after: PracticeRecord) -> None:
    """Note a save with the names of what changed."""
    if before is None:
        events.record(session, AuditAction.CREATED, "practice", after.id)
        return
    named = (*_PLAIN, "letterhead", "providers")
    changed = [name for name in named if getattr(before, name) != getattr(after, name)]
    if changed:
        events.record(session, AuditAction.CHANGED, "practice", after.id, fields=changed)


def _loaded() -> Any:
    return select(tables.Practice).options(
        selectinload(tables.Practice.letterheads), selectinload(tables.Practice.providers)
    )


def _refuse_invalid(practice: PracticeRecord) -> None:
    problems: dict[str, str] = {}
    if not practice.name.strip():
        problems["name"] = "Enter the name of the practice."
    for name in ("phone", "fax", "callback_phone"):
        value = getattr(practice, name)
        if value and (problem := phones.problem(value)):
            problems[name] = problem
    if practice.letterhead is not None:
        problems |= _letterhead_problems(practice.letterhead)
    for number, provider in enumerate(practice.providers):
        if not provider.family_name.strip():
            problems[f"providers[{number}].family_name"] = "Enter a last name."
        if provider.npi and (problem := npi.problem(provider.npi)):
            problems[f"providers[{number}].npi"] = problem
    if problems:
        raise InvalidInput(problems)


def _letterhead_problems(head: Letterhead) -> dict[str, str]:
    problems: dict[str, str] = {}
    low, high = ROOM_INCHES
    if head.preprinted_inches is not None and not low <= head.preprinted_inches <= high:
        problems["preprinted_inches"] = f"Enter the room in inches, from {low:g} to {high:g}."
    if head.logo is not None and (len(head.logo) > _LARGEST_LOGO or not head.logo.startswith(_PNG)):
        problems["logo"] = "Choose the logo again: it was not read as a picture."
    return problems


def _save_letterhead(row: tables.Practice, letterhead: Letterhead | None) -> None:
    if letterhead is None:
        return
    kept = next((old for old in row.letterheads if old.from_date == letterhead.from_date), None)
    if kept is None:
        kept = tables.Letterhead(from_date=letterhead.from_date)
        row.letterheads.append(kept)
    kept.heading, kept.lines = letterhead.heading, list(letterhead.lines)
    kept.preprinted_inches, kept.logo = letterhead.preprinted_inches, letterhead.logo


def _save_providers(session: Session, row: tables.Practice, providers: tuple[ProviderRecord, ...]) -> None:
    old = {provider.id: provider for provider in row.providers}
    for provider in providers:
        kept = old.pop(provider.id, None) or tables.Provider(practice_id=row.id)
        for name in _PROVIDER:
            setattr(kept, name, getattr(provider, name))
        session.add(kept)
    for left_out in old.values():
        left_out.active = False


def _record(row: tables.Practice, today: date) -> PracticeRecord:
    heads = [_head(head) for head in sorted(row.letterheads, key=lambda head: head.from_date)]
    in_force = [head for head in heads if head.from_date <= today]
    return PracticeRecord(
        **{name: getattr(row, name) for name in _PLAIN},
        id=row.id,
        version=row.version,
        letterhead=in_force[-1] if in_force else None,
        coming=tuple(heads[len(in_force) :]),
        providers=tuple(
            ProviderRecord(
                **{name: getattr(item, name) for name in _PROVIDER}, id=item.id, version=item.version
            )
            for item in row.providers
            if item.active
        ),
    )


def _head(row: tables.Letterhead) -> Letterhead:
    return Letterhead(row.heading, tuple(row.lines), row.from_date, row.preprinted_inches, row.logo)
