"""Generated intakes: answers that fit each field, and any JSON at all."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from referral_app.choices import LANGUAGES, STATES
from referral_app.clinical import heads, sketch
from referral_app.clinical.codes import USUAL
from referral_app.clinical.fields import Field, Kind
from referral_app.clinical.intake import INTAKE

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["yes", "none", "2020-01-01"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)

_WORDS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=20)
_DATES = st.dates(date(1990, 1, 1), date(2025, 12, 31)).map(date.isoformat)


def _numbers(field: Field) -> st.SearchStrategy[Any]:
    low, high = int(field.low or 0), int(field.high or 0)
    return st.integers(low, high)


def _choices(field: Field) -> st.SearchStrategy[Any]:
    values = [choice.value for choice in field.choices or ()]
    some = [value for value in values if value != "none"]
    return st.lists(st.sampled_from(some), min_size=1, unique=True)


_SKETCHES = st.builds(
    lambda region, side, step: sketch.made((sketch.start_at(region, side), *sketch.spread_over(region, side, step))),
    st.sampled_from(list(heads.REGIONS)), st.sampled_from(heads.SIDES), st.sampled_from(list(sketch.INTENSITIES)),
)  # fmt: skip
_KINDS: dict[Kind, Any] = {
    Kind.TEXT: lambda field: _WORDS,
    Kind.LONG_TEXT: lambda field: _WORDS.map(lambda text: text + " and some more words"),
    Kind.DATE: lambda field: _DATES,
    Kind.MONTH: lambda field: _DATES.map(lambda day: day[:7]),
    Kind.TIMESTAMP: lambda field: _DATES.map(lambda day: f"{day}T10:00:00Z"),
    Kind.INTEGER: _numbers,
    Kind.DECIMAL: _numbers,
    Kind.CHOICE: lambda field: st.sampled_from([choice.value for choice in field.choices or ()]),
    Kind.CHOICES: _choices,
    Kind.FLAG: lambda field: st.booleans(),
    Kind.PHONE: lambda field: st.integers(100, 199).map(lambda last: f"410-555-0{last}"),
    Kind.EMAIL: lambda field: _WORDS.map(lambda name: f"{name}@example.org"),
    Kind.ZIP: lambda field: st.integers(0, 99999).map(lambda number: f"{number:05}"),
    Kind.NPI: lambda field: st.sampled_from(["1234567893", "9000000015"]),
    Kind.STATE: lambda field: st.sampled_from(sorted(STATES)),
    Kind.LANGUAGE: lambda field: st.sampled_from(list(LANGUAGES)),
    Kind.CODES: lambda field: st.lists(st.sampled_from(list(USUAL)), min_size=1, max_size=4, unique=True),
    Kind.WORDS: lambda field: st.lists(_WORDS, min_size=1, max_size=3),
    Kind.PROCEDURES: lambda field: st.lists(_WORDS, min_size=1, max_size=3),
    Kind.SURGEON: lambda field: st.sampled_from(["9000000015", "6f1c2d34-9d5b-4a75-8f0e-0123456789ab"]),
    Kind.LOCATION: lambda field: st.just("6f1c2d34-9d5b-4a75-8f0e-0123456789ab"),
    Kind.SKETCH: lambda field: st.just({"regions": ["back right"]}) | _SKETCHES,
    Kind.GROUP: lambda field: groups(field.fields),
    Kind.ROWS: lambda field: st.lists(groups(field.fields), min_size=1, max_size=3),
}


def answers(field: Field) -> st.SearchStrategy[Any]:
    """Answers that fit a field by itself, its word for none and "not available" included."""
    fitting = _KINDS[field.kind](field)
    if field.none:
        fitting |= st.just(field.none)
    return fitting | st.just({"unavailable": "not in the chart"}) if field.required else fitting


def groups(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Groups in which any of the fields may be left out, but not all."""
    return st.fixed_dictionaries({}, optional={field.name: answers(field) for field in fields}).filter(bool)


def intakes() -> st.SearchStrategy[dict[str, Any]]:
    """Whole intakes, each answer fitting by itself."""
    return groups(INTAKE)
