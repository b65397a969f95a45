"""The detail of a patient: which referral speaks for them."""

from __future__ import annotations

from referral_app.services import referrals
from referral_app.ui.desk import Desk
from referral_app.ui.patients import detail
from tests.services.conftest import complete


def test_allergies_and_the_next_start_are_not_those_of_a_canceled_referral(desk: Desk) -> None:
    with desk.db.begin() as session:
        first = referrals.save(session, complete("Northfield"))
        mistaken = complete("Northfield")
        mistaken["safety"]["allergies"] = [{"substance": "Somebody else's"}]
        second = referrals.save(session, mistaken, patient_id=first.patient_id)
        assert detail.read(session, first.patient_id).allergies == mistaken["safety"]["allergies"]
        referrals.cancel(session, second.id, "The wrong patient")
        file = detail.read(session, first.patient_id)
        assert file.allergies == first.intake["safety"]["allergies"]
        assert [one.id for one in file.referrals] == [second.id, first.id]
        assert file.last == file.referrals[1]
        referrals.cancel(session, first.id, "Moved away")
        assert detail.read(session, first.patient_id).last is None
