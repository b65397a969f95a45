"""Corrections that patients ask for: days of the rule, reasons of the rule, statements, and who was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral_app.choices import DenialBasis, StaffRole
from referral_app.services import amendments
from referral_app.services.amendments import AmendmentRecord, Statement, ToldOf
from referral_app.services.errors import Conflict, Denied, InvalidInput, NotFound
from tests.acting import as_role
from tests.services.conftest import Offices

TODAY = date.today()
ASKED = TODAY - timedelta(days=3)


def asked(world: Offices, **parts: object) -> AmendmentRecord:
    wish = AmendmentRecord(
        world.north.patient, "Invented Northfield", ASKED, "It began in 2019, not in 2009."
    )
    with world.db.begin() as session:
        return amendments.record(session, replace(wish, **parts))


def denied(world: Offices) -> AmendmentRecord:
    one = asked(world)
    with world.db.begin() as session:
        return amendments.deny(session, one.id, DenialBasis.COMPLETE, "Your diary says 2009.", one.version)


def accepted(world: Offices) -> AmendmentRecord:
    one = asked(world, reference=world.north.reference)
    with world.db.begin() as session:
        return amendments.accept(session, one.id, "Onset corrected", one.version)


def test_an_answer_is_due_in_sixty_days_and_is_put_off_once_by_thirty_with_the_reason(
    offices: Offices,
) -> None:
    one = asked(offices)
    assert one.due_on == ASKED + timedelta(days=60)
    with offices.db.begin() as session:
        with pytest.raises(InvalidInput) as refused:
            amendments.extend(session, one.id, " ", one.version)
        assert set(refused.value.fields) == {"extended_why"}
        later = amendments.extend(session, one.id, "The clinician is away", one.version)
        with pytest.raises(InvalidInput, match="once"):
            amendments.extend(session, one.id, "Again", later.version)
    assert (later.due_on, later.extended_why) == (ASKED + timedelta(days=90), "The clinician is away")


def test_the_day_is_not_put_off_once_it_is_over(offices: Offices) -> None:
    one = asked(offices, asked_on=TODAY - timedelta(days=61))
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="over"):
        amendments.extend(session, one.id, "Late")


def test_editing_one_keeps_what_it_was_put_off_by(offices: Offices) -> None:
    one = asked(offices)
    with offices.db.begin() as session:
        later = amendments.extend(session, one.id, "The clinician is away")
        edited = amendments.record(session, replace(later, what="It began in May 2019."))
    assert (edited.due_on, edited.what) == (later.due_on, "It began in May 2019.")


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"asked_by": " "}, "asked_by"),
        ({"what": ""}, "what"),
        ({"asked_on": TODAY + timedelta(days=1)}, "asked_on"),
    ],
)
def test_what_cannot_be_is_refused_by_field(offices: Offices, parts: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        asked(offices, **parts)
    assert set(refused.value.fields) == {field}


def test_a_referral_of_somebody_else_and_a_patient_who_is_not_there_are_refused(offices: Offices) -> None:
    with pytest.raises(InvalidInput, match="another patient"):
        asked(offices, reference=offices.south.reference)
    with pytest.raises(NotFound):
        asked(offices, patient_id="00000000-0000-4000-8000-00000000dead")


def test_a_denial_needs_a_reason_of_the_rule_and_words_for_the_patient(offices: Offices) -> None:
    one = asked(offices)
    with offices.db.begin() as session, pytest.raises(InvalidInput) as refused:
        amendments.deny(session, one.id, "we do not like it", " ", one.version)
    assert set(refused.value.fields) == {"basis", "why"}


def test_what_was_answered_is_not_answered_again(offices: Offices) -> None:
    one = denied(offices)
    assert (one.is_open, one.accepted, one.decided_on, one.decided_by) == (False, False, TODAY, "Rosa Ortiz")
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="already"):
        amendments.accept(session, one.id)


def test_two_people_who_answer_the_same_request_do_not_write_over_each_other(offices: Offices) -> None:
    one = asked(offices)
    with offices.db.begin() as session:
        amendments.extend(session, one.id, "Away", one.version)
    with offices.db.begin() as session, pytest.raises(Conflict):
        amendments.accept(session, one.id, "", one.version)


def test_a_statement_of_disagreement_is_kept_for_later_copies(offices: Offices) -> None:
    one = denied(offices)
    with offices.db.begin() as session:
        with pytest.raises(InvalidInput):
            amendments.disagree(session, one.id, "  ", one.version)
        amendments.disagree(session, one.id, "I kept no diary in 2009.", one.version)
    with offices.db.read() as session:
        said = amendments.statements(session, offices.north.patient)
        assert amendments.statements(session, offices.south.patient) == []
    what, why = "It began in 2019, not in 2009.", "Your diary says 2009."
    words = "I kept no diary in 2009."
    assert said == [Statement(ASKED, what, words, "", TODAY, DenialBasis.COMPLETE, why)]


def test_nobody_disagrees_with_what_was_accepted(offices: Offices) -> None:
    one = accepted(offices)
    with offices.db.begin() as session, pytest.raises(InvalidInput):
        amendments.disagree(session, one.id, "No")


def test_who_was_told_of_a_correction_is_kept(offices: Offices) -> None:
    one = accepted(offices)
    assert (one.reference, one.referral_id) == (offices.north.reference, offices.north.referral)
    with offices.db.begin() as session:
        for who, on, field in (("", TODAY, "who"), ("Orla Keen, MD", TODAY + timedelta(days=1), "on")):
            with pytest.raises(InvalidInput) as refused:
                amendments.tell(session, one.id, who, on)
            assert set(refused.value.fields) == {field}
        amendments.tell(session, one.id, "Orla Keen, MD", TODAY, one.version)
        told = amendments.tell(session, one.id, "Example Health", TODAY)
    assert told.told == (ToldOf("Orla Keen, MD", TODAY), ToldOf("Example Health", TODAY))


def test_nobody_is_told_of_what_was_not_corrected(offices: Offices) -> None:
    one = denied(offices)
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="Nothing was corrected"):
        amendments.tell(session, one.id, "Orla Keen, MD", TODAY)


def test_open_ones_come_first_by_their_day(offices: Offices) -> None:
    answered = denied(offices)
    late = asked(offices, asked_on=TODAY - timedelta(days=80))
    new = asked(offices, patient_id=offices.south.patient)
    with offices.db.read() as session:
        assert [one.id for one in amendments.find(session)] == [late.id, new.id, answered.id]
        assert [one.id for one in amendments.find(session, open_only=True)] == [late.id, new.id]
        assert [one.patient for one in amendments.find(session, offices.south.patient)] == [
            "Southfield, Invented"
        ]


def test_another_practice_sees_and_answers_nothing(offices: Offices) -> None:
    one = asked(offices)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    with offices.db.read() as session:
        assert amendments.find(session) == []
        assert amendments.statements(session, offices.north.patient) == []
    with pytest.raises(Denied), offices.db.begin() as session:
        amendments.accept(session, one.id)
