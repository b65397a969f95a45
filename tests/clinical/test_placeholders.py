"""Names in braces: a closed list, filled once, refused by name."""

from __future__ import annotations

import pytest

from referral_app.clinical import placeholders


def test_a_template_is_filled_and_a_gap_is_said_in_brackets() -> None:
    words = "Thank you for seeing {patient}, age { age }, for {diagnosis}."
    filled = placeholders.fill(words, {"patient": "Ana Ruiz", "diagnosis": "occipital neuralgia"})
    assert filled == "Thank you for seeing Ana Ruiz, age (age not given), for occipital neuralgia."


def test_what_stands_in_a_value_is_never_filled_again() -> None:
    assert placeholders.fill("{patient} {age}", {"patient": "{age} <b>", "age": "46"}) == "{age} <b> 46"


def test_an_unknown_placeholder_is_named_with_what_is_known_and_a_guess() -> None:
    said = placeholders.problem("Dear {surgon}")
    assert said.startswith("{surgon} is no placeholder. Did you mean {surgeon}? Known are: {patient}, {age}")
    assert all(f"{{{one.name}}}" in said for one in placeholders.KNOWN)
    several = placeholders.problem("{a} {b} {a}")
    assert several.startswith("{a}, {b} are no placeholders. Known are:")


@pytest.mark.parametrize("words", ["{patient", "patient}", "{{patient}}", "{pat\nient}"])
def test_a_brace_without_a_partner_is_refused(words: str) -> None:
    assert "brace" in placeholders.problem(words)


@pytest.mark.parametrize("words", ["", "Plain words.", *(f"{{{one.name}}}" for one in placeholders.KNOWN)])
def test_what_is_known_is_accepted_and_the_example_fills_it(words: str) -> None:
    assert placeholders.problem(words) == ""
    assert "{" not in placeholders.fill(words, placeholders.EXAMPLE)


def test_a_paragraph_longer_than_a_page_is_refused() -> None:
    assert "3,001 characters" in placeholders.problem("x" * 3001)
