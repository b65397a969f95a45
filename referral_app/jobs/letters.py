"""Making the referral letter of a stored referral."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from referral_app.choices import PaperKind, Slot
from referral_app.clinical import check, code_rules, dates
from referral_app.clinical.computed import computed
from referral_app.clinical.fields import given
from referral_app.database import Database, Session
from referral_app.jobs import drawn, papers
from referral_app.jobs.papers import Made
from referral_app.paths import resource
from referral_app.services import (
    amendments,
    code_lists,
    e_signatures,
    index_trend,
    ledger,
    letter_templates,
    practices,
    printing,
    referrals,
    signatures,
)
from referral_app.services.practices import PracticeRecord
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.surgeon_records import SurgeonRecord

if TYPE_CHECKING:
    from referral_app.documents.letter import Letter
    from referral_app.services.amendments import Statement

OLDER = "An older version"
"""The mark of a letter of a version that is not the latest one and was never sent."""

AS_SENT = "This is the letter as it was sent, byte by byte. What changed since then is not on it."
"""What is said of a letter that comes from the ledger."""

SAMPLE = "7QK2-M4TX-9"
SAMPLE_SURGEON = SurgeonRecord(
    "Amara", "Keen", degrees="MD", specialty="Plastic Surgery", npi="9000000019", invented=True
)
"""The reference number and the surgeon of a sample letter; both are invented."""


def make(
    db: Database, reference: str, today: date | None = None, *, number: int = 0, ahead: bool = False
) -> Made:
    """Return the letter of a referral; raises InvalidInput naming what stands in the way.

    `number` asks for one of its older versions, which is shown and marked as such unless it is the one that was sent.
    What was sent is the document of the ledger, not made again. What becomes of it is recorded by `papers.left`. With
    `ahead` nobody asked for it yet, and nothing is noted.
    """
    from referral_app.documents import letter

    with db.read() as session:
        referral = (
            printing.ahead(session, reference)
            if ahead
            else printing.read(session, reference, "letter", number)
        )
        if made := _as_sent(session, referral):
            return made
        older = bool(number) and number != referral.sent_number
        content = replace(_content(session, referral, today, ahead=ahead), not_final=OLDER if older else "")
    rendered, notes = drawn.once(db, "letter", content, letter.render), letter.omitted(content)
    return Made(
        f"letter-{referral.reference}.pdf",
        rendered,
        notes,
        PaperKind.LETTER,
        referral.reference,
        referral.number,
        enclosed=tuple(one.name for one in content.statements),
    )


def _content(session: Session, referral: ReferralRecord, today: date | None, *, ahead: bool) -> Letter:
    """Return what the letter of a referral as it stands is made from."""
    from referral_app.documents.letter import Letter

    surgeon = referrals.surgeon_of(session, referral)
    return Letter(
        reference=referral.reference,
        intake=referral.intake,
        check=as_of(session, referral.intake, today, surgeon),
        surgeon=surgeon,
        practice=sender(session, referral, today),
        marks=referral.marks,
        invented=surgeon.invented,
        titles=code_rules.titles(referral.intake, code_lists.known(session), today),
        templates=wordings(session, referral.intake, surgeon, referral.practice_id),
        trend=index_trend.of_referral(session, referral.reference, referral.number, ahead=ahead),
        signature=e_signatures.placed(session, referral.id, referral.number),
        statements=_statements(session, referral),
    )


def _statements(session: Session, referral: ReferralRecord) -> tuple[Statement, ...]:
    """Return what the patient holds against denied corrections: whatever is disclosed later carries it."""
    return tuple(amendments.statements(session, referral.patient_id)) if referral.patient_id else ()


def as_of(
    session: Session, intake: dict[str, Any], today: date | None = None, surgeon: SurgeonRecord | None = None
) -> check.Check:
    """Return the check whose ages and durations are those of the day that the letter is from, whenever it is printed.

    That is the day of its signature, else that of the referral, else today. What is urgent is so as of today: a red
    flag may have been cleared since.
    """
    day = _day(intake)
    now = referrals.checked(session, intake, today, surgeon)
    if day in (None, today or date.today()):
        return now
    then = referrals.checked(session, intake, day, surgeon)
    return replace(then, emergency=now.emergency, missing=now.missing)


def _day(intake: dict[str, Any]) -> date | None:
    """Return the day that the letter of these answers is from, None where that is today."""
    _, signed = signatures.of(intake)
    return signed.astimezone().date() if signed else dates.stored(given(intake, "referrer.date"))


def _as_sent(session: Session, referral: ReferralRecord) -> Made | None:
    """Return the letter of what was sent as it left, byte by byte (contract section 5), None where none was kept.

    Made anew it would say the age, the surgeon and the rules of today.
    """
    if referral.sent_number is None or referral.number != referral.sent_number:
        return None
    found = ledger.as_sent(session, referral.reference, referral.number, referral.sent_at)
    if found is None:
        return None
    paper_id, content, enclosed = found
    notes = (AS_SENT, *papers.lacking(session, referral.patient_id or "", enclosed))
    return Made(
        f"letter-{referral.reference}.pdf", content, notes, PaperKind.LETTER, referral.reference,
        referral.number, enclosed=enclosed, paper_id=paper_id,
    )  # fmt: skip


def sender(session: Session, referral: ReferralRecord, today: date | None = None) -> PracticeRecord:
    """Return the sending practice with the letterhead of today, or for the version that was sent of that day.

    Whom to call back is who the referral names, as the letter says it; the practice's own where it names nobody.
    """
    if not referral.practice_id:
        return _from_intake(referral.intake)
    sent = referral.sent_at if referral.number == referral.sent_number else None
    ours = practices.get(session, referral.practice_id, sent.astimezone().date() if sent else today)
    asked = _from_intake(referral.intake)
    if not (asked.callback_person or asked.callback_phone):
        return ours
    phone = asked.callback_phone or asked.phone or ours.phone
    return replace(ours, callback_person=asked.callback_person, callback_phone=phone)


def wordings(
    session: Session, intake: Mapping[str, Any], surgeon: SurgeonRecord | None, practice_id: str | None
) -> dict[Slot, str]:
    """Return how the paragraphs are worded where nobody typed them; of a signed letter as it was when it was signed."""
    from referral_app.documents import letter_paragraphs

    _, signed = signatures.of(intake)
    until = signed + timedelta(seconds=1) if signed else None  # a signature keeps whole seconds
    kind = letter_paragraphs.kind(intake, surgeon)
    return {slot: letter_templates.in_force(session, slot, kind, practice_id, until).words for slot in Slot}


def paragraphs(
    db: Database, intake: dict[str, Any], surgeon: SurgeonRecord | None, practice_id: str | None = None,
    reference: str = "",
) -> dict[Slot, str]:  # fmt: skip
    """Return what the letter of these answers would print where its paragraphs were not typed, filled."""
    from referral_app.clinical import placeholders
    from referral_app.documents import letter_paragraphs

    with db.read() as session:
        words = wordings(session, intake, surgeon, practice_id)
    facts = letter_paragraphs.facts(intake, computed(intake, _day(intake)), surgeon, reference)
    return {slot: placeholders.fill(template, facts) for slot, template in words.items()}


def sample(
    db: Database, templates: Mapping[Slot, str] | None = None, practice: PracticeRecord | None = None
) -> Made:
    """Return the letter of an invented referral under our letterhead, for a preview; it is recorded nowhere.

    `templates` are wordings that are not saved yet, `practice` a letterhead that is not. Raises `text.Unprintable`.
    """
    from referral_app.documents import letter

    intake = json.loads(resource("invented/referral.json").read_text(encoding="utf-8"))
    intake["letter"] = {}
    with db.read() as session:
        sending = practice or practices.ours(session) or _from_intake(intake)
        words = wordings(session, {}, None, sending.id or None)
    content = letter.Letter(
        SAMPLE,
        intake,
        check.check(intake),
        SAMPLE_SURGEON,
        sending,
        invented=True,
        not_final="Sample",
        templates=words | dict(templates or {}),
    )
    return Made("sample-letter.pdf", letter.render(content))


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
