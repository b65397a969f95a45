"""A store with people for tests, with passphrases that are cheap to try: made once, copied for each test."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from referral_app.choices import InstallationMode, StaffRole
from referral_app.database import Database, Passphrase
from referral_app.database.wrapping import LEAST_MEMORY, Cost
from referral_app.jobs import people
from referral_app.paths import Paths

CHEAP = Cost(LEAST_MEMORY, 1, 4)
LOGIN, PASSPHRASE = "dana", "four invented quiet words"


def begun(paths: Paths) -> tuple[Database, str]:
    """Return an open store with one administrator, who is logged in, and its recovery key, not confirmed yet."""
    if paths.store.exists():
        return _set_up(paths)
    folder, recovery = _template()
    shutil.copytree(folder.name, paths.data_dir, dirs_exist_ok=True)
    way = Passphrase(LOGIN, PASSPHRASE)
    return people.open_store(paths, way, InstallationMode.REFERRING_OFFICE), recovery


def _set_up(paths: Paths) -> tuple[Database, str]:
    roles = frozenset({StaffRole.OFFICE_STAFF})
    return people.set_up(paths, "Dana Whitfield", LOGIN, PASSPHRASE, roles, CHEAP)


@cache
def _template() -> tuple[tempfile.TemporaryDirectory[str], str]:
    """Keep the folder until the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="referral-test-")
    atexit.register(folder.cleanup)
    db, recovery = _set_up(Paths(Path(folder.name)))
    db.close()
    return folder, recovery
