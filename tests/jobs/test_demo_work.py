"""The demonstration of the window: a working day of invented people, whatever the day is."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest

from referral_app.choices import ReplyKind, Step
from referral_app.database import open_database
from referral_app.jobs import demo, demo_work
from referral_app.paths import Paths
from referral_app.services import (
    appointments,
    calls,
    demonstration,
    patient_requests,
    referrals,
    reports,
    requests,
    tasks,
    waiting_lists,
    worklists,
)
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import Filter
from referral_app.services.report_records import Wanted

TODAY = date.today()
EMPTY = {Step.NOT_DELIVERED, Step.INFORMATION}
"""What nobody in the demonstration waits for too long, or at all."""


def test_home_worklists_calendar_and_reports_show_something(paths: Paths) -> None:
    with closing(demo.begin(paths)) as db, db.read() as session:
        piles = waiting_lists.counts(session)
        assert {step for step, one in piles.items() if not one.all} == {Step.NOT_DELIVERED}
        assert {step for step, one in piles.items() if not one.due} <= EMPTY
        rows = worklists.find(session, Filter())
        assert len(rows) == 1 + len(demo_work.SENT) + len(demo_work.UNSENT)
        assert all(
            one.owner == demo.PERSON
            for one in waiting_lists.find(session, waiting_lists.Which(Step.NO_VISIT))
        )
        visits = appointments.between(session, TODAY - timedelta(120), TODAY + timedelta(30))
        assert {one.status for one in visits} == {"scheduled", "kept", "no_show"}
        assert {one.all for one in patient_requests.counts(session)} == {1}
        assert len(tasks.find(session)) >= 4
        assert any(calls.of_referral(session, one.id) for one in rows)
        completed = reports.make(session, "completion", Wanted(TODAY - timedelta(365), TODAY))
        assert any(part.rows for part in completed.parts)


def test_the_main_job_has_its_one_referral(paths: Paths) -> None:
    with closing(open_database(paths)) as db:
        demo.fill(db)
        with db.read() as session:
            assert worklists.count(session, Filter()) == 1


def test_each_request_went_on_the_day_that_is_said_of_it(paths: Paths) -> None:
    with closing(demo.begin(paths)) as db, db.read() as session:
        rows = {one.patient.partition(",")[0]: one for one in worklists.find(session, Filter())}
        for who, _came in demo_work.SENT:
            request = requests.current(session, rows[who.family].id)
            assert request is not None
            assert request.sent_on == TODAY - timedelta(who.ago)


def test_what_came_lies_between_sending_and_today_on_whatever_day_it_is_shown() -> None:
    for number in range(800):
        today = date(2026, 11, 1) + timedelta(number)
        for who, came in demo_work.SENT:
            sent = today - timedelta(who.ago)
            for one in came:
                day = one.visit is not None and demo_work.business_day(today, one.visit)
                if day and one.kind is ReplyKind.APPOINTMENT:
                    assert sent + timedelta(one.after) < day, (today, who)
                elif day:
                    assert sent + timedelta(4) < day < today, (today, who)
                assert one.after <= who.ago, who


def test_nobody_else_moves_what_happened(paths: Paths) -> None:
    with closing(open_database(paths)) as db:
        demo.fill(db)
        with db.begin() as session:
            name = worklists.find(session, Filter())[0].id
            session.connection().exec_driver_sql("DELETE FROM store_fact WHERE name = 'demonstration'")
            before = referrals.get(session, name).created
            with pytest.raises(InvalidInput, match="demonstration"):
                demonstration.age(session, name, TODAY - timedelta(9), TODAY)
            assert referrals.get(session, name).created == before
