"""Fax numbers: four digits before the first letter, and what went to a number that turns out to be old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral_app.choices import AuditAction, BounceReason, Channel, ReferralState, StaffRole
from referral_app.database import Database, Session
from referral_app.models.base import now
from referral_app.models.directory import FaxConfirmed
from referral_app.services import audit, fax_numbers, locations, referrals, sending, surgeons, verification
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.send_records import Bounce, Sending
from referral_app.services.surgeon_records import LocationRecord, Placement, SurgeonRecord
from tests.acting import as_role
from tests.services.conftest import EVERYTHING, Offices, complete

NUMBER = "410-555-0103"
TODAY = date.today()


def why(db: Database, verified_on: date | None = None, number: str = NUMBER) -> str:
    with db.read() as session:
        return fax_numbers.needs_confirmation(session, number, verified_on)


def confirmed(db: Database, days: int) -> None:
    """Let the number have been confirmed so many days ago."""
    with db.begin() as session:
        fax_numbers.confirm(session, NUMBER, "0103")
        session.get_one(FaxConfirmed, "4105550103").at = now() - timedelta(days)


def test_a_number_is_confirmed_by_its_last_four_digits_alone(db: Database) -> None:
    assert why(db)
    for typed in ("", "103", "0104", "4105550103", "abcd"):
        with db.begin() as session, pytest.raises(InvalidInput):
            fax_numbers.confirm(session, NUMBER, typed)
    with db.begin() as session:
        fax_numbers.confirm(session, NUMBER, " 0-1-0-3 ")
    assert why(db) == ""
    assert why(db, number="+1 (410) 555 0103") == ""
    assert why(db, number="410-555-0113")


def test_a_confirmation_counts_for_90_days(db: Database) -> None:
    confirmed(db, 89)
    assert why(db) == ""
    confirmed(db, 90)
    assert "last confirmed on" in why(db)


def test_a_younger_verification_with_the_office_counts_too_but_not_alone(db: Database) -> None:
    assert why(db, TODAY)
    confirmed(db, 200)
    assert why(db, TODAY - timedelta(89)) == ""
    assert why(db, TODAY - timedelta(90))


def _signed(offices: Offices, name: str) -> None:
    with offices.db.begin() as session:
        referrals.sign(session, name, "Rosa Ortiz, MD")


def test_a_number_by_which_a_letter_went_astray_says_so_until_it_is_verified_with_the_office(
    offices: Offices,
) -> None:
    name = offices.north.reference
    _signed(offices, name)
    with offices.db.begin() as session:
        found = fax_numbers.target(session, name)
        assert found is not None
        sent = sending.begin(
            session,
            name,
            Sending(Channel.FAX, parts=("letter",), last_four=found.number[-4:], shown=found.number),
        )
        sending.fail(session, sent.id, Bounce(BounceReason.WRONG_NUMBER, TODAY, who_has_it="A bakery"))
    told = why(offices.db, TODAY - timedelta(1), found.number)
    assert "went to a wrong place by this number" in told
    assert "wrong place" not in why(offices.db, TODAY, found.number)  # verified since
    assert "wrong place" not in why(offices.db, number="410-555-0144")


def test_the_first_letter_to_a_number_needs_its_digits_and_is_noted(offices: Offices) -> None:
    name = offices.north.reference
    _signed(offices, name)
    with offices.db.read() as session:
        found = fax_numbers.target(session, name)
    assert found is not None
    assert found.why
    for typed in ("", "0000"):
        with offices.db.begin() as session, pytest.raises(InvalidInput) as refused:
            fax_numbers.mark_faxed(session, name, typed)
        assert set(refused.value.fields) == {"last_four"}
    with offices.db.begin() as session:
        assert fax_numbers.went_to(session, found.number) == []
        sent = fax_numbers.mark_faxed(session, name, found.number[-4:])
    assert sent.state is ReferralState.SENT
    with offices.db.read() as session:
        (went,) = fax_numbers.went_to(session, found.number)
        assert referrals.history(session, name)[-1].why.startswith(f"Fax to {found.said}, ending in ")
    assert (went.reference, went.patient, went.person) == (name, "Northfield, Invented", "Rosa Ortiz")


def test_the_next_letter_to_it_is_not_asked_again(offices: Offices) -> None:
    for office in (offices.north, offices.south):
        _signed(offices, office.reference)
    with offices.db.begin() as session:
        found = fax_numbers.target(session, offices.north.reference)
        assert found is not None
        fax_numbers.mark_faxed(session, offices.north.reference, found.number[-4:])
        fax_numbers.mark_faxed(session, offices.south.reference)
        assert len(fax_numbers.went_to(session, found.number)) == 2


def test_a_letter_that_cannot_be_sent_leaves_no_trace_at_the_number(offices: Offices) -> None:
    with offices.db.begin() as session:
        found = fax_numbers.target(session, offices.north.reference)
        assert found is not None
    with pytest.raises(InvalidInput, match="Only a signed"), offices.db.begin() as session:
        fax_numbers.mark_faxed(session, offices.north.reference, found.number[-4:])
    with offices.db.read() as session:
        assert fax_numbers.went_to(session, found.number) == []
        assert fax_numbers.needs_confirmation(session, found.number)


def test_what_went_is_told_of_the_own_practice_alone_and_that_is_noted(offices: Offices) -> None:
    db = offices.db
    with db.begin() as session:
        found = fax_numbers.target(session, offices.north.reference)
        assert found is not None
        for office in (offices.north, offices.south):
            fax_numbers.used(session, found.number, office.referral, found.surgeon_id, "Letter sent")
    as_role(db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice, name="Office North")
    with db.read() as session:
        assert [one.patient for one in fax_numbers.went_to(session, found.number)] == ["Northfield, Invented"]
    with db.begin() as session, pytest.raises(Denied):
        fax_numbers.used(session, found.number, offices.south.referral, found.surgeon_id, "Letter sent")
    as_role(db, *EVERYTHING)
    with db.read() as session:
        shown = [one for one in audit.find(session, audit.Filter()) if one.kind == "fax_list"]
    assert [(one.action, one.patient_id) for one in shown] == [(AuditAction.OPENED, offices.north.patient)]


def test_a_number_that_an_entry_lost_is_told_with_what_went_to_it(offices: Offices) -> None:
    db = offices.db
    with db.begin() as session:
        found = fax_numbers.target(session, offices.north.reference)
        assert found is not None
        before = surgeons.get(session, found.surgeon_id)
        fax_numbers.used(session, found.number, offices.north.referral, before.id, "Letter sent")
        places = tuple(replace(place, fax="410-555-0199") for place in before.placements)
        after = surgeons.save(session, replace(before, placements=places))
    with db.read() as session:
        told = fax_numbers.left_behind(session, before, after)
        assert [(one.said, [went.reference for went in one.went]) for one in told] == [
            (found.said, [offices.north.reference])
        ]
        assert fax_numbers.left_behind(session, after, after) == []
        assert fax_numbers.left_behind(session, None, after) == []


def test_the_letters_of_everybody_at_a_location_are_told_when_its_fax_changes(offices: Offices) -> None:
    db = offices.db
    with db.begin() as session:
        keen, other = (
            _without_own_fax(session, surgeons.by_npi(session, npi)) for npi in ("9000000015", "9000000023")
        )
        place = keen.placements[0].location
        assert place == other.placements[0].location
        fax_numbers.used(session, place.fax, offices.north.referral, other.id, "Letter sent")
        locations.change(session, place, replace(place, fax="410-555-0199"))
        told = fax_numbers.left_behind(session, keen, surgeons.get(session, keen.id))
    assert [[went.reference for went in one.went] for one in told] == [[offices.north.reference]]


def _without_own_fax(session: Session, surgeon: SurgeonRecord) -> SurgeonRecord:
    return surgeons.save(session, replace(surgeon, placements=(replace(surgeon.placements[0], fax=""),)))


def test_a_number_written_in_another_way_has_not_changed(filled: Database) -> None:
    with filled.read() as session:
        before = surgeons.by_npi(session, "9000000015")
    places = tuple(replace(place, fax=place.fax.replace("-", ".")) for place in before.placements)
    assert fax_numbers.changed(before, replace(before, placements=places)) == ()
    assert fax_numbers.changed(before, replace(before, placements=())) == ("4105550103", "4105550113")


def test_a_number_that_changed_since_it_was_shown_is_not_marked(offices: Offices) -> None:
    name = offices.north.reference
    _signed(offices, name)
    with offices.db.begin() as session:
        found = fax_numbers.target(session, name)
        assert found is not None
    with pytest.raises(InvalidInput, match="changed meanwhile"), offices.db.begin() as session:
        fax_numbers.mark_faxed(session, name, found.number[-4:], "410-555-0199")
    with offices.db.begin() as session:
        assert fax_numbers.went_to(session, found.number) == []
        sent = fax_numbers.mark_faxed(session, name, found.number[-4:], found.number)
    assert sent.state is ReferralState.SENT


def test_a_location_without_a_fax_says_whose_number_it_is(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        bare = LocationRecord(name="Bare Clinic", city="Towson", state="MD", zip="21204")
        keen = surgeons.save(session, replace(keen, placements=(*keen.placements, Placement(bare))))
        answers = complete("Zed")
        answers["request"] |= {"surgeon": keen.id, "location": keen.placements[-1].location.id}
        found = fax_numbers.target(session, referrals.save(session, answers).id)
        answers["request"]["location"] = keen.placements[0].location.id
        usual = fax_numbers.target(session, referrals.save(session, answers).id)
    assert found is not None
    assert usual is not None
    assert found.note == f"This location has no fax; the number is that of {found.place}."
    assert usual.note == ""


def test_a_number_by_which_a_fax_went_astray_is_verified_again_before_it_counts(offices: Offices) -> None:
    name = offices.north.reference
    _signed(offices, name)

    def target() -> fax_numbers.Target:
        with offices.db.read() as session:
            found = fax_numbers.target(session, name)
        assert found is not None
        return found

    def verify() -> None:
        with offices.db.begin() as session:
            entry = surgeons.get(session, target().surgeon_id)
            places = [one.location.id for one in entry.placements if fax_numbers.of(one) == target().number]
            faxes = dict.fromkeys(places, target().number[-4:])
            verification.verify(
                session, entry.id, by="Maria", how="Phone", on=TODAY, entry=False, faxes=faxes
            )

    verify()
    assert (target().verified_on, target().astray_on) == (TODAY, None)
    with offices.db.begin() as session:
        number = target().number
        fax = Sending(Channel.FAX, parts=("letter",), last_four=number[-4:], shown=number)
        made = sending.begin(session, name, fax)
        bounce = Bounce(BounceReason.WRONG_NUMBER, TODAY, who_has_it="A florist", reached="410-555-0109")
        sending.fail(session, made.id, bounce)
    assert (target().verified_on, target().astray_on) == (None, TODAY)  # that of this morning is of no use
    assert target().is_stale()
    assert "wrong place" in target().why
    verify()
    assert (target().verified_on, target().astray_on) == (TODAY, None)
    with offices.db.begin() as session:
        assert "wrong place" in fax_numbers.needs_confirmation(session, "410-555-0109")
