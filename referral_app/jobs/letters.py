"""Making the referral letter of a stored referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from referral_app.clinical import code_rules
from referral_app.clinical.fields import given
from referral_app.database import Database, Session
from referral_app.services import code_lists, fax_numbers, practices, printing, referrals
from referral_app.services.practices import PracticeRecord
from referral_app.services.referral_records import ReferralRecord


@dataclass(frozen=True)
class Made:
    """A finished document: a file name without any patient's data, its bytes, and what a person should know of it.

    `kind`, `reference` and `number` say which document of which version of which referral it is, `language` and
    `large` how what a patient reads is written.
    """

    name: str
    content: bytes
    notes: tuple[str, ...] = ()
    kind: str = ""
    reference: str = ""
    number: int = 0
    language: str = "en"
    large: bool = False


OLDER = "An older version"
"""The mark of a letter of a version that is not the latest one and was never sent."""


def make(
    db: Database, reference: str, today: date | None = None, *, preview: bool = False, number: int = 0
) -> Made:
    """Return the letter of a referral; raises InvalidInput naming what stands in the way.

    `number` asks for one of its older versions, which is shown and marked as such unless it is the one that was sent.
    It is noted as printed, or with `preview` as shown; `printed` notes what becomes of that.
    """
    from referral_app.documents import letter

    with db.read() as session:
        referral = read(session, reference, "letter", preview, number)
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


def read(session: Session, reference: str, kind: str, preview: bool, number: int = 0) -> ReferralRecord:
    """Return a referral for a document, and note whether that is shown or handed out; older versions are shown."""
    if preview or number:
        return printing.preview(session, reference, kind, number)
    return printing.hand_out(session, reference, kind, "file")


def printed(db: Database, made: Made, to: str, *, fax: bool = False, shown: str = "") -> None:
    """Note that a document that was shown goes to "paper" or into a "file", and with `fax` to the surgeon's number.

    `shown` is that number as the person saw it; raises InvalidInput where another is on file by now.
    """
    with db.begin() as session:
        printing.handed_out(session, made.reference, made.kind, made.number, to)
        if fax:
            fax_numbers.for_fax(
                session,
                made.reference,
                f"Letter {'saved' if to == 'file' else 'printed'} to be faxed",
                shown=shown,
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
