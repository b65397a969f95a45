"""Whose records somebody sees: a practice its own, the Center all, and nobody another's by asking for it by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from referral_app.choices import PaperAct, PaperKind, ReplyKind, RequestAct, StaffRole
from referral_app.database import Database
from referral_app.models.patient import Patient
from referral_app.models.referral import Draft, Referral
from referral_app.services import (
    calls,
    drafts,
    ledger,
    owners,
    patient_duplicates,
    patients,
    permissions,
    practices,
    printing,
    referrals,
    replies,
    requests,
    retention,
    search,
    signing,
    tasks,
    versions,
    worklists,
)
from referral_app.services.calls import CallRecord
from referral_app.services.errors import Denied
from referral_app.services.ledger import Document, Leaving
from referral_app.services.patients import PatientRecord
from referral_app.services.practices import PracticeRecord
from referral_app.services.referral_records import Filter
from referral_app.services.replies import Reply
from referral_app.services.requests import Happened
from referral_app.services.tasks import Wish
from tests.acting import as_role
from tests.services.conftest import EVERYTHING, Office, Offices, complete

NEW_DRAFT = "00000000-0000-4000-8000-000000000008"
OF_ONE_PRACTICE = (StaffRole.OFFICE_STAFF, StaffRole.CLINICIAN)
OF_ALL = (StaffRole.SCHEDULER, StaffRole.PACKET_STAFF, StaffRole.ADMINISTRATOR)


def seen(db: Database) -> set[str]:
    """Return the family names that lists, counts, searches and queues show to the person who acts."""
    with db.read() as session:
        found = {one.values["family_name"] for one in patients.find(session, "")}
        rows = worklists.find(session, Filter())
        typed = drafts.find(session)
        queues = {queue.key: queue.count for queue in worklists.queues(session)}
        hits = {word: search.anything(session, word) for word in ("Northfield", "Southfield")}
        assert patients.count(session) == len(found) == worklists.count(session, Filter()) == len(rows)
        assert (queues["draft"], queues["ready"]) == (len(typed), len(rows))
        assert {row.patient.partition(",")[0] for row in rows} == found
        assert {draft.patient.replace("draft", "field") for draft in typed} == found
        assert {word for word, hit in hits.items() if hit} == found
        assert all({"patient", "referral"} == {one.kind for one in hit} for hit in hits.values() if hit)
    return found


@pytest.mark.parametrize("role", OF_ONE_PRACTICE)
def test_a_practice_sees_its_own_patients_referrals_and_drafts_alone(
    offices: Offices, role: StaffRole
) -> None:
    as_role(offices.db, role, practice_id=offices.north.practice)
    assert seen(offices.db) == {"Northfield"}
    as_role(offices.db, role, practice_id=offices.south.practice)
    assert seen(offices.db) == {"Southfield"}
    as_role(offices.db, role)
    assert seen(offices.db) == set()


@pytest.mark.parametrize("role", OF_ALL)
def test_the_center_sees_every_practice(offices: Offices, role: StaffRole) -> None:
    as_role(offices.db, role)
    assert seen(offices.db) == {"Northfield", "Southfield"}


def test_emergency_access_lifts_the_bounds_until_it_ends(offices: Offices) -> None:
    who = as_role(offices.db, StaffRole.CLINICIAN, practice_id=offices.north.practice)
    offices.db.act_as(who.person_id, who.name, replace(who, emergency="Patient in the emergency room"))
    assert seen(offices.db) == {"Northfield", "Southfield"}
    offices.db.act_as(who.person_id, who.name, who)
    assert seen(offices.db) == {"Northfield"}


GETTERS: dict[str, Callable[[Session, Office], Any]] = {
    "patient": lambda session, of: patients.get(session, of.patient),
    "patient saved": lambda session, of: patients.save(
        session, PatientRecord({"family_name": "Taken"}, [], of.patient, 1)
    ),
    "referral": lambda session, of: referrals.get(session, of.referral),
    "referral by number": lambda session, of: referrals.get(session, of.reference),
    "history": lambda session, of: referrals.history(session, of.referral),
    "safety": lambda session, of: referrals.safety_of(session, of.referral),
    "versions": lambda session, of: versions.since(session, of.referral, 1),
    "list of versions": lambda session, of: versions.find(session, of.referral),
    "a version": lambda session, of: versions.get(session, of.referral, 1),
    "surgeons of versions": lambda session, of: versions.asked(session, of.referral),
    "what was seen": lambda session, of: versions.seen(session, of.referral),
    "version restored": lambda session, of: versions.restore(session, of.referral, 1, NEW_DRAFT),
    "handed over": lambda session, of: signing.hand_over(session, of.referral),
    "returned": lambda session, of: signing.give_back(session, of.referral, "Ask about the block"),
    "begun for the patient": lambda session, of: referrals.new_intake(session, of.patient),
    "referral saved": lambda session, of: referrals.save(
        session, complete("Taken"), referral_id=of.referral, version=1
    ),
    "new for the patient": lambda session, of: referrals.save(
        session, complete("Taken"), patient_id=of.patient
    ),
    "signed": lambda session, of: referrals.sign(session, of.referral, "Rosa Ortiz, MD"),
    "sent": lambda session, of: referrals.mark_sent(session, of.referral, "Fax"),
    "answered": lambda session, of: requests.enter(
        session, of.referral, Happened(RequestAct.ACCEPT, date.today())
    ),
    "reply": lambda session, of: replies.record(
        session, of.referral, Reply(ReplyKind.ACCEPTED, date.today())
    ),
    "steps": lambda session, of: requests.steps(session, of.referral),
    "told": lambda session, of: requests.tell_patient(session, of.referral, date.today()),
    "task": lambda session, of: tasks.begin(session, of.referral, Wish("Ask")),
    "tasks": lambda session, of: tasks.of_referral(session, of.referral),
    "owner": lambda session, of: owners.get(session, of.referral),
    "plan": lambda session, of: owners.plan(session, of.referral, "Call", None),
    "call": lambda session, of: calls.log(session, CallRecord(of.patient, "Patient", "Talked")),
    "call of a referral": lambda session, of: calls.log(
        session, CallRecord("", "Patient", "Talked", of.referral)
    ),
    "calls": lambda session, of: calls.of_patient(session, of.patient),
    "how long it is kept": lambda session, of: retention.of_patient(session, of.patient),
    "calls of a referral": lambda session, of: calls.of_referral(session, of.referral),
    "known for a call": lambda session, of: calls.known(session, of.patient),
    "canceled": lambda session, of: referrals.cancel(session, of.referral, "Moved away"),
    "draft": lambda session, of: drafts.get(session, of.draft),
    "draft saved": lambda session, of: drafts.save(session, of.draft, {}),
    "draft of the referral": lambda session, of: drafts.save(
        session, "00000000-0000-4000-8000-000000000009", {}, referral_id=of.referral
    ),
    "draft discarded": lambda session, of: drafts.discard(session, of.draft),
    "letter made": lambda session, of: printing.read(session, of.referral, "letter"),
    "letter recorded": lambda session, of: ledger.made(
        session, Document(PaperKind.LETTER, of.referral), b"%PDF"
    ),
    "letter leaves": lambda session, of: ledger.leave(
        session, Document(PaperKind.LETTER, of.referral), b"%PDF", Leaving(PaperAct.PRINTED)
    ),
    "wishes": lambda session, of: printing.wishes(session, of.referral),
}


@pytest.mark.parametrize("name", GETTERS)
def test_another_practices_record_is_refused_and_the_attempt_noted(offices: Offices, name: str) -> None:
    as_role(offices.db, *OF_ONE_PRACTICE, practice_id=offices.north.practice)
    with pytest.raises(Denied, match="another practice"), offices.db.begin() as session:
        GETTERS[name](session, offices.south)
    with offices.db._transaction(read_only=True, info={}) as session:  # noqa: SLF001 - below the services
        last = (
            session.execute(text("SELECT * FROM audit_event ORDER BY sequence DESC LIMIT 1")).mappings().one()
        )
        untouched = {*session.scalars(select(Patient.family_name)), *session.scalars(select(Draft.patient))}
    assert (last["action"], last["outcome"], last["reason"]) == ("denied", "denied", "scope")
    assert last["object_id"] in vars(offices.south).values()
    assert untouched == {"Northfield", "Southfield", "Northdraft", "Southdraft"}


UNSENT = ("sent", "answered", "returned", "reply", "steps", "told")
"""What cannot be done with a referral that is neither signed nor sent."""


@pytest.mark.parametrize("name", [name for name in GETTERS if name not in UNSENT])
def test_the_own_record_is_given(offices: Offices, name: str) -> None:
    as_role(offices.db, *OF_ONE_PRACTICE, practice_id=offices.south.practice)
    with offices.db.begin() as session:
        version = session.get_one(Referral, offices.south.referral).version
        assert version == 1
        GETTERS[name](session, offices.south)


def test_a_save_ends_no_draft_of_another_practice(offices: Offices) -> None:
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.begin() as session:
        referrals.save(session, complete("Third"), draft_id=offices.south.draft)
    as_role(offices.db, *EVERYTHING)
    with offices.db.read() as session:
        assert drafts.get(session, offices.south.draft).patient == "Southdraft"


def test_the_same_person_in_two_practices_stays_two_patients(offices: Offices) -> None:
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.begin() as session:
        again = referrals.save(session, complete("Northfield"))
        other = referrals.save(session, complete("Southfield"))
    assert again.patient_id == offices.north.patient
    assert other.patient_id != offices.south.patient
    with offices.db.begin() as session:
        assert session.get_one(Patient, other.patient_id).practice_id == offices.north.practice
        assert other.practice_id == offices.north.practice


def test_likely_duplicates_are_looked_for_among_the_own_patients(offices: Offices) -> None:
    with offices.db.read() as session:
        values = patients.get(session, offices.south.patient).values
        found = [one.patient.id for one in patient_duplicates.like(session, values)]
        assert found[0] == offices.south.patient
        assert offices.north.patient in found  # the same first name, birth date and phone
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.read() as session:
        found = [one.patient.id for one in patient_duplicates.like(session, values)]
        assert found == [offices.north.patient]


def test_the_next_referral_takes_nothing_over_from_another_practice(offices: Offices) -> None:
    as_role(offices.db, StaffRole.SCHEDULER)
    with offices.db.begin() as session:
        referrals.save(session, complete("Northfield"), patient_id=offices.north.patient)
        session.execute(
            text("UPDATE referral SET practice_id = NULL WHERE reference != :it"),
            {"it": offices.north.reference},
        )
        session.execute(
            text("UPDATE referral SET patient_id = NULL WHERE reference = :it"),
            {"it": offices.north.reference},
        )
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.read() as session:
        begun = referrals.new_intake(session, offices.north.patient)
    assert "treatments" not in begun
    assert begun["patient"]["family_name"] == "Northfield"


def test_what_a_person_typed_of_no_referral_stays_theirs_when_they_change_practice(offices: Offices) -> None:
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice, name="Office North")
    with offices.db.read() as session:
        assert {one.patient for one in drafts.find(session)} == {"Northdraft", "Southdraft"}
        assert [one.patient for one in drafts.find(session, mine=True)] == ["Northdraft"]
        assert drafts.get(session, offices.north.draft).patient == "Northdraft"


def test_a_referring_office_keeps_what_it_had_before_it_was_entered(people_db: Database) -> None:
    as_role(people_db, *EVERYTHING, own_office=True)
    with people_db.begin() as session:
        before = referrals.save(session, complete("Early"))
        drafts.save(session, "00000000-0000-4000-8000-000000000001", {"patient": {"family_name": "Typed"}})
        when = session.scalars(select(Patient.updated)).one()
    assert before.practice_id == ""
    with people_db.begin() as session:
        office = practices.save(session, PracticeRecord("Canton Family Medicine"))
    as_role(people_db, StaffRole.OFFICE_STAFF, practice_id=office.id, own_office=True)
    with people_db.read() as session:
        after = referrals.get(session, before.id)
        assert (after.practice_id, after.version) == (office.id, before.version)
        assert patients.count(session) == 1
        assert len(drafts.find(session)) == 1
        assert session.scalars(select(Patient.updated)).one() == when


def test_an_office_that_was_entered_first_finds_the_patients_that_have_no_practice(
    people_db: Database,
) -> None:
    as_role(people_db, *EVERYTHING, own_office=True)
    with people_db.begin() as session:
        office = practices.save(session, PracticeRecord("Canton Family Medicine"))
        first = referrals.save(session, complete("Early"))
        session.execute(text("UPDATE patient SET practice_id = NULL"))
    as_role(people_db, StaffRole.OFFICE_STAFF, practice_id=office.id, own_office=True)
    with people_db.begin() as session:
        assert patients.count(session) == 1
        again = referrals.save(session, complete("Early"))
        assert again.patient_id == first.patient_id
        assert session.get_one(Patient, first.patient_id).practice_id == office.id


def test_new_records_belong_to_the_practice_of_who_made_them_or_else_to_ours(people_db: Database) -> None:
    as_role(people_db, *EVERYTHING)
    with people_db.begin() as session:
        ours = practices.save(session, PracticeRecord("Headache Center")).id
        other = practices.save(session, PracticeRecord("Elsewhere"), ours=False).id
        assert practices.of_actor(session) == ours
    as_role(people_db, StaffRole.CLINICIAN, practice_id=other)
    with people_db.begin() as session:
        assert practices.of_actor(session) == other
        record = referrals.save(session, complete("Other"))
        assert record.practice_id == other
        assert permissions.actor(session).practice_id == other
