"""The accounting of disclosures: what counts, for whom, over which period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from referral_app.choices import BounceReason, Channel, PaperAct, PaperKind, StaffRole
from referral_app.clinical import dates
from referral_app.models.sending import SendAttempt
from referral_app.models.surgeon import Surgeon
from referral_app.services import disclosures, fax_numbers, incidents, ledger, referrals, releases, sending
from referral_app.services.disclosures import CARE, COPY, MISTAKE, Disclosure
from referral_app.services.errors import Denied, InvalidInput, NotFound
from referral_app.services.incidents import IncidentRecord
from referral_app.services.ledger import Document, Leaving
from referral_app.services.releases import ReleaseRecord
from referral_app.services.send_records import Bounce, Sending
from tests.acting import as_role
from tests.services.conftest import Offices

TODAY = date.today()


def sent(world: Offices, whom: str = "Orla Keen, MD") -> str:
    letter = Document(PaperKind.LETTER, world.north.referral, 1)
    with world.db.begin() as session:
        return ledger.leave(session, letter, b"letter", Leaving(PaperAct.SENT, "Fax", whom))


def given(world: Offices, by: str, relation: str) -> None:
    paper = sent(world)
    with world.db.begin() as session:
        asked = releases.record(
            session, ReleaseRecord(world.north.patient, by, TODAY, relation, identity="Photo ID")
        )
        releases.give(session, asked.id, [paper], "By mail", TODAY)


def misdirected(world: Offices, on: date = TODAY) -> None:
    with world.db.begin() as session:
        incidents.record(
            session, IncidentRecord(world.north.reference, on, "410-555-0199", "Referral letter", "A bakery")
        )


def found(world: Offices, patient: str = "", **more: Any) -> list[Disclosure]:
    with world.db.read() as session:
        return disclosures.find(session, patient or world.north.patient, **more)


def test_a_copy_for_a_lawyer_counts_and_a_letter_for_care_does_not_unless_asked_for(offices: Offices) -> None:
    given(offices, "Invented Law Office", "lawyer")
    copied = Disclosure(
        TODAY, "Invented Law Office", "Referral letter", f"{COPY}: lawyer", "By mail", offices.north.reference
    )
    assert found(offices) == [copied]
    more = found(offices, care_too=True)
    assert [(one.who, one.purpose) for one in more] == [
        ("Invented Law Office", f"{COPY}: lawyer"), ("Orla Keen, MD", CARE),
    ]  # fmt: skip


@pytest.mark.parametrize("relation", ["the patient", "legal representative"])
def test_what_the_patient_or_who_acts_for_the_patient_got_is_none(offices: Offices, relation: str) -> None:
    given(offices, "Invented Northfield", relation)
    assert found(offices) == []


def test_a_wrong_fax_counts_in_any_case(offices: Offices) -> None:
    misdirected(offices)
    (one,) = found(offices)
    assert (one.who, one.what, one.purpose, one.where) == (
        "A bakery",
        "Referral letter",
        MISTAKE,
        "(410) 555-0199",
    )


def test_a_letter_went_to_the_surgeon_whom_it_asked_also_once_another_one_is_asked(offices: Offices) -> None:
    sent(offices, "")
    with offices.db.begin() as session:
        before = referrals.get(session, offices.north.referral)
        other = next(one for one in session.scalars(select(Surgeon.id)) if one != before.surgeon_id)
        intake = {**before.intake, "request": {**before.intake["request"], "surgeon": other}}
        after = referrals.save(session, intake, referral_id=before.id, version=before.version, why="Sooner")
        letter = Document(PaperKind.LETTER, before.reference, after.number)
        ledger.leave(session, letter, b"another letter", Leaving(PaperAct.SENT, "Fax"))
    assert {one.who for one in found(offices, care_too=True)} == {before.surgeon, after.surgeon}
    assert before.surgeon != after.surgeon


def test_what_was_sent_to_a_wrong_place_counts_on_the_day_on_which_it_was_sent(offices: Offices) -> None:
    with offices.db.begin() as session:
        referrals.sign(session, offices.north.referral, "Rosa Ortiz, MD")
        made = sending.begin(session, offices.north.referral, Sending(Channel.MAIL, parts=("letter",)))
        row = session.get_one(SendAttempt, made.id)
        row.started_at -= timedelta(days=9)
        record = IncidentRecord(
            offices.north.reference, TODAY, "410-555-0199", "Letter", "A bakery", attempt_id=made.id
        )
        incidents.record(session, record)
    assert [one.on for one in found(offices)] == [TODAY - timedelta(days=9)]


def test_the_first_and_the_last_day_belong_to_the_period(offices: Offices) -> None:
    day = TODAY - timedelta(days=10)
    misdirected(offices, day)
    assert len(found(offices, since=day, to=day)) == 1
    assert found(offices, since=day + timedelta(days=1)) == []
    assert found(offices, to=day - timedelta(days=1)) == []


def test_a_copy_counts_on_the_day_on_which_it_was_given_though_it_is_recorded_later(offices: Offices) -> None:
    paper, day = sent(offices), TODAY - timedelta(days=20)
    with offices.db.begin() as session:
        asked = ReleaseRecord(
            offices.north.patient, "Invented Law Office", day, "lawyer", identity="Photo ID"
        )
        releases.give(session, releases.record(session, asked).id, [paper], "By mail", day)
    assert [one.on for one in found(offices, since=day, to=day)] == [day]
    assert found(offices, since=TODAY) == []


def test_nothing_of_another_patient_stands_in_it(offices: Offices) -> None:
    given(offices, "Invented Law Office", "lawyer")
    misdirected(offices)
    assert found(offices, offices.south.patient, care_too=True) == []


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ({"since": TODAY - timedelta(days=7 * 366)}, "since"),
        ({"since": TODAY, "to": TODAY - timedelta(days=1)}, "to"),
        ({"to": TODAY + timedelta(days=1)}, "to"),
    ],
)
def test_a_period_that_cannot_be_is_refused(offices: Offices, period: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        found(offices, **period)
    assert set(refused.value.fields) == {field}


def test_it_is_for_those_who_release_copies(offices: Offices) -> None:
    with pytest.raises(NotFound):
        found(offices, "00000000-0000-4000-8000-00000000dead")
    as_role(offices.db, StaffRole.PACKET_STAFF)
    with pytest.raises(Denied):
        found(offices)


def test_a_fax_that_went_astray_names_who_really_has_it_and_nothing_that_is_the_offices_own(
    offices: Offices,
) -> None:
    with offices.db.begin() as session:
        number = referrals.sign(session, offices.north.referral, "Rosa Ortiz, MD").number
        target = fax_numbers.target(session, offices.north.referral)
        assert target is not None
        paper = ledger.leave(
            session, Document(PaperKind.LETTER, offices.north.referral, number, pages=3), b"letter",
            Leaving(PaperAct.SENT, "Fax"),
        )  # fmt: skip
        wanted = Sending(
            Channel.FAX, parts=("letter",), last_four=target.number[-4:], shown=target.number, paper_id=paper
        )
        made = sending.begin(session, offices.north.referral, wanted)
        note = "Bettina mistyped it, the shop called"
        bounce = Bounce(
            BounceReason.WRONG_NUMBER, TODAY, note, who_has_it="A florist", reached="410-555-0109"
        )
        incident = sending.fail(session, made.id, bounce).incident_id
    (one,) = found(offices, care_too=True)  # and not as sent to the surgeon, who got nothing
    assert (one.who, one.where, one.purpose) == ("A florist", "(410) 555-0109", MISTAKE)
    assert one.what == f"Referral letter, 3 pages, sent on {dates.say(TODAY)}"
    with offices.db.read() as session:
        kept = incidents.get(session, incident)
    assert (kept.said, note in kept.note) == ("(410) 555-0109", True)


@pytest.mark.parametrize(("reached", "where"), [("", ""), (None, "said")])
def test_a_number_that_nobody_knows_is_not_told_as_the_surgeons(
    offices: Offices, reached: str | None, where: str
) -> None:
    with offices.db.begin() as session:
        referrals.sign(session, offices.north.referral, "Rosa Ortiz, MD")
        target = fax_numbers.target(session, offices.north.referral)
        assert target is not None
        number = target.number
        made = sending.begin(
            session, offices.north.referral,
            Sending(Channel.FAX, parts=("letter",), last_four=number[-4:], shown=number),
        )  # fmt: skip
        sending.fail(session, made.id, Bounce(BounceReason.WRONG_NUMBER, TODAY, reached=reached))
    (one,) = found(offices)
    assert (one.who, one.where) == (disclosures.UNKNOWN, target.said if where else "")


def test_a_number_that_cannot_be_is_said_beside_its_field(offices: Offices) -> None:
    with offices.db.begin() as session:
        referrals.sign(session, offices.north.referral, "Rosa Ortiz, MD")
        target = fax_numbers.target(session, offices.north.referral)
        assert target is not None
        number = target.number
        wanted = Sending(Channel.FAX, parts=("letter",), last_four=number[-4:], shown=number)
        made = sending.begin(session, offices.north.referral, wanted)
    with pytest.raises(InvalidInput) as raised, offices.db.begin() as session:
        sending.fail(session, made.id, Bounce(BounceReason.WRONG_NUMBER, TODAY, reached="0109"))
    assert list(raised.value.fields) == ["reached"]
