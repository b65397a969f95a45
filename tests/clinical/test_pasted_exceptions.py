"""Allergies that hide in a denial, a heading or an answer are offered and chosen; what is denied is not."""

from __future__ import annotations

import pytest

from referral_app.clinical import pasted
from referral_app.clinical.pasted import State


@pytest.mark.parametrize(
    "text",
    [
        "No known drug allergies except penicillin",
        "no known but latex",
        "From 2019 on penicillin caused a rash",
        "Stopped: penicillin",
        "Visit of 2019: PCN, hives",
    ],
)
def test_an_allergy_in_a_denial_or_heading_is_chosen(text: str) -> None:
    (line,) = pasted.read(text, "allergies").lines
    assert line.state is State.ROW
    said = " ".join(map(str, line.values.values())).casefold()
    assert any(name in said for name in ("penicillin", "latex", "pcn"))


@pytest.mark.parametrize(
    ("text", "state", "reaction"),
    [
        ("Latex allergy: yes", State.ROW, "yes"),
        ("Latex: no", State.HEADING, "no"),
        ("Latex: denies", State.HEADING, "denies"),
    ],
)
def test_an_answer_is_no_substance(text: str, state: State, reaction: str) -> None:
    (line,) = pasted.read(text, "allergies").lines
    assert (line.state, dict(line.values)) == (state, {"substance": "Latex", "reaction": reaction})


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("penicillin - no reaction", [("penicillin", "no reaction")]),
        ("PCN (rash), sulfa", [("PCN", "rash"), ("sulfa", "")]),
        ("allergic to: none known but latex", [("none known but latex", "")]),
        ("No known drug allergies except PCN, sulfa (hives)",
         [("No known drug allergies except PCN", ""), ("sulfa", "hives")]),
    ],
)  # fmt: skip
def test_each_allergy_of_a_line_is_offered_and_chosen(text: str, rows: list[tuple[str, str]]) -> None:
    lines = pasted.read(text, "allergies").lines
    assert {line.state for line in lines} == {State.ROW}
    assert [(line.values["substance"], line.values.get("reaction", "")) for line in lines] == rows
