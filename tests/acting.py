"""Letting someone act in a test: a name in a store without people, or a role in one with people."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.services.permissions import Actor, nobody_yet


@contextmanager
def acting(db: Database, name: str) -> Generator[None]:
    """Let a person of this name act in the block, who may do everything."""
    before = db.rights
    db.act_as("", name, nobody_yet(name))
    try:
        yield
    finally:
        db.act_as("", before.name if before else "", before)


def as_role(
    db: Database, *roles: StaffRole, practice_id: str = "", own_office: bool = False, name: str = "Rosa Ortiz"
) -> Actor:
    """Let a person with these roles act from now on, of a practice in a Center unless told otherwise."""
    who = Actor(name, f"id of {name}", name.lower(), frozenset(roles), practice_id, own_office)
    db.act_as(who.person_id, who.name, who)
    return who
