"""Tables of many rows, cut into pages that are asked for one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from reportlab.platypus import PageBreak

from referral_app.documents import layout, long_tables, tables, text
from tests.documents import paper

STYLES = layout.Styles(10.5, 13.5)
COLUMNS = (tables.Column("Name", 0.5), tables.Column("Note", 0.5))
PAGE = layout.Page("A list", "A list", (), STYLES)
HEIGHT = layout.PAGE_HEIGHT - 2 * layout.INCH


def printed(rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]], used: float = 0) -> bytes:
    return layout.build(long_tables.pages(COLUMNS, rows, used, HEIGHT, STYLES), PAGE)


def test_each_page_is_full_and_has_whole_rows() -> None:
    note = text.join(text.BREAK, ["first", "second", "last"])
    pdf = printed([(f"row {at}", note) for at in range(100)])
    for number in range(1, paper.pages(pdf) + 1):
        said = paper.text(pdf, number)
        assert said.startswith("Name Note")
        assert said.count("first") == said.count("last") == said.count("row ")
    assert paper.pages(pdf) == 7


def test_what_stands_above_counts_on_the_first_page_alone() -> None:
    rows = [(f"row {at}", "note") for at in range(60)]
    first = paper.text(printed(rows), 1).count("row ")
    assert paper.text(printed(rows, HEIGHT / 2), 1).count("row ") < first
    assert paper.text(printed(rows, HEIGHT / 2), 2).count("row ") == first


def test_no_more_rows_are_asked_for_than_a_page_holds() -> None:
    asked: list[int] = []

    def rows() -> Iterator[tuple[str, ...]]:
        for at in range(10_000):
            asked.append(at)
            yield (f"row {at}", "note")

    made = list(islice(long_tables.pages(COLUMNS, rows(), 0, HEIGHT, STYLES), 2))
    assert isinstance(made[1], PageBreak)
    assert len(asked) < 60


def test_a_row_higher_than_a_page_goes_on_in_parts() -> None:
    words = " ".join(f"w{at}" for at in range(3000))
    said = paper.text(printed([("before", ""), ("high", words), ("after", "")]))
    assert not [word for word in words.split() if word not in said]
    assert said.index("before") < said.index("w0") < said.index("after")


def test_no_rows_are_a_table_with_its_header() -> None:
    assert "Name Note" in paper.text(printed([]))


def test_the_height_of_what_stands_above_is_that_of_its_parts() -> None:
    parts = [tables.space(10), text.paragraph("one line", STYLES.cell)]
    assert long_tables.height_of(parts) == 10 + STYLES.cell.leading
