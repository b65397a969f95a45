"""Making the search index of the directory where an upgraded store has none yet."""

from __future__ import annotations

from collections.abc import Callable

from referral_app.database import Database
from referral_app.jobs import directory_settling
from referral_app.services import directory_index

Progress = Callable[[int, int], None]


def ensure(db: Database, progress: Progress | None = None) -> None:
    """Make the index unless it is there already; called wherever a store was opened, before anybody searches.

    Imports that were cut short are finished or given up here too, so that nothing half imported is ever seen.
    """
    _make(db, progress)
    directory_settling.settle(db)


def _make(db: Database, progress: Progress | None) -> None:
    with db.read() as session:
        if directory_index.is_ready(session):
            return
    from referral_app.services import index_making  # NumPy is not read in where the index is there already

    with db.begin() as session:
        index_making.make(session, progress)
