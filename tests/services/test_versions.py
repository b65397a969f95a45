"""The versions of a referral side by side: what both began with, who saved since, and a merge on top of it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import text

from referral_app.choices import ReferralState
from referral_app.clinical import differences
from referral_app.clinical.differences import MINE
from referral_app.database import Database
from referral_app.services import referrals, versions
from referral_app.services.errors import Conflict
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.versions import Newer
from tests.acting import acting


def _read(db: Database, name: str) -> ReferralRecord:
    with db.read() as session:
        return referrals.get(session, name)


def _save(db: Database, who: str, before: ReferralRecord, **answers: Any) -> ReferralRecord:
    intake = deepcopy(before.intake)
    intake["pain"] |= answers
    with acting(db, who), db.begin() as session:
        return referrals.save(
            session, intake, referral_id=before.id, version=before.version, patient_id=before.patient_id
        )


def _since(db: Database, before: ReferralRecord) -> Newer:
    with db.read() as session:
        return versions.since(session, before.id, before.version)


def test_the_version_that_was_read_is_found_again_after_many_changes(
    filled: Database, reference: str
) -> None:
    opened = _save(filled, "Ann", _read(filled, reference), average=1)
    later = _save(filled, "Rosa", opened, average=2)
    with acting(filled, "Rosa"), filled.begin() as session:
        referrals.sign(session, later.id, "Eleanor Whitcombe, MD")
        referrals.mark_sent(session, later.id, "Fax")
    newer = _since(filled, opened)
    assert newer.base == opened.intake
    assert newer.record.state is ReferralState.SENT
    assert newer.saved_by == "Rosa"
    assert [event.what for event in newer.events] == ["Saved", "Signed by Eleanor Whitcombe, MD", "Sent"]
    last = _since(filled, _read(filled, reference))
    assert (last.base, last.events) == (last.record.intake, ())


def test_a_change_that_only_moved_the_referral_leaves_the_answers_as_read(
    filled: Database, reference: str
) -> None:
    opened = _read(filled, reference)
    with filled.begin() as session:
        referrals.cancel(session, opened.id, "Entered twice")
    newer = _since(filled, opened)
    assert newer.base == newer.record.intake == opened.intake
    assert [event.what for event in newer.events] == ["Canceled"]


def test_a_version_that_cannot_be_told_for_certain_is_not_guessed(filled: Database, reference: str) -> None:
    opened = _read(filled, reference)
    _save(filled, "Rosa", opened, average=2)
    with filled.begin() as session:
        session.execute(text("UPDATE referral SET version = version + 1"))
    assert _since(filled, opened).base is None


def test_two_writers_end_in_one_version_with_the_changes_of_both(filled: Database, reference: str) -> None:
    opened = _read(filled, reference)
    theirs = _save(filled, "Rosa", opened, worst=10, average=2)
    mine = deepcopy(opened.intake)
    mine["pain"] |= {"now": 1, "average": 9}
    with pytest.raises(Conflict), filled.begin() as session:
        referrals.save(session, mine, referral_id=opened.id, version=opened.version)
    newer = _since(filled, opened)
    found = differences.between(newer.base, mine, newer.record.intake)
    assert {one.path: one.taken for one in found} == {
        "pain.worst": "theirs", "pain.average": "", "pain.now": "mine"
    }  # fmt: skip
    whole = differences.merged(mine, newer.record.intake, found, {"pain.average": MINE})
    with filled.begin() as session:
        last = referrals.save(session, whole, referral_id=opened.id, version=newer.record.version)
    assert last.number == theirs.number + 1
    assert {name: last.intake["pain"][name] for name in ("worst", "average", "now")} == {
        "worst": 10, "average": 9, "now": 1
    }  # fmt: skip
