"""Who leaves and who comes after: the referrals affected, and each sent to another surgeon with the patient's yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from referral_app.choices import Accepting, AppointmentStatus, ReferralState
from referral_app.database import Database
from referral_app.models.surgeon import Surgeon
from referral_app.models.work import Appointment
from referral_app.services import departures, fax_numbers, referrals, surgeons
from referral_app.services.departures import Agreement, Departure
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.surgeon_records import SurgeonRecord
from tests.services.conftest import Offices

TODAY = date.today()
AGREED = Agreement("Rosa Ortiz", TODAY)


def _surgeon(offices: Offices) -> SurgeonRecord:
    with offices.db.read() as session:
        return referrals.surgeon_of(session, referrals.get(session, offices.north.reference))


def _other(offices: Offices) -> SurgeonRecord:
    with offices.db.read() as session:
        ids = session.scalars(select(Surgeon.id).where(Surgeon.id != _surgeon(offices).id)).all()
        return surgeons.get(session, ids[0])


def _keep(offices: Offices, **values: object) -> None:
    with offices.db.begin() as session:
        departures.keep(session, _surgeon(offices), Departure(**values))  # type: ignore[arg-type]


def _affected(offices: Offices) -> dict[str, str]:
    with offices.db.read() as session:
        found = departures.affected(session, _surgeon(offices).id)
    return {one.referral.reference: one.why for one in found}


def _book(offices: Offices, day: date) -> None:
    with offices.db.begin() as session:
        session.add(
            Appointment(
                referral_id=offices.north.referral, surgeon_id=_surgeon(offices).id,
                start=datetime.combine(day, time(15), UTC), status=AppointmentStatus.SCHEDULED,
            )
        )  # fmt: skip


def test_nobody_is_affected_while_nobody_leaves(offices: Offices) -> None:
    assert _affected(offices) == {}


def test_open_referrals_without_a_visit_are_affected_by_a_last_day_or_a_leave(offices: Offices) -> None:
    _keep(offices, last_day=TODAY + timedelta(30))
    assert set(_affected(offices)) == {offices.north.reference, offices.south.reference}
    _keep(offices, away_from=TODAY, away_to=TODAY + timedelta(5))
    assert all("the leave is from" in why for why in _affected(offices).values())
    _keep(offices, away_from=TODAY - timedelta(9), away_to=TODAY - timedelta(1))
    assert _affected(offices) == {}


def test_a_visit_before_the_last_day_or_outside_the_leave_stands(offices: Offices) -> None:
    _book(offices, TODAY + timedelta(10))
    _keep(offices, last_day=TODAY + timedelta(11))
    assert set(_affected(offices)) == {offices.south.reference}
    _keep(offices, last_day=TODAY + timedelta(8))
    assert "is after the last day" in _affected(offices)[offices.north.reference]
    _keep(offices, away_from=TODAY + timedelta(9), away_to=TODAY + timedelta(12))
    assert "falls into the leave" in _affected(offices)[offices.north.reference]
    _keep(offices, away_from=TODAY + timedelta(20))
    assert offices.north.reference not in _affected(offices)


def test_what_is_over_is_not_affected(offices: Offices) -> None:
    _keep(offices, last_day=TODAY)
    with offices.db.begin() as session:
        referrals.cancel(session, offices.north.reference, "Patient moved away")
    assert set(_affected(offices)) == {offices.south.reference}


def _redirect(
    offices: Offices, agreed: Agreement = AGREED, why: str = "Surgeon leaves"
) -> referrals.ReferralRecord:
    with offices.db.begin() as session:
        seen = departures.prospect(session, offices.north.reference, _other(offices).id)
        return departures.redirect(
            session, offices.north.reference, seen.version, seen.surgeon.id, agreed, why
        )


def test_a_redirect_is_a_new_version_that_voids_the_signature_and_says_why_and_who_asked(
    offices: Offices,
) -> None:
    with offices.db.begin() as session:
        signed = referrals.sign(session, offices.north.reference, "Rosa Ortiz, MD")
    assert signed.state is ReferralState.SIGNED
    other = _other(offices)
    after = _redirect(offices)
    assert (after.number, after.state, after.signed_by) == (signed.number + 1, ReferralState.DRAFT, "")
    assert after.surgeon_id == other.id
    assert after.intake["referrer"]["patient_agreed"] is True
    assert after.intake["request"].get("location") == (
        other.placements[0].location.id if len(other.placements) == 1 else None
    )
    with offices.db.read() as session:
        last = referrals.history(session, offices.north.reference)[-1]
    assert last.what == "Changed after signing; the signature is void"
    assert "Surgeon leaves. The patient agreed, asked by Rosa Ortiz on" in last.why


def test_without_the_patients_agreement_nothing_is_redirected(offices: Offices) -> None:
    for agreed, why, fields in (
        (Agreement(), "", {"asked_by", "asked_on", "why"}),
        (Agreement("Rosa Ortiz", TODAY + timedelta(1)), "Leave", {"asked_on"}),
    ):
        with pytest.raises(InvalidInput) as refused:
            _redirect(offices, agreed, why)
        assert set(refused.value.fields) == fields


def test_the_location_chosen_is_that_of_the_referral_and_must_be_the_new_surgeons(offices: Offices) -> None:
    with offices.db.read() as session:
        several = surgeons.by_npi(session, "9000000015")
        if several.id == _surgeon(offices).id:
            several = surgeons.by_npi(session, "9000000031")
    asked = (several.id, AGREED, "Leave")
    with offices.db.begin() as session:
        seen = departures.prospect(session, offices.north.reference, several.id)
        with pytest.raises(InvalidInput) as refused:
            departures.redirect(session, offices.north.reference, seen.version, *asked, "elsewhere")
        at = several.placements[-1].location.id
        after = departures.redirect(session, offices.north.reference, seen.version, *asked, at)
    assert set(refused.value.fields) == {"location"}
    assert after.intake["request"]["location"] == at


def test_a_single_location_of_the_new_surgeon_is_taken_by_itself(offices: Offices) -> None:
    with offices.db.begin() as session:
        other = _other(offices)
        surgeons.save(session, replace(other, placements=other.placements[:1]))
    after = _redirect(offices)
    assert after.intake["request"]["location"] == other.placements[0].location.id


def test_a_referral_that_changed_since_the_new_check_is_not_redirected(offices: Offices) -> None:
    with offices.db.begin() as session, pytest.raises(Conflict):
        departures.redirect(session, offices.north.reference, 0, _other(offices).id, AGREED, "Leave")


def test_the_same_or_an_absent_surgeon_cannot_be_chosen(offices: Offices) -> None:
    for key in (_surgeon(offices).id, "", "00000000-0000-4000-8000-000000000000"):
        with offices.db.read() as session, pytest.raises(InvalidInput) as refused:
            departures.prospect(session, offices.north.reference, key)
        assert set(refused.value.fields) == {"surgeon"}


def test_the_new_check_is_that_of_the_other_surgeon_with_what_is_to_be_known(offices: Offices) -> None:
    _book(offices, TODAY + timedelta(10))
    other = _other(offices)
    with offices.db.begin() as session:
        referrals.sign(session, offices.north.reference, "Rosa Ortiz, MD")
        departures.keep(session, other, Departure(away_from=TODAY))
        seen = departures.prospect(session, offices.north.reference, other.id)
        intake = {**referrals.get(session, offices.north.reference).intake}
        place = {"location": other.placements[0].location.id} if len(other.placements) == 1 else {}
        intake["request"] = {**intake["request"], "surgeon": other.id, **place}
        intake["referrer"] = {**intake["referrer"], "patient_agreed": True}
        assert seen.check == referrals.checked(session, intake)
    assert any("not accepting" in note for note in seen.notes)
    assert any("must be signed again" in note for note in seen.notes)
    assert any("is canceled with this. Tell their office." in note for note in seen.notes)


def test_the_letter_of_a_redirected_referral_goes_to_the_other_fax(offices: Offices) -> None:
    other = _other(offices)
    _redirect(offices)
    with offices.db.read() as session:
        found = fax_numbers.target(session, offices.north.reference)
    assert found is not None
    assert found.surgeon_id == other.id


def test_leaving_is_checked_field_by_field(filled: Database) -> None:
    with filled.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    with filled.begin() as session, pytest.raises(InvalidInput) as refused:
        departures.keep(session, keen, Departure(away_from=TODAY, away_to=TODAY - timedelta(1)))
    assert set(refused.value.fields) == {"away_to"}


def test_the_surgeons_who_fit_are_offered_without_those_who_were_asked(offices: Offices) -> None:
    name, asked = offices.north.referral, _surgeon(offices).id
    with offices.db.begin() as session:
        found = departures.fitting(session, name)
    assert found
    assert asked not in [one.surgeon.id for one in found]
    assert len({one.surgeon.id for one in found}) == len(found) <= 5
    first, second = (found[0].surgeon, found[1].surgeon)
    with offices.db.begin() as session:
        found = departures.fitting(session, name, limit=1)
        assert [one.surgeon.id for one in found] == [first.id]
        referrals.sign(session, name, "Rosa Ortiz, MD")
        referrals.mark_sent(session, name, "Mail")
    with offices.db.begin() as session:
        version = departures.prospect(session, name, first.id).version
        departures.redirect(session, name, version, first.id, AGREED, "No room")
    with offices.db.begin() as session:
        again = [one.surgeon.id for one in departures.fitting(session, name)]
    assert again[0] == second.id
    assert not {asked, first.id} & set(again), "who said no and who is asked now"


def test_a_prospect_says_plan_procedure_ages_and_whether_new_patients_are_taken(offices: Offices) -> None:
    name = offices.north.referral
    with offices.db.begin() as session:
        best = departures.fitting(session, name)[0].surgeon
        surgeons.save(
            session,
            replace(best, age_min=None, age_max=17, plans=("Invented Other Plan",), accepting=Accepting.NO),
        )
    with offices.db.begin() as session:
        match = departures.prospect(session, name, best.id).match
    assert match is not None
    said = [point.words for point in match.fit if point.kind == "unmet"]
    assert any(words.startswith("Sees patients up to 17 years") for words in said)
    assert any("is not among the plans on file" in words for words in said)
    assert Accepting.NO.label in said
    assert not any(point.words.startswith("The office") for point in match.fit), "the check says that"
