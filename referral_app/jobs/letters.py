"""Making the referral letter of a stored referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.services import practices, referrals
from referral_app.services.practices import PracticeRecord


@dataclass(frozen=True)
class Made:
    """A finished document: a file name without any patient's data, its bytes, and what a person should know of it."""

    name: str
    content: bytes
    notes: tuple[str, ...] = ()


def make(db: Database, reference: str, today: date | None = None) -> Made:
    """Return the letter of a referral; raises InvalidInput naming what stands in the way."""
    from referral_app.documents import letter

    with db.read() as session:
        referral = referrals.get(session, reference)
        check = referrals.checked(session, referral.intake, today)
        surgeon = referrals.surgeon_of(session, referral)
        practice = practices.get(session, referral.practice_id, today) if referral.practice_id else None
    content = letter.Letter(
        reference=referral.reference,
        intake=referral.intake,
        check=check,
        surgeon=surgeon,
        practice=practice or _from_intake(referral.intake),
        marks=referral.marks,
        invented=surgeon.invented,
    )
    return Made(f"letter-{referral.reference}.pdf", letter.render(content), letter.omitted(content))


def _from_intake(intake: dict[str, Any]) -> PracticeRecord:
    """Return the sender as the intake names it, where no office was entered."""

    def text(name: str) -> str:
        return str(given(intake, f"referrer.{name}") or "")

    return PracticeRecord(
        name=text("practice"),
        phone=text("phone"),
        fax=text("fax"),
        email=text("email"),
        callback_person=text("callback_person"),
        callback_phone=text("callback_phone"),
        line1=text("address.line1"),
        line2=text("address.line2"),
        city=text("address.city"),
        state=text("address.state"),
        zip=text("address.zip"),
    )
