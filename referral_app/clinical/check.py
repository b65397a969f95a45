"""The live check of a referral: Emergency, Missing, Supports, Review; it informs and never decides.

A clinician must sign off the rules before real use (reference/clinical.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from referral_app.clinical import code_rules, missing, notes, requirement_lines, review, safety, supports
from referral_app.clinical.code_lists import DEFAULT, CodeLists
from referral_app.clinical.computed import with_computed
from referral_app.clinical.fields import Values
from referral_app.clinical.intake import INTAKE
from referral_app.clinical.lines import Line
from referral_app.clinical.requirements import Requirement, concerns
from referral_app.clinical.thresholds import DEFAULTS, Thresholds
from referral_app.clinical.validation import validate

__all__ = ["DEFAULTS", "Check", "Line", "Requirement", "Thresholds", "check", "open_points"]

_ORDER = {group.name: number for number, group in enumerate(INTAKE)}


@dataclass(frozen=True)
class Check:
    """The lines of the four stages, the computed values, and what may be done with the referral."""

    emergency: tuple[Line, ...]
    missing: tuple[Line, ...]
    supports: tuple[Line, ...]
    review: tuple[Line, ...]
    computed: dict[str, Any]

    @cached_property
    def uncleared(self) -> bool:
        """Whether there is an emergency that no clinician was told of or cleared; nothing else blocks sending."""
        return any(line.status == "emergency" for line in self.emergency)

    @cached_property
    def ready(self) -> bool:
        """Whether nothing is missing and no emergency is open; gaps are listed and do not count."""
        return not self.uncleared and not any(line.status == "missing" for line in self.missing)

    @cached_property
    def ready_to_sign(self) -> bool:
        """Whether nothing is missing but the signature, and no emergency is open."""
        open_lines = [line for line in self.missing if line.status == "missing"]
        return not self.uncleared and all(line.field.startswith("signature.") for line in open_lines)


def check(
    intake: Mapping[str, Any],
    requirements: Iterable[Requirement] = (),
    today: date | None = None,
    thresholds: Thresholds = DEFAULTS,
    codes: CodeLists = DEFAULT,
) -> Check:
    """Return the live check of an intake for what the chosen surgeon, or the Center for all of them, asks for.

    What the Center asks for rests on rules for adults, and is left out under 18 (contract section 2).

    Takes any JSON value and never raises. `today` is the day of the check (the clock's where it is None), `codes` are
    the releases of diagnosis codes that are known. Sources: reference/clinical.md section 11 and contract section 2;
    each line names its own.
    """
    today = today or date.today()
    wrong = validate(intake, today, codes)
    values = with_computed(intake if isinstance(intake, dict) else {}, today)
    case = supports.Case(values, thresholds, today)
    flags = tuple(safety.judge(values, thresholds, wrong, today))
    wanted = [
        requirement_lines.line(requirement_lines.judge(one, values, thresholds, today), thresholds)
        for one in requirements
        if concerns(one, values) and not (one.of_center and case.minor)
    ]
    return replace(
        _open_points(values, flags, wrong),
        supports=(*supports.judge(case), *_of(wanted, "supports")),
        review=(
            *_of(flags, "review"),
            *review.judge(case),
            *notes.judge(case),
            *code_rules.lines(values, codes, today),
            *_of(wanted, "review", "note"),
        ),
    )


def open_points(
    intake: Mapping[str, Any], today: date | None = None, thresholds: Thresholds = DEFAULTS
) -> Check:
    """Return the first two stages for an intake in which `validate` found nothing: all that decides what is ready."""
    today = today or date.today()
    values = with_computed(intake, today)
    return _open_points(values, tuple(safety.judge(values, thresholds, {}, today)), {})


def _open_points(values: Values, flags: tuple[Line, ...], wrong: Mapping[str, str]) -> Check:
    return Check(
        emergency=_of(flags, "emergency", "cleared"),
        missing=_in_order([*missing.judge(values, wrong), *_of(flags, "missing")]),
        supports=(),
        review=(),
        computed=values["computed"],
    )


def _in_order(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines in the order of the form, so that the first one is the next to answer."""
    return tuple(
        sorted(lines, key=lambda line: _ORDER.get(line.field.partition(".")[0].partition("[")[0], -1))
    )


def _of(lines: Iterable[Line], *statuses: str) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.status in statuses)
