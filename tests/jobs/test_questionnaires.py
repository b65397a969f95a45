"""The questionnaire as a whole act: blank, or for the patient of a referral, as that patient needs it."""

from __future__ import annotations

import json
from datetime import date

from referral_app.database import Database
from referral_app.jobs import questionnaires
from referral_app.paths import resource
from referral_app.services import referrals
from tests.documents import paper

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


def test_one_for_a_patient_is_in_the_language_and_size_they_need(db: Database) -> None:
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
    assert made.notes == (questionnaires.UNREVIEWED,)


def test_what_somebody_chose_wins(db: Database) -> None:
    reference = _referral(db, language="es", needs=["large_print"])
    made = questionnaires.make(db, reference, language="en", large=False, today=DAY)
    assert (made.language, made.large) == ("en", False)
