"""Crockford's base32: letters and digits that can be read out on the phone, with a check character.

The check is Crockford's (modulo 37). Only texts whose check is itself a base32 character are given out; every wrong
character and every swap of two neighbors is noticed. Source: https://www.crockford.com/base32.html
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = {**{mark: mark for mark in ALPHABET}, "O": "0", "I": "1", "L": "1"}


def make(length: int) -> str:
    """Return so many random characters, each worth five bits, and their check character."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(length))
        check = _check(body)
        if check < len(ALPHABET):
            return body + ALPHABET[check]


def read(text: str) -> str | None:
    """Return what was typed in its written form, no spaces or hyphens; None where a character is none of these."""
    marks = [
        _READ.get(mark) for mark in text.upper() if mark not in "-\u2010\u2011\u2013" and not mark.isspace()
    ]
    return None if None in marks else "".join(str(mark) for mark in marks)


def fits(text: str) -> bool:
    """Tell whether the last character of a text in its written form is the check of the others."""
    return len(text) > 1 and _check(text[:-1]) == ALPHABET.index(text[-1])


def grouped(text: str, size: int) -> str:
    """Return a text in groups with hyphens between them."""
    return "-".join(text[at : at + size] for at in range(0, len(text), size))


def _check(body: str) -> int:
    value = 0
    for mark in body:
        value = value * 32 + ALPHABET.index(mark)
    return value % 37
