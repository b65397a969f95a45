"""The call log: what was said, how identity was checked, and no message where the patient allowed none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from referral_app.choices import IdentityCheck, StaffRole
from referral_app.models.base import now
from referral_app.models.referral import Referral
from referral_app.services import calls, owners, patients
from referral_app.services.calls import NOT_ALLOWED, CallRecord
from referral_app.services.errors import InvalidInput
from tests.acting import as_role
from tests.services.conftest import Offices
from tests.services.test_requests import sent

TODAY = date.today()


def allow(world: Offices, may: bool) -> None:
    with world.db.begin() as session:
        record = patients.get(session, world.north.patient)
        values = record.values | {"message_ok": may}
        patients.save(
            session, patients.PatientRecord(values, record.coverage, record.id, version=record.version)
        )


def test_a_call_keeps_who_what_and_how_identity_was_told(offices: Offices) -> None:
    call = CallRecord(
        offices.north.patient, "Her daughter", "Prefers mornings", number="410-555-0101",
        checked=str(IdentityCheck.CALLED_BACK),
    )  # fmt: skip
    with offices.db.begin() as session:
        made = calls.log(session, call)
        assert (made.by, made.checked, made.said) == ("Rosa Ortiz", "called_back", "Prefers mornings")
        assert calls.of_patient(session, offices.north.patient) == [made]
        assert calls.of_patient(session, offices.south.patient) == []


def test_the_next_step_of_a_call_becomes_that_of_the_referral(offices: Offices) -> None:
    name = sent(offices)
    call = CallRecord("", "Dr. Keen’s office", "They look for it", name, next_step="Call again")
    with offices.db.begin() as session:
        made = calls.log(session, call, TODAY + timedelta(2))
        assert made.patient_id == offices.north.patient
        plan = owners.get(session, name)
        assert calls.of_referral(session, name) == [made]
    assert (plan.next_step, plan.follow_up_on) == ("Call again", TODAY + timedelta(2))


def test_a_message_needs_the_patients_word(offices: Offices) -> None:
    call = CallRecord(offices.north.patient, "Answering machine", "Please call", message_left=True)
    allow(offices, False)
    with offices.db.begin() as session, pytest.raises(InvalidInput) as refused:
        calls.log(session, call)
    assert refused.value.fields == {"message_left": NOT_ALLOWED}
    allow(offices, True)
    with offices.db.begin() as session:
        assert calls.log(session, call).message_allowed
        known = calls.known(session, offices.north.patient)
    assert known.message_allowed
    assert known.numbers
    assert known.referrals[0][0] == offices.north.reference


def test_what_is_missing_or_cannot_be_is_refused_by_field(offices: Offices) -> None:
    empty = CallRecord(offices.north.patient, " ", "", at=now() + timedelta(hours=1))
    with offices.db.begin() as session, pytest.raises(InvalidInput) as refused:
        calls.log(session, empty, TODAY)
    assert set(refused.value.fields) == {"with_whom", "said", "follow_up_on", "at"}
    with offices.db.read() as session:
        assert calls.of_patient(session, offices.north.patient) == []


def test_a_referral_of_another_patient_is_refused(offices: Offices) -> None:
    call = CallRecord(offices.north.patient, "Her daughter", "Prefers mornings", offices.south.referral)
    with offices.db.begin() as session, pytest.raises(InvalidInput) as refused:
        calls.log(session, call)
    assert refused.value.fields == {"reference": "This referral is of another patient."}


def test_an_office_is_offered_its_own_referrals_of_a_patient_alone(offices: Offices) -> None:
    with offices.db.begin() as session:
        row = session.get_one(Referral, offices.south.referral)
        row.patient_id = offices.north.patient
    with offices.db.begin() as session:
        assert len(calls.known(session, offices.north.patient).referrals) == 2
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="Ann")
    with offices.db.begin() as session:
        known = calls.known(session, offices.north.patient)
    assert [one for one, _ in known.referrals] == [offices.north.reference]


def test_an_office_reads_no_call_about_a_referral_that_it_does_not_see(offices: Offices) -> None:
    with offices.db.begin() as session:
        calls.log(
            session, CallRecord("", "The Center", "About the Center's own referral", offices.north.referral)
        )
        calls.log(session, CallRecord(offices.north.patient, "Her daughter", "Prefers mornings"))
        session.get_one(Referral, offices.north.referral).practice_id = None  # the Center's, as after a merge
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.read() as session:
        assert [one.said for one in calls.of_patient(session, offices.north.patient)] == ["Prefers mornings"]
