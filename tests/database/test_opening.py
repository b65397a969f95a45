"""The start: what was not closed is checked first, lost changes are noticed, and damage leads to a backup."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_app.choices import InstallationMode
from referral_app.database import Database, Passphrase, StoreProblem, checks, open_database, tail
from referral_app.database.audit import Head
from referral_app.database.connections import LOOKING, SETTINGS, connect, looking
from referral_app.database.problems import DamagedKeyFile, Missing, NoKey, Unreadable
from referral_app.jobs import people
from referral_app.paths import Paths
from tests.damaging import PAGE, damage, pages_read_from, write_over
from tests.database.protected import LOGIN, PASSPHRASE, set_up

RIGHT = Passphrase(LOGIN, PASSPHRASE)
OFFICE = InstallationMode.REFERRING_OFFICE


@pytest.fixture
def left_open(paths: Paths, filled: Database) -> Paths:
    """A copy of a store of a program that was killed: its log was not written into it."""
    return _left(paths, filled)


@pytest.fixture
def left_by_people(paths: Paths) -> Generator[Paths]:
    """The same of a store with a person, whose key file tells a damaged page from a key of another store."""
    made = set_up(paths)
    yield _left(paths, made.db)
    made.db.close()


def _left(paths: Paths, db: Database) -> Paths:
    db.note("opened", kind="the last thing noted")
    with db._transaction(read_only=True, info={}) as session:  # noqa: SLF001 - below the services
        assert session.execute(text("PRAGMA freelist_count")).scalar() == 0  # damage there would be none
    copied = Paths(paths.data_dir.with_name("copied"))
    shutil.copytree(paths.data_dir, copied.data_dir)
    (copied.data_dir / "referrals.db-shm").unlink()
    return copied


def log(paths: Paths) -> Path:
    return paths.store.with_name("referrals.db-wal")


def test_a_store_that_was_not_closed_is_checked_and_that_is_noted(left_open: Paths) -> None:
    db = open_database(left_open)
    assert (db.warnings, db.check(), db.check_audit()) == ([], [], [])
    with db.read() as session:
        rows = session.execute(
            text("SELECT action, kind FROM audit_event ORDER BY sequence DESC LIMIT 2")
        ).all()
    assert [tuple(row) for row in rows] == [("checked", ""), ("opened", "the last thing noted")]
    db.close()


def test_a_store_that_was_closed_is_not_checked_again(paths: Paths, filled: Database) -> None:
    before = filled.head()
    filled.close()
    db = open_database(paths)
    assert db.head() == before
    db.close()


@pytest.mark.parametrize("share", [0, 0.01, 0.25, 0.5, 0.75, 1])
def test_a_damaged_store_that_was_not_closed_is_left_as_it_is(left_by_people: Paths, share: float) -> None:
    left = left_by_people
    damage(left.store, share)
    before = {path.name: path.read_bytes() for path in left.data_dir.iterdir() if path.is_file()}
    with pytest.raises(Unreadable, match="restore the last backup") as refused:
        people.open_store(left, RIGHT, OFFICE)
    assert refused.value.can_restore
    assert "delete" not in str(refused.value)
    after = {path.name: path.read_bytes() for path in left.data_dir.iterdir() if path.is_file()}
    assert after == before


def test_damage_to_any_page_that_is_read_from_the_file_is_found(left_open: Paths) -> None:
    whole, key = left_open.store.read_bytes(), left_open.key.read_text().strip()
    assert checks.thorough(left_open.store, key) == []
    missed: list[int] = []
    pages = pages_read_from(left_open.store)
    for page in pages[:: len(pages) // 40]:
        left_open.store.write_bytes(whole)
        write_over(left_open.store, page)
        if not checks.thorough(left_open.store, key):
            missed.append(page)
    assert missed == []


def test_damage_to_pages_that_the_log_holds_whole_harms_nothing(left_open: Paths) -> None:
    read = pages_read_from(left_open.store)
    held = set(range(left_open.store.stat().st_size // PAGE)).difference(read)
    assert held
    for page in held:
        write_over(left_open.store, page)
    db = open_database(left_open)
    assert (db.warnings, db.check(), db.check_audit()) == ([], [], [])
    db.close()


@pytest.mark.parametrize("lost", ["bit", "cut", "gone"])
def test_changes_lost_from_the_log_are_noticed(left_open: Paths, lost: str) -> None:
    content = bytearray(log(left_open).read_bytes())
    if lost == "bit":
        content[40] ^= 1
        log(left_open).write_bytes(content)
    elif lost == "cut":
        log(left_open).write_bytes(content[: len(content) // 2])
    else:
        log(left_open).unlink()
    db = open_database(left_open)
    assert "The end was cut off" in db.warnings[0]
    assert db.check_audit()
    db.close()


def test_an_altered_head_beside_the_store_is_noticed(paths: Paths, filled: Database) -> None:
    filled.note("opened")
    filled.close()
    path = tail.beside(paths.store)
    path.write_bytes(path.read_bytes()[:-3] + b"x\n")
    db = open_database(paths)
    assert "altered" in db.warnings[0] or "damaged" in db.warnings[0]
    db.close()


@pytest.mark.parametrize("content", [b"", b"\0" * tail.LENGTH, b"\n"], ids=["empty", "zeros", "line"])
def test_a_head_that_a_power_cut_left_empty_is_no_alarm(
    paths: Paths, filled: Database, content: bytes
) -> None:
    filled.note("opened")
    filled.close()
    tail.beside(paths.store).write_bytes(content)
    db = open_database(paths)
    assert db.warnings == []
    db.close()


def test_an_older_head_never_takes_the_place_of_a_later_one(paths: Paths) -> None:
    paths.data_dir.mkdir()
    kept = tail.Tail(paths.store, b"key")
    kept.keep(Head(7, "b" * 64))
    kept.keep(Head(6, "a" * 64))
    kept.close()
    assert tail.read(paths.store, b"key") == Head(7, "b" * 64)


def test_a_head_that_cannot_be_written_stops_no_change(paths: Paths, filled: Database) -> None:
    filled.close()
    tail.beside(paths.store).unlink(missing_ok=True)
    tail.beside(paths.store).mkdir()
    db = open_database(paths)
    db.note("opened")
    assert db.head().sequence
    db.close()


def test_a_store_that_vanished_is_missing_and_none_is_made_in_its_place(paths: Paths) -> None:
    made = set_up(paths, filled=False)
    made.db.close()
    paths.store.unlink()
    with pytest.raises(Missing, match="No new store was made") as refused:
        people.open_store(paths, RIGHT, OFFICE)
    assert refused.value.can_restore
    assert not paths.store.exists()


def test_a_backup_mends_what_is_damaged_missing_or_without_a_key() -> None:
    kinds: list[type[StoreProblem]] = [Unreadable, Missing, NoKey, DamagedKeyFile]
    assert all(kind.can_restore for kind in kinds)
    assert not StoreProblem.can_restore


def test_a_network_folder_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "referral_app.database.network.mounts", lambda: [("/", "ext4"), (str(tmp_path), "nfs4")]
    )
    with pytest.raises(StoreProblem, match=r"on a network \(nfs4\)"):
        open_database(Paths(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


def test_looking_leaves_no_byte_and_no_file_behind(paths: Paths, filled: Database) -> None:
    filled.close()
    before = {path.name: path.read_bytes() for path in paths.data_dir.iterdir()}
    with looking(paths.store, paths.key.read_text().strip()) as connection:
        assert connection.execute("SELECT count(*) FROM patient").fetchone()[0] == 1
        for name, value in LOOKING.items():
            assert connection.execute(f"PRAGMA {name}").fetchone()[0] == value
        with pytest.raises(Exception, match="readonly"):
            connection.execute("DELETE FROM task")
    assert {path.name: path.read_bytes() for path in paths.data_dir.iterdir()} == before


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_is_not_taken_stops_the_start(paths: Paths, filled: Database, name: str) -> None:
    filled.close()
    with pytest.raises(RuntimeError, match="did not take the setting"):
        connect(paths.store, paths.key.read_text().strip(), settings={name: "nonsense"})


def test_a_connection_is_encrypted_and_keeps_nothing_temporary_on_disk(
    paths: Paths, filled: Database
) -> None:
    with filled.read() as session:
        connection = session.connection().connection.driver_connection
        assert connection.execute("PRAGMA cipher_version").fetchone()[0]
        assert connection.execute("PRAGMA temp_store").fetchone()[0] == 2
    assert not paths.store.read_bytes().startswith(b"SQLite format 3")


def test_damage_that_is_met_while_working_leads_to_the_backups(paths: Paths, filled: Database) -> None:
    with paths.store.open("r+b") as file:
        file.seek(8192)
        file.write(b"\7" * (paths.store.stat().st_size - 8192))
    with pytest.raises(Unreadable) as refused, filled.read() as session:
        session.execute(text("SELECT * FROM referral_version")).all()
    assert refused.value.can_restore
