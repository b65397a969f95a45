"""Making what waits for the worklists where an upgraded store has none yet, or where a check found it wrong."""

from __future__ import annotations

from collections.abc import Callable

from referral_app.database import Database
from referral_app.services import waiting_making

Progress = Callable[[int, int], None]


def ensure(db: Database, progress: Progress | None = None) -> None:
    """Make the worklists unless they are there already; called wherever a store was opened, before anybody acts."""
    with db.read() as session:
        if waiting_making.is_made(session):
            return
    with db.begin() as session:
        waiting_making.make(session, progress)


def mend(db: Database) -> bool:
    """Make the worklists anew where their counts are not those of their rows; return whether they were."""
    with db.read() as session:
        if waiting_making.holds(session):
            return True
    with db.begin() as session:
        waiting_making.make(session)
    return False
