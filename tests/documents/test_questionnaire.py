"""The patient questionnaire, read back from the PDF: plain words, two languages, two sizes, the order of the form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from referral_app.clinical import readability
from referral_app.clinical.fields import Kind, walk
from referral_app.clinical.intake import INTAKE, LAST_30_DAYS, find
from referral_app.documents import kit_parts, layout, questionnaire, questionnaire_text
from referral_app.documents.questionnaire import Questionnaire
from referral_app.documents.questionnaire_text import LANGUAGES, Question, Words
from referral_app.paths import resource
from tests.documents import paper

DAY = date(2026, 11, 23)
ENGLISH, SPANISH = map(questionnaire_text.read, LANGUAGES)
GRADE = 6.0
KINDS = [(language, large) for language in LANGUAGES for large in (False, True)]


def _questions(words: Words) -> list[Question]:
    return [question for part in words.parts for question in part.questions]


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, bool], bytes]:
    return {kind: questionnaire.render(Questionnaire(DAY, *kind)) for kind in KINDS}


def _words(words: Words) -> Iterator[str]:
    yield words.title
    yield words.how
    for part in words.parts:
        yield part.heading
        yield part.how
    for question in _questions(words):
        yield question.words
        yield question.before
        yield from question.plain.values()


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_question_stands_on_the_paper_in_the_language_asked(
    kind: tuple[str, bool], printed: dict[tuple[str, bool], bytes]
) -> None:
    said = paper.text(printed[kind])
    for question in _questions(questionnaire_text.read(kind[0])):
        assert question.words in said
        assert all(one in said for one in question.plain.values())


@pytest.mark.parametrize("question", _questions(ENGLISH), ids=lambda one: one.path)
def test_a_question_is_a_field_of_the_intake(question: Question) -> None:
    one = find(question.path)
    known = set(one.by_name) if one.kind is Kind.ROWS else {str(choice) for choice in one.choices or ()}
    assert set(question.plain) <= known


def test_both_languages_ask_the_same_in_the_same_way() -> None:
    shapes = [
        [(one.path, one.short, one.rows, bool(one.before)) for one in _questions(words)]
        for words in (ENGLISH, SPANISH)
    ]
    assert shapes[0] == shapes[1]
    assert [bool(part.how) for part in ENGLISH.parts] == [bool(part.how) for part in SPANISH.parts]


def test_no_choice_is_left_in_english_on_the_spanish_sheet() -> None:
    english = {label for one in _questions(ENGLISH) for label in ENGLISH.options(one)}
    spanish = {label for one in _questions(SPANISH) for label in SPANISH.options(one)}
    assert english & spanish <= {"No", *questionnaire_text.SCALE}


def test_it_asks_in_the_order_of_the_form_and_nothing_twice() -> None:
    intake = json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))
    form = list(dict.fromkeys(place.path.partition("[")[0] for place in walk(INTAKE, intake)))
    declared = [path for group in INTAKE for path in _declared(group.name)]
    asked = [question.path for question in _questions(ENGLISH)]
    assert len(set(asked)) == len(asked)
    assert asked == sorted(asked, key=declared.index)
    assert [path for path in asked if path in form] == sorted(set(asked) & set(form), key=form.index)


def _declared(path: str) -> Iterator[str]:
    """Yield a field and all fields in it, in the order of the declaration."""
    yield path
    field = find(path)
    for inner in field.fields:
        yield from _declared(f"{path}.{inner.name}")


def test_the_medicines_of_the_last_30_days_are_all_asked() -> None:
    asked = {question.path for question in _questions(ENGLISH)}
    counted = [one.name for one in LAST_30_DAYS.fields if one.kind in (Kind.INTEGER, Kind.DECIMAL)]
    assert not [name for name in counted if f"last_30_days.{name}" not in asked]


def test_a_child_of_twelve_can_read_it() -> None:
    assert readability.grade("\n\n".join(filter(None, _words(ENGLISH)))).flesch_kincaid <= GRADE


def test_no_choice_is_offered_in_the_words_of_the_office(printed: dict[tuple[str, bool], bytes]) -> None:
    said = paper.text(printed["en", False])
    terms = (
        "Not asked",
        "Craniotomy",
        "Radiofrequency",
        "Contraindicated",
        "Cognitive",
        "ICD",
        "MIDAS",
        "HIT",
    )
    assert [term for term in terms if term in said] == []
    assert said.count("Not sure") >= 15
    assert paper.text(printed["es", True]).count("No sé") >= 15


@pytest.mark.parametrize(
    ("kind", "most"), [(("en", False), 4), (("es", False), 5), (("en", True), 10), (("es", True), 10)]
)
def test_it_has_few_pages_and_says_on_each_when_to_call_911(
    kind: tuple[str, bool], most: int, printed: dict[tuple[str, bool], bytes]
) -> None:
    count = paper.pages(printed[kind])
    assert count <= most
    foot = {
        "en": "patient questionnaire · printed on November 23, 2026 · page {} of {}",
        "es": "cuestionario · impreso el 23 de noviembre de 2026 · página {} de {}",
    }[kind[0]]
    for number in range(1, count + 1):
        said = " ".join(paper.text(printed[kind], number).split())
        assert foot.format(number, count) in said
        assert questionnaire_text.read(kind[0]).emergency in said


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_it_is_whole_with_its_fonts_and_nothing_leaves_the_paper(
    kind: tuple[str, bool], printed: dict[tuple[str, bool], bytes]
) -> None:
    assert paper.whole(printed[kind])
    assert all(paper.fonts(printed[kind]).values())
    edge = layout.PAGE_WIDTH - layout.MARGIN + 1
    for number in range(1, paper.pages(printed[kind]) + 1):
        assert not [word for word, _, _, right, _ in paper.word_places(printed[kind], number) if right > edge]


def test_with_a_name_it_says_whose_it_is_on_every_page_and_does_not_ask_for_it() -> None:
    asked = Questionnaire(DAY, "es", False, "Marisol Quintanilla-Okafor", date(1984, 3, 27), "ABCD-EFGH-J")
    made = questionnaire.render(asked)
    for number in range(1, paper.pages(made) + 1):
        said = " ".join(paper.text(made, number).split())
        assert "Marisol Quintanilla-Okafor · 27 de marzo de 1984 · ABCD-EFGH-J" in said
    assert "Apellido" not in paper.text(made)
    assert "Paciente" not in paper.text(made)


def test_without_a_name_later_pages_have_room_for_it(printed: dict[tuple[str, bool], bytes]) -> None:
    assert all(words in paper.text(printed["en", False], 2) for words in kit_parts.NAMED)
    assert all(words in paper.text(printed["es", True], 2) for words in SPANISH.named)


def test_another_language_is_refused() -> None:
    with pytest.raises(KeyError):
        questionnaire_text.read("../help")
