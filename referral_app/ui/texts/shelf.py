"""What the editor works on: a shelf of entries, which are patient texts or paragraphs of the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from referral_app.database import Database, Session


@dataclass(frozen=True)
class Entry:
    """One text of a shelf: its words in force, the version they are, where it stands in icon and words.

    `said` says that whole, `short` in a list. `note` is what must be known before it is edited, `reviewed` by whom
    these words were reviewed, `own` that they are not what counts by itself, to which there is a way back, `fixed`
    that they cannot be edited.
    """

    key: str
    group: str
    title: str
    words: str
    seen: int
    state: str
    said: str
    note: str = ""
    reviewed: str = ""
    own: bool = False
    short: str = ""
    fixed: bool = False
    record: Any = None


@dataclass(frozen=True)
class Version:
    """An earlier wording: its number, words, when, by whom."""

    number: int
    words: str
    at: datetime | None
    by: str


@dataclass(frozen=True)
class Reading:
    """How easily a text is read: a state with its verdict, what was measured, and the hardest sentences."""

    state: str
    verdict: str
    measured: str
    hardest: Sequence[str] = ()


Problem = tuple[int, str]
"""The line, from 1, and a sentence."""


class Shelf(Protocol):
    """What a list of texts is asked for; all but the names runs in the background."""

    name: str
    heading: str
    filter_label: str
    back_words: str
    back_question: str
    has_large: bool

    def options(self, session: Session) -> list[tuple[str, str]]:
        """Return what the list is narrowed down by, value and label."""
        ...

    def load(self, session: Session, chosen: str) -> list[Entry]:
        """Return the entries for an option."""
        ...

    def summary(self, entries: Sequence[Entry], chosen: str) -> str:
        """Return a sentence on all of them."""
        ...

    def placeholders(self, entry: Entry) -> list[tuple[str, str]]:
        """Return the placeholders of an entry with what each gives."""
        ...

    def problems(self, entry: Entry, words: str) -> list[Problem]:
        """Return what keeps words from being printed."""
        ...

    def reading(self, entry: Entry, words: str) -> Reading | None:
        """Return how easily words are read, None where that is not asked of them."""
        ...

    def sample(self, db: Database, entry: Entry, words: str, large: bool) -> bytes:
        """Return a PDF with the words as they print; raises InvalidInput."""
        ...

    def save(self, db: Database, entry: Entry, words: str, seen: int) -> int:
        """Keep a new version and return its number; raises InvalidInput, Conflict."""
        ...

    def back(self, db: Database, entry: Entry) -> None:
        """Let what counts by itself count again."""
        ...

    def history(self, session: Session, entry: Entry) -> list[Version]:
        """Return the versions of an entry, the newest first."""
        ...
