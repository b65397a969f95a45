"""What dev.py adds to a second start, against its half second."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.figures import Figure, medians

LIMIT_MS = 500.0
TOP = Path(__file__).parents[2]


def measure() -> list[Figure]:
    """Return the median time from `dev.py run --version` to its end, less that of the program itself."""
    program = [sys.executable, "-m", "referral_app", "--version"]
    took = medians(
        {
            "through dev.py": lambda: _run([sys.executable, "dev.py", "run", "--version"]),
            "alone": lambda: _run(program),
        },
        turns=5,
    )
    return [
        Figure(
            "second start, spent in dev.py", took["through dev.py"] - took["alone"], "ms", "limit", LIMIT_MS
        )
    ]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd=TOP)
