"""Failing every call to the disk of one act once, in turn, and looking whether anything lies between before and after.

A process with an open store does as it is told. For each system call that the act makes on the store's files, strace
answers the first, the second, the third ... with an error, while the act is done; then the fault is gone and the same
process must be able to go on.

Proven: an act that meets one failing call is either done whole or refused in a sentence with nothing changed, the same
process saves again afterwards, and the store is whole. Not proven: disks that go on failing (the store then goes on
refusing; see `full_disks`), and calls that report success for what they did not do.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from referral_app.database.backup import UNFINISHED
from tests.reliability import writer
from tests.reliability.tally import Tally

DONE = {"save": "saved", "backup": "made", "close": "closed", "open": "opened"}
"""What is answered when an act was done."""
FAULTS = {
    "pwrite64": ("EIO", "ENOSPC"), "write": ("EIO", "ENOSPC"), "fsync": ("EIO",), "fdatasync": ("EIO",),
    "pread64": ("EIO",), "read": ("EIO",), "openat": ("EIO", "EMFILE"), "ftruncate": ("EIO",), "unlink": ("EIO",),
    "rename": ("EIO",), "mmap": ("ENOMEM",), "stat": ("EIO",), "lstat": ("EIO",), "fstat": ("EIO",),
    "newfstatat": ("EIO",),
}  # fmt: skip
"""What can fail, and how. A failing `fcntl` is no fault of a disk but a lock that is held: see `many_writers`."""
ALL_ERRORS = tuple({error for errors in FAULTS.values() for error in errors})
CALL = re.compile(r"\d+ +(\w+)\(")


class Told:
    """A process with an open store that does one act for each line that it is sent."""

    def __init__(self, folder: Path) -> None:
        """Start it and wait until it is ready."""
        command = [sys.executable, "-m", "tests.reliability.told", str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.pid = self._process.pid
        self.do("ready")

    def do(self, line: str) -> str:
        """Have it do something and return its answer; raises EOFError where it died of it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise EOFError(line)
        return answer.strip()

    def end(self) -> None:
        """End it."""
        self._process.communicate()


@contextmanager
def watched(pid: int, folder: Path, log: Path, *words: str) -> Generator[None]:
    """Attach strace to a process for the length of the block, for its calls on the files of a folder alone."""
    private = folder / f"{UNFINISHED}known"  # see `told`
    names = ("referrals.db", "referrals.db-wal", "referrals.db-shm", "referrals.db-journal", "whole")
    files = {
        *folder.iterdir(),
        folder / "copy.backup",
        *(place / name for place in (folder, private) for name in names),
    }
    only = [word for path in sorted({folder, private, *files}) for word in ("-P", str(path))]
    command = ["strace", "-f", "-o", str(log), *only, *words, "-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    assert "attached" in (line := tracer.stderr.readline()), line
    try:
        yield
    finally:
        tracer.send_signal(signal.SIGINT)
        tracer.communicate()


def run(
    folder: Path, acts: Sequence[str] = tuple(DONE), errors: Sequence[str] = ALL_ERRORS, step: int = 1
) -> Tally:
    """Fail each call of each act, or each so many, once with each error that it can meet; look at what came of it."""
    data, log = folder / "data", folder / "strace.log"
    writer.make_store(data)
    told, tally = Told(data), Tally()
    told.do("save")
    for act in acts:
        for what, words in _faults(_calls(told, act, data, log), errors, step):
            _fail(told, act, words, (data, log), tally, f"{act}, {what}")
    told.end()
    return tally


def _faults(calls: Counter[str], errors: Sequence[str], step: int) -> Generator[tuple[str, list[str]]]:
    """Yield each fault of the calls of an act: what it is, and the words that make strace bring it about."""
    for call, times in calls.items():
        for error in (error for error in FAULTS[call] if error in errors):
            for turn in range(1, times + 1, step):
                words = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={turn}"]
                yield f"{error} at {call} {turn} of {times}", words


def lasting(folder: Path, faults: Mapping[str, list[str]]) -> Tally:
    """Let a fault, given as words for strace, last for the length of each act, and look at what came of it."""
    data, log = folder / "data", folder / "strace.log"
    writer.make_store(data)
    told, tally = Told(data), Tally()
    for act in DONE:
        for name, words in faults.items():
            _fail(told, act, words, (data, log), tally, f"{act} with lasting {name}")
    told.end()
    return tally


def _calls(told: Told, act: str, folder: Path, log: Path) -> Counter[str]:
    """Return how often an act makes each call that can fail."""
    _before(told, act)
    with watched(told.pid, folder, log, "-e", f"trace={','.join(FAULTS)}"):
        told.do(act)
    told.do("open")
    return Counter(match[1] for line in log.read_text().splitlines() if (match := CALL.match(line)))


def _before(told: Told, act: str) -> str:
    """Bring the process to where the act begins, and return what the store holds then."""
    if act == "close":
        told.do("save")  # so that there is a log to write into the store
    found = told.do("check")
    if act == "open":
        told.do("close")
    return found


def _fail(told: Told, act: str, words: list[str], places: tuple[Path, Path], tally: Tally, what: str) -> None:
    before = _before(told, act)
    with watched(told.pid, *places, *words):
        answer = told.do(act)
    if "(INJECTED)" not in places[1].read_text():
        told.do("open")
        return
    tally.tried += 1
    tally.seen["done" if answer.startswith(DONE[act]) else "refused"] += 1
    if not answer.startswith((DONE[act], "refused")):
        tally.fault("broke", f"{what}: {answer}")
    opened, after = told.do("open"), told.do("check")
    saved = int(act == "save" and answer.startswith(DONE[act]))
    if opened != "opened" or after != f"[] {_count(before) + saved}":
        tally.fault("neither before nor after", f"{what}: {answer}, then {opened}, {before} and {after}")
    again = [told.do(item) for item in (act, "open", "save")]
    if not again[0].startswith(DONE[act]) or not again[2].startswith(DONE["save"]):
        tally.fault("did not go on", f"{what}: {answer}, then {again}")


def _count(check: str) -> int:
    return int(check.rpartition(" ")[2])
