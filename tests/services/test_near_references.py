"""Reference numbers that may be meant: slips of the hand find their referral, others' are not shown."""

from __future__ import annotations

import pytest

from referral_app.choices import StaffRole
from referral_app.services import near_references
from tests.acting import as_role
from tests.services.conftest import Offices


def found(world: Offices, text: str) -> list[str]:
    with world.db.read() as session:
        return [one.reference for one in near_references.find(session, text)]


def slips(reference: str) -> dict[str, str]:
    plain = reference.replace("-", "")
    other = next(mark for mark in "7K2" if mark not in (plain[2], plain[6]))
    swap = next(at for at in range(8) if plain[at] != plain[at + 1])
    return {
        "wrong": plain[:2] + other + plain[3:],
        "swapped": plain[:swap] + plain[swap + 1] + plain[swap] + plain[swap + 2 :],
        "missing": plain[:4] + plain[5:],
        "doubled": plain[:4] + plain[3] + plain[4:],
        "two wrong": plain[:2] + other + plain[3:6] + other + plain[7:],
        "beginning": plain[:5],
        "lower case": (plain[:2] + other + plain[3:]).lower(),
    }


@pytest.mark.parametrize(
    "slip", ["wrong", "swapped", "missing", "doubled", "two wrong", "beginning", "lower case"]
)
def test_a_slip_finds_the_number_that_was_meant(offices: Offices, slip: str) -> None:
    assert offices.north.reference in found(offices, slips(offices.north.reference)[slip])


@pytest.mark.parametrize("text", ["", "7K", "no number at all", "ÄÖÜ-1234-5", "0000-0000-0"])
def test_what_is_no_number_or_like_none_finds_nothing(offices: Offices, text: str) -> None:
    assert found(offices, text) == []


def test_another_practices_numbers_are_not_offered(offices: Offices) -> None:
    typed = slips(offices.north.reference)["wrong"]
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    assert found(offices, typed) == []
