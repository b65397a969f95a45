"""The patient questionnaire, read back from the finished PDF: plain words, few pages, every question in the intake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from referral_app.clinical.fields import Kind
from referral_app.clinical.intake import LAST_30_DAYS, find
from referral_app.documents import kit_questionnaire, layout
from referral_app.documents.kit_questions import PARTS, Question
from tests.documents import paper, reading

QUESTIONS = [question for part in PARTS for question in part.questions]
GRADE = 6.0


@pytest.fixture(scope="module")
def printed() -> bytes:
    return layout.build(kit_questionnaire.story(), kit_questionnaire.page(date(2026, 11, 23)))


def words() -> Iterator[str]:
    yield kit_questionnaire.TITLE
    yield kit_questionnaire.HOW
    for part in PARTS:
        yield part.heading
        yield part.how
    for question in QUESTIONS:
        yield question.words
        yield question.before
        yield from question.plain.values()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.path)
def test_a_question_is_a_field_of_the_intake_and_stands_on_the_paper(
    question: Question, printed: bytes
) -> None:
    one = find(question.path)
    assert question.words in paper.text(printed)
    known = set(one.by_name) if one.kind is Kind.ROWS else {str(choice) for choice in one.choices or ()}
    assert set(question.plain) <= known


def test_nothing_is_asked_twice() -> None:
    paths = [question.path for question in QUESTIONS]
    assert len(set(paths)) == len(paths)


def test_the_medicines_of_the_last_30_days_are_all_asked() -> None:
    asked = {question.path for question in QUESTIONS}
    counted = [one.name for one in LAST_30_DAYS.fields if one.kind in (Kind.INTEGER, Kind.DECIMAL)]
    assert not [name for name in counted if f"last_30_days.{name}" not in asked]


def test_a_child_of_twelve_can_read_it() -> None:
    assert reading.grade("\n".join(filter(None, words()))) <= GRADE


def test_no_choice_is_offered_in_the_words_of_the_office(printed: bytes) -> None:
    said = paper.text(printed)
    for term in (
        "Not asked",
        "Craniotomy",
        "Radiofrequency",
        "Contraindicated",
        "Cognitive",
        "ICD",
        "MIDAS",
        "HIT",
    ):
        assert term not in said, term
    assert said.count("Not sure") >= 15


def test_it_has_at_most_four_pages_and_says_on_each_when_to_call_911(printed: bytes) -> None:
    count = paper.pages(printed)
    assert count <= 4
    for number in range(1, count + 1):
        said = paper.text(printed, number)
        assert f"patient questionnaire · printed on November 23, 2026 · page {number} of {count}" in said
        assert "Call 911 if" in said


def test_it_is_whole_with_its_fonts_and_nothing_leaves_the_paper(printed: bytes) -> None:
    assert paper.whole(printed)
    assert all(paper.fonts(printed).values())
    edge = layout.PAGE_WIDTH - layout.MARGIN + 1
    for number in range(1, paper.pages(printed) + 1):
        assert not [word for word, _, _, right, _ in paper.word_places(printed, number) if right > edge]
