"""The words that were meant where one is spelled wrong: one letter in words of four to seven, two in longer ones.

A slip is a letter too many, too few, a wrong one, or two that changed places. From five letters on, the beginning of a
longer word is meant too, so that a word is found while it is being typed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.models.directory_index import IndexWord
from referral_app.services.folding import forgiven
from referral_app.services.index_columns import Array

MOST_MEANT = 24
"""So many words are looked for in the place of one: those with the fewest wrong letters, whole words first."""

_BEGINNING = 5
_AT_ONCE = 5000
_LENGTHS = (3, 4, 5, 6, 7, 8, 9, 10, 12, 24)
_WIDEST = _LENGTHS[-1]


def slips(word: str) -> int:
    """Return how many letters of a typed word may be wrong."""
    return forgiven(len(word)) if word.isascii() and word.isalpha() else 0


@dataclass
class Words:
    """The words of the directory up to one id, with the letters that the beginning of each has."""

    last: int
    terms: list[str]
    letters: dict[int, Array]

    def meant(self, word: str) -> list[tuple[str, int]]:
        """Return the terms of the words that may be meant, each with how many letters are wrong, 1 or 2."""
        return _near(self, word, slips(word))


def read(session: Session, known: Words | None) -> Words:
    """Return the words of the directory, of which some may be known already."""
    last = known.last if known else 0
    of = select(IndexWord.id, IndexWord.term).where(IndexWord.id > last).order_by(IndexWord.id)
    fresh: list[str] = []
    for some in session.connection().execute(of).partitions(_AT_ONCE):  # other threads come in between
        fresh += [term for _, term in some]
        last = some[-1][0]
    if known and not fresh:
        return known
    letters = {length: _letters(fresh, length) for length in _LENGTHS}
    if known:
        letters = {length: np.concatenate([known.letters[length], letters[length]]) for length in _LENGTHS}
    return Words(last, (known.terms if known else []) + fresh, letters)


def _letters(terms: list[str], length: int) -> Array:
    """Return which letters are among the first of each word, one bit for each letter."""
    if not terms:
        return np.empty(0, dtype=np.uint32)
    codes = np.array([term[1 : length + 1] for term in terms], dtype=f"S{length}").view(np.uint8)
    codes = codes.reshape(-1, length)
    bits = np.where(codes > 0, np.uint32(1) << (codes.astype(np.uint32) - 97), np.uint32(0))
    return np.bitwise_or.reduce(bits, axis=1)


def _near(known: Words, word: str, most: int) -> list[tuple[str, int]]:
    if not most:
        return []
    terms: list[str] = [known.terms[at] for at in _candidates(known, word, most).tolist()]
    if not terms:
        return []
    candidates = [term[1:] for term in terms]
    whole = _wrong(word, candidates, most)
    best = whole
    if len(word) >= _BEGINNING:
        for length in range(len(word) - most, len(word) + most + 1):
            best = np.minimum(best, _wrong(word, [one[:length] for one in candidates], most))
    near = np.flatnonzero((best > 0) & (best <= most)).tolist()
    ranked = sorted((int(best[at]), bool(whole[at] > best[at]), terms[at]) for at in near)
    return [(one, wrong) for wrong, _, one in ranked[:MOST_MEANT]]


def _wrong(word: str, candidates: list[str], most: int) -> Array:
    """Return how many letters are wrong in each candidate, more than `most` where it is more (optimal alignment)."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return process.cdist([word], candidates, scorer=OSA.distance, score_cutoff=most)[0]


def _candidates(known: Words, word: str, most: int) -> Array:
    """Return the places of the words that can be near by their letters alone.

    Of the typed letters all but `most` must be among the first of a word, and of its first letters, as many as a
    beginning must have, all but `most` among the typed ones.
    """
    outer = next((one for one in _LENGTHS if one >= len(word) + most), _WIDEST)
    inner = max(one for one in _LENGTHS if one <= max(len(word) - most, _LENGTHS[0]))
    own = _letters(["n" + word], _WIDEST)[0]
    near = np.bitwise_count(own & ~known.letters[outer]) <= most
    if len(word) - most >= inner:
        near &= np.bitwise_count(known.letters[inner] & ~own) <= most
    return np.flatnonzero(near)
