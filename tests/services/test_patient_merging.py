"""Two patients become one and two again: what moves, what leads where, what is refused, and what is noted."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from referral_app.choices import PaperAct, PaperKind, StaffRole
from referral_app.database import Database
from referral_app.models.work import Call
from referral_app.services import (
    amendments,
    disclosures,
    drafts,
    ledger,
    legal_holds,
    patient_duplicates,
    patient_merging,
    patients,
    referrals,
    releases,
    worklists,
)
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.errors import Conflict, Denied, InvalidInput
from referral_app.services.ledger import Document, Leaving
from referral_app.services.patient_merging import MergedPatients
from referral_app.services.patients import PatientRecord
from referral_app.services.referral_records import Filter
from referral_app.services.releases import ReleaseRecord
from tests.acting import as_role
from tests.services.conftest import Offices, complete

DRAFT = "00000000-0000-4000-8000-00000000000a"
TODAY = date.today()


def two(db: Database) -> tuple[str, str]:
    """Store one person twice, each with a referral, the second with a draft and a call; return the ids."""
    with db.begin() as session:
        first = referrals.save(session, complete("Northfield"))
        other = complete("Northfield-Vega")
        other["patient"] |= {"mrn": "B-2", "phone": "443-555-0199", "preferred_name": "Vee"}
        second = referrals.save(session, other)
        drafts.save(session, DRAFT, {"patient": other["patient"]}, patient_id=second.patient_id)
        session.add(Call(patient_id=second.patient_id, said="Invented"))
    assert first.patient_id != second.patient_id
    return first.patient_id, second.patient_id


def sent(session: Session, reference: str, content: bytes) -> None:
    letter = Document(PaperKind.LETTER, reference, 1)
    ledger.leave(session, letter, content, Leaving(PaperAct.SENT, "Fax", "Somebody"))


def merged(db: Database, kept_id: str, dropped_id: str, **values: Any) -> MergedPatients:
    with db.begin() as session:
        found = patient_merging.prospect(session, kept_id, dropped_id)
        entry = replace(found.kept, values={**found.kept.values, **values})
        return patient_merging.merge(session, entry, found.dropped)


def test_a_merge_says_before_what_moves_and_moves_it(db: Database) -> None:
    kept, dropped = two(db)
    with db.read() as session:
        told = patient_merging.prospect(session, kept, dropped)
    assert dict(told.of_dropped) == {
        "referrals": 1,
        "drafts": 1,
        "calls": 1,
        "appointments": 0,
        "papers": 0,
        "releases": 0,
        "amendments": 0,
        "legal_holds": 0,
    }
    done = merged(db, kept, dropped, mrn="B-2")
    with db.read() as session:
        assert patients.get(session, kept).values["mrn"] == "B-2"
        assert worklists.count(session, Filter(patient_id=kept)) == 2
        assert drafts.get(session, DRAFT).patient_id == kept
        assert session.query(Call).one().patient_id == kept
    assert done.moved["referrals"] == 1


def test_the_dropped_one_is_in_no_list_but_search_and_opening_lead_to_the_kept_one(db: Database) -> None:
    kept, dropped = two(db)
    merged(db, kept, dropped)
    with db.read() as session:
        for words in ("", "northfield", "vega", "443-555-0199", "0199", "b-2", "vee"):
            assert [one.id for one in patients.find(session, words)] == [kept], words
            assert patients.count(session, words) == 1
        assert patients.get(session, dropped).id == kept
        like = patient_duplicates.like(session, complete("Northfield-Vega")["patient"])
        assert [one.patient.id for one in like] == [kept]


def test_no_version_of_a_referral_changes_and_an_old_one_brings_no_old_answers_back(db: Database) -> None:
    kept, dropped = two(db)
    with db.read() as session:
        (row,) = worklists.find(session, Filter(patient_id=dropped))
        before = referrals.get(session, row.id).intake
    merged(db, kept, dropped, email="new@example.org")
    with db.begin() as session:
        record = referrals.get(session, row.id)
        assert record.intake == before
        assert record.updated == row.updated
        intake = deepcopy(record.intake)
        intake["patient"]["phone"] = "443-555-0111"
        referrals.save(session, intake, referral_id=row.id, version=record.version, patient_id=dropped)
        now = patients.get(session, kept)
    assert now.values["family_name"] == "Northfield"
    assert now.values["email"] == "new@example.org"
    assert now.values["phone"] == "443-555-0111"


def test_an_undo_brings_everything_back(db: Database) -> None:
    kept, dropped = two(db)
    with db.read() as session:
        before = patients.get(session, kept), patients.get(session, dropped)
    done = merged(db, kept, dropped, mrn="B-2", preferred_name="Vee")
    with db.begin() as session:
        parted = patient_merging.undo(session, done.merge_id)
    assert parted.stays == ()
    with db.read() as session:
        after = patients.get(session, kept), patients.get(session, dropped)
        assert [(one.values, one.coverage) for one in after] == [(one.values, one.coverage) for one in before]
        assert worklists.count(session, Filter(patient_id=kept)) == 1
        assert worklists.count(session, Filter(patient_id=dropped)) == 1
        assert drafts.get(session, DRAFT).patient_id == dropped
        assert {one.id for one in patients.find(session, "northfield")} == {kept, dropped}
        (told,) = patient_merging.of_patient(session, kept)
    assert told.undone_at is not None
    assert told.other == "Invented Inés Northfield-Vega"


def test_an_undo_gives_back_papers_requests_and_the_legal_hold(db: Database) -> None:
    kept, dropped = two(db)
    with db.begin() as session:
        (row,) = worklists.find(session, Filter(patient_id=dropped))
        legal_holds.place(session, dropped, "Invented claim")
        sent(session, row.reference, b"before")
        releases.record(
            session, ReleaseRecord(dropped, "Invented Law Office", TODAY, "lawyer", identity="Photo ID")
        )
        amendments.record(
            session, AmendmentRecord(dropped, "Vee Northfield-Vega", TODAY, "The date of the block")
        )
    done = merged(db, kept, dropped)
    with db.begin() as session:
        sent(session, row.reference, b"since")  # of the same referral, while there was one patient
    with db.begin() as session:
        assert patient_merging.undo(session, done.merge_id).stays == ()
    with db.read() as session:
        assert [one.why for one in legal_holds.of_patient(session, dropped)] == ["Invented claim"]
        assert legal_holds.of_patient(session, kept) == []
        for one, papers, others in ((dropped, 2, 1), (kept, 0, 0)):
            assert len(disclosures.find(session, one, care_too=True)) == papers
            assert len(releases.find(session, patient_id=one)) == len(amendments.find(session, one)) == others


def test_a_hold_that_was_placed_since_a_merge_stands_for_both_after_its_undo(db: Database) -> None:
    kept, dropped = two(db)
    done = merged(db, kept, dropped)
    with db.begin() as session:
        legal_holds.place(session, kept, "Invented claim")
    with db.begin() as session:
        (said,) = patient_merging.undo(session, done.merge_id).stays
        assert "stands for both" in said
        assert all(legal_holds.of_patient(session, one)[0].stands for one in (kept, dropped))


def test_an_undo_after_later_edits_leaves_them_and_says_so(db: Database) -> None:
    kept, dropped = two(db)
    done = merged(db, kept, dropped, mrn="B-2", preferred_name="Vee")
    with db.begin() as session:
        patient = patients.get(session, kept)
        patients.save(
            session, replace(patient, values={**patient.values, "mrn": "C-3", "email": "a@example.org"})
        )
    with db.begin() as session:
        parted = patient_merging.undo(session, done.merge_id)
    assert parted.stays == (
        "Email was changed since the merge: look whose it is.",
        "Medical record number was changed since the merge and stays as it is.",
    )
    assert parted.kept.values["mrn"] == "C-3"
    assert parted.kept.values["email"] == "a@example.org"
    assert parted.kept.values["preferred_name"] == "Mari"
    assert parted.back.values["mrn"] == "B-2"


def test_a_referral_that_was_saved_since_under_the_kept_name_stays_there(db: Database) -> None:
    kept, dropped = two(db)
    with db.read() as session:
        (row,) = worklists.find(session, Filter(patient_id=dropped))
    done = merged(db, kept, dropped)
    with db.begin() as session:
        record = referrals.get(session, row.id)
        intake = deepcopy(record.intake)
        intake["patient"]["family_name"] = "Northfield"
        referrals.save(session, intake, referral_id=row.id, version=record.version, patient_id=kept)
    with db.begin() as session:
        parted = patient_merging.undo(session, done.merge_id)
        assert worklists.count(session, Filter(patient_id=kept)) == 2
    assert row.reference in parted.stays[0]


def test_an_undo_is_refused_with_the_reason(db: Database) -> None:
    kept, dropped = two(db)
    done = merged(db, kept, dropped)
    with db.begin() as session:
        third = patients.save(session, PatientRecord({"family_name": "Northfield", "given_name": "Third"}))
    second = merged(db, third.id, kept)
    with db.begin() as session, pytest.raises(InvalidInput, match="Undo that merge first"):
        patient_merging.undo(session, done.merge_id)
    with db.read() as session:
        assert patients.get(session, dropped).id == third.id
    with db.begin() as session:
        patient_merging.undo(session, second.merge_id)
        patient_merging.undo(session, done.merge_id)
        assert patients.get(session, dropped).id == dropped
    with db.begin() as session, pytest.raises(InvalidInput, match="undone already"):
        patient_merging.undo(session, done.merge_id)


def test_what_cannot_be_merged_is_refused(offices: Offices) -> None:
    north, south = offices.north.patient, offices.south.patient
    with offices.db.begin() as session:
        with pytest.raises(InvalidInput, match="two practices"):
            patient_merging.prospect(session, north, south)
        with pytest.raises(InvalidInput, match="two different"):
            patient_merging.prospect(session, north, north)
        record = patients.get(session, north)
        other = patients.save(session, PatientRecord({"family_name": "Northfeld"}))
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.begin() as session, pytest.raises(Denied):
        patient_merging.merge(session, record, other)


def test_somebody_elses_change_in_between_is_told(db: Database) -> None:
    kept, dropped = two(db)
    with db.begin() as session:
        found = patient_merging.prospect(session, kept, dropped)
        patients.save(session, replace(found.dropped, values={**found.dropped.values, "mrn": "C"}))
    with db.begin() as session, pytest.raises(Conflict):
        patient_merging.merge(session, found.kept, found.dropped)
    done = merged(db, kept, dropped)
    with db.begin() as session, pytest.raises(Conflict, match="merged"):
        patients.save(session, done.dropped)


def test_both_patients_audits_tell_of_a_merge_and_of_its_undoing(db: Database) -> None:
    kept, dropped = two(db)
    done = merged(db, kept, dropped)
    with db.begin() as session:
        patient_merging.undo(session, done.merge_id)
    with db.read() as session:
        said = text("SELECT patient_id, details FROM audit_event WHERE action = 'changed' ORDER BY sequence")
        found = [(row[0], row[1]) for row in session.execute(said)]
    told = {(who, word) for who, details in found for word in ("merged_into", "unmerged_from", '"merged"', '"unmerged"')
            if word in details}  # fmt: skip
    assert told == {
        (kept, '"merged"'), (dropped, "merged_into"), (kept, '"unmerged"'), (dropped, "unmerged_from"),
    }  # fmt: skip
