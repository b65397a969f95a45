"""What a process writes below a folder, in order, as strace saw it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import pytest

WATCHED = (
    "openat,creat,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range,ftruncate,truncate,fallocate,"
    "rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,lseek,"
    "sendfile,copy_file_range"
)
HARMLESS = {"sync_file_range"}
"""Asks the disk to begin, promises nothing."""
FOLDERS = {"mkdir", "mkdirat", "rmdir"}
"""Folders are taken to be there for what is in them."""
OF_NAMES = {"unlinkat", "renameat", "renameat2", "linkat", "mkdirat"}
NOT_KEPT = ("-shm", ".lock")
"""Files that mean nothing after a power cut: SQLite empties the index of its log at the first opening."""

LINE = re.compile(
    r"(?P<pid>\d+) +(?P<call>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)(?P<rest>.*)", re.DOTALL
)
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
OPEN_FILE = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2}|[^>\\])*)>")


@dataclass(frozen=True)
class Event:
    """One step: what was done to which path, with an offset or size, bytes, or the other path."""

    act: str
    path: str = ""
    offset: int = 0
    data: bytes = b""
    other: str = ""


class BlindSpot(Exception):
    """A call that changes files in a way that this recording does not follow."""


def need_strace() -> None:
    """Skip the test where strace is not there; CI must have it."""
    if (
        sys.platform != "linux"
        or subprocess.run(["which", "strace"], capture_output=True, check=False).returncode
    ):
        if os.environ.get("CI"):
            pytest.fail("CI must have strace.")
        pytest.skip("This needs strace on Linux.")


def record(command: Sequence[str], folder: Path, log: Path) -> tuple[list[Event], list[str]]:
    """Run a program and return what it did below a folder, its output lines as events of act `said`."""
    traced = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-xx",
        "-s",
        "20000000",
        "-e",
        f"trace={WATCHED}",
        "-o",
        str(log),
    ]
    done = subprocess.run([*traced, *command], stdout=subprocess.PIPE, check=True)
    with log.open(encoding="ascii") as lines:
        events = list(_Reader(folder).events(whole_lines(lines)))
    return events, done.stdout.decode().splitlines()


def whole_lines(lines: Iterable[str]) -> Generator[str]:
    """Put calls together that another thread interrupted in the log."""
    begun: dict[str, str] = {}
    for line in lines:
        pid, _, rest = line.partition(" ")
        if rest.rstrip().endswith("<unfinished ...>"):
            begun[pid] = rest.rstrip().removesuffix("<unfinished ...>").rstrip()
        elif match := re.match(r" *<\.\.\. \w+ resumed>(.*)", rest, re.DOTALL):
            yield f"{pid} {begun.pop(pid, '')}{match[1]}"
        else:
            yield line


def decode(text: str) -> bytes:
    """Return the bytes of a text in strace's hexadecimal form."""
    return bytes.fromhex(text.replace("\\x", ""))


class _Reader:
    """Follows the places in open files, so that each plain write gets its offset."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._places: dict[str, int] = {}

    def events(self, lines: Iterable[str]) -> Generator[Event]:
        for line in lines:
            match = LINE.match(line)
            if match and int(match["result"]) >= 0:
                yield from self._one(match["call"], match["arguments"], int(match["result"]), match["rest"])

    def _one(self, call: str, arguments: str, result: int, rest: str) -> Generator[Event]:
        if call == "write" and arguments.startswith("1<"):
            yield Event("said", data=self._data(arguments, result))
        elif call in {"openat", "creat"}:
            yield from self._open(call, arguments, f"{result}{rest}")
        elif OPEN_FILE.match(arguments) and call not in OF_NAMES:
            yield from self._on_open_file(call, arguments, result)
        else:
            yield from self._on_names(call, arguments)

    def _open(self, call: str, arguments: str, result: str) -> Generator[Event]:
        opened = OPEN_FILE.match(result)
        path = decode(opened[2]).decode() if opened else ""
        if opened:
            self._places[opened[1]] = 0
        if not opened or not self._kept(path):
            return
        if "O_APPEND" in arguments:
            raise BlindSpot(f"{path} was opened to append.")
        if call == "creat" or "O_CREAT" in arguments:
            yield Event("create", path)
        if call == "creat" or "O_TRUNC" in arguments:
            yield Event("truncate", path, 0)

    def _on_open_file(self, call: str, arguments: str, result: int) -> Generator[Event]:
        opened = OPEN_FILE.match(arguments)
        assert opened
        handle, path = opened[1], decode(opened[2]).decode() if "\\x" in opened[2] else opened[2]
        numbers = [int(word) for word in re.findall(r", (\d+)", TEXT.sub("", arguments))]
        if call == "lseek":
            self._places[handle] = result
        if call == "lseek" or not self._kept(path) or call in HARMLESS:
            return
        if call == "write":
            yield Event("write", path, self._places[handle], self._data(arguments, result))
            self._places[handle] += result
        elif call == "pwrite64":
            yield Event("write", path, numbers[-1], self._data(arguments, result))
        elif call in {"fsync", "fdatasync"}:
            yield Event("sync", path)
        elif call == "ftruncate":
            yield Event("truncate", path, numbers[-1])
        else:
            raise BlindSpot(f"{call} on {path} is not followed.")

    def _on_names(self, call: str, arguments: str) -> Generator[Event]:
        within = OPEN_FILE.match(arguments)  # a folder, in the calls that take a name below it
        folder = decode(within[2]).decode() if within else ""
        names = [str(PurePath(folder, decode(found[1]).decode())) for found in TEXT.finditer(arguments)]
        if not any(self._kept(name) for name in names) or "AT_REMOVEDIR" in arguments:
            return
        if call.startswith("rename"):
            yield Event("rename", names[0], other=names[1])
        elif call.startswith("unlink"):
            yield Event("unlink", names[0])
        elif call not in FOLDERS:
            raise BlindSpot(f"{call} on {names[0]} is not followed.")

    def _kept(self, path: str) -> bool:
        return path.startswith(self._folder) and not path.endswith(NOT_KEPT)

    @staticmethod
    def _data(arguments: str, result: int) -> bytes:
        found = TEXT.search(arguments)
        if found is None or found[2]:
            raise BlindSpot("A write is longer than the log shows.")
        return decode(found[1])[:result]
