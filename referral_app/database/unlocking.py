"""Opening the key file: a passphrase, a one-time code or the recovery key gives the keys of the store."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from referral_app import crockford
from referral_app.database import attempts, key_file, keychain, wrapping
from referral_app.database.key_file import Entry, KeyFile
from referral_app.database.problems import Locked, NoKey, WrongPassphrase, WrongRecoveryKey
from referral_app.database.wrapping import Cost, WrongKey
from referral_app.paths import Paths

STORE_KEY = "referral desk: keys of the store"
ONE_TIME = "referral desk: one-time code"
RECOVERY = "referral desk: recovery key"
CHECK = b"referral desk: check of a store key"

RECOVERY_LENGTH = 29
"""Characters of a recovery key without its check: 145 random bits."""

CODE_LENGTH = 19
"""Characters of a one-time code without its check: 95 random bits."""


@dataclass(frozen=True)
class Passphrase:
    """A person's login and passphrase; the login may be left out where there is one person."""

    login: str
    text: str


@dataclass(frozen=True)
class Recovery:
    """The printed recovery key, as it was typed."""

    text: str


@dataclass(frozen=True)
class Keychain:
    """A person whom the keychain of this computer remembers."""

    login: str


@dataclass(frozen=True)
class KeyCopy:
    """A copy of the bare key file of a store without people, whose backups hold no key."""

    path: Path


@dataclass(frozen=True)
class Secrets:
    """What opens a store: its key by generation, the key of its audit, and whose passphrase gave them.

    There are two generations only after a change of the key that was interrupted.
    """

    keys: dict[str, str]
    audit_key: bytes
    person_id: str = ""
    must_choose: bool = False

    @property
    def key(self) -> str:
        """The newest key of the store as 64 hexadecimal digits."""
        return self.keys[max(self.keys, key=int)]

    def payload(self, generation: str) -> bytes:
        """Return what is sealed for each way in."""
        return bytes.fromhex(self.keys[generation]) + self.audit_key


def is_locked(paths: Paths) -> bool:
    """Tell whether the store of a folder asks for a passphrase."""
    return key_file.exists(paths.key) and key_file.bare(paths.key) is None


def unlock(paths: Paths, way: Passphrase | Recovery | Keychain | None = None) -> Secrets:
    """Return the keys of a store.

    Raises NoKey, DamagedKeyFile, Locked where a passphrase is needed, WrongPassphrase, WrongRecoveryKey, NotRemembered,
    and TooManyAttempts while a login has to wait. Unknown logins get the same answer after the same work.
    """
    bare = key_file.bare(paths.key)
    if bare is not None:
        return bare_secrets(bare)
    return unlock_with(paths, key_file.load(paths.key), way)


def unlock_with(paths: Paths, held: KeyFile, way: Passphrase | Recovery | Keychain | None) -> Secrets:
    """Return the keys in a key file that has been read, which may be that of a backup; raises as `unlock` does."""
    match way:
        case Passphrase():
            return _by_passphrase(paths, held, way)
        case Recovery():
            return by_recovery(held, way.text)
        case Keychain():
            return _by_keychain(held, way.login)
        case None:
            raise Locked


def bare_secrets(key: str) -> Secrets:
    """Return what opens a store without people."""
    return Secrets(
        {"0": key}, wrapping.expand(bytes.fromhex(key), "referral desk: audit of a store without people")
    )


def _by_passphrase(paths: Paths, held: KeyFile, way: Passphrase) -> Secrets:
    tag = held.tag(way.login)
    attempts.refuse(paths, tag)
    entry = held.of_login(way.login)
    try:
        private = open_private(entry or _decoy(held), way.text)
        if entry is None or _is_over(entry):
            raise WrongKey
    except WrongKey as error:
        attempts.failed(paths, tag)
        raise WrongPassphrase from error
    found = _opened(held, private, entry.sealed, entry.id, must_choose=bool(entry.reset_until))
    attempts.succeeded(paths, tag)
    return found


def _by_keychain(held: KeyFile, login: str) -> Secrets:
    entry = held.of_login(login)
    private = keychain.private(entry or _decoy(held))
    assert entry is not None
    return _opened(held, private, entry.sealed, entry.id, must_choose=False)


def _decoy(held: KeyFile) -> Entry:
    """Return an entry that nothing opens, as expensive to try as the others, for a login that nobody has."""
    cost = next(
        (entry.cost for entry in held.people if entry.cost), [Cost().memory, Cost().passes, Cost().lanes]
    )
    return Entry(id="", tag="", public="", locked="00" * 40, salt=held.salt, cost=cost)


def _is_over(entry: Entry) -> bool:
    return bool(entry.reset_until) and datetime.now(UTC) > datetime.fromisoformat(entry.reset_until)


def open_private(entry: Entry, passphrase: str) -> bytes:
    """Return the private half of an entry's pair; raises WrongKey."""
    salt = bytes.fromhex(entry.salt)
    if entry.reset_until:
        code = crockford.read(passphrase)
        key = wrapping.expand((code or "?").encode(), ONE_TIME, salt)
    else:
        key = wrapping.derive(passphrase, salt, Cost(*entry.cost))
    return wrapping.unwrap(key, bytes.fromhex(entry.locked))


def by_recovery(held: KeyFile, text: str) -> Secrets:
    """Return the keys that a recovery key opens; raises WrongRecoveryKey, which tells a slip from another key."""
    key = crockford.read(text)
    if key is None or len(key) != RECOVERY_LENGTH + 1 or not crockford.fits(key):
        raise WrongRecoveryKey(mistyped=True)
    if not held.recovery:
        raise WrongRecoveryKey(mistyped=False)
    private = wrapping.expand(key.encode(), RECOVERY, bytes.fromhex(held.salt))
    try:
        return _opened(held, private, held.recovery["sealed"], "", must_choose=False)
    except WrongKey as error:
        raise WrongRecoveryKey(mistyped=False) from error


def _opened(
    held: KeyFile, private: bytes, sealed: dict[str, str], person_id: str, must_choose: bool
) -> Secrets:
    opened = {
        generation: wrapping.unseal(private, bytes.fromhex(sealed[generation]), STORE_KEY)
        for generation in held.generations
        if generation in sealed
    }
    if not opened:
        raise NoKey(None)
    keys = {generation: content[:32].hex() for generation, content in opened.items()}
    return Secrets(keys, next(iter(opened.values()))[32:], person_id, must_choose)


def check_value(key: str) -> str:
    """Return what tells in the key file that a key is the right one, so that damage is told from a wrong key."""
    return hmac.digest(bytes.fromhex(key), CHECK, "sha256").hex()[:32]
