"""Reminders are one page that a patient understands, and a script that leaves nothing clinical on a machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from referral_app.choices import AppointmentKind, PaperAct
from referral_app.database import Database
from referral_app.jobs import papers, reminders
from referral_app.services import appointments, patients, referrals, reminding
from referral_app.services.appointments import Visit
from referral_app.services.errors import InvalidInput
from tests.documents import paper
from tests.jobs.test_packets import review

SOON = datetime.combine(date.today() + timedelta(days=30), time(9, 30))


def booked(
    db: Database, reference: str, kind: AppointmentKind = AppointmentKind.CONSULT, days: int = 0
) -> str:
    with db.begin() as session:
        surgeon = referrals.surgeon_of(session, referrals.get(session, reference))
        visit = Visit(
            kind, SOON + timedelta(days), surgeon.placements[0].location.id, interpreter_booked=True
        )
        return appointments.book(session, reference, visit).id


def test_a_reminder_says_when_where_what_to_bring_and_whom_to_call_on_one_page(
    filled: Database, reference: str
) -> None:
    visit = booked(filled, reference)
    made = reminders.make(filled, reference)
    said = paper.text(made.content)
    for words in (
        "This is a reminder of your visit", f"{SOON:%A}, {SOON:%B} {SOON.day}, {SOON.year}, at 9:30 AM",
        "Please come by: 9:15 AM", "Interpreter: one is booked for you", "Bring these things", "Call us",
    ):  # fmt: skip
        assert words in said
    assert papers.pages(made.content) == 1
    assert (made.kind, made.appointment_id) == ("reminder", visit)
    assert "migraine" not in said.lower()
    assert "neuralgia" not in said.lower()


def test_a_reminder_of_surgery_points_to_its_packet(filled: Database, reference: str) -> None:
    booked(filled, reference, AppointmentKind.SURGERY)
    said = paper.text(reminders.make(filled, reference, large=True).content)
    assert "This is a reminder of your surgery" in said
    assert "It says how to get ready" in said


def test_spanish_is_printed_once_its_words_are_reviewed(filled: Database, reference: str) -> None:
    booked(filled, reference)
    waiting = reminders.make(filled, reference, language="es")
    assert (waiting.language, len(waiting.notes)) == ("en", 1)
    review(filled)
    made = reminders.make(filled, reference, language="es")
    assert made.language == "es"
    assert "Le recordamos su cita" in paper.text(made.content)


def test_the_visit_that_is_named_is_the_one_and_none_is_refused(filled: Database, reference: str) -> None:
    with pytest.raises(InvalidInput, match="No visit to come"):
        reminders.make(filled, reference)
    booked(filled, reference)
    second = booked(filled, reference, AppointmentKind.FOLLOW_UP, 14)
    made = reminders.shown(filled, f"{reference}{reminders.VISIT}{second}")
    assert made.appointment_id == second


def _allow(db: Database, reference: str, allowed: bool) -> None:
    with db.begin() as session:
        record = referrals.get(session, reference)
        patient = patients.get(session, record.patient_id)
        patients.save(session, replace(patient, values={**patient.values, "message_ok": allowed}))


@pytest.mark.parametrize("allowed", [True, False])
def test_a_machine_is_told_no_surgeon_and_nothing_clinical_and_only_where_that_is_allowed(
    filled: Database, reference: str, allowed: bool
) -> None:
    visit = booked(filled, reference)
    _allow(filled, reference, allowed)
    script = reminders.script(filled, visit)
    assert bool(script.message) is allowed
    assert any(script.visit.surgeon in line for line in script.spoken)
    for word in (script.visit.surgeon, "surgery", "Headache", "pain", script.visit.patient):
        assert word not in script.message


def _record(db: Database, visit: str, **parts: Any) -> Any:
    with db.begin() as session:
        return reminding.by_phone(session, visit, **parts)


def test_somebody_reminded_by_phone_is_recorded_with_the_call(filled: Database, reference: str) -> None:
    visit = booked(filled, reference)
    _allow(filled, reference, False)
    with pytest.raises(InvalidInput, match="did not allow"):
        _record(filled, visit, message=True)
    with pytest.raises(InvalidInput, match="identity was checked"):
        _record(filled, visit)
    record = _record(filled, visit, checked="birth_and_phone")
    assert record.reminded_at is not None


def test_a_reminder_that_leaves_is_a_reminder(filled: Database, reference: str) -> None:
    visit = booked(filled, reference)
    made = reminders.make(filled, reference)
    papers.left(filled, made, PaperAct.PRINTED, how="Front desk")
    with filled.read() as session:
        assert appointments.get(session, visit).reminded_at is not None


def test_a_reminder_that_the_printer_did_not_take_after_all_is_none(filled: Database, reference: str) -> None:
    visit = booked(filled, reference)
    made = reminders.make(filled, reference)
    papers.left(filled, made, PaperAct.PRINTED, how="Front desk")
    papers.left(filled, made, PaperAct.PRINTED, how="Front desk: taken back", copies=0)
    with filled.read() as session:
        assert appointments.get(session, visit).reminded_at is None
