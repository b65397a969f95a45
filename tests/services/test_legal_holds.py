"""Legal holds: placed and lifted with a reason, by those who may."""

from __future__ import annotations

from typing import Any

import pytest

from referral_app.choices import StaffRole
from referral_app.services import audit, drafts, legal_holds
from referral_app.services.errors import Denied, InvalidInput, NotFound
from tests.acting import as_role
from tests.services.conftest import Offices

DRAFT = "00000000-0000-4000-8000-00000000000b"


def test_a_hold_is_placed_and_lifted_with_a_reason_and_both_are_kept(offices: Offices) -> None:
    with offices.db.begin() as session:
        with pytest.raises(InvalidInput) as refused:
            legal_holds.place(session, offices.north.patient, " ")
        assert set(refused.value.fields) == {"why"}
        hold = legal_holds.place(session, offices.north.patient, "Invented claim")
        assert hold.stands
        with pytest.raises(InvalidInput):
            legal_holds.lift(session, hold.id, "")
        over = legal_holds.lift(session, hold.id, "Claim withdrawn")
        assert (over.stands, over.lifted_by, over.lifted_why) == (False, "Rosa Ortiz", "Claim withdrawn")
        with pytest.raises(InvalidInput, match="already"):
            legal_holds.lift(session, hold.id, "Again")
    with offices.db.read() as session:
        noted = [(one.action, one.kind) for one in audit.find(session, audit.Filter())[:2]]
        assert noted == [("changed", "legal_hold"), ("created", "legal_hold")]
        assert [one.why for one in legal_holds.of_patient(session, offices.north.patient)] == [
            "Invented claim"
        ]
        assert legal_holds.of_patient(session, offices.south.patient) == []


def test_a_scheduler_places_a_hold_and_only_an_administrator_lifts_it(offices: Offices) -> None:
    as_role(offices.db, StaffRole.SCHEDULER)
    with offices.db.begin() as session:
        hold = legal_holds.place(session, offices.north.patient, "Invented claim")
    with pytest.raises(Denied), offices.db.begin() as session:
        legal_holds.lift(session, hold.id, "Over")


@pytest.mark.parametrize("of_referral", [True, False])
def test_no_draft_of_a_patient_is_thrown_away_while_a_hold_stands(
    offices: Offices, of_referral: bool
) -> None:
    about: dict[str, Any] = (
        {"referral_id": offices.north.referral} if of_referral else {"patient_id": offices.north.patient}
    )
    with offices.db.begin() as session:
        drafts.save(session, DRAFT, offices.intake(), **about)
        hold = legal_holds.place(session, offices.north.patient, "Invented claim")
    with pytest.raises(InvalidInput, match="legal hold"), offices.db.begin() as session:
        drafts.discard(session, DRAFT)
    with offices.db.begin() as session:
        assert drafts.get(session, DRAFT).id == DRAFT
        legal_holds.lift(session, hold.id, "Claim withdrawn")
        drafts.discard(session, DRAFT)


def test_who_or_what_is_not_there_is_said(offices: Offices) -> None:
    nobody = "00000000-0000-4000-8000-00000000dead"
    with offices.db.begin() as session:
        with pytest.raises(NotFound):
            legal_holds.place(session, nobody, "Claim")
        with pytest.raises(NotFound):
            legal_holds.lift(session, nobody, "Over")
