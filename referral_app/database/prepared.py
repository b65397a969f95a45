"""Putting a whole set of files in the place of the store: prepared beside it, then moved in, whatever interrupts that.

What lies in the folder `restore-ready` is whole. From then on a crash changes nothing of what will be: the next start
goes on where the last one stopped. What was there before moves aside and is kept.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from referral_app.database import files, key_file, tail
from referral_app.paths import Paths

READY = "restore-ready"
ASIDE = "before-restore-"


def put(paths: Paths, folder: Path) -> Path | None:
    """Move a folder with a whole store and its key file into place; return where the old set is, None without one."""
    ready = paths.data_dir / READY
    assert sorted(names(paths)) == sorted(one.name for one in folder.iterdir())
    for one in folder.iterdir():
        with one.open("rb+") as file:
            os.fsync(file.fileno())
    folder.replace(ready)
    files.sync_folder(paths.data_dir)
    return finish(paths)


def finish(paths: Paths) -> Path | None:
    """Move what is ready into place; a second call after an interrupted one moves the rest. Raises OSError."""
    ready, store = paths.data_dir / READY, paths.store
    if not (ready / store.name).exists():
        shutil.rmtree(ready, ignore_errors=True)
        return None
    aside = _aside(paths, ready / store.name)
    for path in (*_log(store), *_replaced(paths)):
        fresh = ready / path.name
        if path.exists() and (fresh.exists() or path in _log(store)):
            aside.mkdir(mode=0o700, exist_ok=True)
            path.replace(aside / path.name)
        if fresh.exists():
            fresh.replace(path)
    copy = key_file.copy_of(paths.key)
    if copy.exists() and not copy.stat().st_size:
        copy.unlink()
    files.sync_folder(paths.data_dir)
    shutil.rmtree(ready, ignore_errors=True)
    return aside if aside.exists() else None


def names(paths: Paths) -> list[str]:
    """Return the files that a folder which is put into place holds; an empty copy of the key file stands for none."""
    return [path.name for path in _replaced(paths)]


def _log(store: Path) -> list[Path]:
    """Return what would be replayed into a file that is put in the place of a store."""
    return [store.with_name(store.name + end) for end in ("-wal", "-shm", "-journal")]


def _replaced(paths: Paths) -> list[Path]:
    return [tail.beside(paths.store), key_file.copy_of(paths.key), paths.key, paths.store]


def _aside(paths: Paths, fresh: Path) -> Path:
    """Return where the old set goes, the same folder after an interruption."""
    made = datetime.fromtimestamp(fresh.stat().st_mtime, UTC)
    return paths.data_dir / f"{ASIDE}{made:%Y%m%d-%H%M%S-%f}"
