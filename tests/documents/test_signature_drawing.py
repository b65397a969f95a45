"""A signature on paper: strokes or a name in italics above a line, with words that stand for it."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime

import pytest
from PIL import Image

from referral_app.clinical import handwriting
from referral_app.clinical.handwriting import Handwriting
from referral_app.documents import layout, signature_drawing
from referral_app.documents.layout import Page, Styles
from referral_app.services.e_signatures import Placed
from tests.documents import paper

STYLES = Styles(11, 14.5)
DRAWN = handwriting.drawn([[(10, 60), (60, 5), (120, 85)], [(130, 40), (310, 45)], [(5, 5)]])


def _placed(written: Handwriting, invented: bool = False) -> Placed:
    return Placed("Rosa Ortiz, MD", written, datetime(2026, 3, 27, 15, tzinfo=UTC), invented)


def _pdf(placed: Placed) -> bytes:
    story = [signature_drawing.flowable(placed, STYLES)]
    return layout.build(story, Page("Signature", "Nora Fielding", (), STYLES))


def _black(pdf: bytes) -> int:
    made = subprocess.run(
        ["pdftoppm", "-r", "100", "-gray", "-"], input=pdf, capture_output=True, check=True
    ).stdout
    return sum(Image.open(io.BytesIO(made)).histogram()[:128])


def test_it_is_said_in_words_whose_it_is_and_when_it_was_placed() -> None:
    assert (
        signature_drawing.alternative(_placed(DRAWN)) == "Signature of Rosa Ortiz, MD, placed March 27, 2026"
    )
    assert signature_drawing.alternative(_placed(DRAWN, True)).endswith("invented for demonstration")
    assert "Signature placed March 27, 2026, invented for demonstration" in paper.text(
        _pdf(_placed(DRAWN, True))
    )


def test_strokes_are_black_and_wide_enough_for_a_fax() -> None:
    drawn, empty = _pdf(_placed(DRAWN)), _pdf(_placed(Handwriting()))
    assert _black(drawn) > _black(empty) + 300


@pytest.mark.parametrize(
    "name",
    ["Rosa Ortiz, MD", "Žofia Novák-Ångström", "Ольга Ivanova", "W" * 80, "<b>A & B</b>", "Ro\u200bsa"],
)
def test_a_typed_name_is_written_whole_inside_its_room(name: str) -> None:
    pdf = _pdf(_placed(handwriting.typed(name)))
    said = paper.text(pdf).replace(" ", "")
    assert name.replace(" ", "").replace("\u200b", "") in said
    right = max(place[3] for place in paper.word_places(pdf, 1) if place[0][0] in name)
    assert right <= layout.MARGIN + 6 + signature_drawing.WIDE + 400 * (name[0] not in "W")


def test_the_same_signature_gives_the_same_bytes() -> None:
    assert _pdf(_placed(DRAWN)) == _pdf(_placed(DRAWN))
