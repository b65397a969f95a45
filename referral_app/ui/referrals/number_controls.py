"""Controls for numbers, as they are written in the United States."""

from __future__ import annotations

import re
from typing import Any

from referral_app.ui.referrals.text_controls import LineControl

_FEET = re.compile(
    r"(?P<feet>\d)\s*(?:'|ft\.?|feet)\s*(?:(?P<inches>\d{1,2}(?:\.\d+)?)\s*(?:\"|''|in\.?|inches)?)?"
)
_POUNDS = re.compile(r"(?P<pounds>\d{1,4}(?:\.\d+)?)\s*(?:lbs?\.?|pounds)")
_INCHES = re.compile(r"(?P<inches>\d{1,3}(?:\.\d+)?)\s*(?:\"|''|in\.?|inches)")
CM_IN_INCH, KG_IN_POUND = 2.54, 0.45359237
"""Exact by definition (NIST Handbook 44, appendix C)."""


class NumberControl(LineControl):
    """A number, its unit behind it or not, height and weight in feet and pounds too; what is none stays as typed."""

    def __init__(self, unit: str = "", characters: int = 0) -> None:
        """Make the line with its unit beside it."""
        super().__init__(unit, characters)
        self._unit = unit

    def read(self) -> Any:
        """Return a whole number, a decimal one, or the raw text."""
        text = self.edit.text().strip()
        number = _number(self._bare(text))
        if number is None and self._unit in ("cm", "kg"):
            number = _metric(text.lower(), self._unit)
        return text or None if number is None else number

    def _bare(self, text: str) -> str:
        """Return a text without the unit that was typed behind it."""
        digits = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/. ")
        behind = text[len(digits) :].strip().lower()
        units = {self._unit.lower(), self._unit.lower()[:1], *self._unit.lower().split()}
        return digits if behind and self._unit and behind in units else text

    def echo(self) -> str:
        """Return height and weight as they are kept, where they were typed in other units."""
        number, text = self.read(), self.edit.text().strip()
        converted = (
            self._unit in ("cm", "kg") and isinstance(number, float) and _number(self._bare(text)) is None
        )
        return f"{number:g} {self._unit}" if converted else ""


def _number(text: str) -> int | float | None:
    """Return a number as it is written in the United States: 1,800 is one thousand eight hundred."""
    if re.fullmatch(r"[+-]?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", text):
        return int(text.replace(",", ""))
    if re.fullmatch(r"[+-]?\d{0,12}[.,]\d{1,6}", text):
        return float(text.replace(",", "."))
    return None


def _metric(text: str, unit: str) -> float | None:
    if unit == "kg":
        match = _POUNDS.fullmatch(text)
        return round(float(match["pounds"]) * KG_IN_POUND, 1) if match else None
    if match := _FEET.fullmatch(text):
        return round((12 * int(match["feet"]) + float(match["inches"] or 0)) * CM_IN_INCH, 1)
    match = _INCHES.fullmatch(text)
    return round(float(match["inches"]) * CM_IN_INCH, 1) if match else None
