"""The release log: who asked, when a copy is due, whose identity was checked, and what was given out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral_app.choices import PaperAct, PaperKind, StaffRole
from referral_app.services import audit, ledger, releases
from referral_app.services.errors import Conflict, Denied, InvalidInput
from referral_app.services.ledger import Document, Leaving
from referral_app.services.releases import ReleaseRecord
from tests.acting import as_role
from tests.services.conftest import Offices

TODAY = date.today()
ASKED = TODAY - timedelta(days=3)


def asked(world: Offices, **parts: object) -> ReleaseRecord:
    request = ReleaseRecord(
        world.north.patient, "Marisol Northfield", ASKED, "the patient", identity="Photo ID"
    )
    with world.db.begin() as session:
        return releases.record(session, replace(request, **parts))


def left(world: Offices, referral: str) -> str:
    with world.db.begin() as session:
        return ledger.leave(
            session, Document(PaperKind.LETTER, referral, 1), referral.encode(), Leaving(PaperAct.SENT)
        )


def given(
    world: Offices, request: ReleaseRecord, *papers: str, how: str = "By hand", on: date = TODAY
) -> ReleaseRecord:
    with world.db.begin() as session:
        return releases.give(session, request.id, papers, how, on, request.version)


def test_a_copy_is_due_in_thirty_days_unless_another_day_is_given(offices: Offices) -> None:
    assert asked(offices).due_on == ASKED + timedelta(days=30)
    assert asked(offices, due_on=TODAY).due_on == TODAY


def test_a_copy_is_put_off_once_by_thirty_days_with_a_reason(offices: Offices) -> None:
    with pytest.raises(InvalidInput, match="at the latest") as refused:
        asked(offices, due_on=ASKED + timedelta(days=31))
    assert set(refused.value.fields) == {"due_on"}
    request = asked(offices, due_on=TODAY)
    assert request.may_extend
    with offices.db.begin() as session, pytest.raises(InvalidInput) as unsaid:
        releases.extend(session, request.id, " ")
    assert set(unsaid.value.fields) == {"extended_why"}
    with offices.db.begin() as session:
        later = releases.extend(session, request.id, "In the archive", request.version)
    assert (later.due_on, later.extended_why) == (ASKED + timedelta(days=60), "In the archive")
    assert not later.may_extend
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="once"):
        releases.extend(session, request.id, "Again")
    with offices.db.begin() as session:  # an edit keeps what was put off, and never goes beyond it
        kept = releases.record(session, replace(later, note="Called", extended_why="", due_on=None))
    assert (kept.due_on, kept.extended_why) == (ASKED + timedelta(days=60), "In the archive")
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="at the latest"):
        releases.record(session, replace(kept, due_on=ASKED + timedelta(days=61)))


def test_a_day_that_is_over_is_not_put_off(offices: Offices) -> None:
    late = asked(offices, asked_on=TODAY - timedelta(days=31))
    assert not late.may_extend
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="over"):
        releases.extend(session, late.id, "In the archive")


def test_the_identity_can_be_checked_when_the_copy_is_given(offices: Offices) -> None:
    request, paper = asked(offices, identity=""), left(offices, offices.north.referral)
    with offices.db.begin() as session:
        done = releases.give(session, request.id, [paper], "By hand", TODAY, request.version, " Photo ID ")
    assert (done.identity, done.given_on) == ("Photo ID", TODAY)


def test_a_copy_that_was_given_stands_in_the_log_and_beside_each_document(offices: Offices) -> None:
    request, paper = asked(offices), left(offices, offices.north.referral)
    known = len(_events(offices))
    assert request.papers == ()
    done = given(offices, request, paper)
    assert (done.is_open, done.given_on, done.given_how) == (False, TODAY, "By hand")
    with offices.db.read() as session:
        kept = ledger.get(session, paper)
        newest = kept.acts[0]
    assert done.papers == ((kept.kind, kept.made_at),)
    assert (newest.act, newest.for_whom, newest.release_id) == (
        PaperAct.RELEASED, "Marisol Northfield", request.id,
    )  # fmt: skip
    assert ("exported", "release") in _events(offices)[known:]


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"asked_by": " "}, "asked_by"),
        ({"asked_on": TODAY + timedelta(days=1)}, "asked_on"),
        ({"due_on": ASKED - timedelta(days=1)}, "due_on"),
    ],
)
def test_a_request_that_cannot_be_is_refused_by_field(
    offices: Offices, parts: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        asked(offices, **parts)
    assert set(refused.value.fields) == {field}


def test_nothing_is_given_without_identity_document_or_way_or_of_another_patient(offices: Offices) -> None:
    mine, others = left(offices, offices.north.referral), left(offices, offices.south.referral)
    with pytest.raises(InvalidInput) as refused:
        given(offices, asked(offices, identity=""), how=" ", on=TODAY + timedelta(days=1))
    assert set(refused.value.fields) == {"papers", "identity", "given_how", "given_on"}
    with pytest.raises(InvalidInput, match="another patient"):
        given(offices, asked(offices), mine, others)
    with offices.db.read() as session:
        assert [one.act for one in ledger.get(session, mine).acts] == [PaperAct.SENT]


def test_an_answered_request_is_not_answered_again_and_an_old_look_overwrites_nothing(
    offices: Offices,
) -> None:
    request, paper = asked(offices), left(offices, offices.north.referral)
    with offices.db.begin() as session:
        releases.record(session, replace(request, note="Called twice"))
    with pytest.raises(Conflict):
        given(offices, request, paper)
    with offices.db.begin() as session:
        refused = releases.refuse(session, request.id, "Not the patient")
    with pytest.raises(InvalidInput, match="answered already"):
        given(offices, refused, paper)


def test_open_requests_stand_first_by_their_day(offices: Offices) -> None:
    late, soon = asked(offices), asked(offices, due_on=TODAY)
    over = given(offices, asked(offices), left(offices, offices.north.referral))
    with offices.db.read() as session:
        assert [one.id for one in releases.find(session)] == [soon.id, late.id, over.id]
        assert [one.id for one in releases.find(session, open_only=True)] == [soon.id, late.id]


def test_office_staff_release_nothing_and_see_their_own_practice_alone(offices: Offices) -> None:
    request = asked(offices)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    with offices.db.read() as session:
        assert releases.find(session) == []
    with offices.db.begin() as session, pytest.raises(Denied):
        releases.refuse(session, request.id, "No")


def _events(world: Offices) -> list[tuple[str, str]]:
    with world.db.read() as session:
        return [(one.action, one.kind) for one in reversed(audit.find(session, audit.Filter()))]
