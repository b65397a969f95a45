"""A rating of the head sketch counts where the person who gave it may sign, and not otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest

from referral_app.choices import StaffRole
from referral_app.clinical import sketch
from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.paths import resource
from referral_app.services import referrals
from referral_app.services.referral_records import ReferralRecord
from tests.services.conftest import Offices, as_role


@pytest.fixture
def intake() -> dict[str, Any]:
    values = json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))
    values["signature"] = {"prepared_by": "Office"}
    return values


def acts(offices: Offices, role: StaffRole) -> None:
    as_role(offices.db, role, practice_id=offices.north.practice)


def saved(db: Database, intake: dict[str, Any], before: ReferralRecord | None = None) -> ReferralRecord:
    known = {"referral_id": before.id, "version": before.version} if before else {}
    with db.begin() as session:
        return referrals.save(session, intake, **known)


def rating(record: ReferralRecord) -> Any:
    return given(record.intake, "pain.sketch_class")


def rated(intake: dict[str, Any], rating: str) -> dict[str, Any]:
    return {**intake, "pain": {**intake["pain"], "sketch_class": rating}}


def test_a_rating_that_office_staff_bring_along_is_left_out(offices: Offices, intake: dict[str, Any]) -> None:
    acts(offices, StaffRole.OFFICE_STAFF)
    assert rating(saved(offices.db, intake)) is None


def test_office_staff_neither_change_nor_remove_the_rating_of_a_clinician(
    offices: Offices, intake: dict[str, Any]
) -> None:
    acts(offices, StaffRole.CLINICIAN)
    first = saved(offices.db, rated(intake, "atypical"))
    assert rating(first) == "atypical"
    acts(offices, StaffRole.OFFICE_STAFF)
    second = saved(offices.db, rated(intake, "typical"), first)
    assert rating(second) == "atypical"
    without = {**intake, "pain": {**intake["pain"], "sketch_class": None, "average": 5}}
    third = saved(offices.db, without, second)
    assert (rating(third), given(third.intake, "pain.average")) == ("atypical", 5)


def test_a_rating_ends_where_somebody_else_changes_the_drawing(
    offices: Offices, intake: dict[str, Any]
) -> None:
    acts(offices, StaffRole.CLINICIAN)
    first = saved(offices.db, rated(intake, "typical"))
    acts(offices, StaffRole.OFFICE_STAFF)
    drawn = sketch.made((sketch.start("front", (100, 60)),))
    other = {**first.intake, "pain": {**first.intake["pain"], "sketch": drawn}}
    assert rating(saved(offices.db, other, first)) is None
