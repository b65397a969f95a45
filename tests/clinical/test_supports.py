"""Points that support, on both sides of their thresholds."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical.check import DEFAULTS, Thresholds, check
from tests.clinical.intakes import TODAY, full, with_answers


def status(key: str, *changes: tuple[str, Any], thresholds: Thresholds = DEFAULTS) -> str | None:
    """Return the status of the line about one point, wherever it stands."""
    result = check(with_answers(*changes), today=TODAY, thresholds=thresholds)
    found = [line for line in (*result.supports, *result.review) if line.id.partition(".")[2] == key]
    assert len(found) < 2
    return found[0].status if found else None


def block(before: int, after: int, hours: float = 1) -> tuple[str, Any]:
    row = {
        "kind": "nerve_block",
        "site": "GON",
        "date": "2025-01-01",
        "pain_before": before,
        "pain_after": after,
    }
    return ("injections", [row | {"relief_hours": hours}])


def test_every_point_of_the_example_supports() -> None:
    keys = {line.id for line in check(full(), today=TODAY).supports}
    assert keys == {
        f"supports.{name}"
        for name in (
            "specialist", "occipital_neuralgia", "chronic_migraine", "preventives", "block_relief", "botulinum_cycles",
            "one_finger_start", "sketch", "burden",
        )
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "change", "found"),
    [
        ("specialist", ("diagnosis.confirmed_by_specialist", "pending"), None),
        ("one_finger_start", ("pain.one_finger_start", "no"), None),
        ("sketch", ("pain.sketch_class", "intermediate"), "supports"),
        ("sketch", ("pain.sketch_class", "not_rated"), None),
        ("sketch", ("pain.sketch_class", "atypical"), "review"),
        ("chronic_migraine", ("last_30_days.migraine_days", 8), "supports"),
        ("chronic_migraine", ("last_30_days.migraine_days", 7), None),
        ("burden", ("last_30_days.hours_per_headache_day", None), None),
        ("burden", ("scores.midas_total", None), "supports"),
    ],
)
def test_judges_single_answers(key: str, change: tuple[str, Any], found: str | None) -> None:
    assert status(key, change) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (10, 5, "supports"),
        (9, 5, "note"),
        (7, 4, "note"),
        (5, 3, "review"),
        (10, 7, "review"),
        (4, 8, "review"),
        (0, 0, None),
    ],
)
def test_block_relief_supports_from_50_and_is_for_review_to_40(
    before: int, after: int, found: str | None
) -> None:
    assert status("block_relief", block(before, after)) == found


@pytest.mark.parametrize(
    ("before", "after", "hours", "strong"),
    [(10, 4, 23, False), (10, 4, 24, True), (10, 3, 1, True), (9, 3, 1, True)],
)
def test_a_strong_block_is_called_so(before: int, after: int, hours: float, strong: bool) -> None:
    result = check(with_answers(block(before, after, hours)), today=TODAY)
    text = next(line.text for line in result.supports if line.id == "supports.block_relief")
    assert ("strong" in text) is strong


def test_thresholds_are_settings() -> None:
    assert status("block_relief", block(10, 5), thresholds=Thresholds(block_supports=51)) == "note"
    assert status("block_relief", block(10, 5), thresholds=Thresholds(block_weak=50)) == "review"
    assert status("preventives", thresholds=Thresholds(preventives_support=5)) == "note"


@pytest.mark.parametrize(
    ("classes", "found"), [(4, "supports"), (3, "supports"), (2, "note"), (1, "review"), (0, "review")]
)
def test_counts_preventive_classes(classes: int, found: str) -> None:
    names = ["tricyclic", "snri", "anticonvulsant", "beta_blocker"][:classes]
    rows = [{"class": name, "name": name, "weeks_at_target": 8, "effect": "none"} for name in names]
    assert status("preventives", ("treatments", rows or "none_tried")) == found


@pytest.mark.parametrize(("cycles", "found"), [(2, "supports"), (1, "note")])
def test_counts_cycles_of_botulinum_toxin(cycles: int, found: str | None) -> None:
    row = {"kind": "botulinum_toxin", "site": "head", "date": "2025-01-01", "cycle": cycles}
    assert status("botulinum_cycles", ("injections", [row])) == found


def test_contraindicated_botulinum_toxin_supports() -> None:
    row = {"class": "other", "name": "Botulinum toxin", "stop_reason": "contraindicated"}
    assert status("botulinum_cycles", ("injections", None), ("treatments", [row])) == "supports"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([], "supports"),
        ([("pain.side", None)], None),
        ([("pain.nerves", None)], None),
        ([("exam.allodynia", "no")], None),
        ([("exam.nerve_tender", "no")], "supports"),
        ([("exam.nerve_tender", "no"), ("exam.trigger_point", "not_done")], None),
        ([("pain.burst", "hours")], "supports"),
        ([("pain.burst", "hours"), ("pain.worst", 7)], "supports"),
        ([("pain.burst", "hours"), ("pain.worst", 6)], None),
        ([("pain.burst", "hours"), ("pain.quality", ["burning"])], None),
        ([("pain.worst", 6), ("pain.quality", ["burning", "sharp"])], "supports"),
    ],
)
def test_criteria_of_occipital_neuralgia(changes: list[tuple[str, Any]], found: str | None) -> None:
    assert status("occipital_neuralgia", *changes) == found


def test_says_whether_a_block_settled_the_neuralgia() -> None:
    def text(*changes: tuple[str, Any]) -> str:
        result = check(with_answers(*changes), today=TODAY)
        return next(line.text for line in result.supports if line.id == "supports.occipital_neuralgia")

    assert text().endswith("criteria A to C, and a nerve block eased it.")
    assert text(("injections", None)).endswith("criteria A to C; the nerve block is not settled yet.")


def preventives(*rows: tuple[str, str, str]) -> list[str]:
    """Return what the check says of preventive classes; each row is class, stop reason and effect."""
    tried = [
        {"class": kind, "name": kind, "weeks_at_target": 8, "stop_reason": reason, "effect": effect}
        for kind, reason, effect in rows
    ]
    result = check(with_answers(("treatments", tried)), today=TODAY)
    lines = (*result.supports, *result.review)
    return [line.text for line in lines if line.id.partition(".")[2] == "preventives"]


def test_treatments_stopped_for_side_effects_are_not_said_to_have_helped_too_little() -> None:
    helped_little = ("tricyclic", "no_benefit", "none"), ("snri", "ongoing", "under_50")
    stopped = "anticonvulsant", "side_effect", "unknown"
    ruled_out = "beta_blocker", "contraindicated", "unknown"
    assert preventives(*helped_little, stopped) == [
        "3 preventive classes tried: 2 did not help enough, 1 stopped for side effects."
    ]
    assert preventives(helped_little[0], stopped, ruled_out) == [
        "3 preventive classes tried or ruled out: 1 did not help enough, 1 stopped for side effects, "
        "1 contraindicated."
    ]
    assert preventives(helped_little[0], stopped) == [
        "2 preventive classes tried: 1 did not help enough, 1 stopped for side effects; many surgeons look for 3."
    ]
    assert preventives(stopped) == ["1 preventive class tried: 1 stopped for side effects."]


def test_a_class_that_ended_in_two_ways_is_counted_once() -> None:
    assert preventives(("snri", "side_effect", "unknown"), ("snri", "no_benefit", "none")) == [
        "1 preventive class tried: 1 did not help enough."
    ]


def test_the_headache_index_says_what_it_is_made_from() -> None:
    values = with_answers(
        ("last_30_days.headache_days", 22), ("pain.average", 6), ("last_30_days.hours_per_headache_day", 9.5)
    )
    burden = next(line.text for line in check(values, today=TODAY).supports if line.id == "supports.burden")
    assert "Migraine Headache Index 52.2 of 300 (22 headache days x pain 6 x 9.5 hours / 24)" in burden
