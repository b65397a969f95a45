"""Every figure of the live check, on both sides: each has a row here, or the first test fails."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, NamedTuple

import pytest

from referral_app.clinical.check import DEFAULTS, Check, Thresholds, check
from referral_app.clinical.thresholds import BY_NAME, FIGURES, problems, put_together, why
from tests.clinical.intakes import TODAY, with_answers

Answer = tuple[str, Any]


class Side(NamedTuple):
    """What is answered at a figure, what one step away from it, and which line is there only with one of both."""

    name: str
    at: tuple[Answer, ...]
    beyond: tuple[Answer, ...]
    line: str
    """The id of the line that is there at the figure and not beyond it, or the other way round with a "!" before."""


def block(before: int, after: int, hours: float = 1) -> tuple[Answer, ...]:
    row = {"kind": "nerve_block", "site": "GON", "date": "2025-01-01"}
    return (("injections", [row | {"pain_before": before, "pain_after": after, "relief_hours": hours}]),)


def classes(count: int, weeks: float = 8) -> tuple[Answer, ...]:
    names = ["tricyclic", "snri", "anticonvulsant", "beta_blocker"][:count]
    rows = [{"class": name, "name": name, "weeks_at_target": weeks, "effect": "none"} for name in names]
    return (("treatments", rows or "none_tried"),)


def toxin(cycles: int) -> tuple[Answer, ...]:
    return (
        ("injections", [{"kind": "botulinum_toxin", "site": "head", "date": "2025-01-01", "cycle": cycles}]),
    )


def late(**labs: float) -> tuple[Answer, ...]:
    signs = ("red_flags.older_onset", {"emergency_signs": "no"})
    return (("patient.date_of_birth", "1960-01-01"), ("labs", {"esr_mm_h": 1, "crp_mg_l": 1} | labs), signs)


SIDES = (
    Side("block_supports", block(10, 5), block(9, 5), "supports.block_relief"),
    Side("block_weak", block(10, 6), block(9, 5), "review.block_relief"),
    Side("block_strong", block(10, 4), block(10, 3), "!strong"),
    Side("block_strong_hours", block(10, 5, 24), block(10, 5, 23.9), "strong"),
    Side("preventives_support", classes(3), classes(2), "supports.preventives"),
    Side("preventives_note", classes(2), classes(1), "!review.preventives"),
    Side("adequate_weeks", classes(3, 8), classes(3, 7.9), "supports.preventives"),
    Side("botulinum_cycles", toxin(2), toxin(1), "supports.botulinum_cycles"),
    Side("severe_pain", (("pain.burst", "hours"), ("pain.worst", 7)), (("pain.burst", "hours"), ("pain.worst", 6)),
         "supports.occipital_neuralgia"),
    Side("phq2_positive", (("scores.phq2", 3),), (("scores.phq2", 2),), "note.phq2"),
    Side("years_since_onset", (("diagnosis.onset", "2023-11"),), (("diagnosis.onset", "2023-12"),),
         "note.years_since_onset"),
    Side("diary_days", (("last_30_days.diary_to", "2026-03-09"),), (("last_30_days.diary_to", "2026-03-08"),),
         "!note.diary_days"),
    Side("imaging_months", (("imaging.0.date", "2025-11-23"),), (("imaging.0.date", "2025-11-22"),),
         "!note.imaging_age"),
    Side("imaging_months", (("attachments.0.date", "2025-11-23"),), (("attachments.0.date", "2025-11-22"),),
         "!note.old_note.0"),
    Side("midas_warn", (("scores.midas_total", 270),), (("scores.midas_total", 271),), "!note.midas_total"),
    Side("esr_raised", late(esr_mm_h=50), late(esr_mm_h=49.9), "emergency.red_flags.older_onset"),
    Side("crp_raised", late(crp_mg_l=10), late(crp_mg_l=9.9), "emergency.red_flags.older_onset"),
)  # fmt: skip


def ids(result: Check) -> set[str]:
    lines = (*result.emergency, *result.missing, *result.supports, *result.review)
    strong = {"strong"} if any("a strong response" in line.text for line in lines) else set[str]()
    return {line.id for line in lines} | strong


def found(changes: tuple[Answer, ...], thresholds: Thresholds = DEFAULTS) -> set[str]:
    return ids(check(with_answers(*changes), today=TODAY, thresholds=thresholds))


def test_every_figure_is_declared_and_has_a_row_of_both_sides() -> None:
    names = {field.name for field in fields(Thresholds)} - {"of_center", "of_surgeon"}
    assert {side.name for side in SIDES} == names
    assert {one.name for one in FIGURES} == names
    assert all(one.usual == getattr(DEFAULTS, one.name) for one in FIGURES)


@pytest.mark.parametrize("side", SIDES, ids=lambda side: f"{side.name}-{side.line}")
def test_each_rule_holds_at_its_figure_and_not_beyond(side: Side) -> None:
    line, there = side.line.removeprefix("!"), not side.line.startswith("!")
    assert (line in found(side.at)) is there
    assert (line in found(side.beyond)) is not there


@pytest.mark.parametrize("side", SIDES, ids=lambda side: f"{side.name}-{side.line}")
def test_another_figure_moves_the_rule(side: Side) -> None:
    """One step up or down from the figure, the answers at the old one fall on the other side, or stay as they were."""
    figure = BY_NAME[side.name]
    line = side.line.removeprefix("!")
    moved = [
        (line in found(side.at, put_together({side.name: figure.usual + step})))
        != (line in found(side.at, put_together({side.name: figure.usual})))
        for step in (-1, 1)
        if not problems({side.name: figure.usual + step})
    ]
    assert any(moved)


def test_figures_that_contradict_each_other_never_count_together() -> None:
    both = put_together({"block_weak": 48}, {"block_supports": 45})
    assert (both.block_weak, both.block_supports) == (40, 45)
    spoiled = put_together({"block_weak": "x", "diary_days": 10**400, "unheard_of": 1}, {"esr_raised": 20})
    assert spoiled == DEFAULTS
    assert put_together({"preventives_note": 4}) == DEFAULTS


def test_why_names_whose_figure_it_is() -> None:
    both = put_together({"diary_days": 14}, {"imaging_months": 1})
    assert why(DEFAULTS, ("diary_days",)) == "A diary covers 28 days or more."
    assert why(both, ("diary_days", "imaging_months")) == (
        "A diary covers 14 days or more (the Center's figure; the program's is 28); imaging and notes are old after "
        "1 month (this surgeon's figure; the program's is 12)."
    )
