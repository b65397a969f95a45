"""The key file: how each person, and the recovery key, open the store; where the audit stood; no secret in the clear.

It is a small JSON file with a checksum, kept twice. Until people and passphrases exist it is the bare key of a store
that holds a demonstration or no patient at all.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from referral_app.database import files
from referral_app.database.problems import DamagedKeyFile, NewerKeyFile, NoKey

FORMAT = 1
BARE = re.compile(rb"[0-9a-f]{64}\s*")


@dataclass
class Entry:
    """One way in: `locked` is the private half of a pair, `sealed` the keys of the store for it, by generation.

    `tag` is a salted hash of the login, so that the file names nobody. `cost` (memory, passes, lanes) and `salt` belong
    to Argon2id; a one-time code of a reset, which is random, has no cost, and a time until which it counts.
    `remembered` is the private half locked with a key that the keychain of one computer holds.
    """

    id: str
    tag: str
    public: str
    locked: str
    salt: str
    cost: list[int]
    sealed: dict[str, str] = field(default_factory=dict[str, str])
    reset_until: str = ""
    remembered: str = ""


@dataclass
class KeyFile:
    """The whole file; `generations` holds a check value of each key, two only while a new key is being taken.

    `key_due` says that somebody was removed and the store has not got its new key yet.
    """

    store_id: str
    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    generations: dict[str, str] = field(default_factory=dict[str, str])
    people: list[Entry] = field(default_factory=list[Entry])
    recovery: dict[str, Any] = field(default_factory=dict[str, Any])
    recovery_confirmed: bool = False
    filled: bool = False
    head: dict[str, Any] = field(default_factory=dict[str, Any])
    key_due: bool = False

    @property
    def generation(self) -> str:
        """The newest generation of the key."""
        return max(self.generations, key=int)

    def tag(self, login: str) -> str:
        """Return the salted hash of a login."""
        return hashlib.sha256(f"{self.salt} {login.strip().casefold()}".encode()).hexdigest()[:32]

    def of_login(self, login: str) -> Entry | None:
        """Return the way in of a login; without a login the only one there is."""
        if not login and len(self.people) == 1:
            return self.people[0]
        return next((entry for entry in self.people if entry.tag == self.tag(login)), None)

    def of_person(self, person_id: str) -> Entry | None:
        """Return the way in of a person."""
        return next((entry for entry in self.people if entry.id == person_id), None)


def copy_of(path: Path) -> Path:
    """Return where the second copy of a key file is."""
    return path.with_name(path.name + ".copy")


def bare(path: Path) -> str | None:
    """Return the bare key of a store without people, None where the file is none."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content.decode("ascii").strip() if BARE.fullmatch(content) else None


def write_bare(path: Path, key: str) -> None:
    """Write the bare key of a store without people."""
    files.write(path, key.encode() + b"\n")


def exists(path: Path) -> bool:
    """Tell whether there is a key file or its copy."""
    return path.exists() or copy_of(path).exists()


def load(path: Path) -> KeyFile:
    """Read the key file, or its copy where the first is damaged; raises NoKey, DamagedKeyFile, NewerKeyFile."""
    if not exists(path):
        raise NoKey(path)
    for content in _contents(path):
        found = parse(content)
        if found is not None:
            return found
    raise DamagedKeyFile(path)


def _contents(path: Path) -> Iterator[bytes]:
    for one in (path, copy_of(path)):
        try:
            yield one.read_bytes()
        except OSError:
            continue


def save(path: Path, content: KeyFile) -> None:
    """Write the key file and then its copy, each at once."""
    raw = dump(content)
    files.write(path, raw)
    files.write(copy_of(path), raw)


def dump(content: KeyFile) -> bytes:
    """Return the bytes of a key file with its checksum."""
    body = {"format": FORMAT, **asdict(content)}
    return json.dumps({"sum": _sum(body), **body}, indent=1).encode()


def parse(raw: bytes) -> KeyFile | None:
    """Return the key file of some bytes, None where they are damaged; raises NewerKeyFile."""
    try:
        body: dict[str, Any] = json.loads(raw.decode("ascii"))
        if body.pop("sum") != _sum(body):
            return None
        if body.pop("format") > FORMAT:
            raise NewerKeyFile
        known = {item.name for item in fields(KeyFile)}
        people = [Entry(**entry) for entry in body.pop("people")]
        return KeyFile(people=people, **{name: body[name] for name in known & set(body)})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _sum(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
