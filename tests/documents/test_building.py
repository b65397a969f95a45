"""Laying a document out in several ways and drawing the one that is taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from reportlab.platypus import Flowable

from referral_app.documents import layout, paragraphs, symbols, tables, text
from referral_app.documents.paragraphs import Lines
from tests.documents import paper, tagged

STYLES = layout.Styles(11, 14.5)
PAGE = layout.Page("A title", "An Nguyen", ("born March 27, 2007", "REF"), STYLES)
COLUMNS = (tables.Column("Treatment", 0.5), tables.Column("Note", 0.5))


def story(leading: float = 14.5, lines: int = 60) -> list[Flowable]:
    """Return something of everything that is split in its own way."""
    styles = layout.Styles(11, leading)
    words = text.join(" ", ["plain", text.bold("bold <b>"), "Nguyễn", "x" * 200])
    return [
        layout.Heading("A heading " * 20, styles.heading),
        *(text.paragraph(f"{words} {number}", styles.body) for number in range(lines)),
        *(symbols.Marked("item " * 200, styles.item, symbols.numeral(number), 20) for number in (1, 2)),
        tables.table(COLUMNS, [(f"Drug {number}", "note " * 30) for number in range(40)], styles),
        layout.Whole(
            [layout.Heading("Kept", styles.heading), text.paragraph("together " * 100, styles.body)]
        ),
    ]


def test_what_is_laid_out_first_is_drawn_as_if_it_were_drawn_at_once() -> None:
    planned = layout.plan(story(), PAGE)
    drawn = planned.drawn()
    assert drawn == layout.build(story(), PAGE)
    assert planned.pages == paper.pages(drawn) > 3
    assert tagged.problems(drawn) == []


def test_texts_that_were_broken_into_lines_before_are_drawn_the_same() -> None:
    with paragraphs.remembering(Lines()):
        layout.plan(story(13), PAGE)
        again = layout.plan(story(), PAGE).drawn()
    assert again == layout.build(story(), PAGE)


def test_a_text_of_another_look_is_another_text() -> None:
    with paragraphs.remembering(Lines()):
        made = [
            text.paragraph("the same words", style) for style in (STYLES.body, STYLES.head, STYLES.number)
        ]
        pdf = layout.build(list(made), PAGE)
    assert len(paper.fonts(pdf)) == 2
    lefts = [place[1] for place in paper.word_places(pdf, 1) if place[0] == "same"]
    assert lefts[2] > lefts[1] > layout.MARGIN


def test_the_first_way_with_few_enough_pages_is_taken_and_no_further_one_is_made() -> None:
    asked: list[float] = []

    def ways() -> Iterator[list[Flowable]]:
        for leading in (16.0, 14.0, 12.0, 10.0):
            asked.append(leading)
            yield story(leading)

    pages = {leading: layout.plan(story(leading), PAGE).pages for leading in (16.0, 14.0, 12.0, 10.0)}
    most = pages[12.0]
    assert layout.build_within(most, ways(), PAGE) == layout.build(story(asked[-1]), PAGE)
    assert pages[asked[-1]] <= most
    assert asked == [leading for leading in pages if leading >= asked[-1]]


def test_where_no_way_is_short_enough_the_shortest_is_taken() -> None:
    ways = ([text.paragraph("word " * count, STYLES.body)] for count in (6000, 2000, 4000))
    assert paper.pages(layout.build_within(1, ways, PAGE)) == paper.pages(
        layout.build([text.paragraph("word " * 2000, STYLES.body)], PAGE)
    )


@pytest.mark.parametrize("lines", [50, 60, 90])
def test_the_last_page_is_filled_where_a_way_does_it(lines: int) -> None:
    def way(leading: float) -> list[Flowable]:
        return [text.paragraph("line", layout.Styles(11, leading).body) for _ in range(lines)]

    leadings = (14.5, 18.0, 12.0)
    filled = [layout.measured(way(leading), PAGE) for leading in leadings]
    enough = (layout.PAGE_HEIGHT - PAGE.top - PAGE.bottom) / 3
    taken = next(
        leading for leading, one in zip(leadings, filled, strict=True) if len(one) == 1 or one[-1] >= enough
    )
    assert layout.build_full(0, map(way, leadings), PAGE) == layout.build(way(taken), PAGE)


def test_nothing_is_remembered_once_a_document_is_made() -> None:
    with paragraphs.remembering(lines := Lines()):
        text.paragraph("within", STYLES.body)
    text.paragraph("after", STYLES.body)
    assert lines.find("within", STYLES.body) is not None
    assert lines.find("after", STYLES.body) is None
