"""The filled stores that are kept of every revision, and what an upgrade of each must keep as it was."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from referral_app.database import checks, upgrade

STORES = Path(__file__).parent / "data" / "stores"
"""A filled store of every revision."""

MIGRATIONS = Path(upgrade.__file__).parents[1] / "migrations" / "versions"


def older() -> list[Path]:
    """Return the folders of the stores of the older revisions."""
    return [folder for folder in sorted(STORES.iterdir()) if folder.name < upgrade.HEAD]


def changes_of(revision: str) -> set[str]:
    """Return what the migration to a revision changes on purpose: tables, or columns as "table.column"."""
    (path,) = MIGRATIONS.glob(f"{revision}_*.py")
    return set(runpy.run_path(str(path)).get("CHANGES", ()))


def lasting(connection: Any) -> dict[str, list[str]]:
    """Return the columns of each table of an older store whose content stands there still after its upgrade."""
    old = str(upgrade.revision(connection))
    later = [path.name[:4] for path in MIGRATIONS.glob("[0-9]*.py") if path.name[:4] > old]
    changed = set().union(*map(changes_of, later))
    return {
        table: [name for name in columns if f"{table}.{name}" not in changed]
        for table, columns in checks.tables(connection).items()
        if table not in changed and table not in upgrade.BOOKKEEPING
    }
