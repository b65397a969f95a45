"""The people who work here: one account each, with the roles they have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, StaffRole
from referral_app.models.base import new_id, now
from referral_app.models.person import Person
from referral_app.models.practice import Practice
from referral_app.models.referral import Draft
from referral_app.models.signature import PersonalSignature
from referral_app.services import audit
from referral_app.services.errors import Conflict, Denied, InvalidInput, NotFound
from referral_app.services.permissions import Actor, actor, needs

_OUR_PRACTICE = select(Practice.id).where(Practice.ours.is_(True))


@dataclass(frozen=True)
class PersonRecord:
    """A person; `practice_id` says whose records office staff and clinicians see in a Center."""

    login: str
    name: str
    roles: frozenset[StaffRole] = frozenset()
    id: str = ""
    practice_id: str = ""
    active: bool = True
    practicing: bool = False
    last_login: datetime | None = None
    version: int = 0


def enter(session: Session, person_id: str, login: str, own_office: bool) -> Actor:
    """Return who acts after a passphrase was right; the first person of an empty store becomes its administrator.

    Raises Denied for a person who was removed.
    """
    row = session.get(Person, person_id)
    if row is None and not session.scalar(select(func.count()).select_from(Person)):
        row = Person(id=person_id, login=login, name=login, roles=[str(StaffRole.ADMINISTRATOR)], active=True)
        session.add(row)
    if row is None or not row.active:
        raise Denied("This account is not in use any more. Ask an administrator.")
    row.last_login = now()
    session.flush()
    return as_actor(session, row.id, own_office)


def as_actor(session: Session, person_id: str, own_office: bool) -> Actor:
    """Return a person as the one who acts, with the roles as they are now; raises NotFound."""
    row = _row(session, person_id)
    practice = row.practice_id or ""
    if own_office:
        practice = session.scalar(_OUR_PRACTICE) or practice
    roles = frozenset(StaffRole(one) for one in row.roles)
    return Actor(row.name, row.id, row.login, roles, practice, own_office)


def removed(session: Session) -> set[str]:
    """Return the ids of people who were removed: what the key file must not let in."""
    return set(session.scalars(select(Person.id).where(Person.active.is_(False))))


@needs(Permission.SEE_DIRECTORY)
def is_practicing(session: Session) -> bool:
    """Tell whether the person who acts still works with invented data, until an administrator ends it."""
    row = session.get(Person, actor(session).person_id)
    return row is not None and row.practicing


@needs(Permission.ADMINISTER)
def find(session: Session, with_removed: bool = False) -> list[PersonRecord]:
    """Return the people by name."""
    statement = select(Person).order_by(Person.active.desc(), Person.name)
    if not with_removed:
        statement = statement.where(Person.active)
    return [_record(row) for row in session.scalars(statement)]


@needs(Permission.ADMINISTER)
def get(session: Session, person_id: str) -> PersonRecord:
    """Return a person; raises NotFound."""
    return _record(_row(session, person_id))


@needs(Permission.ADMINISTER)
def save(session: Session, person: PersonRecord) -> PersonRecord:
    """Add or change a person; raises InvalidInput, Conflict, and refuses to leave no administrator."""
    if problems := problems_of(session, person):
        raise InvalidInput(problems)
    row = session.get(Person, person.id) if person.id else None
    if row is not None and row.version != person.version:
        raise Conflict("Someone else changed this person in the meantime. Open them again.")
    is_new = row is None
    row = row or Person(id=person.id or new_id(), active=True)
    before = sorted(row.roles or [])
    if row.name and row.name != person.name.strip():
        session.execute(update(Draft).where(Draft.person == row.name).values(person=person.name.strip()))
    row.login, row.name = person.login.strip(), person.name.strip()
    row.roles = sorted(str(one) for one in person.roles)
    row.practice_id, row.practicing = person.practice_id or None, person.practicing
    session.add(row)
    session.flush()
    _keep_an_administrator(session)
    action = AuditAction.PERSON_ADDED if is_new else AuditAction.PERSON_CHANGED
    audit.record(session, action, "person", row.id, roles_before=before, roles=row.roles)
    return _record(row)


@needs(Permission.ADMINISTER)
def remove(session: Session, person_id: str) -> None:
    """Take a person out of use; what they did stays in the audit, what they saw to goes to who removes them.

    Raises InvalidInput for oneself.
    """
    from referral_app.services import handovers  # nobody who logs in waits for it

    if actor(session).person_id == person_id:
        raise InvalidInput({"": "You cannot remove yourself. Ask another administrator."})
    row = _row(session, person_id)
    row.active = False
    session.execute(delete(PersonalSignature).where(PersonalSignature.person_id == row.id))
    session.flush()
    _keep_an_administrator(session)
    handovers.take_over(session, row.id)
    audit.record(session, AuditAction.PERSON_REMOVED, "person", row.id)


@needs(Permission.ADMINISTER)
def administrators(session: Session) -> int:
    """Return how many administrators there are; two are advised, so that one can start the other's reset."""
    return len([row for row in _active(session) if str(StaffRole.ADMINISTRATOR) in row.roles])


@needs(Permission.ADMINISTER)
def problems_of(session: Session, person: PersonRecord) -> dict[str, str]:
    """Return what is wrong with a person before it is saved, a sentence a field."""
    found: dict[str, str] = {}
    if len(person.login.strip()) < 2:
        found["login"] = "Enter a login of at least two characters."
    if not person.name.strip():
        found["name"] = "Enter the name of the person."
    if not person.roles:
        found["roles"] = "Choose at least one role."
    for row in session.scalars(select(Person).where(Person.id != person.id)):
        if row.login.casefold() == person.login.strip().casefold():
            found["login"] = "Somebody has this login already; each person has their own."
        if row.name.casefold() == person.name.strip().casefold():
            found["name"] = "Somebody has this name already; add a middle name or initial."
    return found


def _keep_an_administrator(session: Session) -> None:
    if not any(str(StaffRole.ADMINISTRATOR) in row.roles for row in _active(session)):
        raise InvalidInput({"roles": "One administrator must remain."})


def _active(session: Session) -> list[Person]:
    return list(session.scalars(select(Person).where(Person.active)))


def _row(session: Session, person_id: str) -> Person:
    row = session.get(Person, person_id)
    if row is None:
        raise NotFound("This person is not there.")
    return row


def _record(row: Person) -> PersonRecord:
    return PersonRecord(
        row.login, row.name, frozenset(StaffRole(one) for one in row.roles), row.id, row.practice_id or "",
        row.active, row.practicing, row.last_login, row.version,
    )  # fmt: skip


def first(name: str, login: str, roles: frozenset[StaffRole]) -> PersonRecord:
    """Return the first person of a store: with the roles chosen, and administrator."""
    return replace(PersonRecord(login, name, roles | {StaffRole.ADMINISTRATOR}), id=new_id())
