"""What a choice is: a value as stored, with the label that a person sees."""

from __future__ import annotations

import enum


class Choice(enum.StrEnum):
    """A value as stored, with its label in `.label`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Choice:
        """Make the member from its stored value and its label (the value itself where none is given)."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ").capitalize()
        return member
