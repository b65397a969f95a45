"""Tables and boxes, in which nothing is lost however long it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reportlab.platypus import Flowable

from referral_app.documents import layout, tables, text
from tests.documents import paper

STYLES = layout.Styles(11, 14.5)
PAGE = layout.Page("A title", "An Nguyen", ("born March 27, 2007", "REF"), STYLES)
COLUMNS = (
    tables.Column("Treatment", 0.5),
    tables.Column("Weeks", 0.2, number=True),
    tables.Column("Note", 0.3),
)
LONG = " ".join(f"w{number}" for number in range(8600))


def test_the_header_row_is_repeated_on_every_page() -> None:
    rows = [(f"Drug {number}", str(number), "note") for number in range(200)]
    pdf = layout.build([tables.table(COLUMNS, rows, STYLES)], PAGE)
    assert paper.pages(pdf) > 3
    for number in range(1, paper.pages(pdf) + 1):
        assert "Treatment Weeks Note" in paper.text(pdf, number)
    said = paper.text(pdf)
    assert all(f"Drug {number} " in said for number in range(200))


@pytest.mark.parametrize("words", [LONG, "x" * 50_000, "line\n" * 10_000], ids=["words", "one word", "lines"])
def test_fifty_thousand_characters_in_a_cell_are_printed(words: str) -> None:
    pdf = layout.build([tables.table(COLUMNS, [("Drug", "3", words), ("Next", "4", "n")], STYLES)], PAGE)
    said = "".join(paper.text(pdf).split())
    assert said.count("line") == 10_000 if "\n" in words else "w8599" in said or said.count("x") >= 50_000
    assert "Next" in said


def test_fifty_thousand_characters_beside_a_label_in_a_box_and_in_columns_are_printed() -> None:
    story = [
        *tables.pairs([("Note", LONG)], STYLES),
        tables.box([(LONG.replace("w", "v"), STYLES.body)]),
        tables.beside([text.bold("To") + " " + LONG.replace("w", "u"), "From"], STYLES),
    ]
    said = paper.text(layout.build(story, PAGE)).split()
    for letter in "wvu":
        assert [word for word in said if word.startswith(letter) and word[1:].isdigit()] == [
            f"{letter}{number}" for number in range(8600)
        ]


def test_markup_is_cut_only_outside_its_tags() -> None:
    markup = text.join(" · ", [text.bold(f"bold {number}") + " plain" for number in range(2000)])
    said = paper.text(layout.build(tables.pairs([("All", markup)], STYLES), PAGE))
    assert (said.count("bold"), said.count("plain")) == (2000, 2000)
    assert "<" not in said


def test_two_columns_of_a_list_are_read_down_and_may_be_long() -> None:
    items = [text.paragraph(f"item {number}", STYLES.body) for number in range(300)]
    said = paper.text(layout.build([tables.halves(items)], PAGE))
    assert "item 0 item 1 item 2 " in said
    assert all(f"item {number}" in said for number in range(300))


def test_a_cell_that_is_cut_at_the_end_of_a_line_gets_no_empty_line() -> None:
    lines = text.join(text.BREAK, (text.bold(f"line {number}") for number in range(40)))
    cut = tables.flowing(lines, STYLES.cell, 120, 190)
    assert len(cut) > 1
    whole = text.paragraph(lines, STYLES.cell).wrap(120, 9999)[1]
    assert sum(part.wrap(120, 9999)[1] for part in cut) == pytest.approx(whole)


def test_a_long_list_comes_from_a_story_that_is_told_bit_by_bit() -> None:
    told: list[int] = []

    def story() -> Iterator[Flowable]:
        for number in range(300):
            told.append(number)
            yield text.paragraph(f"line {number}", STYLES.body)

    said = paper.text(layout.build(story(), PAGE))
    assert told == list(range(300))
    at = [said.index(f"line {number} ") for number in range(299)]
    assert at == sorted(at)
