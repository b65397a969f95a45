"""Ways into a store: each opens it, and nothing else does; what is wrong is told apart in words."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from referral_app.choices import InstallationMode, StaffRole
from referral_app.database import Passphrase, Recovery, attempts, is_locked, key_file, open_database, unlock
from referral_app.database.problems import (
    DamagedKeyFile,
    Locked,
    Missing,
    NewerKeyFile,
    NoKey,
    TooManyAttempts,
    WrongPassphrase,
    WrongRecoveryKey,
)
from referral_app.jobs import people
from referral_app.paths import Paths
from referral_app.services.people import PersonRecord
from tests.database.ways import CHEAP, LOGIN, PASSPHRASE, begun

MODE = InstallationMode.REFERRING_OFFICE
RIGHT = Passphrase(LOGIN, PASSPHRASE)


def test_passphrase_and_recovery_key_open_the_same_store(paths: Paths) -> None:
    db, recovery = begun(paths)
    db.close()
    assert is_locked(paths)
    assert unlock(paths, RIGHT).key == unlock(paths, Recovery(recovery)).key
    assert unlock(paths, Recovery(recovery.lower().replace("-", " "))).key == unlock(paths, RIGHT).key


def test_nothing_secret_and_no_name_is_readable_in_the_key_file(paths: Paths) -> None:
    db, recovery = begun(paths)
    opened = unlock(paths, RIGHT)
    db.close()
    for path in (paths.key, key_file.copy_of(paths.key)):
        text = path.read_text().lower()
        for secret in (opened.key, opened.audit_key.hex(), PASSPHRASE, LOGIN, "whitfield", recovery.lower()):
            assert secret not in text
        assert path.stat().st_mode & 0o077 == 0


def test_what_is_wrong_is_told_apart(paths: Paths) -> None:
    db, recovery = begun(paths)
    db.close()
    before = paths.key.read_bytes(), paths.store.read_bytes()
    other = "ABCDE-" + recovery[6:]
    for way, problem in (
        (None, Locked),
        (Passphrase(LOGIN, PASSPHRASE + "x"), WrongPassphrase),
        (Passphrase("nobody", PASSPHRASE), WrongPassphrase),
        (Recovery(other), WrongRecoveryKey),
        (Recovery(""), WrongRecoveryKey),
        (Recovery("0" * 30), WrongRecoveryKey),
    ):
        with pytest.raises(problem):
            unlock(paths, way)
    assert (paths.key.read_bytes(), paths.store.read_bytes()) == before


def test_an_unknown_login_gets_the_same_answer(paths: Paths) -> None:
    begun(paths)[0].close()
    answers: list[str] = []
    for login in (LOGIN, "nobody"):
        with pytest.raises(WrongPassphrase) as told:
            unlock(paths, Passphrase(login, "not this passphrase"))
        answers.append(str(told.value))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("login", [LOGIN, "nobody"])
def test_after_five_failures_a_login_waits_longer_each_time_and_across_restarts(
    paths: Paths, login: str
) -> None:
    begun(paths)[0].close()
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            unlock(paths, Passphrase(login, "wrong"))
    with pytest.raises(TooManyAttempts) as told:
        unlock(paths, Passphrase(login, PASSPHRASE))
    assert 25 <= told.value.seconds <= 30
    tag = key_file.load(paths.key).tag(login)
    attempts.failed(paths, tag)
    assert attempts.wait(paths, tag) > 55
    for _ in range(10):
        attempts.failed(paths, tag)
    assert 890 < attempts.wait(paths, tag) <= 900
    day_before = datetime.now(UTC) - timedelta(days=1)
    assert attempts.wait(paths, tag, day_before) <= 900
    assert attempts.wait(paths, tag, datetime.now(UTC) + timedelta(seconds=901)) <= 0


def test_a_wait_that_began_while_the_clock_was_years_ahead_ends_all_the_same(paths: Paths) -> None:
    paths.data_dir.mkdir(parents=True, exist_ok=True)
    paths.attempts.write_text('{"tag": [6, "2226-01-01T00:00:00+00:00"]}')
    with pytest.raises(TooManyAttempts):
        attempts.refuse(paths, "tag")
    assert attempts.wait(paths, "tag", datetime.now(UTC) + timedelta(seconds=61)) <= 0


def test_the_right_passphrase_ends_the_count(paths: Paths) -> None:
    begun(paths)[0].close()
    tag = key_file.load(paths.key).tag(LOGIN)
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            unlock(paths, Passphrase(LOGIN, "wrong"))
    assert attempts.count(paths, tag) == 3
    unlock(paths, RIGHT)
    assert attempts.count(paths, tag) == 0


def test_a_damaged_key_file_is_replaced_by_its_copy_and_both_damaged_are_refused(paths: Paths) -> None:
    begun(paths)[0].close()
    whole = paths.key.read_bytes()
    paths.key.write_bytes(whole[:100])
    assert unlock(paths, RIGHT).key
    key_file.copy_of(paths.key).write_bytes(whole.replace(b"0", b"1"))
    with pytest.raises(DamagedKeyFile):
        unlock(paths, RIGHT)


def test_a_key_file_of_a_later_version_is_refused(paths: Paths) -> None:
    begun(paths)[0].close()
    body = json.loads(paths.key.read_bytes())
    body |= {"format": 2}
    body.pop("sum")
    body["sum"] = key_file._sum(body)  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001
    paths.key.write_text(json.dumps(body))
    with pytest.raises(NewerKeyFile):
        unlock(paths, RIGHT)


def test_the_key_of_another_store_is_told_from_damage(
    paths: Paths, tmp_path_factory: pytest.TempPathFactory
) -> None:
    begun(paths)[0].close()
    other = Paths(tmp_path_factory.mktemp("other") / "data")
    roles = frozenset({StaffRole.OFFICE_STAFF})
    people.set_up(other, "Another Person", LOGIN, PASSPHRASE, roles, CHEAP)[0].close()
    paths.store.write_bytes(other.store.read_bytes())
    with pytest.raises(Exception, match="damaged"):
        open_database(paths, unlock(paths, RIGHT))


def test_a_store_that_vanished_is_not_made_anew(paths: Paths) -> None:
    begun(paths)[0].close()
    paths.store.unlink()
    with pytest.raises(Missing):
        open_database(paths, unlock(paths, RIGHT))
    assert not paths.store.exists()


def test_a_store_without_its_key_file_is_refused(paths: Paths) -> None:
    begun(paths)[0].close()
    for path in (paths.key, key_file.copy_of(paths.key)):
        path.unlink()
    with pytest.raises(NoKey):
        open_database(paths)
    assert not paths.key.exists()


def test_a_one_time_code_opens_once_and_lets_its_owner_choose(paths: Paths) -> None:
    db, _ = begun(paths)
    _, code = people.add(db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.SCHEDULER})), CHEAP)
    db.close()
    opened = unlock(paths, Passphrase("bo", code))
    assert opened.must_choose
    db = people.open_store(paths, Passphrase("bo", code), MODE)
    before = key_file.load(paths.key).of_login("bo")
    people.change_passphrase(db, code, "another invented phrase", CHEAP)
    after = key_file.load(paths.key).of_login("bo")
    db.close()
    assert before
    assert after
    assert before.public != after.public  # whoever gave the code could know the pair
    with pytest.raises(WrongPassphrase):
        unlock(paths, Passphrase("bo", code))
    assert not unlock(paths, Passphrase("bo", "another invented phrase")).must_choose


def test_a_one_time_code_ends_after_a_day(paths: Paths) -> None:
    db, _ = begun(paths)
    _, code = people.add(db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.SCHEDULER})), CHEAP)
    db.close()
    held = key_file.load(paths.key)
    entry = held.of_login("bo")
    assert entry
    entry.reset_until = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    key_file.save(paths.key, held)
    with pytest.raises(WrongPassphrase):
        unlock(paths, Passphrase("bo", code))


def test_changing_a_passphrase_wraps_anew_and_keeps_the_key_of_the_store(paths: Paths) -> None:
    db, _ = begun(paths)
    key = unlock(paths, RIGHT).key
    people.change_passphrase(db, PASSPHRASE, "another invented phrase", CHEAP)
    db.close()
    assert unlock(paths, Passphrase(LOGIN, "another invented phrase")).key == key
    with pytest.raises(WrongPassphrase):
        unlock(paths, RIGHT)


def test_a_new_recovery_key_ends_the_old_one(paths: Paths) -> None:
    db, old = begun(paths)
    new = people.new_recovery_key(db)
    db.close()
    assert unlock(paths, Recovery(new)).key == unlock(paths, RIGHT).key
    with pytest.raises(WrongRecoveryKey):
        unlock(paths, Recovery(old))


def test_the_recovery_key_is_confirmed_by_its_last_characters_or_whole(paths: Paths) -> None:
    db, recovery = begun(paths)
    assert not db.may_store_patients
    with pytest.raises(WrongRecoveryKey):
        people.confirm_recovery_key(db, "000000", recovery)
    assert not db.may_store_patients
    people.confirm_recovery_key(db, recovery[-7:], recovery)
    assert db.may_store_patients
    new = people.new_recovery_key(db)
    db.close()
    db = people.open_store(paths, RIGHT, MODE)
    assert not db.may_store_patients
    people.confirm_recovery_key(db, new)
    assert db.may_store_patients
    db.close()
