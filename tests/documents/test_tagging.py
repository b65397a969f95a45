"""Every kind of document is read aloud as it is seen, and what is split over pages stays one element."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from referral_app.documents import kit_parts, layout, symbols, tables, text
from referral_app.documents.figures import Figure
from referral_app.documents.kit_parts import Part
from tests.documents import kinds, paper, tagged

ROOM = Path(text.__file__).parent
STYLES = layout.Styles(11, 14.5)
PAGE = layout.Page("A title", "An Nguyen", ("born March 27, 2007", "REF"), STYLES)
COLUMNS = (
    tables.Column("Treatment", 0.5),
    tables.Column("Weeks", 0.2, number=True),
    tables.Column("Note", 0.3),
)


class Drawn(Figure):
    """A square with a word in it."""

    def __init__(self, alternative: str) -> None:
        super().__init__()
        self.width = self.height = 50.0
        self.alternative = alternative

    def paint(self, canvas: Canvas) -> None:
        canvas.rect(0, 0, 50, 50)
        canvas.setFont("Atkinson", 10)
        canvas.drawString(5, 20, "word")


class Stray(Drawn):
    """A drawing outside of every mark."""

    def draw(self) -> None:
        self.paint(self.canv)


def made(*story: Flowable, page: layout.Page = PAGE) -> bytes:
    return layout.build(list(story), page)


def words(said: str) -> Flowable:
    return text.paragraph(said, STYLES.body)


def outline(pdf: bytes) -> str:
    """Return the roles of the elements of a PDF, nested by brackets."""

    def said(one: tagged.Element) -> str:
        inside = [said(kid) for kid in one.kids if isinstance(kid, tagged.Element)]
        return f"{one.role}({' '.join(inside)})" if inside else one.role

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return said(tagged.tree(opened))


def entries(pdf: bytes, role: str) -> list[dict[str, Any]]:
    """Return what stands in the elements of a role, as text."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [one.entry for one in tagged.tree(opened).walk() if one.role == role]
        return [{name: str(value) for name, value in entry.items() if name in ("/Alt", "/ActualText", "/Lang")}
                for entry in found]  # fmt: skip


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_document_of_each_kind_is_read_as_it_is_seen(kind: str) -> None:
    pdf = kinds.KINDS[kind]()
    assert tagged.problems(pdf) == []
    assert squeezed(struct_text(pdf)) == squeezed(tagged.texts(pdf)[0])
    assert tagged.texts(pdf, "H1")[0]


def struct_text(pdf: bytes) -> str:
    """Return the text of the elements as poppler reads them."""
    read = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True)
    lines = [line.strip() for line in read.stdout.decode().splitlines()]
    return "".join(line[1:-1] for line in lines if line.startswith('"') and line.endswith('"'))


def squeezed(said: str) -> str:
    return "".join(said.split())


def test_headings_are_levels_and_bookmarks_by_their_size_and_none_is_skipped() -> None:
    heads = [layout.Heading(said, style) for said, style in (
        ("Title", STYLES.cover), ("One", STYLES.title), ("Inside", STYLES.heading), ("Two", STYLES.title),
        ("Another title", STYLES.cover), ("Small at once", STYLES.heading),
    )]  # fmt: skip
    pdf = made(*heads)
    assert tagged.problems(pdf) == []
    assert outline(pdf) == "Document(H1 H2 H3 H2 H1 H2)"
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as bookmarks:
        first, other = bookmarks.root
        assert [first.title, other.title] == ["Title", "Another title"]
        assert [entry.title for entry in first.children] == ["One", "Two"]
        assert [entry.title for entry in first.children[0].children] == ["Inside"]


def test_a_paragraph_over_three_pages_is_one_element() -> None:
    said = " ".join(f"w{number}" for number in range(3000))
    pdf = made(words("before"), words(said), words("after"))
    assert paper.pages(pdf) > 2
    assert tagged.problems(pdf) == []
    assert tagged.texts(pdf, "P") == ["before", said, "after"]


def test_a_line_of_a_list_over_pages_is_one_element_in_one_list() -> None:
    said = " ".join(f"w{number}" for number in range(2000))
    lines = [symbols.Marked(one, STYLES.item, symbols.dot, 14) for one in ("first", said, "last")]
    pdf = made(*lines)
    assert paper.pages(pdf) > 1
    assert tagged.problems(pdf) == []
    assert outline(pdf) == "Document(L(LI(Lbl LBody) LI(Lbl LBody) LI(Lbl LBody)))"
    assert tagged.texts(pdf, "LBody") == ["first", said, "last"]


def test_lists_end_where_something_else_or_another_kind_of_list_begins() -> None:
    lines = [symbols.Marked("x", STYLES.item, symbol, 14) for symbol in (
        symbols.dot, symbols.dot, symbols.tick, symbols.numeral(1), symbols.numeral(2), symbols.numeral(1),
    )]  # fmt: skip
    pdf = made(*lines, words("between"), symbols.Marked("y", STYLES.item, symbols.numeral(2), 14))
    assert tagged.problems(pdf) == []
    item = "LI(Lbl LBody)"
    assert outline(pdf) == f"Document(L({item} {item}) L({item}) L({item} {item}) L({item}) P L({item}))"
    assert [entry.get("/ActualText", "") for entry in entries(pdf, "Lbl")[:4]] == [
        "•",
        "•",
        "box to tick",
        "",
    ]
    assert tagged.texts(pdf, "Lbl") == ["", "", "", "1", "2", "1", "2"]


def test_a_table_over_pages_is_one_with_its_header_once() -> None:
    rows = [(f"Drug {number}", str(number), "a note") for number in range(150)]
    pdf = made(tables.table(COLUMNS, rows, STYLES))
    assert paper.pages(pdf) > 3
    assert tagged.problems(pdf) == []
    assert len(tagged.texts(pdf, "Table")) == 1
    assert tagged.texts(pdf, "TH") == ["Treatment", "Weeks", "Note"]
    assert tagged.texts(pdf, "TR")[1:3] == ["Drug 0 0 a note", "Drug 1 1 a note"]
    assert paper.text(pdf).count("Treatment Weeks Note") == paper.pages(pdf)


def test_a_row_that_goes_on_in_further_rows_is_one_row() -> None:
    said = " ".join(f"w{number}" for number in range(900))
    pdf = made(
        tables.table(COLUMNS, [("Drug", "3", said), ("Next", "4", "n")], STYLES),
        *tables.pairs([("Note", said)], STYLES),
    )
    assert tagged.problems(pdf) == []
    assert outline(pdf) == ("Document(Table(TR(TH TH TH) TR(TD TD TD(P)) TR(TD TD TD)) Table(TR(TH TD(P))))")
    assert tagged.texts(pdf, "TD")[2] == tagged.texts(pdf, "P")[-1] == said


def test_boxes_and_columns_are_read_one_after_the_other_and_their_lines_are_not() -> None:
    pdf = made(
        tables.box([("in a box", STYLES.body)]),
        tables.halves([words(f"item {number}") for number in range(4)]),
        tables.two_boxes(([words("left")], layout.INK, 1.0), ([words("right")], layout.INK, 2.0)),
        layout.rule(),
        symbols.WritingLines(2, 20),
    )  # fmt: skip
    assert tagged.problems(pdf) == []
    assert outline(pdf) == "Document(P P P P P P P)"
    assert tagged.texts(pdf, "P") == ["in a box", *(f"item {number}" for number in range(4)), "left", "right"]


def test_a_figure_has_its_words_and_its_place_and_one_without_words_is_decoration() -> None:
    pdf = made(Drawn("A square"), text.paragraph("What it shows", STYLES.caption, role="Caption"), Drawn(""))
    assert tagged.problems(pdf) == []
    assert outline(pdf) == "Document(Figure Caption)"
    assert entries(pdf, "Figure") == [{"/Alt": "A square"}]


def test_a_link_says_its_address_and_is_part_of_its_words() -> None:
    pdf = made(
        words("See"), text.link("the page of the society", "https://www.example.org/a?b=(c)", STYLES.body)
    )
    assert tagged.problems(pdf) == []
    assert outline(pdf) == "Document(P P(Link))"
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (note,) = opened.pages[0].obj.Annots
        assert str(note.A.URI) == str(note.Contents) == "https://www.example.org/a?b=(c)"


def test_parts_in_another_language_say_so() -> None:
    name = text.join(" ", ["Name:", text.spoken("Анна", "ru"), text.bold(text.spoken("José", "es")), "here"])
    pdf = made(
        words(name),
        text.paragraph("Llámenos", STYLES.body, lang="es-US"),
        tables.box([("Hola", STYLES.body)], lang="es"),
    )
    assert tagged.problems(pdf) == []
    assert tagged.texts(pdf, "P") == ["Name: Анна José here", "Llámenos", "Hola"]
    assert [entry.get("/Lang", "") for entry in entries(pdf, "P")] == ["", "es-US", "es"]
    langs = [entry["/Lang"] for entry in entries(pdf, "Span")]
    assert list(zip(tagged.texts(pdf, "Span"), langs, strict=True)) == [("Анна", "ru"), ("José", "es")]
    assert len(paper.fonts(pdf)) == len({name.split("+")[1] for name in paper.fonts(pdf)})


def test_a_name_in_its_own_script_is_known_to_be_in_the_language_of_the_patient() -> None:
    pdf = kinds.KINDS["letter with own script"]()
    assert tagged.texts(pdf, "Span") == ["Анна Иванова"]
    assert entries(pdf, "Span") == [{"/Lang": "ru"}]


def test_marks_above_the_text_are_read_once_before_everything_else() -> None:
    page = layout.Page("A title", "An", (), STYLES, marks=("Draft – not signed", "Urgent evaluation first"))
    pdf = made(words("word " * 2000), page=page)
    assert paper.pages(pdf) > 1
    assert tagged.problems(pdf) == []
    assert entries(pdf, "P")[0] == {"/ActualText": "Draft – not signed. Urgent evaluation first."}
    assert squeezed("".join(tagged.texts(pdf, "P"))).count("Draft") == 1


def test_papers_behind_each_other_are_sections_each_with_its_title_language_and_marks() -> None:
    parts = [
        Part(
            layout.Page("One", "One", (), STYLES, marks=("Invented",)), [layout.Heading("One", STYLES.title)]
        ),
        Part(layout.Page("Dos", "Dos", (), STYLES, lang="es-US"), [layout.Heading("Dos", STYLES.title)]),
    ]
    pdf = kit_parts.build(parts)
    assert tagged.problems(pdf) == []
    assert outline(pdf) == "Document(Sect(P H1) Sect(H1))"
    assert entries(pdf, "Sect") == [{}, {"/Lang": "es-US"}]


def test_a_box_to_tick_is_said_in_the_language_of_the_paper() -> None:
    said = {entry["/ActualText"] for entry in entries(kinds.KINDS["questionnaire in Spanish"](), "Lbl")}
    assert said == {"casilla para marcar"}


def test_a_long_document_packs_its_tree_and_each_mark_still_leads_to_its_element() -> None:
    rows = [(f"Drug {number}", str(number), "note") for number in range(4000)]
    pdf = made(tables.table(COLUMNS, rows, STYLES))
    assert paper.pages(pdf) > 64
    assert tagged.problems(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.Root.StructTreeRoot.ParentTree.Kids) > 1


@pytest.mark.parametrize("harm", ["untagged", "stray", "no words", "no scope", "no language"])
def test_the_walk_finds_what_is_wrong(harm: str) -> None:
    acts: dict[str, Callable[[pikepdf.Pdf], None]] = {
        "untagged": lambda opened: opened.Root.__delitem__("/StructTreeRoot"),
        "no language": lambda opened: opened.Root.__delitem__("/Lang"),
        "no words": lambda opened: _without(opened, "Figure", "/Alt"),
        "no scope": lambda opened: _without(opened, "TH", "/A"),
        "stray": lambda opened: None,
    }
    drawn = Stray("x") if harm == "stray" else Drawn("x")
    pdf = made(words("x"), drawn, tables.table(COLUMNS, [("a", "1", "b")], STYLES))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        acts[harm](opened)
        target = io.BytesIO()
        opened.save(target)
    assert tagged.problems(target.getvalue())


def _without(opened: pikepdf.Pdf, role: str, name: str) -> None:
    for one in tagged.tree(opened).walk():
        if one.role == role:
            del one.entry[name]


def test_every_document_is_walked_through() -> None:
    rendered = {
        path.stem for path in ROOM.glob("*.py") if "\ndef render(" in path.read_text(encoding="utf-8")
    }
    walked = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.py")]
    tests = "".join(said for said in walked if "problems(" in said or "KINDS:" in said)
    assert not {name for name in rendered if f"{name}.render(" not in tests}
