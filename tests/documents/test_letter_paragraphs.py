"""Paragraphs of the letter: what was typed is printed exactly, what was not as the practice words it."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from referral_app.choices import Slot
from referral_app.clinical import check, placeholders
from referral_app.clinical.handwriting import Handwriting
from referral_app.documents import letter, letter_paragraphs, letter_trend, text
from referral_app.services.e_signatures import Placed
from referral_app.services.index_trend import Point
from tests.documents import paper, people, tagged

TEMPLATES = {
    Slot.OPENING: "Thank you for seeing {patient}, {age}, born {born}, for {diagnosis}; {headache_days} days.",
    Slot.CLOSING: "Call {callback_person}, {callback_phone}. Reference {reference}, {date}.",
}
POINTS = (
    Point(date(2025, 9, 1), 96.0, 25, "AAAA-AAAA-A"),
    Point(date(2026, 3, 18), 54.5, 22, "7QK2-M4TX-9"),
)


def test_every_placeholder_has_a_fact_and_no_fact_is_unknown() -> None:
    values = people.intake()
    facts = letter_paragraphs.facts(
        values, check.check(values, today=people.TODAY).computed, people.SURGEON, "R"
    )
    assert facts.keys() == placeholders.BY_NAME.keys()
    assert [name for name, words in facts.items() if not words] == []


def test_an_empty_paragraph_is_worded_by_the_practice() -> None:
    said = paper.text(letter.render(people.letter(templates=TEMPLATES)))
    values = people.intake()["patient"]
    assert f"Thank you for seeing {values['given_name']}" in said
    assert "for occipital neuralgia; 22 days." in said
    assert "Call Kim Bell, RN, (410) 555-0122 ext. 14. Reference 7QK2-M4TX-9, March 18, 2026." in said
    assert "{" not in said


def test_a_typed_paragraph_is_printed_as_it_was_typed_and_no_template_overwrites_it() -> None:
    values = people.intake()
    values["letter"] = {"opening": "Dear {surgeon},\nplease read <this> & {that} } first."}
    said = paper.text(letter.render(people.letter(values, templates=TEMPLATES)))
    assert "Dear {surgeon}, please read <this> & {that} } first." in said
    assert "Thank you for seeing" not in said
    assert "Call Kim Bell, RN" in said


def test_the_opening_stands_before_the_question_and_the_closing_before_the_signature() -> None:
    said = paper.text(letter.render(people.letter(templates=TEMPLATES)))
    assert (
        said.index("Thank you for seeing")
        < said.index("Question to the surgeon")
        < said.index("In one minute")
    )
    assert said.index("Patient and request") < said.index("Call Kim Bell, RN, (410) 555-0122 ext. 14. Ref")
    assert said.index("ext. 14. Reference") < said.index("Signed by")


def test_a_paragraph_of_fifty_thousand_characters_flows_on_and_nothing_is_lost() -> None:
    values = people.intake()
    words = [f"word{number}" for number in range(6000)]
    values["letter"] = {"opening": " ".join(words)}
    began = time.perf_counter()
    pdf = letter.render(people.letter(values))
    assert time.perf_counter() - began < 30
    said = set(paper.text(pdf).split())
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("name", ["Zoë Müller-Łukasz", "O’Brien & <Sons>", "Анна Иванова"])
def test_a_name_stands_in_a_template_as_it_is_written(name: str) -> None:
    values = people.intake()
    values["patient"] |= {"given_name": name, "middle_name": None}
    said = paper.text(letter.render(people.letter(values, templates=TEMPLATES)))
    assert f"Thank you for seeing {name}" in said


def test_a_name_that_no_font_has_stops_the_letter_and_names_its_field() -> None:
    values = people.intake()
    values["patient"]["given_name"] = "محمد"
    with pytest.raises(text.Unprintable) as refusal:
        letter.render(people.letter(values, templates=TEMPLATES))
    assert refusal.value.path == "patient.given_name"


def test_a_wording_that_no_font_has_stops_the_letter_and_names_the_paragraph() -> None:
    with pytest.raises(text.Unprintable, match="Closing paragraph of the letter") as refusal:
        letter.render(people.letter(templates={Slot.CLOSING: "Thank you \U0001f642"}))
    assert refusal.value.path == "letter.closing"


def test_two_readings_are_a_curve_and_a_table_and_one_is_neither() -> None:
    said = paper.text(letter.render(people.letter(trend=POINTS)))
    assert "Headache index over time" in said
    assert "September 1, 2025 96 25 AAAA-AAAA-A" in said
    assert "March 18, 2026 54.5 22 7QK2-M4TX-9" in said
    assert "Headache index over time" not in paper.text(letter.render(people.letter(trend=POINTS[1:])))


def test_the_curve_is_told_in_words() -> None:
    words = "Curve of the Migraine Headache Index over time. September 1, 2025: 96, March 18, 2026: 54.5."
    assert letter_trend.Curve(POINTS).alternative == words


def test_a_letter_with_all_of_it_is_read_aloud_as_it_is_seen() -> None:
    placed = Placed("Dana Ross, MD", Handwriting(words="Dana Ross"), datetime(2026, 3, 18, 15, tzinfo=UTC))
    pdf = letter.render(people.letter(trend=POINTS, signature=placed, templates=TEMPLATES))
    assert tagged.problems(pdf) == []


def test_a_signature_that_was_placed_stands_beside_who_signed() -> None:
    placed = Placed("Dana Ross, MD", Handwriting(words="Dana Ross"), datetime(2026, 3, 18, 15, tzinfo=UTC))
    said = paper.text(letter.render(people.letter(signature=placed)))
    assert said.index("Dana Ross Signature placed March 18, 2026") < said.index("Signed by Dana Ross, MD on")
