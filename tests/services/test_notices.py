"""The two notices of a center: in words or as a PDF, refused where they cannot be printed, and never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from referral_app.choices import AuditAction, StaffRole
from referral_app.database import Database
from referral_app.services import notices
from referral_app.services.errors import Conflict, Denied, InvalidInput, NotFound
from referral_app.services.notices import NoticeRecord
from tests.acting import as_role
from tests.services.test_audit import noted_of

WORDS = NoticeRecord(2, "Help in your language", "Invented words.\n\nA second paragraph.")


def saved(db: Database, record: NoticeRecord) -> NoticeRecord:
    with db.begin() as session:
        return notices.save(session, record)


def found(db: Database) -> list[NoticeRecord]:
    with db.read() as session:
        return notices.find(session)


def test_nothing_is_printed_before_a_center_writes_a_notice(filled: Database) -> None:
    assert found(filled) == []
    with filled.read() as session:
        assert notices.slots(session) == [NoticeRecord(1), NoticeRecord(2)]


def test_a_notice_is_kept_as_words_or_as_a_pdf(filled: Database) -> None:
    with_words = saved(filled, WORDS)
    pdf = saved(filled, NoticeRecord(1, "Your rights", content=b"%PDF-invented", pages=2))
    assert found(filled) == [pdf, with_words]
    assert (with_words.words, pdf.content, pdf.pages) == (WORDS.words, b"%PDF-invented", 2)


def test_an_emptied_notice_is_not_printed_any_more(filled: Database) -> None:
    kept = saved(filled, WORDS)
    saved(filled, replace(kept, words=" ", title=""))
    assert found(filled) == []


@pytest.mark.parametrize(("record", "field"), [
    (replace(WORDS, title=" "), "title"), (replace(WORDS, title="x" * 121), "title"),
    (replace(WORDS, words="x" * 20_001), "words"), (replace(WORDS, words="a\u202eb"), "words"),
    (NoticeRecord(1, "Your rights", content=b"%PDF", pages=21), "content"),
])  # fmt: skip
def test_a_notice_that_cannot_be_printed_is_refused_by_field(
    filled: Database, record: NoticeRecord, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        saved(filled, record)
    assert list(refused.value.fields) == [field]
    assert found(filled) == []


def test_there_is_no_third_notice(filled: Database) -> None:
    with pytest.raises(NotFound):
        saved(filled, replace(WORDS, slot=3))


def test_whoever_saves_second_is_told_and_overwrites_nothing(filled: Database) -> None:
    first = saved(filled, WORDS)
    with pytest.raises(Conflict):
        saved(filled, replace(WORDS, words="Mine"))
    assert found(filled) == [first]
    assert saved(filled, replace(first, words="Mine")).words == "Mine"


def test_a_change_is_noted_without_its_words(filled: Database) -> None:
    (event,) = noted_of(filled, lambda: saved(filled, WORDS))
    assert (event["action"], event["kind"], event["object_id"]) == (AuditAction.CHANGED, "notice", "2")
    assert event["details"]["words"] is True


def test_administrators_alone_change_notices(people_db: Database) -> None:
    as_role(people_db, StaffRole.PACKET_STAFF)
    assert found(people_db) == []
    with pytest.raises(Denied):
        saved(people_db, WORDS)
    as_role(people_db, StaffRole.ADMINISTRATOR)
    assert saved(people_db, WORDS).updated_by == "Rosa Ortiz"
