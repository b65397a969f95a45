"""Symbols and drawings, looked at as pixels."""

from __future__ import annotations

import io
import subprocess

from PIL import Image
from reportlab.platypus import Flowable

from referral_app.clinical import heads
from referral_app.documents import drawings, layout, packet_language, site_drawing, symbols, text
from tests.documents import paper

STYLES = layout.patient_styles(large=False)
PAGE = layout.Page("A title", "An Nguyen", ("born March 27, 2007", "REF"), STYLES)


def ink(*story: Flowable) -> int:
    """Return how many pixels of the page above the foot are dark when it is printed in black and white."""
    pdf = layout.build(list(story), PAGE)
    ran = subprocess.run(["pdftoppm", "-r", "50", "-mono", "-"], input=pdf, capture_output=True, check=True)
    page = Image.open(io.BytesIO(ran.stdout)).convert("L").crop((0, 0, 425, 480))
    return page.histogram()[0]


def test_the_nerves_of_the_head_read_in_black_and_white() -> None:
    assert ink(drawings.BackOfHead(layout.WIDTH, 150, 12)) > 800
    said = paper.text(layout.build([drawings.BackOfHead(layout.WIDTH, 150, 12)], PAGE))
    for name in ("Greater occipital nerve", "Lesser occipital nerve", "Third occipital nerve"):
        assert name in said


def test_labels_of_the_drawing_stay_on_the_page_in_large_print() -> None:
    pdf = layout.build([drawings.BackOfHead(layout.WIDTH, 230, 18)], PAGE)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout
    ends = [float(part.split('"')[1]) for part in boxes.decode().split("xMax=")[1:] for part in [f"x{part}"]]
    assert max(ends) <= layout.PAGE_WIDTH - layout.MARGIN + 1


def test_the_cut_reads_in_black_and_white_and_is_named_in_both_languages() -> None:
    assert ink(drawings.WhereCut(layout.WIDTH, 150, 12)) > 700
    for language, name in (("en", "The cut"), ("es", "El corte")):
        drawing = drawings.WhereCut(layout.WIDTH, 150, 12, packet_language.words(language))
        assert name in paper.text(layout.build([drawing], PAGE))


def test_the_six_sites_have_their_numbers_and_those_of_the_patient_a_thicker_edge() -> None:
    said = paper.text(layout.build([site_drawing.TriggerSites(layout.WIDTH, 140, 12)], PAGE))
    assert all(f" {site} " in f" {said} " for site in ("I", "II", "III", "IV", "V", "VI"))
    assert ink(site_drawing.TriggerSites(layout.WIDTH, 140, 12, ["IV"])) != ink(
        site_drawing.TriggerSites(layout.WIDTH, 140, 12)
    )


def test_every_drawing_has_words_that_stand_for_it() -> None:
    for language in packet_language.PRINTED:
        words = packet_language.words(language)
        for drawing in (
            drawings.BackOfHead(layout.WIDTH, 150, 12, words),
            drawings.WhereCut(layout.WIDTH, 150, 12, words),
            site_drawing.TriggerSites(layout.WIDTH, 140, 12, (), words),
        ):
            assert len(drawing.alternative.split()) > 20
            assert "{" not in drawing.alternative


def test_sites_are_drawn_in_the_order_of_the_words_and_lie_on_their_heads() -> None:
    assert sorted(site_drawing.SITES) == sorted(packet_language.words("en").part("sites"))
    for site in site_drawing.SITES.values():
        assert heads.on_head(site.view, site.named)
        assert not heads.inside(site.number, heads.flat(heads.strokes(site.view)[0].curve))


def test_filled_people_are_darker_than_open_ones() -> None:
    assert ink(drawings.HundredPeople(100, layout.WIDTH)) > 1.5 * ink(drawings.HundredPeople(0, layout.WIDTH))


def test_every_symbol_is_drawn() -> None:
    bare = ink(symbols.Marked("", STYLES.item, None, 20))
    for symbol in (symbols.tick, symbols.dot, symbols.numeral(3), symbols.phone, symbols.alarm):
        assert ink(symbols.Marked("", STYLES.item, symbol, 20)) > bare


def test_an_item_longer_than_a_page_goes_on_without_a_second_symbol() -> None:
    item = symbols.Marked("word " * 3000, STYLES.item, symbols.tick, 20)
    pdf = layout.build([text.paragraph("before", STYLES.body), item], PAGE)
    assert paper.pages(pdf) > 2
    assert paper.text(pdf).count("word") == 3000


def test_lines_to_write_on_are_dark_enough() -> None:
    assert ink(symbols.WritingLines(3, 20)) > 300
