"""What the audit notes: one event for each act on a patient's record, in its transaction; and what is read of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, Permission, StaffRole
from referral_app.database import Database
from referral_app.services import (
    audit,
    drafts,
    fax_numbers,
    matching,
    patients,
    practices,
    referrals,
    surgeons,
    verification,
)
from referral_app.services.audit import Filter
from referral_app.services.errors import Conflict
from tests.acting import as_role
from tests.services.audit_matrix import (
    MATRIX,
    NEW_DRAFT,
    OF_NOBODY,
    QUIET,
    QUIET_CALLS,
    SIGNER,
    changed,
    faxed,
    saved,
    signed,
)
from tests.services.conftest import EVERYTHING, Offices, complete
from tests.services.test_permissions import GUARDED

ON_PATIENTS = {
    Permission.SEE_PATIENTS, Permission.WRITE, Permission.SIGN, Permission.SEND, Permission.PRINT, Permission.MERGE,
}  # fmt: skip


def noted(db: Database) -> list[dict[str, Any]]:
    """Return all events, oldest first."""
    with db._transaction(read_only=True, info={}) as session:  # noqa: SLF001 - below the services
        rows = session.execute(text("SELECT * FROM audit_event ORDER BY sequence")).mappings()
        return [{**row, "details": json.loads(row["details"])} for row in rows]


def noted_of(db: Database, act: Callable[[], Any]) -> list[dict[str, Any]]:
    """Return the events that an act leaves."""
    before = len(noted(db))
    act()
    return noted(db)[before:]


def committed(db: Database, act: Callable[[Session], Any]) -> list[dict[str, Any]]:
    """Do an act in a transaction of its own and return the events that it leaves."""

    def whole() -> None:
        with db.begin() as session:
            act(session)

    return noted_of(db, whole)


def test_every_service_on_patients_is_in_the_matrix_or_says_why_not() -> None:
    on_patients = {name for name, one in GUARDED.items() if one.permission in ON_PATIENTS}  # type: ignore[attr-defined]
    assert on_patients == MATRIX.keys() | QUIET.keys()
    assert not MATRIX.keys() & QUIET.keys()


@pytest.mark.parametrize("name", MATRIX)
def test_each_act_leaves_exactly_one_event_in_its_transaction(offices: Offices, name: str) -> None:
    want = MATRIX[name]
    if want.before is not None:
        with offices.db.begin() as session:
            want.before(session, offices)

    def broken(session: Session) -> None:
        want.act(session, offices)
        raise ZeroDivisionError

    before = len(noted(offices.db))
    with pytest.raises(ZeroDivisionError):
        committed(offices.db, broken)
    assert len(noted(offices.db)) == before
    (event,) = committed(offices.db, lambda session: want.act(session, offices))
    assert (event["action"], event["kind"]) == (str(want.action), want.kind)
    assert event["object_id"]
    assert event["person"] == "Rosa Ortiz"
    assert event["patient_id"] or want.kind in OF_NOBODY


@pytest.mark.parametrize("name", ["patients.get", "referrals.get", "drafts.get", "printing.read"])
def test_looking_is_noted_too(offices: Offices, name: str) -> None:
    def look() -> None:
        with offices.db.read() as session:
            MATRIX[name].act(session, offices)

    assert [one["action"] for one in noted_of(offices.db, look)] == ["opened"]


@pytest.mark.parametrize("name", QUIET_CALLS)
def test_what_is_part_of_another_act_notes_nothing_more(offices: Offices, name: str) -> None:
    assert committed(offices.db, lambda session: QUIET_CALLS[name](session, offices)) == []


def test_a_change_is_noted_with_the_names_of_what_changed_and_never_a_value(offices: Offices) -> None:
    def act(session: Session) -> None:
        patient = patients.get(session, offices.north.patient)
        patients.save(session, replace(patient, values={**patient.values, "phone": "410-555-0177"}))
        record = referrals.get(session, offices.north.referral)
        intake = deepcopy(record.intake)
        intake["goals"]["patient_goal"] = "Canary sings"
        intake["pain"]["average"] = 3
        saved(session, record, intake)

    events = [one for one in committed(offices.db, act) if one["action"] == "changed"]
    assert [one["details"].get("fields") for one in events] == [["phone"], ["goals", "pain"]]
    assert events[1]["details"]["version"] == 2
    assert "0177" not in str(events)
    assert "anary" not in str(events)


def test_a_save_without_a_change_makes_no_version_and_no_event(offices: Offices) -> None:
    def act(session: Session) -> None:
        record = referrals.get(session, offices.north.referral)
        saved(session, record, record.intake)

    assert [one["action"] for one in committed(offices.db, act)] == ["opened"]


@pytest.mark.parametrize("after", ["no", "not_asked", None])
def test_a_yes_to_a_red_flag_that_is_taken_back_is_noted(offices: Offices, after: str | None) -> None:
    intake = complete("Northfield")
    intake["red_flags"]["papilledema"] = {"answer": "yes"}
    with offices.db.begin() as session:
        record = saved(session, referrals.get(session, offices.north.referral), intake)
    changed = deepcopy(intake)
    changed["red_flags"]["papilledema"] = {"answer": after}
    if after is None:
        del changed["red_flags"]["papilledema"]
    events = committed(offices.db, lambda session: saved(session, record, changed))
    assert [one["action"] for one in events] == ["changed", "flag_reversed"]
    assert events[1]["details"]["flags"] == ["papilledema"]
    assert events[1]["patient_id"] == offices.north.patient


def test_a_yes_that_is_taken_back_in_a_draft_is_noted_too(offices: Offices) -> None:
    intake = complete("Northfield")
    intake["red_flags"]["sudden_onset"] = {"answer": "yes"}
    typed_later = deepcopy(intake)
    typed_later["red_flags"]["sudden_onset"] = {"answer": "no"}

    def keep(answers: dict[str, Any]) -> list[dict[str, Any]]:
        return committed(offices.db, lambda session: drafts.save(session, NEW_DRAFT, answers))

    assert [one["action"] for one in keep(intake)] == ["drafted"]
    assert keep(intake) == []
    (event,) = keep(typed_later)
    assert (event["action"], event["details"]) == ("flag_reversed", {"flags": ["sudden_onset"]})
    keep(intake)
    events = committed(offices.db, lambda session: referrals.save(session, typed_later, draft_id=NEW_DRAFT))
    assert [one["action"] for one in events] == ["created", "flag_reversed"]


def test_a_birth_date_that_takes_an_onset_after_50_away_is_noted_as_a_reversal(offices: Offices) -> None:
    older: dict[str, Any] = complete("Northfield") | {"labs": {"esr_mm_h": 10, "crp_mg_l": 1}}
    older["patient"] = older["patient"] | {"date_of_birth": "1950-01-01"}
    younger: dict[str, Any] = deepcopy(older)
    younger["patient"]["date_of_birth"] = "1990-01-01"
    with offices.db.begin() as session:
        record = referrals.save(session, older)
    events = committed(
        offices.db,
        lambda session: referrals.save(session, younger, referral_id=record.id, version=record.version),
    )
    reversals = [one for one in events if one["action"] == "flag_reversed"]
    assert [one["details"]["flags"] for one in reversals] == [["older_onset"]]


def test_a_letter_that_is_faxed_is_noted_once_with_the_end_of_its_number(offices: Offices) -> None:
    with offices.db.begin() as session:
        signed(session, offices)
    (event,) = committed(offices.db, lambda s: faxed(s, offices))
    assert event["details"]["fax"].startswith("…")
    assert len(event["details"]["fax"]) == 5
    assert event["details"]["digits_typed"] is True


def test_a_verification_with_a_fax_that_was_read_back_is_noted_once(offices: Offices) -> None:
    def act(session: Session) -> None:
        keen = surgeons.by_npi(session, "9000000015")
        place = next(one for one in keen.placements if fax_numbers.of(one))
        faxes = {place.location.id: fax_numbers.of(place)[-4:]}
        verification.verify(session, keen.id, by="Rosa Ortiz", how="Phone", on=date.today(), faxes=faxes)

    (event,) = committed(offices.db, act)
    assert (event["action"], event["kind"]) == ("changed", "surgeon")


def test_a_draft_is_noted_when_it_begins_and_not_at_each_of_its_saves(offices: Offices) -> None:
    def act(session: Session) -> None:
        for number in range(3):
            drafts.save(session, NEW_DRAFT, {"goals": {"patient_goal": f"More {number}"}})

    assert [one["action"] for one in committed(offices.db, act)] == ["drafted"]


def test_a_signature_of_somebody_who_may_not_sign_does_not_count(offices: Offices) -> None:
    intake = complete("Third") | {
        "signature": {"prepared_by": "Rosa Ortiz", "signed_by": SIGNER, "signed_at": "2026-03-16T19:42:00Z"}
    }
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.begin() as session:
        unsigned = referrals.save(session, intake)
    assert (unsigned.signed_by, unsigned.intake["signature"]) == ("", {"prepared_by": "Rosa Ortiz"})
    as_role(offices.db, StaffRole.CLINICIAN, practice_id=offices.north.practice)
    events = committed(
        offices.db, lambda session: referrals.save(session, intake | {"goals": {"patient_goal": "x"}})
    )
    assert [one["action"] for one in events] == ["created", "signed"]


def test_a_conflict_leaves_nothing_and_notes_nothing(offices: Offices) -> None:
    with offices.db.begin() as session:
        changed(session, offices, average=2)

    def act() -> None:
        with pytest.raises(Conflict), offices.db.begin() as session:
            referrals.save(session, complete("Northfield"), referral_id=offices.north.referral, version=1)

    assert noted_of(offices.db, act) == []


def test_the_directory_is_noted_without_its_contents(offices: Offices) -> None:
    with offices.db.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    (changed,) = committed(
        offices.db, lambda s: surgeons.save(s, replace(keen, notes="Canary", accepting="no"))
    )  # type: ignore[arg-type]
    assert changed["details"] == {"fields": ["accepting", "notes"]}
    (gone,) = committed(offices.db, lambda s: surgeons.archive(s, keen.id))
    assert (gone["action"], gone["kind"], gone["object_id"]) == ("removed", "surgeon", keen.id)
    (exported,) = committed(offices.db, matching.exported)
    assert (exported["action"], exported["details"]) == ("exported", {"count": 12})


def test_our_office_is_noted_with_what_changed(offices: Offices) -> None:
    with offices.db.begin() as session:
        office = practices.save(session, practices.PracticeRecord("Canton"))
    (event,) = committed(
        offices.db,
        lambda s: practices.save(
            s,
            replace(
                office, fax="410-555-0100", letterhead=practices.Letterhead("Canton", (), date(2026, 1, 1))
            ),
        ),
    )
    assert event["details"] == {"fields": ["fax", "letterhead"]}
    assert committed(offices.db, lambda s: practices.save(s, practices.get(s, office.id))) == []


def test_several_services_can_be_noted_as_one_act(offices: Offices) -> None:
    def act(session: Session) -> None:
        with audit.as_one(session, AuditAction.IMPORTED, "surgeons") as details:
            surgeons.location(session, surgeons.LocationRecord(name="Elsewhere"))
            referrals.get(session, offices.north.referral)
            details["count"] = 2
        patients.get(session, offices.north.patient)

    events = committed(offices.db, act)
    assert [(one["action"], one["details"]) for one in events] == [("imported", {"count": 2}), ("opened", {})]


def test_a_search_is_noted_with_its_words(offices: Offices) -> None:
    (event,) = committed(offices.db, lambda s: audit.searched(s, "patients", "nguyễn", 3))
    assert (event["action"], event["kind"], event["details"]) == (
        "searched", "patients", {"words": "nguyễn", "found": 3},
    )  # fmt: skip


# What administrators read


@pytest.fixture
def used(offices: Offices) -> Offices:
    """The store after some use: two people, two patients, a search."""
    as_role(offices.db, StaffRole.CLINICIAN, practice_id=offices.north.practice, name="Odile Brightwater")
    with offices.db.begin() as session:
        patients.get(session, offices.north.patient)
        signed(session, offices)
        audit.searched(session, "patients", "nguyễn", 0)
    as_role(offices.db, StaffRole.SCHEDULER, name="Bettina Frontdesk")
    with offices.db.begin() as session:
        referrals.get(session, offices.south.referral)
    as_role(offices.db, StaffRole.ADMINISTRATOR, name="Dana Whitfield")
    return offices


def _found(world: Offices, **wanted: Any) -> list[tuple[str, str]]:
    with world.db.read() as session:
        rows = audit.find(session, Filter(**wanted))
        assert audit.count(session, Filter(**wanted)) == len(rows)
    return [(one.person, one.action) for one in rows]


def test_events_are_found_by_person_patient_action_period_and_words(used: Offices) -> None:
    assert _found(used, person_id="id of Odile Brightwater") == [
        ("Odile Brightwater", one) for one in ("searched", "signed", "opened")
    ]
    assert _found(used, patient_id=used.south.patient)[0] == ("Bettina Frontdesk", "opened")
    assert {action for _, action in _found(used, action="signed")} == {"signed"}
    today = date.today()
    everything = _found(used)
    assert _found(used, from_=today - timedelta(1), to=today + timedelta(1)) == everything
    assert _found(used, to=today - timedelta(2)) == []
    assert _found(used, from_=today + timedelta(2)) == []
    for words in ("nguyễn", "NGUY", "odile nguyễn"):
        assert _found(used, text=words) == [("Odile Brightwater", "searched")]
    assert _found(used, text=used.north.reference)[0] == ("Odile Brightwater", "signed")
    assert _found(used, text="southfield brightwater") == []
    assert ("Bettina Frontdesk", "opened") in _found(used, text="southfield")
    assert _found(used, text="100%") == []


def test_events_come_in_pages_the_latest_first_with_the_names_of_today(used: Offices) -> None:
    with used.db.read() as session:
        whole = audit.find(session, Filter())
        pages = [*audit.find(session, Filter(), 3), *audit.find(session, Filter(), 1000, 3)]
    assert pages == whole
    assert whole[0].sequence > whole[-1].sequence
    assert (whole[0].patient, whole[0].reference) == ("Southfield, Invented", used.south.reference)
    assert whole[0].action_words == "Opened"
    assert whole[0].at.tzinfo is not None


def test_who_has_access_is_told_with_roles_and_last_login(used: Offices) -> None:
    with used.db.read() as session:
        (dana,) = audit.who_has_access(session)
    assert (dana.name, dana.login, set(dana.roles)) == ("Dana Whitfield", "dana", EVERYTHING)
    assert dana.last_login is not None


def test_an_export_holds_every_event_that_fits_and_is_noted_itself(used: Offices) -> None:
    exported: list[tuple[str, ...]] = []

    def act(session: Session) -> None:
        exported.extend(audit.rows(session, Filter()))

    (event,) = committed(used.db, act)
    assert (event["action"], event["kind"]) == ("exported", "audit")
    assert exported[0] == audit.HEADINGS
    assert [int(row[0]) for row in exported[1:]] == list(range(event["sequence"] - 1, 0, -1))
    assert all(len(row) == len(audit.HEADINGS) for row in exported)
    assert "nguyễn" in str(exported)


def test_nothing_purges_the_audit() -> None:
    assert not {"remove", "delete", "purge", "clear", "discard"} & set(vars(audit))
