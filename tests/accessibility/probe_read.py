"""Waits until something is said in the application: `probe_read.py ROLE WORDS`; `--focused`: has the focus."""

from __future__ import annotations

import sys

from screen_reader import Screen, application, focused, label_of, wait_until


def main() -> None:
    """Look, and print the name of what was found."""
    role, words, *options = sys.argv[1:]
    screen = Screen(application("referral-app"))
    found = screen.find(role, words)
    if "--focused" in options:
        wait_until(f"focus on {words!r}", lambda: label_of(focused(screen.root)) == words)
    sys.stdout.write(f"{found.get_name()}\n")


if __name__ == "__main__":
    main()
