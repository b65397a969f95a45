"""The texts for patients on paper: read from the program, and filled by name. `clinical/patient_markdown.py` parses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from referral_app.clinical.patient_markdown import BadText, Block, Kind, Section, parse, pieces
from referral_app.documents import text
from referral_app.paths import resource

__all__ = ["BadText", "Block", "Kind", "Section", "fill", "load", "parse"]


def load(name: str, language: str = "en", texts: Mapping[str, str] | None = None) -> Section:
    """Return the text of that name: the one among `texts`, else the program's.

    Raises FileNotFoundError where there is none and BadText, naming the text, where it is not whole.
    """
    given = (texts or {}).get(name)
    try:
        return parse(_own(name, language) if given is None else given)
    except BadText as error:
        raise BadText(f"The text “{name}” cannot be printed. {error}") from error


@cache
def _own(name: str, language: str) -> str:
    return resource(f"packet/{language}/{name}.md").read_text(encoding="utf-8")


def fill(words: str, values: Mapping[str, str]) -> text.Markup:
    """Return text as markup, placeholders filled, **bold** made bold; raises BadText for an unknown placeholder."""
    made: list[text.Markup] = []
    for piece in pieces(words):
        filled = text.escape(_value(piece.words, values) if piece.placeholder else piece.words)
        made.append(text.bold(filled) if piece.bold and filled else filled)
    return text.Markup("".join(made))


def _value(name: str, values: Mapping[str, str]) -> str:
    if name not in values:
        raise BadText(f"Nothing fills the placeholder {{{name}}}.")
    return values[name]
