"""What the program computes from the answers: age, headache index, screens, relief; a screen is no diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from referral_app.choices import Answer
from referral_app.clinical import dates
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import answered, as_dict, as_list, given, rows
from referral_app.clinical.red_flags import AGE_THRESHOLD, RED_FLAGS

CHRONIC_DAYS = 15
"""Headache days of 30 from which headache is chronic (ICHD-3 1.3 and 8.2)."""
CHRONIC_MIGRAINE_DAYS = 8
"""Migraine days of 30 from which chronic headache screens as chronic migraine (ICHD-3 1.3)."""
OVERUSE_DAYS = {
    "simple_analgesic_days": 15,
    "triptan_days": 10,
    "ergot_days": 10,
    "opioid_days": 10,
    "combination_days": 10,
}
"""Days of 30 from which a class of acute medication is overused (ICHD-3 8.2)."""
ADULT = 18

_ANSWERS = frozenset(answer.value for answer in Answer)
MIDAS_GRADES = ((5, "I"), (10, "II"), (20, "III"), (276, "IV"))
"""The highest total of each grade of MIDAS (reference/clinical.md section 3)."""
MIDAS_WORDS = {
    "I": "little or no disability",
    "II": "mild disability",
    "III": "moderate disability",
    "IV": "severe disability",
}
"""What each grade of MIDAS means, in our words."""


def computed(intake: Mapping[str, Any], today: date | None = None) -> dict[str, Any]:
    """Return the computed values of an intake, each None where its answers are missing or cannot be read.

    Keys: age, onset_age, years_since_onset (whole years); mhi (0 to 300); midas_grade (I to IV), midas_words;
    block_relief (best valid percent), block_reliefs (row from 1 and percent of each block); bmi (kg/m²);
    medication_overuse, chronic_migraine (screens); needs_representative,
    onset_at_50_or_later (never None); red_flags {name: yes, no, not_asked or None}. Takes any JSON object.
    """
    today = today or date.today()
    born, onset = _born(intake, today), dates.stored_month(given(intake, "diagnosis.onset"))
    age, onset_age = dates.age(born, today) if born else None, _onset_age(born, onset)
    grade, flags = _midas_grade(intake), _red_flags(intake, onset_age)
    return {
        "age": age,
        "mhi": _headache_index(intake),
        "onset_age": onset_age,
        "years_since_onset": dates.years_between(onset, today) if onset and onset <= today else None,
        "midas_grade": grade,
        "midas_words": MIDAS_WORDS[grade] if grade else None,
        "block_relief": _block_relief(intake),
        "block_reliefs": _block_reliefs(intake) or None,
        "bmi": _body_mass(intake),
        "medication_overuse": _medication_overuse(intake),
        "chronic_migraine": _chronic_migraine(intake),
        "needs_representative": _needs_representative(intake, age),
        "onset_at_50_or_later": flags["older_onset"] == "yes",
        "red_flags": flags,
    }


def with_computed(intake: Mapping[str, Any], today: date | None = None) -> dict[str, Any]:
    """Return the intake with its computed values under "computed", which is what conditions are read from."""
    return {**intake, "computed": computed(intake, today)}


def relief(row: Mapping[str, Any]) -> float | None:
    """Return the relief from an injection in percent, below 0 where pain rose; None without pain before and after.

    Formula: 100 x (before - after) / before, with pain before above 0 (reference/clinical.md section 3).
    """
    before, after = _pain(row, "pain_before"), _pain(row, "pain_after")
    return round(100 * (before - after) / before, 1) if before and after is not None else None


def say_percent(percent: float) -> str:
    """Return a relief in words, the same on screen and paper: one decimal where there is one, as `relief` has it.

    Pain is a whole number from 0 to 10, so that one decimal never carries a relief across a threshold of 40 or 50.
    """
    return f"{percent:.1f}".removesuffix(".0") + " %"


def _pain(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 10
    return value if fits else None


def _born(intake: Mapping[str, Any], today: date) -> date | None:
    born = dates.stored(given(intake, "patient.date_of_birth"))
    return born if born and born <= today else None


def _onset_age(born: date | None, onset: date | None) -> int | None:
    """Return the age at the end of the month of onset, so that a birthday in that month counts."""
    if born is None or onset is None or dates.last_day(onset) < born:
        return None
    return dates.age(born, dates.last_day(onset))


def _headache_index(intake: Mapping[str, Any]) -> float | None:
    """Return the Migraine Headache Index, 0 to 300: days of 30 x average pain x hours a day / 24 (ASPN 2021)."""
    days, hours = (
        number_at(intake, "last_30_days.headache_days"),
        number_at(intake, "last_30_days.hours_per_headache_day"),
    )
    pain = number_at(intake, "pain.average")
    return None if days is None or hours is None or pain is None else round(days * pain * hours / 24, 1)


def _midas_grade(intake: Mapping[str, Any]) -> str | None:
    """Return the MIDAS grade of a total: I to 5, II to 10, III to 20, IV above (reference/clinical.md section 3)."""
    total = number_at(intake, "scores.midas_total")
    return None if total is None else next(grade for most, grade in MIDAS_GRADES if total <= most)


def _block_relief(intake: Mapping[str, Any]) -> float | None:
    blocks = (row for row in rows(intake, "injections") if row.get("kind") == "nerve_block")
    return max((percent for row in blocks if (percent := relief(row)) is not None), default=None)


def _block_reliefs(intake: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the relief of each nerve block by the number of its row, None where it is not known or not valid."""
    numbered = enumerate(map(as_dict, as_list(intake.get("injections"))), 1)
    return [{"row": n, "percent": relief(row)} for n, row in numbered if row.get("kind") == "nerve_block"]


def _body_mass(intake: Mapping[str, Any]) -> float | None:
    """Return weight in kg over height in m squared (WHO), to one place."""
    height, weight = number_at(intake, "safety.height_cm"), number_at(intake, "safety.weight_kg")
    return round(weight / (height / 100) ** 2, 1) if height and weight else None


def _medication_overuse(intake: Mapping[str, Any]) -> bool | None:
    headache = number_at(intake, "last_30_days.headache_days")
    used = [(number_at(intake, f"last_30_days.{name}"), limit) for name, limit in OVERUSE_DAYS.items()]
    over = any(days is not None and days >= limit for days, limit in used)
    if headache is not None and headache < CHRONIC_DAYS:
        return False
    if headache is not None and over:
        return True
    known = all(days is not None for days, _ in used)
    return False if known and not over else None


def _chronic_migraine(intake: Mapping[str, Any]) -> bool | None:
    headache, migraine = (
        number_at(intake, f"last_30_days.{name}") for name in ("headache_days", "migraine_days")
    )
    if headache is not None and migraine is not None:
        return headache >= CHRONIC_DAYS and migraine >= CHRONIC_MIGRAINE_DAYS
    enough = (headache is None or headache >= CHRONIC_DAYS) and (
        migraine is None or migraine >= CHRONIC_MIGRAINE_DAYS
    )
    return None if enough else False


def _needs_representative(intake: Mapping[str, Any], age: int | None) -> bool:
    """Tell whether a legal representative belongs in the referral: under 18, or marked, or named unless marked No."""
    marked = given(intake, "patient.has_representative")
    named = answered(given(intake, "patient.legal_representative"))
    return (age is not None and age < ADULT) or marked is True or (named and marked is not False)


def settled_by_answers(intake: Mapping[str, Any], onset_age: int | None) -> frozenset[str]:
    """Return the red flags that follow from other answers, so that nobody needed to ask.

    A Yes that was said although the other answers say No was asked.
    """
    asked = given(intake, "red_flags")
    found = _worked_out(intake, onset_age).items()
    return frozenset(
        name for name, answer in found if answer == "yes" or (answer and _said(asked, name) != "yes")
    )


def _red_flags(intake: Mapping[str, Any], onset_age: int | None) -> dict[str, str | None]:
    asked = given(intake, "red_flags")
    flags = {flag.name: _said(asked, flag.name) for flag in RED_FLAGS}
    found = _worked_out(intake, onset_age)
    return flags | {name: _either(flags[name], answer) for name, answer in found.items()}


def _worked_out(intake: Mapping[str, Any], onset_age: int | None) -> dict[str, str | None]:
    """Return what other answers say of the two flags that are computed, each None where they say nothing."""
    event = given(intake, "diagnosis.onset_event")
    return {
        "older_onset": None if onset_age is None else _yes_no(onset_age >= AGE_THRESHOLD),
        "post_traumatic": _yes_no(event == "injury") if isinstance(event, str) else None,
    }


def _said(asked: Any, name: str) -> str | None:
    answer = given(as_dict(asked), f"{name}.answer")
    return answer if isinstance(answer, str) and answer in _ANSWERS else None


def _either(said: str | None, found: str | None) -> str | None:
    """Return Yes where either says so, else what was computed, else what was said."""
    return "yes" if "yes" in (said, found) else found or said


def _yes_no(true: bool) -> str:
    return "yes" if true else "no"
