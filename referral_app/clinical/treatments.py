"""What the tables of treatments and injections come to: preventive classes, cycles of botulinum toxin, the best block.

Sources: an adequate trial is 8 weeks at the target dose, or one that ended for a side effect or was contraindicated
(D'Antona and Matharu 2019, reference/clinical.md section 2.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from referral_app.clinical.computed import relief
from referral_app.clinical.fields import Values, given, rows
from referral_app.clinical.thresholds import Thresholds

PREVENTIVES = frozenset(
    {"tricyclic", "snri", "anticonvulsant", "beta_blocker", "candesartan", "cgrp_antibody", "gepant"}
)
_ACUTE_GEPANTS = ("ubrogepant", "zavegepant")
_NOT_TOLERATED = ("side_effect", "contraindicated")
_OUTCOMES = {
    "": "did not help enough",
    "side_effect": "stopped for side effects",
    "contraindicated": "contraindicated",
}


def preventive_classes(values: Values, thresholds: Thresholds) -> int:
    """Return how many preventive classes did not help enough or were not tolerated, each class counted once."""
    return len({row["class"] for row in preventives(values) if not_enough(row, thresholds)})


def preventive_outcomes(values: Values, thresholds: Thresholds) -> str:
    """Return how the counted preventive classes ended, in words; "" where none counts.

    Each class stands once: as not helpful enough where one of its treatments was, else as stopped for side effects,
    else as contraindicated.
    """
    ended: dict[str, set[str]] = {}
    for row in preventives(values):
        if not_enough(row, thresholds):
            reason = str(row.get("stop_reason"))
            ended.setdefault(row["class"], set()).add(reason if reason in _NOT_TOLERATED else "")
    if not ended:
        return ""
    firsts = [min(reasons, key=list(_OUTCOMES).index) for reasons in ended.values()]
    counts = [(firsts.count(reason), words) for reason, words in _OUTCOMES.items()]
    tried = "tried or ruled out" if "contraindicated" in firsts else "tried"
    classes = "1 preventive class" if len(ended) == 1 else f"{len(ended)} preventive classes"
    return f"{classes} {tried}: {', '.join(f'{count} {words}' for count, words in counts if count)}"


def preventives(values: Values) -> list[Mapping[str, Any]]:
    """Return the rows of preventive medication among the treatments tried."""
    return [row for row in rows(values, "treatments") if _is_preventive(row)]


def not_enough(row: Mapping[str, Any], thresholds: Thresholds) -> bool:
    """Tell whether one treatment did not help enough in an adequate trial, or was not tolerated."""
    if row.get("stop_reason") in _NOT_TOLERATED:
        return True
    return _helped_too_little(row) and weeks(row) >= thresholds.adequate_weeks


def too_short(row: Mapping[str, Any], thresholds: Thresholds) -> bool:
    """Tell whether a treatment did not help enough but was tried too shortly, or for an unknown time, to count."""
    return not not_enough(row, thresholds) and _helped_too_little(row)


def weeks(row: Mapping[str, Any]) -> float:
    """Return the weeks at the target dose; 0 where they are not given."""
    value = row.get("weeks_at_target")
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0


def botulinum_cycles(values: Values) -> int:
    """Return the cycles of botulinum toxin given: the highest number of a cycle, or the number of rows."""
    given_rows = [row for row in rows(values, "injections") if row.get("kind") == "botulinum_toxin"]
    numbered = [
        row["cycle"] for row in given_rows if type(row.get("cycle")) is int and 0 < row["cycle"] <= 200
    ]
    return max(len(given_rows), *numbered, 0)


def botulinum_contraindicated(values: Values) -> bool:
    """Tell whether a treatment tried names botulinum toxin as contraindicated."""
    named = [row for row in rows(values, "treatments") if _names(row, "botulinum", "botox")]
    return any(row.get("stop_reason") == "contraindicated" for row in named)


def longest_relief_hours(values: Values, least: float) -> float | None:
    """Return the longest relief in hours among nerve blocks with at least so many percent relief, None without any."""
    blocks = [
        row
        for row in rows(values, "injections")
        if row.get("kind") == "nerve_block" and (percent := relief(row)) is not None and percent >= least
    ]
    hours = [given(row, "relief_hours") for row in blocks]
    return max((h for h in hours if isinstance(h, int | float) and not isinstance(h, bool)), default=None)


def _is_preventive(row: Mapping[str, Any]) -> bool:
    kind = row.get("class")
    return (
        isinstance(kind, str)
        and kind in PREVENTIVES
        and not (kind == "gepant" and _names(row, *_ACUTE_GEPANTS))
    )


def _helped_too_little(row: Mapping[str, Any]) -> bool:
    effect = row.get("effect")
    return effect in ("none", "under_50") or (row.get("stop_reason") == "no_benefit" and effect != "over_50")


def _names(row: Mapping[str, Any], *words: str) -> bool:
    name = row.get("name")
    return isinstance(name, str) and any(word in name.lower() for word in words)
