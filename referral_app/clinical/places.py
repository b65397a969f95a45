"""Where a path of an intake leads: the words for the place, and whether its condition holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from referral_app.clinical.fields import Field, Values, applies, as_dict, as_list
from referral_app.clinical.intake import INTAKE

_GROUPS = {group.name: group for group in INTAKE}
_STEP = re.compile(r"(?P<name>[^.\[\]]+)(\[(?P<number>\d+)\])?\.?")


def where(path: str) -> str:
    """Return the words for what holds the field at a path: "Treatments tried, row 2"; "" for a group of the top."""
    words: list[str] = []
    for field, number in list(_fields(path))[:-1]:
        words.append(field.label if number is None else f"{field.label}, row {number + 1}")
    return ", ".join(words)


def hidden(path: str, values: Values) -> bool:
    """Tell whether the field at a path, or what holds it, does not apply; `values` holds the computed values."""
    row = values
    for field, number in _fields(path):
        if not applies(field, values, row):
            return True
        held = row.get(field.name)
        row = as_dict(held if number is None else next(iter(as_list(held)[number:]), None))
    return False


def _fields(path: str) -> Iterator[tuple[Field, int | None]]:
    fields: Mapping[str, Field] = _GROUPS
    for step in _STEP.finditer(path):
        field = fields.get(step["name"])
        if field is None:
            return
        number = step["number"]
        yield field, int(number) if number else None
        fields = field.by_name
