"""The head sketch of the letter: drawn as lines, seen in black and white, said in words."""

from __future__ import annotations

import io
import subprocess
from typing import Any

import pikepdf
import pytest
from PIL import Image

from referral_app.clinical import heads, sketch
from referral_app.documents import letter
from tests.documents import paper, people


def sketched(*marks: Any, rated: str | None = "typical") -> dict[str, Any]:
    values = people.intake()
    values["pain"]["sketch"] = sketch.made(marks)
    values["pain"]["sketch_class"] = rated
    return values


START = sketch.start("back", (118, 138))
SEVERE = sketch.spread("back", [(118, 134), (128, 110), (124, 60)], 3)
MODERATE = sketch.spread("right", [(33, 128), (40, 90), (74, 44)], 2)


def page_of(pdf: bytes) -> int:
    pages = range(1, paper.pages(pdf) + 1)
    return next(number for number in pages if "starts here" in paper.text(pdf, number))


def ink(pdf: bytes, page: int, dots: int = 100) -> Image.Image:
    """Return a page in the shades of gray that a fax machine has to make black or white."""
    at = ["-f", str(page), "-l", str(page), "-r", str(dots), "-gray"]
    made = subprocess.run(["pdftoppm", *at, "-"], input=pdf, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(made))


def black(picture: Image.Image) -> int:
    return sum(picture.histogram()[:128])


def test_the_sketch_is_drawn_as_lines_with_its_legend_and_words() -> None:
    pdf = letter.render(people.letter(sketched(START, SEVERE, MODERATE)))
    page = page_of(pdf)
    said = paper.text(pdf, page)
    for words in (
        "Head sketch", "Right side", "Back", "mild", "moderate", "severe", "R, L: the patient’s right, left",
        "Nothing is drawn on: front, left side.", "Starts over the right greater occipital nerve.",
        "Spreads, severe: right back of the head (greater occipital nerve).", "Rated by a clinician: typical.",
    ):  # fmt: skip
        assert words in said
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        drawn = [str(operator) for _, operator in pikepdf.parse_content_stream(opened.pages[page - 1])]
    assert drawn.count("c") > 40  # the heads are curves
    assert "Do" not in drawn  # and no picture


def test_the_marks_are_seen_in_black_and_white() -> None:
    marked = letter.render(people.letter(sketched(START, SEVERE, MODERATE)))
    little = letter.render(people.letter(sketched(START, sketch.spread("right", [(33, 128), (34, 127)], 1))))
    page = page_of(marked)
    assert page == page_of(little)
    assert black(ink(marked, page)) - black(ink(little, page)) > 400


def test_a_usual_letter_with_a_sketch_still_has_three_pages() -> None:
    assert paper.pages(letter.render(people.letter(sketched(START, SEVERE, MODERATE)))) <= 3


def test_it_is_said_once_and_the_history_does_not_say_it_again() -> None:
    said = paper.text(letter.render(people.letter(sketched(START))))
    assert said.count("over the right greater occipital nerve") == 1
    assert said.count("ated by a clinician") == 1
    assert "Sketch, rated by a clinician" not in said
    assert "Recorded with the sender" not in said


def test_a_sketch_without_a_rating_says_nothing_of_one() -> None:
    assert "ated by a clinician" not in paper.text(letter.render(people.letter(sketched(START, rated=None))))
    said = paper.text(letter.render(people.letter(sketched(START, rated="not_rated"))))
    assert "Not rated by a clinician." in said


def test_a_sketch_that_cannot_be_drawn_is_still_named() -> None:
    values = sketched(START)
    values["pain"]["sketch"] = {"strokes": [[1, 2]]}
    said = paper.text(letter.render(people.letter(values)))
    assert "Head sketch: Recorded with the sender" in said
    assert "starts here" not in said


@pytest.mark.parametrize("views", [1, 2, 3, 4])
def test_one_to_four_heads_fit_the_page(views: int) -> None:
    line = [(70, 60), (120, 100)]
    pdf = letter.render(
        people.letter(sketched(*[sketch.spread(view, line, 3) for view in list(heads.VIEWS)[:views]]))
    )
    places = paper.word_places(pdf, page_of(pdf))
    assert max(right for _, _, _, right, _ in places) <= 612 - 72 + 1


def test_heading_and_drawing_stand_on_one_page() -> None:
    for spare in range(0, 30, 3):
        values = sketched(START, SEVERE, MODERATE)
        values["diagnosis"]["text"] = "One more line of history. " * spare
        pdf = letter.render(people.letter(values))
        assert "Head sketch" in paper.text(pdf, page_of(pdf))


def test_the_fullest_sketch_is_printed() -> None:
    wavy = [[step / 2, 100 + step % 2] for step in range(20)]
    line = {"kind": "line", "view": "left", "points": wavy, "intensity": 1}
    pdf = letter.render(people.letter(sketched(*[line] * 100)))
    assert page_of(pdf)
