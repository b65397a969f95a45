"""The client library of CUPS, the print service of Linux and macOS, as far as we call it: structures and signatures.

A PDF that is handed to it keeps its text and lines, where a picture of each page would not; and nothing is written into
a file of ours on the way. Windows has none, and prints pictures (`ui/printing.py`).
"""

from __future__ import annotations

import ctypes
import ctypes.util
from ctypes import POINTER, Structure, c_char_p, c_int, c_size_t, c_void_p
from functools import cache
from typing import Any

RELEASE_JOB = 0x000D
OPERATION, INTEGER, NAME, URI = 0x01, 0x21, 0x42, 0x45
"""Tags of the Internet Printing Protocol (RFC 8010), as far as a job is released."""

CONTINUE = 100
"""The HTTP status of a document that may go on."""
ALL_JOBS = -1


class Option(Structure):
    """A name with its value."""

    _fields_ = (("name", c_char_p), ("value", c_char_p))


class Dest(Structure):
    """A queue with what is known of it."""

    _fields_ = (
        ("name", c_char_p),
        ("instance", c_char_p),
        ("is_default", c_int),
        ("num_options", c_int),
        ("options", POINTER(Option)),
    )


class Job(Structure):
    """A job of a queue; its times are not read."""

    _fields_ = (
        ("id", c_int),
        ("dest", c_char_p),
        ("title", c_char_p),
        ("user", c_char_p),
        ("format", c_char_p),
        ("state", c_int),
        ("size", c_int),
        ("priority", c_int),
        ("completed", ctypes.c_long),
        ("created", ctypes.c_long),
        ("processed", ctypes.c_long),
    )


_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "cupsSetServer": (None, (c_char_p,)),
    "cupsUser": (c_char_p, ()),
    "cupsLastError": (c_int, ()),
    "cupsGetDests2": (c_int, (c_void_p, POINTER(POINTER(Dest)))),
    "cupsFreeDests": (None, (c_int, POINTER(Dest))),
    "cupsAddOption": (c_int, (c_char_p, c_char_p, c_int, POINTER(POINTER(Option)))),
    "cupsFreeOptions": (None, (c_int, POINTER(Option))),
    "cupsCreateJob": (c_int, (c_void_p, c_char_p, c_char_p, c_int, POINTER(Option))),
    "cupsStartDocument": (c_int, (c_void_p, c_char_p, c_int, c_char_p, c_char_p, c_int)),
    "cupsWriteRequestData": (c_int, (c_void_p, c_char_p, c_size_t)),
    "cupsFinishDocument": (c_int, (c_void_p, c_char_p)),
    "cupsCancelJob2": (c_int, (c_void_p, c_char_p, c_int, c_int)),
    "cupsGetJobs2": (c_int, (c_void_p, POINTER(POINTER(Job)), c_char_p, c_int, c_int)),
    "cupsFreeJobs": (None, (c_int, POINTER(Job))),
    "ippNewRequest": (c_void_p, (c_int,)),
    "ippAddString": (c_void_p, (c_void_p, c_int, c_int, c_char_p, c_char_p, c_char_p)),
    "cupsDoRequest": (c_void_p, (c_void_p, c_void_p, c_char_p)),
    "ippDelete": (None, (c_void_p,)),
}


@cache
def library() -> Any:
    """Return the library with the signatures of its functions, None where the system has none."""
    name = ctypes.util.find_library("cups") or "libcups.so.2"
    try:
        found = ctypes.CDLL(name)
        for function, (result, arguments) in _SIGNATURES.items():
            getattr(found, function).restype = result
            getattr(found, function).argtypes = arguments
    except (OSError, AttributeError):
        return None
    return found
