"""Releases of diagnosis codes in the store: loading, what refuses one, taking one out, and where they count."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from referral_app.clinical.code_lists import bundled
from referral_app.clinical.code_release import Entry, pack
from referral_app.database import Database
from referral_app.services import code_lists, referrals
from referral_app.services.code_lists import NewRelease
from referral_app.services.errors import InvalidInput, NotFound
from tests.clinical.intakes import full
from tests.services.test_audit import noted

STARTS, ENDS = date(2026, 10, 1), date(2027, 9, 30)
ENTRIES = [
    Entry("G43", "Migraine", leaf=False),
    Entry("G43.709", "Chronic migraine"),
    Entry("M54.89", "Dorsalgia"),
]
NEW = NewRelease(
    "ICD-10-CM 2027", STARTS, ENDS, 2, "icd10cm_order_2027.txt", pack("ICD-10-CM 2027", STARTS, ENDS, ENTRIES)
)


def load(db: Database, new: NewRelease = NEW) -> code_lists.ReleaseRecord:
    with db.begin() as session:
        return code_lists.load(session, new)


def dated(day: date, *codes: str) -> dict[str, Any]:
    intake = deepcopy(full())
    intake["referrer"]["date"] = day.isoformat()
    intake["diagnosis"]["icd10cm"] = list(codes)
    intake.pop("signature", None)
    return intake


def test_an_untouched_store_knows_the_release_that_comes_with_the_program(db: Database) -> None:
    with db.read() as session:
        assert code_lists.known(session).releases == (bundled(),)
        assert [(one.id, one.label, one.leaves) for one in code_lists.find(session)] == [
            ("", "ICD-10-CM April 2026", 74_719)
        ]


def test_a_loaded_release_holds_from_its_day_on_and_is_noted(db: Database) -> None:
    record = load(db)
    assert (record.label, record.starts, record.ends, record.leaves) == ("ICD-10-CM 2027", STARTS, ENDS, 2)
    assert record.file_name == "icd10cm_order_2027.txt"
    with db.read() as session:
        lists = code_lists.known(session)
        assert [one.label for one in code_lists.find(session)] == ["ICD-10-CM 2027", "ICD-10-CM April 2026"]
    assert lists.on(STARTS).find("G43.709") == Entry("G43.709", "Chronic migraine")
    assert lists.on(date(2026, 9, 30)) is bundled()
    event = noted(db)[-1]
    assert (event["action"], event["kind"], event["details"]["label"]) == (
        "imported",
        "code_release",
        "ICD-10-CM 2027",
    )


def test_a_release_is_read_from_the_store_once(db: Database) -> None:
    load(db)
    with db.read() as session:
        first = code_lists.known(session).on(STARTS)
    with db.read() as session:
        assert code_lists.known(session).on(STARTS) is first


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"label": "  "}, "label", "Name the release, such as ICD-10-CM 2027."),
        ({"label": "x" * 61}, "label", "Shorten this to 60 characters."),
        ({"label": "ICD\u202e"}, "label", "This text holds hidden characters; type it again."),
        (
            {"label": "icd-10-cm april 2026"}, "label",
            "icd-10-cm april 2026 is in use already. Remove it first, or choose another name.",
        ),
        ({"starts": None}, "starts", "Enter the first day on which this release holds."),
        ({"starts": date(2026, 4, 1)}, "starts", "ICD-10-CM April 2026 begins on April 1, 2026 already."),
        ({"starts": date(2015, 9, 30)}, "starts", "ICD-10-CM is in use since October 1, 2015; check the year."),
        ({"starts": date(1900, 1, 1)}, "starts", "ICD-10-CM is in use since October 1, 2015; check the year."),
        ({"starts": date(2199, 10, 1)}, "starts", "This lies more than two years ahead; check the year."),
        ({"ends": date(2026, 9, 30)}, "ends", "The last day lies before the first one."),
        (
            {"ends": date(2027, 10, 3)}, "ends",
            "A release holds for one year at most; check the last day, or leave it empty.",
        ),
        (
            {"ends": date(2199, 9, 30)}, "ends",
            "A release holds for one year at most; check the last day, or leave it empty.",
        ),
    ],
)  # fmt: skip
def test_a_name_or_dates_that_cannot_stand_are_refused(
    db: Database, change: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        load(db, replace(NEW, **change))
    assert refused.value.fields == {field: sentence}
    with db.read() as session:
        assert code_lists.problems(session, replace(NEW, **change)) == {field: sentence}
        assert len(code_lists.find(session)) == 1


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2015, 10, 1), date(2016, 9, 30)),
        (date(2026, 10, 1), date(2027, 10, 2)),
        (date(2026, 10, 1), date(2026, 10, 1)),
        (date.today() + timedelta(days=731), None),
    ],
)
def test_days_at_the_limits_can_stand(db: Database, starts: date, ends: date | None) -> None:
    with db.read() as session:
        assert code_lists.problems(session, replace(NEW, starts=starts, ends=ends)) == {}


def test_the_same_release_is_not_loaded_twice(db: Database) -> None:
    load(db)
    with pytest.raises(InvalidInput, match="in use already"):
        load(db)


def test_a_release_is_taken_out_again(db: Database) -> None:
    record = load(db)
    with db.begin() as session:
        code_lists.remove(session, record.id)
    with db.read() as session:
        assert code_lists.known(session).releases == (bundled(),)
    assert (noted(db)[-1]["action"], noted(db)[-1]["kind"]) == ("removed", "code_release")
    with pytest.raises(NotFound), db.begin() as session:
        code_lists.remove(session, record.id)


def test_saving_and_the_check_follow_the_release_of_the_referrals_day(db: Database) -> None:
    load(db)
    late, early = dated(date(2026, 11, 2), "M54.81"), dated(date(2026, 9, 1), "M54.81")
    with db.begin() as session:
        referrals.save(session, early)
        with pytest.raises(InvalidInput) as refused:
            referrals.save(session, late)
        found = referrals.checked(session, late, date(2026, 11, 20))
    sentence = (
        "M54.81 is not in ICD-10-CM 2027, which holds since October 1, 2026; it was retired. "
        "Choose another code, such as M54.89, Dorsalgia."
    )
    assert refused.value.fields == {"diagnosis.icd10cm": sentence}
    assert [line.text for line in found.missing if line.field == "diagnosis.icd10cm"] == [
        f"Diagnosis, “ICD-10-CM codes”: {sentence}"
    ]
