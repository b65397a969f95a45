"""Reports count what is in the store: percentiles by the nearest rank, scope, too few, what was missing, the index."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text

from referral_app.choices import (
    AppointmentKind,
    AppointmentStatus,
    AuditAction,
    ReferralState,
    RequestStatus,
    StaffRole,
)
from referral_app.models.base import new_id
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.models.request import Request
from referral_app.models.work import Appointment
from referral_app.services import referrals, report_counts, reports
from referral_app.services.errors import InvalidInput
from referral_app.services.report_records import Part
from referral_app.services.reports import Report, Wanted
from tests.acting import as_role
from tests.services.conftest import Offices, complete

FIRST = date(2026, 1, 5)
YEAR = Wanted(date(2026, 1, 1), date(2026, 12, 31))


def put(world: Offices, number: int = 1, practice: str = "", **columns: Any) -> str:
    """Write a request as it stands, with a referral of its own, to the surgeon whom the invented referral asks."""
    with world.db.begin() as session:
        model = session.get_one(Referral, world.north.referral)
        last = session.scalars(select(Referral.serial).order_by(Referral.serial.desc())).first() or 0
        patient = columns.pop("patient_id", None)
        referral = Referral(
            id=new_id(), serial=last + 1, reference=f"TEST-{last:04}-X", state=ReferralState.SENT,
            readiness=model.readiness, practice_id=practice or world.north.practice, number=1, marks=[],
            patient_id=patient, surgeon_id=model.surgeon_id,
        )  # fmt: skip
        session.add(referral)
        session.flush()
        values: dict[str, Any] = {"sent_on": FIRST, "status": RequestStatus.SENT} | columns
        session.add(
            Request(
                referral_id=referral.id, number=number, surgeon_id=model.surgeon_id, surgeon_name="Keen",
                practice_id=referral.practice_id, **values,
            )
        )  # fmt: skip
        return referral.id


def report(world: Offices, key: str, wanted: Wanted = YEAR) -> Report:
    with world.db.read() as session:
        return reports.make(session, key, wanted)


def row(part: Part, label: str) -> tuple[str, ...]:
    return next(one for one in part.rows if one[0] == label)


def day(after: int) -> date:
    return FIRST + timedelta(days=after)


def test_days_in_a_step_are_those_between_its_ends_with_percentiles_of_the_nearest_rank(
    offices: Offices,
) -> None:
    for days in range(1, 11):
        put(offices, begun_on=day(-4), signed_on=day(-1), received_on=day(1), accepted_on=day(1 + days))
    (part,) = report(offices, "steps").parts
    assert row(part, "Begun to signed") == ("Begun to signed", "10", "3", "3", "3")
    assert row(part, "Signed to sent") == ("Signed to sent", "10", "1", "1", "1")
    assert row(part, "Received to accepted") == ("Received to accepted", "10", "5", "1", "9")
    assert row(part, "Accepted to visit booked")[1] == "0"
    assert part.plot is not None
    assert "Received to accepted: 5 (1 to 9), n = 10" in part.plot.alternative


def test_fewer_than_five_are_too_few_for_a_figure(offices: Offices) -> None:
    for _ in range(4):
        put(offices, seen_on=day(30), visit_on=day(30))
    (consultation, surgery) = report(offices, "waits").parts
    assert [one[1:3] for one in consultation.rows] == [("4", "too few")]
    assert consultation.plot is None
    put(offices, seen_on=day(40), visit_on=day(40))
    (consultation, surgery) = report(offices, "waits").parts
    assert [one[1:5] for one in consultation.rows] == [("5", "30", "30", "40")]
    assert consultation.rows[0][5] == "January 5, 2026 to January 5, 2026"
    assert surgery.rows == ()


def test_the_wait_for_surgery_is_to_the_first_operation_that_took_place(offices: Offices) -> None:
    for number in range(6):
        referral = put(offices)
        with offices.db.begin() as session:
            surgeon = session.scalars(select(Request.surgeon_id).where(Request.referral_id == referral)).one()
            for after, status in (
                (60 + number, AppointmentStatus.KEPT),
                (90, AppointmentStatus.KEPT),
                (20, AppointmentStatus.CANCELED),
            ):
                start = datetime(FIRST.year, FIRST.month, FIRST.day, 17, tzinfo=UTC) + timedelta(days=after)
                session.add(
                    Appointment(
                        referral_id=referral, surgeon_id=surgeon, kind=AppointmentKind.SURGERY, start=start,
                        status=status,
                    )
                )  # fmt: skip
    surgery = report(offices, "waits").parts[1]
    assert surgery.rows[0][1:5] == ("6", "62", "60", "65")


def test_completion_says_who_reached_each_step_where_others_stand_and_why_some_ended(
    offices: Offices,
) -> None:
    put(offices, status=RequestStatus.COMPLETED, received_on=day(1), accepted_on=day(2), booked_on=day(3),
        visit_on=day(20), ended_on=day(25), told_on=day(26))  # fmt: skip
    for _ in range(2):
        put(
            offices,
            status=RequestStatus.DECLINED,
            received_on=day(1),
            ended_on=day(2),
            reason="Plan not taken",
        )
    put(offices, status=RequestStatus.CANCELED, ended_on=day(2))
    put(offices, status=RequestStatus.UNATTENDED, received_on=day(1))
    reached, standing, ended = report(offices, "completion").parts
    assert [(one[0], one[1]) for one in reached.rows] == [
        ("Sent", "5"), ("Received", "4"), ("Accepted", "1"), ("Visit booked", "1"), ("Seen", "1"),
        ("Outcome received", "1"), ("Patient told", "1"),
    ]  # fmt: skip
    assert [one[:2] for one in standing.rows] == [("Patient did not come", "1")]
    assert [one[:2] for one in ended.rows] == [
        ("Declined: Plan not taken", "2"),
        ("Canceled: No reason entered", "1"),
    ]


def test_what_was_missing_is_counted_by_part_of_the_form_and_what_nobody_kept_is_said(
    offices: Offices,
) -> None:
    put(offices, missing="imaging scores-gap")
    put(offices, missing="imaging")
    put(offices, missing="")
    put(offices)
    (part,) = report(offices, "missing").parts
    assert [(one[0], one[1], one[3]) for one in part.rows] == [("Imaging", "2", "0"), ("Scores", "0", "1")]
    assert part.note.startswith("3 requests counted")
    assert "1 others were sent before" in part.note


def test_the_index_is_that_of_one_patient_first_and_latest(offices: Offices) -> None:
    for number in range(5):
        with offices.db.begin() as session:
            patient = Patient(
                id=new_id(), family_name=f"Invented{number}", details={}, practice_id=offices.north.practice
            )
            session.add(patient)
            session.flush()
            mine = patient.id
        put(offices, patient_id=mine, headache_index=100.0 + number, index_on=day(0))
        put(offices, patient_id=mine, headache_index=80.0, index_on=day(10), sent_on=day(10))
        put(offices, patient_id=mine, headache_index=40.0 + number, index_on=day(90), sent_on=day(90))
    found = report(offices, "index")
    assert [one[1:] for one in found.parts[0].rows] == [
        ("5", "102"), ("5", "42"), ("5", "-60"), ("5", ""),
    ]  # fmt: skip
    assert "no proof" in found.note


def test_only_the_period_the_practice_and_the_surgeon_that_are_asked_for_count(offices: Offices) -> None:
    put(offices)
    put(offices, sent_on=date(2025, 12, 31))
    put(offices, sent_on=date(2026, 12, 31))
    put(offices, practice=offices.south.practice)

    def sent(wanted: Wanted) -> str:
        return report(offices, "completion", wanted).parts[0].rows[0][1]

    assert sent(YEAR) == "3"
    assert sent(Wanted(FIRST, FIRST)) == "2"
    assert sent(Wanted(YEAR.since, YEAR.until, practice_id=offices.south.practice)) == "1"
    assert sent(Wanted(YEAR.since, YEAR.until, surgeon_id=new_id())) == "0"
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    assert sent(YEAR) == "1"


def test_a_period_that_ends_before_it_begins_and_an_unknown_report_are_refused(offices: Offices) -> None:
    with pytest.raises(InvalidInput, match="ends before it begins"):
        report(offices, "steps", Wanted(date(2026, 2, 1), date(2026, 1, 1)))
    with pytest.raises(InvalidInput, match="no report"):
        report(offices, "gossip")


def test_a_canceled_report_stops_and_notes_nothing(offices: Offices) -> None:
    put(offices)
    with pytest.raises(reports.Stopped), offices.db.read() as session:
        reports.make(session, "steps", YEAR, canceled=lambda: True)
    with offices.db.read() as session:
        query = text("SELECT count(*) FROM audit_event WHERE kind = 'report'")
        assert session.scalar(query) == 0


def test_each_report_is_one_event_with_its_filter(offices: Offices) -> None:
    report(offices, "waits")
    with offices.db.read() as session:
        found = session.execute(
            text("SELECT action, object_id, details FROM audit_event WHERE kind = 'report'")
        ).all()
    assert [(one.action, one.object_id) for one in found] == [(str(AuditAction.SEARCHED), "waits")]
    assert "2026-01-01" in found[0].details


def test_sending_notes_what_was_missing_and_the_reading(offices: Offices) -> None:
    with offices.db.begin() as session:
        intake = complete("Northfield")
        intake["pain"]["quality"] = {"unavailable": "Asked for"}
        intake["exam"].pop("tinel")
        record = referrals.get(session, offices.north.referral)
        referrals.save(
            session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id
        )
    with offices.db.begin() as session:
        referrals.sign(session, offices.north.referral, "Rosa Ortiz, MD")
        referrals.mark_sent(session, offices.north.referral, "Mail")
    with offices.db.read() as session:
        found = session.scalars(select(Request).where(Request.referral_id == offices.north.referral)).one()
        assert found.headache_index is not None
        assert found.index_on is not None
        assert found.signed_on == found.sent_on == date.today()
        assert found.missing is not None
        assert set(found.missing.split()) >= {"pain-gap", "exam"}


def test_the_reports_read_a_period_from_their_indexes_alone(offices: Offices) -> None:
    with offices.db.read() as session:
        where = report_counts.conditions(session, YEAR)
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {_both(where)}")).all()
    assert any("COVERING INDEX ix_request_report" in str(one) for one in plan)


@pytest.mark.parametrize(
    ("key", "indexes"),
    [
        ("completion", ("ix_request_report", "ix_request_ended")),
        ("waits", ("ix_request_surgeon",)),
        ("missing", ("ix_request_report",)),
        ("index", ("ix_referral_patient", "ix_request_reading")),
    ],
)
def test_each_report_reads_its_own_indexes_and_no_row(
    offices: Offices, key: str, indexes: tuple[str, ...]
) -> None:
    put(offices)
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    with offices.db.read() as session:
        event.listen(session.get_bind(), "before_cursor_execute", note)
        try:
            reports.make(session, key, YEAR)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", note)
        explain = session.connection().exec_driver_sql
        plans = [
            str(explain(f"EXPLAIN QUERY PLAN {sql}", values).all())
            for sql, values in asked
            if "request" in sql
        ]
    for index in indexes:
        assert any(f"COVERING INDEX {index}" in plan for plan in plans), plans


def _both(where: Any) -> str:
    statement = select(report_counts.BOTH).where(*where)
    return str(statement.compile(compile_kwargs={"literal_binds": True}))
