"""The power-cut kit as one PDF: three papers behind each other, to be printed on both sides."""

from __future__ import annotations

from datetime import date

import pytest
from reportlab.platypus import Flowable, PageBreak

from referral_app.documents import kit, kit_form, kit_parts, kit_surgeons, layout, questionnaire_text, text
from referral_app.documents.kit_parts import Part
from referral_app.services.center import CenterRecord
from tests.documents import paper
from tests.documents.people import SURGEON

STYLES = layout.Styles(11, 14.5)
NAMES = (kit_form.NAME, questionnaire_text.read("en").foot["name"], kit_surgeons.NAME)


@pytest.fixture(scope="module")
def made() -> bytes:
    return kit.render(kit.Kit([SURGEON], ["Revision"], CenterRecord(), date(2026, 11, 23)))


def part(name: str, pages: int, named: bool = False) -> Part:
    story: list[Flowable] = []
    for number in range(pages):
        story += [*([PageBreak()] if number else []), text.paragraph(f"{name} {number + 1}", STYLES.body)]
    return Part(layout.Page(name, name, (), STYLES, secret=""), story, named)


def test_the_three_papers_stand_behind_each_other_each_from_an_odd_page(made: bytes) -> None:
    beginnings = {
        name: next(
            number
            for number in range(1, paper.pages(made) + 1)
            if f"{name} · printed on November 23, 2026 · page 1 of" in paper.text(made, number)
        )
        for name in NAMES
    }
    assert list(beginnings.values()) == sorted(beginnings.values())
    assert all(number % 2 == 1 for number in beginnings.values())


def test_it_is_whole_with_its_fonts_in_it_and_the_same_each_time(made: bytes) -> None:
    assert paper.whole(made)
    assert all(paper.fonts(made).values())
    assert made == kit.render(kit.Kit([SURGEON], ["Revision"], CenterRecord(), date(2026, 11, 23)))


def test_an_empty_directory_makes_a_kit_too() -> None:
    said = paper.text(kit.render(kit.Kit([], [], CenterRecord(), date(2026, 11, 23))))
    assert kit_surgeons.EMPTY in said
    assert "Procedures in mind" in said


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_a_part_counts_its_own_pages_and_an_empty_page_fills_an_odd_one(pages: int) -> None:
    pdf = kit_parts.build([part("First", pages), part("Second", 2)])
    before = pages + pages % 2
    assert paper.pages(pdf) == before + 2
    assert f"page {pages} of {pages}" in paper.text(pdf, pages)
    assert ("This page is left empty." in paper.text(pdf, before)) == bool(pages % 2)
    assert "Second 1" in paper.text(pdf, before + 1)
    assert "Second · page 2 of 2" in paper.text(pdf, before + 2)


def test_later_pages_of_what_is_filled_in_have_room_for_the_name(made: bytes) -> None:
    pdf = kit_parts.build([part("First", 2, named=kit_parts.NAMED), part("Second", 2)])
    named = ["Date of birth" in paper.text(pdf, number) for number in range(1, 5)]
    assert named == [False, True, False, False]
    assert "Patient Date of birth" in paper.text(made, 2)
