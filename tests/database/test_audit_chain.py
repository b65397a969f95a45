"""The audit: whatever is done to its rows is noticed."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from referral_app.choices import InstallationMode
from referral_app.database import Database, Passphrase, audit, restore, unlock
from referral_app.database.connections import connect
from referral_app.database.driver import DatabaseError
from referral_app.jobs import backups, people
from referral_app.paths import Paths
from tests.database.ways import LOGIN, PASSPHRASE, begun

RIGHT = Passphrase(LOGIN, PASSPHRASE)
COLUMNS = (*audit.FIELDS, "hash")


def _noted(paths: Paths, number: int = 12) -> Database:
    db, _ = begun(paths)
    for at in range(number):
        db.note("opened", kind="referral", object_id=f"r{at}", patient_id=f"p{at % 3}")
    db.anchor()
    return db


def _tampered(paths: Paths, *statements: tuple[str, tuple[Any, ...]]) -> list[str]:
    """Change rows as somebody would who has the key and took the triggers away; return what the check says."""
    db = _noted(paths)
    connection = connect(paths.store, unlock(paths, RIGHT).key)
    for trigger in ("update", "delete", "replace"):
        connection.execute(f"DROP TRIGGER audit_event_no_{trigger}")
    for statement, values in statements:
        connection.execute(statement, values)
    connection.close()
    found = db.check_audit()
    db.close()
    return found


def test_an_untouched_audit_is_whole(paths: Paths) -> None:
    db = _noted(paths)
    assert db.check_audit() == []
    db.close()


@pytest.mark.parametrize("column", COLUMNS)
def test_an_edit_of_any_column_is_noticed(paths: Paths, column: str) -> None:
    value = 5 if column == "offset_minutes" else '{"edited": true}'
    assert _tampered(paths, (f"UPDATE audit_event SET {column} = ? WHERE sequence = 7", (value,)))


@pytest.mark.parametrize("sequence", [1, 7])
def test_a_deleted_event_is_noticed(paths: Paths, sequence: int) -> None:
    assert _tampered(paths, ("DELETE FROM audit_event WHERE sequence = ?", (sequence,)))


def test_events_that_changed_places_are_noticed(paths: Paths) -> None:
    assert _tampered(
        paths,
        ("UPDATE audit_event SET sequence = 1000 WHERE sequence = 6", ()),
        ("UPDATE audit_event SET sequence = 6 WHERE sequence = 7", ()),
        ("UPDATE audit_event SET sequence = 7 WHERE sequence = 1000", ()),
    )


def test_an_event_put_in_at_the_end_is_noticed(paths: Paths) -> None:
    same = ", ".join(COLUMNS)
    assert _tampered(
        paths,
        (f"INSERT INTO audit_event (sequence, {same}) SELECT sequence + 1, {same} FROM audit_event "
         "ORDER BY sequence DESC LIMIT 1", ()),
    )  # fmt: skip


def test_a_cut_tail_is_noticed(paths: Paths) -> None:
    found = _tampered(paths, ("DELETE FROM audit_event WHERE sequence > 8", ()))
    assert "cut off" in found[0]


def test_an_older_copy_in_the_place_of_the_store_is_noticed(paths: Paths) -> None:
    db = _noted(paths)
    db.close()
    shutil.copy(paths.store, paths.store.with_suffix(".old"))
    db = people.open_store(paths, RIGHT, InstallationMode.REFERRING_OFFICE)
    db.note("opened", kind="referral", object_id="later")
    db.close()
    shutil.copy(paths.store.with_suffix(".old"), paths.store)
    db = people.open_store(paths, RIGHT, InstallationMode.REFERRING_OFFICE)
    assert db.check_audit()
    db.close()


def test_an_altered_head_outside_the_store_is_noticed(paths: Paths) -> None:
    db = _noted(paths)
    assert db.keys
    db.keys.note(head={**db.keys.read().head, "sequence": 2})
    assert "altered" in db.check_audit()[0]
    db.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET reason = 'x' WHERE sequence = 1",
        "DELETE FROM audit_event WHERE sequence = 1",
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE sequence = 1",
    ],
)
def test_rows_of_the_audit_never_change(paths: Paths, statement: str) -> None:
    db = _noted(paths)
    connection = connect(paths.store, unlock(paths, RIGHT).key)
    with pytest.raises(DatabaseError, match="never change"):
        connection.execute(statement)
    connection.close()
    assert db.check_audit() == []
    db.close()


def test_an_event_without_a_hash_is_noticed_whatever_stands_in_its_fields(paths: Paths) -> None:
    forged = "INSERT INTO audit_event SELECT sequence + 1, " + ", ".join(
        "'Forged\x1f'" if name == "person" else name for name in audit.FIELDS
    )
    last = " FROM audit_event ORDER BY sequence DESC LIMIT 1"
    assert _tampered(paths, (f"{forged}, ''{last}", ()))


def test_a_whole_folder_put_back_is_noticed_by_what_the_latest_backup_says(
    paths: Paths, tmp_path_factory: pytest.TempPathFactory
) -> None:
    db = _noted(paths)
    db.close()
    old = tmp_path_factory.mktemp("old") / "data"
    shutil.copytree(paths.data_dir, old)
    db = people.open_store(paths, RIGHT, InstallationMode.REFERRING_OFFICE)
    assert db.check_tail() == []
    backups.make(db)
    db.close()
    for path in old.iterdir():
        shutil.copy(path, paths.data_dir / path.name)
    db = people.open_store(paths, RIGHT, InstallationMode.REFERRING_OFFICE)
    assert "cut off" in db.check_audit()[0]
    assert db.warnings
    db.close()


def test_restoring_a_backup_is_no_alarm_although_later_backups_know_more(paths: Paths) -> None:
    db = _noted(paths)
    first = backups.make(db).record.path
    db.note("opened", kind="referral", object_id="later")
    backups.make(db)
    db.close()
    restore(paths, first, RIGHT)
    db = people.open_store(paths, RIGHT, InstallationMode.REFERRING_OFFICE)
    assert db.warnings == []
    assert db.check_audit() == []
    db.close()
