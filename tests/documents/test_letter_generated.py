"""Intakes that were made by chance are read back from the letter: whatever applies is on it, as it was typed."""

from __future__ import annotations

import random
from typing import Any

import pytest

from referral_app.clinical import check
from referral_app.clinical.fields import Field, Kind, walk
from referral_app.clinical.intake import INTAKE
from referral_app.documents import letter
from tests.documents import paper, people
from tests.documents.test_letter import VALID, WORDS

ODD = (
    "<{}>",
    "{}&amp;",
    "“{}”",
    "{}/{{age}}",
    "{}\u00e9",
    "{}\u200b",
    "</b>{}",
    "{}%",
    "100<{}",
    "{} e\u0301",
)
"""How words are dressed: marks of markup, braces, quotes, accents that combine, marks without a shape."""


class Chance:
    """Fills fields by chance, the texts with words that occur once; a row may have any of its fields."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.tokens: dict[str, str] = {}

    def group(self, fields: tuple[Field, ...], path: str) -> dict[str, Any]:
        kept = [field for field in fields if self.random.random() < 0.7]
        return {field.name: self.value(field, f"{path}{field.name}") for field in kept}

    def value(self, field: Field, path: str) -> Any:
        if field.kind is Kind.GROUP:
            return self.group(field.fields, f"{path}.")
        if field.kind is Kind.ROWS:
            rows = [self.group(field.fields, f"{path}[{at}].") for at in range(self.random.randrange(6))]
            return [row for row in rows if row] or None
        if field.kind in (Kind.WORDS, Kind.CODES, Kind.PROCEDURES):
            return [self.token(f"{path}{'+' * at}") for at in range(self.random.randrange(1, 4))]
        if field.choices is not None:
            chosen = str(self.random.choice(list(field.choices)))
            return [chosen] if field.kind is Kind.CHOICES else chosen
        if field.kind is Kind.LONG_TEXT:
            words = [self.token(f"{path}{'+' * at}") for at in range(3)]
            return self.random.choice((" ", "\n", "\t")).join(words)
        return self.token(path) if field.kind in WORDS else VALID[field.kind]

    def token(self, path: str) -> str:
        number, letters = len(self.tokens), ""
        for _ in range(4):
            number, letters = number // 26, chr(97 + number % 26) + letters
        self.tokens[path] = f"qz{letters}"
        return (
            self.random.choice(ODD).format(self.tokens[path])
            if self.random.random() < 0.4
            else self.tokens[path]
        )


def _paths(values: dict[str, Any]) -> set[str]:
    made = check.check(values, today=people.TODAY)
    return {place.path for place in walk(INTAKE, {**values, "computed": made.computed})}


@pytest.mark.parametrize("seed", range(30))
def test_every_word_of_an_intake_made_by_chance_is_on_the_letter(seed: int) -> None:
    chance = Chance(seed)
    values = chance.group(INTAKE, "")
    said = paper.text(letter.render(people.letter(values))).lower()
    paths = _paths(values)
    left_off = ("sha256", "name_own_script")
    wanted = {
        path: token for path, token in chance.tokens.items()
        if path.rstrip("+") in paths and not path.rstrip("+").endswith(left_off)
    }  # fmt: skip
    assert {path: token for path, token in wanted.items() if token not in said} == {}
