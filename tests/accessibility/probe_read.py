"""Waits until something is said in the application: `probe_read.py ROLE WORDS`, with `--gone` until it is not."""

from __future__ import annotations

import sys

from screen_reader import Screen, application, wait_until


def main() -> None:
    """Look, and print the name of what was found."""
    role, words, *options = sys.argv[1:]
    screen = Screen(application("referral-app"))
    if "--gone" in options:
        wait_until(f"end of {words!r}", lambda: screen.look(role, words) is None)
    else:
        sys.stdout.write(f"{screen.find(role, words).get_name()}\n")


if __name__ == "__main__":
    main()
