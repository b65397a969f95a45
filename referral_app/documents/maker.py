"""The process that makes documents beside the program, on a core of its own: a record in, a PDF or a refusal out.

It has no key of the store and opens neither store nor window: what it needs of them comes in the record. Started by
`jobs.makers` as `python -m` or, where the program is one frozen file, as its hidden command `make-documents`; it ends
when its standard input does, so none is left behind where the program is killed.
"""

from __future__ import annotations

import errno
import json
import os
import pickle
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from referral_app.services.errors import InvalidInput

COMMAND = "make-documents"
SIZE = 8
"""Bytes that say how long a message is."""

DONE, REFUSED, FAULT = b"d", b"r", b"f"
"""How an answer begins: the bytes of a document, the sentences of a refusal as JSON, the name of our own error."""

MODULES = {
    "packet": "consult_packet", "surgery_packet": "surgery_packet", "questionnaire": "questionnaire",
    "reminder": "reminder",
}  # fmt: skip
"""The kinds that can be made here, each with the module of `documents` whose `render` makes it."""

STACK = "stack"
"""Asks for documents on disk to be put into one, with the paths instead of a record."""


def make(kind: str, record: Any) -> bytes:
    """Return a document, or of a stack how many pages it has.

    Raises InvalidInput as its `render` does, KeyError for a kind that is not made here.
    """
    if kind == STACK:
        from referral_app.documents import stacks

        paths, target = record
        return str(stacks.stack([Path(one) for one in paths], Path(target))).encode()
    return import_module(f"referral_app.documents.{MODULES[kind]}").render(record)


def taken(pipe: BinaryIO) -> bytes | None:
    """Return the next message of a pipe, None where it ended."""
    head = pipe.read(SIZE)
    if len(head) < SIZE:
        return None
    size = int.from_bytes(head, "big")
    message = pipe.read(size)
    return message if len(message) == size else None


def given(pipe: BinaryIO, *parts: bytes) -> None:
    """Write one message into a pipe."""
    pipe.write(sum(map(len, parts)).to_bytes(SIZE, "big"))
    for part in parts:
        pipe.write(part)
    pipe.flush()


def answer(message: bytes) -> Sequence[bytes]:
    """Return the answer to a message; whatever goes wrong is one, so that the next message is answered too."""
    try:
        return DONE, make(*pickle.loads(message))  # what the program itself wrote into our pipe
    except InvalidInput as error:
        return REFUSED, json.dumps(error.fields).encode()
    except OSError as error:
        return REFUSED, json.dumps({"file": _said(error)}).encode()
    except Exception as error:
        return FAULT, type(error).__name__.encode()


def _said(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full; the file was not written."
    return f"The file could not be written: {error.strerror or 'the system refused it'}."


def main() -> None:
    """Answer messages until the input ends."""
    if sys.platform == "win32":
        import msvcrt

        for pipe in (0, 1):
            msvcrt.setmode(pipe, os.O_BINARY)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray word of a library would stand among the answers
    import_module("referral_app.documents.consult_packet")
    while (message := taken(sys.stdin.buffer)) is not None:
        given(out, *answer(message))


if __name__ == "__main__":
    main()
