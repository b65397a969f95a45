"""Reference numbers: eight Crockford base32 characters and a check character, shown as XXXX-XXXX-X."""

from __future__ import annotations

from referral_app import crockford


def make() -> str:
    """Return a new random reference number."""
    return crockford.grouped(crockford.make(8), 4)


def read(text: str) -> str:
    """Return a typed reference number in its written form; raises ValueError with a sentence where it is none."""
    number = crockford.read(text)
    if number is None or len(number) != 9:
        raise ValueError("A reference number has nine letters and digits, such as 7F3K-92QD-X.")
    if not crockford.fits(number):
        raise ValueError("This reference number is mistyped: its last character does not fit the others.")
    return crockford.grouped(number, 4)
