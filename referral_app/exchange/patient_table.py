"""The rows of a practice system's list of patients, read by the columns that a person matched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from referral_app.exchange import patient_cells
from referral_app.exchange.patient_columns import BY_NAME
from referral_app.services.patient_import_records import ToldPatient

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_NAMES = frozenset({"family_name", "given_name", "full_name"})
"""Words that say nothing elsewhere are names here: somebody may be called Null."""


class Reader:
    """Reads rows of a table with these headings."""

    def __init__(self, headings: Sequence[str], mapping: Mapping[str, str]) -> None:
        """Take which field each heading is."""
        self._columns = [
            (at, heading, BY_NAME[mapping[heading]])
            for at, heading in enumerate(headings)
            if mapping.get(heading) in BY_NAME
        ]

    def read(self, number: int, cells: Sequence[str]) -> tuple[ToldPatient, str]:
        """Return what a row tells, and why it cannot be taken, "" where it can; a bad cell alone is left out."""
        flat: dict[str, Any] = {}
        left_out, sentence = list[str](), ""
        for at, heading, column in self._columns:
            if not cells[at].strip() or (column.name not in _NAMES and patient_cells.is_empty(cells[at])):
                continue
            try:
                flat[column.name] = patient_cells.READERS[column.kind](cells[at])
            except ValueError as error:
                said = f"Row {number}, column {heading}: {error}."
                if column.name in ("family_name", "full_name", "date_of_birth"):
                    sentence = sentence or said
                else:
                    left_out.append(said)
        _split_name(flat)
        if not flat.get("family_name") and not sentence:
            sentence = f"Row {number}: there is no last name."
        values, coverage = nested(flat)
        return ToldPatient(number, values, coverage, tuple(left_out)), sentence


def _split_name(flat: dict[str, Any]) -> None:
    """Take a whole name apart: "Quintero, Marisol A" or "Marisol A Quintero"."""
    whole = flat.pop("full_name", "")
    if not whole or flat.get("family_name"):
        return
    family, comma, given = whole.partition(",")
    if not comma:
        words = whole.split()
        tail = words.pop() if len(words) > 2 and words[-1].strip(".").casefold() in _SUFFIXES else ""
        family, given = words[-1], " ".join(words[:-1])
        flat["suffix"] = flat.get("suffix") or tail
    flat["family_name"] = patient_cells.cased(family.strip())
    first, _, middle = given.strip().partition(" ")
    for name, value in (("given_name", first), ("middle_name", middle.strip())):
        if value and not flat.get(name):
            flat[name] = patient_cells.cased(value)
    if not flat.get("suffix"):
        flat.pop("suffix", None)


def nested(flat: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the patient group and the coverage rows of values by their paths."""
    values: dict[str, Any] = {}
    coverage: dict[str, Any] = {}
    for path, value in flat.items():
        group, _, name = path.rpartition(".")
        if group == "coverage":
            coverage[name] = value
        elif group:
            values.setdefault(group, {})[name] = value
        else:
            values[name] = value
    if not coverage:
        return values, []
    is_self = re.fullmatch(r"self[\s-]*pay|cash|uninsured", str(coverage.get("payer", "")).casefold())
    return values, [{"kind": "self_pay"} if is_self else {"kind": "primary", **coverage}]
