"""Patients brought in on screen: columns matched, rows decided, a chart that begins a referral."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.services import drafts, patients
from referral_app.services.patient_import_records import PatientAct, PatientOutcome
from referral_app.services.patients import PatientRecord
from referral_app.ui.desk import Desk
from referral_app.ui.patients.import_dialog import PatientImportDialog
from referral_app.ui.patients.page import PatientsPage
from tests import ccda_files

LIST = "Last,First,DOB,Phone\nExample,Ana,6/21/1984,410-555-0101\nOther,Ben,1/2/1990,\nWrong,Cy,13/13/2001,\n"


def carried(signal: Any) -> list[Any]:
    """Return what a signal carried."""
    return list(signal.args)


def opened(qtbot: QtBot, page: PatientsPage, path: Path) -> PatientImportDialog:
    page.bringing.look(path)
    qtbot.waitUntil(lambda: page.findChild(PatientImportDialog) is not None)
    dialog = page.findChild(PatientImportDialog)
    assert isinstance(dialog, PatientImportDialog)
    return dialog


def test_a_list_is_matched_previewed_decided_and_brought_in(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk, tmp_path: Path
) -> None:
    with filled_desk.db.begin() as session:
        patients.save(session, PatientRecord({
            "family_name": "Example", "given_name": "Anna", "date_of_birth": "1984-06-21",
        }))  # fmt: skip
    path = tmp_path / "patients.csv"
    path.write_text(LIST, encoding="utf-8")
    dialog = opened(qtbot, page, path)
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.view.act is not None)
    assert dialog.view.words.text() == "1 new, 0 same, 1 maybe the same, 1 cannot be read."
    assert dialog.next_button.text() == "Import 1"
    assert dialog.view.act is not None
    choices = [one.text() for one in dialog.view.act.findChildren(QRadioButton)]
    assert choices == ["It is the same person: fill in what is empty", "Add as a new patient", "Leave out"]
    dialog.view.act.set_value(PatientAct.FILL.value)
    qtbot.waitUntil(lambda: dialog.next_button.text() == "Import 2")
    assert dialog.view.lists[PatientOutcome.MAYBE].current() is not None
    with qtbot.waitSignal(page.said) as told:
        dialog.go_on()
    assert carried(told) == ["Patients imported: 1 added, 1 filled in, 1 left out"]
    with filled_desk.db.read() as session:
        (anna,) = patients.find(session, "example anna")
        assert anna.phone == "410-555-0101"
        assert patients.count(session, "other ben") == 1


def test_a_chart_begins_a_referral_with_what_was_ticked(
    qtbot: QtBot, page: PatientsPage, filled_desk: Desk, tmp_path: Path
) -> None:
    dialog = opened(qtbot, page, ccda_files.write(tmp_path / "chart.xml"))
    qtbot.waitUntil(lambda: dialog.chart is not None)
    assert dialog.chart is not None
    assert not any(box.isChecked() for _, box in dialog.chart.boxes)
    dialog.chart.boxes[0][1].setChecked(True)
    with qtbot.waitSignal(page.resume_draft) as begun:
        dialog.refer_button.click()
    with filled_desk.db.read() as session:
        draft = drafts.get(session, carried(begun)[0])
    assert draft.intake["patient"]["family_name"] == "Example-Ibarra"
    assert draft.intake["safety"]["allergies"][0]["substance"] == "Penicillin G <benzathine>"
    assert "medications" not in draft.intake["safety"]


def test_a_file_that_is_none_is_told_in_a_sentence(
    qtbot: QtBot, page: PatientsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from referral_app.ui.patients import bringing

    told: list[str] = []

    def tell(_page: QWidget, sentence: str, **_more: Any) -> None:
        told.append(sentence)

    monkeypatch.setattr(bringing.ask, "tell", tell)
    path = tmp_path / "a.xml"
    path.write_text("<html></html>", encoding="utf-8")
    page.bringing.look(path)
    qtbot.waitUntil(lambda: bool(told))
    assert "begins with html" in told[0]
