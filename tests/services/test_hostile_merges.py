"""What an enemy tried against merges: a practice that keeps seeing whom it lost, answers of one left with the other."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.services import patient_merging, patients, referrals
from referral_app.services.errors import Denied
from referral_app.services.patients import PatientRecord
from tests.acting import as_role
from tests.services.conftest import EVERYTHING, Offices, complete


def _merge(db: Database, kept: str, dropped: str) -> str:
    with db.begin() as session:
        found = patient_merging.prospect(session, kept, dropped)
        return patient_merging.merge(session, found.kept, found.dropped).merge_id


def test_after_an_undo_a_practice_sees_no_patient_who_was_not_its_own(offices: Offices) -> None:
    db = offices.db
    as_role(db, *EVERYTHING)
    with db.begin() as session:
        mine = patients.save(session, PatientRecord({"family_name": "Centerfield"})).id
    merge_id = _merge(db, mine, offices.north.patient)
    with db.begin() as session:
        patient_merging.undo(session, merge_id)
    as_role(db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with db.read() as session, pytest.raises(Denied):
        patients.get(session, mine)
    with db.read() as session:
        assert patients.get(session, offices.north.patient).id == offices.north.patient


def test_an_undo_says_what_a_referral_of_the_other_one_changed_meanwhile(db: Database) -> None:
    other: dict[str, Any] = complete("Southfield")
    other["patient"] |= {"mrn": "2", "phone": "443-555-0101"}
    with db.begin() as session:
        kept, dropped = referrals.save(session, complete("Northfield")), referrals.save(session, other)
    merge_id = _merge(db, str(kept.patient_id), str(dropped.patient_id))
    changed = deepcopy(other)
    changed["patient"]["phone"] = "443-555-0199"
    with db.begin() as session:
        now = referrals.get(session, dropped.id)
        referrals.save(session, changed, referral_id=dropped.id, version=now.version)
    with db.begin() as session:
        parted = patient_merging.undo(session, merge_id)
    assert parted.stays == ("Phone was changed since the merge: look whose it is.",)
