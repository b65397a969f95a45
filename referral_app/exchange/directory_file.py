"""The directory file of a Center: entries, Center, experts and trials in one ZIP file, dated and signed (Ed25519).

`manifest.json` says from whom, when, and the SHA-256 of the other parts; `signature` is over its bytes. Entries are
lines of JSON, so that a million of them need no memory. Private notes are never in it.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from referral_app.crockford import grouped
from referral_app.exchange import zip_limits
from referral_app.exchange.sources import BadFile, Seen, unchanged
from referral_app.services import surgeon_json
from referral_app.services.surgeon_records import SurgeonRecord

FORMAT = "referral-desk-directory"
VERSION = 1
SUFFIX = ".directory"
MANIFEST, SIGNATURE, ENTRIES, CENTER = "manifest.json", "signature", "entries.jsonl", "center.json"
LARGEST, LONGEST_LINE = 8_000_000_000, 1_000_000
_SMALL = 2_000_000


@dataclass(frozen=True)
class Manifest:
    """What a directory file says of itself: from whom, of when, with how many entries, by which key (hexadecimal)."""

    center: str
    issued: datetime
    count: int
    public: str


@dataclass(frozen=True)
class SignedFile:
    """A directory file whose signature fits its key; whether that key is the Center's is for a person to tell."""

    manifest: Manifest
    center: dict[str, Any]
    entries: Iterator[tuple[int, SurgeonRecord]]
    position: Any


def new_key() -> tuple[bytes, str]:
    """Return a new private key and its public half in hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    made = Ed25519PrivateKey.generate()
    return made.private_bytes_raw(), made.public_key().public_bytes_raw().hex()


def fingerprint(public: str) -> str:
    """Return what two people compare of a public key on the phone: 80 bits of its SHA-256."""
    return grouped(hashlib.sha256(bytes.fromhex(public)).hexdigest()[:20].upper(), 4)


def is_directory(path: Path) -> bool:
    """Tell whether a ZIP file is a directory file; raises BadFile for a damaged one."""
    with zip_limits.opened(path, LARGEST) as archive:
        return MANIFEST in archive.namelist() and ENTRIES in archive.namelist()


def write(
    file: IO[bytes],
    entries: Iterable[SurgeonRecord],
    center: dict[str, Any],
    manifest: Manifest,
    private: bytes,
) -> int:
    """Write a directory file into an open file and return how many entries it holds."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    digest, count = hashlib.sha256(), 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(ENTRIES, "w", force_zip64=True) as out:
            for entry in entries:
                line = _line(entry)
                digest.update(line)
                out.write(line)
                count += 1
        about = _json(center)
        archive.writestr(CENTER, about)
        said = _json({
            "format": FORMAT, "version": VERSION, "center": manifest.center, "count": count,
            "issued": manifest.issued.astimezone(UTC).isoformat(timespec="microseconds"), "public": manifest.public,
            "sha256": {ENTRIES: digest.hexdigest(), CENTER: hashlib.sha256(about).hexdigest()},
        })  # fmt: skip
        archive.writestr(MANIFEST, said)
        archive.writestr(SIGNATURE, Ed25519PrivateKey.from_private_bytes(private).sign(said))
    return count


@contextmanager
def opened(path: Path) -> Generator[SignedFile]:
    """Yield a directory file after its signature and all its bytes were checked; raises BadFile with a sentence."""
    seen = Seen.of(path)
    with zip_limits.opened(path, LARGEST) as archive:
        said = _small(archive, MANIFEST, path)
        told = _told(said, path)
        _check_signature(
            said, _small(archive, SIGNATURE, path) if SIGNATURE in archive.namelist() else b"", told, path
        )
        _check_parts(archive, told, path)
        center = _center(_small(archive, CENTER, path), path)
        with archive.open(ENTRIES) as lines:
            size = archive.getinfo(ENTRIES).file_size
            manifest = _manifest(told, path)
            yield SignedFile(manifest, center, _entries(lines, path, seen), lambda: (lines.tell(), size))


def manifest_of(path: Path) -> Manifest:
    """Return what a directory file says of itself, its signature and bytes checked; raises BadFile."""
    with opened(path) as found:
        return found.manifest


def _line(entry: SurgeonRecord) -> bytes:
    bare = replace(entry, notes="", version=0, successor_id=None, merged_into_id=None, archived=False)
    return _json(surgeon_json.dump(bare)) + b"\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _small(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    if name not in archive.namelist() or archive.getinfo(name).file_size > _SMALL:
        raise BadFile(f"The file {path.name} is no directory file of a Center, or it is not whole.")
    return archive.read(name)


def _told(said: bytes, path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(said)
        bytes.fromhex(told["public"])
        whole = told["format"] == FORMAT and isinstance(told["sha256"], dict)
        version = int(told["version"])
    except (
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        OverflowError,
    ):  # the last for a number without end
        told, whole, version = {}, False, 0
    if not whole:
        raise BadFile(f"The file {path.name} is no directory file of a Center.")
    if version > VERSION:
        raise BadFile(
            f"The file {path.name} was made by a newer version of this program. Update the program first."
        )
    return told


def _check_signature(said: bytes, signature: bytes, told: dict[str, Any], path: Path) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not signature:
        raise BadFile(f"The file {path.name} is not signed. Ask the Center for another copy.")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["public"])).verify(signature, said)
    except (InvalidSignature, ValueError) as error:
        raise BadFile(
            f"The signature of {path.name} does not fit: the file was changed. Ask the Center for another copy."
        ) from error


def _check_parts(archive: zipfile.ZipFile, told: dict[str, Any], path: Path) -> None:
    for name in (ENTRIES, CENTER):
        digest = hashlib.sha256()
        with archive.open(name) as part:
            while chunk := part.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != told["sha256"].get(name):
            raise BadFile(
                f"The file {path.name} was changed after it was signed. Ask the Center for another copy."
            )


def _manifest(told: dict[str, Any], path: Path) -> Manifest:
    try:
        issued = datetime.fromisoformat(told["issued"])
        return Manifest(str(told["center"]), issued.astimezone(UTC), int(told["count"]), str(told["public"]))
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise BadFile(f"The file {path.name} does not say from whom and of when it is.") from error


def _center(said: bytes, path: Path) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise BadFile(
            f"The file {path.name} does not tell of its Center in a way that can be read."
        ) from error
    if not isinstance(told, dict):
        raise BadFile(f"The file {path.name} does not tell of its Center in a way that can be read.")
    return told  # pyright: ignore[reportUnknownVariableType]


def _entries(lines: IO[bytes], path: Path, seen: Seen) -> Iterator[tuple[int, SurgeonRecord]]:
    number = 0
    while line := lines.readline(LONGEST_LINE):
        number += 1
        try:
            yield number, surgeon_json.load(json.loads(line))
        except (
            ValueError, TypeError, KeyError, AttributeError, StopIteration, RecursionError, OverflowError,
        ) as error:  # fmt: skip
            raise BadFile(
                f"Entry {number:,} of {path.name} cannot be read by this version of the program."
            ) from error
    unchanged(path, seen)
