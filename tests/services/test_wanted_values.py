"""Which procedures and plans are meant: by words of their names, with one or two wrong letters forgiven."""

from __future__ import annotations

import pytest

from referral_app.database import Database
from referral_app.services import matching, wanted_values
from referral_app.services.surgeon_records import Query


@pytest.mark.parametrize(
    ("typed", "meant"), [("ocipital", "occipital"), ("revison", "revision"), ("Medicar", "Medicare")]
)
def test_wrong_letters_of_a_procedure_or_plan_are_forgiven(filled: Database, typed: str, meant: str) -> None:
    with filled.read() as session:
        assert wanted_values.procedures(session, typed) == wanted_values.procedures(session, meant)
        assert wanted_values.plans(session, typed) == wanted_values.plans(session, meant)


def test_what_was_taken_for_a_word_is_said(filled: Database) -> None:
    with filled.read() as session:
        said = matching.remarks(session, "procedure:ocipital", Query(procedure="ocipital"))
        assert said == ["No procedure is called “ocipital”: this looks for occipital."]
        assert matching.page(session, Query(procedure="ocipital")).count > 0
        assert matching.remarks(session, "", Query(procedure="occipital", plan="medicare")) == []
        assert matching.remarks(session, "", Query(procedure="occipital_release")) == []


def test_words_that_are_near_nothing_are_said_to_be_none(filled: Database) -> None:
    with filled.read() as session:
        for wanted in ("toothache", "occipital toothache", "xx"):
            assert wanted_values.procedures(session, wanted) == []
            assert matching.remarks(session, "", Query(procedure=wanted)) == [
                f"“{wanted}” is not a procedure here."
            ]
        assert matching.remarks(session, "", Query(plan="zzzz")) == ["“zzzz” is not a plan here."]


def test_words_of_different_names_together_are_none(filled: Database) -> None:
    with filled.read() as session:
        assert wanted_values.procedures(session, "revision greater frontal") == []
