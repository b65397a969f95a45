"""What is said of the codes of a referral: headings, retired ones, and those that nobody knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from referral_app.clinical import code_rules
from referral_app.clinical.check import check
from referral_app.clinical.code_lists import DEFAULT, CodeLists
from referral_app.clinical.validation import validate
from tests.clinical import releases
from tests.clinical.releases import BOTH, LATE_DAY, NEW_DAY, OLD_DAY

PATH = "diagnosis.icd10cm"


def intake(*codes: str, day: date = NEW_DAY) -> dict[str, Any]:
    return {"referrer": {"date": day.isoformat()}, "diagnosis": {"icd10cm": list(codes)}}


def said(*codes: str, day: date = NEW_DAY, lists: CodeLists = BOTH) -> str:
    return validate(intake(*codes, day=day), LATE_DAY, lists).get(PATH, "")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("M54.81", ""),
        ("G43.709", ""),
        ("S13.4XXA", ""),
        ("R51", "R51 is a heading and cannot be used alone; choose a longer code, such as R51.0."),
        ("G43.70", "G43.70 is a heading and cannot be used alone; choose a longer code, such as G43.701."),
        ("G44.847", "G44.847 is not in ICD-10-CM April 2026; use G44.86, Cervicogenic headache."),
        (
            "G52.80",
            "G52.80 is not in ICD-10-CM April 2026; use G52.8, Disorders of other specified cranial nerves.",
        ),
        ("G99.99", ""),
    ],
)
def test_the_bundled_release_refuses_headings_and_keeps_what_it_does_not_know(
    code: str, sentence: str
) -> None:
    assert said(code, day=OLD_DAY, lists=DEFAULT) == sentence


@pytest.mark.parametrize(
    ("code", "day", "sentence"),
    [
        ("M54.5", OLD_DAY, ""),
        ("M54.5", NEW_DAY, "M54.5 is a heading and cannot be used alone; choose a longer code, such as M54.50."),
        ("G44.87", OLD_DAY, ""),
        (
            "G44.87", NEW_DAY,
            "G44.87 is not in ICD-10-CM 2027, which holds since October 1, 2026; it was retired. "
            "Use G44.88, Headache of the invented kind.",
        ),
        (
            "Q99.8", NEW_DAY,
            "Q99.8 is not in ICD-10-CM 2027, which holds since October 1, 2026; it was retired. Choose another code.",
        ),
        (
            "G44.88", OLD_DAY,
            "G44.88 comes with ICD-10-CM 2027, on October 1, 2026; this referral is dated before.",
        ),
        ("G44.88", NEW_DAY, ""),
        ("G44.88", LATE_DAY, ""),
    ],
)  # fmt: skip
def test_the_release_of_the_referrals_date_decides(code: str, day: date, sentence: str) -> None:
    assert said("M54.81", code, day=day) == sentence


def test_a_retired_code_without_its_title_elsewhere_leads_to_one_nearby() -> None:
    old = releases.release("Old", date(2020, 1, 1), date(2020, 12, 31), "G44.85 Gone\nG44.86 Kept")
    new = releases.release("New", date(2021, 1, 1), None, "G44.86 Kept")
    assert said("G44.85", lists=CodeLists([old, new])).endswith("Choose another code, such as G44.86, Kept.")


def test_without_a_date_the_release_of_today_holds() -> None:
    assert validate({"diagnosis": {"icd10cm": ["G44.87"]}}, OLD_DAY, BOTH) == {}
    assert PATH in validate({"diagnosis": {"icd10cm": ["G44.87"]}}, NEW_DAY, BOTH)


def lines(*codes: str, day: date = NEW_DAY, lists: CodeLists = BOTH) -> dict[str, str]:
    found = check(intake(*codes, day=day), today=LATE_DAY, codes=lists).review
    return {line.id: line.text for line in found if line.field == PATH}


def test_a_code_that_nobody_knows_is_kept_with_a_line_to_review_and_blocks_nothing() -> None:
    assert lines("G99.99") == {
        "review.unknown_code.G99.99": "G99.99 is not in ICD-10-CM 2027; kept as typed. "
        "Check it against the official list."
    }
    assert said("G99.99") == ""
    assert lines("M54.81", "M54", "G44.87", "G44.847") == {}


def test_a_release_that_ended_is_one_quiet_note() -> None:
    assert lines("M54.81", day=LATE_DAY) == {
        "note.codes_ended": "ICD-10-CM 2027 ended on September 30, 2027; "
        "ask an administrator to load the newer one in Settings."
    }
    assert lines(day=LATE_DAY) == {}
    assert lines("M54.81", day=date(2027, 9, 30)) == {}


@pytest.mark.parametrize(
    "value", [None, "M54.81", [], [None], [["M54.81"]], [{}], {"unavailable": "none yet"}, 7, ["漢"]]
)
def test_takes_any_value(value: Any) -> None:
    whole = {"diagnosis": {"icd10cm": value}}
    assert list(code_rules.lines(whole, BOTH, NEW_DAY)) == []
    found: dict[str, str] = {}
    code_rules.judge(whole, BOTH, NEW_DAY, found)
    assert found == {}


def test_titles_are_those_of_the_release_of_the_referrals_date() -> None:
    whole = intake("G44.86", "G99.99", "M54.5", day=OLD_DAY)
    assert code_rules.titles(whole, BOTH) == {"G44.86": "Cervicogenic headache", "M54.5": "Low back pain"}
    assert code_rules.titles(intake("G44.86"), BOTH) == {"G44.86": "Cervicogenic headache of the neck"}
    assert code_rules.titles({}, BOTH, NEW_DAY) == {}
