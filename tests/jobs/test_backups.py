"""Backups are made when it is time, go to two places, and older ones go by a rule that never takes the newest."""

from __future__ import annotations

import itertools
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text

from referral_app.choices import StaffRole
from referral_app.database import Database, StoreProblem, bundle
from referral_app.jobs import backups
from referral_app.paths import Paths
from referral_app.services import practices
from referral_app.services.errors import Denied
from referral_app.services.permissions import Actor
from referral_app.services.practices import PracticeRecord
from tests.damaging import damage
from tests.database.protected import set_up

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
MOMENTS = st.integers(-3 * 24 * 60, 800 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))


@pytest.fixture
def db(paths: Paths) -> Generator[Database]:
    made = set_up(paths)
    yield made.db
    made.db.close()


def change(db: Database, name: str) -> None:
    with db.begin() as session:
        practices.save(session, PracticeRecord(name=name), ours=False)


def actions(db: Database) -> list[str]:
    with db.read() as session:
        return list(
            session.execute(text("SELECT action FROM audit_event ORDER BY sequence DESC LIMIT 2")).scalars()
        )


@given(st.lists(MOMENTS, min_size=1, max_size=80, unique=True))
@example([NOW - timedelta(days=day) for day in range(800)])
@example([NOW - timedelta(hours=4 * number) for number in range(2000)])
def test_the_rule_never_takes_the_newest_nor_the_last_week_and_keeps_at_most_so_many(
    dates: list[datetime],
) -> None:
    keep = backups.kept(dates, NOW)
    assert max(dates) in keep
    young = {one for one in dates if NOW - one < timedelta(days=7)}
    assert young <= keep <= set(dates)
    assert len(keep - young) <= 14 + 8 + 12 + 1
    assert backups.kept(keep, NOW) == keep


def test_the_rule_keeps_a_day_each_then_a_week_each_then_a_month_each() -> None:
    dates = [NOW - timedelta(days=day, hours=hour) for day in range(700) for hour in (0, 6)]
    old = sorted((one for one in backups.kept(dates, NOW) if NOW - one >= timedelta(days=7)), reverse=True)
    assert len(old) == 14 + 8 + 12
    gaps = [(one - two).days for one, two in itertools.pairwise(old)]
    assert gaps[:13] == [1] * 13
    assert all(1 <= gap <= 13 for gap in gaps[13:21])
    assert all(15 <= gap <= 45 for gap in gaps[22:])


def test_a_week_of_backups_stays_whole() -> None:
    dates = [NOW - timedelta(hours=4 * number) for number in range(41)]
    assert backups.kept(dates, NOW) == set(dates)


def test_a_backup_is_noted_listed_and_anchored(db: Database, paths: Paths) -> None:
    made = backups.make(db)
    assert made.warnings == []
    assert made.record.path.parent == paths.backups
    assert [one.path for one in backups.listed(paths)] == [made.record.path]
    assert actions(db)[0] == "backed_up"
    assert db.keys is not None
    assert db.keys.read().head["sequence"] == db.head().sequence
    assert backups.latest_problems(db) == []


def test_two_backups_of_one_second_stand_beside_each_other(db: Database, paths: Paths) -> None:
    names = {backups.make(db).record.path.name for _ in range(3)}
    assert len(names) == len(backups.listed(paths)) == 3


def test_a_backup_is_due_when_something_was_changed_and_looking_is_no_change(db: Database) -> None:
    assert backups.due(db)
    backups.make(db)
    assert not backups.due(db, timedelta(0))
    db.note("opened")
    db.note("logged_in")
    assert not backups.due(db, timedelta(0))
    change(db, "New practice")
    assert backups.due(db, timedelta(0))
    assert not backups.due(db)
    assert backups.if_due(db) is None


def test_closing_backs_up_once_for_each_change(db: Database, paths: Paths) -> None:
    made = backups.on_close(db)
    assert made is not None
    assert made.record.reason == "on-close"
    assert backups.on_close(db) is None
    change(db, "New practice")
    assert backups.on_close(db) is not None
    assert len(backups.listed(paths)) == 2


def test_a_draft_alone_makes_a_backup_due(db: Database) -> None:
    backups.make(db)
    later = (datetime.now(UTC) + timedelta(seconds=2)).replace(tzinfo=None)
    with db.begin() as session:
        session.execute(
            text(
                "INSERT INTO draft (id, person, marks, patient, intake, updated) VALUES ('d', 'p', '[]', '', '{}', :at)"
            ),
            {"at": later.isoformat(" ")},
        )
    assert backups.due(db, timedelta(0))


def test_a_store_without_people_is_never_backed_up_by_itself(filled: Database, paths: Paths) -> None:
    assert backups.if_due(filled) is None
    assert backups.on_close(filled) is None
    assert not paths.backups.exists()


def test_a_backup_goes_to_a_second_place_too(db: Database, paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = backups.make(db, second_folder=tmp_path / "stick")
    second = tmp_path / "stick" / made.record.path.name
    bundle.check(second)
    assert second.read_bytes() == made.record.path.read_bytes()
    assert len(backups.listed(paths, tmp_path / "stick")) == 2


def test_a_second_place_that_cannot_be_written_is_a_warning_and_the_first_counts(
    db: Database, paths: Paths, read_only_folder: Path
) -> None:
    made = backups.make(db, second_folder=read_only_folder / "stick")
    assert "not in the second place" in made.warnings[0]
    assert len(backups.listed(paths)) == 1
    assert actions(db) == ["backed_up", "backup_failed"]


def test_a_second_place_that_is_gone_is_a_warning_and_is_not_made_anew(db: Database, tmp_path: Path) -> None:
    made = backups.make(db, second_folder=tmp_path / "stick")
    assert "not in the second place" in made.warnings[0]
    assert not (tmp_path / "stick").exists()


def test_a_backup_into_a_file_of_ones_own_stays_even_among_the_others(db: Database, paths: Paths) -> None:
    backups.make(db)
    mine = backups.to_file(db, paths.backups / "before the merger.backup").path
    for hours in range(3):
        _aged(mine, paths.backups / f"mine-{hours}.backup", 40, hours)
    backups.make(db)
    assert mine.exists()
    assert len(list(paths.backups.glob("mine-*.backup"))) == 3


def test_a_damaged_store_lets_no_backup_go(db: Database, paths: Paths) -> None:
    old = backups.make(db).record.path
    for days in (40, 41, 42):
        _aged(old, paths.backups / f"old-{days}.backup", days)
    before = sorted(paths.backups.iterdir())
    damage(paths.store)
    with pytest.raises(StoreProblem, match="damaged"):
        backups.make(db)
    assert backups.on_close(db) is None
    assert sorted(paths.backups.iterdir()) == before


def test_a_verified_backup_lets_older_ones_of_a_day_go_and_those_of_others_stay(
    db: Database, paths: Paths, tmp_path: Path
) -> None:
    old = backups.make(db).record.path
    for hours in (0, 1, 2):
        _aged(old, paths.backups / f"old-{hours}.backup", 40, hours)
    other = Paths(tmp_path / "other")
    stranger = set_up(other, filled=False)
    _aged(backups.make(stranger.db).record.path, paths.backups / "stranger.backup", 40, 3)
    stranger.db.close()
    (paths.backups / "letter.backup").write_bytes(b"no backup")
    backups.make(db)
    left = {path.name for path in paths.backups.iterdir()}
    assert {"old-0.backup", "stranger.backup", "letter.backup", old.name} <= left
    assert not {"old-1.backup", "old-2.backup"} & left


def test_only_administrators_back_up_by_hand_and_the_timer_works_for_all(
    db: Database, tmp_path: Path
) -> None:
    db.act_as("p", "Packet Staff", Actor("Packet Staff", "p", roles=frozenset({StaffRole.PACKET_STAFF})))
    with pytest.raises(Denied):
        backups.make(db)
    with pytest.raises(Denied):
        backups.to_file(db, tmp_path / "mine.backup")
    assert backups.if_due(db) is not None


def _aged(backup: Path, copy: Path, days: int, hours: int = 0) -> None:
    """Write a copy of a backup that says that it was made earlier."""
    made = (datetime.now(UTC) - timedelta(days=days)).replace(hour=20 - hours, minute=0)
    said = bundle.manifest(backup) | {"made_at": made.isoformat(timespec="seconds")}
    folder = copy.parent / "work"
    folder.mkdir()
    store = bundle.unpack(backup, folder)
    bundle.write(copy, store, bundle.key_in(backup), said)
    store.unlink()
    folder.rmdir()
