"""What can be wrong with a store, each in one sentence that a person can act on."""

from __future__ import annotations

from pathlib import Path


class StoreProblem(Exception):
    """The store cannot be opened or written; the sentence says what to do and nothing was lost."""


class InUse(StoreProblem):
    """Another process has the store."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "The referral desk is already open on this computer. Close it there first, then try again."
        )


class NotAStore(StoreProblem):
    """The file is something else, or is damaged, or its key belongs to another store."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and what it is."""
        super().__init__(f"{path.name} is not a store that this program can open: {why} Nothing was changed.")


class NewerStore(StoreProblem):
    """A later version of the program wrote the store."""

    def __init__(self, revision: str, known: str) -> None:
        """Name both revisions of the store."""
        super().__init__(
            f"This store was written by a later version of the program (store revision {revision}; this version "
            f"knows {known}). Install the later version. Nothing was changed."
        )


class NoKey(StoreProblem):
    """The key file is missing or damaged."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"The key of the store ({path.name}) is missing or damaged. Put it back from a copy; without it the "
            "store cannot be read. Nothing was changed."
        )


class NotWritable(StoreProblem):
    """The folder or file cannot be written."""

    def __init__(self, path: Path) -> None:
        """Name the folder."""
        super().__init__(f"The folder {path} cannot be written. Choose another with --data-dir, or free it.")


class DiskFull(StoreProblem):
    """There is no space left."""

    def __init__(self) -> None:
        """Say that what was typed is still there."""
        super().__init__("The disk is full. Nothing was saved; free some space and save again.")


class Busy(StoreProblem):
    """Another connection kept the store busy for too long."""

    def __init__(self) -> None:
        """Ask for another try."""
        super().__init__("The store was busy for more than five seconds. Nothing was saved; try again.")


class StorageFailed(StoreProblem):
    """The disk failed."""

    def __init__(self) -> None:
        """Ask for another try."""
        super().__init__(
            "The disk did not take the change. Nothing was saved; check the disk and save again."
        )


def from_driver(message: str) -> StoreProblem | None:
    """Return the problem that a message of SQLite stands for, None where it is a fault of ours."""
    for part, problem in (
        ("disk is full", DiskFull),
        ("is locked", Busy),
        ("disk I/O error", StorageFailed),
        ("readonly database", StorageFailed),
        ("unable to open database", StorageFailed),
        ("not a database", StorageFailed),
        ("malformed", StorageFailed),
    ):
        if part in message:
            return problem()
    return None
