"""The response form and the fax cover, read back; the codes hold what the page says, the cover names no patient."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from typing import Any

import pytest
import segno
from PIL import Image, ImageOps

from referral_app.choices import DeclineReason, VisitOutcome
from referral_app.documents import fax_cover, response_form, text
from referral_app.documents.fax_cover import Cover
from referral_app.documents.response_form import Form
from referral_app.services.practices import PracticeRecord
from tests.documents import paper, people, tagged

REFERENCE = "7QK2-M4TX-9"


def form(values: dict[str, Any] | None = None, **more: Any) -> Form:
    made = Form(REFERENCE, people.intake() if values is None else values, people.SURGEON, people.PRACTICE)
    return replace(made, **more)


def cover(**more: Any) -> Cover:
    made = Cover(
        REFERENCE, "Amara Keen, MD", people.PRACTICE, people.TODAY, "Harbor Surgery Center", "(410) 555-0162",
        "(410) 555-0163", "Urgent", 7,
    )  # fmt: skip
    return replace(made, **more)


def modules(pdf: bytes) -> list[list[bool]]:
    """Return the modules of the code at the upper right of the first page, sampled in their middles."""
    drawn = subprocess.run(
        ["pdftoppm", "-r", "288", "-gray", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    ).stdout
    with Image.open(io.BytesIO(drawn)) as page:
        corner = page.crop((page.width * 7 // 10, 0, page.width, page.height // 5))
    dark = ImageOps.invert(corner).point([0] * 128 + [255] * 128)
    left, top, right, low = dark.getbbox() or (0, 0, 0, 0)
    count = len(list(segno.make_qr(REFERENCE, error="m").matrix))
    step = (right - left) / count
    assert abs((low - top) - (right - left)) <= 2
    middles = [step * (at + 0.5) for at in range(count)]
    return [[bool(dark.getpixel((int(left + x), int(top + y)))) for x in middles] for y in middles]


def test_the_form_says_everything_that_can_be_answered_on_one_page() -> None:
    pdf = response_form.render(form())
    said = paper.text(pdf)
    assert paper.pages(pdf) == 1
    assert tagged.problems(pdf) == []
    offered = [one.label for one in (*DeclineReason, *VisitOutcome)]
    for words in (
        *offered, "We accept this referral.", "We need more information",
        "Neurology note", "Date (month, day, year)", "Time", "Place", "Interpreter for Vietnamese needed:",
        "Diagnosis", "Plan", "Procedure, and date if set", "Follow-up", "Filled in by",
        "An Thị Nguyễn · born March 27, 1984 · (410) 555-0142", "Fax back to (410) 555-0121", "Amara Keen, MD",
        "Dana Ross, MD",
    ):  # fmt: skip
        assert words in said, words


def test_the_code_holds_the_reference_number_that_stands_beside_it_and_no_more() -> None:
    holds = [[bool(module) for module in row] for row in segno.make_qr(REFERENCE, error="m").matrix]
    for pdf in (response_form.render(form()), fax_cover.render(cover(urgency=""))):
        assert modules(pdf) == holds
        assert REFERENCE in paper.text(pdf)


def test_the_same_form_is_the_same_bytes() -> None:
    assert response_form.render(form()) == response_form.render(form())
    assert fax_cover.render(cover()) == fax_cover.render(cover())


def test_without_a_fax_number_the_form_says_whom_to_call() -> None:
    practice = PracticeRecord("Oak Lane", callback_person="Kim Bell", callback_phone="410-555-0122")
    said = paper.text(response_form.render(form(practice=practice)))
    assert "Fax back" not in said
    assert "Oak Lane · call Kim Bell, (410) 555-0122" in said


def test_an_empty_referral_makes_a_form_all_the_same() -> None:
    pdf = response_form.render(form({}))
    said = paper.text(pdf)
    assert "Name not given · date of birth not given" in said
    assert "Interpreter:" in said
    assert paper.pages(pdf) == 1


def test_long_and_odd_names_flow_on_and_are_printed_as_they_are() -> None:
    values = people.intake()
    values["patient"] |= {"given_name": "Anna-Maria <b>&amp; " * 12, "family_name": "ẞ’Ö" * 30}
    pdf = response_form.render(form(values))
    said = paper.text(pdf)
    assert said.count("Anna-Maria <b>&amp;") >= 12
    assert tagged.problems(pdf) == []


def test_a_name_that_no_font_has_stops_the_form() -> None:
    values = people.intake()
    values["patient"]["given_name"] = "محمد"
    with pytest.raises(text.Unprintable):
        response_form.render(form(values))


def test_the_cover_names_offices_pages_and_urgency_and_no_patient() -> None:
    pdf = fax_cover.render(cover())
    said = paper.text(pdf)
    assert paper.pages(pdf) == 1
    assert tagged.problems(pdf) == []
    for words in (
        "Amara Keen, MD", "Harbor Surgery Center", "(410) 555-0163", "Oak Lane Neurology", "(410) 555-0121", "Urgent",
        "7, this one included", REFERENCE, "Confidential", "March 20, 2026",
    ):  # fmt: skip
        assert words in said, words
    assert "patient" not in said.lower()
    assert "page 1 of 1" not in said


def test_a_routine_fax_has_no_urgent_word_and_an_unknown_number_of_pages_is_written_in() -> None:
    said = paper.text(fax_cover.render(cover(urgency="Routine", pages=0, fax="")))
    assert "Routine" not in said
    assert f"{fax_cover.BLANK}, this one included" in said
