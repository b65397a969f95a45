"""Two entries of one person on screen: offered, told apart, merged with undo, and copied as a summary."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.clinical.differences import THEIRS
from referral_app.database import Database
from referral_app.services import patient_merging, patients
from referral_app.services.patients import PatientRecord
from referral_app.ui.desk import Desk
from referral_app.ui.patients.dialog import PatientDialog
from referral_app.ui.patients.merge_dialog import ChooseOtherPatient, PatientMergeDialog
from referral_app.ui.patients.page import PatientsPage

ONE = {
    "family_name": "Example",
    "given_name": "Ana",
    "date_of_birth": "1984-06-21",
    "phone": "410-555-0101",
    "mrn": "A-1",
}
OTHER = {
    "family_name": "Example",
    "given_name": "Anna",
    "date_of_birth": "1984-06-21",
    "phone": "410-555-0101",
}


def stored(db: Database, *people: dict[str, str]) -> list[str]:
    with db.begin() as session:
        return [patients.save(session, PatientRecord(dict(one))).id for one in people]


def carried(signal: Any) -> list[Any]:
    """Return what a signal carried."""
    return list(signal.args)


def press(widget: QWidget, name: str) -> None:
    button = widget.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton), name
    button.click()


def shown(qtbot: QtBot, page: PatientsPage, patient_id: str) -> None:
    page.open(patient_id)
    qtbot.waitUntil(lambda: (file := page.detail.file()) is not None and file.patient.id == patient_id)


def test_two_entries_are_merged_from_the_notice_and_parted_again(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    first, second = stored(filled_desk.db, ONE, OTHER)
    shown(qtbot, page, first)
    press(page.detail, "likePatientMerge0")
    qtbot.waitUntil(lambda: page.findChild(PatientMergeDialog) is not None)
    dialog = page.findChild(PatientMergeDialog)
    assert isinstance(dialog, PatientMergeDialog)
    assert dialog.sides["patient.mrn"] == THEIRS
    assert dialog.sides["patient.given_name"] == ""
    dialog.take_theirs()
    with qtbot.waitSignal(page.undoable) as offered:
        dialog.save()
    words, undo = carried(offered)
    assert words == "Merged Anna Example into Ana Example"
    with filled_desk.db.read() as session:
        assert [one.id for one in patients.find(session, "example 6/21/1984")] == [first]
    with qtbot.waitSignal(page.said):
        undo()
    with filled_desk.db.read() as session:
        assert {one.id for one in patients.find(session, "example 6/21/1984")} == {first, second}


def test_a_merge_is_undone_from_the_history_of_the_patient(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    first, second = stored(filled_desk.db, ONE, OTHER)
    with filled_desk.db.begin() as session:
        found = patient_merging.prospect(session, first, second)
        patient_merging.merge(session, found.kept, found.dropped)
    page.open(second)  # who was merged leads to the one who stays
    qtbot.waitUntil(lambda: (file := page.detail.file()) is not None and file.patient.id == first)
    with qtbot.waitSignal(page.said):
        press(page.detail, "undoPatientMerge0")
    with filled_desk.db.read() as session:
        assert patients.get(session, second).id == second


def test_another_patient_is_searched_for_to_be_merged(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    first, _ = stored(filled_desk.db, ONE, OTHER)
    shown(qtbot, page, first)
    press(page.detail, "mergePatient")
    qtbot.waitUntil(lambda: page.findChild(ChooseOtherPatient) is not None)
    dialog = page.findChild(ChooseOtherPatient)
    assert isinstance(dialog, ChooseOtherPatient)
    dialog.search.setText("quintero")
    qtbot.waitUntil(lambda: dialog.findChild(QAbstractButton, "mergeFound0") is not None)
    press(dialog, "mergeFound0")
    qtbot.waitUntil(lambda: page.findChild(PatientMergeDialog) is not None)


def test_two_people_are_told_apart_once_and_for_all(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    first, _ = stored(filled_desk.db, ONE, OTHER)
    shown(qtbot, page, first)
    with qtbot.waitSignal(page.said) as told:
        press(page.detail, "likePatientApart0")
    assert carried(told) == ["Remembered as two people"]
    qtbot.waitUntil(lambda: (file := page.detail.file()) is not None and not file.likes)


def test_a_new_patient_like_one_on_file_is_saved_only_after_a_decision(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    (first,) = stored(filled_desk.db, ONE)
    dialog = PatientDialog(filled_desk, None, page)
    for name, words in OTHER.items():
        widget = dialog.form.widgets[name]
        widget.setText(words)  # type: ignore[attr-defined]
    dialog.save()
    qtbot.waitUntil(lambda: not dialog.duplicates.isHidden())
    with qtbot.waitSignal(dialog.saved) as saved:
        press(dialog.duplicates, "saveNewPatient")
    shown(qtbot, page, carried(saved)[0].id)
    file = page.detail.file()
    assert file is not None
    assert first not in {one.patient.id for one in file.likes}


def test_the_summary_goes_to_the_clipboard(qtbot: QtBot, page: PatientsPage, filled_desk: Desk) -> None:
    (first,) = stored(filled_desk.db, {**ONE, "preferred_name": "<An & a>"})
    shown(qtbot, page, first)
    with qtbot.waitSignal(page.said):
        press(page.detail, "copyPatientSummary")
    text = QGuiApplication.clipboard().text()
    assert "Patient: Ana Example" in text
    assert "<An & a>" in text


def test_the_next_referral_begins_from_the_last_one(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    with filled_desk.db.read() as session:
        known = patients.find(session, "quintero")[0].id
    shown(qtbot, page, known)
    assert page.detail.refer_button.text() == "New referral from the last one"
    (first,) = stored(filled_desk.db, ONE)
    shown(qtbot, page, first)
    assert page.detail.refer_button.text() == "New referral for this patient"
