"""What goes along with a letter: read for those who see its referral, in the order of its rows, and noted once."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.services import attachments, enclosures, referrals
from referral_app.services.attachments import Owner
from referral_app.services.errors import Denied, InvalidInput, NotFound
from tests.acting import as_role
from tests.services.conftest import Offices, complete
from tests.services.test_audit import noted_of

DRAFT = "00000000-0000-4000-8000-000000000061"


def _saved(db: Database, *contents: bytes, **more: Any) -> str:
    intake = complete("Filefield")
    with db.begin() as session:
        rows = [
            {"kind": "diary", "date": f"2025-08-{number:02}", "pages": 1, **more,
             "sha256": attachments.add(session, Owner(DRAFT), content, pages=1).sha256}
            for number, content in enumerate(contents, start=1)
        ]  # fmt: skip
        return referrals.save(session, intake | {"attachments": rows}, draft_id=DRAFT).reference


def test_files_come_in_the_order_of_the_rows_and_are_noted_as_one_act(offices: Offices) -> None:
    reference = _saved(offices.db, b"%PDF-b", b"%PDF-a", b"%PDF-c")

    def read() -> None:
        with offices.db.read() as session:
            found = enclosures.read(session, reference)
            assert [one.content for one in found.items] == [b"%PDF-b", b"%PDF-a", b"%PDF-c"]
            assert found.items[0].name == "Headache diary, August 1, 2025"
            assert enclosures.are_there(session, reference)

    events = noted_of(offices.db, read)
    assert [(one["action"], one["kind"]) for one in events] == [("opened", "bundle")]


def test_another_practice_reads_nothing_and_it_is_noted(offices: Offices) -> None:
    reference = _saved(offices.db, b"%PDF-a")
    with offices.db.begin() as session:
        enclosures.read(session, reference)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    for act in (enclosures.read, enclosures.are_there):
        with pytest.raises(Denied), offices.db.begin() as session:
            act(session, offices.north.reference)


def test_what_is_not_available_asks_for_no_file(offices: Offices) -> None:
    reference = _saved(offices.db, b"%PDF-a", not_available="Never made")
    with offices.db.read() as session:
        (one,) = enclosures.read(session, reference).items
    assert (one.content, one.not_available) == (b"", "Never made")


def test_no_such_version_and_no_such_referral_are_told(offices: Offices) -> None:
    with offices.db.read() as session:
        with pytest.raises(NotFound, match="version"):
            enclosures.read(session, offices.north.reference, 7)
        with pytest.raises(InvalidInput):
            enclosures.read(session, "nothing")
