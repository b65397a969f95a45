"""Patient texts over the program's own: what is in force, saving what prints, and a sample of each as it prints."""

from __future__ import annotations

import pytest

from referral_app.database import Database
from referral_app.jobs import patient_texts
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.patient_texts import TextRecord
from tests.documents import paper, tagged

EVERY = [
    (language, name) for language in patient_texts.LANGUAGES for name in patient_texts.originals(language)
]


def record(language: str = "en", name: str = "bring") -> TextRecord:
    original = patient_texts.originals(language)[name]
    return TextRecord(language, name, original, original)


def in_force(db: Database, language: str = "en") -> str:
    with db.read() as session:
        return patient_texts.in_force(session, language).markdown["bring"]


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_each_text_prints_as_a_sample_for_an_invented_patient(language: str, name: str) -> None:
    one = record(language, name)
    assert patient_texts.problems(one, one.original) == []
    printed = paper.flat(paper.text(patient_texts.sample(one, one.original)))
    assert "Ana Ruiz, invented" in printed
    assert "{" not in printed


def test_the_words_that_the_program_puts_together_are_reviewed_and_never_edited(db: Database) -> None:
    one = record("es", patient_texts.PACKET_WORDS)
    with pytest.raises(InvalidInput, match="cannot be edited"):
        patient_texts.save(db, one, one.original.replace("911", "912"))
    assert "Llame al 911" in paper.flat(paper.text(patient_texts.sample(one, one.original)))
    with db.read() as session:
        assert set(patient_texts.COMPOSED) <= set(patient_texts.in_force(session, "es").waiting)


def test_a_reviewer_gets_all_texts_of_a_language_in_one_pdf(db: Database) -> None:
    patient_texts.save(db, record("es"), "# Traiga esto\n\nSu tarjeta inventada.\n")
    copy = patient_texts.reading_copy(db, "es")
    read = paper.flat(paper.text(copy))
    assert "For review" in read
    assert "Su tarjeta inventada." in read
    assert all(f"{name}:" in read for name in patient_texts.originals("es"))
    assert tagged.problems(copy) == []


def test_a_sample_in_large_print_takes_more_room() -> None:
    one = record()
    large = patient_texts.sample(one, one.original * 1 + "\n- More\n" * 12, large=True)
    assert paper.pages(large) > paper.pages(patient_texts.sample(one, one.original))


def test_a_sample_in_spanish_is_filled_in_spanish() -> None:
    one = record("es")
    assert "para darle una segunda opinión" in paper.text(patient_texts.sample(one, "# Hola\n\n{purpose}"))


@pytest.mark.parametrize("markdown", ["# Go\n\n{fone}", "# Go\n\n> a", "", "# Go\n\n🙂"])
def test_what_cannot_be_printed_has_no_sample_but_a_sentence(markdown: str) -> None:
    with pytest.raises(InvalidInput):
        patient_texts.sample(record(), markdown)


@pytest.mark.parametrize("letters", ["🙂", "שלום", "👩\u200d⚕️"])
def test_letters_that_no_font_draws_are_named_with_their_line_and_never_saved(
    db: Database, letters: str
) -> None:
    (problem,) = patient_texts.problems(record(), f"# Go\n\nAsk\n{letters}\n")
    assert problem.line == 4
    assert "cannot be printed" in problem.sentence
    with pytest.raises(InvalidInput, match="Line 4"):
        patient_texts.save(db, record(), f"# Go\n\nAsk\n{letters}\n")
    assert in_force(db) == record().original


def test_a_save_over_what_was_looked_at_counts_and_another_does_not(db: Database) -> None:
    first = patient_texts.save(db, record(), "# Go\n\nFirst.\n")
    with pytest.raises(Conflict):
        patient_texts.save(db, record(), "# Go\n\nSecond.\n")
    patient_texts.save(db, record(), "# Go\n\nSecond.\n", over=first)
    assert in_force(db) == "# Go\n\nSecond.\n"
