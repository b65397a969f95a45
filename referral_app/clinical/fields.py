"""What a field of the intake is: its type, limits, condition, and how its answers are told apart."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, cast

from referral_app.choices import Choice

Values = Mapping[str, Any]


class Kind(enum.Enum):
    """The type of an answer."""

    # Enum hashes the name of a member in Python; the check looks kinds up some hundreds of times.
    __hash__ = object.__hash__

    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    MONTH = "month"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CHOICE = "one of a list"
    CHOICES = "some of a list"
    FLAG = "yes or no"
    PHONE = "phone"
    EMAIL = "email"
    NPI = "NPI"
    STATE = "state"
    ZIP = "ZIP code"
    LANGUAGE = "language"
    CODES = "ICD-10-CM codes"
    WORDS = "list of words"
    PROCEDURES = "procedures of the directory"
    SURGEON = "surgeon of the directory"
    LOCATION = "location of the directory"
    SKETCH = "head sketch"
    TIMESTAMP = "date and time"
    GROUP = "group"
    ROWS = "rows"


@dataclass(frozen=True)
class When:
    """A condition: one of `values` stands at `path`, from the top or, where it begins with a dot, from this row."""

    path: str
    values: tuple[Any, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names along the path."""
        return tuple(self.path.removeprefix(".").split("."))

    @property
    def in_row(self) -> bool:
        """Whether the path begins at the row rather than at the top."""
        return self.path.startswith(".")


@dataclass(frozen=True)
class Field:
    """One field, group or table of the intake, declared once for form, check, letter, schema and import."""

    name: str
    label: str
    kind: Kind
    required: bool = False
    when: When | None = None
    choices: type[Choice] | None = None
    fields: tuple[Field, ...] = ()
    none: str = ""
    none_label: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    hint: str = ""
    private: bool = False
    step: int = 0

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields of this group or of a row of this table, by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def needed(self) -> tuple[Field, ...]:
        """The fields of this group or row that are required, or hold one that is."""
        return tuple(field for field in self.fields if field.required or field.needed)

    def child(self, name: str) -> Field:
        """Return the field of this group with that name; raises KeyError where there is none."""
        return self.by_name[name]


_NOTHING: dict[str, Any] = {}


def as_dict(value: Any) -> dict[str, Any]:
    """Return a JSON value where it is an object, else an empty one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else _NOTHING


def as_list(value: Any) -> list[Any]:
    """Return a JSON value where it is a list, else an empty one."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def answered(value: Any) -> bool:
    """Tell whether anything was answered, "not asked" and "not available" included; white space is no answer."""
    if isinstance(value, str):
        return value != "" and not value.isspace()
    return value is not None and value != [] and value != {}


def unavailable(value: Any) -> str | None:
    """Return the reason when the answer is "not available" ("" where none is given), else None."""
    if not isinstance(value, dict) or len(value) != 1 or "unavailable" not in value:  # pyright: ignore[reportUnknownArgumentType]
        return None
    reason = as_dict(value)["unavailable"]
    return reason.strip() if isinstance(reason, str) else ""


def given(values: Values, path: str) -> Any:
    """Return the value at a dotted path, or None where nothing was answered or the answer is "not available"."""
    return _given(values, _names(path))


@lru_cache(maxsize=1024)
def _names(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def _given(values: Values, names: Iterable[str]) -> Any:
    value: Any = values
    for name in names:
        if not isinstance(value, dict):
            return None
        value = cast("dict[str, Any]", value).get(name)
    if value is None or not answered(value):
        return None
    return None if isinstance(value, dict) and unavailable(value) is not None else value  # pyright: ignore[reportUnknownVariableType]


def rows(values: Values, name: str) -> list[Values]:
    """Return the rows of a table of the intake; none where the table holds its word for "none" or nothing."""
    return [row for row in as_list(values.get(name)) if isinstance(row, dict)]


def applies(field: Field, values: Values, row: Values) -> bool:
    """Tell whether the condition of a field holds; a field without one always applies."""
    if field.when is None:
        return True
    value = _given(row if field.when.in_row else values, field.when.names)
    if isinstance(value, list):
        return any(item in field.when.values for item in as_list(value))
    return value in field.when.values


class Place(NamedTuple):
    """One applicable field at its place in an intake: its path, its answer and the row that it belongs to."""

    path: str
    field: Field
    value: Any
    row: Values


Inside = Callable[[Field, str], tuple[Field, ...]]
"""Tells which fields of a group, or of a row, are looked at; asked with the beginning of their paths."""


def _all(holder: Field, prefix: str) -> tuple[Field, ...]:
    return holder.fields


def walk(
    fields: tuple[Field, ...],
    values: Values,
    row: Values | None = None,
    prefix: str = "",
    inside: Inside = _all,
) -> Iterator[Place]:
    """Yield every field that applies, groups and tables before what is in them, in the order of the form.

    `values` is the whole intake with its computed values under "computed"; conditions are read from it.
    """
    row = values if row is None else row
    for field in fields:
        if field.when is not None and not applies(field, values, row):
            continue
        value, path = row.get(field.name), prefix + field.name
        yield Place(path, field, value, row)
        if field.kind is Kind.GROUP and unavailable(value) is None:
            begins = f"{path}."
            yield from walk(inside(field, begins), values, as_dict(value), begins, inside)
        elif field.kind is Kind.ROWS:
            for number, item in enumerate(as_list(value)):
                if isinstance(item, dict):
                    begins = f"{path}[{number}]."
                    yield from walk(inside(field, begins), values, as_dict(item), begins, inside)
