"""What a text may hold: no hidden characters, Latin letters in legal names, and lengths that can be printed.

Source: contract section 1 (legal names are in Latin letters, as on the insurance card).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SHORT, LONG, REASON = 1000, 20_000, 1000
"""The most characters of a text on one line, of a text on several, and of a reason for "not available"."""

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Control characters (tab and ends of line apart), direction overrides, halves of characters, no characters."""

_NOT_IN_NAMES = frozenset({"So", "Co", "Cn", "Cs"})


def hidden(text: str) -> bool:
    """Tell whether a text holds characters that cannot be seen but change how it is read."""
    return not (text.isascii() and text.isprintable()) and _HIDDEN.search(text) is not None


def problem(text: str, longest: int, lines: bool) -> str:
    """Return what is wrong with a text as one sentence, "" where nothing is; `lines` allows several lines."""
    if len(text) > longest:
        return f"Shorten this to {longest:,} characters."
    if hidden(text):
        return "This text holds hidden characters; type it again."
    if not lines and ("\n" in text or "\r" in text):
        return "Type this on one line."
    if not text.isascii() and not any(letter.isprintable() for letter in text if letter != " "):
        return "Type this as words."
    return ""


def name_problem(text: str) -> str:
    """Return what is wrong with a legal name as one sentence, "" where nothing is."""
    if text.isascii() or all(map(_in_latin, text)):
        return ""
    return "Type the name in Latin letters, as on the insurance card."


def _in_latin(letter: str) -> bool:
    category = unicodedata.category(letter)
    if category.startswith("L"):
        return category == "Lm" or unicodedata.name(letter, "").startswith("LATIN")
    return category not in _NOT_IN_NAMES


def folded(text: object) -> str:
    """Return a text as two are compared, case and spaces ignored; "" for what is no text."""
    return " ".join(text.casefold().split()) if isinstance(text, str) else ""


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as people list them: "light, noise and smells"."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
