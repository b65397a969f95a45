"""What an enemy tried against attachments: files of another practice, and bytes that a version names and that go."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.models.base import now
from referral_app.models.work import Attachment
from referral_app.services import attachments, drafts, referrals
from referral_app.services.attachments import AttachmentRecord, Owner
from referral_app.services.errors import Denied
from tests.acting import as_role
from tests.services.conftest import Offices, complete

FIRST, SECOND = (f"00000000-0000-4000-8000-0000000000a{number}" for number in (1, 2))
PDF = b"%PDF-1.4 invented"


def _staff(offices: Offices, name: str = "Ann", practice: str = "") -> Database:
    as_role(offices.db, StaffRole.OFFICE_STAFF, name=name, practice_id=practice or offices.north.practice)
    return offices.db


def _naming(intake: dict[str, Any], added: AttachmentRecord) -> dict[str, Any]:
    row = {"kind": "other", "title": "X", "date": "2026-01-01", "pages": 1, "sha256": added.sha256}
    return deepcopy(intake) | {"attachments": [row]}


def _days_pass(db: Database) -> None:
    """Let three days pass, and let another draft be discarded, which sweeps."""
    other = "00000000-0000-4000-8000-0000000000a9"
    with db.begin() as session:
        session.execute(update(Attachment).values(added_at=now() - timedelta(days=3)))
        drafts.save(session, other, {"patient": {"family_name": "Other"}})
        drafts.discard(session, other)


def test_the_draft_of_another_practice_hands_no_file_over(offices: Offices) -> None:
    db = _staff(offices, "Sam", offices.south.practice)
    with db.begin() as session:
        drafts.save(session, FIRST, {"patient": {"family_name": "Southern"}})
        added = attachments.add(session, Owner(FIRST), PDF, pages=1)
    _staff(offices)
    with pytest.raises(Denied), db.begin() as session:
        referrals.save(session, _naming(complete("Northy"), added), draft_id=FIRST)


def test_a_colleague_who_discards_a_draft_takes_no_file_from_the_open_form(offices: Offices) -> None:
    db = _staff(offices)
    with db.begin() as session:
        drafts.save(session, FIRST, {"patient": {"family_name": "Northy"}})
        added = attachments.add(session, Owner(FIRST), PDF, pages=1)
    _staff(offices, "Bob")
    with db.begin() as session:
        drafts.discard(session, FIRST)
    _staff(offices)
    with db.begin() as session:
        saved = referrals.save(session, _naming(complete("Northy"), added), draft_id=FIRST)
    with db.read() as session:
        assert attachments.read(session, Owner(referral_id=saved.id), added.sha256) == PDF


@pytest.mark.parametrize("saved_by", [FIRST, SECOND, ""])
def test_what_a_version_names_stays_whichever_draft_it_came_by(offices: Offices, saved_by: str) -> None:
    db = _staff(offices)
    with db.begin() as session:
        first = referrals.save(session, complete("Northy"))
        drafts.save(session, FIRST, first.intake, first.id, first.version)
        added = attachments.add(session, Owner(FIRST, first.id), PDF, pages=1)
    with db.begin() as session:
        referrals.save(
            session, _naming(first.intake, added), referral_id=first.id, version=first.version,
            patient_id=first.patient_id, draft_id=saved_by,
        )  # fmt: skip
    with db.begin() as session:
        drafts.discard(session, FIRST)
    _days_pass(db)
    with db.read() as session:
        assert attachments.read(session, Owner(referral_id=first.id), added.sha256) == PDF
