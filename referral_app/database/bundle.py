"""One backup is one file: a zip with the encrypted copy, its key file, and what can be told without a key.

The zip stores and does not press, because encrypted pages do not shrink. Its comment is the SHA-256 of all before it,
so that a change of any bit, and a cut at any place, is noticed without the key.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from referral_app.database.problems import BadBackup, NewerStore

KIND = "referral desk backup"
FORMAT = 1
STORE, KEY, MANIFEST = "referrals.db", "store.key", "manifest.json"
SUFFIX = ".backup"
_SUM = 64
_BLOCK = 1 << 20
_LARGEST_MANIFEST = 1 << 20
_LARGEST_KEY = 8 << 20


@dataclass(frozen=True)
class BackupRecord:
    """What a backup says of itself without a key; `head` is the last event of its audit."""

    path: Path
    made_at: datetime
    reason: str
    size: int
    revision: str
    store_id: str
    program: str
    rows: dict[str, int]
    with_key: bool
    head: int


def write(target: Path, store: Path, key: bytes | None, said: dict[str, Any]) -> None:
    """Write a bundle of a copy, its key file and what is said of it; raises OSError."""
    said = {"kind": KIND, "format": FORMAT, **said, "sha256": _digest(store, store.stat().st_size)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.comment = b"0" * _SUM
        archive.writestr(MANIFEST, json.dumps(said, indent=1))
        if key is not None:
            archive.writestr(KEY, key)
        archive.write(store, STORE)
    with target.open("rb+") as file:
        digest = _digest(target, target.stat().st_size - _SUM)
        file.seek(-_SUM, os.SEEK_END)
        file.write(digest.encode())


def record(path: Path) -> BackupRecord:
    """Return what a backup says of itself; raises BadBackup for a file that is none, NewerStore for a later form."""
    said = manifest(path)
    try:
        return BackupRecord(
            path, datetime.fromisoformat(said["made_at"]).astimezone(UTC), str(said["reason"]), path.stat().st_size,
            str(said["revision"]), str(said["store_id"]), str(said["program"]), dict(said["rows"]),
            bool(said["with_key"]), int(said["head"].get("sequence", 0)),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise BadBackup(path, "it is damaged.") from error


def manifest(path: Path) -> dict[str, Any]:
    """Return what is said in a backup, before it is known to be whole; raises BadBackup, NewerStore."""
    _refuse_foreign(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
                raise ValueError
            said: dict[str, Any] = json.loads(archive.read(MANIFEST).decode("utf-8"))
        if said["kind"] != KIND:
            raise ValueError
    except Exception as error:  # a damaged zip makes its reader fail in many ways
        raise BadBackup(path, "it is damaged or cut short.") from error
    if said.get("format", 0) > FORMAT:
        raise NewerStore(
            str(said.get("revision", "?")), "an older form", str(said.get("program", "")), "backup"
        )
    return said


def check(path: Path) -> None:
    """Hold every byte of a backup against its checksum; raises BadBackup."""
    _refuse_foreign(path)
    length = path.stat().st_size - _SUM
    with path.open("rb") as file:
        file.seek(max(0, length))
        noted = file.read()
    if length < 0 or noted != _digest(path, length).encode():
        raise BadBackup(path, "it is damaged or cut short; its checksum does not fit.")


def unpack(path: Path, folder: Path) -> Path:
    """Put the copy of the store into a folder and return it; raises BadBackup, OSError."""
    said = manifest(path)
    target = folder / STORE
    digest = hashlib.sha256()
    with zipfile.ZipFile(path) as archive, target.open("xb") as out:
        inside = archive.getinfo(STORE)
        if inside.compress_type != zipfile.ZIP_STORED or inside.file_size > path.stat().st_size:
            raise BadBackup(path, "it was not written by this program.")
        with archive.open(inside) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                out.write(block)
    if digest.hexdigest() != said["sha256"]:
        raise BadBackup(path, "it is damaged; its copy of the store does not fit its checksum.")
    return target


def key_in(path: Path) -> bytes | None:
    """Return the key file in a backup, None for a backup of a store without people; raises BadBackup."""
    with zipfile.ZipFile(path) as archive:
        if KEY not in archive.namelist():
            return None
        if archive.getinfo(KEY).file_size > _LARGEST_KEY:
            raise BadBackup(path, "it was not written by this program.")
        return archive.read(KEY)


def _refuse_foreign(path: Path) -> None:
    """Refuse what is no backup at all, told apart from one that is damaged; raises BadBackup."""
    if path.is_dir():
        raise BadBackup(path, "it is a folder.")
    if not path.is_file():
        raise BadBackup(path, "there is no such file.")
    try:
        with path.open("rb") as file:
            beginning = file.read(4096)
    except OSError as error:
        raise BadBackup(path, "it cannot be read.") from error
    if not beginning:
        raise BadBackup(path, "it is empty.")
    if MANIFEST.encode() not in beginning and KIND.encode() not in beginning:
        raise BadBackup(path, "it is something else, or only the beginning of a backup.")


def _digest(path: Path, length: int) -> str:
    """Return the SHA-256 of the first bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while length > 0 and (block := file.read(min(_BLOCK, length))):
            digest.update(block)
            length -= len(block)
    return digest.hexdigest()
