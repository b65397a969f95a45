"""Real disks in memory that are full to the page, or can only be read, while the application saves, copies and prints.

Proven: with any amount of free space an act is done whole or refused in a sentence, what was stored is still there, and
the same act succeeds once there is space or the disk can be written again. A disk that turns read-only under an open
store cannot be mounted so (the system refuses while files are open); strace answers all writes with that error instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from referral_app.database import Database, StoreProblem, backup, open_database
from referral_app.jobs import files, letters
from referral_app.paths import Paths
from referral_app.services.errors import InvalidInput
from tests import older_stores
from tests.disks import mounted
from tests.reliability import io_faults, migration_kills, writer
from tests.reliability.tally import Tally

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
FREE_PAGES = (*range(24), *range(24, 120, 8), *range(120, 1600, 40))
"""Free space to try: page by page where a save ends, coarser where a copy of the whole store does."""
SIZE = "size=64m"
WRITES = "pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename"
Act = Callable[[Database, Path], object]


def save(db: Database, folder: Path) -> object:
    """Save a new referral."""
    return writer.save(db, 7)


def back_up(db: Database, folder: Path) -> object:
    """Make a backup beside the store."""
    return writer.back_up(db, folder)


def print_letter(db: Database, folder: Path) -> object:
    """Make the letter of the first referral and write it into a file."""
    reference = min(item.reference for item in writer.contents(db))
    return files.write(folder / "letter.pdf", letters.make(db, reference).content)


ACTS: tuple[Act, ...] = (save, back_up, print_letter)


@contextmanager
def without_margin() -> Generator[None]:
    """Put aside the free space that the application asks for before a copy, so that the disk does fill up half-way."""
    margin, backup.MARGIN = backup.MARGIN, -(10**12)
    try:
        yield
    finally:
        backup.MARGIN = margin


def fill_up(folder: Path, step: int = 1) -> Tally:
    """Do each act with each amount of free space (or each so many), then again with enough of it."""
    tally = Tally()
    with without_margin(), mounted(folder / "disk", SIZE) as disk:
        writer.make_store(disk / "data")
        for act in ACTS:
            for pages in FREE_PAGES[::step]:
                _with_free(disk, pages, act, tally)
    return tally


def upgrade(folder: Path, step: int = 1) -> Tally:
    """Upgrade an older store with each amount of free space (or each so many), then with enough of it."""
    tally = Tally()
    old = older_stores.older()[0]
    key = writer.enter(old).key
    columns, before = migration_kills.rows_of(Paths(old).store, key)
    with without_margin(), mounted(folder / "disk", SIZE) as disk:
        for pages in FREE_PAGES[::step]:
            what = f"upgrade with {pages} free pages"
            shutil.copytree(old, disk / "data")
            _leave(disk, pages)
            try:
                open_database(Paths(disk / "data"), writer.enter(disk / "data")).close()
                tally.seen["done"] += 1
            except StoreProblem:
                tally.seen["refused"] += 1
            except Exception as error:
                tally.fault("broke", f"{what}: {error!r}")
            (disk / "ballast").unlink()
            migration_kills.judge(Paths(disk / "data"), key, columns, before, tally, what)
            shutil.rmtree(disk / "data")
            tally.tried += 1
    return tally


def _with_free(disk: Path, pages: int, act: Act, tally: Tally) -> None:
    """Open the store, which makes its log anew, and do the act with so many free pages."""
    what = f"{act.__name__} with {pages} free pages"
    db = writer.open_store(disk / "data")
    try:
        before = writer.contents(db)
        _leave(disk, pages)
        done = _refused(act, db, disk, tally, what)
        (disk / "ballast").unlink()
        added = len(writer.contents(db)) - len(before)
        if db.check() or db.check_audit() or writer.torn(db) or not before <= writer.contents(db):
            tally.fault("lost or damaged", what)
        if added != (done and act is save):
            tally.fault("neither before nor after", f"{what}: {added} more")
        act(db, disk)
    except (StoreProblem, InvalidInput) as problem:
        tally.fault("did not go on", f"{what}: {problem}")
    finally:
        (disk / "ballast").unlink(missing_ok=True)
        db.close()
        for name in ("copy.backup", "letter.pdf"):
            (disk / name).unlink(missing_ok=True)
    tally.tried += 1


def _refused(act: Act, db: Database, folder: Path, tally: Tally, what: str) -> bool:
    """Do an act and tell whether it was done; an error that is no sentence is a fault."""
    try:
        act(db, folder)
    except (StoreProblem, InvalidInput):
        tally.seen["refused"] += 1
        return False
    except Exception as error:
        tally.fault("broke", f"{what}: {error!r}")
        return False
    tally.seen["done"] += 1
    return True


def _leave(disk: Path, pages: int) -> None:
    """Fill a disk until so many pages are free."""
    space = os.statvfs(disk)
    with (disk / "ballast").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(PAGE, (space.f_bavail * space.f_bsize) - pages * PAGE))


def read_only(folder: Path) -> Tally:
    """Start on a disk that can only be read, print and copy onto it, then use it when it can be written."""
    tally = Tally()
    with mounted(folder / "disk", SIZE) as disk:
        writer.make_store(disk / "data")
        _remount(disk, "ro")
        tally.tried += 1
        try:
            writer.open_store(disk / "data").close()
            tally.seen["done"] += 1
        except StoreProblem:
            tally.seen["refused"] += 1
        elsewhere = folder / "elsewhere"
        writer.make_store(elsewhere)
        db = writer.open_store(elsewhere)
        for act in (back_up, print_letter):
            tally.tried += 1
            if _refused(act, db, disk, tally, f"{act.__name__} onto a read-only disk"):
                tally.fault("broke", f"{act.__name__} wrote onto a read-only disk")
        before = writer.contents(db)
        db.close()
        _remount(disk, "rw")
        db = writer.open_store(disk / "data")
        if db.check() or len(writer.contents(db)) != len(before):
            tally.fault("lost or damaged", "after the disk could be written again")
        for act in ACTS:
            act(db, disk)
        db.close()
    return tally


def _remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def turn(folder: Path, errors: tuple[str, ...] = ("EROFS", "ENOSPC", "EIO")) -> Tally:
    """Let every write of an act fail, as on a disk that turned read-only, is full or broke, then let it work again."""
    words = {error: ["-e", f"trace={WRITES}", "-e", f"inject={WRITES}:error={error}"] for error in errors}
    return io_faults.lasting(folder, words)
