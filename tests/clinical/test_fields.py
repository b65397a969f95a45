"""How answers are told apart and fields are walked."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.choices import Sex
from referral_app.clinical import fields
from referral_app.clinical.fields import Field, Kind, When
from referral_app.clinical.intake import INTAKE

PERSON = Field(
    "person",
    "Person",
    Kind.GROUP,
    fields=(
        Field("sex", "Sex", Kind.CHOICE, True, choices=Sex),
        Field("name", "Name", Kind.TEXT, when=When("person.sex", ("female", "male"))),
    ),
)
ROWS = Field(
    "rows",
    "Rows",
    Kind.ROWS,
    fields=(Field("a", "A", Kind.FLAG), Field("b", "B", Kind.TEXT, when=When(".a", (True,)))),
)


@pytest.mark.parametrize("value", [None, "", "  ", "\n", [], {}])
def test_takes_nothing_for_no_answer(value: Any) -> None:
    assert not fields.answered(value)


@pytest.mark.parametrize("value", [0, False, "no", "not_asked", [""], {"unavailable": ""}])
def test_takes_anything_else_for_an_answer(value: Any) -> None:
    assert fields.answered(value)


def test_reads_the_reason_of_what_is_not_available() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert fields.unavailable({"unavailable": " lost "}) == "lost"
    assert fields.unavailable({"unavailable": deep}) == ""
    assert fields.unavailable({"unavailable": "a", "b": 1}) is None
    assert fields.unavailable("unavailable") is None


def test_gives_answers_by_path_and_nothing_where_not_available() -> None:
    intake = {"a": {"b": {"c": 0}}, "d": {"unavailable": "x"}, "e": ["f"]}
    assert fields.given(intake, "a.b.c") == 0
    assert fields.given(intake, "d") is None
    assert fields.given(intake, "e.f") is None
    assert fields.rows({"e": [{"x": 1}, 5]}, "e") == [{"x": 1}]
    assert fields.rows({"e": "none_known"}, "e") == []


def test_walks_what_applies_in_the_order_of_the_form() -> None:
    def paths(values: dict[str, Any]) -> list[str]:
        return [place.path for place in fields.walk((PERSON, ROWS), values)]

    assert paths({}) == ["person", "person.sex", "rows"]
    assert paths({"person": {"sex": "male"}}) == ["person", "person.sex", "person.name", "rows"]
    assert paths({"rows": [{"a": True}, {}, "x"]})[2:] == ["rows", "rows[0].a", "rows[0].b", "rows[1].a"]
    assert paths({"person": {"unavailable": "why"}}) == ["person", "rows"]


def test_finds_children_by_name() -> None:
    assert PERSON.child("sex").choices is Sex
    with pytest.raises(KeyError):
        PERSON.child("age")


def test_every_declared_name_is_unique_in_its_group() -> None:
    def judge(declared: tuple[Field, ...]) -> None:
        assert len({field.name for field in declared}) == len(declared)
        for field in declared:
            assert field.label
            assert (field.kind in (Kind.CHOICE, Kind.CHOICES)) == (field.choices is not None)
            assert field.kind not in (Kind.INTEGER, Kind.DECIMAL) or None not in (field.low, field.high)
            judge(field.fields)

    judge(INTAKE)
