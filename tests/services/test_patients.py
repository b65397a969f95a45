"""Patients are found as people ask for them, and offered before they are entered twice."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.database import Database
from referral_app.services import patient_duplicates, patients, search
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.patients import PatientRecord


def entered(db: Database, **values: Any) -> PatientRecord:
    """Store a patient."""
    with db.begin() as session:
        return patients.save(session, PatientRecord(values))


@pytest.fixture
def nguyen(db: Database) -> PatientRecord:
    """Return a stored patient with an accented name."""
    return entered(
        db,
        family_name="Nguyễn",
        given_name="Văn An",
        date_of_birth="2007-03-27",
        phone="(410) 555-0142",
        mrn="A-77",
    )


@pytest.mark.parametrize(
    "text", ["nguyen", "van nguy", "An", "3/27/2007", "March 27, 2007", "0142", "a-77", "NGUYỄN"]
)
def test_a_patient_is_found_by_name_birth_date_phone_or_number(
    db: Database, nguyen: PatientRecord, text: str
) -> None:
    with db.read() as session:
        assert [item.id for item in patients.find(session, text)] == [nguyen.id]


@pytest.mark.parametrize("text", ["guyen", "3/28/2007", "0143", "%", "_", "<>"])
def test_others_are_not(db: Database, nguyen: PatientRecord, text: str) -> None:
    with db.read() as session:
        assert patients.find(session, text) == []
        assert patients.count(session, text) == 0


def test_a_likely_duplicate_is_offered(db: Database, nguyen: PatientRecord) -> None:
    with db.read() as session:
        same_birth = {"family_name": "Nguyen", "given_name": "Van", "date_of_birth": "2007-03-27"}
        same_phone = {"family_name": "Nguyen", "given_name": "Van", "phone": "410 555 0142"}
        other = {"family_name": "Nguyen", "given_name": "Binh", "date_of_birth": "1990-01-01"}
        assert [item.patient.id for item in patient_duplicates.like(session, same_birth)] == [nguyen.id]
        assert [item.patient.id for item in patient_duplicates.like(session, same_phone)] == [nguyen.id]
        assert patient_duplicates.like(session, other) == []
        assert patient_duplicates.like(session, same_birth, besides=nguyen.id) == []


def test_a_patient_needs_a_last_name(db: Database) -> None:
    with pytest.raises(InvalidInput, match="last name"):
        entered(db, given_name="Only")


def test_two_people_changing_one_patient_are_told(db: Database, nguyen: PatientRecord) -> None:
    with db.begin() as session:
        patients.save(session, PatientRecord({**nguyen.values, "mrn": "B"}, [], nguyen.id, nguyen.version))
    with db.begin() as session, pytest.raises(Conflict):
        patients.save(session, PatientRecord({**nguyen.values, "mrn": "C"}, [], nguyen.id, nguyen.version))


def test_the_one_search_box_finds_surgeons_patients_and_referrals(filled: Database) -> None:
    with filled.read() as session:
        assert {hit.kind for hit in search.anything(session, "quintero")} == {"patient", "referral"}
        assert {hit.kind for hit in search.anything(session, "keen")} == {"surgeon", "referral"}
        assert search.anything(session, "  ") == []
        assert [hit.kind for hit in search.anything(session, "6/21/1984")] == ["patient", "referral"]
