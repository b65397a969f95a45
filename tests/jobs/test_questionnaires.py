"""The questionnaire as a whole act: blank, or for the patient of a referral, as that patient needs it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from referral_app.database import Database
from referral_app.jobs import patient_texts, questionnaires
from referral_app.models.wording import TextReview
from referral_app.paths import resource
from referral_app.services import center, referrals
from referral_app.services import patient_texts as texts_service
from tests.documents import paper, tagged

DAY = date(2026, 11, 23)


def _referral(db: Database, **patient: object) -> str:
    intake = json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))
    intake["patient"] |= patient
    with db.begin() as session:
        return referrals.save(session, intake).reference


def test_a_blank_one_is_english_in_usual_print_and_about_nobody(db: Database) -> None:
    made = questionnaires.make(db, today=DAY)
    assert (made.language, made.large, made.reference) == ("en", False, "")
    assert "Last name" in paper.text(made.content)


def _review(db: Database) -> None:
    originals = patient_texts.originals("es")
    read = {patient_texts.QUESTIONNAIRE: originals[patient_texts.QUESTIONNAIRE]}
    with db.begin() as session:
        texts_service.review(session, "es", read, "Ana Ruiz, interpreter", DAY, originals=originals)


def test_one_for_a_patient_is_in_the_language_and_size_they_need(db: Database) -> None:
    _review(db)
    reference = _referral(
        db, language="es", needs=["large_print"], given_name="Marisol", family_name="Invented"
    )
    made = questionnaires.make(db, reference, today=DAY)
    assert (made.language, made.large) == ("es", True)
    said = paper.text(made.content)
    assert "Cuéntenos" in said
    assert "Marisol" in said
    assert reference in said
    assert made.name == f"questionnaire-{reference}-es.pdf"
    assert made.notes == ()
    assert "Puede tener un intérprete gratis" not in said


@pytest.mark.parametrize("blank", [True, False])
def test_spanish_that_nobody_reviewed_is_english_with_a_notice_of_help_in_spanish(
    db: Database, blank: bool
) -> None:
    with db.begin() as session:
        center.save(session, replace(center.get(session), name="Invented Center", phone="410-555-0100"))
    reference = "" if blank else _referral(db, language="es")
    made = questionnaires.make(db, reference, language="es" if blank else None, today=DAY)
    said = paper.text(made.content)
    assert (made.language, made.notes) == ("en", (questionnaires.WAITS,))
    assert "Last name" in said if blank else reference in said
    assert "Cuéntenos" not in said
    assert "Puede tener un intérprete gratis" in paper.text(made.content, 1)
    assert "Llame al (410) 555-0100 y díganos qué necesita." in paper.flat(said)
    assert tagged.problems(made.content) == []


def test_a_review_of_other_words_does_not_count(db: Database) -> None:
    _review(db)
    with db.begin() as session:
        session.execute(update(TextReview).values(sha256=texts_service.digest("Otra cosa")))
    assert questionnaires.make(db, language="es", today=DAY).language == "en"


def test_without_a_number_of_the_center_the_notice_says_where_one_stands(db: Database) -> None:
    said = paper.flat(paper.text(questionnaires.make(db, language="es", today=DAY).content))
    assert "Llame al número de su referido y díganos" in said


def test_what_somebody_chose_wins(db: Database) -> None:
    reference = _referral(db, language="es", needs=["large_print"])
    made = questionnaires.make(db, reference, language="en", large=False, today=DAY)
    assert (made.language, made.large) == ("en", False)
