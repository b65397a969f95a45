"""What the person who acts may do, so that a page need not offer what a service would refuse."""

from __future__ import annotations

from referral_app.choices import Permission
from referral_app.database import Database
from referral_app.services.permissions import Actor


def actor(db: Database) -> Actor | None:
    """Return who is logged in, None in a store without people."""
    return db.rights if isinstance(db.rights, Actor) else None


def may(db: Database, permission: Permission) -> bool:
    """Tell whether the person who acts has a permission; in a store without people everybody has all."""
    who = actor(db)
    return who.may(permission) if who else db.keys is None
