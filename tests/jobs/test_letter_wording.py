"""Which wording and which letterhead a stored letter has: those of its signature, of the day it was sent, or of now."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from referral_app.choices import PaperAct, Slot
from referral_app.database import Database
from referral_app.jobs import letters, papers, record_copies, response_forms
from referral_app.jobs.papers import Made
from referral_app.services import letter_templates, practices, referrals
from referral_app.services.practices import Letterhead
from tests.documents import paper

SIGNER = "Eleanor Whitcombe, MD"


def _word(db: Database, slot: Slot, words: str, procedure: str = "") -> None:
    with db.begin() as session:
        letter_templates.save(session, slot, words, procedure)


def _change(db: Database, reference: str, **groups: Any) -> None:
    with db.begin() as session:
        record = referrals.get(session, reference)
        intake = deepcopy(record.intake) | groups
        referrals.save(
            session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id
        )


def _said(db: Database, reference: str) -> str:
    return paper.text(letters.make(db, reference).content)


def test_an_unsigned_letter_takes_the_wording_in_force_and_that_of_its_procedure(
    filled: Database, reference: str
) -> None:
    _change(filled, reference, letter={})
    _word(filled, Slot.OPENING, "For everything: {patient}.")
    assert "For everything: Marisol Inés Quintero-Vale." in _said(filled, reference)
    _word(filled, Slot.OPENING, "For a release: {procedure}.", "occipital_release")
    said = _said(filled, reference)
    assert "For a release: " in said
    assert "For everything" not in said


def test_a_signed_letter_keeps_the_wording_of_its_signature(filled: Database, reference: str) -> None:
    _change(filled, reference, letter={})
    _word(filled, Slot.CLOSING, "As it was when it was signed.")
    with filled.begin() as session:
        referrals.sign(session, reference, SIGNER)
    with filled.begin() as session:
        row = letter_templates.save(session, Slot.CLOSING, "As it is worded now.")
        from referral_app.models.wording import ParagraphTemplate

        kept = session.query(ParagraphTemplate).filter_by(number=row.number, slot=Slot.CLOSING).one()
        kept.saved_at += timedelta(seconds=5)  # a signature keeps whole seconds
    said = _said(filled, reference)
    assert "As it was when it was signed." in said
    assert "As it is worded now." not in said


def test_a_typed_paragraph_is_printed_and_no_wording_overwrites_it(filled: Database, reference: str) -> None:
    _change(filled, reference, letter={"opening": "Typed {patient}, exactly.", "closing": None})
    _word(filled, Slot.OPENING, "Never printed.")
    said = _said(filled, reference)
    assert "Typed {patient}, exactly." in said
    assert "Never printed." not in said


def test_the_version_that_was_sent_has_the_letterhead_of_that_day(filled: Database, reference: str) -> None:
    with filled.begin() as session:
        referrals.mark_sent(session, reference, "Mail")
        office = practices.ours(session)
        assert office is not None
        later = Letterhead("A letterhead of later", (), date.today() + timedelta(days=1))
        practices.save(session, replace(office, letterhead=later))
    tomorrow = date.today() + timedelta(days=1)
    assert "A letterhead of later" not in paper.text(letters.make(filled, reference, tomorrow).content)
    _change_again(filled, reference)
    assert "A letterhead of later" in paper.text(letters.make(filled, reference, tomorrow).content)


def _change_again(db: Database, reference: str) -> None:
    with db.begin() as session:
        record = referrals.get(session, reference)
        intake = deepcopy(record.intake)
        intake["pain"]["average"] = 3
        referrals.save(
            session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id,
            why="The average was mistyped",
        )  # fmt: skip


def test_what_the_form_shows_is_what_the_letter_prints(filled: Database, reference: str) -> None:
    _change(filled, reference, letter={})
    with filled.read() as session:
        record = referrals.get(session, reference)
        surgeon = referrals.surgeon_of(session, record)
    shown = letters.paragraphs(filled, record.intake, surgeon, record.practice_id, reference)
    said = _said(filled, reference)
    assert all(paper.flat(words) in said for words in shown.values())


def test_a_sample_takes_wordings_that_are_not_saved_and_is_recorded_nowhere(filled: Database) -> None:
    made = letters.sample(filled, {Slot.OPENING: "Not saved: {patient}."})
    said = paper.text(made.content)
    assert "Not saved: Marisol Inés Quintero-Vale." in said
    assert "Sample" in said
    assert (made.kind, made.reference) == ("", "")


def test_the_copy_of_record_tells_what_left_and_nothing_that_was_only_looked_at(
    filled: Database, reference: str
) -> None:
    papers.looked_at(filled, response_forms.make(filled, reference))
    papers.left(
        filled,
        letters.make(filled, reference),
        PaperAct.SENT,
        how="Fax to (410) 555-0103",
        for_whom="the surgeon",
    )
    said = paper.text(record_copies.make(filled, reference, large=False).content)
    assert "How Sent: Fax to (410) 555-0103" in said
    assert "A form for the surgeon" not in said
    assert "Keen" in said


def test_a_cover_counts_the_pages_that_it_is_given_and_names_no_patient(
    filled: Database, reference: str
) -> None:
    said = paper.text(response_forms.cover(filled, reference, pages=9).content)
    assert "9, this one included" in said
    for words in ("Marisol", "Quintero", "1984", "neuralgia"):
        assert words not in said


@pytest.mark.parametrize("made", [response_forms.make, response_forms.cover])
def test_form_and_cover_say_the_call_back_of_the_referral_and_ours_only_where_it_has_none(
    filled: Database, reference: str, made: Callable[..., Made]
) -> None:
    with filled.begin() as session:
        office = practices.ours(session)
        assert office is not None
        practices.save(session, replace(office, callback_person="Our Desk", callback_phone="410-555-0199"))
        referrer = referrals.get(session, reference).intake["referrer"]
    extension = {"callback_person": "Kim Bell, RN", "callback_phone": "410-555-0172 ext. 12"}
    _change(filled, reference, referrer=referrer | extension)
    assert "Kim Bell, RN, (410) 555-0172 ext. 12" in _said(filled, reference)
    said = paper.text(made(filled, reference).content)
    assert "Kim Bell, RN, (410) 555-0172 ext. 12" in said
    assert "Our Desk" not in said
    _change(filled, reference, referrer=referrer | {"callback_person": None, "callback_phone": None})
    assert "Our Desk, (410) 555-0199" in paper.text(made(filled, reference).content)
