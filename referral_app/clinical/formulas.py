"""How each computed value comes about: its words with unit, its formula with the numbers in it, or what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from referral_app.clinical import dates, texts
from referral_app.clinical.computed import (
    CHRONIC_DAYS,
    CHRONIC_MIGRAINE_DAYS,
    MIDAS_GRADES,
    MIDAS_WORDS,
    OVERUSE_DAYS,
    relief,
    say_percent,
)
from referral_app.clinical.consistency import number_at
from referral_app.clinical.fields import Values, as_dict, as_list, given
from referral_app.clinical.intake import find


@dataclass(frozen=True)
class Computed:
    """One computed value: its label, the answers that it needs, its source, and how it is said."""

    key: str
    label: str
    source: str
    needs: tuple[str, ...]
    words: Callable[[Any], str]
    formula: Callable[[Values], str]
    short: str = ""


@dataclass(frozen=True)
class Explained:
    """How a value came about in one intake; `wanted` are the paths of the answers that it waits for."""

    text: str
    source: str
    wanted: tuple[str, ...] = ()


def say(key: str, computed: Mapping[str, Any]) -> str:
    """Return a computed value with its unit, "–" where it cannot be computed yet."""
    value = computed.get(key)
    return "–" if value is None else BY_KEY[key].words(value)


def explain(key: str, values: Values) -> Explained:
    """Return the formula of a computed value with the numbers in it, or what it needs where it cannot be computed.

    `values` is the intake with its computed values under "computed".
    """
    one = BY_KEY[key]
    if values["computed"].get(key) is not None:
        return Explained(f"{one.label}: {one.formula(values)}", one.source)
    wanted = tuple(path for path in one.needs if not _there(values, path))
    names = [_label(path) for path in wanted or one.needs]
    return Explained(
        f"{one.label} cannot be computed yet: it needs {texts.listed(names)}.",
        one.source,
        wanted or one.needs,
    )


def _label(path: str) -> str:
    if path == "injections":
        return "a nerve block with the pain before, above 0, and after"
    return f"“{find(path).label}”"


def _there(values: Values, path: str) -> bool:
    if path in ("patient.date_of_birth", "diagnosis.onset"):
        value = given(values, path)
        return dates.stored(value) is not None or dates.stored_month(value) is not None
    return path != "injections" and number_at(values, path) is not None


def _years(value: Any) -> str:
    return "1 year" if value == 1 else f"{value:g} years"


def _age(values: Values) -> str:
    born = dates.stored(given(values, "patient.date_of_birth"))
    return f"the whole years from {dates.say(born)} to today." if born else ""


def _since(values: Values) -> str:
    onset = given(values, "diagnosis.onset")
    at = values["computed"]["onset_age"]
    then = "" if at is None else f" The patient was {at} then."
    month = dates.stored_month(onset)
    return f"the whole years from {month:%B} {month.year} to today.{then}" if month else ""


def _index(values: Values) -> str:
    days, pain, hours = (number_at(values, path) for path in _MHI)
    made = f"{days:g} headache days x average pain {pain:g} x {hours:g} hours / 24"
    return f"{made} = {values['computed']['mhi']:g}, of 0 to 300. All headache days count, with or without migraine."


def _blocks(values: Values) -> str:
    """Each block by itself, with what cannot be judged, and which one counts."""
    said: list[str] = []
    for position, row in enumerate(map(as_dict, as_list(values.get("injections")))):
        if row.get("kind") == "nerve_block":
            said.append(f"Row {position + 1}: {_block(row)}.")
    best = " The best one counts." if len(said) > 1 else ""
    return f"100 x (pain before - pain after) / pain before. {' '.join(said)}{best}"


def _block(row: Mapping[str, Any]) -> str:
    before, after, percent = row.get("pain_before"), row.get("pain_after"), relief(row)
    if percent is not None:
        worse = ", worse afterwards" if percent < 0 else ""
        return f"100 x ({before:g} - {after:g}) / {before:g} = {say_percent(percent)}{worse}"
    return "not valid without pain before" if before == 0 else "not known without the pain before and after"


def _overuse(values: Values) -> str:
    headache = number_at(values, "last_30_days.headache_days")
    days = f"{headache:g} headache days" if headache is not None else "headache days not known"
    used = [(name, limit, number_at(values, f"last_30_days.{name}")) for name, limit in OVERUSE_DAYS.items()]
    told = ", ".join(
        f"{find(f'last_30_days.{name}').label.lower()} {count:g} of {limit}"
        for name, limit, count in used
        if count is not None
    )
    rule = f"from {CHRONIC_DAYS} headache days on, with one class at its limit, for more than 3 months"
    return (
        f"{days}; days used of the limit: {told or 'not known'}. Possible {rule}. A screen is no diagnosis."
    )


def _chronic(values: Values) -> str:
    headache, migraine = (number_at(values, path) for path in _CHRONIC)
    told = [
        f"{count:g} {name} days (from {limit} on)"
        for count, name, limit in (
            (headache, "headache", CHRONIC_DAYS), (migraine, "migraine", CHRONIC_MIGRAINE_DAYS),
        )
        if count is not None
    ]  # fmt: skip
    return f"{' and '.join(told)}, for more than 3 months. A screen is no diagnosis."


def _midas(values: Values) -> str:
    total = number_at(values, "scores.midas_total")
    return f"total {total:g}. Grades: {_RANGES}. Of 0 to 276."


def _ranges() -> str:
    low, said = 0, list[str]()
    for most, grade in MIDAS_GRADES:
        said.append(f"{grade} from {low} to {most} ({MIDAS_WORDS[grade]})")
        low = most + 1
    return "; ".join(said)


def _body_mass(values: Values) -> str:
    height, weight = (number_at(values, path) for path in _BMI)
    meters = (height or 0) / 100
    return f"{weight:g} kg / ({meters:g} m x {meters:g} m) = {values['computed']['bmi']:g} kg/m²."


_RANGES = _ranges()
_MHI = ("last_30_days.headache_days", "pain.average", "last_30_days.hours_per_headache_day")
_CHRONIC = ("last_30_days.headache_days", "last_30_days.migraine_days")
_BMI = ("safety.height_cm", "safety.weight_kg")
_LOCAL, _ICHD = "Headache Center", "ICHD-3"

ALL = (
    Computed("age", "Age", _LOCAL, ("patient.date_of_birth",), _years, _age),
    Computed("years_since_onset", "Since onset", _LOCAL, ("diagnosis.onset",), _years, _since),
    Computed("mhi", "Migraine Headache Index", "ASPN 2021", _MHI, lambda v: f"{v:g} of 300", _index,
             "Headache Index"),
    Computed("block_relief", "Block relief", "ASPN 2021", ("injections",), say_percent, _blocks),
    Computed("medication_overuse", "Medication overuse", f"{_ICHD} 8.2",
             ("last_30_days.headache_days", *(f"last_30_days.{name}" for name in OVERUSE_DAYS)),
             lambda v: "Possible" if v else "Not by these days", _overuse),
    Computed("chronic_migraine", "Chronic migraine", f"{_ICHD} 1.3", _CHRONIC,
             lambda v: "The days fit" if v else "Not by these days", _chronic),
    Computed("midas_grade", "MIDAS grade", "MIDAS", ("scores.midas_total",),
             lambda v: f"{v}, {MIDAS_WORDS[v].split()[0]}", _midas),
    Computed("bmi", "Body mass index", "WHO", _BMI, lambda v: f"{v:g} kg/m²", _body_mass),
)  # fmt: skip
"""Every value that the panel shows, in its order."""

BY_KEY = {one.key: one for one in ALL}
