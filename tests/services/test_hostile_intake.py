"""What an enemy tried against the intake: old answers over new ones, clearances of other onsets, files of others."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from referral_app.choices import ReferralState
from referral_app.database import Database
from referral_app.services import drafts, patient_merging, patients, referrals, versions
from referral_app.services.errors import Conflict
from tests.services.conftest import complete

DRAFT = "00000000-0000-4000-8000-0000000000e1"


def test_a_new_referral_from_an_old_draft_brings_no_old_address_back(db: Database) -> None:
    with db.begin() as session:
        first = referrals.save(session, complete("Northfield"))
    with db.begin() as session:
        began = patients.get(session, first.patient_id).version
        intake = referrals.new_intake(session, first.patient_id)
        drafts.save(session, DRAFT, intake, patient_id=first.patient_id, based_on=began)
    with db.begin() as session:
        now = patients.get(session, first.patient_id)
        patients.save(
            session,
            replace(
                now,
                values={**now.values, "phone": "410-555-0177", "needs": ["asl"]},
                coverage=[{"kind": "self_pay"}],
            ),
        )
    with db.begin() as session:
        typed = drafts.get(session, DRAFT)
        saved = referrals.save(
            session,
            typed.intake,
            patient_id=typed.patient_id,
            patient_version=typed.based_on or 0,
            draft_id=DRAFT,
        )
    with db.read() as session:
        after = patients.get(session, saved.patient_id)
    assert after.values["phone"] == "410-555-0177"
    assert after.values["needs"] == ["asl"]
    assert after.coverage == [{"kind": "self_pay"}]


def test_someone_typed_again_loses_nothing_that_is_on_file(db: Database) -> None:
    with db.begin() as session:
        first = referrals.save(session, complete("Northfield"))
    full = first.intake["patient"]
    short = {n: full[n] for n in ("family_name", "given_name", "date_of_birth", "phone")}
    with db.begin() as session:
        second = referrals.save(session, {"patient": short})
    assert second.patient_id == first.patient_id
    with db.read() as session:
        after = patients.get(session, first.patient_id)
    assert after.values == full
    assert after.coverage == first.intake["coverage"]


def test_a_new_referral_begun_with_the_patient_as_they_are_writes_back_whole(db: Database) -> None:
    with db.begin() as session:
        first = referrals.save(session, complete("Northfield"))
    with db.begin() as session:
        began = patients.get(session, first.patient_id).version
        intake = referrals.new_intake(session, first.patient_id)
        intake["patient"] = {**intake["patient"], "phone": "410-555-0188"}
        intake["patient"].pop("email")
        saved = referrals.save(session, intake, patient_id=first.patient_id, patient_version=began)
    with db.read() as session:
        after = patients.get(session, saved.patient_id)
    assert after.values["phone"] == "410-555-0188"
    assert "email" not in after.values


@pytest.mark.parametrize("signs", ["yes", "no"])
def test_a_clearance_of_an_earlier_injury_says_nothing_of_a_new_one(db: Database, signs: str) -> None:
    first = complete("Northfield")
    first["diagnosis"] |= {"onset": "2015-03", "onset_event": "injury"}
    first["safety"]["blood_thinner"] = "no"
    cleared = {"by": "Dr. Invented", "on": "2015-06-01", "note": "CT normal"}
    first["red_flags"]["post_traumatic"] = {"emergency_signs": "no", "cleared": cleared}
    month = f"{date.today():%Y-%m}"
    with db.begin() as session:
        stored = referrals.save(session, first)
        assert "cleared.red_flags.post_traumatic" in _ids(session, first)
        following = deepcopy(first) | referrals.new_intake(session, stored.patient_id)
        assert following["red_flags"]["post_traumatic"] == {"cleared": cleared}
        following["diagnosis"]["onset"] = month
        following["red_flags"]["post_traumatic"]["emergency_signs"] = signs
        ids = _ids(session, following)
        assert "cleared.red_flags.post_traumatic" not in ids
        found = referrals.checked(session, following)
        assert found.uncleared is (signs == "yes")
        assert "older than this onset" in "".join(one.text for one in (*found.emergency, *found.missing))


def _ids(session: Session, intake: dict[str, Any]) -> set[str]:
    return {one.id for one in referrals.checked(session, intake).emergency}


def test_an_older_version_shows_what_was_ticked_then(db: Database) -> None:
    none, later = frozenset[str](), frozenset({"safety.pregnancy"})
    with db.begin() as session:
        one = referrals.save(session, complete("Northfield"))
        two = referrals.save(session, one.intake, referral_id=one.id, version=one.version, marks=later)
        three = referrals.save(session, two.intake, referral_id=one.id, version=two.version, marks=none)
    assert two.intake == one.intake
    with db.read() as session:
        assert [versions.get(session, one.id, number).marks for number in (1, 2, 3)] == [none, later, none]
        assert versions.get(session, one.id, 2).intake == one.intake
        assert referrals.get(session, one.id).intake == three.intake == one.intake
        seen = versions.since(session, one.id, two.version)
        assert seen.base == one.intake


def test_who_prepared_it_is_not_changed_under_a_signature(db: Database) -> None:
    intake = complete("Northfield")
    intake["signature"] = {"prepared_by": "Ann"}
    with db.begin() as session:
        signed = referrals.sign(session, referrals.save(session, intake).id, "Eleanor Whitcombe, MD")
    changed = deepcopy(signed.intake)
    changed["signature"]["prepared_by"] = "Mallory"
    with db.begin() as session:
        after = referrals.save(session, changed, referral_id=signed.id, version=signed.version)
        assert (after.state, after.signed_by) == (ReferralState.DRAFT, "")
        assert "void" in referrals.history(session, signed.id)[-1].what


def test_who_was_merged_hands_on_what_the_kept_one_has(db: Database) -> None:
    other = complete("Southfield")
    other["patient"] |= {"mrn": "2", "phone": "443-555-0101"}
    with db.begin() as session:
        kept, dropped = referrals.save(session, complete("Northfield")), referrals.save(session, other)
    with db.begin() as session:
        found = patient_merging.prospect(session, kept.patient_id, dropped.patient_id)
        patient_merging.merge(session, found.kept, found.dropped)
    with db.read() as session:
        assert "diagnosis" in referrals.new_intake(session, dropped.patient_id)


def test_a_letter_that_left_is_not_noted_as_another_version(db: Database) -> None:
    signer = "Eleanor Whitcombe, MD"
    with db.begin() as session:
        seen = referrals.sign(session, referrals.save(session, complete("Northfield")).id, signer)
    changed = deepcopy(seen.intake)
    changed["pain"]["average"] = 2
    with db.begin() as session:
        referrals.save(session, changed, referral_id=seen.id, version=seen.version)
        now = referrals.sign(session, seen.id, signer)
    with pytest.raises(Conflict), db.begin() as session:
        referrals.mark_sent(session, seen.id, "Mail", seen.version)
    with db.begin() as session:
        assert referrals.mark_sent(session, seen.id, "Mail", now.version).sent_number == now.number


def test_a_part_of_an_old_address_brings_the_rest_of_it_not_back(db: Database) -> None:
    with db.begin() as session:
        first = referrals.save(session, complete("Northfield"))
    new = {"line1": "9 New Street", "city": "Towson", "state": "MD", "zip": "21204"}
    with db.begin() as session:
        now = patients.get(session, first.patient_id)
        patients.save(session, replace(now, values={**now.values, "address": new}))
    changed = deepcopy(first.intake)
    changed["patient"]["address"]["line2"] = "Apartment 4C"
    with db.begin() as session:
        referrals.save(session, changed, referral_id=first.id, version=first.version)
    with db.read() as session:
        assert patients.get(session, first.patient_id).values["address"] == new


@pytest.mark.parametrize(
    ("days", "had_signs", "carried"), [(10, "no", False), (10, "yes", True), (400, "no", True)]
)
def test_a_clearance_given_without_signs_clears_no_new_ones(
    db: Database, days: int, had_signs: str, carried: bool
) -> None:
    day = (date.today() - timedelta(days)).isoformat()
    first = complete("Northfield")
    first["patient"]["date_of_birth"] = "1950-02-03"
    first["diagnosis"] |= {"onset": "2015-01", "onset_event": "none"}
    first["labs"] = {"esr_mm_h": 10, "crp_mg_l": 1}
    first["red_flags"]["older_onset"] = {
        "emergency_signs": had_signs, "cleared": {"by": "Dr. Invented", "on": day, "note": "ESR normal"},
    }  # fmt: skip
    with db.begin() as session:
        stored = referrals.save(session, first)
        begun = referrals.new_intake(session, stored.patient_id).get("red_flags", {})
        assert ("older_onset" in begun) is carried
        following = deepcopy(first)
        following["red_flags"]["older_onset"] = begun.get("older_onset", {}) | {"emergency_signs": "yes"}
        following["red_flags"]["attested_at"] = date.today().isoformat()
        assert referrals.checked(session, following).uncleared is (had_signs == "no")
