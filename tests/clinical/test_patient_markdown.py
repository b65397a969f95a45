"""The Markdown of patient texts: read whole, or refused with the line and the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.clinical import patient_markdown
from referral_app.clinical.patient_markdown import BadText, Piece, Problem

KNOWN = ("phone", "surgeon")


def test_pieces_are_words_and_placeholders_in_bold_or_not() -> None:
    assert list(patient_markdown.pieces("Ask **Dr. {surgeon}** now.")) == [
        Piece("Ask "), Piece("Dr. ", bold=True), Piece("surgeon", placeholder=True, bold=True), Piece(" now."),
    ]  # fmt: skip


def test_placeholders_are_named_once_in_their_order() -> None:
    assert patient_markdown.placeholders("{phone} **{surgeon}** {phone}") == ("phone", "surgeon")


def test_a_whole_text_has_no_problem() -> None:
    whole = "\n# Call {surgeon}\n\n## When\n\nCall **now**: {phone}\nor later.\n\n- a\n- [ ] b\n1. c\n"
    assert patient_markdown.problems(whole, KNOWN) == []


@pytest.mark.parametrize(("markdown", "line"), [
    ("# Go\n\n# Again", 3), ("# Go\n\n{fone}", 3), ("{the phone}", 1), ("a } b", 1), ("# **Go", 1), ("x\n`y`", 2),
    ("", 1), (" \n", 1), ("### Go", 1), ("see [us](http://x)", 1), ("  two spaces", 1),
])  # fmt: skip
def test_a_problem_names_its_line(markdown: str, line: int) -> None:
    assert [one.line for one in patient_markdown.problems(markdown, KNOWN)] == [line]


def test_every_line_with_a_problem_is_named() -> None:
    found = patient_markdown.problems("> a\n\n{b}\n\n**c", KNOWN)
    assert [one.line for one in found] == [1, 3, 5]
    assert found[1] == Problem(3, "Nothing fills {b}. Use one of the placeholders in the list.")


@given(st.text(alphabet="ab #-*{}[]1.\n", max_size=60))
def test_what_has_no_problem_can_be_read_and_filled(markdown: str) -> None:
    if patient_markdown.problems(markdown, KNOWN):
        return
    section = patient_markdown.parse(markdown)
    for words in (section.heading, *(block.words for block in section.blocks)):
        try:
            found = list(patient_markdown.pieces(words))
        except BadText as error:  # pragma: no cover - the message of a failure
            raise AssertionError(markdown) from error
        assert all(piece.words in KNOWN for piece in found if piece.placeholder)
