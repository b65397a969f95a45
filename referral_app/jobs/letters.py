"""Making the referral letter of a stored referral."""

from __future__ import annotations

from datetime import date
from typing import Any

from referral_app.clinical import code_rules
from referral_app.clinical.fields import given
from referral_app.database import Database
from referral_app.jobs.papers import Made
from referral_app.services import code_lists, practices, printing, referrals
from referral_app.services.practices import PracticeRecord

OLDER = "An older version"
"""The mark of a letter of a version that is not the latest one and was never sent."""


def make(db: Database, reference: str, today: date | None = None, *, number: int = 0) -> Made:
    """Return the letter of a referral; raises InvalidInput naming what stands in the way.

    `number` asks for one of its older versions, which is shown and marked as such unless it is the one that was sent.
    What becomes of it is recorded by `papers.left`.
    """
    from referral_app.documents import letter

    with db.read() as session:
        referral = printing.read(session, reference, "letter", number)
        check = referrals.checked(session, referral.intake, today)
        surgeon = referrals.surgeon_of(session, referral)
        practice = practices.get(session, referral.practice_id, today) if referral.practice_id else None
        titles = code_rules.titles(referral.intake, code_lists.known(session), today)
    content = letter.Letter(
        reference=referral.reference,
        intake=referral.intake,
        check=check,
        surgeon=surgeon,
        practice=practice or _from_intake(referral.intake),
        marks=referral.marks,
        invented=surgeon.invented,
        not_final=OLDER if number and number != referral.sent_number else "",
        titles=titles,
    )
    rendered, notes = letter.render(content), letter.omitted(content)
    return Made(
        f"letter-{referral.reference}.pdf", rendered, notes, "letter", referral.reference, referral.number
    )


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
