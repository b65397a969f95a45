"""The only code that opens, locks, upgrades and checks the store."""

from referral_app.database.problems import StoreProblem
from referral_app.database.store import Database, Session, open_database, restore

__all__ = ["Database", "Session", "StoreProblem", "open_database", "restore"]
