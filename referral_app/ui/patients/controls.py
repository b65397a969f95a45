"""Which widget asks for which kind of field of the declaration, and how its answer is read and shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from referral_app.choices import LANGUAGES
from referral_app.clinical import dates
from referral_app.clinical.fields import Field, Kind, unavailable
from referral_app.ui import fields
from referral_app.ui.widgets.inputs import Checks, ChoiceBox, LineEdit, Radios

YES_NO = (("yes", "Yes"), ("no", "No"))
CHARS = {Kind.DATE: 22, Kind.PHONE: 20, Kind.STATE: 4, Kind.ZIP: 10}
IN_SIGHT = 4
"""Up to this many values of a list stand in sight; more go into a box."""


def make(field: Field, name: str) -> QWidget:
    """Return the widget for a field; `name` is its object name."""
    match field.kind:
        case Kind.FLAG:
            return Radios(name, YES_NO)
        case Kind.LANGUAGE:
            return ChoiceBox(name, LANGUAGES.items())
        case Kind.CHOICE if field.choices and len(field.choices) <= IN_SIGHT:
            return Radios(name, field.choices)
        case Kind.CHOICE if field.choices:
            return ChoiceBox(name, field.choices)
        case Kind.CHOICES if field.choices:
            return Checks(name, field.choices)
        case _:
            return LineEdit(name, chars=CHARS.get(field.kind, 0))


def show(field: Field, widget: QWidget, value: Any) -> None:
    """Show an answer; one that is not available leaves the widget empty."""
    if unavailable(value) is not None:
        value = None
    if field.kind is Kind.DATE and (day := dates.stored(value)):
        value = dates.say(day)
    fields.write(widget, value)


def read(field: Field, widget: QWidget, before: Any) -> Any:
    """Return the answer as the intake holds it, None where there is none; "not available" stays."""
    value = fields.value_of(widget)
    if not value:
        return before if unavailable(before) is not None else None
    if field.kind is Kind.FLAG:
        return value == "yes"
    if field.kind is Kind.DATE:
        try:
            return dates.read_date(value).isoformat()
        except ValueError:
            return value
    return value
