"""Reference numbers: eight Crockford base32 characters and a check character, shown as XXXX-XXXX-X.

The check is Crockford's (modulo 37). Only numbers whose check is itself a base32 character are given out, so that it
can be read out on the phone; every wrong character and every swap of two neighbors is noticed.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = {**{mark: mark for mark in ALPHABET}, "O": "0", "I": "1", "L": "1"}


def _check(body: str) -> int:
    value = 0
    for mark in body:
        value = value * 32 + ALPHABET.index(mark)
    return value % 37


def make() -> str:
    """Return a new random reference number."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(8))
        check = _check(body)
        if check < len(ALPHABET):
            return f"{body[:4]}-{body[4:]}-{ALPHABET[check]}"


def read(text: str) -> str:
    """Return a typed reference number in its written form; raises ValueError with a sentence where it is none."""
    marks = [_READ.get(mark) for mark in text.upper() if mark not in "- \t"]
    if len(marks) != 9 or None in marks:
        raise ValueError("A reference number has nine letters and digits, such as 7F3K-92QD-X.")
    body, check = "".join(str(mark) for mark in marks[:8]), str(marks[8])
    if _check(body) != ALPHABET.index(check):
        raise ValueError("This reference number is mistyped: its last character does not fit the others.")
    return f"{body[:4]}-{body[4:]}-{check}"
