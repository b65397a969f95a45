"""Computed values, on both sides of each threshold."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.computed import computed, relief, say_percent, with_computed
from tests.clinical.intakes import TODAY, full, with_answer, with_answers


def value(name: str, *changes: tuple[str, Any]) -> Any:
    return computed(with_answers(*changes), TODAY)[name]


def days(**counts: Any) -> tuple[tuple[str, Any], ...]:
    none_used = dict.fromkeys(("simple_analgesic", "triptan", "ergot", "opioid", "combination"), 0)
    return tuple((f"last_30_days.{name}_days", count) for name, count in (none_used | counts).items())


def test_computes_the_values_of_the_example() -> None:
    found = computed(full(), TODAY)
    assert {
        name: found[name] for name in ("age", "onset_age", "years_since_onset", "mhi", "midas_grade")
    } == {
        "age": 42,
        "onset_age": 34,
        "years_since_onset": 7,
        "mhi": 52.2,
        "midas_grade": "IV",
    }
    assert found["block_relief"] == 75
    assert found["chronic_migraine"] is True
    assert found["medication_overuse"] is False
    assert found["needs_representative"] is False
    assert set(found["red_flags"].values()) == {"yes", "no"}


def test_computes_nothing_from_nothing() -> None:
    found = computed({}, TODAY)
    flags = found.pop("red_flags")
    assert set(flags.values()) == {None}
    assert {name for name, answer in found.items() if answer is not None} == {
        "needs_representative",
        "onset_at_50_or_later",
    }


@pytest.mark.parametrize(
    ("headache", "pain", "hours", "index"),
    [
        (30, 10, 24, 300),
        (0, 10, 24, 0),
        (22, 6, 9.5, 52.2),
        (31, 6, 9.5, None),
        (22, None, 9.5, None),
        (22, 6, True, None),
    ],
)
def test_headache_index_is_days_times_pain_times_share_of_the_day(
    headache: Any, pain: Any, hours: Any, index: float | None
) -> None:
    changes = (
        ("last_30_days.headache_days", headache),
        ("pain.average", pain),
        ("last_30_days.hours_per_headache_day", hours),
    )
    assert value("mhi", *changes) == index


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (0, "I"),
        (5, "I"),
        (6, "II"),
        (10, "II"),
        (11, "III"),
        (20, "III"),
        (21, "IV"),
        (276, "IV"),
        (277, None),
        (None, None),
    ],
)
def test_midas_has_four_grades(total: Any, grade: str | None) -> None:
    assert value("midas_grade", ("scores.midas_total", total)) == grade


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [
        (10, 5, 50.0),
        (8, 2, 75.0),
        (9, 5, 44.4),
        (5, 3, 40.0),
        (4, 6, -50.0),
        (3, 0, 100.0),
        (0, 0, None),
        (None, 2, None),
        (5, None, None),
        (11, 2, None),
        (True, 0, None),
        ("8", 2, None),
    ],
)
def test_relief_needs_pain_before(before: Any, after: Any, percent: float | None) -> None:
    assert relief({"pain_before": before, "pain_after": after}) == percent


def test_takes_the_best_valid_nerve_block_and_no_botulinum_toxin() -> None:
    rows = [
        {"kind": "nerve_block", "pain_before": 8, "pain_after": 4},
        {"kind": "nerve_block", "pain_before": 0, "pain_after": 0},
        {"kind": "nerve_block", "pain_before": 8, "pain_after": 6},
        {"kind": "botulinum_toxin", "pain_before": 8, "pain_after": 0},
    ]
    assert value("block_relief", ("injections", rows)) == 50
    assert value("block_relief", ("injections", rows[1:2])) is None


@pytest.mark.parametrize(
    ("headache", "used", "overuse"),
    [
        (15, {"simple_analgesic": 15}, True),
        (15, {"simple_analgesic": 14}, False),
        (14, {"simple_analgesic": 15}, False),
        (15, {"triptan": 10}, True),
        (15, {"triptan": 9}, False),
        (15, {"ergot": 10}, True),
        (15, {"opioid": 10}, True),
        (15, {"opioid": 9}, False),
        (15, {"combination": 10}, True),
        (15, {"combination": 9, "triptan": None}, None),
        (15, {"combination": 10, "triptan": None}, True),
        (None, {"triptan": 10}, None),
        (None, {}, False),
    ],
)
def test_screens_for_medication_overuse(headache: Any, used: dict[str, Any], overuse: bool | None) -> None:
    assert value("medication_overuse", ("last_30_days.headache_days", headache), *days(**used)) is overuse


@pytest.mark.parametrize(
    ("headache", "migraine", "chronic"),
    [
        (15, 8, True),
        (14, 8, False),
        (15, 7, False),
        (None, 7, False),
        (14, None, False),
        (15, None, None),
        (None, 8, None),
    ],
)
def test_screens_for_chronic_migraine(headache: Any, migraine: Any, chronic: bool | None) -> None:
    changes = (("last_30_days.headache_days", headache), ("last_30_days.migraine_days", migraine))
    assert value("chronic_migraine", *changes) is chronic


@pytest.mark.parametrize(
    ("born", "marked", "named", "needed"),
    [
        ("2008-11-24", None, None, True),
        ("2008-11-23", None, None, False),
        ("1984-06-21", True, None, True),
        ("1984-06-21", None, {"name": "Ann"}, True),
        ("1984-06-21", False, {"name": "Ann"}, False),
        ("2010-01-01", False, None, True),
        (None, None, None, False),
    ],
)
def test_asks_for_a_representative_under_18_or_where_marked(
    born: Any, marked: Any, named: Any, needed: bool
) -> None:
    changes = (
        ("patient.date_of_birth", born),
        ("patient.has_representative", marked),
        ("patient.legal_representative", named),
    )
    assert value("needs_representative", *changes) is needed


@pytest.mark.parametrize(
    ("born", "said", "flag"),
    [
        ("1969-06-01", None, "no"),
        ("1969-05-31", None, "yes"),
        ("1969-05-01", "no", "yes"),
        ("1984-06-21", "yes", "yes"),
        ("1984-06-21", None, "no"),
        (None, None, None),
        (None, "no", "no"),
        (None, "not_asked", "not_asked"),
        ("2999-01-01", None, None),
    ],
)
def test_onset_at_50_raises_the_flag(born: Any, said: Any, flag: str | None) -> None:
    changes = (("patient.date_of_birth", born), ("red_flags.older_onset", {"answer": said} if said else None))
    found = computed(with_answers(*changes), TODAY)
    assert found["red_flags"]["older_onset"] == flag
    assert found["onset_at_50_or_later"] is (flag == "yes")


@pytest.mark.parametrize(
    ("event", "said", "flag"),
    [
        ("injury", None, "yes"),
        ("injury", "no", "yes"),
        ("none", None, "no"),
        ("none", "yes", "yes"),
        (None, None, None),
    ],
)
def test_an_injury_at_onset_raises_the_flag(event: Any, said: Any, flag: str | None) -> None:
    changes = (
        ("diagnosis.onset_event", event),
        ("red_flags.post_traumatic", {"answer": said} if said else None),
    )
    assert value("red_flags", *changes)["post_traumatic"] == flag


def test_an_onset_in_the_future_or_before_birth_computes_nothing() -> None:
    assert value("years_since_onset", ("diagnosis.onset", "2026-12")) is None
    assert value("years_since_onset", ("diagnosis.onset", "2025-12")) == 0
    assert value("onset_age", ("diagnosis.onset", "1984-05")) is None
    assert value("onset_age", ("diagnosis.onset", "1984-06")) == 0


def test_conditions_read_the_computed_values_beside_the_answers() -> None:
    intake = with_answer("patient.date_of_birth", "2015-01-01")
    assert with_computed(intake, TODAY)["computed"]["needs_representative"]
    assert "computed" not in intake


def test_a_relief_in_words_is_never_on_the_other_side_of_a_threshold() -> None:
    for before in range(1, 11):
        for after in range(before + 1):
            said = float(
                say_percent(relief({"pain_before": before, "pain_after": after}) or 0).removesuffix(" %")
            )
            eased = 100 * (before - after)
            assert (said >= 50, said > 40) == (eased >= 50 * before, eased > 40 * before)


@pytest.mark.parametrize(
    ("percent", "said"), [(62.5, "62.5 %"), (50.0, "50 %"), (-33.3, "-33.3 %"), (0.0, "0 %")]
)
def test_a_relief_is_said_with_one_decimal_where_there_is_one(percent: float, said: str) -> None:
    assert say_percent(percent) == said
