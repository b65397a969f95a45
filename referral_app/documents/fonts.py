"""The fonts that are embedded: Atkinson Hyperlegible, and Noto Sans for the letters that it lacks."""

from __future__ import annotations

import functools
import unicodedata

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BODY = "Atkinson"
BOLD = "Atkinson-Bold"
FALLBACK = "Noto"
FALLBACK_BOLD = "Noto-Bold"
"""The regular cut once more: the canvas draws it with a thin outline, as the package has no bold cut to embed."""
_ITALIC = "Atkinson-Italic"
_BOLD_ITALIC = "Atkinson-BoldItalic"
_FILES = {BODY: "Regular", BOLD: "Bold", _ITALIC: "Italic", _BOLD_ITALIC: "BoldItalic"}
_SHAPED = ("DEVANAGARI", "VEDIC")
"""Scripts that Noto Sans draws only with shaping, which ReportLab does not do: printed unshaped they read wrongly."""


@functools.cache
def cover() -> frozenset[str]:
    """Register Atkinson Hyperlegible and return every character that all of its four cuts can draw."""
    folder = fontpkg_atkinson_hyperlegible.ROOT / "files"
    covers: list[set[str]] = []
    for name, cut in _FILES.items():
        font = TTFont(name, str(folder / f"AtkinsonHyperlegible-{cut}.ttf"))
        pdfmetrics.registerFont(font)
        covers.append(_characters(font))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=_ITALIC, boldItalic=_BOLD_ITALIC)
    return frozenset(covers[0].intersection(*covers[1:]))


@functools.cache
def fallback_cover() -> frozenset[str]:
    """Register Noto Sans, when it is first needed, and return every character that it draws as it should look."""
    path = fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf"
    font = TTFont(FALLBACK, str(path))
    pdfmetrics.registerFont(font)
    pdfmetrics.registerFont(TTFont(FALLBACK_BOLD, str(path)))
    pdfmetrics.registerFontFamily(
        FALLBACK, normal=FALLBACK, bold=FALLBACK_BOLD, italic=FALLBACK, boldItalic=FALLBACK_BOLD
    )
    return frozenset(
        letter for letter in _characters(font) if not unicodedata.name(letter, "").startswith(_SHAPED)
    )


def _characters(font: TTFont) -> set[str]:
    glyphs: dict[int, int] = font.face.charToGlyph  # pyright: ignore
    return {chr(code) for code, glyph in glyphs.items() if glyph and 0x20 <= code < 0xFFFE}
