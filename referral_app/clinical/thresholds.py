"""The figures of the live check that a Headache Center or a surgeon may change, each with its value in the sources."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Thresholds:
    """Limits of the live check. Sources: reference/clinical.md sections 2.2 to 2.4, 3, 4 and 11; contract section 2.

    `of_center` and `of_surgeon` name the figures that differ from the program's, by who chose them.
    """

    block_supports: float = 50
    """Percent of relief from which a nerve block supports (ASPN 2021)."""
    block_strong: float = 60
    """Percent of relief above which a nerve block supports strongly (Knoedler 2023)."""
    block_weak: float = 40
    """Percent of relief up to which a nerve block is for review."""
    block_strong_hours: float = 24
    """Hours of relief from which a nerve block supports strongly (Knoedler 2023)."""
    preventives_support: int = 3
    """Preventive classes that did not help enough, from which they support (Austen 2023)."""
    preventives_note: int = 2
    """Preventive classes below which the count is for review."""
    adequate_weeks: float = 8
    """Weeks at the target dose that make an adequate trial (D'Antona and Matharu 2019)."""
    botulinum_cycles: int = 2
    """Cycles of botulinum toxin before its effect is judged (PREEMPT)."""
    severe_pain: float = 7
    """Pain from which it counts as severe, 0 to 10."""
    phq2_positive: int = 3
    """PHQ-2 from which support is offered; never a barrier."""
    years_since_onset: int = 3
    """Whole years since onset from which delay is mentioned."""
    diary_days: int = 28
    """Days that a diary covers at least."""
    imaging_months: int = 12
    """Months after which imaging, and a note that is enclosed, is called old."""
    midas_warn: int = 270
    """MIDAS total above which the score is worth another look."""
    esr_raised: float = 50
    """ESR in mm/h that counts as raised (ACR/EULAR 2022 for giant cell arteritis)."""
    crp_raised: float = 10
    """CRP in mg/L that counts as raised (ACR/EULAR 2022 for giant cell arteritis)."""
    of_center: frozenset[str] = frozenset()
    of_surgeon: frozenset[str] = frozenset()


DEFAULTS = Thresholds()


@dataclass(frozen=True)
class Figure:
    """What one figure means: its group and label in a form, its unit, the range that makes sense, and its source.

    `says` is the rule in words with {} for the figure. One of the Center alone decides whether something is an
    emergency, which must not depend on the surgeon who is asked.
    """

    name: str
    group: str
    label: str
    unit: str
    low: float
    high: float
    source: str
    says: str
    whole: bool = True
    center_only: bool = False

    @property
    def usual(self) -> float:
        """The program's figure."""
        return getattr(DEFAULTS, self.name)

    def problem(self, value: object) -> str:
        """Return why a value cannot be this figure, "" where it can."""
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
        if self.low <= number <= self.high and (not self.whole or number == int(number)):
            return ""
        kind = "whole number" if self.whole else "number"
        return f"Type a {kind} from {self.low:g} to {self.high:g}."

    def settled(self, value: float) -> float:
        """Return a value of this figure as it is kept: a whole number as one."""
        return int(value) if value == int(value) else float(value)


_BLOCKS, _TRIED, _PAIN, _RECORDS, _TESTS = (
    "Nerve blocks", "Treatments tried", "Pain, mood and delay", "Diary, imaging and scores", "Blood tests",
)  # fmt: skip

FIGURES = (
    Figure("block_supports", _BLOCKS, "Relief supports from", "%", 10, 100, "ASPN 2021",
           "relief of {} % or more supports", whole=False),
    Figure("block_strong", _BLOCKS, "Relief is strong above", "%", 10, 100, "Knoedler 2023",
           "relief above {} % is strong", whole=False),
    Figure("block_weak", _BLOCKS, "Relief is for review up to", "%", 0, 95, "Knoedler 2023",
           "relief of {} % or less is for review", whole=False),
    Figure("block_strong_hours", _BLOCKS, "Relief is strong from", "hours", 1, 720, "Knoedler 2023",
           "relief of {} hours or more is strong", whole=False),
    Figure("preventives_support", _TRIED, "Preventive classes support from", "classes", 1, 7, "Austen 2023",
           "from {} on, preventive classes that did not help enough support"),
    Figure("preventives_note", _TRIED, "Preventive classes are for review below", "classes", 1, 7, "SA Health",
           "fewer than {} preventive classes are for review"),
    Figure("adequate_weeks", _TRIED, "An adequate trial lasts", "weeks", 1, 52, "D'Antona and Matharu 2019",
           "a trial counts from {} weeks at the target dose on, or where it was not tolerated", whole=False),
    Figure("botulinum_cycles", _TRIED, "Botulinum toxin is judged after", "cycles", 1, 10, "PREEMPT",
           "botulinum toxin is judged after {} cycles"),
    Figure("severe_pain", _PAIN, "Pain is severe from", "of 10", 4, 10, "ICHD-3 13.4",
           "pain counts as severe from {} of 10 on", whole=False),
    Figure("phq2_positive", _PAIN, "PHQ-2: support is offered from", "of 6", 1, 6, "PMC2906530",
           "support is offered from a PHQ-2 of {} on"),
    Figure("years_since_onset", _PAIN, "Delay is mentioned from", "years since onset", 1, 50, "Weill Cornell 2024",
           "delay is mentioned from {} years since onset on"),
    Figure("diary_days", _RECORDS, "A diary covers at least", "days", 7, 365, "Neurotorium",
           "a diary covers {} days or more"),
    Figure("imaging_months", _RECORDS, "Imaging and notes are old after", "months", 1, 120, "Headache Center",
           "imaging and notes are old after {} months"),
    Figure("midas_warn", _RECORDS, "MIDAS is worth another look above", "of 276", 20, 276, "clinical.md section 3",
           "a MIDAS total above {} is worth another look"),
    Figure("esr_raised", _TESTS, "ESR is raised from", "mm/h", 20, 100, "ACR/EULAR 2022",
           "ESR counts as raised from {} mm/h on", whole=False, center_only=True),
    Figure("crp_raised", _TESTS, "CRP is raised from", "mg/L", 3, 50, "ACR/EULAR 2022",
           "CRP counts as raised from {} mg/L on", whole=False, center_only=True),
)  # fmt: skip
"""Every figure, in the order of the form."""

BY_NAME: Mapping[str, Figure] = {one.name: one for one in FIGURES}

_IN_ORDER = (
    ("block_weak", "block_supports", False),
    ("block_supports", "block_strong", True),
    ("preventives_note", "preventives_support", True),
)
"""Figures of which the second lies above the first; the last tells whether both may be the same."""

_CHAINS = (("block_weak", "block_supports", "block_strong"), ("preventives_note", "preventives_support"))

Own = Mapping[str, float]
"""The figures that somebody chose, by name."""


def put_together(center: Mapping[str, Any] | None = None, surgeon: Own | None = None) -> Thresholds:
    """Return the figures that count: the surgeon's before the Center's before the program's.

    Takes what is stored, and leaves out what is no figure, so that the check never stops. Where figures of both would
    contradict each other, those of the surgeon count with the program's.
    """
    by_center, by_surgeon = _readable(center or {}), _readable(surgeon or {}, with_center_only=False)
    for names in _CHAINS:
        if _disordered({**by_center, **by_surgeon}, names):
            by_center = {name: value for name, value in by_center.items() if name not in names}
            if _disordered(by_surgeon, names):
                by_surgeon = {name: value for name, value in by_surgeon.items() if name not in names}
    return _made(by_center, by_surgeon)


def _made(by_center: Own, by_surgeon: Own) -> Thresholds:
    if not by_center and not by_surgeon:
        return DEFAULTS
    chosen: dict[str, Any] = {**by_center, **by_surgeon}
    differs = {name for name, value in chosen.items() if value != BY_NAME[name].usual}
    return replace(
        DEFAULTS, **chosen,
        of_center=frozenset(differs - by_surgeon.keys()), of_surgeon=frozenset(differs & by_surgeon.keys()),
    )  # fmt: skip


def problems(own: Mapping[str, Any], with_center_only: bool = True) -> dict[str, str]:
    """Return what is wrong with figures that somebody chose, one sentence for each by its name."""
    found: dict[str, str] = {}
    for name, value in own.items():
        figure = BY_NAME.get(name)
        if figure is None:
            found[name] = "The live check has no figure of this name."
        elif figure.center_only and not with_center_only:
            found[name] = "It decides about emergencies: the Center alone sets it."
        elif sentence := figure.problem(value):
            found[name] = sentence
    return found | _wrong_order(own, found)


def _wrong_order(own: Mapping[str, Any], found: Collection[str]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for low, high, same in _IN_ORDER:
        if (low not in own and high not in own) or low in found or high in found:
            continue
        first, second = (own.get(name, BY_NAME[name].usual) for name in (low, high))
        if second < first or (second == first and not same):
            at, other, word = (high, low, "above") if high in own else (low, high, "below")
            limit = f"{own.get(other, BY_NAME[other].usual):g}"
            words = f"{limit} or {word}" if same else f"{word} {limit}"
            wrong[at] = f"This must be {words}, where “{BY_NAME[other].label}” stands."
    return wrong


def _readable(own: Mapping[str, Any], with_center_only: bool = True) -> dict[str, float]:
    return {
        name: figure.settled(own[name])
        for name in own
        if (figure := BY_NAME.get(name)) is not None
        and not figure.problem(own[name])
        and (with_center_only or not figure.center_only)
    }


def _disordered(own: Own, names: Collection[str]) -> bool:
    return bool(_wrong_order({name: value for name, value in own.items() if name in names}, ()))


_ONE = re.compile(r"\b1 (hour|week|cycle|day|month|year)s\b")


@lru_cache(maxsize=256)
def why(thresholds: Thresholds, names: tuple[str, ...]) -> str:
    """Return the rules that these figures make, in one sentence; of each that is not the program's, whose it is."""
    said = "; ".join(_said(thresholds, BY_NAME[name]) for name in names)
    said = _ONE.sub(r"1 \1", said)
    return f"{said[:1].upper()}{said[1:]}."


def _said(thresholds: Thresholds, figure: Figure) -> str:
    words = figure.says.format(f"{getattr(thresholds, figure.name):g}")
    who = (
        "this surgeon's" if figure.name in thresholds.of_surgeon
        else "the Center's" if figure.name in thresholds.of_center else ""
    )  # fmt: skip
    return f"{words} ({who} figure; the program's is {figure.usual:g})" if who else words
