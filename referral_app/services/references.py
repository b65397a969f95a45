"""Reference numbers: eight Crockford base32 characters and a check character, shown as XXXX-XXXX-X."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app import crockford
from referral_app.models.referral import Referral


def make() -> str:
    """Return a new random reference number."""
    return crockford.grouped(crockford.make(8), 4)


def unused(session: Session) -> str:
    """Return a new reference number that no referral has: among a million, two are the same in four of ten stores."""
    number = make()
    while session.scalar(select(Referral.id).where(Referral.reference == number)):
        number = make()
    return number


def read(text: str) -> str:
    """Return a typed reference number in its written form; raises ValueError with a sentence where it is none."""
    number = crockford.read(text)
    if number is None or len(number) != 9:
        raise ValueError("A reference number has nine letters and digits, such as 7F3K-92QD-X.")
    if not crockford.fits(number):
        raise ValueError("This reference number is mistyped: its last character does not fit the others.")
    return crockford.grouped(number, 4)
