"""The JSON Schema of an intake, made from the declaration of its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from referral_app.choices import LANGUAGES, STATES
from referral_app.clinical import answers, heads, sketch, texts
from referral_app.clinical.codes import FORM as CODE
from referral_app.clinical.fields import Field, Kind
from referral_app.clinical.intake import INTAKE
from referral_app.clinical.reading import read_json

__all__ = ["json_schema", "read_json"]

Schema = dict[str, Any]

_UNAVAILABLE: Schema = {
    "title": "Not available, with the reason",
    "type": "object",
    "properties": {"unavailable": {"type": "string", "pattern": r"\S", "maxLength": texts.REASON}},
    "required": ["unavailable"],
    "additionalProperties": False,
}


def json_schema() -> Schema:
    """Return the JSON Schema 2020-12 of an intake: types, ranges, lists and patterns of contract section 1.

    Fields that the letter needs carry "x-required" and none is "required", since an unfinished referral may be
    imported; conditions are in "x-when". What depends on other answers or on the calendar, `validate` judges.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:referral-app:intake:1",
        "title": "Referral to a Headache Center",
        **_object(INTAKE),
        "$defs": {"unavailable": _UNAVAILABLE},
    }


def _object(fields: Iterable[Field]) -> Schema:
    properties = {field.name: _field(field) for field in fields}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _field(field: Field) -> Schema:
    about: Schema = {"title": field.label}
    if field.hint:
        about["description"] = field.hint
    if field.unit:
        about["x-unit"] = field.unit
    if field.when:
        about["x-when"] = {"path": field.when.path, "values": list(field.when.values)}
    return about | _alternatives(field)


def _alternatives(field: Field) -> Schema:
    forms = [_FORMS[field.kind](field)]
    if field.none:
        forms.append({"const": field.none, "title": field.none_label})
    if field.required:
        forms.append({"$ref": "#/$defs/unavailable"})
    starred: Schema = {"x-required": True} if field.required else {}
    return starred | (forms[0] if len(forms) == 1 else {"anyOf": forms})


def _text(longest: int) -> Callable[[Field], Schema]:
    def form(field: Field) -> Schema:
        longest_here = longest if field.high is None else int(field.high)
        return {
            "type": "string",
            "pattern": r"\S",
            "minLength": int(field.low or 1),
            "maxLength": longest_here,
        }

    return form


def _pattern(pattern: str, **more: Any) -> Callable[[Field], Schema]:
    return lambda field: {"type": "string", "pattern": f"^({pattern})$", **more}


def _number(kind: str) -> Callable[[Field], Schema]:
    return lambda field: {"type": kind, "minimum": field.low, "maximum": field.high}


def _values(field: Field) -> Schema:
    listed = list(field.choices or ())
    return {"enum": [choice.value for choice in listed], "x-labels": [choice.label for choice in listed]}


def _list(item: Callable[[Field], Schema], unique: bool) -> Callable[[Field], Schema]:
    def form(field: Field) -> Schema:
        only_once: Schema = {"uniqueItems": True} if unique else {}
        return {"type": "array", "items": item(field), "maxItems": answers.MOST_ITEMS, **only_once}

    return form


def _rows(field: Field) -> Schema:
    return {"type": "array", "items": _object(field.fields), "maxItems": answers.MOST_ROWS}


def _fixed(schema: Schema) -> Callable[[Field], Schema]:
    return lambda field: dict(schema)


def _sketch() -> Schema:
    """Return the form of a head sketch, as `sketch.problem` judges it."""
    return {
        "title": "Head sketch",
        "type": "object",
        "properties": {
            "version": {"const": sketch.VERSION},
            "marks": {
                "type": "array",
                "minItems": 1,
                "maxItems": sketch.MOST_MARKS,
                "items": {"anyOf": [_mark(kind) for kind in (sketch.START, sketch.LINE, sketch.AREA)]},
            },
        },
        "required": ["version", "marks"],
        "additionalProperties": False,
    }


def _mark(kind: str) -> Schema:
    drawn: Schema = {"at": _POINT}
    if kind != sketch.START:
        least = 2 if kind == sketch.LINE else 3
        points = {"type": "array", "items": _POINT, "minItems": least, "maxItems": sketch.MOST_POINTS}
        steps = {"enum": list(sketch.INTENSITIES), "x-labels": list(sketch.INTENSITIES.values())}
        drawn = {"points": points, "intensity": steps}
    view = {"enum": list(heads.VIEWS), "x-labels": list(heads.VIEWS.values())}
    regions = {"enum": list(heads.REGIONS), "x-labels": [region.label for region in heads.REGIONS.values()]}
    return {
        "type": "object",
        "properties": {
            "kind": {"const": kind},
            "view": view,
            **drawn,
            "region": regions,
            "side": {"enum": list(heads.SIDES)},
        },
        "required": ["kind", "view", *drawn],
        "dependentRequired": {"region": ["side"], "side": ["region"]},
        "additionalProperties": False,
    }


_POINT: Schema = {
    "type": "array",
    "description": "x to the right and y down",
    "prefixItems": [
        {"type": "number", "minimum": 0, "maximum": heads.WIDTH},
        {"type": "number", "minimum": 0, "maximum": heads.HEIGHT},
    ],
    "minItems": 2,
    "maxItems": 2,
}
_OTHER_SKETCH: Schema = {
    "title": "A sketch of another kind, which is kept but cannot be drawn",
    "type": "object",
    "minProperties": 1,
    "not": {"anyOf": [{"required": ["unavailable"]}, {"required": ["version"]}]},
}
_WORD = _fixed({"type": "string", "pattern": r"\S", "maxLength": texts.SHORT})
_FORMS: dict[Kind, Callable[[Field], Schema]] = {
    Kind.TEXT: _text(texts.SHORT),
    Kind.LONG_TEXT: _text(texts.LONG),
    Kind.DATE: _pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}", format="date"),
    Kind.MONTH: _pattern("[0-9]{4}-[0-9]{2}"),
    Kind.TIMESTAMP: _pattern(answers.TIMESTAMP),
    Kind.INTEGER: _number("integer"),
    Kind.DECIMAL: _number("number"),
    Kind.CHOICE: _values,
    Kind.CHOICES: _list(_values, unique=True),
    Kind.FLAG: _fixed({"type": "boolean"}),
    Kind.PHONE: _fixed({"type": "string", "minLength": 7, "maxLength": 60}),
    Kind.EMAIL: _pattern(answers.EMAIL, maxLength=answers.LONGEST_EMAIL),
    Kind.ZIP: _pattern(answers.ZIP),
    Kind.NPI: _pattern("[0-9]{10}"),
    Kind.STATE: _fixed({"enum": sorted(STATES)}),
    Kind.LANGUAGE: _fixed({"enum": list(LANGUAGES), "x-labels": list(LANGUAGES.values())}),
    Kind.CODES: _list(_pattern(CODE), unique=True),
    Kind.WORDS: _list(_WORD, unique=False),
    Kind.PROCEDURES: _list(_WORD, unique=False),
    Kind.SURGEON: _fixed({"type": "string", "pattern": r"\S", "maxLength": answers.LONGEST_KEY}),
    Kind.LOCATION: _fixed({"type": "string", "pattern": r"\S", "maxLength": answers.LONGEST_KEY}),
    Kind.SKETCH: lambda field: {"anyOf": [_sketch(), dict(_OTHER_SKETCH)]},
    Kind.GROUP: lambda field: _object(field.fields),
    Kind.ROWS: _rows,
}
