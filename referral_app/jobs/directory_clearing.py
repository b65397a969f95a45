"""Clearing away what imports that were given up or undone left out of view; it may be a million rows."""

from __future__ import annotations

from collections.abc import Callable

from referral_app.database import Database
from referral_app.jobs import directory_finishing
from referral_app.services import directory_imports

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
AT_ONCE = 100


def is_needed(db: Database) -> bool:
    """Tell whether anything lies out of view."""
    with db.read() as session:
        session.info["rights"] = directory_finishing.rights()
        return bool(directory_imports.left_behind(session))


def clear_up(
    db: Database, progress: Progress = lambda done, of: None, canceled: Canceled = lambda: False
) -> None:
    """Clear away whatever lies out of view; what `canceled` leaves is for the next time."""
    with directory_finishing.begin(db) as session:
        left = directory_imports.left_behind(session)
    for import_id in left:
        clear(db, import_id, progress, canceled)


def clear(
    db: Database,
    import_id: str,
    progress: Progress = lambda done, of: None,
    canceled: Canceled = lambda: False,
) -> None:
    """Clear away what one import left out of view, in short transactions."""
    with directory_finishing.begin(db) as session:
        whole = directory_imports.rows_left(session, import_id)
    more, done = True, 0
    while more and not canceled():
        with directory_finishing.begin(db) as session:
            more = directory_imports.clear_some(session, import_id, AT_ONCE)
        done += AT_ONCE
        progress(min(done, whole), whole)
