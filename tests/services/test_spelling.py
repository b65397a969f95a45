"""Slips of the pen: found by letters and checked, as a plain reading of all words finds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.database import Database
from referral_app.services import spelling, surgeons
from referral_app.services.spelling import Words
from referral_app.services.surgeon_records import SurgeonRecord
from tests.services.directories import meant

WORD = st.text("abcs", min_size=3, max_size=11)


def words(some: list[str]) -> Words:
    terms = ["n" + one for one in some]
    return Words(len(some), terms, {length: spelling._letters(terms, length) for length in spelling._LENGTHS})  # noqa: SLF001


@given(st.lists(WORD, unique=True, min_size=1, max_size=20), WORD)
def test_the_words_meant_are_those_a_plain_reading_finds(some: list[str], typed: str) -> None:
    assert words(some).meant(typed) == [("n" + one, wrong) for one, wrong in meant(typed, some)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("smiht", 1),
        ("smth", 1),
        ("smithh", 1),
        ("smxth", 1),
        ("smi", 0),
        ("htims", 0),
        ("sm1th", 0),
        ("smxxh", 0),
    ],
)
def test_one_letter_may_be_wrong_in_a_short_word(typed: str, wrong: int) -> None:
    assert words(["smith"]).meant(typed) == ([("nsmith", wrong)] if wrong else [])


def test_two_letters_may_be_wrong_in_a_long_word_and_a_beginning_is_enough() -> None:
    assert words(["fairweather"]).meant("farweathr") == [("nfairweather", 2)]
    assert words(["fairweather"]).meant("fiarwe") == [("nfairweather", 1)]


def test_words_that_came_since_are_known_too(filled: Database) -> None:
    with filled.read() as session:
        known = spelling.read(session, None)
    with filled.begin() as session:
        surgeons.save(session, SurgeonRecord("Ana", "Quillonthwaite"))
    with filled.read() as session:
        later = spelling.read(session, known)
        assert ("nquillonthwaite", 1) in later.meant("quillontwait")
        assert set(later.terms) == set(spelling.read(session, None).terms)
        assert spelling.read(session, later) is later
