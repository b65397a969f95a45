"""Reference numbers notice every wrong character and every swap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app import crockford
from referral_app.database import Database
from referral_app.services import references, referrals


def test_a_made_number_reads_back_however_it_is_typed() -> None:
    made = references.make()
    assert references.read(made.lower().replace("-", " ")) == made


@given(st.integers(0, 8), st.sampled_from(crockford.ALPHABET))
def test_every_wrong_character_is_noticed(place: int, mark: str) -> None:
    marks = list(references.make().replace("-", ""))
    if marks[place] == mark:
        return
    marks[place] = mark
    with pytest.raises(ValueError, match="mistyped"):
        references.read("".join(marks))


@given(st.integers(0, 6))
def test_every_swap_of_neighbors_is_noticed(place: int) -> None:
    marks = list(references.make().replace("-", ""))
    marks[place], marks[place + 1] = marks[place + 1], marks[place]
    text = "".join(marks)
    if marks[place] == marks[place + 1]:
        assert references.read(text)
        return
    with pytest.raises(ValueError, match="mistyped"):
        references.read(text)


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    made = next(number for number in iter(references.make, "") if "0" in number and "1" in number)
    assert references.read(made.replace("0", "O").replace("1", "l")) == made


def test_something_else_is_told_what_a_number_looks_like() -> None:
    with pytest.raises(ValueError, match="nine letters and digits"):
        references.read("Nguyen")


def test_a_number_that_is_taken_is_not_given_out_again(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = {"patient": {"family_name": "Quillfeather"}}
    with db.begin() as session:
        taken = referrals.save(session, intake).reference
    made = iter([taken, taken, "7F3K-92QD-X"])
    monkeypatch.setattr(references, "make", lambda: next(made))
    with db.begin() as session:
        assert referrals.save(session, intake).reference == "7F3K-92QD-X"
