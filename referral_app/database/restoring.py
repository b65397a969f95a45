"""Restoring: a backup is opened, verified and made ready in a private folder before the store is touched."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from referral_app.database import (
    audit,
    backup,
    bundle,
    checks,
    key_file,
    prepared,
    rotation,
    tail,
    unlocking,
    upgrade,
)
from referral_app.database.bundle import BackupRecord
from referral_app.database.connections import connect, looking
from referral_app.database.key_file import KeyFile
from referral_app.database.problems import BadBackup, NoKey, NotAdministrator, OtherOffice, StoreProblem
from referral_app.database.unlocking import KeyCopy, Passphrase, Recovery, Secrets
from referral_app.paths import Paths

Way = Passphrase | Recovery | KeyCopy | None


@dataclass(frozen=True)
class Restored:
    """What a restore did: where the old set is, of when the backup was, from which revision it was upgraded."""

    aside: Path | None
    made_at: datetime
    upgraded_from: str
    rows: dict[str, int]


def restore(paths: Paths, file: Path, way: Way, other_office: bool = False) -> Restored:
    """Put a backup in the place of the store, whose files move aside together; the caller holds the instance lock.

    Raises StoreProblem with nothing changed: BadBackup, WrongPassphrase, WrongRecoveryKey, NotAdministrator, NoKey,
    NewerStore, OtherOffice, NoRoom.
    """
    found = bundle.record(file)
    bundle.check(file)
    if found.revision > upgrade.HEAD:
        raise upgrade.newer(found.revision, found.program, "backup")
    _refuse_other_office(paths, found, other_office)
    held, opened = _unlocked(paths, file, way)
    with backup.said_in_words(paths.data_dir):
        backup.ask_room(paths.data_dir, 2 * found.size)
        with backup.private_folder(paths.data_dir) as folder:
            opened, old = _made_whole(backup.verify(file, opened, folder), opened, file)
            _refuse_others_than_administrators(folder / bundle.STORE, opened)
            _note(paths, folder, held, opened, found)
            aside = prepared.put(paths, folder)
    return Restored(aside, found.made_at, old, found.rows)


def _unlocked(paths: Paths, file: Path, way: Way) -> tuple[KeyFile | None, Secrets]:
    """Return the key file that a backup brings along, None for one of a store without people, and its keys."""
    raw = bundle.key_in(file)
    if raw is None:
        return None, _bare(way.path if isinstance(way, KeyCopy) else paths.key)
    held = key_file.parse(raw)
    if held is None:
        raise BadBackup(file, "the key file in it is damaged.")
    if isinstance(way, KeyCopy):
        raise NoKey(way.path)
    return held, unlocking.unlock_with(paths, held, way)


def _bare(path: Path) -> Secrets:
    key = key_file.bare(path)
    if key is None:
        raise NoKey(path)
    return unlocking.bare_secrets(key)


def _refuse_other_office(paths: Paths, found: BackupRecord, other_office: bool) -> None:
    ours = "" if other_office else _store_id(paths)
    if ours and found.store_id and found.store_id != ours:
        raise OtherOffice(found.path, found.store_id, ours)


def _store_id(paths: Paths) -> str:
    """Return the id of the store of a folder, "" where there is none or it cannot be told."""
    try:
        bare = key_file.bare(paths.key)
        if bare is None:
            return key_file.load(paths.key).store_id
        with looking(paths.store, bare) as connection:
            return checks.facts(connection).get("store_id", "")
    except Exception:  # a store that is damaged has no say in what is restored in its place
        return ""


def _made_whole(copy: Path, opened: Secrets, file: Path) -> tuple[Secrets, str]:
    """Return the one key that opens a copy, upgraded where it is older, and the revision that it had then."""
    only = rotation.fitting(copy, opened)
    if only is None:
        raise BadBackup(file, "its copy of the store does not open with its key.")
    old = upgrade.upgrade(copy, only.key, only.audit_key) if upgrade.needs_upgrade(copy, only.key) else ""
    return only, old


def _refuse_others_than_administrators(copy: Path, opened: Secrets) -> None:
    """Refuse a person who is no administrator in a backup; the recovery key belongs to those who are."""
    if opened.person_id:
        wanted = "SELECT roles FROM person WHERE id = ? AND active"
        with looking(copy, opened.key) as connection:
            row = connection.execute(wanted, (opened.person_id.replace("-", ""),)).fetchone()
        if row is None or "administrator" not in json.loads(row[0]):
            raise NotAdministrator


def _note(paths: Paths, folder: Path, held: KeyFile | None, opened: Secrets, found: BackupRecord) -> None:
    """Note the restore in the audit of the copy, and keep where its audit stands outside it."""
    copy = folder / bundle.STORE
    connection = connect(copy, opened.key)
    try:
        connection.execute("BEGIN IMMEDIATE")
        event = {"action": "restored", "outcome": "done", "details": _details(paths, found)}
        head = audit.append(connection, opened.audit_key, [event], _who(connection, opened))
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    tail.write(copy, head, opened.audit_key)
    if held is None:
        key_file.write_bare(folder / paths.key.name, opened.key)
        key_file.copy_of(folder / paths.key.name).touch(mode=0o600)
        return
    held.head, held.filled = head.signed(opened.audit_key), True
    held.store_id = held.store_id or found.store_id
    key_file.save(folder / paths.key.name, held)


def _who(connection: Any, opened: Secrets) -> dict[str, str]:
    row = connection.execute(
        "SELECT name FROM person WHERE id = ?", (opened.person_id.replace("-", ""),)
    ).fetchone()
    name = row[0] if row else "Recovery key"
    return {"person_id": opened.person_id, "person": name, "workstation": platform.node()}


def _details(paths: Paths, found: BackupRecord) -> dict[str, Any]:
    """Return what is noted of a restore: which backup, and where the audit stood that it takes the place of."""
    try:
        old = key_file.load(paths.key).head
    except StoreProblem:
        old = {}
    return {
        "backup_made": found.made_at.isoformat(), "backup_event": found.head, "revision": found.revision,
        "event_before": json.dumps(old.get("sequence", 0)), "hash_before": str(old.get("hash", "")),
    }  # fmt: skip
