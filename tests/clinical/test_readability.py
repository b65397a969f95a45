"""The grade of English and the ease of Spanish, on texts whose counts are known."""

from __future__ import annotations

import pytest

from referral_app.clinical import readability


@pytest.mark.parametrize(
    ("word", "count"),
    [("pain", 1), ("headache", 2), ("surgery", 3), ("operation", 4), ("people", 2), ("stopped", 1), ("started", 2),
     ("doctor’s", 2), ("38", 1), ("insurance", 3), ("X", 1)],
)  # fmt: skip
def test_english_syllables(word: str, count: int) -> None:
    assert readability.syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("dolor", 2), ("cirugía", 4), ("día", 2), ("ciudad", 2), ("que", 1), ("guía", 2), ("y", 1), ("muy", 1),
     ("caer", 2), ("ahora", 3), ("construir", 2), ("cuídese", 3), ("pingüino", 3), ("seguir", 2),
     ("911", 1), ("Estudio", 3)],
)  # fmt: skip
def test_spanish_syllables(word: str, count: int) -> None:
    assert readability.spanish_syllables(word) == count


def test_the_grade_is_that_of_the_formula() -> None:
    made = readability.grade("The cat sat on the mat. The dog ran.")
    assert made.flesch_kincaid == pytest.approx(0.39 * 9 / 2 + 11.8 - 15.59)
    assert (made.words_per_sentence, made.sentences) == (4.5, 2)


def test_the_ease_is_that_of_the_formula() -> None:
    made = readability.ease("El gato come. El sol sale.")
    assert made.inflesz == pytest.approx(206.835 - 62.3 * 9 / 6 - 3)
    assert made.sentences == 2


def test_headings_lines_of_lists_and_paragraphs_over_lines_are_sentences() -> None:
    markdown = "# Go now\n\nThis is\none sentence.\n\n- [ ] a\n- b\n1. c\n## More\n"
    assert readability.grade(markdown).sentences == 6


def test_names_of_drugs_nerves_and_societies_are_one_short_word() -> None:
    plain = readability.grade("You take it.").flesch_kincaid
    for name in ("amitriptyline", "OnabotulinumtoxinA", "the greater occipital", "American Headache Society"):
        assert readability.grade(f"You take {name.removeprefix('the ')}.").flesch_kincaid == plain
    assert readability.grade("You take physiotherapy.").flesch_kincaid > plain
    assert readability.grade("You take physiotherapy.", ["physiotherapy"]).flesch_kincaid == plain


def test_a_placeholder_is_a_short_word_and_nothing_where_it_is_sentences() -> None:
    assert readability.grade("Call {phone} now.").words_per_sentence == 3
    assert readability.grade("Ask us. {coverage} {scope}Go on. {after_hours}").sentences == 2
    assert readability.grade("{surgeon} will see you.").words_per_sentence == 4
    assert readability.grade("We find an interpreter{for_language}.").words_per_sentence == 4


def test_the_hardest_sentences_come_first_as_they_are_read() -> None:
    made = readability.grade("Go. Dr. Keen evaluates **complicated** neurological disability. Sit down. Eat.")
    assert made.hardest[0].words == "Dr Keen evaluates complicated neurological disability."
    assert len(made.hardest) == 3
    assert made.hardest[0].value > made.hardest[1].value


@pytest.mark.parametrize(
    "mark", ["- ", "* ", "• ", "-", "  - ", "1. ", "12. ", "- [ ] ", "- [x] ", "## ", "### "]
)
def test_a_hard_sentence_is_quoted_without_the_mark_of_its_line(mark: str) -> None:
    made = readability.grade(f"Sit down.\n\n{mark}Complicated neurological disability evaluation.\n")
    assert made.hardest[0].words == "Complicated neurological disability evaluation."
    assert readability.unmarked(f"{mark}**Rest** a while") == "Rest a while"


def test_an_empty_text_is_no_error() -> None:
    assert readability.grade("").sentences == 0
    assert readability.ease(" \n# \n").sentences == 0
    assert readability.grade("… — 😀 \u200f").sentences == 0


def test_sections_begin_with_their_headings() -> None:
    assert readability.sections("a\n# B\n\nb\n## C\nc\n") == ["a\n", "# B\n\nb\n", "## C\nc\n"]
