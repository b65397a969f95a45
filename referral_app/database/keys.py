"""The ways into an open store: adding, changing and removing them. The key file is written anew each time."""

from __future__ import annotations

import secrets as randomness
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import Any

from referral_app import crockford
from referral_app.database import attempts, key_file, keychain, own_seal, unlocking, wrapping
from referral_app.database.key_file import Entry, KeyFile
from referral_app.database.problems import Locked, SealedBefore, WrongPassphrase, WrongRecoveryKey
from referral_app.database.unlocking import ONE_TIME, RECOVERY, STORE_KEY, Secrets
from referral_app.database.wrapping import Cost, WrongKey
from referral_app.paths import Paths

RESET_LASTS = timedelta(hours=24)
TYPED_AGAIN = 6
"""Characters of the recovery key, its last ones, that are typed to show that it was kept."""


class Keys:
    """The key file of an open store; the caller has asked for the permission."""

    def __init__(self, paths: Paths, opened: Secrets) -> None:
        """Keep what opened the store."""
        self._paths, self._path = paths, paths.key
        self._opened: Secrets | None = opened
        self._one_at_a_time = RLock()

    def hold(self, opened: Secrets | None) -> None:
        """Take what opens the store, or forget it while the store is locked."""
        self._opened = opened

    def _unlocked(self) -> Secrets:
        if self._opened is None:
            raise Locked
        return self._opened

    @property
    def recovery_confirmed(self) -> bool:
        """Whether somebody has shown that the recovery key was kept."""
        return key_file.load(self._path).recovery_confirmed

    @property
    def recovery_made_on(self) -> str:
        """The ISO date of the recovery key."""
        return str(key_file.load(self._path).recovery.get("made", ""))

    def people(self) -> dict[str, str]:
        """Return the persons who have a way in: their ids, and until when a one-time code counts."""
        return {entry.id: entry.reset_until for entry in key_file.load(self._path).people}

    def add(self, person_id: str, login: str, passphrase: str, cost: Cost | None = None) -> None:
        """Let a person in with a passphrase; one who had a way in gets this one instead."""
        with self._changing() as held:
            _put(held, entry(held, person_id, login, passphrase, self._unlocked(), cost))

    def rename(self, person_id: str, login: str) -> None:
        """Give a person another login."""
        with self._changing() as held:
            found = held.of_person(person_id)
            if found:
                found.tag = held.tag(login)

    def change(self, person_id: str, old: str, new: str, cost: Cost | None = None) -> None:
        """Lock a person's way in with another passphrase; raises WrongPassphrase where the old one is not right."""
        with self._changing() as held:
            found = held.of_person(person_id)
            try:
                private = unlocking.open_private(found, old) if found else b""
            except WrongKey as error:
                raise WrongPassphrase from error
            if found is None:
                raise WrongPassphrase
            if found.reset_until:  # whoever gave the one-time code away could know that pair
                private = b""
            _put(held, _with_passphrase(held, found.id, found.tag, new, private, self._unlocked(), cost))

    def remember_here(self, person_id: str, passphrase: str) -> None:
        """Let the keychain of this computer open the store for a person; raises WrongPassphrase, NotRemembered."""
        with self._changing() as held:
            found = held.of_person(person_id)
            try:
                private = (
                    unlocking.open_private(found, passphrase) if found and not found.reset_until else b""
                )
            except WrongKey as error:
                raise WrongPassphrase from error
            if found is None or not private:
                raise WrongPassphrase
            keychain.remember(found, private)

    def forget_here(self, person_id: str) -> None:
        """Let the keychain of this computer open nothing for a person any more."""
        with self._changing() as held:
            found = held.of_person(person_id)
            if found:
                keychain.forget(found)

    def is_remembered(self, person_id: str) -> bool:
        """Tell whether the keychain of some computer opens the store for a person."""
        found = key_file.load(self._path).of_person(person_id)
        return found is not None and bool(found.remembered)

    def seal(self, person_id: str, content: bytes) -> bytes:
        """Lock something of a person's own so that their passphrase alone opens it; raises Locked without a way in."""
        found = key_file.load(self._path).of_person(person_id)
        if found is None or found.reset_until:
            raise Locked
        return own_seal.seal(bytes.fromhex(found.public), content)

    def opens(self, person_id: str, sealed: bytes) -> bool:
        """Tell whether a person's passphrase still opens what was sealed: a reset by a code made another pair."""
        found = key_file.load(self._path).of_person(person_id)
        return found is not None and own_seal.is_for(bytes.fromhex(found.public), sealed)

    def unseal(self, person_id: str, passphrase: str, sealed: bytes) -> bytes:
        """Open what was sealed for a person; wrong passphrases count as those of the login.

        Raises WrongPassphrase, TooManyAttempts, and SealedBefore for what was sealed before a reset or is damaged.
        """
        found = key_file.load(self._path).of_person(person_id)
        if found is None or found.reset_until:
            raise WrongPassphrase
        attempts.refuse(self._paths, found.tag)
        try:
            private = unlocking.open_private(found, passphrase)
        except WrongKey as error:
            attempts.failed(self._paths, found.tag)
            raise WrongPassphrase from error
        attempts.succeeded(self._paths, found.tag)
        try:
            return own_seal.unseal(private, sealed)
        except WrongKey as error:
            raise SealedBefore from error

    def start_reset(self, person_id: str, login: str) -> str:
        """Replace a person's way in by a one-time code of a day, with which they choose a passphrase."""
        code = crockford.make(unlocking.CODE_LENGTH)
        private, public = wrapping.pair()
        salt = randomness.token_bytes(16)
        locked = wrapping.wrap(wrapping.expand(code.encode(), ONE_TIME, salt), private)
        until = (datetime.now(UTC) + RESET_LASTS).isoformat(timespec="seconds")
        with self._changing() as held:
            _put(held, Entry(
                id=person_id, tag=held.tag(login), public=public.hex(), locked=locked.hex(), salt=salt.hex(), cost=[],
                sealed=_sealed(public, self._unlocked()), reset_until=until,
            ))  # fmt: skip
            attempts.succeeded(self._paths, held.tag(login))  # whoever guessed before must not make them wait
        return crockford.grouped(code, 5)

    def remove(self, person_id: str) -> None:
        """Take a person's way in away; the store's key is changed by the store."""
        with self._changing() as held:
            held.people = [one for one in held.people if one.id != person_id]
            held.key_due = True

    def new_recovery(self) -> str:
        """Make a new recovery key, not confirmed yet, and return it; the one before opens nothing from now on."""
        with self._changing() as held:
            return make_recovery(held, self._unlocked())

    def confirm_recovery(self, typed: str, shown: str = "") -> None:
        """Take the last characters of the key that was just shown, or the whole of an earlier one, typed from paper.

        Raises WrongRecoveryKey.
        """
        with self._changing() as held:
            if shown and crockford.read(typed) != str(crockford.read(shown))[-TYPED_AGAIN:]:
                raise WrongRecoveryKey(mistyped=True)
            unlocking.by_recovery(held, shown or typed)
            held.recovery_confirmed = True

    def note(self, **facts: Any) -> None:
        """Write facts of the store into the key file: `head` of the audit, `filled`, `store_id`."""
        with self._changing() as held:
            for name, value in facts.items():
                setattr(held, name, value)

    def read(self) -> KeyFile:
        """Return the key file as it is."""
        return key_file.load(self._path)

    def reseal(self, opened: Secrets) -> None:
        """Seal all keys of `opened` to every way in, and forget generations that it does not hold."""
        with self._changing() as held:
            held.generations = {number: unlocking.check_value(key) for number, key in opened.keys.items()}
            for one in held.people:
                one.sealed = _sealed(bytes.fromhex(one.public), opened)
            if held.recovery:
                held.recovery["sealed"] = _sealed(bytes.fromhex(held.recovery["public"]), opened)
        self._opened = opened

    @contextmanager
    def _changing(self) -> Generator[KeyFile]:
        with self._one_at_a_time:
            held = key_file.load(self._path)
            yield held
            key_file.save(self._path, held)


def begin(
    person_id: str, login: str, passphrase: str, cost: Cost | None = None
) -> tuple[KeyFile, Secrets, str]:
    """Return a new key file with one person, the keys in it, and its recovery key, which is not confirmed yet."""
    opened = Secrets({"1": randomness.token_hex(32)}, randomness.token_bytes(32), person_id)
    held = KeyFile(store_id="", generations={"1": unlocking.check_value(opened.key)})
    held.people = [entry(held, person_id, login, passphrase, opened, cost)]
    return held, opened, make_recovery(held, opened)


def entry(
    held: KeyFile, person_id: str, login: str, passphrase: str, opened: Secrets, cost: Cost | None = None
) -> Entry:
    """Return a new way in with a pair of its own."""
    return _with_passphrase(held, person_id, held.tag(login), passphrase, b"", opened, cost)


def make_recovery(held: KeyFile, opened: Secrets) -> str:
    """Put a new recovery key into a key file and return it in groups."""
    key = crockford.make(unlocking.RECOVERY_LENGTH)
    public = wrapping.pair(wrapping.expand(key.encode(), RECOVERY, bytes.fromhex(held.salt)))[1]
    made = datetime.now(UTC).date().isoformat()
    held.recovery = {"public": public.hex(), "sealed": _sealed(public, opened), "made": made}
    held.recovery_confirmed = False
    return crockford.grouped(key, 5)


def _with_passphrase(
    held: KeyFile,
    person_id: str,
    tag: str,
    passphrase: str,
    private: bytes,
    opened: Secrets,
    cost: Cost | None,
) -> Entry:
    cost = cost or wrapping.calibrated()
    salt = randomness.token_bytes(16)
    private, public = wrapping.pair(private)
    locked = wrapping.wrap(wrapping.derive(passphrase, salt, cost), private)
    return Entry(
        id=person_id, tag=tag, public=public.hex(), locked=locked.hex(), salt=salt.hex(),
        cost=[cost.memory, cost.passes, cost.lanes], sealed=_sealed(public, opened),
    )  # fmt: skip


def _put(held: KeyFile, new: Entry) -> None:
    held.people = [*(one for one in held.people if one.id != new.id), new]


def _sealed(public: bytes, opened: Secrets) -> dict[str, str]:
    return {number: wrapping.seal(public, opened.payload(number), STORE_KEY).hex() for number in opened.keys}
