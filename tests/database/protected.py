"""A store with a person, a cheap passphrase and a confirmed recovery key, filled with the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.database.wrapping import Cost
from referral_app.jobs import demo, people
from referral_app.paths import Paths

CHEAP = Cost(65536, 1, 4)
PASSPHRASE = "orchard lantern velvet"
LOGIN = "dana"


@dataclass
class Protected:
    """An open store and how to come in again."""

    db: Database
    recovery: str


def set_up(paths: Paths, filled: bool = True) -> Protected:
    """Begin a store with one person of all roles."""
    db, recovery = people.set_up(paths, "Dana Whitfield", LOGIN, PASSPHRASE, frozenset(StaffRole), CHEAP)
    db.confirm_recovery(recovery.replace("-", "")[-6:], recovery)
    if filled:
        demo.fill(db)
    return Protected(db, recovery)


def content(db: Database) -> dict[str, list[Any]]:
    """Return all rows of what people entered, by table."""
    with db.read() as session:
        names = session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ).scalars()
        return {
            name: sorted(map(repr, session.execute(text(f'SELECT * FROM "{name}"'))))
            for name in names
            if name not in ("audit_event", "store_fact", "person", "alembic_version")
        }
