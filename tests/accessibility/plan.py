"""What a person would enter for an intake, in the words of the form: made from the declaration, read by the probe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from referral_app.choices import LANGUAGES
from referral_app.clinical import dates, heads, sketch
from referral_app.clinical.computed import with_computed
from referral_app.clinical.fields import Field, Kind, Place, unavailable, walk
from referral_app.clinical.intake import INTAKE, STEPS, find

Task = dict[str, Any]
BY_ACT = ("signature.signed_at",)
"""What signing answers; nobody types it."""
ONE_OF_SEVERAL = {"allergies": "allergy", "medications": "medication", "treatments": "treatment",
                  "injections": "injection", "attachments": "attachment", "coverage": "coverage"}  # fmt: skip

WITHOUT_FILE = "List a document without a file"
"""What adds an attachment that goes on paper."""


def required(intake: dict[str, Any]) -> dict[str, Place]:
    """Return every field that this intake must answer, by path, in the order of the form."""
    values = with_computed(intake)
    return {
        place.path: place
        for place in walk(INTAKE, values)
        if place.field.required and place.field.kind is not Kind.GROUP and place.path not in BY_ACT
    }


def steps(intake: dict[str, Any], surgeon: str) -> list[Task]:
    """Return what to do, step by step; `surgeon` is the name that the directory knows the surgeon by."""
    made: list[Task] = [{"name": name, "tasks": []} for name in STEPS]
    row = ""
    for place in required(intake).values():
        tasks: list[Task] = made[_step(place.path) - 1]["tasks"]
        now = _row(place.path)
        if row and now != row:
            made[_step(row) - 1]["tasks"].append(_press(_where(row), f"Done with {_row_name(row).lower()}"))
        if now and now != row:
            add = WITHOUT_FILE if now.startswith("attachments") else f"Add {_one(now)}"
            tasks.append(_press(_where(now)[:-1], add))
        row = now
        tasks += _tasks(place, surgeon)
    return made


def _tasks(place: Place, surgeon: str) -> Iterator[Task]:
    field, value, where = place.field, place.value, _where(place.path)
    reason = unavailable(value)
    if field.kind is Kind.ROWS:
        return
    if field.kind is Kind.SKETCH and reason is None:
        yield from _sketched(field.label, value, where)
    elif field.kind is Kind.SKETCH:
        yield _press(where, f"{field.label}: It is sent on paper")
        yield {
            "do": "answer",
            "where": where,
            "label": f"{field.label}: not available because",
            "words": reason,
        }
    elif field.kind is Kind.SURGEON:
        yield {
            "do": "take",
            "where": where,
            "label": field.label,
            "list": "Find a surgeon: found",
            "words": surgeon,
        }
    elif field.kind is Kind.CODES:
        for code in value:
            yield {
                "do": "take",
                "where": where,
                "label": field.label,
                "list": "Code or words: found",
                "words": code,
            }
    else:
        yield {"do": "answer", "where": where, "label": field.label, "words": in_words(field, value)}


def _sketched(label: str, value: Any, where: list[str]) -> Iterator[Task]:
    """Yield how a sketch is put together from places by name."""
    done: set[tuple[str, str, str]] = set()
    for mark in sketch.marks(value):
        felt = (
            "Starts here"
            if mark["kind"] == sketch.START
            else f"Spreads, {sketch.INTENSITIES[mark['intensity']]}"
        )
        place = (heads.REGIONS[mark["region"]].label, mark["side"].capitalize(), felt)
        if place not in done:
            done.add(place)
            for part, words in zip(("place", "side", "what is felt there"), place, strict=True):
                yield {"do": "answer", "where": where, "label": f"{label}: {part}", "words": words}
            yield _press(where, f"{label}: Put on the heads")


def in_words(field: Field, value: Any) -> str | list[str]:
    """Return an answer as a person types or chooses it."""
    if isinstance(value, list):
        return [str(in_words(field, item)) for item in value]
    if field.kind is Kind.FLAG:
        return "Yes" if value else "No"
    if field.choices is not None:
        return next(member.label for member in field.choices if member.value == value)
    if field.kind is Kind.LANGUAGE:
        return LANGUAGES[value]
    if field.kind is Kind.DATE:
        year, month, day = value.split("-")
        return f"{int(month)}/{int(day)}/{year}"
    return dates.say_month(value) if field.kind is Kind.MONTH else str(value)


def given_at(intake: dict[str, Any], path: str) -> Any:
    """Return the answer at a path with row numbers, such as `treatments[0].name`."""
    value: Any = intake
    for name in re.findall(r"[^.\[\]]+", path):
        if isinstance(value, list):
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _press(where: list[str], words: str) -> Task:
    return {"do": "press", "where": where, "label": words}


def _where(path: str) -> list[str]:
    """Return the names of the parts of the form that hold a field: its card, and its row in a table."""
    row = _row(path)
    return [find(path.partition(".")[0].partition("[")[0]).label, *([_row_name(row)] if row else [])]


def _step(path: str) -> int:
    return find(path.partition(".")[0].partition("[")[0]).step


def _row(path: str) -> str:
    """Return the path of the row that a field is in, empty outside tables."""
    return path[: path.index("]") + 1] if "]" in path else ""


def _one(row: str) -> str:
    return ONE_OF_SEVERAL[row.partition("[")[0].rpartition(".")[2]]


def _row_name(row: str) -> str:
    return f"{_one(row).capitalize()} {int(row[row.index('[') + 1 : -1]) + 1}"


def differences(asked: dict[str, Any], stored: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the required answers that were not stored as they were asked for: path to (asked, stored)."""
    found = {}
    for path, place in required(asked).items():
        pair = given_at(asked, path), given_at(stored, path)
        if place.field.kind is Kind.ROWS:
            pair = len(pair[0]), len(pair[1] or ())
        if place.field.kind is not Kind.SURGEON and pair[0] != pair[1]:  # asked for by NPI, stored by id
            found[path] = pair
    return found
