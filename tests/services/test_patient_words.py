"""Words by which patients are found follow each way of writing a patient, and never change who is found."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from referral_app.database import Database
from referral_app.models.patient import Patient, PatientWord
from referral_app.services import patient_merging, patient_words, patients
from referral_app.services.patients import PatientRecord

NAMES = [
    ("Quintero", "Marisol"), ("Quintana", "Mary"), ("Keener", "Mary"), ("Okafor", "Mara"), ("Quill", "Bo"),
]  # fmt: skip
TEXTS = ["mar", "m", "quin", "mary", "mar quin", "quin mar", "bo quill", "mary keener", "nobody", "mari qi"]


@pytest.fixture
def people(db: Database) -> list[str]:
    with db.begin() as session:
        return [
            patients.save(session, PatientRecord({"family_name": family, "given_name": given})).id
            for family, given in NAMES
        ]


def stored(db: Database) -> Counter[tuple[str, str]]:
    with db.read() as session:
        return Counter((row.word, row.patient_id) for row in session.scalars(select(PatientWord)))


def expected(db: Database) -> Counter[tuple[str, str]]:
    with db.read() as session:
        rows = session.execute(select(Patient.id, Patient.folded)).all()
        return Counter((word, row.id) for row in rows for word in set(row.folded.split()))


def test_the_words_follow_a_new_name_a_merge_and_its_undo(db: Database, people: list[str]) -> None:
    assert stored(db) == expected(db)
    with db.begin() as session:
        known = patients.get(session, people[0])
        patients.save(
            session,
            PatientRecord(
                {"family_name": "Vega", "given_name": "Marisol", "preferred_name": "Mari"},
                [],
                known.id,
                known.version,
            ),
        )
    assert stored(db) == expected(db)
    with db.begin() as session:
        kept, dropped = patients.get(session, people[1]), patients.get(session, people[2])
        done = patient_merging.merge(session, kept, dropped)
    assert stored(db) == expected(db)
    with db.begin() as session:
        patient_merging.undo(session, done.merge_id)
    assert stored(db) == expected(db)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("frequent", [1, 2, 3])
def test_however_frequent_a_word_is_the_same_patients_are_found_and_counted(
    db: Database, people: list[str], text: str, frequent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.read() as session:
        plain = [one.id for one in patients.find(session, text)]
    monkeypatch.setattr(patient_words, "FREQUENT", frequent)
    with db.read() as session:
        assert sorted(one.id for one in patients.find(session, text)) == sorted(plain)
        assert patients.count(session, text) == len(plain)


def test_a_merged_patient_is_not_counted_where_a_word_is_frequent(
    db: Database, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.begin() as session:
        kept, dropped = patients.get(session, people[1]), patients.get(session, people[2])
        patient_merging.merge(session, kept, dropped)
    monkeypatch.setattr(patient_words, "FREQUENT", 1)
    with db.read() as session:
        assert patients.count(session, "mary") == len(patients.find(session, "mary")) == 1
