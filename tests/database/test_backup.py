"""Backups are whole or refused, and hold nothing that can be read."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_app.database import Database, StoreProblem, backup_record, bundle, upgrade
from referral_app.database.connections import looking
from referral_app.database.problems import BadBackup, NoRoom, Unreadable
from referral_app.paths import Paths
from tests.damaging import damage
from tests.database.protected import Protected, set_up
from tests.disks import mounted


@pytest.fixture
def protected(paths: Paths) -> Protected:
    return set_up(paths)


def test_a_backup_says_without_a_key_what_it_is(filled: Database, tmp_path: Path) -> None:
    made = filled.back_up(tmp_path / "copy.backup", "by-hand")
    assert backup_record(tmp_path / "copy.backup") == made
    assert (made.reason, made.revision, made.rows["patient"], made.with_key) == (
        "by-hand",
        upgrade.HEAD,
        1,
        False,
    )
    assert made.store_id == filled.facts["store_id"]
    assert made.head == filled.head().sequence


def test_a_backup_of_a_store_with_people_brings_its_key_file_and_nobodys_name(
    protected: Protected, tmp_path: Path
) -> None:
    target = tmp_path / "copy.backup"
    assert protected.db.back_up(target).with_key
    protected.db.close()
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["manifest.json", "store.key", "referrals.db"]
    content = target.read_bytes()
    for word in ("Quintero", "Marisol", "Dana", "Whitfield", "dana", protected.recovery[:11], "CREATE TABLE"):
        assert word.encode() not in content
        assert word.encode("utf-16-le") not in content


def test_a_backup_is_private(filled: Database, tmp_path: Path) -> None:
    filled.back_up(tmp_path / "new" / "copy.backup")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["copy.backup"]


def test_the_copy_keeps_key_triggers_and_what_was_written_a_moment_ago(
    paths: Paths, filled: Database, tmp_path: Path
) -> None:
    with filled.begin() as session:
        session.execute(text("UPDATE practice SET name = 'A moment ago'"))
        triggers = session.execute(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")).scalar()
    filled.back_up(tmp_path / "copy.backup")
    copy = bundle.unpack(tmp_path / "copy.backup", tmp_path)
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    with looking(copy, paths.key.read_text().strip()) as connection:
        assert connection.execute("SELECT name FROM practice").fetchone()[0] == "A moment ago"
        found = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
        assert found == triggers == 6


def test_each_flipped_bit_and_each_cut_of_a_backup_is_noticed(filled: Database, tmp_path: Path) -> None:
    path = tmp_path / "copy.backup"
    filled.back_up(path)
    content = path.read_bytes()
    step = len(content) // 60
    for place in (
        *range(0, 200, 7),
        *range(200, len(content), step),
        *range(len(content) - 120, len(content), 5),
    ):
        damaged = bytearray(content)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        with pytest.raises(BadBackup):
            bundle.check(path)
        path.write_bytes(content[:place])
        with pytest.raises(BadBackup):
            bundle.check(path)
    path.write_bytes(content)
    bundle.check(path)


def test_a_damaged_store_gives_no_backup_and_leaves_the_older_one(
    paths: Paths, filled: Database, tmp_path: Path
) -> None:
    target = tmp_path / "copy.backup"
    filled.back_up(target)
    before = target.read_bytes()
    damage(paths.store)
    with pytest.raises(Unreadable) as refused:
        filled.back_up(target)
    assert refused.value.can_restore
    assert target.read_bytes() == before


def test_a_backup_is_refused_early_where_there_is_no_room(filled: Database, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=32m") as disk:
        target = disk / "copy.backup"
        filled.back_up(target)
        before = target.read_bytes()
        (disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(disk).free - 20_000_000))
        with pytest.raises(NoRoom, match=r"disk is full: .* needs 2\d MB"):
            filled.back_up(target)
        assert target.read_bytes() == before
        assert {path.name for path in disk.iterdir()} == {"copy.backup", "ballast"}


def test_a_backup_into_a_read_only_folder_is_refused(filled: Database, read_only_folder: Path) -> None:
    with pytest.raises(StoreProblem, match="cannot be written"):
        filled.back_up(read_only_folder / "copy.backup")


def test_what_a_killed_backup_left_is_swept_away_at_the_next_start(paths: Paths, filled: Database) -> None:
    from referral_app.database import open_database

    filled.close()
    (paths.backups / ".unfinished-killed").mkdir(parents=True)
    (paths.data_dir / ".unfinished-killed").mkdir()
    (paths.data_dir / ".unfinished-killed" / "referrals.db").write_bytes(b"half")
    open_database(paths).close()
    assert not list(paths.data_dir.rglob(".unfinished-*"))
