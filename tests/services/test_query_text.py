"""The field language: read and written back the same, and never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_app.choices import LANGUAGES, STATES
from referral_app.services import query_text
from referral_app.services.surgeon_records import Query

LETTERS = st.characters(codec="utf-8", exclude_characters='"', exclude_categories=("Z", "C"))
WORDS = st.text(LETTERS, min_size=1, max_size=9)
VALUES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
FIELDS = st.sampled_from((
    "zip:21287", "zip:2128", "within:50", "within:far", "plan:medicare", 'accepts:"blue cross"', "language:es",
    "language:spanish", "language:klingon", "age:34", "age:999", "wait:<30", "wait:30", "accepting:yes", "accepting:no",
    "state:md", "state:zz", "verified:>90", "favorite:yes", "sort:distance", "sort:-name", "sort:price", "procedure:",
    "procedure:occipital", 'plan:"', '"zip:21287"', "nonsense:1",
))  # fmt: skip
QUERIES = st.builds(
    Query,
    text=st.lists(WORDS, max_size=4).map(" ".join),
    procedure=st.just("") | VALUES,
    zip=st.sampled_from(("", "21287", "00501")),
    within=st.none() | st.integers(0, 9999).map(lambda tenths: tenths / 10),
    plan=st.just("") | VALUES,
    language=st.just("") | st.sampled_from(sorted(LANGUAGES)),
    age=st.none() | st.integers(0, 120),
    accepting=st.booleans(),
    max_wait=st.none() | st.integers(0, 9999),
    state=st.just("") | st.sampled_from(sorted(STATES)),
    stale_days=st.none() | st.integers(0, 9999),
    favorites_of=st.sampled_from(("", query_text.MINE)),
    sort=st.sampled_from(query_text.SORTS),
    descending=st.booleans(),
)


@given(QUERIES)
def test_a_query_written_and_read_is_the_same(query: Query) -> None:
    assert query_text.read(query_text.write(query)) == query


@given(st.lists(WORDS | FIELDS | st.text(max_size=8), max_size=6).map(" ".join))
def test_any_text_is_read_and_means_the_same_when_written_back(text: str) -> None:
    query = query_text.read(text)
    assert query_text.read(query_text.write(query)) == query


def test_the_example_of_the_help_is_read() -> None:
    found = query_text.read(
        "procedure:occipital zip:21287 within:50 accepts:medicare wait:<30 keen language:spanish"
    )
    assert found == Query(
        text="keen",
        procedure="occipital",
        zip="21287",
        within=50,
        plan="medicare",
        max_wait=30,
        language="es",
    )


@pytest.mark.parametrize(
    "text",
    [
        "zip:2128",
        "age:999",
        "language:klingon",
        "sort:price",
        "color:blue",
        "http://x",
        "procedure:",
        "wait:soon",
    ],
)
def test_what_is_no_field_is_plain_words(text: str) -> None:
    assert query_text.read(text) == Query(text=text)


def test_words_in_quotation_marks_stay_words() -> None:
    assert query_text.read('"zip:21287" plan:"example health"') == Query(
        text="zip:21287", plan="example health"
    )


def test_favorites_are_those_of_whoever_searches() -> None:
    query = query_text.read("favorite:yes")
    assert query_text.of_person(query, "someone").favorites_of == "someone"
    assert query_text.of_person(Query(), "someone") == Query()


def test_lang_is_another_word_for_language() -> None:
    assert query_text.read("lang:es").language == "es"
    assert query_text.write(query_text.read("lang:es")) == "language:es"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("language:klingon", ["“klingon” is not a language here."]),
        ("wait:soon keen", ["“soon” is not a number of days: type wait:<30."]),
        ("state:zz age:999", ["“zz” is not a state: type its two letters, such as state:MD.",
                              "“999” is not an age: type the years, such as age:34."]),
        ("language:es wait:<30 zip:21287 keen", []),
        ("color:blue http://x procedure: wait:", []),
    ],
)  # fmt: skip
def test_a_value_that_a_field_cannot_take_is_said(text: str, said: list[str]) -> None:
    assert query_text.remarks(text) == said


@given(st.lists(WORDS | FIELDS | st.text(max_size=8), max_size=6).map(" ".join))
def test_of_any_text_it_can_be_said_what_is_no_value(text: str) -> None:
    query_text.remarks(text)
