"""Observed waits: the median of what this store's own patients waited, and silence where that says too little."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from referral_app.choices import AppointmentStatus
from referral_app.database import Database, Session
from referral_app.models.referral import Referral
from referral_app.models.work import Appointment
from referral_app.services import surgeons, waits
from tests import invented

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def referral_ids(filled: Database) -> list[str]:
    invented.fill(filled)
    with filled.read() as session:
        return list(session.scalars(text("SELECT id FROM referral ORDER BY reference")))


def _visit(
    session: Session, referral_id: str, surgeon_id: str, waited: int, *,
    sent: datetime | None = None, status: AppointmentStatus = AppointmentStatus.KEPT,
) -> None:  # fmt: skip
    """Let a referral be sent and its visit take place some days later."""
    row = session.get_one(Referral, referral_id.replace("-", ""))
    row.sent_at = sent or NOW - timedelta(days=90)
    start = row.sent_at + timedelta(days=waited, hours=2)
    session.add(Appointment(referral_id=row.id, surgeon_id=surgeon_id, start=start, status=status))
    session.flush()


def _keen(session: Session) -> str:
    return surgeons.by_npi(session, "9000000015").id


def test_the_median_of_three_visits_is_told_with_number_and_window(
    filled: Database, referral_ids: list[str]
) -> None:
    with filled.begin() as session:
        for referral_id, waited in zip(referral_ids, (40, 8, 21), strict=False):
            _visit(session, referral_id, _keen(session), waited)
        found = waits.observed(session, _keen(session), NOW)
    assert found is not None
    assert (found.days, found.n, found.since.isoformat()) == (21, 3, "2025-11-28")


def test_under_three_visits_nothing_is_told(filled: Database, referral_ids: list[str]) -> None:
    with filled.begin() as session:
        for referral_id in referral_ids[:2]:
            _visit(session, referral_id, _keen(session), 10)
        assert waits.observed(session, _keen(session), NOW) is None


def test_canceled_missed_and_coming_visits_and_those_of_last_year_do_not_count(
    filled: Database, referral_ids: list[str]
) -> None:
    with filled.begin() as session:
        keen = _keen(session)
        for referral_id in referral_ids[:3]:
            _visit(session, referral_id, keen, 10)
        _visit(session, referral_ids[3], keen, 80, status=AppointmentStatus.CANCELED)
        _visit(session, referral_ids[4], keen, 80, status=AppointmentStatus.NO_SHOW)
        _visit(session, referral_ids[5], keen, 200)
        _visit(session, referral_ids[6], keen, 80, sent=NOW - timedelta(days=500))
        found = waits.observed(session, keen, NOW)
    assert found is not None
    assert (found.days, found.n) == (10, 3)


def test_of_several_visits_of_a_referral_the_first_counts(filled: Database, referral_ids: list[str]) -> None:
    with filled.begin() as session:
        keen = _keen(session)
        for referral_id in referral_ids[:3]:
            _visit(session, referral_id, keen, 50)
            _visit(session, referral_id, keen, 14)
        found = waits.observed(session, keen, NOW)
    assert found is not None
    assert (found.days, found.n) == (14, 3)


def test_visits_with_others_do_not_count(filled: Database, referral_ids: list[str]) -> None:
    with filled.begin() as session:
        other = surgeons.by_npi(session, "9000000023").id
        for referral_id in referral_ids[:3]:
            _visit(session, referral_id, other, 10)
        assert waits.observed(session, _keen(session), NOW) is None
