"""Choosing among words by their first letters or by a digit for their place."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

PAUSE = 2.0
"""Seconds after which a letter begins a new word."""
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


class Letters:
    """Remembers what was typed of a word; "Not asked" and its like are found by A too, as their last word begins."""

    def __init__(self, words: Sequence[str]) -> None:
        """Take the words to choose from."""
        self._words = [word.casefold() for word in words]
        self._typed, self._last = "", 0.0
        self._whole = ""
        self.again = False
        """Whether the same letter was typed once more: the next of its words is meant."""

    def forget(self) -> None:
        """Begin a new word with the next letter."""
        self._typed = self._whole = ""

    def matches(self, event: QKeyEvent) -> list[int]:
        """Return the places of the words that are meant by the keys so far; none where the key means nothing."""
        letter = event.text().casefold()
        self.again = False
        if event.modifiers() not in _PLAIN or not letter.isalnum():
            self.forget()
            return []
        now = time.monotonic()
        if now - self._last > PAUSE:
            self.forget()
        self._last = now
        if letter.isdigit() and 1 <= int(letter) <= len(self._words):
            self.forget()
            return [int(letter) - 1]
        if self._whole.startswith(self._typed + letter) and self._whole:
            self._typed += letter
            return []  # the word was taken already; its other letters choose nothing else
        return self._begun_with(letter)

    def _begun_with(self, letter: str) -> list[int]:
        self.again = self._typed == letter
        for typed in (self._typed + letter, letter):
            found = [place for place, word in enumerate(self._words) if word.startswith(typed)]
            if found:
                self._typed = typed
                return found
        self.forget()
        return [place for place, word in enumerate(self._words) if _is_not(word, letter)]

    def settled(self, place: int) -> None:
        """Take a word as the one that is meant: the rest of it may be typed or left out."""
        self._whole = self._words[place]


def _is_not(word: str, letter: str) -> bool:
    return word.startswith("not ") and word.split()[-1].startswith(letter)
