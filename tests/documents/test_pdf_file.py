"""A finished file: its tree is packed, leads from every mark to its element, and takes little memory while it grows."""

from __future__ import annotations

import io
import tracemalloc
from array import array

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from referral_app.documents import layout, tables, tag_lines, tagging, text
from referral_app.documents.tagging import Tag, Tree
from tests.documents import paper, tagged

STYLES = layout.Styles(11, 14.5)
PAGE = layout.Page("A title", "An Nguyen", ("born March 27, 2007",), STYLES)
COLUMNS = (tables.Column("Treatment", 0.5), tables.Column("Note", 0.5))


def test_elements_are_packed_and_every_object_is_found() -> None:
    rows = [(f"Drug {number}", "note") for number in range(1500)]
    pdf = layout.build([tables.table(COLUMNS, rows, STYLES)], PAGE)
    assert paper.whole(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        kinds = [str(one.get("/Type", "")) for one in opened.objects if isinstance(one, pikepdf.Stream)]
        assert kinds.count("/ObjStm") > 1
        assert not [one for one in opened.objects if one is None]
    assert pdf.count(b"/S /TD") == 0


def test_strings_of_the_tree_are_read_as_they_were_written() -> None:
    for words in ("plain (a) \\ b", "Łódź – “x”", "12 cm² 😀", "line\nnext"):
        with pikepdf.new() as document:
            made = pikepdf.Object.parse(f"<<{tagging.alternative(words)}>>".encode())
            assert str(made.Alt) == words
            assert document is not None


def test_a_title_with_markup_stands_in_the_metadata_as_it_is() -> None:
    page = layout.Page("Referral <7QK2> & “more”", "An", (), STYLES)
    pdf = layout.build([layout.Heading("x", STYLES.title), text.paragraph("y", STYLES.body)], page)
    assert tagged.problems(pdf) == []


def test_a_row_of_a_long_table_takes_a_few_dozen_bytes_for_each_of_its_elements() -> None:
    rows = 20_000
    canvas, tree = Canvas(io.BytesIO()), Tree("en-US")
    tracemalloc.start()
    tree.open(Tag("Table"))
    for number in range(rows):
        tree.turn(number // 8)
        tree.open(Tag("TR"))
        for _ in range(4):
            tree.begin(canvas, Tag("TD"))
            tree.end(canvas)
        tree.close()
        canvas._code.clear()  # noqa: SLF001 - it is packed away with its page
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert grown / rows < 250, grown / rows  # five elements and four marks
    pages = array("i", range(rows // 8 + 1))
    written = sum(len(tag_lines.element(tree, at, 10, 1, pages, {})) for at in range(len(tree.roles)))
    assert written > rows * 5 * 20
    assert sum(1 for _ in tag_lines.leaves(tree, 10, len(pages))) == -(-len(pages) // 64)
