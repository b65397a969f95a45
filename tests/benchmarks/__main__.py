"""Run all measurements or the named one and print them as a table; the status is 1 where a limit is missed."""

from __future__ import annotations

import importlib
import os
import sys

from tests.benchmarks.figures import Count, Figure, table

NAMES = ("check", "intake", "save", "documents", "start", "stall", "preview", "setup", "storage", "directory")
LONG = ("reliability", "imports", "reports", "worklists")
"""Take a quarter of an hour and more, and are run when they are named."""


def main(arguments: list[str]) -> int:
    """Measure and print; return the exit status."""
    os.umask(0o077)
    unknown = [name for name in arguments if name not in (*NAMES, *LONG)]
    if unknown:
        print(
            f"There is no measurement {unknown[0]!r}; there are {', '.join((*NAMES, *LONG))}.",
            file=sys.stderr,
        )
        return 2
    figures: list[Figure | Count] = []
    for name in arguments or NAMES:
        figures += importlib.import_module(f"tests.benchmarks.{name}").measure()
    print(table(figures))
    return 0 if all(item.holds for item in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
