"""The third stage of the live check: points that support the referral; none of them decides anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from referral_app.clinical import treatments
from referral_app.clinical.computed import ADULT, say_percent
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import Values, as_list, given
from referral_app.clinical.lines import VIEWS, Line
from referral_app.clinical.thresholds import Thresholds, why

_PAINS = "PAINS screen (PMC6952133)"
_BLOCK = "ASPN 2021; Knoedler 2023"
_BLOCK_FIGURES = ("block_supports", "block_strong", "block_strong_hours", "block_weak")
_PREVENTIVE_FIGURES = ("preventives_support", "preventives_note", "adequate_weeks")
_NEURALGIA = (
    "Pain in the territory of an occipital nerve, two of three (bursts of seconds to minutes; severe; shooting, "
    "stabbing or sharp), pain from light touch, and a tender nerve or trigger point. No single test proves it."
)
_SKETCH = f"In one study people with such a sketch gained more from surgery than those with an atypical one. {VIEWS}"
_CHRONIC = "15 headache days or more of 30, at least 8 of them migraine days, for more than 3 months."


@dataclass(frozen=True)
class Case:
    """What every rule of the last two stages reads: the intake with its computed values, the limits, the day."""

    values: Values
    thresholds: Thresholds
    today: date

    def get(self, path: str) -> Any:
        """Return the answer at a path, or None."""
        return given(self.values, path)

    @property
    def minor(self) -> bool:
        """Whether the patient is under 18, so that the rules for adults are off."""
        age = self.values["computed"]["age"]
        return age is not None and age < ADULT

    def computed(self, name: str) -> Any:
        """Return a computed value, or None."""
        return self.values["computed"][name]

    def why(self, *figures: str) -> str:
        """Return the rules that these thresholds make, in words."""
        return why(self.thresholds, figures)


def judge(case: Case) -> Iterator[Line]:
    """Yield the lines that support a referral of an adult, and notes where a point is nearly one.

    Source: rules S1 to S8 of reference/clinical.md section 11.
    """
    if case.minor:
        return
    for rule in (
        _specialist,
        _neuralgia,
        _chronic,
        _preventives,
        _block,
        _botulinum,
        _finger,
        _sketch,
        _burden,
    ):
        yield from rule(case)


def _supports(key: str, text: str, source: str, field: str, reason: str = "") -> Line:
    return Line(f"supports.{key}", "supports", text, source, field, reason)


def _note(key: str, text: str, source: str, field: str, reason: str = "") -> Line:
    return Line(f"note.{key}", "note", text, source, field, reason)


def _specialist(case: Case) -> Iterator[Line]:
    if case.get("diagnosis.confirmed_by_specialist") == "yes":
        text = "A headache specialist confirmed the diagnosis."
        yield _supports("specialist", text, _PAINS, "diagnosis.confirmed_by_specialist")


def neuralgia_criteria(case: Case) -> bool:
    """Tell whether the answers match criteria A to C of occipital neuralgia (ICHD-3 13.4, in our words)."""
    where = bool(case.get("pain.side")) and bool(case.get("pain.nerves"))
    quality, worst = case.get("pain.quality"), number_at(case.values, "pain.worst")
    kinds = any(item in ("shooting", "stabbing", "sharp") for item in as_list(quality))
    severe = worst is not None and worst >= case.thresholds.severe_pain
    pain = (case.get("pain.burst") == "seconds_to_minutes") + severe + kinds >= 2
    tender = "yes" in (case.get("exam.nerve_tender"), case.get("exam.trigger_point"))
    return where and pain and tender and case.get("exam.allodynia") == "yes"


def _neuralgia(case: Case) -> Iterator[Line]:
    if not neuralgia_criteria(case):
        return
    relief = case.computed("block_relief")
    eased = relief is not None and relief >= case.thresholds.block_supports
    tail = ", and a nerve block eased it" if eased else "; the nerve block is not settled yet"
    text = f"Pain and examination match occipital neuralgia, criteria A to C{tail}."
    reason = f"{_NEURALGIA} {case.why('severe_pain', 'block_supports')}"
    yield _supports("occipital_neuralgia", text, "ICHD-3 13.4", "pain.nerves", reason)


def _chronic(case: Case) -> Iterator[Line]:
    if case.computed("chronic_migraine"):
        text = "The day counts fit chronic migraine: 15 headache days or more, 8 of them migraine days."
        yield _supports("chronic_migraine", text, "ICHD-3 1.3", "last_30_days.migraine_days", _CHRONIC)


def _preventives(case: Case) -> Iterator[Line]:
    count = treatments.preventive_classes(case.values, case.thresholds)
    said = treatments.preventive_outcomes(case.values, case.thresholds)
    source, reason = "Austen 2023; D'Antona and Matharu 2019", case.why(*_PREVENTIVE_FIGURES)
    if count >= case.thresholds.preventives_support:
        text = f"{said}."
        yield _supports("preventives", text, source, "treatments", reason)
    elif count >= case.thresholds.preventives_note:
        text = f"{said}; many surgeons look for {case.thresholds.preventives_support}."
        yield _note("preventives", text, source, "treatments", reason)


def _block(case: Case) -> Iterator[Line]:
    relief, limits = case.computed("block_relief"), case.thresholds
    if relief is None or relief <= limits.block_weak:
        return
    if relief < limits.block_supports:
        text = f"The best nerve block gave {say_percent(relief)} relief; {limits.block_supports:g} % or more supports."
        yield _note("block_relief", text, _BLOCK, "injections", case.why(*_BLOCK_FIGURES))
        return
    hours = treatments.longest_relief_hours(case.values, limits.block_supports) or 0
    strong = relief > limits.block_strong or hours >= limits.block_strong_hours
    text = f"A nerve block gave {say_percent(relief)} relief" + (", a strong response." if strong else ".")
    yield _supports("block_relief", text, _BLOCK, "injections", case.why(*_BLOCK_FIGURES))


def _botulinum(case: Case) -> Iterator[Line]:
    cycles, reason = treatments.botulinum_cycles(case.values), case.why("botulinum_cycles")
    given_in = f"Botulinum toxin was given in {cycles} cycle{'' if cycles == 1 else 's'}"
    if cycles >= case.thresholds.botulinum_cycles:
        yield _supports("botulinum_cycles", f"{given_in}.", "PREEMPT", "injections", reason)
    elif treatments.botulinum_contraindicated(case.values):
        text = "Botulinum toxin is contraindicated."
        yield _supports("botulinum_cycles", text, "PREEMPT", "treatments", reason)
    elif cycles:
        text = f"{given_in} so far; its effect is judged after {case.thresholds.botulinum_cycles}."
        yield _note("botulinum_cycles", text, "PREEMPT", "injections", reason)


def _finger(case: Case) -> Iterator[Line]:
    if case.get("pain.one_finger_start") == "yes":
        text = "The patient points to the start of the pain with one finger."
        yield _supports("one_finger_start", text, _PAINS, "pain.one_finger_start")


def _sketch(case: Case) -> Iterator[Line]:
    rated = case.get("pain.sketch_class")
    if rated in ("typical", "intermediate"):
        text = f"A clinician rated the head sketch {rated}."
        yield _supports("sketch", text, "PRS-GO 2019", "pain.sketch_class", _SKETCH)


def _burden(case: Case) -> Iterator[Line]:
    index = case.computed("mhi")
    if index is None:
        return
    days, pain, hours = (
        number_at(case.values, path)
        for path in ("last_30_days.headache_days", "pain.average", "last_30_days.hours_per_headache_day")
    )
    made = f"{days:g} headache days x pain {pain:g} x {hours:g} hours / 24"
    grade = case.computed("midas_grade")
    midas = f"; MIDAS grade {grade}" if grade else ""
    text = f"The burden is recorded: Migraine Headache Index {index:g} of 300 ({made}){midas}."
    yield _supports("burden", text, "ASPN 2021", "last_30_days.headache_days")
