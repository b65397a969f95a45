"""The words of code titles, sorted, with the places where each stands: what a search by words reads."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’")
_SHORTEST_SLIP, _SHORTEST_TWO = 5, 8
_MOST_WORDS = 8


def fold(text: str) -> list[str]:
    """Return the words of a text without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES))
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


@dataclass(eq=False)
class Words:
    """Words in their order; those of number n stand at places `postings[starts[n]:starts[n + 1]]` (4 bytes each)."""

    words: list[str]
    starts: array[int]
    postings: bytes

    def having(self, beginning: str, size: int, slips: bool = False) -> Mask:
        """Return which of `size` places have a word that begins so, with `slips` also one that nearly does."""
        import numpy as np

        mask = np.zeros(size, dtype=np.bool_)
        for first, last in self._ranges(beginning, slips):
            count = self.starts[last] - self.starts[first]
            mask[np.frombuffer(self.postings, "<u4", count, self.starts[first] * 4)] = True
        return mask

    def _ranges(self, beginning: str, slips: bool) -> list[tuple[int, int]]:
        """Return the numbers of the words that begin so; where none does, of those that nearly do."""
        if not self.words:
            return []
        first = bisect_left(self.words, beginning)
        last = bisect_left(self.words, beginning + "\x7f")
        if first < last:
            return [(first, last)]
        return [(number, number + 1) for number in self._slips(beginning)] if slips else []

    def _slips(self, typed: str) -> list[int]:
        """Return the words that are one slip away (two for long words), whole or as far as they were typed."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(typed) < _SHORTEST_SLIP:
            return []
        most = 1 if len(typed) < _SHORTEST_TWO else 2
        # A word with another first letter is rarely what was meant, and looking at all of them takes ten times as long.
        first = bisect_left(self.words, typed[0])
        near_by = self.words[first : bisect_left(self.words, typed[0] + "\x7f")]
        cut = [word[: len(typed)] for word in near_by]
        away: dict[int, float] = {}
        for words in (cut, near_by):
            hits: list[Any] = process.extract(
                typed, words, scorer=OSA.distance, score_cutoff=most, limit=None
            )
            away |= {
                first + int(one[2]): min(float(one[1]), away.get(first + int(one[2]), 9)) for one in hits
            }
        best = min(away.values(), default=0)
        return sorted(number for number, far in away.items() if far == best)


def asked(text: str) -> list[str]:
    """Return the words that are searched for, the longest first, at most eight."""
    return sorted(set(fold(text)), key=len, reverse=True)[:_MOST_WORDS]
