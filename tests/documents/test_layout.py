"""The paper around the text."""

from __future__ import annotations

import io
import subprocess

import pikepdf
from reportlab import rl_config

from referral_app.documents import fonts, layout, tables, text
from tests.documents import paper

STYLES = layout.Styles(11, 14.5)
PAGE = layout.Page(
    "A title", "An Nguyễn", ("born March 27, 2007", "7QK2-M4TX-9"), STYLES, marks=("Draft – not signed",)
)


def test_every_page_says_whose_it_is_and_how_many_there_are() -> None:
    pdf = layout.build([text.paragraph("word " * 3000, STYLES.body)], PAGE)
    count = paper.pages(pdf)
    assert count > 2
    for number in range(1, count + 1):
        said = paper.text(pdf, number)
        assert (
            f"An Nguyễn · born March 27, 2007 · 7QK2-M4TX-9 · page {number} of {count} · confidential" in said
        )
        assert "Draft – not signed" in said


def test_a_very_long_name_leaves_room_in_the_foot() -> None:
    page = layout.Page("A title", "Wolfeschlegelstein " * 40, ("born March 27, 2007", "REF"), STYLES)
    said = paper.text(layout.build([text.paragraph("x", STYLES.body)], page))
    assert "… · born March 27, 2007 · REF · page 1 of 1 · confidential" in said


def test_the_same_input_gives_the_same_bytes() -> None:
    def make() -> bytes:
        return layout.build(
            [layout.Heading("Hello <world>", STYLES.heading), text.paragraph("x", STYLES.body)], PAGE
        )

    assert make() == make()


def test_fonts_are_embedded_and_nothing_else_is_used() -> None:
    found = paper.fonts(
        layout.build([text.paragraph(text.bold("Nguyễn") + " and others", STYLES.body)], PAGE)
    )
    assert all(found.values())
    assert all("Atkinson" in name or "Noto" in name for name in found)


def test_a_pdf_is_whole_and_says_its_title_and_language() -> None:
    pdf = layout.build([layout.Heading("First", STYLES.heading), text.paragraph("x", STYLES.body)], PAGE)
    assert paper.whole(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == "A title"
        assert str(opened.Root.Lang) == "en-US"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_outline() as outline:
            assert [entry.title for entry in outline.root] == ["First"]
        assert "/AA" not in opened.Root
        assert "/OpenAction" not in opened.Root or "/JS" not in opened.Root.OpenAction


def test_a_setting_of_the_system_does_not_let_the_paper_fetch_anything() -> None:
    rl_config.trustedSchemes = ["file", "http"]  # type: ignore[attr-defined]
    layout.build([text.paragraph("x", STYLES.body)], PAGE)
    assert rl_config.trustedHosts == []  # type: ignore[attr-defined]
    assert rl_config.trustedSchemes == ["data"]  # type: ignore[attr-defined]


def test_a_heading_takes_what_belongs_to_it_to_the_next_page() -> None:
    filler = [text.paragraph("line", STYLES.body) for _ in range(44)]
    body = [text.paragraph("What belongs to the heading.", STYLES.body)]
    pdf = layout.build([*filler, *tables.headed("The heading", body, STYLES)], PAGE)
    assert paper.pages(pdf) == 2
    assert "The heading" in paper.text(pdf, 2)


def test_large_print_is_18_points() -> None:
    styles = layout.patient_styles(large=True)
    assert (styles.body.fontSize, styles.body.leading) == (18, 25)
    assert styles.title.fontSize == 22
    assert styles.heading.fontSize == 20
    assert layout.patient_styles(large=False).body.fontSize == 12


def test_text_is_dark_enough_on_its_ground() -> None:
    for ink, ground in (
        (layout.INK, layout.PAPER), (layout.MUTED, layout.PAPER), (layout.ACCENT, layout.PAPER),
        (layout.INK, layout.SUNKEN), (layout.EMERGENCY, layout.PAPER),
    ):  # fmt: skip
        assert contrast(ink, ground) >= 4.5


def contrast(one: layout.Color, other: layout.Color) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: layout.Color) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.rgb()]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_the_fallback_font_keeps_scripts_that_need_shaping_out() -> None:
    assert not {"अ", "ि"} & fonts.fallback_cover()
    assert "ễ" in fonts.fallback_cover()


def test_many_marks_stay_on_the_paper() -> None:
    marks = ("Urgent evaluation first", "Draft – not signed", "A preview that nobody may send to anyone at all",
             "Invented for demonstration")  # fmt: skip
    page = layout.Page("A title", "An Nguyen", ("born March 27, 2007", "REF"), STYLES, marks=marks)
    pdf = layout.build([text.paragraph("x", STYLES.body)], page)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    starts = [float(part.split('"')[0]) for part in boxes.split('xMin="')[1:]]
    assert min(starts) >= layout.MARGIN - 1
    assert all(mark in paper.text(pdf) for mark in marks)
