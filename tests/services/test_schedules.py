"""Lines of a schedule matched with referrals: beyond doubt, or a sentence; never guessed."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from referral_app.database import Database
from referral_app.services import referrals, schedules
from referral_app.services.schedules import ScheduleRow
from tests.benchmarks import stores

BORN = date(1980, 5, 17)


def _person(db: Database, **patient: Any) -> str:
    intake = deepcopy(stores.intake())
    intake.pop("signature", None)
    intake["patient"] |= {
        "family_name": "Østergård-Vale", "given_name": "José", "date_of_birth": BORN.isoformat(), "mrn": "A-0042",
    } | patient  # fmt: skip
    with db.begin() as session:
        return referrals.save(session, intake).reference


@pytest.fixture
def reference(filled: Database) -> str:
    return _person(filled)


def _match(db: Database, **row: Any) -> schedules.Matched:
    with db.read() as session:
        return schedules.match(session, ScheduleRow(2, **row))


@pytest.mark.parametrize(
    "row",
    [
        {"mrn": "A-0042"},
        {"mrn": "a-0042", "name": "OSTERGARD VALE, JOSE"},
        {"name": "Jose Ostergard-Vale", "date_of_birth": BORN},
        {"mrn": "", "name": "ØSTERGÅRD-VALE, JOSÉ M", "date_of_birth": BORN},
    ],
)
def test_a_number_or_a_name_with_its_birth_date_finds_the_referral(
    filled: Database, reference: str, row: dict[str, Any]
) -> None:
    assert _match(filled, **row).reference == reference


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"mrn": "A-0042", "name": "Somebody Else"}, "another name on file"),
        ({"mrn": "A-0042", "date_of_birth": date(1981, 5, 17)}, "another date of birth on file"),
        (
            {"mrn": "B-1", "name": "Jose Ostergard-Vale", "date_of_birth": BORN},
            "another medical record number on file",
        ),
        ({"name": "Jose Ostergard-Vale", "date_of_birth": date(1981, 5, 17)}, "Nobody on file"),
        ({"name": "Jose Ostergard-Vale"}, "neither a medical record number"),
        ({"mrn": "Z-9"}, "Nobody on file has this medical record number"),
        ({}, "neither"),
    ],
)
def test_whatever_does_not_agree_is_a_sentence(
    filled: Database, reference: str, row: dict[str, Any], why: str
) -> None:
    found = _match(filled, **row)
    assert found.reference == ""
    assert why in found.why


def test_two_who_fit_are_never_guessed_between(filled: Database, reference: str) -> None:
    _person(filled, mrn="C-7", given_name="José Luis", phone="410-555-0177")
    assert "2 patients have this" in _match(filled, name="Jose Ostergard-Vale", date_of_birth=BORN).why


def test_several_open_referrals_are_named(filled: Database, reference: str) -> None:
    with filled.begin() as session:
        one = referrals.get(session, reference)
        intake = deepcopy(one.intake)
        second = referrals.save(session, intake, patient_id=one.patient_id).reference
    found = _match(filled, mrn="A-0042")
    assert reference in found.why
    assert second in found.why
