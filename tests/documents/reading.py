"""The Flesch-Kincaid grade of English text, counted with pyphen.

Source of the formula: Kincaid et al. 1975. Names of drugs, nerves and people are left out, as nobody can shorten them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pyphen

NAMES = (
    "occipital neuralgia", "occipital", "neuralgia", "botulinum toxin", "American Headache Society",
    "American Society of Plastic Surgeons", "MRI", "CT",
)  # fmt: skip
"""Names that stand for themselves: each counts as one word of one syllable."""

_SENTENCE_ENDS = re.compile(r"[.!?:]+(?=\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d,.-]*")


def sentences(text: str) -> list[list[str]]:
    """Return the sentences of a text as words; headings and lines of lists are sentences too."""
    for name in NAMES:
        text = re.sub(rf"\b{name}\b", "name", text, flags=re.IGNORECASE)
    found: Iterator[list[str]] = (_WORD.findall(part) for part in _SENTENCE_ENDS.split(text))
    return [words for words in found if words]


def grade(text: str) -> float:
    """Return the school grade a text asks for: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    read = sentences(text)
    words = [word for sentence in read for word in sentence]
    return 0.39 * len(words) / len(read) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def length(text: str) -> float:
    """Return the average number of words in a sentence."""
    read = sentences(text)
    return sum(map(len, read)) / len(read)


def syllables(word: str) -> int:
    """Return the syllables of a word: the greater of pyphen's parts and the groups of vowels that are heard."""
    if word[0].isdigit():
        return 1
    lower = word.lower().strip("'’-")
    silent = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouysxzcg])es$", "", lower)
    heard = len(re.findall(r"[aeiouy]+", silent))
    return max(1, heard, len(_dictionary().positions(lower)) + 1)


@cache
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")
