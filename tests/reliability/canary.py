"""A patient who exists nowhere, looked for everywhere: name, number and phone in all files that are left behind.

A process with the real window types the patient, saves, shows the letter, searches, makes a backup and meets a fault
whose message holds the patient; its home, temporary and data folders are fresh. After it ended, or was killed, every
file in them is searched: as text in several encodings, and inside everything packed. Documents are not searched but
refused, because their text is in the numbers of glyphs.

Proven: nothing of the patient is readable in any file that this use leaves. Not proven: memory, swap, the printer's
queue, and files that a person saves somewhere on purpose.
"""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Generator
from pathlib import Path

from tests.reliability.tally import Tally

NAME, MRN, PHONE = "Canarbird", "CNRY-7051946", "410-555-0173"
CANARIES = (NAME, MRN, PHONE, PHONE.replace("-", ""))
DOCUMENTS = {b"%PDF": "a PDF", b"%!PS": "a PostScript file", b"\x89PNG": "a picture"}
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def use(folder: Path, end: str) -> tuple[Tally, str]:
    """Use the application in fresh folders, let it be killed or closed, and search all of them and what it printed."""
    homes = {
        "HOME": folder / "home", "TMPDIR": folder / "tmp", "XDG_RUNTIME_DIR": folder / "run",
        "XDG_CONFIG_HOME": folder / "home/.config", "XDG_CACHE_HOME": folder / "home/.cache",
        "XDG_DATA_HOME": folder / "home/.local/share", "XDG_STATE_HOME": folder / "home/.local/state",
    }  # fmt: skip
    for home in homes.values():
        home.mkdir(mode=0o700, parents=True)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        **{name: str(home) for name, home in homes.items()},
    }
    command = [sys.executable, "-m", "tests.reliability.canary_window", str(folder / "data"), end]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    (folder / "printed").write_bytes(done.stdout + done.stderr)
    tally = search(folder)
    if not done.stdout.startswith(b"used"):
        tally.fault("was not used", done.stderr.decode()[-1000:])
    return tally, done.stderr.decode()


def search(folder: Path) -> Tally:
    """Search every file below a folder for the patient."""
    tally = Tally()
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        tally.tried += 1
        for found in in_bytes(path.read_bytes()):
            tally.fault("readable", f"{found} in {path.relative_to(folder)}")
        for canary in CANARIES:
            if canary.casefold() in str(path.relative_to(folder)).casefold():
                tally.fault("readable", f"{canary} in the name {path.relative_to(folder)}")
    return tally


def in_bytes(content: bytes) -> list[str]:
    """Return which canaries bytes hold, packed ones too, and that they are a document."""
    found = [kind for magic, kind in DOCUMENTS.items() if content.startswith(magic)]
    for layer in (content, *_unpacked(content)):
        lower = layer.lower()
        found += [canary for canary in CANARIES if any(form in lower for form in _plain(canary))]
        found += [
            f"{canary} in base64" for canary in CANARIES if any(form in layer for form in _base64(canary))
        ]
    return found


def _plain(canary: str) -> list[bytes]:
    return [canary.lower().encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")]


def _base64(canary: str) -> Generator[bytes]:
    """Yield what base64 makes of a canary at each of the three places where it can begin."""
    for encoding in ("utf-8", "utf-16-le"):
        for before in range(3):
            whole = base64.b64encode(b"x" * before + canary.encode(encoding))
            yield whole[4 if before else 0 : -4]


def _unpacked(content: bytes) -> Generator[bytes]:
    """Yield what is packed in bytes: members of a zip, streams of a document, gzip, zlib and base64 text."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    streams = [found[1] for found in STREAM.finditer(content)]
    for stream in (content, *streams):
        for bits in (15, 31, -15):
            try:
                yield zlib.decompressobj(bits).decompress(stream, 10_000_000)
            except zlib.error:
                continue
