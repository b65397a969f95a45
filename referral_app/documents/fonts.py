"""The fonts that are embedded: Atkinson Hyperlegible, and Noto Sans for the letters that it lacks."""

from __future__ import annotations

import copy
import functools
import unicodedata
from typing import cast

import fontpkg_atkinson_hyperlegible
import fontpkg_noto_sans
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

BODY = "Atkinson"
BOLD = "Atkinson-Bold"
FALLBACK = "Noto"
FALLBACK_BOLD = "Noto-Bold"
"""The regular cut once more: the canvas draws it with a thin outline, as the package has no bold cut to embed."""
MARK = "@"
"""What stands between the name of a font and the language of text in it; see `spoken`."""
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


@functools.cache
def spoken(lang: str) -> str:
    """Return the mark behind the names of our fonts by which text in them is known to be in a language, as "ru".

    A font under such a name is the same one, of which the PDF holds one copy.
    """
    cover()
    fallback_cover()
    mark = f"{MARK}{lang}"
    for name in (*_FILES, FALLBACK, FALLBACK_BOLD):
        font = copy.copy(cast(TTFont, pdfmetrics.getFont(name)))
        font.fontName = name + mark
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(
        BODY + mark,
        normal=BODY + mark,
        bold=BOLD + mark,
        italic=_ITALIC + mark,
        boldItalic=_BOLD_ITALIC + mark,
    )
    light, heavy = FALLBACK + mark, FALLBACK_BOLD + mark
    pdfmetrics.registerFontFamily(light, normal=light, bold=heavy, italic=light, boldItalic=heavy)
    return mark


def _characters(font: TTFont) -> set[str]:
    glyphs: dict[int, int] = font.face.charToGlyph  # pyright: ignore
    return {chr(code) for code, glyph in glyphs.items() if glyph and 0x20 <= code < 0xFFFE}
