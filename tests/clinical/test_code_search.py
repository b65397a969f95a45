"""Codes are found by words and by their beginning; only leaves, the usual ones first."""

from __future__ import annotations

import pytest

from referral_app.clinical.code_lists import bundled
from referral_app.clinical.code_search import search
from referral_app.clinical.code_words import fold
from referral_app.clinical.codes import USUAL
from tests.clinical import releases


def codes(text: str, limit: int = 50) -> list[str]:
    return [one.code for one in search(bundled(), text, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("occipital neuralgia", "M54.81"),
        ("neuralgia occip", "M54.81"),
        ("OCCIPITAL", "M54.81"),
        ("chronic migraine", "G43.709"),
        ("medication overuse headache", "G44.40"),
        ("neck pain", "M54.2"),
        ("meniere right", "H81.01"),
        ("Ménière’s left", "H81.02"),
        ("whiplash", "S13.4XXA"),
        ("ocipital neuralga", "M54.81"),
        ("chronic migriane", "G43.709"),
        ("migrane", "G43.709"),
        ("cervicogneic", "G44.86"),
    ],
)
def test_words_find_a_code_in_any_order_with_accents_and_slips(text: str, first: str) -> None:
    assert codes(text)[0] == first


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("m54.81", ["M54.81"]),
        ("M5481", ["M54.81"]),
        ("R51", ["R51.0", "R51.9"]),
        ("g44.86", ["G44.86"]),
        ("R51.", ["R51.0", "R51.9"]),
        ("qa0.010", ["QA0.0101", "QA0.0102", "QA0.0109"]),
    ],
)
def test_the_beginning_of_a_code_leads_to_its_leaves(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_usual_codes_come_first_and_all_are_leaves() -> None:
    found = search(bundled(), "m5")
    assert [one.code for one in found[:5]] == [code for code in USUAL if code.startswith("M5")][:5]
    assert all(one.leaf for one in search(bundled(), "a") + search(bundled(), "pain") + found)
    assert len(codes("a", limit=7)) == 7


@pytest.mark.parametrize(
    "text", ["", "   ", "...", "zzzqqq", "%_", "m54.81 zzzqqq", "x" * 10_000, "\x00", "漢字"]
)
def test_what_fits_nothing_finds_nothing(text: str) -> None:
    assert codes(text) == []


def test_another_release_is_searched_by_its_own_titles_and_the_further_words_of_the_bundled_one() -> None:
    assert [one.code for one in search(releases.NEW, "cervicogenic neck")] == ["G44.86"]
    assert [one.title for one in search(releases.NEW, "neck headache")] == [
        "Cervicogenic headache of the neck"
    ]
    assert [one.code for one in search(releases.NEW, "occipital nerve pain")] == ["M54.81"]
    assert search(releases.NEW, "Q99") == []


def test_words_are_folded() -> None:
    assert fold("Ménière's disease, RIGHT ear (2)") == ["menieres", "disease", "right", "ear", "2"]
