"""What a text may hold."""

from __future__ import annotations

import pytest

from referral_app.clinical import texts

HIDDEN = "This text holds hidden characters; type it again."


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x1bb", "a\u202eb", "a\u2066b", "a\ud800b", "\ufeffa", "a\x7fb", "a\U000e0041b"]
)
def test_refuses_hidden_characters(text: str) -> None:
    assert texts.problem(text, 10, lines=True) == HIDDEN


@pytest.mark.parametrize(
    "text", ["Nguyễn Thị Ánh", "مريم", "a <b>bold</b> & co", "🙂 fine", "क\u200dष", "tab\there"]
)
def test_takes_other_letters_and_markup(text: str) -> None:
    assert texts.problem(text, 50, lines=False) == ""


def test_keeps_short_texts_on_one_line_and_within_their_length() -> None:
    assert texts.problem("two\nlines", 50, lines=True) == ""
    assert texts.problem("two\r\nlines", 50, lines=False) == "Type this on one line."
    assert texts.problem("x" * 50, 50, lines=False) == ""
    assert texts.problem("x" * 51, 50, lines=False) == "Shorten this to 50 characters."
    assert texts.problem("\u200b", 50, lines=False) == "Type this as words."


@pytest.mark.parametrize(
    "name",
    ["O’Brien-Núñez", "Đặng", "Ångström", "Ng\u0302u", "Ka\u02bbiulani", "Smith, Jr.", "<b>Ann</b> & Co"],
)
def test_takes_latin_names_with_any_accents(name: str) -> None:
    assert texts.name_problem(name) == ""


@pytest.mark.parametrize("name", ["Жук", "王", "مريم", "Ann 🙂"])
def test_refuses_names_in_other_letters(name: str) -> None:
    assert texts.name_problem(name) == "Type the name in Latin letters, as on the insurance card."


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["light"], "light"), (["light", "noise"], "light or noise"), (["a", "b", "c"], "a, b or c")],
)
def test_lists_words_as_people_do(words: list[str], said: str) -> None:
    assert texts.listed(words, "or") == said
    assert texts.listed(words) == said.replace(" or ", " and ")


@pytest.mark.parametrize(
    ("text", "folded"), [("  Nerve  BLOCK\tform ", "nerve block form"), (None, ""), (5, "")]
)
def test_compares_texts_without_case_and_spaces(text: object, folded: str) -> None:
    assert texts.folded(text) == folded
