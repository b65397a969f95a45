"""The packet of a stored referral: its visit, its texts in force, its language, the parts that are ticked."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from referral_app.choices import AppointmentKind, PaperKind
from referral_app.database import Database
from referral_app.jobs import batches, packet_batch, packets, patient_texts
from referral_app.jobs.packet_batch import Wanted
from referral_app.services import appointments, notices, referrals
from referral_app.services import batches as stored
from referral_app.services import patient_texts as texts_service
from referral_app.services.appointments import Visit
from referral_app.services.batches import Wish
from referral_app.services.errors import InvalidInput
from referral_app.services.notices import NoticeRecord
from tests.documents import paper

SOON = datetime.combine(date.today() + timedelta(days=30), datetime.min.time()).replace(hour=9, minute=30)


def booked(db: Database, reference: str, kind: AppointmentKind = AppointmentKind.CONSULT, **more: Any) -> str:
    with db.begin() as session:
        surgeon = referrals.surgeon_of(session, referrals.get(session, reference))
        place = surgeon.placements[0].location.id
        return appointments.book(session, reference, Visit(kind, SOON, place, **more)).id


def review(db: Database, *names: str) -> None:
    """Record that somebody reviewed these Spanish texts, all of them where none is named."""
    with db.begin() as session:
        force = patient_texts.in_force(session, "es").markdown
        read = {name: force[name] for name in names or force}
        texts_service.review(
            session, "es", read, "Ana Ruiz, interpreter", date(2026, 3, 2), originals=patient_texts.originals("es")
        )  # fmt: skip


def test_a_booked_consultation_is_printed_and_named(filled: Database, reference: str) -> None:
    visit = booked(filled, reference, interpreter_booked=True)
    made = packets.make(filled, reference)
    said = paper.text(made.content, 1)
    assert f"{SOON:%A}, {SOON:%B} {SOON.day}, {SOON.year}, at 9:30 AM" in said
    assert "Please come by: 9:15 AM" in said
    assert "one is booked for you" in said
    assert made.appointment_id == visit


def test_a_batch_of_a_visit_prints_that_visit_and_not_the_next_one(filled: Database, reference: str) -> None:
    booked(filled, reference)
    with filled.begin() as session:
        later = appointments.book(
            session, reference, Visit(AppointmentKind.FOLLOW_UP, SOON + timedelta(days=30, hours=4))
        )
        wish = Wish(reference, PaperKind.PACKET, appointment_id=later.id)
        item = stored.get(session, stored.begin(session, "Visits", stored.FILES, [wish])).items[0]
    made = batches.ready(filled, item).make(filled)
    assert made.appointment_id == later.id
    assert "at 1:30 PM" in paper.text(made.content, 1)
    with filled.begin() as session:
        appointments.cancel(session, later.id, "The office is closed")
    with pytest.raises(InvalidInput, match="is canceled"):
        batches.ready(filled, item)


def test_an_operation_is_no_consultation(filled: Database, reference: str) -> None:
    booked(filled, reference, AppointmentKind.SURGERY)
    made = packets.make(filled, reference)
    assert "We will call you to find a day and a time." in paper.text(made.content, 1)
    assert made.appointment_id == ""
    with filled.read() as session:
        surgery = appointments.of_referral(session, reference)[0].id
    assert packets.gather(filled, reference, appointment_id=surgery).make(filled).appointment_id == ""


def test_who_need_not_come_early_is_not_told_a_time_to_come_by(filled: Database, reference: str) -> None:
    booked(filled, reference, arrive_minutes_before=0)
    assert "Please come by" not in paper.text(packets.make(filled, reference).content, 1)


def test_spanish_waits_for_the_review_of_each_text_that_it_takes(filled: Database, reference: str) -> None:
    made = packets.make(filled, reference, language="es")
    said = paper.text(made.content)
    assert "Estas páginas están en inglés" in said
    assert "This visit is to find out" in said
    assert made.language == "en"
    assert "Spanish texts of it wait for review" in made.notes[0]


def test_one_text_that_is_not_reviewed_keeps_all_in_english(filled: Database, reference: str) -> None:
    names = set(patient_texts.originals("es")) - {"why"}
    review(filled, *names)
    made = packets.make(filled, reference, language="es")
    assert "1 Spanish text of it waits for review." in made.notes[0]
    assert made.language == "en"


def test_reviewed_spanish_is_printed_with_who_reviewed_it(filled: Database, reference: str) -> None:
    review(filled)
    made = packets.make(filled, reference, language="es")
    said = paper.text(made.content)
    assert (made.language, made.notes) == ("es", ())
    assert "Haga estas tres cosas ahora" in said
    assert "Los textos de estas hojas los revisó Ana Ruiz, interpreter el 2 de marzo de 2026." in said
    assert "Llame al 911" in said
    assert "Call 911" not in said


def test_an_edited_text_is_printed_and_its_review_is_void(filled: Database, reference: str) -> None:
    review(filled)
    with filled.begin() as session:
        original = patient_texts.originals("es")["numbers"]
        texts_service.save(session, "es", "numbers", "# Estos son sus números\n\nHola.\n", original=original)
    assert packets.make(filled, reference, language="es").language == "en"
    review(filled, "numbers")
    assert "Hola." in paper.text(packets.make(filled, reference, language="es").content)


def test_an_edited_english_text_is_printed_without_a_review(filled: Database, reference: str) -> None:
    with filled.begin() as session:
        original = patient_texts.originals("en")["why"]
        texts_service.save(
            session, "en", "why", "# Here is why\n\nWe & you < {surgeon}.\n", original=original
        )
    assert "We & you < Dr." in paper.text(packets.make(filled, reference).content)


def test_a_language_without_a_packet_is_refused(filled: Database, reference: str) -> None:
    with pytest.raises(InvalidInput, match="There is no packet in French"):
        packets.make(filled, reference, language="fr")


def test_parts_are_printed_as_they_are_ticked(filled: Database, reference: str) -> None:
    plain = paper.text(packets.make(filled, reference).content)
    ticked = packet_batch.shown(
        filled, reference, Wanted("en", False, sections=frozenset({"diary", "words"}))
    )
    said = paper.text(ticked.content)
    assert "Keep this headache diary" in said
    assert "Keep this headache diary" not in plain
    assert "Ask about costs" not in said
    assert "Call 911 right away" in said


def test_a_part_that_there_is_not_is_refused(filled: Database, reference: str) -> None:
    with pytest.raises(InvalidInput, match="no part “nonsense”"):
        packets.make(filled, reference, sections={"nonsense"})


def test_what_is_offered_says_what_fits_the_patient(filled: Database, reference: str) -> None:
    offered = {one.key: one for one in packets.offered(filled, reference)}
    assert not offered["notices"].fits
    assert offered["calls"].fixed
    with filled.begin() as session:
        notices.save(session, NoticeRecord(1, "Your rights", "We treat all people the same."))
    offered = {one.key: one for one in packets.offered(filled, reference)}
    assert offered["notices"].fits
    assert offered["notices"].default
    assert "We treat all people the same." in paper.text(packets.make(filled, reference).content)


def test_what_a_packet_needs_goes_to_another_process_and_comes_back_the_same(
    filled: Database, reference: str
) -> None:
    ready = packets.gather(filled, reference)
    assert pickle.loads(pickle.dumps(ready)).make().content == ready.make().content
