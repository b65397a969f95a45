"""Patients are found as people type: any word order, dates in any usual form, part of a number, and with a slip."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app.database import Database
from referral_app.services import patient_duplicates, patient_search, patients
from referral_app.services.errors import InvalidInput
from referral_app.services.patients import PatientRecord

PERSON = {
    "family_name": "Quintero-Vega", "given_name": "Marisol Ana", "preferred_name": "Mari",
    "date_of_birth": "1984-06-21", "phone": "(410) 555-0142", "phone_alt": "443-555-0177 ext. 3", "mrn": "Ab-77",
}  # fmt: skip


@pytest.fixture
def person(db: Database) -> str:
    with db.begin() as session:
        patients.save(
            session, PatientRecord({"family_name": "Keener", "given_name": "Bo", "phone": "212-555-0142"})
        )
        return patients.save(session, PatientRecord(dict(PERSON))).id


@pytest.mark.parametrize(
    "text",
    [
        "quintero marisol", "marisol q", "vega ana", "mari quint", "6/21/1984", "06/21/84", "21.6.1984", "062184",
        "June 21, 1984", "21 Jun 1984", "1984-06-21", "19840621", "0177", "410-555-0142", "4105550142",
        "+1 410 555 0142", "ab-7", "AB-77", "quintero 6/21/1984", "June 21, 1984 marisol", "vega 0142",
        "quintero Ab-77",        "quintreo", "marisol quintera", "Marizol Quintero",
    ],
)  # fmt: skip
def test_found(db: Database, person: str, text: str) -> None:
    with db.read() as session:
        assert [one.id for one in patients.find(session, text)] == [person]
        assert patients.count(session, text) == 1


@pytest.mark.parametrize(
    "text", ["6/22/1984", "0143", "212-555-0177", "zzyzx", "quintero 6/22/1984", "bo vega", "%"]
)
def test_not_found(db: Database, person: str, text: str) -> None:
    with db.read() as session:
        assert patients.find(session, text) == []
        assert patients.count(session, text) == 0


def test_two_digits_of_a_year_mean_either_century_that_has_begun() -> None:
    today = date(2026, 3, 1)
    assert patient_search.days("3/27/07", today) == [date(2007, 3, 27), date(1907, 3, 27)]
    assert patient_search.days("3/27/84", today) == [date(1984, 3, 27)]
    assert patient_search.days("45/45/84", today) == []


def test_two_people_are_told_apart_once(db: Database, person: str) -> None:
    values = {**PERSON, "mrn": "", "phone": "443-555-0100", "phone_alt": ""}
    with db.read() as session:
        assert [one.patient.id for one in patient_duplicates.like(session, values)] == [person]
    with db.begin() as session:
        with pytest.raises(InvalidInput, match="Marisol"):
            patient_duplicates.refuse_undecided(session, values)
        patient_duplicates.refuse_undecided(session, values, {person})
        twin = patients.save(session, PatientRecord(values)).id
        patient_duplicates.not_same(session, twin, person)
        assert patient_duplicates.like(session, values, besides=twin) == []
        patient_duplicates.not_same(session, person, twin)
        with pytest.raises(InvalidInput):
            patient_duplicates.not_same(session, twin, twin)
