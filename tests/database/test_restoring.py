"""A restore puts a whole backup in the store's place, says what is wrong with any other, and deletes nothing."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_app.choices import InstallationMode, StaffRole
from referral_app.database import (
    Database,
    KeyCopy,
    Passphrase,
    Recovery,
    StoreProblem,
    bundle,
    open_database,
    prepared,
    restore,
    tail,
)
from referral_app.database.problems import (
    BadBackup,
    InUse,
    NewerStore,
    NoKey,
    NotAdministrator,
    OtherOffice,
    TooManyAttempts,
    WrongPassphrase,
    WrongRecoveryKey,
)
from referral_app.jobs import backups, people
from referral_app.paths import Paths
from referral_app.services.people import PersonRecord
from tests.database.protected import CHEAP, LOGIN, PASSPHRASE, Protected, content, set_up

RIGHT = Passphrase(LOGIN, PASSPHRASE)
OFFICE = InstallationMode.REFERRING_OFFICE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.backup"


@pytest.fixture
def protected(paths: Paths, copy: Path) -> Protected:
    """A closed store with people, of which `copy` is a backup."""
    made = set_up(paths)
    made.db.back_up(copy)
    made.db.close()
    return made


def files(paths: Paths) -> dict[str, bytes]:
    """Return what lies in a data folder but for the count of failed logins."""
    found = [path for path in paths.data_dir.rglob("*") if path.is_file()] if paths.data_dir.exists() else []
    return {
        str(path): path.read_bytes() for path in found if path.name not in ("attempts.json", "instance.lock")
    }


def test_the_recovery_key_alone_brings_everything_back_from_a_wiped_folder(
    paths: Paths, protected: Protected, copy: Path
) -> None:
    db = people.open_store(paths, RIGHT, OFFICE)
    before = content(db)
    db.close()
    shutil.rmtree(paths.data_dir)
    done = backups.restore_with_recovery(paths, copy, protected.recovery.lower().replace("-", " "))
    assert (done.aside, done.upgraded_from, done.rows["patient"]) == (None, "", 1)
    code = people.reset_with_recovery(paths, protected.recovery, LOGIN)
    db = people.open_store(paths, Passphrase(LOGIN, code), OFFICE)
    people.change_passphrase(db, code, "another orchard velvet")
    assert content(db) == before
    assert (db.warnings, db.check(), db.check_audit()) == ([], [], [])
    db.close()
    people.open_store(paths, Passphrase(LOGIN, "another orchard velvet"), OFFICE).close()


def test_a_reset_ends_the_wait_after_failed_logins(paths: Paths, protected: Protected) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            people.open_store(paths, Passphrase(LOGIN, "something else entirely"), OFFICE)
    with pytest.raises(TooManyAttempts):
        people.open_store(paths, RIGHT, OFFICE)
    code = people.reset_with_recovery(paths, protected.recovery, LOGIN)
    people.open_store(paths, Passphrase(LOGIN, code), OFFICE).close()


def test_a_reset_for_a_login_that_nobody_has_is_refused(paths: Paths, protected: Protected) -> None:
    from referral_app.services.errors import InvalidInput

    with pytest.raises(InvalidInput, match="Nobody has this login"):
        people.reset_with_recovery(paths, protected.recovery, "nobody")


def test_a_restore_is_noted_and_is_no_alarm_and_the_old_set_moves_aside_whole(
    paths: Paths, protected: Protected, copy: Path
) -> None:
    db = people.open_store(paths, RIGHT, OFFICE)
    db.note("opened", kind="after the backup")
    last = db.head().sequence
    db.close()
    done = restore(paths, copy, RIGHT)
    assert done.aside is not None
    assert {path.name for path in done.aside.iterdir()} == {
        "referrals.db", "referrals.head", "store.key", "store.key.copy",
    }  # fmt: skip
    db = people.open_store(paths, RIGHT, OFFICE)
    assert (db.warnings, db.check_audit()) == ([], [])
    with db.read() as session:
        row = session.execute(text("SELECT person, details FROM audit_event WHERE action = 'restored'")).one()
    assert row.person == "Dana Whitfield"
    assert f'"event_before": "{last}"' in row.details
    db.close()
    people.open_store(Paths(done.aside), RIGHT, OFFICE).close()


def test_an_old_copy_of_the_store_put_there_by_hand_is_an_alarm(paths: Paths, protected: Protected) -> None:
    old = paths.store.read_bytes()
    db = people.open_store(paths, RIGHT, OFFICE)
    db.note("opened")
    db.close()
    paths.store.write_bytes(old)
    db = people.open_store(paths, RIGHT, OFFICE)
    assert "older copy of the store" in db.warnings[0]
    assert "older copy of the store" in db.check_audit()[0]
    with db.read() as session:
        noted = text("SELECT count(*) FROM audit_event WHERE action = 'checked' AND outcome = 'failed'")
        assert session.execute(noted).scalar() == 1
    db.close()


@pytest.mark.parametrize("damage", ["bit", "cut", "foreign", "missing", "empty", "folder", "other zip"])
def test_a_bad_backup_is_told_and_nothing_changes(
    paths: Paths, protected: Protected, copy: Path, damage: str
) -> None:
    whole = bytearray(copy.read_bytes())
    whole[len(whole) // 2] ^= 1
    contents = {"bit": bytes(whole), "cut": bytes(whole[:8192]), "foreign": b"x" * 9000, "empty": b""}
    copy.unlink()
    if damage == "folder":
        copy.mkdir()
    elif damage == "other zip":
        with zipfile.ZipFile(copy, "w") as archive:
            archive.writestr("letter.txt", "no backup")
    elif damage != "missing":
        copy.write_bytes(contents[damage])
    words = {
        "bit": "damaged",
        "cut": "damaged",
        "missing": "no such file",
        "empty": "empty",
        "folder": "a folder",
    }
    before = files(paths)
    with pytest.raises(BadBackup, match=words.get(damage, "something else")) as refused:
        restore(paths, copy, RIGHT)
    assert "Nothing was changed" in str(refused.value)
    assert files(paths) == before


@pytest.mark.parametrize("wiped", [False, True], ids=["beside the store", "wiped"])
def test_wrong_keys_are_told_apart_and_nothing_changes(
    paths: Paths, protected: Protected, copy: Path, wiped: bool
) -> None:
    if wiped:
        shutil.rmtree(paths.data_dir)
    before = files(paths)
    other = set_up(Paths(paths.data_dir.with_name("other")), filled=False)
    other.db.close()
    first, mistyped = protected.recovery[0], protected.recovery
    wrong: list[tuple[Passphrase | Recovery | KeyCopy | None, type[StoreProblem], str]] = [
        (Passphrase(LOGIN, "something else entirely"), WrongPassphrase, "do not open"),
        (Passphrase("nobody", PASSPHRASE), WrongPassphrase, "do not open"),
        (Recovery(other.recovery), WrongRecoveryKey, "not the one of this store"),
        (Recovery(("1" if first != "1" else "2") + mistyped[1:]), WrongRecoveryKey, "mistyped"),
        (Recovery("hello"), WrongRecoveryKey, "mistyped"),
        (None, StoreProblem, "locked"),
        (KeyCopy(paths.key), NoKey, "Nothing was changed"),
    ]
    for way, problem, words in wrong:
        with pytest.raises(problem, match=words):
            restore(paths, copy, way)
    assert files(paths) == before


def test_nobody_but_an_administrator_restores_with_a_passphrase(paths: Paths, protected: Protected) -> None:
    db = people.open_store(paths, RIGHT, OFFICE)
    _, code = people.add(db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.PACKET_STAFF})))
    db.close()
    bo = people.open_store(paths, Passphrase("bo", code), OFFICE)
    people.change_passphrase(bo, code, "another orchard velvet", CHEAP)
    bo.close()
    db = people.open_store(paths, RIGHT, OFFICE)
    copy = backups.to_file(db, paths.data_dir.with_name("mine.backup")).path
    db.close()
    before = files(paths)
    with pytest.raises(NotAdministrator, match="Nothing was changed"):
        restore(paths, copy, Passphrase("bo", "another orchard velvet"))
    assert files(paths) == before


def test_a_key_file_that_swells_is_refused(tmp_path: Path) -> None:
    swollen = tmp_path / "swollen.backup"
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "{}")
        archive.writestr("store.key", bytes(64 << 20))
    with pytest.raises(BadBackup, match="not written by this program"):
        bundle.key_in(swollen)


def test_a_backup_of_another_office_is_refused_unless_it_is_wanted(
    paths: Paths, protected: Protected, copy: Path
) -> None:
    other = Paths(paths.data_dir.with_name("other"))
    set_up(other, filled=False).db.close()
    before = files(other)
    with pytest.raises(OtherOffice, match="another office"):
        restore(other, copy, RIGHT)
    assert files(other) == before
    assert restore(other, copy, RIGHT, other_office=True).aside is not None
    people.open_store(other, RIGHT, OFFICE).close()


def test_a_newer_backup_is_refused_by_the_version_that_it_needs(
    paths: Paths, protected: Protected, copy: Path, tmp_path: Path
) -> None:
    said = bundle.manifest(copy)
    held = bundle.key_in(copy)
    bundle.write(
        tmp_path / "newer.backup",
        bundle.unpack(copy, tmp_path),
        held,
        said | {"revision": "9999", "program": "7.5"},
    )
    before = files(paths)
    with pytest.raises(NewerStore, match=r"This backup .* Install version 7\.5 or later"):
        restore(paths, tmp_path / "newer.backup", RIGHT)
    assert files(paths) == before


def test_what_a_backup_says_must_be_so(
    protected: Protected, paths: Paths, copy: Path, tmp_path: Path
) -> None:
    said = bundle.manifest(copy)
    rows = said["rows"] | {"patient": 7}
    bundle.write(
        tmp_path / "b.backup", bundle.unpack(copy, tmp_path), bundle.key_in(copy), said | {"rows": rows}
    )
    with pytest.raises(BadBackup, match="rows is not so"):
        restore(paths, tmp_path / "b.backup", RIGHT)


def test_a_store_without_people_restores_with_a_copy_of_its_key(
    paths: Paths, filled: Database, copy: Path, tmp_path: Path
) -> None:
    filled.back_up(copy)
    filled.close()
    shutil.copy(paths.key, tmp_path / "kept.key")
    shutil.rmtree(paths.data_dir)
    with pytest.raises(NoKey):
        restore(paths, copy, None)
    assert restore(paths, copy, KeyCopy(tmp_path / "kept.key")).aside is None
    db = open_database(paths)
    assert (db.check(), db.check_audit()) == ([], [])
    db.close()
    assert not paths.key.with_name("store.key.copy").exists()


def test_a_stale_log_beside_the_store_is_not_replayed_into_the_backup(
    paths: Paths, protected: Protected, copy: Path
) -> None:
    log = paths.store.with_name("referrals.db-wal")
    db = people.open_store(paths, RIGHT, OFFICE)
    db.note("opened")
    stale = log.read_bytes()
    db.close()
    log.write_bytes(stale)
    done = restore(paths, copy, RIGHT)
    assert done.aside is not None
    assert (done.aside / log.name).read_bytes() == stale
    db = people.open_store(paths, RIGHT, OFFICE)
    assert (db.check(), db.warnings) == ([], [])
    db.close()


def test_no_restore_while_the_store_is_open(paths: Paths, filled: Database, copy: Path) -> None:
    filled.back_up(copy)
    with pytest.raises(InUse):
        restore(paths, copy, None)


@pytest.mark.parametrize("moved", range(5))
def test_a_restore_that_was_interrupted_is_ended_at_the_next_start(
    paths: Paths, protected: Protected, copy: Path, moved: int
) -> None:
    fresh = Paths(paths.data_dir.with_name("fresh"))
    restore(fresh, copy, RIGHT)
    ready = paths.data_dir / prepared.READY
    ready.mkdir()
    for name in prepared.names(fresh):
        shutil.copy2(fresh.data_dir / name, ready / name)
    aside = paths.data_dir / "before"
    aside.mkdir()
    for name in prepared.names(paths)[:moved]:  # as far as it came
        (paths.data_dir / name).replace(aside / name)
        (ready / name).replace(paths.data_dir / name)
    if moved == 4:
        shutil.rmtree(ready)
    db = people.open_store(paths, RIGHT, OFFICE)
    assert (db.warnings, db.check(), db.check_audit()) == ([], [], [])
    with db.read() as session:
        assert (
            session.execute(text("SELECT count(*) FROM audit_event WHERE action = 'restored'")).scalar() == 1
        )
    db.close()
    assert not ready.exists()
    kept = {path.name for folder in paths.data_dir.glob("before*") for path in folder.iterdir()}
    assert kept == set(prepared.names(paths))


def test_the_head_beside_the_store_is_that_of_the_restored_one(
    paths: Paths, protected: Protected, copy: Path
) -> None:
    restore(paths, copy, RIGHT)
    assert tail.beside(paths.store).stat().st_size == tail.LENGTH
