"""A text out of which parts are taken one after the other, so that what is left over is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Cells = Mapping[str, str]
Read = tuple[dict[str, Any], str]
"""The values of a row, and what of the line went into none of them."""

_EDGES = " \t\n,;:|–—-•*."
GAP = "\x1f"
"""Stands where something was taken out of a text; no cleaned text holds it."""


class Scrap:
    """A text out of which parts are taken, each once."""

    def __init__(self, text: str) -> None:
        """Begin with the whole text."""
        self.left = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take the first match of a pattern out of the text."""
        match = pattern.search(self.left)
        if match:
            self.left = f"{self.left[: match.start()]}{GAP}{self.left[match.end() :]}"
        return match

    def rest(self) -> str:
        """Return what was not taken."""
        return rest(*self.left.split(GAP))


def rest(*parts: str) -> str:
    """Return what of some parts holds letters or numbers, in one line."""
    kept = (tidy(part) for part in parts)
    return "; ".join(part for part in kept if any(letter.isalnum() for letter in part))


def tidy(text: str) -> str:
    """Return a text in one line without the marks at its edges."""
    plain = " ".join(text.split()).strip(_EDGES)
    return plain if plain.count("(") == plain.count(")") else plain.strip("()")


def join(*parts: str) -> str:
    """Return the parts that hold anything, with a blank between them."""
    return " ".join(part.strip() for part in parts if part.strip())
