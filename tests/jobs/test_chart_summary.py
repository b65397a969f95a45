"""The summary for the chart: everything that was answered, as it was typed, and noted when it is copied."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

from sqlalchemy import text

from referral_app.database import Database
from referral_app.jobs import chart_summary, directory_names
from referral_app.services import patients, referrals, surgeons, worklists
from referral_app.services.referral_records import Filter
from tests.services.conftest import complete

TODAY = date(2026, 3, 27)


def test_nothing_is_hidden_or_lost(db: Database) -> None:
    intake = deepcopy(complete("O'Neill & <Söhne>"))
    intake["safety"]["allergies"] = [{"substance": "<penicillin>", "reaction": "hives & <b>swelling</b>"}]
    intake["request"]["question"] = "Is she a candidate <for> release?\nSecond line of it."
    with db.begin() as session:
        record = referrals.save(session, intake)
    found = chart_summary.of_referral(db, record.id, TODAY)
    for words in (
        record.reference, "O'Neill & <Söhne>", "<penicillin>", "hives & <b>swelling</b>", "June 21, 1984 (41 years)",
        "Is she a candidate <for> release? / Second line of it.", "RED FLAGS", "GAPS AND POINTS TO REVIEW",
        "Signed by: not signed", "TREATMENTS TRIED",
    ):  # fmt: skip
        assert words in found, words
    for row in intake["treatments"]:
        assert row["name"] in found


def test_private_answers_stand_in_it_only_where_they_are_ticked(db: Database) -> None:
    intake = complete("Example")
    intake["scores"] = {**intake.get("scores", {}), "phq2": 5}
    with db.begin() as session:
        hidden = referrals.save(session, intake)
        shown = referrals.save(
            session, intake, patient_id=hidden.patient_id, marks=frozenset({"scores.phq2"})
        )
    assert "PHQ-2: 5" not in chart_summary.of_referral(db, hidden.id)
    assert chart_summary.PRIVATE in chart_summary.of_referral(db, hidden.id)
    assert "PHQ-2: 5" in chart_summary.of_referral(db, shown.id)


def test_a_patient_is_summed_up_with_the_referrals_and_each_copy_is_noted(filled: Database) -> None:
    with filled.read() as session:
        patient = patients.find(session, "Quintero")[0]
        (row,) = worklists.find(session, Filter(patient_id=patient.id))
    found = chart_summary.of_patient(filled, patient.id, TODAY)
    assert f"Patient: {patient.spoken}" in found
    assert row.reference in found
    with filled.read() as session:
        said = "SELECT kind, details FROM audit_event WHERE action = 'exported'"
        ((kind, details),) = session.execute(text(said)).all()
    assert kind == "summary"
    assert "clipboard" in details
    assert patient.spoken not in details


def test_no_id_stands_in_it_but_the_names_of_the_directory(filled: Database) -> None:
    intake = complete("Example")
    with filled.begin() as session:
        chosen = session.execute(text("SELECT surgeon_id FROM placement LIMIT 1")).scalar_one()
        surgeon = surgeons.get(session, chosen)
        place = surgeon.placements[0].location
        code = surgeons.procedures(session)[0]
        intake["request"] |= {"surgeon": surgeon.id, "location": place.id, "procedures": [code.code]}
        record = referrals.save(session, intake)
    found = chart_summary.of_referral(filled, record.id, TODAY)
    assert f"Surgeon: {surgeon.name}" in found
    assert f"Location: {place.name}, {place.city}" in found
    assert f"Procedures in mind: {code.name}" in found
    for key in (surgeon.id, place.id, code.code):
        assert key not in found


def test_what_the_directory_does_not_have_any_more_is_said_so(db: Database) -> None:
    intake = complete("Example")
    intake["request"] |= {"procedures": ["gone_code"], "location": "49a1c0de"}
    with db.begin() as session:
        record = referrals.save(session, intake)
    found = chart_summary.of_referral(db, record.id, TODAY)
    assert f"Location: {directory_names.UNKNOWN}" in found
    assert "gone_code" not in found
    assert "49a1c0de" not in found


def test_emergency_signs_clearance_and_attachments_stand_in_it(db: Database) -> None:
    intake = complete("Example")
    cleared = {"by": "Lena Fox, MD", "on": "2026-03-10", "note": "no sign of meningitis"}
    intake["red_flags"]["systemic_illness"] = {"answer": "yes", "emergency_signs": "yes", "cleared": cleared}
    intake["attachments"] = [
        {"kind": "imaging_report", "date": "2026-03-01", "pages": 3, "sha256": "ab" * 32},
        {"kind": "other", "title": "Clinic form", "not_available": "their office sends it"},
    ]
    with db.begin() as session:
        record = referrals.save(session, intake)
    found = chart_summary.of_referral(db, record.id, TODAY)
    for words in (
        "Stiff neck, rash or confusion: Yes",
        "Evaluated and cleared by Lena Fox, MD on March 10, 2026: no sign of meningitis",
        "ATTACHMENTS\nImaging report, March 1, 2026, 3 pages\nOther: Clinic form, not available: their office sends it",
    ):
        assert words in found, words
    assert "abab" not in found
