"""What the person who acts may do, so that a page need not offer what a service would refuse."""

from __future__ import annotations

from referral_app.choices import Permission
from referral_app.database import Database
from referral_app.services.permissions import Actor, nobody_yet


def actor(db: Database) -> Actor | None:
    """Return who is logged in, None in a store without people."""
    return db.rights if isinstance(db.rights, Actor) and db.keys is not None else None


def take_name(db: Database, name: str) -> None:
    """Let the name of the settings stand beside what is written, in a store without people alone."""
    if db.keys is None:
        db.act_as("", name, nobody_yet(name))


def may(db: Database, permission: Permission) -> bool:
    """Tell whether the person who acts has a permission; in a store without people everybody has all."""
    who = actor(db)
    return who.may(permission) if who else db.keys is None
