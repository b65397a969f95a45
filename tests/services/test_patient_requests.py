"""What patients asked for is counted while it is open: how many are late, the oldest, and the first day due."""

from __future__ import annotations

from datetime import date, timedelta

from referral_app.choices import StaffRole
from referral_app.services import amendments, patient_requests, releases
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.patient_requests import RequestPile
from referral_app.services.releases import ReleaseRecord
from tests.acting import as_role
from tests.services.conftest import Offices

TODAY = date.today()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def counted(world: Offices, today: date = TODAY) -> dict[str, RequestPile]:
    with world.db.read() as session:
        return {one.kind: one for one in patient_requests.counts(session, today)}


def ask(world: Offices, patient_id: str, copies: int = -1, correction: int = -1) -> str:
    with world.db.begin() as session:
        if copies >= 0:
            return releases.record(session, ReleaseRecord(patient_id, "Invented Person", ago(copies))).id
        return amendments.record(
            session, AmendmentRecord(patient_id, "Invented Person", ago(correction), "The date")
        ).id


def test_nothing_is_asked_for_at_first(offices: Offices) -> None:
    assert counted(offices) == {kind: RequestPile(kind) for kind in ("copies", "corrections")}


def test_a_request_is_late_from_the_day_after_its_day_on(offices: Offices) -> None:
    ask(offices, offices.north.patient, copies=30)
    ask(offices, offices.north.patient, correction=60)
    for kind, oldest in (("copies", ago(30)), ("corrections", ago(60))):
        assert counted(offices)[kind] == RequestPile(kind, 1, 0, oldest, TODAY)
        assert counted(offices, TODAY + timedelta(days=1))[kind] == RequestPile(kind, 1, 1, oldest, TODAY)


def test_what_is_answered_or_put_off_is_not_late(offices: Offices) -> None:
    copy = ask(offices, offices.north.patient, copies=40)
    done, later = (ask(offices, offices.north.patient, correction=days) for days in (70, 60))
    assert [(one.all, one.late) for one in counted(offices).values()] == [(1, 1), (2, 1)]
    with offices.db.begin() as session:
        releases.refuse(session, copy, "Withdrawn")
        amendments.accept(session, done)
        amendments.extend(session, later, "The surgeon's office is asked")
    assert counted(offices) == {
        "copies": RequestPile("copies"),
        "corrections": RequestPile("corrections", 1, 0, ago(60), TODAY + timedelta(days=30)),
    }


def test_another_practice_s_requests_are_not_counted(offices: Offices) -> None:
    ask(offices, offices.south.patient, copies=40)
    ask(offices, offices.north.patient, copies=10)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    assert counted(offices)["copies"] == RequestPile("copies", 1, 0, ago(10), TODAY + timedelta(days=20))
