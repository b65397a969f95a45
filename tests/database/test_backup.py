"""Backups are whole or refused, and a restore loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_app.database import Database, StoreProblem, open_database, restore
from referral_app.paths import Paths
from referral_app.services import practices, worklists
from referral_app.services.practices import PracticeRecord
from referral_app.services.referral_records import Filter


def patients(paths: Paths) -> list[str]:
    """Open a store and return the names on its referrals."""
    db = open_database(paths)
    try:
        with db.read() as session:
            return [row.patient for row in worklists.find(session, Filter())]
    finally:
        db.close()


def test_a_backup_of_an_open_store_restores_from_the_key_alone(
    paths: Paths, filled: Database, tmp_path: Path
) -> None:
    filled.back_up(tmp_path / "copy.backup")
    filled.close()
    shutil.copy(paths.key, tmp_path / "kept.key")
    shutil.rmtree(paths.data_dir)
    assert restore(paths, tmp_path / "copy.backup", tmp_path / "kept.key") is None
    assert patients(paths) == ["Quintero-Vale, Marisol"]


def test_a_restore_moves_the_old_store_aside_whole(paths: Paths, filled: Database, tmp_path: Path) -> None:
    filled.back_up(tmp_path / "copy.backup")
    with filled.begin() as session:
        practices.save(session, PracticeRecord(name="After the backup"), ours=False)
    filled.close()
    aside = restore(paths, tmp_path / "copy.backup")
    assert aside is not None
    assert {path.name for path in aside.iterdir()} == {"referrals.db", "store.key"}
    assert patients(paths) == patients(Paths(aside)) == ["Quintero-Vale, Marisol"]


def test_a_stale_log_beside_the_store_is_not_replayed_into_the_backup(
    paths: Paths, filled: Database, tmp_path: Path
) -> None:
    filled.back_up(tmp_path / "copy.backup")
    log = paths.store.with_name("referrals.db-wal")
    with filled.begin() as session:
        practices.save(session, PracticeRecord(name="After the backup"), ours=False)
    stale = log.read_bytes()
    filled.close()
    log.write_bytes(stale)
    restore(paths, tmp_path / "copy.backup")
    again = open_database(paths)
    assert again.check() == []
    again.close()


@pytest.mark.parametrize("damage", ["bit", "cut", "foreign", "missing", "empty"])
def test_a_bad_backup_is_refused_and_nothing_changes(
    paths: Paths, filled: Database, tmp_path: Path, damage: str
) -> None:
    copy = tmp_path / "copy.backup"
    filled.back_up(copy)
    filled.close()
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = {"bit": bytes(content), "cut": bytes(content[:8192]), "foreign": b"x" * 9000, "empty": b""}
    if damage == "missing":
        copy.unlink()
    else:
        copy.write_bytes(damaged[damage])
    before = {path.name: path.read_bytes() for path in paths.data_dir.iterdir() if path.is_file()}
    with pytest.raises(StoreProblem, match="Nothing was changed"):
        restore(paths, copy)
    assert {path.name: path.read_bytes() for path in paths.data_dir.iterdir() if path.is_file()} == before


def test_a_backup_with_another_key_is_refused(paths: Paths, filled: Database, tmp_path: Path) -> None:
    filled.back_up(tmp_path / "copy.backup")
    other = Paths(tmp_path / "other")
    open_database(other).close()
    with pytest.raises(StoreProblem, match="another key"):
        restore(other, tmp_path / "copy.backup")


def test_no_restore_while_the_store_is_open(paths: Paths, filled: Database, tmp_path: Path) -> None:
    filled.back_up(tmp_path / "copy.backup")
    with pytest.raises(StoreProblem, match="already open"):
        restore(paths, tmp_path / "copy.backup")


def test_a_backup_onto_a_full_disk_leaves_the_older_one(filled: Database, small_disk: Path) -> None:
    target = small_disk / "copy.backup"
    filled.back_up(target)
    before = target.read_bytes()
    (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))
    with pytest.raises(StoreProblem, match="disk is full"):
        filled.back_up(target)
    assert target.read_bytes() == before
    assert {path.name for path in small_disk.iterdir()} == {"copy.backup", "ballast"}


def test_a_backup_into_a_read_only_folder_is_refused(filled: Database, read_only_folder: Path) -> None:
    with pytest.raises(StoreProblem, match="cannot be written"):
        filled.back_up(read_only_folder / "copy.backup")
