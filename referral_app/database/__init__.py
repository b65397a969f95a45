"""The only code that opens, locks, upgrades, backs up and checks the store."""

from referral_app.database.bundle import BackupRecord
from referral_app.database.bundle import record as backup_record
from referral_app.database.opening import begin_with_person, open_database, restore
from referral_app.database.problems import StoreProblem
from referral_app.database.restoring import Restored
from referral_app.database.store import Database, Session
from referral_app.database.unlocking import (
    Keychain,
    KeyCopy,
    Passphrase,
    Recovery,
    Secrets,
    is_locked,
    unlock,
)

__all__ = [
    "BackupRecord", "Database", "KeyCopy", "Keychain", "Passphrase", "Recovery", "Restored", "Secrets", "Session",
    "StoreProblem", "backup_record", "begin_with_person", "is_locked", "open_database", "restore", "unlock",
]  # fmt: skip
