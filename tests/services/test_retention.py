"""How long records are kept, and deleting one: all that is theirs goes, nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from referral_app.choices import PaperAct, PaperKind, ReferralState, StaffRole
from referral_app.database import Database
from referral_app.models.everything import Base
from referral_app.models.paper import Paper, PaperContent, PaperEvent, Release
from referral_app.models.patient import Patient
from referral_app.models.privacy import Amendment
from referral_app.models.referral import Referral
from referral_app.models.waiting import Waiting
from referral_app.services import (
    amendments,
    attachments,
    audit,
    batches,
    calls,
    drafts,
    erasing,
    fax_numbers,
    incidents,
    ledger,
    legal_holds,
    owners,
    patient_merging,
    patients,
    referrals,
    releases,
    requests,
    retention,
    sending,
    surgery_plans,
    tasks,
    visit_acts,
    worklists,
)
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.attachments import Owner
from referral_app.services.batches import Wish
from referral_app.services.calls import CallRecord
from referral_app.services.errors import Denied, InvalidInput, NotFound
from referral_app.services.incidents import IncidentRecord
from referral_app.services.ledger import Document, Leaving
from referral_app.services.referral_records import Filter
from referral_app.services.releases import ReleaseRecord
from tests.acting import as_role
from tests.services.audit_matrix import ACCEPTED, SENDING, VISIT
from tests.services.conftest import Office, Offices

LONG_AGO = datetime(2001, 3, 27, 15, tzinfo=UTC)
NAME = "Northfield, Invented"
SERIAL, OTHER = 1, 2


def test_years_count_from_the_last_activity_and_for_children_from_eighteen() -> None:
    assert retention.keep_until(date(2020, 3, 27), date(1984, 1, 1), 7) == date(2027, 3, 27)
    assert retention.keep_until(date(2020, 3, 27), date(2010, 5, 2), 7) == date(2035, 5, 2)
    assert retention.keep_until(date(2020, 2, 29), date(1984, 1, 1), 7) == date(2027, 3, 1)
    assert retention.keep_until(date(2020, 3, 27), date(2004, 2, 29), 7) == date(2029, 3, 1)
    assert retention.keep_until(date(2020, 3, 27), None, 7) == date(2045, 3, 27), "nobody knows how old"


def test_the_years_are_the_centers_own_and_never_less_than_an_accounting_goes_back(offices: Offices) -> None:
    with offices.db.begin() as session:
        assert retention.years(session) == retention.YEARS == 7
        for number in (5, 51):
            with pytest.raises(InvalidInput):
                retention.set_years(session, number)
        retention.set_years(session, 10)
        assert retention.years(session) == 10
    as_role(offices.db, StaffRole.SCHEDULER)
    with pytest.raises(Denied), offices.db.begin() as session:
        retention.set_years(session, 7)


def filled(world: Offices, of: Office) -> None:
    """Let a patient have something in every table that can belong to one."""
    with world.db.begin() as session:
        owner = Owner(of.draft, of.referral)
        attachments.add(session, owner, f"%PDF {of.reference}".encode(), pages=1)
        letter = Document(PaperKind.LETTER, of.referral, 1)
        own = ledger.leave(session, letter, of.reference.encode(), Leaving(PaperAct.SENT, "Fax"))
        ledger.leave(session, letter, b"the same for both", Leaving(PaperAct.PRINTED))
        wish = ReleaseRecord(of.patient, "Law office", date(2026, 1, 2), "lawyer", identity="Letter")
        asked = releases.record(session, wish)
        releases.give(session, asked.id, [own], "By mail", date.today())
        one = amendments.record(
            session, AmendmentRecord(of.patient, "Patient", date(2026, 1, 2), "The onset")
        )
        amendments.accept(session, one.id)
        hold = legal_holds.place(session, of.patient, "Claim")
        legal_holds.lift(session, hold.id, "Over")
        calls.log(session, CallRecord(of.patient, "Patient", "Talked", of.referral))
        tasks.begin(session, of.referral, tasks.Wish("Ask"))
        owners.plan(session, of.referral, "Call", date(2026, 12, 1))
        incidents.record(session, IncidentRecord(of.reference, date(2026, 1, 2), "", "Letter", "A bakery"))
        visit_acts.book(session, of.referral, VISIT)
        surgery_plans.save(session, surgery_plans.get(session, of.referral))
        batches.begin(session, "Visits", batches.FILES, [Wish(of.reference, PaperKind.PACKET)])
    with world.db.begin() as session:
        referrals.sign(session, of.referral, "Rosa Ortiz, MD")
        sending.begin(session, of.referral, SENDING)
        requests.enter(session, of.referral, ACCEPTED)
        fax_numbers.used(session, "4105550103", of.referral, None, "Letter sent")
        drafts.save(
            session,
            f"{of.draft[:-2]}7{of.draft[-1]}",
            {"goals": {"patient_goal": "Sleep"}},
            referral_id=of.referral,
        )


def closed(world: Offices, of: Office) -> None:
    """Let everything be over, and long ago."""
    with world.db.begin() as session:
        session.execute(update(Referral).where(Referral.id == of.referral).values(state=ReferralState.CLOSED))
        session.execute(text("UPDATE appointment SET status = 'kept', start = '2001-03-27 12:00:00'"))
        session.execute(text("UPDATE incident SET closed_at = '2001-03-27 12:00:00'"))
        for table, mine in (
            (Patient, Patient.id == of.patient), (Referral, Referral.id == of.referral),
            (Release, Release.patient_id == of.patient), (Amendment, Amendment.patient_id == of.patient),
        ):  # fmt: skip
            session.execute(update(table).where(mine).values(updated=LONG_AGO))
        papers = select(Paper.id).where(Paper.patient_id == of.patient)
        session.execute(update(PaperEvent).where(PaperEvent.paper_id.in_(papers)).values(at=LONG_AGO))
        session.execute(text("UPDATE call SET at = '2001-03-27 12:00:00'"))


def rows(db: Database) -> dict[str, int]:
    with db.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
            if name != "audit_event"
        }


def contents(db: Database) -> Mapping[str, set[Any]]:
    """Return all rows of all tables."""
    with db.read() as session:
        return {
            name: {str(tuple(row)) for row in session.execute(select(table))}
            for name, table in Base.metadata.tables.items()
            if name != "audit_event"
        }


def delete(world: Offices, of: Office, name: str = NAME) -> retention.Deleted:
    with world.db.begin() as session:
        return retention.delete(session, of.patient, name)


def test_all_that_is_of_a_patient_goes_and_nothing_of_anybody_else(offices: Offices) -> None:
    filled(offices, offices.south)
    closed(offices, offices.south)
    only_south = contents(offices.db)
    filled(offices, offices.north)
    closed(offices, offices.north)
    both = rows(offices.db)
    closed(offices, offices.south)
    done = delete(offices, offices.north)
    after = contents(offices.db)
    north = named_by(offices, offices.north)
    for name, known in only_south.items():
        lost = set[Any]() if name.startswith("waiting") else known - after[name]
        assert not [row for row in lost if not any(one in row for one in north)], name
    for name, left in after.items():
        assert name.startswith("waiting") or not [row for row in left if any(one in row for one in north)], (
            name
        )
    assert {
        name: both[name] - len(after[name])
        for name in after
        if both[name] != len(after[name]) and not name.startswith("waiting")
    } == {name: number for name, number in done.rows.items() if name not in ("waiting", "waiting_count")}
    assert done.referrals == 1
    with offices.db.read() as session:
        assert not session.scalar(select(func.count()).select_from(Waiting).where(Waiting.serial == SERIAL))
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalars(select(PaperContent.content)).all().count(b"the same for both") == 1
        with pytest.raises(NotFound):
            patients.get(session, offices.north.patient)
        assert worklists.count(session, Filter(patient_id=offices.south.patient)) == 1
        assert patients.count(session, "Northfield") == 0


def named_by(world: Offices, of: Office) -> tuple[str, ...]:
    """Return what tells the rows of the first of the patients: ids, reference, name, and serial number 1."""
    with world.db.read() as session:
        assert session.scalar(select(func.min(Referral.serial))) == OTHER
    return (
        of.patient,
        of.referral,
        of.reference,
        of.reference.replace("-", ""),
        "orthfield",
        f"', {SERIAL})",
    )


def test_every_table_that_can_point_to_a_patient_is_filled_in_the_test_above(offices: Offices) -> None:
    filled(offices, offices.north)
    with offices.db.read() as session:
        doomed = erasing.all_of(session, [offices.north.patient])
    missing = {name for name, ids in doomed.items() if not ids}
    assert missing == {"patient_merge", "placed_signature"}


def test_the_audit_keeps_that_it_was_done_and_not_who_it_was(offices: Offices) -> None:
    closed(offices, offices.north)
    with offices.db.begin() as session:
        drafts.discard(session, offices.north.draft)
    delete(offices, offices.north)
    with offices.db.read() as session:
        last = audit.find(session, audit.Filter())[0]
    assert (last.action, last.kind, last.object_id) == ("removed", "patient", offices.north.patient)
    assert "orthfield" not in str(last)


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("legal hold", "hold"), ("referral is still open", "referral"), ("request for a copy", "copy"),
        ("correction", "correction"), ("kept until", "time"), ("Type the name", "name"),
    ],
)  # fmt: skip
def test_it_is_refused_while_something_stands_against_it(offices: Offices, why: str, change: str) -> None:
    of = offices.north
    with offices.db.begin() as session:
        if change == "hold":
            legal_holds.place(session, of.patient, "Claim")
        elif change == "copy":
            releases.record(session, ReleaseRecord(of.patient, "Law office", date(2026, 1, 2), "lawyer"))
        elif change == "correction":
            amendments.record(session, AmendmentRecord(of.patient, "Patient", date(2026, 1, 2), "The onset"))
    closed(offices, of)
    with offices.db.begin() as session:
        if change == "referral":
            session.execute(
                update(Referral).where(Referral.id == of.referral).values(state="sent", updated=LONG_AGO)
            )
        elif change == "time":
            session.execute(update(Patient).where(Patient.id == of.patient).values(updated=datetime.now(UTC)))
    before = rows(offices.db)
    with pytest.raises(InvalidInput, match=why):
        delete(offices, of, "Southfield, Invented" if change == "name" else NAME)
    assert rows(offices.db) == before


def test_the_name_may_be_typed_as_it_is_spoken_in_any_case(offices: Offices) -> None:
    closed(offices, offices.north)
    with offices.db.begin() as session:
        drafts.discard(session, offices.north.draft)
        spoken = patients.get(session, offices.north.patient).spoken
    assert delete(offices, offices.north, f"  {spoken.upper()} ").referrals == 1


def test_those_whose_time_is_over_are_listed_with_what_stands_against_it(offices: Offices) -> None:
    closed(offices, offices.north)
    with offices.db.begin() as session:
        assert [one.patient for one in retention.due(session)] == [NAME]
        legal_holds.place(session, offices.north.patient, "Claim")
        (one,) = retention.due(session)
        assert one.against == ("A legal hold stands.",)
        assert (one.last_on, one.referrals) == (LONG_AGO.astimezone().date(), 1)
        assert retention.of_patient(session, offices.north.patient).keep_until == one.keep_until
    with offices.db.begin() as session:
        calls.log(session, CallRecord(offices.north.patient, "Patient", "Talked"))
        assert retention.due(session) == [], "a call is an activity"


def test_a_child_is_kept_beyond_eighteen(offices: Offices) -> None:
    closed(offices, offices.north)
    with offices.db.begin() as session:
        born = date(date.today().year - 20, 1, 1)
        mine = update(Patient).where(Patient.id == offices.north.patient)
        session.execute(mine.values(date_of_birth=born, updated=LONG_AGO))
        assert retention.due(session) == []
        assert retention.of_patient(session, offices.north.patient).keep_until == date(born.year + 25, 1, 1)


def test_who_was_merged_into_a_patient_goes_along(offices: Offices) -> None:
    with offices.db.begin() as session:
        twin = patients.save(session, patients.PatientRecord({"family_name": "Northfeld"}))
        patient_merging.merge(session, patients.get(session, offices.north.patient), twin)
        drafts.discard(session, offices.north.draft)
    closed(offices, offices.north)
    with offices.db.begin() as session:
        with pytest.raises(NotFound):
            retention.may_delete(session, twin.id, "Northfeld")
        gone = retention.delete(session, offices.north.patient, NAME)
    assert gone.rows["patient"] == 2
    assert gone.rows["patient_merge"] == 1


def _fail_behind(world: Offices) -> None:
    with world.db.begin() as session:
        retention.delete(session, world.north.patient, NAME)
        _ = 1 / 0


def test_versions_stay_guarded_after_a_deletion_and_after_one_that_failed(offices: Offices) -> None:
    closed(offices, offices.north)
    with pytest.raises(ZeroDivisionError):
        _fail_behind(offices)
    with offices.db.read() as session:
        assert patients.get(session, offices.north.patient).name == NAME
    delete(offices, offices.north)
    with pytest.raises(IntegrityError), offices.db.begin() as session:
        session.execute(text("DELETE FROM referral_version"))


def test_only_an_administrator_deletes(offices: Offices) -> None:
    closed(offices, offices.north)
    as_role(offices.db, StaffRole.SCHEDULER, StaffRole.CLINICIAN, StaffRole.OFFICE_STAFF)
    with pytest.raises(Denied):
        delete(offices, offices.north)
