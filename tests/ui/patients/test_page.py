"""Patients: finding, the detail with referrals, and entering each person once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from referral_app.services import patients
from referral_app.services.patients import PatientRecord
from referral_app.ui import fields
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.desk import Desk
from referral_app.ui.patients.dialog import PatientDialog
from referral_app.ui.patients.page import PatientsPage
from referral_app.ui.widgets.rows import RowButton

PEOPLE = (
    {"family_name": "Đặng", "given_name": "Thu", "date_of_birth": "2001-02-03", "phone": "410-555-0177"},
    {"family_name": "Adams", "given_name": "Ruth", "date_of_birth": "1950-05-06", "mrn": "A-77"},
)


def _shown(qtbot: QtBot, desk: Desk) -> PatientsPage:
    made = PatientsPage(desk)
    qtbot.addWidget(made)
    made.resize(1080, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    with qtbot.waitSignal(made.list.loaded):
        made.reload()
    return made


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> PatientsPage:
    with filled_desk.db.begin() as session:
        for values in PEOPLE:
            patients.save(session, PatientRecord(dict(values)))
    return _shown(qtbot, filled_desk)


def _names(page: PatientsPage) -> list[str]:
    rows = [page.list.model.row(at) for at in range(page.list.model.rowCount())]
    return [row.name for row in rows if row is not None]


@pytest.mark.parametrize("text", ["dang th", "2/3/2001", "0177"])
def test_a_patient_is_found_by_name_date_of_birth_or_phone(
    qtbot: QtBot, page: PatientsPage, text: str
) -> None:
    with qtbot.waitSignal(page.list.loaded):
        page.search.setText(text)
    assert _names(page) == ["Đặng, Thu"]


def test_a_patient_is_found_by_record_number(qtbot: QtBot, page: PatientsPage) -> None:
    with qtbot.waitSignal(page.list.loaded):
        page.search.setText("a-77")
    assert _names(page) == ["Adams, Ruth"]


def test_the_list_sorts_by_date_of_birth(qtbot: QtBot, page: PatientsPage) -> None:
    with qtbot.waitSignal(page.list.loaded):
        page.sort.set_value("born")
    assert _names(page)[0] == "Adams, Ruth"


def test_enter_opens_the_top_row_with_referrals_and_banner(qtbot: QtBot, page: PatientsPage) -> None:
    page.focus_search()
    qtbot.keyClicks(page.search, "quintero")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.detail.file() is not None)
    shown = page.detail.findChild(RowButton)
    assert isinstance(shown, RowButton)
    with qtbot.waitSignal(page.open_referral) as asked:
        shown.click()
    assert asked.args == [shown.value]
    banner = page.detail.findChild(type(page).__mro__[1], "patientDetailBanner")
    assert banner is not None
    assert "Allergies" in banner.accessibleName()


def test_a_referral_begins_with_the_patient(qtbot: QtBot, page: PatientsPage) -> None:
    page.list.open_first()
    qtbot.waitUntil(lambda: page.detail.file() is not None)
    with qtbot.waitSignal(page.new_referral) as asked:
        page.detail.refer_button.click()
    file = page.detail.file()
    assert file is not None
    assert asked.args == [{"patient_id": file.patient.id}]


def test_nobody_found_and_nobody_there_say_what_to_do(qtbot: QtBot, page: PatientsPage) -> None:
    with qtbot.waitSignal(page.list.loaded):
        page.search.setText("nobody")
    assert page.list.note.accessibleName() == "No patient found"


def test_an_empty_store_offers_a_new_patient(qtbot: QtBot, desk: Desk) -> None:
    page = _shown(qtbot, desk)
    page.list.note.button.click()
    assert isinstance(page.findChild(PatientDialog), PatientDialog)


def _new(page: PatientsPage, **values: Any) -> PatientDialog:
    page.new_button.click()
    dialog = page.findChild(PatientDialog)
    assert isinstance(dialog, PatientDialog)
    for name, value in values.items():
        fields.write(dialog.form.widgets[name], value)
    return dialog


def test_a_new_patient_is_stored_and_shown(qtbot: QtBot, page: PatientsPage) -> None:
    dialog = _new(page, family_name="Nguyễn", given_name="Văn An", date_of_birth="3/27/1980")
    with qtbot.waitSignal(page.changed):
        dialog.save()
    qtbot.waitUntil(lambda: (f := page.detail.file()) is not None and f.patient.name == "Nguyễn, Văn An")


def test_a_person_already_on_file_is_offered_before_saving(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    dialog = _new(page, family_name="dang", given_name="Thu", phone="(410) 555-0177")
    dialog.save()
    qtbot.waitUntil(dialog.duplicates.isVisible)
    assert "1 person like this" in dialog.duplicates.title.text()
    with filled_desk.db.read() as session:
        assert patients.count(session, "dang") == 1
    button = dialog.duplicates.findChild(type(dialog.save_button), "openDuplicate0")
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: (f := page.detail.file()) is not None and f.patient.name == "Đặng, Thu")


def test_somebody_else_of_the_same_name_can_still_be_entered(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    dialog = _new(page, family_name="Dang", given_name="Thuy", phone="410-555-0177")
    dialog.save()
    qtbot.waitUntil(dialog.duplicates.isVisible)
    with qtbot.waitSignal(page.changed):
        dialog.duplicates.new_button.click()
    with filled_desk.db.read() as session:
        assert patients.count(session, "dang") == 2


def test_what_is_wrong_is_said_beside_its_field(page: PatientsPage) -> None:
    dialog = _new(page, given_name="Ann", date_of_birth="13/45/2007", phone="12")
    dialog.save()
    for name in ("family_name", "date_of_birth", "phone"):
        assert dialog.form.blocks[name].error(), name
    assert not dialog.summary.isHidden()


def test_a_change_is_stored_and_coverage_stays(qtbot: QtBot, page: PatientsPage, filled_desk: Desk) -> None:
    page.search.setText("quintero")
    page.search.entered.emit()
    qtbot.waitUntil(lambda: page.detail.file() is not None)
    before = page.detail.file()
    assert before is not None
    page.detail.edit_button.click()
    qtbot.waitUntil(lambda: page.findChild(PatientDialog) is not None)
    dialog = page.findChild(PatientDialog)
    assert isinstance(dialog, PatientDialog)
    fields.write(dialog.form.widgets["phone"], "410-555-0111")
    with qtbot.waitSignal(page.changed):
        dialog.save()
    with filled_desk.db.read() as session:
        after = patients.get(session, before.patient.id)
    assert after.phone == "410-555-0111"
    assert after.coverage == before.patient.coverage
    assert {**after.values, "phone": before.patient.values["phone"]} == before.patient.values


def test_open_for_a_patient_who_is_gone_says_so(qtbot: QtBot, page: PatientsPage) -> None:
    with qtbot.waitSignal(page.said) as said:
        page.open("0" * 36)
    assert "not there" in said.args[0]


def test_a_patient_saved_by_someone_else_meanwhile_is_shown_in_both_versions(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk
) -> None:
    page.search.setText("adams")
    page.search.entered.emit()
    qtbot.waitUntil(lambda: page.detail.file() is not None)
    page.detail.edit_button.click()
    qtbot.waitUntil(lambda: page.findChild(PatientDialog) is not None)
    dialog: Any = page.findChild(PatientDialog)
    with filled_desk.db.begin() as session:
        theirs = patients.find(session, "adams")[0]
        values = theirs.values | {"phone": "410-555-0112", "email": "ruth@example.org"}
        patients.save(session, replace(theirs, values=values, coverage=[{"kind": "self_pay"}]))
    for name, value in {"phone": "410-555-0111", "suffix": "Jr."}.items():
        fields.write(dialog.form.widgets[name], value)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.findChild(ConflictDialog) is not None)
    both: Any = dialog.findChild(ConflictDialog)
    both.chores.finish()
    assert both.sides == {"patient.suffix": "mine", "patient.phone": "", "patient.email": "theirs"}
    both.blocks["patient.phone"].show_side("mine")
    with qtbot.waitSignal(page.changed):
        both.save_button.click()
    with filled_desk.db.read() as session:
        after = patients.find(session, "adams")[0]
    assert {name: after.values[name] for name in ("phone", "email", "suffix")} == {
        "phone": "410-555-0111",
        "email": "ruth@example.org",
        "suffix": "Jr.",
    }
    assert after.coverage == [{"kind": "self_pay"}]
