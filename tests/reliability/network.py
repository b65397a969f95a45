"""Running the application where there is no network, and listening whether it asks for one.

The program runs in a network namespace of its own, without routes and without even a loopback, and strace notes every
call that names an address. Proven: what is run works without a network and attempts no connection, not even a look-up
of a name. Not proven: what the parts do that were not run; the benchmarks therefore run the whole suite so.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.reliability.recording import need_strace, whole_lines
from tests.reliability.tally import Tally

CALLS = "connect,bind,sendto,sendmsg,sendmmsg"
PRINT_SERVICE = re.compile(r"htons\(631\).*(127\.0\.0\.1|\"::1\")")
"""libcups asks the print service of this PC, at its own address where there is no socket."""
ADDRESS = re.compile(r"sa_family=AF_INET6?\b.*")
ALONE = ("unshare", "--net")


def need_namespaces() -> None:
    """Skip the test where no network namespace can be made; CI must be able to."""
    need_strace()
    if subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode:
        if os.environ.get("CI"):
            pytest.fail("CI must be able to make a network namespace.")
        pytest.skip("Making a network namespace needs root.")


def listened(command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> Tally:
    """Run a program without a network and return what it asked of one; a program that fails is a fault too."""
    traced = [
        *ALONE,
        "strace",
        "-f",
        "--seccomp-bpf",
        "-s",
        "0",
        "-e",
        f"trace={CALLS}",
        "-o",
        str(log),
        *command,
    ]
    done = subprocess.run(
        traced, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    tally = Tally(tried=1)
    if done.returncode:
        tally.fault("failed", done.stdout.decode(errors="replace")[-2000:])
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in whole_lines(lines):
            tally.seen["calls with an address"] += "sa_family" in line
            if (found := ADDRESS.search(line)) and not PRINT_SERVICE.search(line):
                tally.fault("connection attempted", found[0].strip())
    return tally


def main_job(folder: Path) -> Tally:
    """Do the main job on the command line: directory, referral, check, letter, packets."""
    command = [sys.executable, "-m", "referral_app", "demo", "--out", str(folder / "out")]
    return listened(command, folder / "strace.log")


def window(folder: Path) -> Tally:
    """Use the window as `canary` does: type, save, letter, search, backup, fault, close."""
    command = [sys.executable, "-m", "tests.reliability.canary_window", str(folder / "data"), "close"]
    return listened(command, folder / "strace.log", {**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def suite(folder: Path) -> list[Tally]:
    """Run the whole suite without a network: listened to, and the harnesses, which trace for themselves, plainly."""
    pytest_words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2"]
    here = "tests/reliability"
    every = listened([*pytest_words, f"--ignore={here}"], folder / "strace.log")
    done = subprocess.run([*ALONE, *pytest_words, here], stdout=subprocess.PIPE, check=False)
    harnesses = Tally(tried=1)
    if done.returncode:
        harnesses.fault("failed", done.stdout.decode(errors="replace")[-2000:])
    return [every, harnesses]
