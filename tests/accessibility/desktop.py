"""A private desktop for a real window: its own X server, session bus, accessibility bus and folders."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own Python: its pyatspi does not go into .venv."""
NEEDS = {
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "dbus": "dbus-daemon",
    "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
    "python3-pyatspi": "/usr/lib/python3/dist-packages/pyatspi",
    "gir1.2-atspi-2.0": "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib",
    "xdotool": "xdotool",
}
"""Debian's packages, and what shows that each is there: a command or a path."""
PATIENCE = 120.0
"""Seconds after which something that should have come is said to be missing: long, for a busy computer."""


def missing_packages() -> list[str]:
    """Return the packages that the tests of this folder need and this computer lacks."""
    return [package for package, probe in NEEDS.items() if not _is_there(probe)]


def _is_there(probe: str) -> bool:
    return any(Path("/").glob(probe[1:])) if probe.startswith("/") else shutil.which(probe) is not None


def wait_for(what: str, look: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Look until there is something, and return it; raises TimeoutError that names it."""
    end = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > end:
            raise TimeoutError(f"After {seconds:.0f} s there is still no {what}.")
        time.sleep(0.05)
    return found


class Process:
    """A process that we started, alone in a group of its own so that what it starts ends with it."""

    def __init__(self, words: Sequence[object], environment: dict[str, str], log: Path, **more: Any) -> None:
        """Start it with private files; what it says goes into a log."""
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(word) for word in words], env=environment, stdin=subprocess.DEVNULL,
                **{"stdout": output, "stderr": output, "umask": 0o077, "start_new_session": True, **more},
            )  # fmt: skip
        self.id = self._process.pid

    @property
    def said(self) -> str:
        """What the process wrote so far."""
        return self.log.read_text("utf-8", "replace")

    def running(self) -> bool:
        """Tell whether it has not ended yet."""
        return self._process.poll() is None

    def status(self) -> int:
        """Wait until it ends and return its exit status."""
        return self._process.wait(PATIENCE)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, to it alone."""
        os.kill(self.id, number)

    def end(self) -> None:
        """End it and all that it started, gently if it lets us."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.id, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
                if number is signal.SIGTERM:
                    time.sleep(0.05)


class Desktop:
    """Where windows are shown, pressed and read from outside."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        """Remember where the log files go and what programs on this desktop must be told."""
        self.folder, self.environment = folder, environment

    def start(self, name: str, *words: object, **more: Any) -> Process:
        """Start a program on this desktop."""
        return Process(words, self.environment, self.folder / f"{name}.log", **more)

    def application(self, data_dir: Path, name: str = "application") -> Process:
        """Start the application as a person would, on a data folder."""
        return self.start(
            name, sys.executable, "-W", "ignore", "-m", "referral_app", "--data-dir", data_dir, cwd=ROOT
        )

    def give_keyboard(self, process: Process) -> None:
        """Give the keyboard to the window of a process: a window manager's work, and there is none."""
        look = ("search", "--all", "--onlyvisible", "--pid", process.id, "--name", ".")
        windows = wait_for("window", lambda: self.xdotool(*look)).split()
        self.xdotool("windowfocus", "--sync", windows[-1])

    def read_out(self, script: str, *arguments: object) -> str:
        """Run a script of this folder with Debian's Python until it ends; return what it printed.

        Raises AssertionError with what it said where it failed.
        """
        done = subprocess.run(
            [SYSTEM_PYTHON, "-B", str(Path(__file__).with_name(script)), *map(str, arguments)],
            env=self.environment, capture_output=True, text=True, timeout=6 * PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{script} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def xdotool(self, *words: object) -> str:
        """Press keys, or ask the X server about windows; return the answer, empty where there is none."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return done.stdout.strip()


@contextmanager
def private_desktop() -> Generator[Desktop]:
    """Yield a desktop that nobody else sees and that is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="desk-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        desktop = Desktop(folder, _environment(folder))
        started: list[Process] = []
        try:
            started.append(_start_screen(desktop))
            started.append(_start_bus(desktop))
            started.append(
                desktop.start("at-spi", "/usr/libexec/at-spi-bus-launcher", "--launch-immediately")
            )
            yield desktop
        finally:
            for process in reversed(started):
                process.end()


def _environment(folder: Path) -> dict[str, str]:
    """Return what programs are told: folders of their own, a real window system, accessibility switched on."""
    made = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONFAULTHANDLER": "1",
        "QT_QPA_PLATFORM": "xcb",
        "QT_LOGGING_RULES": "qt.accessibility.atspi=false",  # it notes whenever something is asked for that has gone
        "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "XAUTHORITY": str(folder / "xauthority"),
    }
    own = {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run"}
    own |= {f"XDG_{kind}_HOME": kind.lower() for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    for variable, part in own.items():
        (folder / part).mkdir(mode=0o700)
        made[variable] = str(folder / part)
    return made


def _start_screen(desktop: Desktop) -> Process:
    """Start an X server on a free number, without a network port, for who knows the cookie."""
    cookie = secrets.token_hex(16)
    _allow(desktop, ":0", cookie)  # the server takes the cookie whatever its number, which is not known yet
    words = ("Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset")
    screen = desktop.start(
        "screen", *words, "-auth", desktop.environment["XAUTHORITY"], stderr=subprocess.DEVNULL
    )
    desktop.environment["DISPLAY"] = f":{wait_for('X server', lambda: screen.said.strip())}"
    _allow(desktop, desktop.environment["DISPLAY"], cookie)
    return screen


def _allow(desktop: Desktop, display: str, cookie: str) -> None:
    words = ["xauth", "-q", "-f", desktop.environment["XAUTHORITY"], "add", display, ".", cookie]
    subprocess.run(words, check=True, capture_output=True, env=desktop.environment)


def _start_bus(desktop: Desktop) -> Process:
    words = ("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1")
    bus = desktop.start(
        "bus", *words, f"--address=unix:path={desktop.folder / 'bus'}", stderr=subprocess.DEVNULL
    )
    desktop.environment["DBUS_SESSION_BUS_ADDRESS"] = wait_for("session bus", bus_address(bus))
    return bus


def bus_address(bus: Process) -> Callable[[], str]:
    """Return a look for the address that a bus prints in a line of its own."""
    return lambda: bus.said.splitlines()[0] if "\n" in bus.said else ""
