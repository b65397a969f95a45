"""The limited process in which files of others are opened: bytes in, a clean PDF or the reason of a refusal out.

It has no key of the store, no environment and no open files but its pipes, may write no file, and (where the system
counts processes, so not for root) starts none; it ends when its time or memory is used up. Started by
`attachment_child` as `python -I -m` or, where the program is one frozen file, as its hidden command `read-attachment`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from importlib import import_module

from referral_app.exchange.attachments import (
    LARGEST_FILE,
    LARGEST_RESULT,
    Cleaned,
    Refused,
    Why,
    kind_of,
)

COMMAND = "read-attachment"
MEMORY = 1 << 30
CPU_SECONDS = 60
MOST_FILES = 64


def clean(data: bytes) -> Cleaned:
    """Return a file as it is kept; raises Refused, whatever is wrong with it."""
    from referral_app.exchange import attachment_pdf, attachment_pictures

    kind = kind_of(data)
    if not data or len(data) > LARGEST_FILE or not kind:
        raise Refused(Why.EMPTY if not data else Why.KIND if not kind else Why.LARGE)
    try:
        found = attachment_pdf.clean(data) if kind == "pdf" else attachment_pictures.clean(data)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused(Why.MEMORY) from error
    except (
        Exception
    ) as error:  # the libraries raise anything for damaged bytes, and nothing here is worth a report
        raise Refused(Why.MEMORY if "bad_alloc" in str(error) else Why.DAMAGED) from error
    if len(found.pdf) > LARGEST_RESULT:
        raise Refused(Why.LARGE)
    return found


def limit(memory: int = MEMORY, seconds: int = CPU_SECONDS) -> None:
    """Take away from this process what reading does not need; elsewhere than on POSIX the parent watches alone."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
    ):
        with contextlib.suppress(
            ValueError, OSError
        ):  # macOS refuses some; the parent watches memory and time too
            resource.setrlimit(what, (most, most))


def _read_ahead() -> None:
    """Read the libraries in before the limits: they are files and memory too."""
    for name in ("pikepdf.settings", "PIL.ImageOps", "PIL.TiffImagePlugin", "PIL.Jpeg2KImagePlugin"):
        import_module(name)
    import_module("PIL.Image").preinit()


def _taken() -> bytes:
    """Return what comes in, at most a byte more than is allowed."""
    parts, size = list[bytes](), 0
    while size <= LARGEST_FILE and (part := os.read(0, 1 << 20)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _give(head: dict[str, object], content: bytes = b"") -> None:
    whole = memoryview(json.dumps(head).encode() + b"\n" + content)
    while whole:
        whole = whole[os.write(1, whole) :]


def main() -> None:
    """Read one file from the standard input and write what becomes of it to the standard output."""
    if sys.platform == "win32":
        import msvcrt

        for pipe in (0, 1):
            msvcrt.setmode(pipe, os.O_BINARY)
    _read_ahead()
    limit()
    try:
        found = clean(_taken())
    except Refused as refused:
        _give({"refused": str(refused.why)})
    else:
        _give({"pages": found.pages, "notes": found.notes}, found.pdf)


if __name__ == "__main__":
    main()
