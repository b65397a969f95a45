"""The head of the sender's paper: its logo, its lines, or the room that printed paper needs."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from PIL import Image

from referral_app.documents import layout, letter, letterhead
from referral_app.exchange import logos
from referral_app.services.practices import Letterhead
from tests.documents import paper, people, tagged


def picture(wide: int = 600, tall: int = 200, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (wide, tall), "#0B6470").save(out, form)
    return out.getvalue()


def under(head: Letterhead, **more: Any) -> bytes:
    made = people.letter(**more)
    return letter.render(replace(made, practice=replace(people.PRACTICE, letterhead=head)))


def test_a_logo_stands_beside_the_lines_and_is_read_as_what_it_is() -> None:
    pdf = under(Letterhead("Oak Lane Neurology", ("12 Oak Lane",), logo=logos.small(picture())))
    assert tagged.problems(pdf) == []
    listed = subprocess.run(["pdfimages", "-list", "-"], input=pdf, capture_output=True, check=True).stdout
    assert listed.count(b"image") >= 1
    assert "Oak Lane Neurology 12 Oak Lane" in paper.text(pdf, 1)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert b"Logo of Oak Lane Neurology" in opened.Root.unparse() or "Logo of Oak Lane Neurology" in str(
            [str(one.get("/Alt", "")) for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        )


@pytest.mark.parametrize("tall", [200, 300])
def test_a_wide_logo_never_covers_the_end_of_a_line(tall: int) -> None:
    logo = logos.small(picture(600, tall))
    pdf = under(
        Letterhead("Oak Lane Neurology", ("12 Oak Lane, Baltimore, MD 21224", "Phone " * 30), logo=logo)
    )
    ends = [right for word, _, top, right, _ in paper.word_places(pdf, 1) if word == "Phone" and top < 110]
    edge = (8.5 * layout.INCH + layout.WIDTH) / 2
    assert len(ends) > 10
    assert max(ends) < edge - letterhead.Logo(logo, "").width


def test_a_logo_without_lines_is_a_letterhead_too() -> None:
    assert tagged.problems(under(Letterhead("", (), logo=logos.small(picture(100, 900))))) == []


@pytest.mark.parametrize("inches", [0.75, 1.5, 2.5])
def test_printed_paper_keeps_its_room_on_the_first_page_alone(inches: float) -> None:
    head = Letterhead("Never printed", ("Nor this",), preprinted_inches=inches)
    pdf = under(head)
    said = paper.text(pdf)
    assert "Never printed" not in said
    assert "Nor this" not in said
    first = min(top for _, _, top, _, _ in paper.word_places(pdf, 1))
    assert inches * 72 <= first <= inches * 72 + 12
    assert min(top for _, _, top, _, _ in paper.word_places(pdf, 2)) < 75


def test_marks_stand_below_what_is_printed_already() -> None:
    values = people.intake()
    values.pop("signature")
    pdf = under(Letterhead("Never printed", preprinted_inches=2.0), values=values)
    places = {word: top for word, _, top, _, _ in paper.word_places(pdf, 1)}
    assert 144 < places["Draft"] < places["Referral"]
    assert tagged.problems(pdf) == []
