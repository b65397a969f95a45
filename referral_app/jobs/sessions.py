"""A person's time at the store: logging in, locking up, coming back, and logging out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from referral_app.choices import AuditAction, InstallationMode
from referral_app.database import (
    Database,
    Keychain,
    Passphrase,
    Secrets,
    StoreProblem,
    key_file,
    keychain,
    unlock,
)  # fmt: skip
from referral_app.database import attempts as failures
from referral_app.jobs import backups
from referral_app.jobs.people import open_store
from referral_app.paths import Paths
from referral_app.services import people
from referral_app.services.permissions import Actor


@dataclass(frozen=True)
class Entered:
    """An open store and what comes first: a passphrase of one's own, or invented data to practice with."""

    db: Database
    must_choose: bool = False
    practicing: bool = False


def log_in(
    paths: Paths, way: Passphrase | Keychain, mode: InstallationMode, opened: Secrets | None = None
) -> Entered:
    """Open the store for a person; earlier failures of this login are noted. Raises StoreProblem and Denied.

    `opened` is what `unlock` gave for `way` a moment ago, where that was asked already.
    """
    by_hand = opened is None and isinstance(way, Passphrase)
    failed = 0 if not by_hand else failures.count(paths, key_file.load(paths.key).tag(way.login))
    opened = opened or unlock(paths, way)
    db = open_store(paths, Passphrase(way.login, ""), mode, opened)
    try:
        _note_failed(db, failed)
        return Entered(db, must_choose=True) if opened.must_choose else entered(db)
    except BaseException:
        db.close()
        raise


def _note_failed(db: Database, times: int) -> None:
    if times:
        db.note(str(AuditAction.LOGIN_FAILED), outcome="denied", details={"times": times})


def entered(db: Database) -> Entered:
    """Return what comes first for a person who may act."""
    with db.read() as session:
        return Entered(db, practicing=people.is_practicing(session))


def remembers(paths: Paths) -> bool:
    """Tell whether the keychain of this computer may open the store for somebody."""
    return any(one.remembered for one in key_file.load(paths.key).people) and keychain.available()


def remember_here(db: Database, passphrase: str) -> None:
    """Let the keychain of this computer log the person in who acts; raises WrongPassphrase, NotRemembered."""
    if db.keys is not None and isinstance(db.rights, Actor):
        db.keys.remember_here(db.rights.person_id, passphrase)
        db.note(str(AuditAction.SETTING_CHANGED), kind="setting", details={"setting": "keychain", "on": True})


def forget_here(db: Database) -> None:
    """Let the keychain of this computer log the person in no more."""
    if db.keys is not None and isinstance(db.rights, Actor):
        db.keys.forget_here(db.rights.person_id)
        db.note(
            str(AuditAction.SETTING_CHANGED), kind="setting", details={"setting": "keychain", "on": False}
        )


def come_back(db: Database, way: Passphrase, mode: InstallationMode) -> Secrets | None:
    """Open a locked store again for the person who locked it, with the roles they have now; emergency access has ended.

    For another person nothing is opened: what their passphrase gave is returned, for `log_in`. Raises StoreProblem,
    and Denied for a person who was removed meanwhile.
    """
    before = db.rights
    failed = failures.count(db.paths, key_file.load(db.paths.key).tag(way.login))
    opened = unlock(db.paths, way)
    if not isinstance(before, Actor) or opened.person_id != before.person_id or opened.must_choose:
        return opened
    db.unlock(opened)
    try:
        with db.begin() as session:
            now = people.enter(
                session, before.person_id, before.login, mode is InstallationMode.REFERRING_OFFICE
            )
    except BaseException:
        db.lock_up()
        raise
    db.act_as(now.person_id, now.name, now)
    _note_failed(db, failed)
    db.note(str(AuditAction.UNLOCKED))
    if before.emergency:
        db.note(str(AuditAction.EMERGENCY_ENDED), reason=before.emergency)
    return None


def log_out(db: Database, second_folder: Path | None = None) -> None:
    """Close the store after its person has left, with a backup where anything was changed."""
    try:
        if not db.is_locked and isinstance(db.rights, Actor):
            db.note(str(AuditAction.LOGGED_OUT))
        backups.on_close(db, second_folder)
    except StoreProblem:  # a full disk keeps nobody from closing; the next start tells of a missing backup
        pass
    finally:
        db.close()
