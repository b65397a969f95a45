"""Patients of a file: looked at, previewed, and written as it was chosen; nobody is overwritten or merged silently."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from referral_app.choices import StaffRole
from referral_app.database import Database
from referral_app.jobs import patient_import
from referral_app.jobs.patient_import import LookedPatients, PatientPreview
from referral_app.services import drafts, patients
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.patient_import_records import PatientAct, PatientOutcome
from referral_app.services.patients import PatientRecord
from tests import ccda_files
from tests.acting import as_role

LIST = """Last,First,DOB,Gender,MRN,Cell Phone,Preferred Lang,Street,City,State,Zip,Insurance
QUINTERO,MARISOL,6/21/1984,F,A-1,410-555-0142,Spanish,12 Example Street,Baltimore,MD,21287,Example Health
Keener,Bob,1990-01-02,M,A-2,410-555-0143,en,,,,,
Keener,Robert,2/1/1990,M,,,,,,,,
New,Ana,3/4/2001,F,A-3,12,Klingon,,,,,
Wrong,Cy,13/45/2001,F,A-4,,,,,,,
,Nobody,1/1/2000,F,A-5,,,,,,,
New,Ana,3/4/2001,F,A-3,,,,,,,
"""


def ignore(_done: int, _whole: int) -> None:
    """Show nothing."""


def go() -> bool:
    return False


def found(db: Database, path: Path) -> tuple[LookedPatients, PatientPreview]:
    looked = patient_import.look(db, path)
    return looked, patient_import.preview(db, looked, looked.mapping, ignore, go)


@pytest.fixture
def listed(db: Database, tmp_path: Path) -> Path:
    with db.begin() as session:
        patients.save(session, PatientRecord({
            "family_name": "Quintero", "given_name": "Marisol", "date_of_birth": "1984-06-21", "phone": "410 555 0142",
            "address": {"line1": "7 Old Road", "city": "Towson"},
        }))  # fmt: skip
        patients.save(session, PatientRecord({
            "family_name": "Keener", "given_name": "Robert", "date_of_birth": "1990-01-02",
        }))  # fmt: skip
    path = tmp_path / "patients.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_preview_tells_new_same_maybe_and_unreadable_and_writes_nothing(db: Database, listed: Path) -> None:
    _, preview = found(db, listed)
    outcomes = {one.row: one.outcome for one in preview.rows}
    assert outcomes == {
        2: PatientOutcome.SAME, 3: PatientOutcome.MAYBE, 4: PatientOutcome.MAYBE, 5: PatientOutcome.NEW,
        6: PatientOutcome.REFUSED, 7: PatientOutcome.REFUSED, 8: PatientOutcome.REFUSED,
    }  # fmt: skip
    same = preview.rows[0]
    assert ("Preferred language", "Spanish") in same.fills
    assert same.differs == (("Address", "7 Old Road, Towson", "12 Example Street, Baltimore, MD, 21287"),)
    assert "swapped" in preview.rows[2].likes[0].why
    assert len(preview.rows[3].told.left_out) == 2
    with db.read() as session:
        assert patients.count(session) == 2


def test_what_is_chosen_is_written_and_nothing_that_stands_there_is_overwritten(
    db: Database, listed: Path
) -> None:
    looked, preview = found(db, listed)
    done = patient_import.run(db, looked, preview, {3: PatientAct.ADD, 4: PatientAct.FILL}, ignore, go)
    assert (done.added, done.filled, done.sentences) == (2, 2, ())
    with db.read() as session:
        (maria,) = patients.find(session, "quintero")
        assert maria.values["language"] == "es"
        assert maria.values["address"] == {"line1": "7 Old Road", "city": "Towson"}
        assert maria.values["phone"] == "410 555 0142"
        assert maria.coverage[0]["payer"] == "Example Health"
        assert {one.name for one in patients.find(session, "keener")} == {"Keener, Bob", "Keener, Robert"}
        (robert,) = patients.find(session, "robert keener")
        assert robert.values["date_of_birth"] == "1990-01-02"
        assert [one.name for one in patients.find(session, "A-3")] == ["New, Ana"]
        events = (
            session.execute(text("SELECT details FROM audit_event WHERE action = 'imported'")).scalars().all()
        )
    assert len(events) == 1
    assert '"added": 2' in events[0] or '"added":2' in events[0]
    assert "Quintero" not in events[0]


def test_imported_again_everything_is_the_same_and_nothing_is_suggested(db: Database, listed: Path) -> None:
    looked, preview = found(db, listed)
    patient_import.run(db, looked, preview, {}, ignore, go)
    looked, preview = found(db, listed)
    assert looked.remembered
    assert {one.suggested for one in preview.rows} == {PatientAct.SKIP}
    assert patient_import.run(db, looked, preview, {}, ignore, go).added == 0


def test_somebody_who_came_in_meanwhile_is_not_entered_twice(db: Database, listed: Path) -> None:
    looked, preview = found(db, listed)
    with db.begin() as session:
        patients.save(session, PatientRecord({
            "family_name": "New", "given_name": "Ana", "date_of_birth": "2001-03-04",
        }))  # fmt: skip
    done = patient_import.run(db, looked, preview, {}, ignore, go)
    assert done.added == 0
    assert "came in meanwhile" in done.sentences[0]


def test_a_matching_by_hand_is_remembered_for_files_with_these_headings(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nm,Vn\nExample,Ana\n", encoding="utf-8")
    looked = patient_import.look(db, path)
    with pytest.raises(InvalidInput, match="Last name"):
        patient_import.preview(db, looked, looked.mapping, ignore, go)
    patient_import.preview(db, looked, {"Nm": "family_name", "Vn": "given_name"}, ignore, go)
    again = patient_import.look(db, path)
    assert (again.remembered, again.mapping["Nm"]) == (True, "family_name")


def test_a_workbook_is_read_too(db: Database, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Last name", "First name", "Birth date"])
    sheet.append(["Example", "Ana", "3/4/2001"])
    book.save(tmp_path / "a.xlsx")
    _, preview = found(db, tmp_path / "a.xlsx")
    assert [one.told.values["date_of_birth"] for one in preview.rows] == ["2001-03-04"]


def test_a_chart_is_previewed_added_and_begins_a_referral_with_what_was_confirmed(
    db: Database, tmp_path: Path
) -> None:
    path = ccda_files.write(tmp_path / "chart.xml")
    looked, preview = found(db, path)
    assert looked.kind == patient_import.CHART
    assert looked.chart is not None
    done = patient_import.run(db, looked, preview, {}, ignore, go)
    assert done.added == 1
    draft_id = patient_import.start_referral(
        db, done.ids[0], [looked.chart.offered[0], looked.chart.offered[3]]
    )
    with db.read() as session:
        draft = drafts.get(session, draft_id)
    assert draft.intake["safety"]["allergies"] == [
        {"substance": "Penicillin G <benzathine>", "reaction": "Hives"}
    ]
    assert "medications" not in draft.intake["safety"]
    assert draft.intake["diagnosis"]["icd10cm"] == ["M54.81"]
    assert draft.patient_id == done.ids[0]
    assert found(db, path)[1].rows[0].outcome is PatientOutcome.SAME


def test_a_file_that_changed_since_the_look_is_refused(db: Database, listed: Path) -> None:
    looked = patient_import.look(db, listed)
    listed.write_text(LIST + "X,Y,1/1/2001\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="changed since"):
        patient_import.preview(db, looked, looked.mapping, ignore, go)


def test_who_may_not_write_may_not_look_at_a_file(people_db: Database, tmp_path: Path) -> None:
    as_role(people_db, StaffRole.PACKET_STAFF)
    with pytest.raises(Denied):
        patient_import.look(people_db, tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "empty"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0", "old or a protected"), (b"a,a\n1,2\n", "same heading"),
     (b"<html>", "no XML"), (b"Last,First\n\"Ex", "never closed")],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_a_sentence(
    db: Database, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "patients.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=why):
        found(db, path)


def test_damaged_files_are_read_or_refused_in_a_sentence(db: Database, tmp_path: Path) -> None:
    sentences: list[str] = []
    for number in range(150):
        whole, name = ((LIST.encode(), "a.csv"), (ccda_files.WHOLE.encode(), "a.xml"))[number % 2]
        path = tmp_path / name
        path.write_bytes(ccda_files.mutated(whole, 10_000 + number))
        begun = time.monotonic()
        try:
            looked = patient_import.look(db, path)
            mapping = looked.mapping if "family_name" in looked.mapping.values() else {"x": "family_name"}
            preview = patient_import.preview(db, replace(looked), mapping, ignore, go)
            assert all(one.sentence or one.told.name for one in preview.rows)
        except InvalidInput as refused:
            sentences.append(str(refused))
        assert time.monotonic() - begun < 20
    assert sentences
    assert all(one.endswith(".") for one in sentences)


def test_a_preview_that_shows_who_is_on_file_is_noted(db: Database, listed: Path) -> None:
    found(db, listed)
    with db.read() as session:
        action, kind, details = session.execute(
            text("SELECT action, kind, details FROM audit_event ORDER BY sequence DESC LIMIT 1")
        ).one()
    assert (action, kind) == ("searched", "patients")
    assert "Quintero" not in details


def test_who_is_maybe_the_same_can_be_said_to_be_it_and_only_what_is_empty_is_filled(
    db: Database, listed: Path
) -> None:
    looked, preview = found(db, listed)
    maybe = preview.rows[1]
    assert maybe.outcome is PatientOutcome.MAYBE
    assert maybe.acts == (PatientAct.FILL, PatientAct.ADD, PatientAct.SKIP)
    assert maybe.label(PatientAct.FILL) == "It is the same person: fill in what is empty"
    assert maybe.suggested is PatientAct.SKIP
    patient_import.run(db, looked, preview, {3: PatientAct.FILL}, ignore, go)
    with db.read() as session:
        (robert,) = patients.find(session, "keener")
    assert (robert.values["given_name"], robert.values["mrn"]) == ("Robert", "A-2")
    assert ("First name", "Robert", "Bob") in maybe.differs


def test_the_same_person_with_nothing_empty_stays_untouched(db: Database, tmp_path: Path) -> None:
    whole = {"family_name": "Keener", "given_name": "Robert", "date_of_birth": "1990-01-02"}
    with db.begin() as session:
        before = patients.save(session, PatientRecord(whole))
    path = tmp_path / "patients.csv"
    path.write_text("Last,First,DOB\nKeener,Bob,1/2/1990\n", encoding="utf-8")
    looked, preview = found(db, path)
    assert (preview.rows[0].outcome, preview.rows[0].fills) == (PatientOutcome.MAYBE, ())
    assert PatientAct.FILL in preview.rows[0].acts
    done = patient_import.run(db, looked, preview, {2: PatientAct.FILL}, ignore, go)
    assert (done.added, done.filled, done.left_out, done.ids) == (0, 0, 1, (before.id,))
    with db.read() as session:
        assert patients.get(session, before.id).version == before.version
