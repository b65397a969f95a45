"""The tables and the migrations say the same, and a store that was made half is made anew."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, text

from referral_app.database import Database, open_database, upgrade
from referral_app.models.everything import Base
from referral_app.paths import Paths


def _tables(rows: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return each statement as its sorted lines, so that only content counts; a table made anew is put in quotes."""
    return {
        name: sorted(
            line.strip().rstrip(",").replace(f'TABLE "{name}"', f"TABLE {name}") for line in sql.splitlines()
        )
        for name, sql in rows
    }


def test_tables_equal_migrations(db: Database) -> None:
    query = text(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type != 'trigger' AND name != 'alembic_version'"
    )
    with db.read() as session:
        migrated = _tables([(row.name, row.sql) for row in session.execute(query)])
    plain = create_engine("sqlite://")
    Base.metadata.create_all(plain)
    with plain.connect() as connection:
        declared = _tables([(row.name, row.sql) for row in connection.execute(query)])
    plain.dispose()
    assert migrated == declared


def test_what_never_changes_is_guarded_by_triggers(db: Database) -> None:
    with db.read() as session:
        found = session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        ).scalars()
        assert list(found) == [
            "audit_event_no_delete", "audit_event_no_replace", "audit_event_no_update", "referral_version_no_delete",
            "referral_version_no_replace", "referral_version_no_update",
        ]  # fmt: skip


def test_the_newest_revision_is_the_one_that_opening_looks_for() -> None:
    versions = Path(upgrade.__file__).parents[1] / "migrations" / "versions"
    assert max(path.name[:4] for path in versions.glob("[0-9]*.py")) == upgrade.HEAD


def test_an_unfinished_new_store_is_made_anew(paths: Paths) -> None:
    paths.data_dir.mkdir()
    paths.store.with_suffix(".unfinished").write_bytes(b"killed while it was made")
    db = open_database(paths)
    assert db.check() == []
    db.close()
    assert not paths.store.with_suffix(".unfinished").exists()


def test_an_older_store_is_seen_to_need_an_upgrade(paths: Paths, db: Database) -> None:
    with db.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    db.close()
    assert upgrade.needs_upgrade(paths.store, paths.key.read_text().strip())


def test_a_folder_with_a_percent_sign_works(tmp_path: Path) -> None:
    db = open_database(Paths(tmp_path / "100% data"))
    assert db.check() == []
    db.close()
