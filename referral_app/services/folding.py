"""How text is compared in searches: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "\u0131": "i"}
)

_WORDS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the words of a text in lower case without accents, one space between them."""
    if text.isascii():  # nine of ten, and ten times as fast
        return " ".join(_WORDS.findall(text.lower()))
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(_WORDS.findall(letters))


def forgiven(length: int) -> int:
    """Return how many letters of a word of this length may be wrong: one of four to seven, two of more."""
    return 0 if length < 4 else 1 if length < 8 else 2


def like(word: str) -> str:
    """Return the LIKE pattern that finds a folded word at the start of any word of a `searchable` text."""
    return f"% {word}%"


def searchable(*texts: object) -> str:
    """Return the folded text that `like` patterns are held against; it begins with a space."""
    return " " + fold(" ".join(str(text) for text in texts if text))
