"""Two entries made one and parted again: nothing is lost, and the way back says where it is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from referral_app.choices import AppointmentStatus, DirectoryAct
from referral_app.database import Database
from referral_app.models import directory as around
from referral_app.models.referral import Referral
from referral_app.models.work import Appointment
from referral_app.services import (
    directory_history,
    entry_fields,
    import_judging,
    merging,
    referrals,
    surgeons,
    undoing,
)  # fmt: skip
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.import_records import Outcome, Told
from referral_app.services.surgeon_records import SurgeonRecord


def two(db: Database) -> tuple[SurgeonRecord, SurgeonRecord]:
    """Return the entry of the invented referral's surgeon, to be dropped, and another to be kept."""
    with db.read() as session:
        row = session.scalars(select(Referral)).first()
        assert row is not None
        dropped = surgeons.get(session, row.surgeon_id or "")
        ids = session.scalars(select(surgeons.tables.Surgeon.id).order_by(surgeons.tables.Surgeon.number))
        kept = next(surgeons.get(session, one) for one in ids if one != dropped.id)
    return kept, dropped


def merge(db: Database, kept: SurgeonRecord, dropped: SurgeonRecord, **decided: Any) -> merging.Merged:
    with db.begin() as session:
        return merging.merge(session, replace(kept, **decided), dropped)


def latest(db: Database, surgeon_id: str) -> int:
    with db.read() as session:
        return directory_history.latest(session, surgeon_id)


def unmerge(db: Database, surgeon_id: str) -> SurgeonRecord:
    number = next(one.sequence for one in history(db, surgeon_id) if one.act is DirectoryAct.MERGED)
    with db.begin() as session:
        return undoing.undo(session, number)


def history(db: Database, surgeon_id: str) -> list[directory_history.Change]:
    with db.read() as session:
        return directory_history.of(session, surgeon_id)


def entry(db: Database, surgeon_id: str) -> SurgeonRecord:
    with db.read() as session:
        return surgeons.get(session, surgeon_id)


def everything(db: Database) -> dict[str, Any]:
    """Return all that a merge moves, and both entries, without versions."""
    with db.read() as session:
        rows = {
            table.__tablename__: sorted(
                tuple(getattr(row, name) for name in names) for row in session.scalars(select(table))
            )
            for table, names in (
                (Referral, ("id", "surgeon_id", "surgeon_name", "folded", "version", "number")),
                (Appointment, ("id", "surgeon_id", "version")),
                (around.Favorite, ("person_id", "surgeon_id")),
                (around.FaxUse, ("id", "surgeon_id")),
            )
        }
        ids = session.scalars(select(surgeons.tables.Surgeon.id))
        rows["surgeon"] = [replace(surgeons.get(session, one), version=0) for one in sorted(ids)]
    return rows


def hang(db: Database, kept: SurgeonRecord, dropped: SurgeonRecord) -> None:
    """Hang an appointment, favorites and a fax on the entries."""
    moment = datetime(2026, 3, 27, 14, tzinfo=UTC)
    with db.begin() as session:
        referral = session.scalars(select(Referral)).first()
        assert referral is not None
        session.add(
            Appointment(
                referral_id=referral.id, surgeon_id=dropped.id, start=moment, status=AppointmentStatus.SCHEDULED
            )
        )  # fmt: skip
        session.add(around.FaxUse(number="4105550103", surgeon_id=dropped.id, referral_id=referral.id))
        for person, surgeon in (("a", dropped), ("b", dropped), ("b", kept)):
            session.execute(insert(around.Favorite).values(person_id=person, surgeon_id=surgeon.id))


def test_what_hangs_on_the_dropped_entry_moves_to_the_kept_one(filled: Database) -> None:
    kept, dropped = two(filled)
    hang(filled, kept, dropped)
    done = merge(filled, kept, dropped)
    assert (done.referrals, done.appointments) == (1, 1)
    after = everything(filled)
    assert {row[1] for row in after["referral"]} == {kept.id}
    assert {row[2] for row in after["referral"]} == {kept.name}
    assert {row[1] for row in after["appointment"]} == {kept.id}
    assert after["favorite"] == [("a", kept.id), ("b", kept.id)]
    assert entry(filled, dropped.id).archived


def test_the_kept_entry_answers_to_id_and_npi_of_the_dropped_one(filled: Database) -> None:
    kept, dropped = two(filled)
    merge(filled, kept, dropped)
    with filled.read() as session:
        for name in (dropped.id, dropped.npi, kept.id, kept.npi):
            found = surgeons.find_by(session, name)
            assert found is not None
            assert found.id == kept.id
            assert surgeons.known_as(session, name) == (kept.id, kept.name)
        referral = session.scalars(select(Referral)).first()
        assert referral is not None
        record = referrals.get(session, referral.id)
        assert referrals.UNKNOWN_SURGEON not in referrals.checked(session, record.intake).missing
        assert referrals.surgeon_of(session, record).id == kept.id


def test_where_the_kept_entry_takes_the_others_npi_both_numbers_still_lead_to_it(filled: Database) -> None:
    kept, dropped = two(filled)
    merge(filled, kept, dropped, npi=dropped.npi)
    assert entry(filled, kept.id).npi == dropped.npi
    with filled.read() as session:
        assert surgeons.known_as(session, kept.npi) == (kept.id, kept.name)
    unmerge(filled, kept.id)
    assert (entry(filled, kept.id).npi, entry(filled, dropped.id).npi) == (kept.npi, dropped.npi)


def test_a_merge_of_a_merged_entry_leads_on_to_the_last(filled: Database) -> None:
    kept, dropped = two(filled)
    with filled.read() as session:
        ids = session.scalars(select(surgeons.tables.Surgeon.id))
        third = next(surgeons.get(session, one) for one in ids if one not in (kept.id, dropped.id))
    first = merge(filled, kept, dropped).kept
    merge(filled, third, first)
    with filled.read() as session:
        found = surgeons.find_by(session, dropped.id)
    assert found is not None
    assert found.id == third.id
    with filled.begin() as session, pytest.raises(InvalidInput, match="Undo that first"):
        undoing.undo(session, history(filled, dropped.id)[0].sequence)


def test_a_merge_is_undone_from_the_history_of_either_entry_and_once_only(filled: Database) -> None:
    kept, dropped = two(filled)
    hang(filled, kept, dropped)
    before = everything(filled)
    merge(filled, kept, dropped, npi=dropped.npi, notes="both")
    unmerge(filled, dropped.id)
    assert everything(filled) == before
    with filled.begin() as session, pytest.raises(InvalidInput, match="undone already"):
        undoing.undo(
            session, next(c.sequence for c in history(filled, kept.id) if c.act is DirectoryAct.MERGED)
        )


def test_edits_since_the_merge_stay_when_it_is_undone(filled: Database) -> None:
    kept, dropped = two(filled)
    plans = entry_fields.joined("plans", kept.plans, dropped.plans)
    done = merge(filled, kept, dropped, plans=plans, notes="from the other", public_note="from the other")
    with filled.begin() as session:
        surgeons.save(session, replace(done.kept, notes="mine", plans=(*done.kept.plans, "New Plan")))
    unmerge(filled, kept.id)
    after = entry(filled, kept.id)
    assert after.notes == "mine"
    assert after.public_note == kept.public_note
    assert set(after.plans) == {*kept.plans, "New Plan"}


def test_an_unmerge_is_refused_where_the_npi_is_anothers_by_now(filled: Database) -> None:
    kept, dropped = two(filled)
    merge(filled, replace(kept, npi=kept.npi), dropped)
    with filled.begin() as session:
        row = session.get_one(surgeons.tables.Surgeon, dropped.id)
        row.npi = None
        session.flush()
        surgeons.save(session, SurgeonRecord("Una", "Taker", npi=dropped.npi))
    before = everything(filled)
    with pytest.raises(InvalidInput, match="Una Taker has the NPI"):
        unmerge(filled, kept.id)
    assert everything(filled) == before


def test_an_unmerge_is_refused_where_a_letter_went_out_since(filled: Database) -> None:
    kept, dropped = two(filled)
    merge(filled, kept, dropped)
    with filled.begin() as session:
        referral = session.scalars(select(Referral)).first()
        assert referral is not None
        if not referral.signed_at:
            referrals.sign(session, referral.id, "Odile Brightwater, MD")
        referrals.mark_sent(session, referral.id, "Fax")
    with pytest.raises(InvalidInput, match=f"referral {referral.reference} went out since the merge"):
        unmerge(filled, kept.id)
    assert entry(filled, dropped.id).merged_into_id == kept.id


def test_an_entry_that_changed_meanwhile_is_not_merged_over(filled: Database) -> None:
    kept, dropped = two(filled)
    with filled.begin() as session:
        surgeons.save(session, replace(dropped, notes="new"))
    with pytest.raises(Conflict):
        merge(filled, kept, dropped)


def test_an_entry_is_merged_neither_with_itself_nor_out_of_the_directory(filled: Database) -> None:
    kept, dropped = two(filled)
    with pytest.raises(InvalidInput, match="two different"):
        merge(filled, kept, kept)
    with filled.begin() as session:
        surgeons.archive(session, dropped.id)
    with pytest.raises(InvalidInput, match="not in the directory"):
        merge(filled, kept, entry(filled, dropped.id))


def test_a_file_that_names_the_dropped_entry_changes_neither_and_says_why(filled: Database) -> None:
    kept, dropped = two(filled)
    merge(filled, kept, dropped)
    told = Told(7, {"given_name": "A", "family_name": "B", "npi": dropped.npi})
    with filled.begin() as session:
        (judged,) = import_judging.judge(session, [told])
    assert judged.outcome is Outcome.REFUSED
    assert judged.sentence.startswith("Row 7: this entry was merged into another")


def test_a_referral_saved_while_merged_goes_back_where_its_answers_say(filled: Database) -> None:
    kept, dropped = two(filled)
    merge(filled, kept, dropped)
    with filled.begin() as session:
        referral = session.scalars(select(Referral)).first()
        assert referral is not None
        seen = referrals.get(session, referral.id)
        saved = referrals.save(
            session, {**seen.intake, "goals": {"patient_goal": "Work again"}}, referral_id=seen.id,
            version=seen.version, patient_id=seen.patient_id, marks=seen.marks,
        )  # fmt: skip
    assert saved.surgeon_id == kept.id
    unmerge(filled, kept.id)
    with filled.read() as session:
        assert referrals.get(session, seen.id).surgeon_id == dropped.id


def test_a_referral_that_chose_the_kept_entry_since_stays_there(filled: Database) -> None:
    kept, dropped = two(filled)
    merge(filled, kept, dropped)
    with filled.begin() as session:
        referral = session.scalars(select(Referral)).first()
        assert referral is not None
        seen = referrals.get(session, referral.id)
        request = {**seen.intake["request"], "surgeon": kept.id}
        referrals.save(
            session, {**seen.intake, "request": request}, referral_id=seen.id, version=seen.version,
            patient_id=seen.patient_id, marks=seen.marks,
        )  # fmt: skip
    unmerge(filled, kept.id)
    with filled.read() as session:
        assert referrals.get(session, seen.id).surgeon_id == kept.id


def test_an_appointment_that_was_changed_since_stays_with_the_kept_entry(filled: Database) -> None:
    kept, dropped = two(filled)
    hang(filled, kept, dropped)
    merge(filled, kept, dropped)
    with filled.begin() as session:
        appointment = session.scalars(select(Appointment)).one()
        appointment.status = AppointmentStatus.CANCELED
    unmerge(filled, kept.id)
    with filled.read() as session:
        assert session.scalars(select(Appointment)).one().surgeon_id == kept.id


def test_a_photo_goes_along_where_the_kept_entry_has_none(filled: Database) -> None:
    kept, dropped = two(filled)
    with filled.begin() as session:
        surgeons.save_photo(session, dropped.id, b"jpeg")
        surgeons.save_photo(session, kept.id, None)
    merge(filled, kept, dropped)
    with filled.read() as session:
        assert surgeons.photo(session, kept.id) == b"jpeg"
    unmerge(filled, kept.id)
    with filled.read() as session:
        assert (surgeons.photo(session, kept.id), surgeons.photo(session, dropped.id)) == (None, b"jpeg")


FIELDS = st.sets(
    st.sampled_from(["npi", "notes", "plans", "languages", "placements", "procedures", "credentials"])
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=FIELDS, joined=FIELDS)
def test_a_merge_undone_leaves_everything_as_before(
    filled: Database, taken: set[str], joined: set[str]
) -> None:
    kept, dropped = two(filled)
    before = everything(filled)
    decided: dict[str, Any] = {name: getattr(dropped, name) for name in taken}
    for name in joined & entry_fields.LISTS:
        decided[name] = entry_fields.joined(name, getattr(kept, name), getattr(dropped, name))
    decided |= {"experience": (), "plans_verified": ()} if "procedures" in taken | joined else {}
    merge(filled, kept, dropped, **decided)
    unmerge(filled, dropped.id)
    after = everything(filled)
    assert after["surgeon"] == before["surgeon"]
    assert after == before


@pytest.mark.parametrize("without", ["kept", "dropped"])
def test_an_npi_that_was_left_out_is_not_lost(filled: Database, without: str) -> None:
    kept, dropped = two(filled)
    if without == "kept":
        with filled.begin() as session:
            kept = surgeons.save(session, replace(kept, npi=""))
    merged = merge(filled, kept, dropped, npi="")
    assert merged.kept.npi == (dropped.npi if without == "kept" else kept.npi)
    with filled.read() as session:
        for name in filter(None, (kept.npi, dropped.npi, kept.id, dropped.id)):
            known = surgeons.known_as(session, name)
            found = surgeons.find_by(session, name)
            assert known is not None
            assert found is not None
            assert known[0] == found.id == kept.id
    assert unmerge(filled, kept.id).npi == dropped.npi
    with filled.read() as session:
        assert surgeons.get(session, kept.id).npi == kept.npi
