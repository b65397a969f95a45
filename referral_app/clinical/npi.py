"""The National Provider Identifier and its check digit.

Source: the rule of CMS, Luhn's formula over 80840 and the ten digits (reference/clinical.md section 5.3).
"""

from __future__ import annotations

_PREFIX_SUM = 24
"""What the fixed digits 80840 add to Luhn's sum."""


def valid(text: str) -> bool:
    """Tell whether a text is ten digits with the right check digit; NPIs are text, never numbers."""
    return len(text) == 10 and text.isascii() and text.isdigit() and _total(text) % 10 == 0


def problem(text: str) -> str:
    """Return what is wrong with an NPI as one sentence, "" where nothing is."""
    if valid(text):
        return ""
    if len(text) == 10 and text.isascii() and text.isdigit():
        return "Check this NPI: one of its digits is mistyped."
    return "Type the ten digits of the NPI."


def _total(text: str) -> int:
    doubled = [2 * int(digit) for digit in text[-2::-2]]
    return _PREFIX_SUM + sum(value - 9 * (value > 9) for value in doubled) + sum(map(int, text[::-2]))
