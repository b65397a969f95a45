"""Starts the process that reads one file, gives it the bytes, watches it, and ends it at its limits."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from referral_app.exchange import attachment_reader
from referral_app.exchange.attachments import (
    LARGEST_RESULT,
    MOST_PAGES,
    REPAIRED,
    Cleaned,
    Refused,
    Why,
)

LONGEST_HEAD = 4096
_EVERY = 0.05
_NEEDED = ("SYSTEMROOT", "WINDIR")
"""What Windows needs to start a process; nothing else of the environment is handed on."""


@dataclass(frozen=True)
class Limits:
    """Seconds by the clock, and bytes of memory, after which a reader is ended."""

    seconds: float = 90.0
    memory: int = attachment_reader.MEMORY


def read(data: bytes, canceled: Callable[[], bool] = lambda: False, limits: Limits | None = None) -> Cleaned:
    """Return a file as it is kept, opened in a process of its own; raises Refused."""
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="reader-", ignore_cleanup_errors=True) as folder:
        try:
            process = _start(folder)
        except OSError as error:
            raise Refused(Why.NO_READER) from error
        talk = _Talk(process, data)
        try:
            why = _watch(process, talk, canceled, limits)
        finally:
            _end(process)
            talk.end()
    if why:
        raise Refused(why)
    return _answer(bytes(talk.answer), process.returncode)


def command() -> list[str]:
    """Return what starts a reader: this Python without its environment, or the frozen program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, attachment_reader.COMMAND]
    return [sys.executable, "-I", "-B", "-m", attachment_reader.__name__]


def _start(folder: str) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    more: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        more = {"creationflags": subprocess.CREATE_NO_WINDOW}
    return subprocess.Popen[bytes](
        command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        close_fds=True,
        env={**kept, "TMP": folder, "TEMP": folder, "TMPDIR": folder},
        **more,
    )


class _Talk:
    """Gives the bytes and takes the answer, each in a thread of its own, so that neither waits for the other."""

    def __init__(self, process: subprocess.Popen[bytes], data: bytes) -> None:
        """Begin."""
        self.answer = bytearray()
        self.is_too_long = False
        self._process = process
        self._threads = [
            threading.Thread(target=work, args=more, daemon=True)
            for work, more in ((self._give, (data,)), (self._take, ()))
        ]
        for thread in self._threads:
            thread.start()

    def _give(self, data: bytes) -> None:
        with contextlib.suppress(OSError), cast(Any, self._process.stdin) as pipe:
            pipe.write(data)

    def _take(self) -> None:
        pipe = cast(Any, self._process.stdout)
        with contextlib.suppress(OSError, ValueError):
            while part := pipe.read1(1 << 20):
                self.answer += part
                if len(self.answer) > LARGEST_RESULT + LONGEST_HEAD:
                    self.is_too_long = True
                    return

    def end(self) -> None:
        """Wait for both; the process has ended by now, so that its pipes are closed."""
        for thread in self._threads:
            thread.join(10)
        cast(Any, self._process.stdout).close()


def _watch(
    process: subprocess.Popen[bytes], talk: _Talk, canceled: Callable[[], bool], limits: Limits
) -> Why | None:
    """Wait for the end of the process; return why it must be ended before."""
    import psutil

    until = time.monotonic() + limits.seconds
    with contextlib.suppress(psutil.Error):
        seen = psutil.Process(process.pid)
        while process.poll() is None:
            if canceled():
                return Why.CANCELED
            if time.monotonic() > until:
                return Why.SLOW
            if talk.is_too_long:
                return Why.LARGE
            if seen.memory_info().rss > limits.memory:
                return Why.MEMORY
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_EVERY)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(max(until - time.monotonic(), 1))
    return None if process.poll() is not None else Why.SLOW


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and whatever it may have started, unless all of it is gone."""
    import psutil

    children = list[psutil.Process]()
    if process.poll() is None:
        with contextlib.suppress(psutil.Error):
            children = psutil.Process(process.pid).children(recursive=True)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    for one in children:
        with contextlib.suppress(psutil.Error):
            one.kill()
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()


def _answer(answer: bytes, status: int) -> Cleaned:
    """Return what a reader said; it is trusted in nothing, since the file may have taken it over."""
    head, _, content = answer.partition(b"\n")
    if status != 0 or not head or len(head) > LONGEST_HEAD:
        raise Refused(Why.SLOW if sys.platform != "win32" and status == -signal.SIGXCPU else Why.UNREADABLE)
    try:
        said = json.loads(head)
        if (reason := said.get("refused")) is not None:
            raise Refused(Why(reason))
        pages, notes = said["pages"], said["notes"]
    except Refused:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(Why.UNREADABLE) from error
    if not isinstance(pages, int) or not 1 <= pages <= MOST_PAGES or not content.startswith(b"%PDF-"):
        raise Refused(Why.UNREADABLE)
    return Cleaned(content, pages, (REPAIRED,) if notes == [REPAIRED] else ())
