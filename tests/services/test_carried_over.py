"""What the next referral of a patient begins with."""

from __future__ import annotations

from referral_app.database import Database
from referral_app.services import carried_over, referrals
from tests.services.conftest import complete


def test_the_next_referral_begins_from_the_last_one_that_was_not_canceled(db: Database) -> None:
    with db.begin() as session:
        first = referrals.save(session, complete("Northfield"))
        mistaken = complete("Northfield")
        mistaken["pain"]["side"] = "left"
        mistaken["diagnosis"]["working"] = "facial_pain"
        second = referrals.save(session, mistaken, patient_id=first.patient_id)
        assert carried_over.latest(session, first.patient_id).values["diagnosis"]["working"] == "facial_pain"
        referrals.cancel(session, second.id, "The wrong patient")
        kept = carried_over.latest(session, first.patient_id).values
        assert kept["diagnosis"] == first.intake["diagnosis"]
        assert kept["pain"]["side"] == first.intake["pain"]["side"]
        referrals.cancel(session, first.id, "Moved away")
        assert not carried_over.latest(session, first.patient_id).values
