"""Drafts: nobody writes over what somebody else typed meanwhile."""

from __future__ import annotations

import subprocess
import sys
import uuid

import pytest

from referral_app.database import Database
from referral_app.services import drafts
from referral_app.services.errors import Conflict
from tests.acting import acting
from tests.services.conftest import complete


def test_a_draft_that_somebody_else_went_on_with_is_not_overwritten(db: Database) -> None:
    draft_id = str(uuid.uuid4())
    with acting(db, "Ann Bell"), db.begin() as session:
        anns = drafts.save(session, draft_id, complete("Ann"), seen=drafts.NEVER)
    with acting(db, "Bob Cole"):
        with db.read() as session:
            bobs = drafts.get(session, draft_id).updated
        with db.begin() as session:
            drafts.save(session, draft_id, complete("Bob"), seen=bobs)
    with acting(db, "Ann Bell"):
        with db.begin() as session, pytest.raises(Conflict, match="Bob Cole went on with this draft at "):
            drafts.save(session, draft_id, complete("Again"), seen=anns)
        with db.read() as session:
            assert drafts.get(session, draft_id).intake == complete("Bob")


def test_who_wrote_last_goes_on_without_a_conflict(db: Database) -> None:
    draft_id, seen = str(uuid.uuid4()), drafts.NEVER
    for name in ("One", "Two", "Three"):
        with db.begin() as session:
            seen = drafts.save(session, draft_id, complete(name), seen=seen)
    with db.read() as session:
        assert drafts.get(session, draft_id).updated == seen


def test_another_window_of_the_same_person_counts_too(db: Database) -> None:
    draft_id = str(uuid.uuid4())
    with acting(db, "Ann Bell"):
        with db.begin() as session:
            drafts.save(session, draft_id, complete("One"), seen=drafts.NEVER)
        with db.begin() as session, pytest.raises(Conflict, match="Another window of yours went on"):
            drafts.save(session, draft_id, complete("Two"), seen=drafts.NEVER)


def test_what_home_lists_reads_in_neither_the_check_nor_the_files() -> None:
    code = "import sys\nfrom referral_app.services import drafts, practices, worklists\nprint(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    needless = {"clinical.safety", "clinical.intake", "services.attachments", "models.work", "models.audit"}
    assert not needless & {name.removeprefix("referral_app.") for name in told.split()}
