"""What the tables of treatments and injections come to."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.clinical import treatments
from referral_app.clinical.thresholds import DEFAULTS, Thresholds


def tried(**row: Any) -> dict[str, Any]:
    return {"class": "tricyclic", "name": "Amitriptyline", "weeks_at_target": 8, "effect": "under_50"} | row


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (tried(), True),
        (tried(weeks_at_target=7.9), False),
        (tried(weeks_at_target=None), False),
        (tried(weeks_at_target=None, stop_reason="side_effect"), True),
        (tried(weeks_at_target=None, stop_reason="contraindicated"), True),
        (tried(effect="none"), True),
        (tried(effect="over_50"), False),
        (tried(effect="over_50", stop_reason="no_benefit"), False),
        (tried(effect="unknown"), False),
        (tried(effect=None, stop_reason="no_benefit"), True),
        (tried(**{"class": "triptan"}), False),
        (tried(**{"class": "gepant", "name": "Atogepant"}), True),
        (tried(**{"class": "gepant", "name": "Ubrogepant"}), False),
        (tried(**{"class": ["snri"]}), False),
    ],
)
def test_counts_what_did_not_help_enough_in_an_adequate_trial(row: dict[str, Any], counts: bool) -> None:
    assert treatments.preventive_classes({"treatments": [row]}, DEFAULTS) == counts


def test_counts_each_class_once() -> None:
    rows = [tried(), tried(name="Nortriptyline"), tried(**{"class": "snri"}), "none"]
    assert treatments.preventive_classes({"treatments": rows}, DEFAULTS) == 2
    assert treatments.preventive_classes({"treatments": "none_tried"}, DEFAULTS) == 0
    assert treatments.preventive_classes({"treatments": rows}, Thresholds(adequate_weeks=9)) == 0


def test_tells_short_trials() -> None:
    assert treatments.too_short(tried(weeks_at_target=7), DEFAULTS)
    assert not treatments.too_short(tried(), DEFAULTS)
    assert not treatments.too_short(tried(weeks_at_target=7, effect="over_50"), DEFAULTS)


@pytest.mark.parametrize(
    ("rows", "cycles"),
    [
        ([], 0),
        ([{"kind": "botulinum_toxin"}], 1),
        ([{"kind": "botulinum_toxin"}, {"kind": "botulinum_toxin"}], 2),
        ([{"kind": "botulinum_toxin", "cycle": 5}], 5),
        ([{"kind": "botulinum_toxin", "cycle": True}], 1),
        ([{"kind": "botulinum_toxin", "cycle": 10**400}], 1),
        ([{"kind": "nerve_block", "cycle": 5}], 0),
    ],
)
def test_counts_cycles_of_botulinum_toxin(rows: list[Any], cycles: int) -> None:
    assert treatments.botulinum_cycles({"injections": rows}) == cycles


def test_finds_the_longest_relief_and_contraindicated_botulinum_toxin() -> None:
    blocks = [
        {"kind": "nerve_block", "pain_before": 8, "pain_after": 2, "relief_hours": hours}
        for hours in (3, None, 30.5, True)
    ]
    assert treatments.longest_relief_hours({"injections": blocks}, 50) == 30.5
    assert treatments.longest_relief_hours({}, 50) is None
    row = {"class": "other", "name": "Botulinum toxin", "stop_reason": "contraindicated"}
    assert treatments.botulinum_contraindicated({"treatments": [row]})
    assert not treatments.botulinum_contraindicated({"treatments": [row | {"stop_reason": "cost"}]})
