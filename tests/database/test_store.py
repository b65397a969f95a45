"""The store opens, refuses what is not its own, and keeps or loses a transaction whole."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_app.database import Database, StoreProblem, open_database
from referral_app.database.connections import SETTINGS
from referral_app.paths import Paths
from referral_app.services import practices, surgeons
from referral_app.services.practices import PracticeRecord

WRITE_FOR_EVER = """
import sys, pathlib
from referral_app.database import open_database
from referral_app.paths import Paths
from referral_app.services import practices
db = open_database(Paths(pathlib.Path(sys.argv[1])))
for number in range(100_000):
    with db.begin() as session:
        saved = practices.save(session, practices.PracticeRecord(name=f"Practice {number}"), ours=False)
    print(saved.id, flush=True)
"""


def test_a_new_store_is_encrypted_and_private(paths: Paths, db: Database) -> None:
    db.close()
    assert not paths.store.read_bytes().startswith(b"SQLite format 3")
    assert stat.S_IMODE(paths.key.stat().st_mode) == 0o600


def test_every_connection_has_the_settings_it_asked_for(db: Database) -> None:
    with db.read() as session:
        for name, value in SETTINGS.items():
            assert session.execute(text(f"PRAGMA {name}")).scalar() == value


def test_no_word_of_what_was_stored_can_be_read_in_the_files(paths: Paths, db: Database) -> None:
    with db.begin() as session:
        practices.save(session, PracticeRecord(name="Canarypractice"))
    files = [path.read_bytes() for path in paths.data_dir.iterdir()]
    assert not any(b"Canarypractice" in content for content in files)


def test_a_failed_block_leaves_nothing_behind(db: Database) -> None:
    def fail_half_way() -> None:
        with db.begin() as session:
            practices.save(session, PracticeRecord(name="Half done"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with db.read() as session:
        assert practices.ours(session) is None


def test_two_threads_write_without_losing_a_change(db: Database) -> None:
    def write(number: int) -> None:
        for turn in range(20):
            with db.begin() as session:
                practices.save(session, PracticeRecord(name=f"{number} {turn}"), ours=False)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as session:
        assert session.execute(text("SELECT count(*) FROM practice")).scalar() == 80


def test_a_second_process_is_refused_in_one_sentence(paths: Paths, db: Database) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "referral_app", "referrals", "list", "--data-dir", str(paths.data_dir)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        "The referral desk is already open on this computer. Close it there first, then try again."
    ]


def test_after_closing_another_may_open(paths: Paths, db: Database) -> None:
    db.close()
    open_database(paths).close()


def test_a_foreign_file_is_refused_and_left_as_it_was(paths: Paths) -> None:
    paths.data_dir.mkdir()
    paths.store.write_bytes(b"no store at all, but quite some text" * 200)
    paths.key.write_text("0" * 64)
    before = paths.store.read_bytes()
    with pytest.raises(StoreProblem, match=r"is not a store that this program can open"):
        open_database(paths)
    assert paths.store.read_bytes() == before


def test_a_plain_sqlite_file_is_refused_by_name(paths: Paths) -> None:
    paths.data_dir.mkdir()
    with sqlite3.connect(paths.store) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(StoreProblem, match="not encrypted"):
        open_database(paths)


def test_a_folder_in_the_place_of_the_store_is_refused(paths: Paths) -> None:
    paths.data_dir.mkdir()
    paths.store.mkdir()
    with pytest.raises(StoreProblem, match="it is a folder"):
        open_database(paths)


def test_a_newer_store_is_refused_and_left_as_it_was(paths: Paths, db: Database) -> None:
    with db.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    db.close()
    before = paths.store.read_bytes()
    with pytest.raises(StoreProblem, match=r"later version .* revision 9999"):
        open_database(paths)
    assert paths.store.read_bytes() == before


def test_a_missing_key_is_named(paths: Paths, db: Database) -> None:
    db.close()
    paths.key.unlink()
    with pytest.raises(StoreProblem, match=r"store.key"):
        open_database(paths)
    assert not paths.key.exists()


def test_a_wrong_key_changes_nothing(paths: Paths, db: Database) -> None:
    db.close()
    before = paths.store.read_bytes()
    paths.key.write_text("1" * 64)
    with pytest.raises(StoreProblem, match="its key belongs to another"):
        open_database(paths)
    assert paths.store.read_bytes() == before


def test_a_read_only_folder_gives_a_sentence(read_only_folder: Path) -> None:
    with pytest.raises(StoreProblem, match="cannot be written"):
        open_database(Paths(read_only_folder / "data"))


def test_a_full_disk_gives_a_sentence_and_keeps_what_was_stored(small_disk: Path) -> None:
    db = open_database(Paths(small_disk / "data"))
    try:
        with db.begin() as session:
            kept = practices.save(session, PracticeRecord(name="Kept"))
        with pytest.raises(StoreProblem, match="disk is full"):
            _fill(db)
        with db.read() as session:
            assert practices.get(session, kept.id).name == "Kept"
        assert db.check() == []
    finally:
        db.close()


def test_saving_works_again_when_the_disk_has_space(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 2_000_000)
    db = open_database(Paths(small_disk / "data"))
    try:
        with pytest.raises(StoreProblem, match="disk is full"):
            _fill(db)
        ballast.unlink()
        with db.begin() as session:
            practices.save(session, PracticeRecord(name="Again"))
    finally:
        db.close()


def test_a_kill_while_saving_loses_nothing_acknowledged(paths: Paths, db: Database) -> None:
    db.close()
    child = subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER, str(paths.data_dir)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    acknowledged = [child.stdout.readline().strip() for _ in range(30)]
    child.kill()
    child.communicate()
    again = open_database(paths)
    try:
        with again.read() as session:
            for practice_id in acknowledged:
                assert practices.get(session, practice_id).name.startswith("Practice")
        assert again.check() == []
    finally:
        again.close()


def test_a_fresh_store_knows_the_procedures(db: Database) -> None:
    with db.read() as session:
        kinds = {str(item.kind) for item in surgeons.procedures(session)}
    assert kinds == {"occipital_release", "nerve_decompression", "revision", "diagnostic_block"}


def _fill(db: Database) -> None:
    """Write until the disk is full, each time a few rows."""
    for number in range(200):
        with db.begin() as session:
            practices.save(session, PracticeRecord(name=f"{number}" * 60_000), ours=False)
