"""The only code that opens, locks, upgrades, backs up and checks the store."""

from referral_app.database.opening import begin_with_person, open_database, restore
from referral_app.database.problems import StoreProblem
from referral_app.database.store import Database, Session
from referral_app.database.unlocking import Passphrase, Recovery, Secrets, is_locked, unlock

__all__ = [
    "Database", "Passphrase", "Recovery", "Secrets", "Session", "StoreProblem", "begin_with_person", "is_locked",
    "open_database", "restore", "unlock",
]  # fmt: skip
