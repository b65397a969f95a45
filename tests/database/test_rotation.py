"""A new key for the store: what was removed opens nothing, and a crash at any step leaves a store that opens."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from referral_app.choices import InstallationMode, StaffRole
from referral_app.database import Database, Passphrase, Recovery, files, key_file, rotation, unlock
from referral_app.database.problems import WrongPassphrase
from referral_app.jobs import directory, people
from referral_app.paths import Paths
from referral_app.services import surgeons
from referral_app.services.people import PersonRecord
from tests.database.ways import CHEAP, LOGIN, PASSPHRASE, begun

MODE = InstallationMode.REFERRING_OFFICE
RIGHT = Passphrase(LOGIN, PASSPHRASE)


def _surgeons(db: Database) -> int:
    with db.read() as session:
        return session.execute(text("SELECT count(*) FROM surgeon")).scalar() or 0


def test_removing_a_person_changes_the_key_for_all_who_stay(paths: Paths) -> None:
    db, recovery = begun(paths)
    directory.load_invented(db)
    added, code = people.add(db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.SCHEDULER})), CHEAP)
    before, old_file = unlock(paths, RIGHT).key, paths.key.read_bytes()
    people.remove(db, added.id)
    assert _surgeons(db) == 13
    assert db.check() == []
    assert db.check_audit() == []
    db.close()
    assert unlock(paths, RIGHT).key != before
    assert unlock(paths, Recovery(recovery)).key == unlock(paths, RIGHT).key
    with pytest.raises(WrongPassphrase):
        unlock(paths, Passphrase("bo", code))
    for path in (paths.key, key_file.copy_of(paths.key)):  # a copy of the old file that somebody kept
        path.write_bytes(old_file)
    with pytest.raises(Exception, match="damaged"):
        people.open_store(paths, Passphrase("bo", code), MODE)


@pytest.mark.parametrize("step", range(6))
def test_a_change_of_the_key_that_ends_anywhere_leaves_a_store_that_opens(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    db, _ = begun(paths)
    directory.load_invented(db)
    done = 0

    def ending(act: Callable[..., Any]) -> Callable[..., Any]:
        def acted(*values: Any, **named: Any) -> Any:
            nonlocal done
            if done == step:
                raise KeyboardInterrupt
            done += 1
            return act(*values, **named)

        return acted

    with monkeypatch.context() as patched:
        patched.setattr(files, "swap", ending(files.swap))
        patched.setattr(rotation, "copy", ending(rotation.copy))
        try:
            db.rotate()
        except KeyboardInterrupt:
            assert _surgeons(db) == 13
    folder = paths.data_dir.with_name("as-killed")
    shutil.copytree(paths.data_dir, folder)
    db.close()
    again = people.open_store(Paths(folder), RIGHT, MODE)
    assert _surgeons(again) == 13
    assert len(key_file.load(Paths(folder).key).generations) == 1
    again.close()


def test_a_store_without_people_gets_its_first_person_and_another_key(paths: Paths) -> None:
    from referral_app.database import open_database

    bare = open_database(paths)
    directory.load_invented(bare)
    bare.close()
    old = paths.key.read_text().strip()
    db, _ = begun(paths)
    assert _surgeons(db) == 13
    assert db.check_audit() == []
    with db.read() as session:
        assert surgeons.procedures(session)
    db.close()
    assert unlock(paths, RIGHT).key != old
    assert old not in paths.key.read_text()


def test_a_removal_that_ended_before_the_new_key_is_finished_at_the_next_login(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, _ = begun(paths)
    added, _ = people.add(db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.SCHEDULER})))
    before = unlock(paths, RIGHT).key

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rotation, "exchange", killed)
        with pytest.raises(KeyboardInterrupt):
            people.remove(db, added.id)
    db.close()
    people.open_store(paths, RIGHT, MODE).close()
    assert unlock(paths, RIGHT).key != before
    assert not key_file.load(paths.key).key_due


def test_two_changes_of_the_key_at_once_leave_a_store_that_is_used_on(paths: Paths) -> None:
    db, _ = begun(paths)
    directory.load_invented(db)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(db.rotate) for _ in range(2)]:
            done.result()
    assert _surgeons(db) == 13
    db.close()
    assert key_file.load(paths.key).generation == "3"
