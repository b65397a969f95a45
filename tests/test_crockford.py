"""Texts that are read out and typed again: every slip of one character, and every swap of two, is noticed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from referral_app import crockford

LENGTHS = st.integers(1, 40)


@given(LENGTHS)
def test_what_was_made_fits_and_reads_back_however_it_is_typed(length: int) -> None:
    made = crockford.make(length)
    assert crockford.fits(made)
    assert crockford.read(f" {crockford.grouped(made, 5).lower()} ") == made


@given(LENGTHS, st.data())
def test_every_wrong_character_is_noticed(length: int, data: st.DataObject) -> None:
    made = crockford.make(length)
    place = data.draw(st.integers(0, length))
    further = data.draw(
        st.integers(1, len(crockford.ALPHABET) - 1)
    )  # what is drawn never follows what is random
    mark = crockford.ALPHABET[(crockford.ALPHABET.index(made[place]) + further) % len(crockford.ALPHABET)]
    assert not crockford.fits(made[:place] + mark + made[place + 1 :])


@given(st.integers(2, 40), st.data())
def test_every_swap_of_neighbors_is_noticed(length: int, data: st.DataObject) -> None:
    made = crockford.make(length)
    place = data.draw(st.integers(0, length - 2))
    swapped = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
    assert swapped == made or not crockford.fits(swapped)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = crockford.read(text)
    assert found is None or set(found) <= set(crockford.ALPHABET)


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    assert crockford.read("oO iI lL") == "001111"


def test_a_character_that_is_not_in_the_alphabet_is_refused() -> None:
    assert crockford.read("ABCU") is None
    assert crockford.read("ABC!") is None
    assert not crockford.fits("")
    assert not crockford.fits("0")


def test_groups_are_joined_by_hyphens() -> None:
    assert crockford.grouped("ABCDEFG", 3) == "ABC-DEF-G"
