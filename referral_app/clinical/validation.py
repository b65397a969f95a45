"""Whether each answer of an intake can be read: its type, range, form, and whether it fits the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from referral_app.clinical import code_rules, consistency, texts
from referral_app.clinical.answers import MOST_ROWS, problem
from referral_app.clinical.code_lists import DEFAULT, CodeLists
from referral_app.clinical.fields import Field, Kind, answered, unavailable
from referral_app.clinical.intake import INTAKE

UNKNOWN = "There is no field of this name."
_GROUPS = {group.name: group for group in INTAKE}
_MOST_UNKNOWN = 20

Found = dict[str, str]


def validate(intake: Mapping[str, Any], today: date | None = None, codes: CodeLists = DEFAULT) -> Found:
    """Return one plain sentence for each answer that cannot stand, by path (`treatments[0].name`); {} when all can.

    Takes any JSON value and never raises; what is not answered is not looked at (see `check`). `today` is the day
    that answers may not lie after (the clock's where it is None); `codes` are the releases of diagnosis codes that are
    known. Source: contract section 1, clinical.md section 11.
    """
    if not isinstance(intake, dict):
        return {"": "A referral is a set of named groups, such as patient and pain."}
    found: Found = {}
    _members(_GROUPS, intake, "", found)
    today = today or date.today()
    consistency.judge(intake, today, found)
    code_rules.judge(intake, codes, today, found)
    return found


def _members(fields: Mapping[str, Field], values: Mapping[str, Any], prefix: str, found: Found) -> None:
    unknown = 0
    for name, value in values.items():
        field = fields.get(name)
        if field is None:
            unknown += 1
            if unknown <= _MOST_UNKNOWN:
                found[prefix + str(name)[:60]] = UNKNOWN
        elif answered(value):
            _answer(field, value, prefix + name, found)


def _answer(field: Field, value: Any, path: str, found: Found) -> None:
    judge = _JUDGES.get(field.kind)
    if isinstance(value, dict) and unavailable(value) is not None:
        sentence = _reason_problem(field, cast("dict[str, Any]", value))
    else:
        sentence = judge(field, value, path, found) if judge else problem(field, value)
    if sentence:
        found[path] = sentence


def _reason_problem(field: Field, value: Mapping[str, Any]) -> str:
    if not field.required:
        return "Leave this empty; only required fields can be not available."
    reason = value["unavailable"]
    if not isinstance(reason, str) or not reason.strip():
        return "Say why this is not available."
    return texts.problem(reason, texts.REASON, lines=False)


def _group(field: Field, value: Any, path: str, found: Found) -> str:
    if not isinstance(value, dict):
        return f"Fill in the fields of “{field.label}” one by one."
    _members(field.by_name, cast("dict[str, Any]", value), f"{path}.", found)
    return ""


def _table(field: Field, value: Any, path: str, found: Found) -> str:
    if field.none and value == field.none:
        return ""
    if not isinstance(value, list):
        return f"Fill in the rows of “{field.label}” one by one."
    listed = cast("list[Any]", value)
    if len(listed) > MOST_ROWS:
        return f"Keep this to {MOST_ROWS} rows."
    for number, row in enumerate(listed):
        if isinstance(row, dict):
            _members(field.by_name, cast("dict[str, Any]", row), f"{path}[{number}].", found)
        else:
            found[f"{path}[{number}]"] = f"Fill in the row of “{field.label}” field by field."
    return ""


_JUDGES: dict[Kind, Callable[[Field, Any, str, Found], str]] = {Kind.GROUP: _group, Kind.ROWS: _table}
