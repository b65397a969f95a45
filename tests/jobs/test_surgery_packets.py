"""The surgery packet of a stored referral: refused with what is missing, made with what is booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from referral_app.choices import AppointmentKind, AppointmentStatus, PaperAct
from referral_app.database import Database
from referral_app.jobs import packets, papers, patient_texts, surgery_packets
from referral_app.services import appointments, ledger, matching, referrals, surgeons, surgery_plans
from referral_app.services import patient_texts as reviewing
from referral_app.services.appointments import Visit
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import Query
from tests.documents import paper

NOW = datetime(2027, 3, 1, 15, tzinfo=UTC)
TODAY = NOW.date()
DAY = datetime(2027, 3, 27, 7, 30)


def prepared(db: Database, reference: str) -> str:
    """Book an operation and two visits after it, save the answers, and return the id of the operation."""
    with db.begin() as session:
        record = referrals.get(session, reference)
        place = surgeons.get(session, record.surgeon_id).placements[0].location.id
        first = appointments.book(session, reference, Visit(AppointmentKind.SURGERY, DAY, place), NOW)
        for days in (7, 21):
            visit = Visit(AppointmentKind.FOLLOW_UP, DAY + timedelta(days), place)
            last = appointments.book(session, reference, visit, NOW)
        appointments.cancel(session, last.id, "The office is closed")
        plan = surgery_plans.get(session, reference)
        answers = {"fasting": "No food after 11:00 PM.", "medications": "As usual.", "ride": "Your sister."}
        surgery_plans.save(session, replace(plan, **answers, answered_by="Priya Shah"))
    return first.id


def test_without_a_day_and_answers_the_refusal_names_exactly_what_is_missing(
    filled: Database, reference: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        surgery_packets.make(filled, reference, today=TODAY)
    with filled.read() as session:
        missing = surgery_plans.ready(session, reference, TODAY)
    assert len(missing) == 4
    assert error.value.fields == {"": " ".join(missing)}


def test_it_says_what_is_booked_and_what_the_surgeon_wants(filled: Database, reference: str) -> None:
    surgery = prepared(filled, reference)
    made = surgery_packets.make(filled, reference, today=TODAY)
    assert (made.name, made.kind) == (f"surgery-packet-{reference}.pdf", "surgery_packet")
    assert (made.appointment_id, made.notes, made.language) == (surgery, (), "en")
    said = paper.text(made.content)
    for words in ("Saturday, March 27, 2027", "7:15 AM", "No food after 11:00 PM.", "As usual.", "Your sister.",
                  "April 3, 2027"):  # fmt: skip
        assert words in said, words
    assert "April 17, 2027, at" not in said, "a canceled visit"


def test_a_batch_of_a_later_operation_prints_that_one(filled: Database, reference: str) -> None:
    prepared(filled, reference)
    with filled.begin() as session:
        later = Visit(AppointmentKind.SURGERY, DAY + timedelta(days=60))
        second = appointments.book(session, reference, later, NOW)
    made = surgery_packets.gather(filled, reference, today=TODAY, appointment_id=second.id).make(filled)
    assert made.appointment_id == second.id
    assert "Wednesday, May 26, 2027" in paper.text(made.content, 1)
    other = packets.gather(filled, reference, appointment_id=second.id).make(filled)
    assert other.appointment_id == ""


def test_the_operation_that_is_named_is_the_one_that_must_be_with_the_surgeon_asked(
    filled: Database, reference: str
) -> None:
    first = prepared(filled, reference)
    with filled.begin() as session:
        asked = referrals.get(session, reference).surgeon_id
        other = next(one.surgeon.id for one in matching.find(session, Query(), 9) if one.surgeon.id != asked)
        later = Visit(AppointmentKind.SURGERY, DAY + timedelta(days=60), surgeon_id=other)
        second = appointments.book(session, reference, later, NOW)
    assert surgery_packets.gather(filled, reference, today=TODAY, appointment_id=first).make(filled)
    with pytest.raises(InvalidInput, match="The operation is booked with"):
        surgery_packets.gather(filled, reference, today=TODAY, appointment_id=second.id)


def test_a_named_operation_that_was_missed_is_refused(filled: Database, reference: str) -> None:
    first = prepared(filled, reference)
    with filled.begin() as session:
        appointments.close(session, first, AppointmentStatus.NO_SHOW)
    with pytest.raises(InvalidInput, match="Book the day"):
        surgery_packets.gather(filled, reference, today=TODAY, appointment_id=first)


def test_it_is_refused_once_the_day_has_passed(filled: Database, reference: str) -> None:
    prepared(filled, reference)
    assert surgery_packets.make(filled, reference, today=DAY.date())
    with pytest.raises(InvalidInput, match="Book the day"):
        surgery_packets.make(filled, reference, today=DAY.date() + timedelta(days=1))


def test_in_spanish_it_waits_for_the_review_of_its_texts(filled: Database, reference: str) -> None:
    prepared(filled, reference)
    waiting = surgery_packets.make(filled, reference, language="es", today=TODAY)
    assert waiting.language == "en"
    assert "for review" in waiting.notes[0]
    assert "What happens on the day" in paper.text(waiting.content)
    with filled.begin() as session:
        originals = patient_texts.originals("es")
        reviewing.review(session, "es", originals, "Ana Ruiz", date(2026, 1, 2), originals=originals)
    spanish = surgery_packets.make(filled, reference, language="es", large=True, today=TODAY)
    assert (spanish.language, spanish.large, spanish.notes) == ("es", True, (surgery_packets.AS_TYPED,))
    said = paper.text(spanish.content)
    assert "Qué pasa ese día" in said
    assert "sábado, 27 de marzo de 2027" in said
    assert "Ana Ruiz" in said


def test_once_saved_it_stands_in_the_ledger_with_its_visit(filled: Database, reference: str) -> None:
    surgery = prepared(filled, reference)
    made = surgery_packets.make(filled, reference, today=TODAY)
    papers.left(filled, made, PaperAct.SAVED, how=made.name)
    with filled.read() as session:
        (found,) = ledger.find(session, ledger.Filter(reference=reference))
        assert str(found.kind) == "surgery_packet"
        assert ledger.content(session, found.id) == made.content
    assert surgery
