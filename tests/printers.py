"""Real printers for tests: a print service of our own (cupsd) on this PC alone, with queues that print into files.

It has its own settings, spool and port, and is ended by its own process; the system's print service is not touched.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

OFFICE, PDF = "Office", "CUPS-PDF"
_MODELS = {
    OFFICE: "lsb/usr/cupsfilters/Generic-PDF_Printer-PDF.ppd",
    PDF: "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd",
}
_FILES = """
ServerRoot {root}/etc
StateDir {root}/state
CacheDir {root}/cache
RequestRoot {root}/spool
TempDir {root}/spool/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
Printcap {root}/etc/printcap
FileDevice Yes
Sandboxing relaxed
"""
_SERVICE = """
LogLevel info
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
ErrorPolicy stop-printer
PreserveJobHistory Yes
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow from all
  </Limit>
</Policy>
"""


@dataclass(frozen=True)
class Printers:
    """A print service with its queues."""

    root: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which programs see this service and no other."""
        return {**os.environ, "CUPS_SERVER": f"127.0.0.1:{self.port}"}

    @property
    def paper(self) -> Path:
        """The file into which the office printer prints, one document over the other."""
        return self.root / "out" / "paper.pdf"

    def call(self, *command: str) -> str:
        """Call a command of CUPS and return what it says."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def add(self, queue: str, device: str, model: str = _MODELS[OFFICE]) -> None:
        """Add a queue that prints on a device."""
        self.call("lpadmin", "-p", queue, "-v", device, "-m", model, "-E")

    def job(self, number: int) -> dict[str, str]:
        """Return the attributes of a job as the service tells them."""
        told = self.call(
            "ipptool", "-tv", f"ipp://127.0.0.1:{self.port}/jobs/{number}", "get-job-attributes.test"
        )
        lines = (line.strip().partition(" = ") for line in told.splitlines() if " = " in line)
        return {name.partition(" (")[0]: value for name, _, value in lines}

    def jobs(self, which: str = "all") -> list[int]:
        """Return the numbers of the jobs, the oldest first: "completed", "not-completed" or "all"."""
        kinds = ("completed", "not-completed") if which == "all" else (which,)
        lines = [line for kind in kinds for line in self.call("lpstat", "-W", kind, "-o").splitlines()]
        return sorted(int(line.split()[0].rpartition("-")[2]) for line in lines)

    def done(self, number: int) -> dict[str, str]:
        """Wait until a job is done and return its attributes."""
        until = time.monotonic() + 30
        while (job := self.job(number))["job-state"] not in ("completed", "aborted", "canceled"):
            assert time.monotonic() < until, job
            time.sleep(0.05)
        return job


@pytest.fixture(scope="session")
def print_service() -> Generator[Printers]:
    """Start the print service once for all tests."""
    if shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have cups; dev.py installs it.")
        pytest.skip("cups is not installed.")
    root = Path(tempfile.mkdtemp(prefix="printers-"))  # not in tmp_path: its filters run as another user
    printers = Printers(root, _free_port())
    service = _start(printers)
    try:
        _wait(printers, service)
        printers.add(OFFICE, f"file:{printers.paper}")
        if os.geteuid() == 0:
            printers.add(PDF, "cups-pdf:/", _MODELS[PDF])
        yield printers
    finally:
        service.terminate()
        service.wait(20)
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def printers(print_service: Printers, monkeypatch: pytest.MonkeyPatch) -> Generator[Printers]:
    """Return the print service, seen by this program, with no job and no paper left over."""
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{print_service.port}")
    yield print_service
    print_service.call("cancel", "-a", "-x")
    print_service.paper.unlink(missing_ok=True)


@pytest.fixture
def no_print_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this program look for a print service where there is none."""
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{_free_port()}")


def _start(printers: Printers) -> subprocess.Popen[bytes]:
    root = printers.root
    root.chmod(0o755)
    for name in ("etc", "etc/ppd", "state", "cache", "spool", "spool/tmp", "log", "out"):
        (root / name).mkdir(mode=0o755)
    for name, words in (("cups-files.conf", _FILES), ("cupsd.conf", _SERVICE)):
        (root / "etc" / name).write_text(words.format(root=root, port=printers.port))
    command = ["cupsd", "-f", "-c", f"{root}/etc/cupsd.conf", "-s", f"{root}/etc/cups-files.conf"]
    environment = {**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin:/sbin:/bin"}
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _wait(printers: Printers, service: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while (
        "is running"
        not in subprocess.run(
            ["lpstat", "-r"], env=printers.environment, capture_output=True, text=True, check=False
        ).stdout
    ):
        assert service.poll() is None, "The print service ended at once."
        assert time.monotonic() < until, "The print service did not start."
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])
