"""What can be wrong with a store, each in one sentence that a person can act on."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class StoreProblem(Exception):
    """The store cannot be opened or written; the sentence says what to do and nothing was lost.

    `can_restore` says that a backup mends it, so that a window can lead there.
    """

    can_restore: ClassVar[bool] = False


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


class NetworkFolder(StoreProblem):
    """The data folder is not on a disk of this computer."""

    def __init__(self, path: Path, kind: str) -> None:
        """Name the folder, what it is on, and why that is refused."""
        super().__init__(
            f"The folder {path} is on a network ({kind}). A store there can be damaged, because the locks that guard "
            "it do not hold over a network. Choose a folder on a disk of this computer; backups may go to the network."
        )


class NewerStore(StoreProblem):
    """A later version of the program wrote the store."""

    def __init__(self, revision: str, known: str, program: str = "", what: str = "store") -> None:
        """Name both revisions, and the version of the program that is needed where it is known."""
        needed = f"version {program} or later" if program else "the later version"
        super().__init__(
            f"This {what} was written by a later version of the program (store revision {revision}; this version "
            f"knows {known}). Install {needed}. Nothing was changed."
        )
        self.program = program


class NoKey(StoreProblem):
    """The key file is missing, or holds no key for this store."""

    can_restore = True

    def __init__(self, path: Path | None) -> None:
        """Name the file."""
        name = path.name if path else "store.key"
        super().__init__(
            f"The key of the store ({name}) is missing or is that of another store. Put it back from a copy, or "
            "restore a backup with the recovery key. Nothing was changed."
        )


class DamagedKeyFile(StoreProblem):
    """The key file and its copy are damaged."""

    can_restore = True

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


class SealedBefore(StoreProblem):
    """Something of a person's own was sealed for a passphrase that was reset since, or is damaged."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Your signature cannot be opened any more: your passphrase was reset by a code since it was kept. "
            "Draw or type it anew under My signature."
        )


class TooManyAttempts(StoreProblem):
    """A login failed so often that it has to wait."""

    def __init__(self, seconds: int) -> None:
        """Say how long."""
        super().__init__(f"This login failed several times. Wait {_duration(seconds)}, then try again.")
        self.seconds = seconds


class NotRemembered(StoreProblem):
    """The keychain of this computer does not open the store."""


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

    can_restore = True

    def __init__(self, path: Path, found: str = "") -> None:
        """Name the file, and what a check found."""
        super().__init__(
            f"{path.name} is damaged: its key is right, but its pages do not fit it{f' ({found})' if found else ''}. "
            "Nothing was changed; restore the last backup, and keep the damaged file."
        )


class Missing(StoreProblem):
    """The key file says that there was a store, and there is none."""

    can_restore = True

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
        super().__init__(
            f"The folder {path} cannot be written. Choose another folder, or ask for the right to write there."
        )


class DiskFull(StoreProblem):
    """There is no space left."""

    def __init__(self, sentence: str = "") -> None:
        """Say that what was typed is still there."""
        super().__init__(sentence or "The disk is full. Nothing was saved; free some space and save again.")


class NoRoom(DiskFull):
    """There is too little space for a copy of the store, seen before it was begun."""

    def __init__(self, folder: Path, needed: int) -> None:
        """Name the folder and how much is needed."""
        super().__init__(
            f"The disk is full: {folder} needs {-(-needed // 1_000_000)} MB of free space for this. Nothing was "
            "changed; free some space, or choose another folder."
        )


class BadBackup(StoreProblem):
    """A file that is no whole backup."""

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and what is wrong."""
        super().__init__(f"{path.name} is no backup that can be used: {why} Nothing was changed.")


class OtherOffice(StoreProblem):
    """The backup belongs to another installation than the store of this folder."""

    def __init__(self, path: Path, theirs: str, ours: str) -> None:
        """Name the file and the first letters of both stores' ids."""
        super().__init__(
            f"{path.name} is a backup of another office (store {theirs[:8]}; the store here is {ours[:8]}). Nothing "
            "was changed; restore it only if this computer is to take over that office (--other-office)."
        )


class NotAdministrator(StoreProblem):
    """Somebody else than an administrator wants to put a backup in the place of the store."""

    def __init__(self) -> None:
        """Say who may."""
        super().__init__(
            "Only an administrator, or whoever has the recovery key, may restore a backup. Nothing was changed."
        )


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
