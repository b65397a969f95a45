"""Diagnosis codes as they are typed, and the usual ones."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app.clinical import codes
from referral_app.clinical.code_lists import bundled
from tests.clinical import releases


def test_every_usual_code_is_a_leaf_of_the_bundled_release() -> None:
    assert [code for code in codes.USUAL if not bundled().leaf(code)] == []
    assert len(set(codes.USUAL)) == len(codes.USUAL)


def test_every_code_of_the_bundled_release_has_the_form_of_one() -> None:
    assert [one.code for one in bundled().entries() if codes.problem(one.code)] == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("M54.81", ""),
        ("S13.4XXA", ""),
        ("R51", ""),
        ("QA0.0101", ""),
        ("PAI.N", "Type a code such as M54.81."),
        ("m54.81", "Type a code such as M54.81."),
        ("M5481", "Type a code such as M54.81."),
        ("headache", "Type a code such as M54.81."),
        ("", "Type a code such as M54.81."),
    ],
)
def test_judges_codes_by_their_form(code: str, sentence: str) -> None:
    assert codes.problem(code) == sentence


def test_reads_codes_as_typed() -> None:
    assert codes.read("m5481") == "M54.81"
    assert codes.read(" g43.709 ") == "G43.709"
    assert codes.read("g43.e09") == "G43.E09"
    assert codes.read("not a code") == "not a code"


def test_gives_titles() -> None:
    assert codes.title("G44.86") == "Cervicogenic headache"
    assert (
        codes.title("Z00.00") == "Encounter for general adult medical examination without abnormal findings"
    )
    assert codes.title("G99.99") is None


def test_gives_the_title_of_the_release_that_holds() -> None:
    assert codes.title("G44.86", releases.BOTH, releases.OLD_DAY) == "Cervicogenic headache"
    assert codes.title("G44.86", releases.BOTH, releases.NEW_DAY) == "Cervicogenic headache of the neck"
    assert codes.title("Q99.8", releases.BOTH, date(2026, 11, 1)) == "Invented state of long ago"
