"""The tables and the migrations say the same, and a store that was made half is made anew."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from referral_app.database import (
    Database,
    Passphrase,
    Recovery,
    Secrets,
    backup_record,
    checks,
    is_locked,
    open_database,
    restore,
    unlock,
    upgrade,
)  # fmt: skip
from referral_app.database.connections import looking
from referral_app.database.problems import NewerStore
from referral_app.models.everything import Base
from referral_app.paths import Paths
from tests.older_stores import STORES, changes_of, lasting
from tests.stores import LOGIN, PASSPHRASE

MOVED = {
    "surgeon.fax_verified_on": "with each location",
    "surgeon.folded": "in the index of the directory",
} | dict.fromkeys(
    ("attachment.kind", "attachment.title", "attachment.document_date"), "in the row of the intake"
)
"""Where the content of columns stands since that an upgrade does not keep as they were."""
REVISIONS = sorted(path.name for path in STORES.iterdir())


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


@pytest.fixture(params=REVISIONS)
def older(request: pytest.FixtureRequest, paths: Paths) -> Paths:
    """A copy of the filled store of a revision."""
    shutil.copytree(STORES / request.param, paths.data_dir)
    return paths


def unlocked(paths: Paths) -> Secrets:
    return unlock(paths, Passphrase(LOGIN, PASSPHRASE) if is_locked(paths) else None)


def columns_and_contents(paths: Paths, key: str, columns: dict[str, list[str]] | None = None) -> Any:
    """Return the columns of each table and its content in them."""
    with looking(paths.store, key) as connection:
        columns = columns or lasting(connection)
        return columns, {name: checks.content(connection, name, found) for name, found in columns.items()}


def test_every_revision_has_a_store_with_no_empty_table(older: Paths) -> None:
    _, contents = columns_and_contents(older, unlocked(older).key)
    assert not [name for name, (rows, _) in contents.items() if not rows]


def test_an_upgrade_keeps_every_column_but_those_whose_content_stands_elsewhere() -> None:
    assert set().union(*(changes_of(revision) for revision in REVISIONS)) == MOVED.keys()


def test_there_is_a_store_of_every_revision() -> None:
    versions = Path(upgrade.__file__).parents[1] / "migrations" / "versions"
    assert sorted(path.name[:4] for path in versions.glob("[0-9]*.py")) == REVISIONS


def test_an_upgrade_keeps_every_row_of_every_table(older: Paths) -> None:
    opened = unlocked(older)
    columns, before = columns_and_contents(older, opened.key)
    open_database(older, opened).close()
    _, after = columns_and_contents(older, opened.key, columns)
    assert {name: found for name, found in after.items() if name != "audit_event"} == {
        name: found for name, found in before.items() if name != "audit_event"
    }
    db = open_database(older, opened)
    try:
        assert (db.check(), db.check_audit(), db.warnings) == ([], [], [])
        with db.read() as session:
            assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == upgrade.HEAD
            patients = session.execute(
                text("SELECT count(*) FROM patient WHERE practice_id IS NOT NULL")
            ).scalar()
            assert patients == 31
    finally:
        db.close()


def test_an_upgrade_tells_each_location_when_its_fax_was_verified(paths: Paths) -> None:
    shutil.copytree(STORES / "0002", paths.data_dir)
    db = open_database(paths, unlocked(paths))
    try:
        with db.read() as session:
            found = session.execute(text("SELECT fax, fax_verified_on FROM placement")).all()
    finally:
        db.close()
    assert len(found) == 17
    assert all((row.fax != "") == (row.fax_verified_on is not None) for row in found)


def test_before_an_upgrade_a_backup_is_made_that_restores_and_is_upgraded_again(paths: Paths) -> None:
    shutil.copytree(STORES / "0001", paths.data_dir)
    open_database(paths).close()
    (made,) = paths.backups.iterdir()
    assert (backup_record(made).revision, backup_record(made).reason) == ("0001", "before-upgrade")
    done = restore(paths, made, None)
    assert done.upgraded_from == "0001"
    db = open_database(paths)
    try:
        assert (db.check(), db.check_audit()) == ([], [])
        with db.read() as session:
            assert session.execute(text("SELECT count(*) FROM placement")).scalar() == 17
    finally:
        db.close()


def test_a_store_of_the_newest_revision_opens_with_the_recovery_key_too(paths: Paths) -> None:
    shutil.copytree(STORES / upgrade.HEAD, paths.data_dir)
    opened = unlock(paths, Recovery((paths.data_dir / "recovery.txt").read_text()))
    open_database(paths, opened).close()


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "left open"])
def test_a_newer_store_is_refused_by_its_version_and_left_untouched(
    paths: Paths, tmp_path: Path, closed: bool
) -> None:
    copied = Paths(tmp_path / "copied")
    db = open_database(paths)
    with db.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.execute(text("UPDATE store_fact SET value = '7.5' WHERE name = 'program'"))
    if closed:
        db.close()
    shutil.copytree(paths.data_dir, copied.data_dir)
    db.close()
    log = copied.store.with_name("referrals.db-wal")
    assert log.exists() is not closed
    before = {
        path.name: path.read_bytes() for path in copied.data_dir.iterdir() if not path.name.endswith("-shm")
    }
    with pytest.raises(NewerStore, match=r"Install version 7\.5 or later"):
        open_database(copied)
    after = {
        path.name: path.read_bytes() for path in copied.data_dir.iterdir() if not path.name.endswith("-shm")
    }
    assert after == before


@given(
    st.lists(st.tuples(st.integers(), st.text(alphabet="abc", max_size=3)), min_size=1, max_size=8), st.data()
)
def test_the_hash_of_a_table_notices_each_changed_row_and_no_order(
    rows: list[tuple[int, str]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    other = [*rows[:place], (rows[place][0], rows[place][1] + "d"), *rows[place + 1 :]]
    assert _hashed(rows) == _hashed(rows[::-1])
    assert _hashed(rows) != _hashed(other)
    assert _hashed(rows) != _hashed(rows[1:])


def _hashed(rows: list[tuple[int, str]]) -> tuple[int, str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(str(one), two) for one, two in rows])
        return checks.content(connection, "t", ["a", "b"])


def test_an_upgraded_store_has_the_tables_and_triggers_of_a_new_one(older: Paths, tmp_path: Path) -> None:
    opened = unlocked(older)
    open_database(older, opened).close()
    new = Paths(tmp_path / "new")
    open_database(new).close()
    assert _schema(older, opened.key) == _schema(new, unlocked(new).key)


def _schema(paths: Paths, key: str) -> dict[str, list[str]]:
    with looking(paths.store, key) as connection:
        return _tables(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        )
