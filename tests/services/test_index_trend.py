"""The headache index over a patient's referrals: earlier ones, signed or last, this one as it is printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from referral_app.database import Database
from referral_app.services import index_trend, referrals
from referral_app.services.index_trend import Point
from referral_app.services.referral_records import ReferralRecord
from tests.services.conftest import Offices, complete
from tests.services.test_audit import noted_of


def _save(
    db: Database, on: str, days: int, after: ReferralRecord | None = None, **more: Any
) -> ReferralRecord:
    intake = complete("Trend")
    intake["referrer"]["date"] = on
    intake["last_30_days"] |= {"headache_days": days, "migraine_days": 5, "hours_per_headache_day": 12}
    intake["last_30_days"].pop("diary_to", None)
    intake["pain"]["average"] = 6
    with db.begin() as session:
        if after is None:
            return referrals.save(session, intake, **more)
        return referrals.save(
            session, intake, referral_id=after.id, version=after.version, patient_id=after.patient_id
        )


def _trend(db: Database, record: ReferralRecord, number: int = 0) -> list[Point]:
    with db.read() as session:
        return index_trend.of_referral(session, record.reference, number)


def test_one_referral_is_one_reading(offices: Offices) -> None:
    first = _save(offices.db, "2025-09-01", 20)
    assert _trend(offices.db, first) == [Point(date(2025, 9, 1), 60.0, 20, first.reference)]


def test_earlier_referrals_count_and_later_ones_do_not(offices: Offices) -> None:
    first = _save(offices.db, "2025-09-01", 20)
    second = _save(offices.db, "2026-03-01", 10, patient_id=first.patient_id)
    assert [point.index for point in _trend(offices.db, second)] == [60.0, 30.0]
    assert [point.index for point in _trend(offices.db, first)] == [60.0]


def test_a_correction_replaces_its_reading_and_an_older_version_prints_its_own(offices: Offices) -> None:
    first = _save(offices.db, "2025-09-01", 20)
    again = _save(offices.db, "2025-09-01", 22, first)
    assert [point.days for point in _trend(offices.db, again)] == [22]
    assert [point.days for point in _trend(offices.db, again, 1)] == [20]


def test_a_canceled_referral_does_not_count(offices: Offices) -> None:
    first = _save(offices.db, "2025-09-01", 20)
    second = _save(offices.db, "2026-03-01", 10, patient_id=first.patient_id)
    with offices.db.begin() as session:
        referrals.cancel(session, first.id, "Moved away")
    assert [point.index for point in _trend(offices.db, second)] == [30.0]


def test_what_is_read_of_other_referrals_is_noted_once(offices: Offices) -> None:
    first = _save(offices.db, "2025-09-01", 20)
    assert noted_of(offices.db, lambda: _trend(offices.db, first)) == []
    second = _save(offices.db, "2026-03-01", 10, patient_id=first.patient_id)
    events = noted_of(offices.db, lambda: _trend(offices.db, second))
    assert [(one["action"], one["kind"]) for one in events] == [("opened", "index_trend")]
