"""The audit: found by person, patient, action and period; checked, exported, never changed."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from referral_app.services import patients
from referral_app.services.audit import AuditRecord
from referral_app.services.patients import PatientRecord
from referral_app.ui import ask
from referral_app.ui.audit.page import AuditPage
from referral_app.ui.desk import Desk
from referral_app.ui.widgets.rows import RowButton
from tests import staff

ADAMS = {"family_name": "Adams", "given_name": "Ruth", "date_of_birth": "1950-05-06"}


@pytest.fixture
def page(qtbot: QtBot, staffed: Desk) -> AuditPage:
    with staffed.db.begin() as session:
        patients.save(session, PatientRecord(dict(ADAMS)))
    made = AuditPage(staffed)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    with qtbot.waitSignal(made.list.loaded):
        made.reload()
    return made


def _events(page: AuditPage) -> list[AuditRecord]:
    return [page.list.model.row(at) for at in range(page.list.model.rowCount())]  # type: ignore[misc]


def _actions(page: AuditPage) -> list[str]:
    return [one.action for one in _events(page)]


def test_the_latest_event_stands_first(page: AuditPage) -> None:
    numbers = [one.sequence for one in _events(page)]
    assert numbers == sorted(numbers, reverse=True)
    assert {"logged_in", "person_added", "created"} <= set(_actions(page))
    assert page.count.text().startswith(f"{len(numbers)} events")


def test_events_are_found_by_action(qtbot: QtBot, page: AuditPage) -> None:
    with qtbot.waitSignal(page.list.loaded):
        page.filters.action.set_value("person_added")
    assert set(_actions(page)) == {"person_added"}


def test_events_are_found_by_person(qtbot: QtBot, page: AuditPage, staffed: Desk) -> None:
    qtbot.waitUntil(lambda: page.filters.person.count() == 5)
    page.list.table.selectRow(0)
    with qtbot.waitSignal(page.list.loaded):
        page.detail.person_button.click()
    assert page.filters.person.currentText() == staff.NAME
    assert {one.person for one in _events(page)} == {staff.NAME}


def test_events_are_found_by_patient(qtbot: QtBot, page: AuditPage) -> None:
    page.filters.patient.search.setText("adams")
    qtbot.waitUntil(lambda: page.filters.patient.findChild(RowButton) is not None)
    line = page.filters.patient.findChild(RowButton)
    assert isinstance(line, RowButton)
    with qtbot.waitSignal(page.list.loaded):
        line.click()
    assert "created" in _actions(page)
    assert {one.patient for one in _events(page)} == {"Adams, Ruth"}


def test_events_are_found_by_period_and_all_come_back(qtbot: QtBot, page: AuditPage) -> None:
    before = page.list.model.rowCount()
    page.filters.end.setText((date.today() - timedelta(days=1)).isoformat())
    page.filters.end.setModified(True)
    with qtbot.waitSignal(page.list.loaded):
        page.filters.end.editingFinished.emit()
    assert page.list.model.rowCount() == 0
    assert page.list.note.accessibleName() == "No such event"
    with qtbot.waitSignal(page.list.loaded):
        page.filters.reset.click()
    assert page.list.model.rowCount() >= before


def test_a_date_that_is_none_is_said_beside_its_field(qtbot: QtBot, page: AuditPage) -> None:
    page.filters.start.setText("13/45/2026")
    page.filters.start.setModified(True)
    with qtbot.waitSignal(page.list.loaded):
        page.filters.start.editingFinished.emit()
    assert page.filters.blocks["from_"].error()


def test_an_event_is_shown_whole(page: AuditPage) -> None:
    added = next(at for at, one in enumerate(_events(page)) if one.action == "person_added")
    page.list.table.selectRow(added)
    from PySide6.QtWidgets import QLabel

    words = " ".join(label.text() for label in page.detail.findChildren(QLabel))
    assert "Person added" in words
    assert "Person Marco Abernathy-Lindqvist" in words
    assert "Roles" in words


def test_a_whole_audit_is_said_to_be_whole_and_the_check_is_noted(qtbot: QtBot, page: AuditPage) -> None:
    page.check()
    qtbot.waitUntil(lambda: page.whole.words().startswith("The audit is whole"))
    qtbot.waitUntil(lambda: _actions(page)[:1] == ["checked"])
    assert not page.warning.isVisible()


def test_an_event_that_was_altered_is_found(qtbot: QtBot, page: AuditPage, staffed: Desk) -> None:
    with staffed.db.begin() as session:
        connection = session.connection()
        for trigger in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"
        ).scalars():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql("UPDATE audit_event SET person = 'Nobody' WHERE sequence = 2")
    page.check()
    qtbot.waitUntil(page.warning.isVisible)
    assert "Event 2 of the audit was altered" in page.warning.words()
    assert not page.whole.isVisible()


def test_what_was_found_at_the_start_is_shown(qtbot: QtBot, page: AuditPage, staffed: Desk) -> None:
    staffed.db.warnings.append("The audit ends earlier than it did.")
    with qtbot.waitSignal(page.list.loaded):
        page.reload()
    assert page.warning.isVisible()
    assert page.warning.words() == "The audit ends earlier than it did."


def test_the_export_holds_what_is_shown_and_is_noted(
    qtbot: QtBot, page: AuditPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "audit.csv"
    monkeypatch.setattr(ask, "save_file", lambda parent, title, name, kinds, on_path: on_path(file))
    with qtbot.waitSignal(page.list.loaded):
        page.filters.action.set_value("person_added")
    with qtbot.waitSignal(page.said):
        page.export_button.click()
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 1 + 4
    assert {row[6] for row in rows[1:]} == {"Person added"}
    page.filters.action.set_value("exported")
    qtbot.waitUntil(lambda: _actions(page) == ["exported"])


def test_a_search_that_settled_is_noted(qtbot: QtBot, page: AuditPage, staffed: Desk) -> None:
    with qtbot.waitSignal(page.list.loaded):
        page.search.setText("Roles")
    page.list.table.selectRow(0)
    page.list.opened.emit(page.list.current())
    qtbot.waitUntil(lambda: not staffed.background.is_busy)
    with qtbot.waitSignal(page.list.loaded):
        page.filters.action.set_value("searched")
    assert _events(page)[0].details["words"] == "Roles"


def test_those_who_are_no_administrators_are_refused_in_words(
    qtbot: QtBot, staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, detail="", warning=False: told.append(sentence))
    with staffed.db.read() as session:
        from referral_app.services import people

        ruth = next(one for one in people.find(session) if one.login == "ruth")
    staff.act_as(staffed.db, ruth.id)
    page = AuditPage(staffed)
    qtbot.addWidget(page)
    page.reload()
    qtbot.waitUntil(lambda: page.list.note.accessibleName() == "This list could not be read")
    assert told == ["You may not administer people, keys, audit, settings and backups. Ask an administrator."]
