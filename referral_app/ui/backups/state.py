"""How the backups stand: what there is, how old the last is, and whether one is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from referral_app.database import BackupRecord, Database
from referral_app.jobs import backups
from referral_app.ui import moments


@dataclass(frozen=True)
class Row:
    """A backup as the list shows it."""

    record: BackupRecord
    second: bool
    mine: bool

    @property
    def id(self) -> str:
        """The path of its file."""
        return str(self.record.path)

    @property
    def made(self) -> str:
        """When it was made."""
        return moments.say(self.record.made_at).capitalize()

    @property
    def why(self) -> str:
        """Why it was made."""
        return backups.REASONS.get(self.record.reason, self.record.reason.capitalize())

    @property
    def place(self) -> str:
        """Where it lies; one of another store says so."""
        where = "Second place" if self.second else "This computer"
        return where if self.mine else f"{where}, of another store"

    @property
    def size(self) -> str:
        """How large it is."""
        return f"{self.record.size / 1_000_000:,.1f} MB"


@dataclass(frozen=True)
class State:
    """The backups, the newest first, and whether one is overdue."""

    rows: tuple[Row, ...] = ()
    overdue: bool = False
    made_on: str = ""
    confirmed: bool = True

    @property
    def last(self) -> Row | None:
        """The last backup of this store."""
        return next((row for row in self.rows if row.mine), None)

    @property
    def words(self) -> tuple[str, str]:
        """The state with its icon."""
        if self.last is None:
            return "missing", "No backup yet"
        age = moments.ago(self.last.record.made_at)
        if self.overdue:
            return "review", f"Overdue: the last backup was made {age}, and something was changed since"
        return "ok", f"The last backup was made {age}"


def read(db: Database, second: Path | None) -> State:
    """Return how the backups and the recovery key stand."""
    ours = db.facts["store_id"]
    rows = tuple(
        Row(one, second is not None and one.path.is_relative_to(second), one.store_id == ours)
        for one in backups.listed(db.paths, second)
    )
    if db.keys is None:
        return State(rows)
    return State(rows, backups.due(db), db.keys.recovery_made_on, db.keys.recovery_confirmed)
