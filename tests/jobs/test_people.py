"""Accounts: coming in, one-time codes, removals that were cut short, emergency access."""

from __future__ import annotations

from dataclasses import replace

import pytest

from referral_app.choices import InstallationMode, Permission, StaffRole
from referral_app.database import Passphrase, unlock
from referral_app.database.problems import WrongPassphrase
from referral_app.jobs import people
from referral_app.paths import Paths
from referral_app.services import people as accounts
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.people import PersonRecord
from referral_app.services.permissions import Actor
from tests.database.ways import CHEAP, LOGIN, PASSPHRASE, begun

MODE = InstallationMode.REFERRING_OFFICE
CLINICIAN = PersonRecord("bo", "Bo Keen", frozenset({StaffRole.CLINICIAN}))


@pytest.mark.parametrize(
    ("passphrase", "taken"),
    [
        ("short", False),
        ("passwordpassword", False),
        ("Dana Whitfield dana", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("headache referral", False),
        ("x" * 300, False),
        ("four invented quiet words", True),
        ("correct horse battery staple", True),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_is_refused(passphrase: str, taken: bool) -> None:
    assert (people.passphrase_problem(passphrase, "Dana Whitfield", "dana") == "") is taken


def test_the_first_person_is_an_administrator_with_the_roles_that_were_chosen(paths: Paths) -> None:
    db, _ = begun(paths)
    who = db.rights
    assert isinstance(who, Actor)
    assert who.roles == {StaffRole.OFFICE_STAFF, StaffRole.ADMINISTRATOR}
    assert not who.may(Permission.SIGN)
    db.close()


def test_a_one_time_code_permits_nothing_until_a_passphrase_is_chosen(paths: Paths) -> None:
    db, _ = begun(paths)
    _, code = people.add(db, CLINICIAN)
    db.close()
    db = people.open_store(paths, Passphrase("bo", code), MODE)
    assert not db.rights.may(Permission.SEE_PATIENTS)
    people.change_passphrase(db, code, "another invented phrase", CHEAP)
    assert db.rights.may(Permission.SIGN)
    db.close()


def test_a_removal_that_was_cut_short_is_finished_at_the_next_start(paths: Paths) -> None:
    db, _ = begun(paths)
    added, code = people.add(db, CLINICIAN)
    with db.begin() as session:
        accounts.remove(session, added.id)
    before = unlock(paths, Passphrase(LOGIN, PASSPHRASE)).key
    db.close()
    with pytest.raises(Denied):
        people.open_store(paths, Passphrase("bo", code), MODE)
    people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), MODE).close()
    assert unlock(paths, Passphrase(LOGIN, PASSPHRASE)).key != before
    with pytest.raises(WrongPassphrase):
        unlock(paths, Passphrase("bo", code))


def test_an_administrator_remains_and_nobody_removes_themselves(paths: Paths) -> None:
    db, _ = begun(paths)
    me = db.rights.person_id
    with pytest.raises(InvalidInput, match="yourself"):
        people.remove(db, me)
    with db.read() as session:
        mine = accounts.get(session, me)
    with pytest.raises(InvalidInput, match="administrator"):
        people.change(db, replace(mine, roles=frozenset({StaffRole.SCHEDULER})))
    db.close()


def test_a_login_and_a_name_belong_to_one_person(paths: Paths) -> None:
    db, _ = begun(paths)
    with pytest.raises(InvalidInput) as told:
        people.add(db, PersonRecord("DANA", "dana whitfield", frozenset({StaffRole.SCHEDULER})))
    assert set(told.value.fields) == {"login", "name"}
    db.close()


def test_another_login_opens_after_a_change_and_the_old_one_does_not(paths: Paths) -> None:
    db, _ = begun(paths)
    with db.read() as session:
        mine = accounts.get(session, db.rights.person_id)
    people.change(db, replace(mine, login="dana.w"))
    db.close()
    assert unlock(paths, Passphrase("Dana.W", PASSPHRASE)).key
    with pytest.raises(WrongPassphrase):
        unlock(paths, Passphrase(LOGIN, PASSPHRASE))


def test_emergency_access_needs_a_reason_and_a_role_and_ends(paths: Paths) -> None:
    db, _ = begun(paths)
    with pytest.raises(Denied):
        people.emergency_access(db, "The patient is here and unconscious")
    _, code = people.add(db, CLINICIAN)
    db.close()
    db = people.open_store(paths, Passphrase("bo", code), MODE)
    people.change_passphrase(db, code, "another invented phrase", CHEAP)
    with pytest.raises(InvalidInput):
        people.emergency_access(db, "why")
    people.emergency_access(db, "The patient is here and unconscious")
    assert db.rights.sees_every_practice
    people.end_emergency_access(db)
    assert not db.rights.sees_every_practice
    assert db.check_audit() == []
    db.close()
