"""Codes, read back from the finished PDF: what is dark on paper is dark in the code."""

from __future__ import annotations

import io
import subprocess

import pytest
import segno
from PIL import Image

from referral_app.documents import codes, layout

PAGE = layout.Page("A code", "A code", (), layout.Styles(11, 14.5))
SIZE = 180.0
SCALE = 4


def drawn(text: str) -> list[list[bool]]:
    """Return the modules of a code as they stand on the rendered page, sampled in their middles."""
    modules = len(list(segno.make_qr(text, error="m").matrix))
    pdf = layout.build([codes.qr(text, SIZE)], PAGE)
    rendered = subprocess.run(
        ["pdftoppm", "-r", str(72 * SCALE), "-gray", "-"], input=pdf, capture_output=True, check=True
    )
    picture = Image.open(io.BytesIO(rendered.stdout))
    side = SIZE / (modules + 2 * codes.QUIET)
    middles = [round((layout.INCH + (codes.QUIET + at + 0.5) * side) * SCALE) for at in range(modules)]
    return [[_dark(picture, x, y) for x in middles] for y in middles]


def _dark(picture: Image.Image, x: int, y: int) -> bool:
    value = picture.getpixel((x, y))
    assert isinstance(value, int)
    return value < 128


@pytest.mark.parametrize(
    "text", ["7QK2-M4TX-9", "7QK2-M4TX-9ABC-DEFG-HJKM-NPQR-STVW-XYZ0-1234-5678", "x" * 300]
)
def test_a_code_is_printed_as_it_was_made(text: str) -> None:
    assert drawn(text) == [[bool(module) for module in row] for row in segno.make_qr(text, error="m").matrix]


def test_a_text_too_long_for_any_code_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        codes.qr("x" * 5000, SIZE)
