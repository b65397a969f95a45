"""Who may do what: the table of contract section 4, asked by every service before it does anything.

On a local store this is enforced by the program: whoever has the account of the computer and a passphrase could get
around it. The help says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from referral_app.choices import AuditAction, Permission, StaffRole
from referral_app.services import events
from referral_app.services.errors import Denied, InvalidInput

Given = ParamSpec("Given")
Result = TypeVar("Result")

_EVERYONE = frozenset(StaffRole)
_OFFICE = frozenset({StaffRole.OFFICE_STAFF, StaffRole.CLINICIAN})
_SCHEDULERS = frozenset({StaffRole.SCHEDULER, StaffRole.ADMINISTRATOR})

TABLE: dict[Permission, frozenset[StaffRole]] = {
    Permission.SEE_DIRECTORY: _EVERYONE,
    Permission.CHANGE_DIRECTORY: _SCHEDULERS,
    Permission.SEE_PATIENTS: _EVERYONE,
    Permission.WRITE: _OFFICE | _SCHEDULERS,
    Permission.SIGN: frozenset({StaffRole.CLINICIAN}),
    Permission.SEND: _OFFICE | _SCHEDULERS,
    Permission.PRINT: _EVERYONE,
    Permission.MERGE: _SCHEDULERS,
    Permission.ADMINISTER: frozenset({StaffRole.ADMINISTRATOR}),
    Permission.EMERGENCY: frozenset({StaffRole.CLINICIAN, StaffRole.SCHEDULER}),
}
"""The roles that have a permission; what is not here, nobody has."""

SEES_EVERY_PRACTICE = frozenset({StaffRole.SCHEDULER, StaffRole.PACKET_STAFF, StaffRole.ADMINISTRATOR})


@dataclass(frozen=True)
class Actor:
    """Who acts; `own_office`: the installation is one referring office; `emergency`: why the bounds are lifted."""

    name: str
    person_id: str = ""
    login: str = ""
    roles: frozenset[StaffRole] = frozenset()
    practice_id: str = ""
    own_office: bool = True
    emergency: str = ""

    def may(self, permission: Permission) -> bool:
        """Tell whether a role of this person has a permission."""
        return bool(self.roles & TABLE.get(permission, frozenset()))

    @property
    def sees_every_practice(self) -> bool:
        """Whether records of all practices are in view; a referring office has none but its own."""
        return bool(self.roles & SEES_EVERY_PRACTICE) or bool(self.emergency)


def nobody_yet(name: str = "") -> Actor:
    """Return who acts in a store without people: the demonstration, or before the first person is entered."""
    return Actor(name, roles=_EVERYONE)


def actor(session: Session) -> Actor:
    """Return who acts in a session; notes a denial and raises Denied where nobody logged in."""
    rights = session.info.get("rights")
    if isinstance(rights, Actor):
        return rights
    if not session.info.get("without_people"):
        refuse(session, "Nobody is logged in.", "nobody")
    return nobody_yet()


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Session, Given], Result]], Callable[Concatenate[Session, Given], Result]]:
    """Return a decorator that lets a service do its work only for those who have the permission; raises Denied."""

    def decorate(
        service: Callable[Concatenate[Session, Given], Result],
    ) -> Callable[Concatenate[Session, Given], Result]:
        @wraps(service)
        def guarded(session: Session, /, *values: Given.args, **named: Given.kwargs) -> Result:
            ask(session, permission, f"{service.__module__.rpartition('.')[2]}.{service.__name__}")
            return service(session, *values, **named)

        guarded.permission = permission  # pyright: ignore[reportAttributeAccessIssue] - read by the generated test
        return guarded

    return decorate


def ask(session: Session, permission: Permission, what: str) -> Actor:
    """Return who acts where they have a permission; otherwise note the denial and raise Denied."""
    who = actor(session)
    if not who.may(permission):
        refuse(session, f"You may not {permission.label}. Ask an administrator.", what)
    return who


def refuse(session: Session, sentence: str, what: str, kind: str = "", object_id: str = "") -> NoReturn:
    """Note a denial, which outlives the transaction, and raise Denied."""
    session.info.setdefault("denied", []).append(
        events.event(AuditAction.DENIED, kind, object_id, outcome="denied", reason=what)
    )
    raise Denied(sentence)


def in_scope(
    session: Session, practice: InstrumentedAttribute[Any] | ColumnElement[Any]
) -> ColumnElement[bool]:
    """Return the condition that rows belong to those whose records the actor sees."""
    who = actor(session)
    if who.sees_every_practice:
        return true()
    mine = practice == who.practice_id if who.practice_id else practice.is_(None)
    return or_(mine, practice.is_(None)) if who.own_office else mine


def ask_scope(session: Session, practice_id: str | None, kind: str, object_id: str) -> None:
    """Refuse a record of a practice that the actor does not see; raises Denied."""
    who = actor(session)
    if who.sees_every_practice or (who.own_office and not practice_id):
        return
    if not practice_id or practice_id != who.practice_id:
        refuse(session, "This record belongs to another practice.", "scope", kind, object_id)


def ask_patients(session: Session) -> None:
    """Refuse to store a patient before the recovery key was confirmed; raises InvalidInput."""
    if not session.info.get("patients", False):
        raise InvalidInput({
            "": "Before the first patient can be stored, set up who works here and confirm the recovery key: in the "
            "window under Settings, People and keys, or with `referral-app data setup`."
        })  # fmt: skip
