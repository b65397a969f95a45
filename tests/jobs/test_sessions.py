"""A person's time at the store: coming back to a locked store, for whom it opens and for whom not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from referral_app.choices import AuditAction, InstallationMode, StaffRole
from referral_app.database import Database, Passphrase, open_database, unlock
from referral_app.database.problems import Locked, WrongPassphrase
from referral_app.jobs import people, recovery_sheet, sessions
from referral_app.paths import Paths
from referral_app.services import audit
from referral_app.services import people as accounts
from referral_app.services.errors import Denied
from referral_app.services.people import PersonRecord
from tests.database.ways import CHEAP, LOGIN, PASSPHRASE, begun

MODE = InstallationMode.REFERRING_OFFICE
MINE = Passphrase(LOGIN, PASSPHRASE)
OTHER = Passphrase("bo", "another invented phrase")


@pytest.fixture
def both(paths: Paths) -> Database:
    """A store in which Dana is at work, and Bo could be."""
    db, _ = begun(paths)
    roles = frozenset({StaffRole.ADMINISTRATOR, StaffRole.CLINICIAN})
    _, code = people.add(db, PersonRecord("bo", "Bo Keen", roles))
    db.close()
    bo = people.open_store(paths, Passphrase("bo", code), MODE)
    people.change_passphrase(bo, code, OTHER.text, CHEAP)
    bo.close()
    return sessions.log_in(paths, MINE, MODE).db


def test_the_person_who_locked_it_comes_back(both: Database) -> None:
    both.lock_up()
    with pytest.raises(Locked), both.read():
        pass
    assert sessions.come_back(both, MINE, MODE) is None
    with both.read() as session:
        assert audit.find(session, audit.Filter(action=str(AuditAction.UNLOCKED)))
    sessions.log_out(both)


def test_wrong_passphrases_at_the_lock_are_noted(both: Database) -> None:
    both.lock_up()
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            sessions.come_back(both, Passphrase(LOGIN, "wrong words"), MODE)
    sessions.come_back(both, MINE, MODE)
    with both.read() as session:
        noted = audit.find(session, audit.Filter(action=str(AuditAction.LOGIN_FAILED)))
    assert [one.details for one in noted] == [{"times": 3}]
    sessions.log_out(both)


def test_for_another_person_it_stays_locked_and_their_keys_are_handed_on(both: Database) -> None:
    both.lock_up()
    opened = sessions.come_back(both, OTHER, MODE)
    assert opened is not None
    assert both.is_locked
    both.close()
    entered = sessions.log_in(both.paths, OTHER, MODE, opened)
    assert entered.db.rights.name == "Bo Keen"
    sessions.log_out(entered.db)


def test_a_wrong_passphrase_leaves_it_locked(both: Database) -> None:
    both.lock_up()
    with pytest.raises(WrongPassphrase):
        sessions.come_back(both, Passphrase(LOGIN, "not the right words"), MODE)
    assert both.is_locked
    both.close()


def test_a_person_who_was_taken_out_of_use_meanwhile_is_refused(both: Database) -> None:
    with both.begin() as session:
        (me,) = [one for one in accounts.find(session) if one.login == LOGIN]
        accounts.save(session, replace(me, roles=frozenset({StaffRole.SCHEDULER})))
    _take_out(both, me.id)
    both.lock_up()
    with pytest.raises(Denied):
        sessions.come_back(both, MINE, MODE)
    assert both.is_locked
    both.close()


def _take_out(db: Database, person_id: str) -> None:
    """Take a person out of use as another administrator does, whose removal was cut short before the key file."""
    before = db.rights
    db.act_as("somebody", "Somebody", replace(before, person_id="somebody"))
    with db.begin() as session:
        accounts.remove(session, person_id)
    db.act_as(before.person_id, before.name, before)


def test_leaving_is_noted_and_backs_up_what_was_changed(both: Database) -> None:
    sessions.log_out(both)
    assert list(both.paths.backups.glob("*on-close*"))
    db = open_database(both.paths, unlock(both.paths, MINE))
    db.act_as(both.rights.person_id, both.rights.name, both.rights)
    with db.read() as session:
        assert audit.find(session, audit.Filter(action=str(AuditAction.LOGGED_OUT)))
    db.close()


def test_the_recovery_sheet_is_made_without_an_office_too(both: Database, tmp_path: Path) -> None:
    assert recovery_sheet.make(both, "0123-4567").startswith(b"%PDF")
    both.close()
