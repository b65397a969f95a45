"""Files of a referral: kept once, read back as they were added, moved by the save, and dropped with the draft."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from referral_app.choices import StaffRole
from referral_app.database import Session
from referral_app.models.base import now
from referral_app.models.work import Attachment
from referral_app.services import attachments, drafts, referrals
from referral_app.services.attachments import AttachmentRecord, Owner
from referral_app.services.errors import Denied, InvalidInput, NotFound
from tests.acting import as_role
from tests.services.conftest import Offices, complete

DRAFT = "00000000-0000-4000-8000-00000000000a"
PDF = b"%PDF-invented"
NEW = Owner(DRAFT)


def add(session: Session, owner: Owner = NEW, content: bytes = PDF) -> AttachmentRecord:
    return attachments.add(session, owner, content, pages=2, name="mri.pdf")


def naming(*shas: str) -> dict[str, Any]:
    intake = complete("Attached")
    intake["attachments"] = [{"kind": "imaging_report", "pages": 2, "sha256": sha} for sha in shas]
    return intake


def saved(session: Session, *shas: str, **more: Any) -> str:
    return referrals.save(session, naming(*shas), draft_id=DRAFT, **more).id


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Attachment)) or 0


def test_what_was_added_is_read_back(offices: Offices) -> None:
    with offices.db.begin() as session:
        record = add(session)
        assert record.sha256 == hashlib.sha256(PDF).hexdigest()
        assert (record.name, record.pages, record.size, record.again) == ("mri.pdf", 2, len(PDF), False)
        assert attachments.read(session, NEW, record.sha256) == PDF
        assert [one.id for one in attachments.find(session, NEW)] == [record.id]


def test_the_same_file_is_kept_once(offices: Offices) -> None:
    with offices.db.begin() as session:
        first, second = add(session), add(session)
        assert (second.id, second.again) == (first.id, True)
        assert count(session) == 1


def test_a_save_takes_what_it_names_along_and_its_versions_keep_it(offices: Offices) -> None:
    with offices.db.begin() as session:
        sha = add(session).sha256
        left = add(session, content=b"%PDF-other").sha256
        referral = saved(session, sha)
        of_referral = Owner(referral_id=referral)
        assert [one.sha256 for one in attachments.find(session, of_referral)] == [sha]
        assert attachments.read(session, of_referral, sha) == PDF
        with pytest.raises(NotFound):
            attachments.read(session, of_referral, left)
        assert attachments.read(session, Owner(DRAFT, referral), left), "it can still be put back"
        record = referrals.get(session, referral)
        referrals.save(session, naming(), referral_id=referral, version=record.version, draft_id=DRAFT)
        assert attachments.read(session, of_referral, sha) == PDF, "the version before names it"


def test_a_discarded_draft_takes_its_files_with_it_but_none_of_the_referral(offices: Offices) -> None:
    with offices.db.begin() as session:
        sha = add(session).sha256
        referral = saved(session, sha)
        owner = Owner(DRAFT, referral)
        drafts.save(session, DRAFT, naming(sha), referral_id=referral)
        add(session, owner, b"%PDF-later")
        assert len(attachments.find(session, owner)) == 2
        drafts.discard(session, DRAFT)
        assert [one.sha256 for one in attachments.find(session, owner)] == [sha]


def test_what_no_save_named_goes_after_a_day(offices: Offices) -> None:
    with offices.db.begin() as session:
        add(session)
        saved(session)
        assert count(session) == 1
        session.execute(update(Attachment).values(added_at=now() - timedelta(days=2)))
        saved(session)
        assert count(session) == 0


def test_what_waits_in_a_draft_never_goes_by_itself(offices: Offices) -> None:
    with offices.db.begin() as session:
        drafts.save(session, DRAFT, complete("Waiting"))
        add(session)
        session.execute(update(Attachment).values(added_at=now() - timedelta(days=2)))
        referrals.save(session, complete("Another"))
        assert count(session) == 1


def test_bytes_that_changed_in_the_store_are_said_and_not_shown(offices: Offices) -> None:
    with offices.db.begin() as session:
        sha = add(session).sha256
        session.execute(update(Attachment).values(content=b"%PDF-changed"))
        with pytest.raises(InvalidInput, match="checksum differs"):
            attachments.read(session, NEW, sha)


def test_files_of_another_practice_are_refused(offices: Offices) -> None:
    theirs = Owner(referral_id=offices.south.referral)
    with offices.db.begin() as session:
        sha = add(session, Owner(offices.south.draft, offices.south.referral)).sha256
        referrals.get(session, offices.south.referral)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.begin() as session:
        for act in (
            lambda: attachments.find(session, theirs),
            lambda: attachments.read(session, theirs, sha),
            lambda: attachments.read(session, Owner(offices.south.draft), sha),
            lambda: add(session, theirs),
            lambda: add(session, Owner(offices.south.draft)),
        ):
            with pytest.raises(Denied):
                act()


def test_a_hash_of_another_referral_opens_nothing(offices: Offices) -> None:
    with offices.db.begin() as session:
        sha = add(session).sha256
        with pytest.raises(NotFound):
            attachments.read(session, Owner(referral_id=offices.north.referral), sha)


def test_a_referral_takes_a_hundred_files_and_no_more(offices: Offices) -> None:
    with offices.db.begin() as session:
        for number in range(attachments.MOST):
            add(session, content=b"%%PDF-%d" % number)
        assert add(session, content=b"%PDF-0").again
        with pytest.raises(InvalidInput, match="at most 100"):
            add(session, content=b"%PDF-more")


def test_listing_and_opening_a_referral_read_no_bytes(offices: Offices) -> None:
    with offices.db.begin() as session:
        shas = [add(session, content=b"%%PDF-%d" % number).sha256 for number in range(10)]
        referral = saved(session, *shas)
    asked: list[str] = []

    def note(_a: Any, _b: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    with offices.db.read() as session:
        engine = session.connection().engine
        event.listen(engine, "before_cursor_execute", note)
        assert len(attachments.find(session, Owner(referral_id=referral))) == 10
        referrals.get(session, referral)
        event.remove(engine, "before_cursor_execute", note)
    assert [one for one in asked if "attachment" in one]
    assert not [one for one in asked if "attachment.content" in one]


def test_a_draft_that_is_kept_apart_has_the_files_of_the_one_it_was_parted_from(offices: Offices) -> None:
    apart = DRAFT.replace("a", "b")
    with offices.db.begin() as session:
        drafts.save(session, DRAFT, complete("Attached"))
        record = add(session)
        drafts.save(session, apart, naming(record.sha256), seen=drafts.NEVER, parted_from=DRAFT)
    with offices.db.begin() as session:
        assert attachments.read(session, Owner(apart), record.sha256) == PDF
        drafts.discard(session, apart)
        assert attachments.read(session, NEW, record.sha256) == PDF
