"""Documents that are drawn once: ahead of the click, by several at a time, and anew once anything changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest

from referral_app.database import Database
from referral_app.jobs import ahead, drawn, letters
from referral_app.services import audit, referrals
from referral_app.services.audit import Filter
from referral_app.services.errors import InvalidInput


@dataclass(frozen=True)
class Note:
    """A record as documents have them."""

    words: str
    more: dict[str, str] = field(default_factory=dict[str, str])


class Pen:
    """Draws, and counts how often."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def __call__(self, note: Note) -> bytes:
        """Draw a note."""
        self.drawn.append(note.words)
        return note.words.encode()


def test_an_equal_record_is_drawn_once(db: Database) -> None:
    pen = Pen()
    for _ in range(3):
        assert drawn.once(db, "letter", Note("a", {"b": "c"}), pen) == b"a"
    assert pen.drawn == ["a"]
    drawn.once(db, "packet", Note("a", {"b": "c"}), pen)
    drawn.once(db, "letter", Note("a", {"b": "d"}), pen)
    assert pen.drawn == ["a"] * 3


def test_few_are_kept_and_large_ones_are_not(db: Database) -> None:
    pen = Pen()
    for number in range(drawn.MOST + 1):
        drawn.once(db, "letter", Note(str(number)), pen)
    drawn.once(db, "letter", Note("0"), pen)
    assert pen.drawn.count("0") == 2
    for _ in range(2):
        drawn.once(db, "letter", Note("x" * (drawn.LARGEST + 1)), pen)
    assert len([one for one in pen.drawn if one.startswith("x")]) == 2


def test_whoever_asks_meanwhile_waits_for_the_one_that_draws(db: Database) -> None:
    begun, go_on, pen = Event(), Event(), Pen()

    def slowly(note: Note) -> bytes:
        begun.set()
        assert go_on.wait(10)
        return pen(note)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(drawn.once, db, "letter", Note("a"), slowly)
        assert begun.wait(10)
        second = threads.submit(drawn.once, db, "letter", Note("a"), pen)
        go_on.set()
        assert first.result() == second.result() == b"a"
    assert pen.drawn == ["a"]


def test_what_was_refused_is_asked_anew(db: Database) -> None:
    def refuse(_note: Note) -> bytes:
        raise InvalidInput({"": "No."})

    with pytest.raises(InvalidInput):
        drawn.once(db, "letter", Note("a"), refuse)
    assert drawn.once(db, "letter", Note("a"), Pen()) == b"a"


def test_a_letter_drawn_ahead_is_shown_as_it_is_and_noted_only_then(filled: Database, reference: str) -> None:
    def noted() -> int:
        with filled.read() as session:
            return len(audit.find(session, Filter()))

    known = noted()
    ahead.draw(filled, "letter", reference)
    ahead.draw(filled, "packet", reference)
    assert noted() == known
    made = letters.make(filled, reference)
    assert noted() == known + 1
    with filled.begin() as session:
        record = referrals.get(session, reference)
        answers = {**record.intake, "goals": {**record.intake["goals"], "patient_goal": "To swim again"}}
        referrals.save(session, answers, referral_id=record.id, version=record.version)
    assert letters.make(filled, reference).content != made.content


def test_what_cannot_be_drawn_ahead_is_said_later(filled: Database) -> None:
    ahead.draw(filled, "letter", "0000-0000-0")
    ahead.draw(filled, "kit", "")


def test_a_letter_is_drawn_beforehand_without_a_store() -> None:
    ahead.warm()
