"""The open store and its transactions; how it is opened is in `opening`."""

from __future__ import annotations

import platform
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock
from sqlalchemy import Engine, QueuePool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from referral_app.database import audit, backup, checks, key_file, rotation, unlocking
from referral_app.database.audit import Head
from referral_app.database.bundle import BackupRecord
from referral_app.database.connections import connect, engine
from referral_app.database.driver import DatabaseError
from referral_app.database.gate import Gate
from referral_app.database.key_file import KeyFile
from referral_app.database.keys import Keys, entry, make_recovery
from referral_app.database.outside import Outside
from referral_app.database.problems import Locked, StoreProblem, Unreadable, from_driver
from referral_app.database.tail import Tail
from referral_app.database.unlocking import Secrets
from referral_app.database.wrapping import Cost
from referral_app.paths import Paths


class Database:
    """An open store: one user action is one `with db.begin() as session`, looking is `with db.read() as session`.

    What services note for the audit is written in the transaction of the change, and for looking right after it.
    """

    def __init__(self, paths: Paths, opened: Secrets, lock: FileLock) -> None:
        """Prepare the connections; none is made before it is needed."""
        self.paths, self._lock, self._gate = paths, lock, Gate()
        self.keys = Keys(paths, opened) if unlocking.is_locked(paths) else None
        self.warnings: list[str] = []
        self._rights: Any = None
        self._who: dict[str, str] = {"workstation": platform.node()}
        self._opened: Secrets | None = None
        self._engine: Engine | None = None
        self._tail: Tail | None = None
        self._outside = Outside(paths)
        self._facts: dict[str, str] | None = None
        self._kept: dict[str, Any] = {}
        self._recovery_confirmed = self.keys is None or self.keys.recovery_confirmed
        self._take(opened)

    @property
    def is_locked(self) -> bool:
        """Whether the keys were forgotten until somebody unlocks the store."""
        return self._opened is None

    @property
    def facts(self) -> dict[str, str]:
        """What the store knows of itself, by name."""
        if self._facts is None:
            with self._transaction(read_only=True, info={}) as session:
                rows = session.connection().exec_driver_sql("SELECT name, value FROM store_fact").all()
            self._facts = {row[0]: row[1] for row in rows}
        return self._facts

    @property
    def may_store_patients(self) -> bool:
        """Whether patients may be stored: once the recovery key is confirmed, or all of them are invented."""
        return "demonstration" in self.facts or (self.keys is not None and self._recovery_confirmed)

    @property
    def rights(self) -> Any:
        """What was given to `act_as`."""
        return self._rights

    def act_as(self, person_id: str, name: str, rights: Any) -> None:
        """Let a person act from now on; services read `rights` (services/permissions.py), the audit the names."""
        self._rights = rights
        self._who |= {
            "person_id": person_id,
            "person": name,
            "login_session": str(uuid4()) if person_id else "",
        }

    def declare_demonstration(self) -> None:
        """Note that all data of this store are invented, which lets it be filled without a recovery key."""
        with self._transaction(read_only=False, info={}) as session:
            session.connection().exec_driver_sql(
                "INSERT OR IGNORE INTO store_fact VALUES ('demonstration', 'yes')"
            )
        self._facts = None

    @contextmanager
    def begin(self) -> Generator[Session]:
        """Yield a session whose changes are committed at the end of the block and rolled back on any exception.

        Raises StoreProblem where the disk refuses; nothing is saved then.
        """
        import_module("referral_app.models.everything")  # rows are written in the order in which tables point
        info = self._info()
        try:
            with self._transaction(read_only=False, info=info) as session:
                yield session
                session.flush()
                self._append(session, [*info["events"], *info["denied"]])
        except Exception:
            self._note(info["denied"])
            raise

    @contextmanager
    def read(self) -> Generator[Session]:
        """Yield a session for looking things up; what was looked at is noted before the caller goes on."""
        info = self._info()
        try:
            with self._transaction(read_only=True, info=info) as session:
                yield session
        except Exception:
            self._note(info["denied"])
            raise
        if noted := [*info["events"], *info["denied"]]:
            with self._transaction(read_only=False, info={}) as session:
                self._append(session, noted)

    def note(self, action: str, **words: Any) -> None:
        """Add one event to the audit that is no act of a service: a login, a backup, a lock."""
        with self._transaction(read_only=False, info={}) as session:
            self._append(session, [{"action": action, "outcome": "done", **words}])

    def check(self) -> list[str]:
        """Return what is wrong with the store, one sentence each; an empty list when it is whole."""
        with self._gate.passing(), self._problems():
            return checks.thorough(self.paths.store, self._unlocked().key)

    def check_audit(self) -> list[str]:
        """Return what is wrong with the audit, held against the heads outside the store; empty when it is whole."""
        return self._held_against(self._outside.problems)

    def check_tail(self) -> list[str]:
        """Return what is wrong with the events since the heads that were kept outside; empty when they are whole."""
        return self._held_against(self._outside.tail_problems)

    def _held_against(self, check: Callable[[Any, Secrets, Keys | None], list[str]]) -> list[str]:
        opened = self._unlocked()
        with self._transaction(read_only=True, info={}) as session:
            return check(session.connection().connection.driver_connection, opened, self.keys)

    def head(self) -> Head:
        """Return where the audit stands."""
        with self._transaction(read_only=True, info={}) as session:
            return audit.head(session.connection().connection.driver_connection)

    def anchor(self) -> None:
        """Keep where the audit stands outside the store too, where it moved on since; raises StoreProblem."""
        if self.keys is None or self._opened is None:
            return
        signed = self.head().signed(self._opened.audit_key)
        if self.keys.read().head != signed:
            with backup.said_in_words(self.paths.data_dir):
                self.keys.note(head=signed)

    def back_up(self, target: Path, reason: str = "by-hand") -> BackupRecord:
        """Write a verified backup into a file while the store is in use; raises StoreProblem."""
        self.anchor()
        with self._gate.passing():
            held = key_file.dump(self.keys.read()) if self.keys else None
            return backup.make(self.paths.store, self._unlocked(), held, target, reason)

    def changed_since(self, made_at: datetime, event: int) -> bool:
        """Tell whether anything was changed after a moment and an event of the audit; looking is no change."""
        with self._transaction(read_only=True, info={}) as session:
            return checks.changed_since(session.connection().connection.driver_connection, made_at, event)

    def protect(self, person_id: str, login: str, passphrase: str, cost: Cost | None = None) -> str:
        """Give a store without people its first person and a new key; return the recovery key, not confirmed yet."""
        held = KeyFile(store_id=self.facts["store_id"], filled=True)
        with self._alone():
            both = rotation.with_new_key(self._unlocked())
            held.generations = {number: unlocking.check_value(key) for number, key in both.keys.items()}
            held.people = [entry(held, person_id, login, passphrase, both, cost)]
            recovery = make_recovery(held, both)
            key_file.save(self.paths.key, held)
            self.keys, self._recovery_confirmed = Keys(self.paths, both), False
            self._exchange(both)
        return recovery

    def rotate(self) -> None:
        """Give the store a new key, so that no way in that was removed opens it, nor any copy of a key."""
        if self.keys is not None:
            with self._alone():  # the key exchanged is that of this moment: two changes may come at once
                self._exchange(rotation.with_new_key(self._unlocked()))

    def _exchange(self, both: Secrets) -> None:
        """Take a new key; where that fails half-way, go on with the one that the store has then."""
        assert self.keys is not None
        try:
            self._opened = rotation.exchange(self.paths.store, self.keys, both)
        except BaseException:
            self._opened = rotation.fitting(self.paths.store, both)
            raise

    def confirm_recovery(self, typed: str, shown: str = "") -> None:
        """Take what was typed from the printed recovery key; see `Keys.confirm_recovery`."""
        if self.keys is not None:
            self.keys.confirm_recovery(typed, shown)
            self._recovery_confirmed = True

    def lock_up(self) -> None:
        """Close all connections and forget the keys until `unlock`; waits for what is under way."""
        with suppress(Exception):  # a full disk must not keep the keys in memory
            self.anchor()
        with self._gate.closed():
            self._drop_engine()
            self._opened = None
            if self.keys is not None:
                self.keys.hold(None)

    def unlock(self, opened: Secrets) -> None:
        """Open the store again with the keys that a passphrase gave."""
        if self.is_locked:
            self._take(opened)
            if self.keys is not None:
                self.keys.hold(opened)

    def close(self) -> None:
        """Write everything into the one file, close all connections and let other processes in."""
        with suppress(Exception):
            self.anchor()
        if self._opened is not None:
            with suppress(DatabaseError, DBAPIError):  # else the log stays and is read at the next start
                self._checkpoint(self._opened)
        self._drop_engine()
        self._opened = None
        self._lock.release()

    def _take(self, opened: Secrets) -> None:
        self._opened = opened
        self._engine = engine(self.paths.store, opened.key, pool=QueuePool)
        self._tail = Tail(self.paths.store, opened.audit_key)

    def _drop_engine(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        self._kept = {}  # what services keep between sessions is of this opening of the file
        if self._tail is not None:
            self._tail.close()
            self._tail = None

    def _checkpoint(self, opened: Secrets) -> None:
        if self._engine is not None:
            self._engine.dispose()
        connection = connect(self.paths.store, opened.key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Let the file itself be exchanged: no connection is open in the block, and new ones are made after it."""
        with self._gate.closed():
            before = self._unlocked()
            self._drop_engine()
            try:
                yield
            finally:
                self._take(self._opened or before)

    def _unlocked(self) -> Secrets:
        if self._opened is None:
            raise Locked
        return self._opened

    def _info(self) -> dict[str, Any]:
        """Return what a session carries for services: who acts, what is allowed, room for what they note and keep."""
        return {
            "rights": self._rights, "without_people": self.keys is None, "patients": self.may_store_patients,
            "events": [], "denied": [], "kept": self._kept,
        }  # fmt: skip

    @contextmanager
    def _transaction(self, *, read_only: bool, info: dict[str, Any]) -> Generator[Session]:
        with self._gate.passing(), self._problems():
            if self._engine is None:
                raise Locked
            bound = self._engine.execution_options(read_only=True) if read_only else self._engine
            with Session(bound, expire_on_commit=False, info=info) as session, session.begin():
                yield session
            if self._tail is not None and "head" in session.info:
                self._tail.keep(session.info["head"])

    @contextmanager
    def _problems(self) -> Generator[None]:
        try:
            yield
        except (DBAPIError, DatabaseError) as error:  # the audit and the checks ask the driver itself
            problem = from_driver(str(getattr(error, "orig", error)))
            if problem is None:
                raise
            if self._engine is not None:
                self._engine.dispose()
            raise self._read_again(problem, str(error)) from error

    def _read_again(self, problem: StoreProblem, message: str) -> StoreProblem:
        """Tell damage that stays, which a backup mends, from a disk that failed once."""
        if self._opened is None or not checks.is_damage(message):
            return problem
        try:
            found = checks.thorough(self.paths.store, self._opened.key)
        except DatabaseError as error:
            found = [str(error)]
        return Unreadable(self.paths.store, found[0]) if found else problem

    def _append(self, session: Session, events: list[dict[str, Any]]) -> None:
        if events:
            connection = session.connection().connection.driver_connection
            session.info["head"] = audit.append(connection, self._unlocked().audit_key, events, self._who)

    def _note(self, events: list[dict[str, Any]]) -> None:
        """Note what was denied, after the transaction in which it happened was rolled back."""
        if events:
            with suppress(Exception), self._transaction(read_only=False, info={}) as session:
                self._append(session, events)
