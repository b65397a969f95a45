"""The random key of the store in a private file, until people and passphrases wrap it."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from referral_app.database.problems import NoKey


def make(path: Path) -> str:
    """Write a new key of 32 random bytes into a private file and return it as 64 hexadecimal digits."""
    key = secrets.token_hex(32)
    write(path, key)
    return key


def write(path: Path, key: str) -> None:
    """Write a key into a private file that is not there yet."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> str:
    """Return the key; raises NoKey where the file is missing or is no key."""
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoKey(path) from error
    if not re.fullmatch(r"[0-9a-f]{64}", key):
        raise NoKey(path)
    return key
