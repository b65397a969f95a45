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
    """The key file is missing, or holds no key for this store."""

    def __init__(self, path: Path | None) -> None:
        """Name the file."""
        name = path.name if path else "store.key"
        super().__init__(
            f"The key of the store ({name}) is missing or is that of another store. Put it back from a copy, or "
            "restore a backup with the recovery key. Nothing was changed."
        )


class DamagedKeyFile(StoreProblem):
    """The key file and its copy are damaged."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"The key file ({path.name}) and its copy are damaged. Put it back from a backup: each holds one, and "
            "restoring asks for a passphrase or the recovery key. Nothing was changed."
        )


class NewerKeyFile(StoreProblem):
    """A later version of the program wrote the key file."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "A later version of the program wrote the key file. Install the later version. Nothing was changed."
        )


class Locked(StoreProblem):
    """The store asks for a passphrase and got none, or is locked."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("The store is locked. Log in with your name and passphrase.")


class WrongPassphrase(StoreProblem):
    """Name and passphrase do not belong together; which of the two is wrong is not told."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("This name and passphrase do not open the store. Nothing was changed.")


class TooManyAttempts(StoreProblem):
    """A login failed so often that it has to wait."""

    def __init__(self, seconds: int) -> None:
        """Say how long."""
        super().__init__(f"This login failed several times. Wait {_duration(seconds)}, then try again.")
        self.seconds = seconds


class WrongRecoveryKey(StoreProblem):
    """The recovery key was mistyped, or is that of another store or time."""

    def __init__(self, mistyped: bool) -> None:
        """Tell which of the two."""
        super().__init__(
            "The recovery key is mistyped: compare it with the printed sheet, one character after the other. "
            "Nothing was changed."
            if mistyped
            else "This is a recovery key, but not the one of this store. Nothing was changed."
        )


class Unreadable(StoreProblem):
    """The store is there and its key is right, but its pages are damaged."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"{path.name} is damaged: its key is right, but its pages do not fit it. Nothing was changed; restore "
            "the last backup, and keep the damaged file."
        )


class Missing(StoreProblem):
    """The key file says that there was a store, and there is none."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            f"{path.name} is missing from {path.parent}. Put it back, or restore the last backup. No new store was "
            "made in its place."
        )


def _duration(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 90 else f"{-(-seconds // 60)} minutes"


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
