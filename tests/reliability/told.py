"""A program that keeps a store open and does what it is told, one act a line, so that faults can be put between."""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path

from referral_app.database import Database, StoreProblem
from tests.reliability import writer


class Desk:
    """The store, open or closed, and the acts by name."""

    def __init__(self, folder: Path) -> None:
        """Open the store."""
        self._folder = folder
        self._db: Database | None = None
        self._number = 0
        self.open()

    def open(self) -> str:
        """Open the store where it is closed."""
        self._db = self._db or writer.open_store(self._folder)
        return "opened"

    def close(self) -> str:
        """Close it."""
        if self._db:
            self._db.close()
        self._db = None
        return "closed"

    def save(self) -> str:
        """Save one more referral."""
        assert self._db
        self._number += 1
        return f"saved {writer.save(self._db, self._number)}"

    def backup(self) -> str:
        """Make a backup."""
        assert self._db
        return f"made {writer.back_up(self._db, self._folder).name}"

    def check(self) -> str:
        """Say what is wrong with the store and how many versions it holds, all of them whole."""
        assert self._db
        return f"{self._db.check() + self._db.check_audit() + writer.torn(self._db)} {len(writer.contents(self._db))}"

    def ready(self) -> str:
        """Say so."""
        return "ready"


def main(folder: Path) -> None:
    """Do what each line of the input names and answer with one line."""
    tempfile._get_candidate_names = itertools.repeat("known").__iter__  # noqa: SLF001 - strace must know the names
    desk = Desk(folder)
    for line in sys.stdin:
        try:
            answer = str(getattr(desk, line.strip())())
        except StoreProblem as problem:
            answer = f"refused {type(problem).__name__}: {problem}"
        except Exception as error:
            answer = f"broke {error!r}"
        print(" ".join(answer.split()), flush=True)  # noqa: T201


if __name__ == "__main__":
    os.umask(0o077)
    main(Path(sys.argv[1]))
