"""Processes that make documents, one for each core, so that a batch uses all of them and the window none of its time.

They are plain child processes with pipes instead of a pool of `multiprocessing`: that would start the whole program
again in each (a spawned child imports `__main__`), and one that dies would take the others with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Timer
from typing import Any, BinaryIO, cast

from referral_app.documents import maker
from referral_app.services.errors import InvalidInput

MOST = 16
SECONDS = 120.0
"""After so long a document is given up; the longest packet takes a second."""

DIED = "The part of the program that makes it ended unexpectedly. Try again; if it happens again, tell us."
FAULT = "A fault of the program stopped it ({}). The others are not concerned. Tell us the reference number."
_KEPT = ("SYSTEMROOT", "WINDIR", "PATH", "TMPDIR", "TMP", "TEMP", "HOME", "LANG", "LD_LIBRARY_PATH")
"""What of the environment is handed on; nothing of it says where the store is."""


class Makers:
    """As many makers as there are cores, for one batch; `close` ends them all."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        """Start one for each core, but not more than `most`."""
        self.number = max(1, min(os.cpu_count() or 1, most, MOST))
        self._seconds = seconds
        self._idle: SimpleQueue[_Maker] = SimpleQueue()
        self._all: list[_Maker] = []
        self._closed = False
        self._threads = ThreadPoolExecutor(self.number, thread_name_prefix="maker")
        for _ in range(self.number):
            self._idle.put(self._started())

    def make(self, kind: str, record: Any) -> Future[bytes]:
        """Return the document to be; its result raises InvalidInput where it is refused or its maker died."""
        return self._threads.submit(self._make, kind, record)

    def close(self) -> None:
        """End every maker, whatever it is doing."""
        self._closed = True
        for one in list(self._all):
            one.end()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for one in self._all:  # one may have been started in the place of another meanwhile
            one.end()

    def __enter__(self) -> Makers:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End every maker."""
        self.close()

    def _started(self) -> _Maker:
        made = _Maker()
        self._all.append(made)
        return made

    def _make(self, kind: str, record: Any) -> bytes:
        one = self._idle.get()
        try:
            return one.make(kind, record, self._seconds)
        except (OSError, EOFError, ValueError) as error:
            one.end()
            self._all.remove(one)
            if not self._closed:
                one = self._started()
            raise InvalidInput({"": DIED}) from error
        finally:
            self._idle.put(one)


class _Maker:
    """One process with its two pipes."""

    def __init__(self) -> None:
        """Start it."""
        more: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            more = {"creationflags": subprocess.CREATE_NO_WINDOW}
        self.process = subprocess.Popen[bytes](
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            **more,
        )

    def make(self, kind: str, record: Any, seconds: float) -> bytes:
        """Return a document; raises InvalidInput, EOFError or OSError where the process is gone."""
        watch = Timer(seconds, self.process.kill)
        watch.daemon = True
        watch.start()
        try:
            message = pickle.dumps((kind, record), pickle.HIGHEST_PROTOCOL)
            maker.given(cast(BinaryIO, self.process.stdin), message)
            answer = maker.taken(cast(BinaryIO, self.process.stdout))
        finally:
            watch.cancel()
        if answer is None:
            raise EOFError
        return _read(answer)

    def end(self) -> None:
        """Kill the process and close its pipes, however it is."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError, ValueError):
                cast(BinaryIO, pipe).close()


def command() -> list[str]:
    """Return what starts a maker: this Python, or the frozen program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, maker.COMMAND]
    return [sys.executable, "-I", "-m", maker.__name__]


def _read(answer: bytes) -> bytes:
    kind, rest = answer[:1], answer[1:]
    if kind == maker.DONE:
        return rest
    if kind == maker.REFUSED:
        raise InvalidInput(json.loads(rest))
    raise InvalidInput({"": FAULT.format(rest.decode())})
