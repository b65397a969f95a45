"""The letter names who prepared and who signed, or that nobody did; older versions are marked, what was sent is not."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral_app.choices import PaperAct
from referral_app.database import Database
from referral_app.jobs import letters, papers
from referral_app.jobs.papers import Made
from referral_app.services import ledger, practices, referrals, signing
from referral_app.services.errors import InvalidInput
from referral_app.services.ledger import Filter
from referral_app.services.referral_records import ReferralRecord
from tests.acting import acting
from tests.documents import paper

SIGNER = "Eleanor Whitcombe, MD"


def _changed(db: Database, reference: str, why: str = "", average: int = 3) -> ReferralRecord:
    with acting(db, "Ann Bell"), db.begin() as session:
        record = referrals.get(session, reference)
        intake = deepcopy(record.intake)
        intake["pain"]["average"] = average
        intake["signature"]["prepared_by"] = "Ann Bell"
        return referrals.save(
            session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id, why=why
        )  # fmt: skip


def _paper(db: Database, reference: str, number: int = 0) -> str:
    return paper.text(letters.make(db, reference, number=number).content)


def test_an_unsigned_letter_says_so_and_names_who_prepared_it(filled: Database, reference: str) -> None:
    record = _changed(filled, reference)
    with acting(filled, "Ann Bell"), filled.begin() as session:
        signing.hand_over(session, record.id)
    said = _paper(filled, reference)
    assert "Not signed · Prepared by Ann Bell" in said
    assert "Draft – not signed" in said
    assert "Signed by" not in said


def test_a_signed_letter_names_both(filled: Database, reference: str) -> None:
    _changed(filled, reference)
    with acting(filled, "Eleanor"), filled.begin() as session:
        referrals.sign(session, reference, SIGNER)
    said = _paper(filled, reference)
    assert f"Signed by {SIGNER} on " in said
    assert "Prepared by Ann Bell" in said
    assert "not signed" not in said.lower()


def test_the_version_that_was_sent_is_printed_as_it_was_and_others_are_marked(
    filled: Database, reference: str
) -> None:
    with filled.begin() as session:
        before = letters.make(filled, reference).content
        referrals.mark_sent(session, reference, "Mail")
    _changed(filled, reference, "The average was mistyped", 1)
    _changed(filled, reference, "", 2)
    assert letters.make(filled, reference, number=1).content == before
    older = _paper(filled, reference, 2)
    assert letters.OLDER in older
    assert letters.OLDER not in _paper(filled, reference)
    made = letters.make(filled, reference, number=2)
    assert made.number == 2


def test_what_was_sent_is_printed_again_byte_by_byte(filled: Database, reference: str) -> None:
    sent = letters.make(filled, reference)
    papers.left(filled, sent, PaperAct.PRINTED)
    with filled.begin() as session:
        referrals.mark_sent(session, reference, "Mail")
    later = date.today() + timedelta(days=800)
    again = letters.make(filled, reference, later)
    assert (again.content, again.notes, bool(again.paper_id)) == (sent.content, (letters.AS_SENT,), True)
    papers.left(filled, again, PaperAct.PRINTED, how="Back office")
    with filled.read() as session:
        (one,) = ledger.find(session, Filter(reference))
    assert [act.how for act in one.acts] == ["Back office", ""]
    _changed(filled, reference, "The average was mistyped", 1)
    assert letters.make(filled, reference, later, number=1).content == sent.content
    assert letters.make(filled, reference, later).content != sent.content


def test_of_several_letters_the_one_that_last_left_before_it_was_sent_is_the_one(
    filled: Database, reference: str
) -> None:
    made = [_from_office(filled, reference, f"Office {number}") for number in range(3)]
    for one in made[:2]:
        papers.left(filled, one, PaperAct.PRINTED)
    papers.looked_at(filled, made[2])
    with filled.begin() as session:
        referrals.mark_sent(session, reference, "Mail")
    assert letters.make(filled, reference).content == made[1].content


def _from_office(db: Database, reference: str, name: str) -> Made:
    """Return the letter as it is once our office has another name."""
    with db.begin() as session:
        office = practices.ours(session)
        assert office is not None
        practices.save(session, replace(office, name=name))
    return letters.make(db, reference)


def test_age_and_years_count_from_the_signature_else_the_date_of_the_referral_whenever_it_is_printed(
    filled: Database, reference: str
) -> None:
    for later in (None, date(2026, 12, 24), date(2031, 1, 1)):
        said = paper.text(letters.make(filled, reference, later).content)
        assert "(age 41)" in said
        assert "6 years ago" in said
    _changed(filled, reference)  # which voids the signature; the referral is of March 16, 2026
    assert "(age 41)" in paper.text(letters.make(filled, reference, date(2031, 1, 1)).content)
    assert "(age 41)" in paper.text(letters.make(filled, reference, date(2031, 1, 1), number=1).content)
    with filled.begin() as session:
        referrals.sign(session, reference, SIGNER)
        age = referrals.checked(session, referrals.get(session, reference).intake).computed["age"]
    assert f"(age {age})" in paper.text(letters.make(filled, reference, date(2041, 1, 1)).content)


def test_without_any_date_a_letter_counts_from_today(filled: Database, reference: str) -> None:
    with filled.read() as session:
        intake = deepcopy(referrals.get(session, reference).intake)
        del intake["signature"], intake["referrer"]["date"]
        assert letters.as_of(session, intake, date(2031, 1, 1)).computed["age"] == 46


def test_a_version_that_is_not_there_is_refused(filled: Database, reference: str) -> None:
    with pytest.raises(InvalidInput, match="no such version"):
        letters.make(filled, reference, number=9)
