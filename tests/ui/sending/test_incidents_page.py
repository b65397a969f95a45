"""The page of incidents: listed, written down further, and closed by an administrator."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import StaffRole
from referral_app.services import incidents
from referral_app.services.incidents import IncidentRecord, Told
from referral_app.ui.desk import Desk
from referral_app.ui.sending.incident_dialog import IncidentDialog
from referral_app.ui.sending.incidents_page import IncidentsPage
from tests.ui.referrals.conftest import shown


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk, reference: str) -> IncidentsPage:
    said = IncidentRecord(reference, date.today(), "410-555-0199", "Letter, 4 pages")
    with filled_desk.db.begin() as session:
        incidents.record(session, said)
    made = shown(qtbot, IncidentsPage(filled_desk))
    made.resize(1180, 700)
    with qtbot.waitSignal(made.list.loaded):
        made.reload()
    return made


def words(widget: QWidget) -> str:
    return " ".join(
        str(one.property("text") or "") for one in widget.findChildren(QWidget) if one.property("text")
    )


def dialog_of(qtbot: QtBot, page: IncidentsPage) -> Any:
    page.list.table.selectRow(0)
    qtbot.waitUntil(page.detail.edit_button.isVisible)
    page.detail.edit_button.click()
    qtbot.waitUntil(lambda: page.findChild(IncidentDialog) is not None)
    return page.findChild(IncidentDialog)


def test_an_incident_is_written_down_and_closed(qtbot: QtBot, page: IncidentsPage) -> None:
    assert page.count.text() == "1 incident"
    dialog = dialog_of(qtbot, page)
    dialog.close_button.click()
    qtbot.waitUntil(lambda: bool(dialog.blocks["done"].error()))
    assert dialog.blocks["who_has_it"].error()
    dialog.who.setText("A bakery")
    dialog.deeds.setPlainText("They shredded it")
    dialog.told.all[0].who.setText("The patient")
    dialog.told.all[0].how.setText("Phone")
    with qtbot.waitSignal(page.said) as said:
        dialog.close_button.click()
    assert said.args == ["Incident closed"]
    qtbot.waitUntil(lambda: page.list.table.model() is not None)
    page.list.table.selectRow(0)
    qtbot.waitUntil(lambda: "They shredded it" in words(page.detail))
    assert not page.detail.edit_button.isVisible()
    with qtbot.waitSignal(page.list.loaded):
        page.which.set_value("open")
    qtbot.waitUntil(lambda: page.count.text() == "0 incidents")


def test_it_leads_to_its_referral_and_back_to_packets(
    qtbot: QtBot, page: IncidentsPage, filled_desk: Desk
) -> None:
    page.list.table.selectRow(0)
    qtbot.waitUntil(page.detail.referral_button.isVisible)
    with qtbot.waitSignal(page.open_referral) as asked:
        page.detail.referral_button.click()
    with filled_desk.db.read() as session:
        assert asked.args == [incidents.find(session)[0].referral_id]
    with qtbot.waitSignal(page.go) as asked:
        page.head.back.click()
    assert asked.args == ["packets"]


def test_lines_of_who_was_told_are_added_and_removed(qtbot: QtBot, page: IncidentsPage) -> None:
    dialog = dialog_of(qtbot, page)
    dialog.told.add_button.click()
    first, second = dialog.told.all
    second.who.setText("Privacy officer")
    first.remove.click()
    assert [who for who, _, _ in dialog.told.lines()] == ["Privacy officer"]
    assert Told("x", date.today()).how == ""


def test_only_an_administrator_closes(qtbot: QtBot, staffed: Desk) -> None:
    from tests.acting import as_role

    as_role(staffed.db, StaffRole.SCHEDULER)
    parent = shown(qtbot, QWidget())
    dialog: Any = IncidentDialog(staffed, parent, IncidentRecord("7QK2-M4TX-9", date.today()))
    assert not dialog.close_button.isEnabled()
    assert "may not" in dialog.close_button.toolTip()


def test_its_sheet_is_asked_for_and_what_is_typed_is_kept_first(
    qtbot: QtBot, page: IncidentsPage, filled_desk: Desk
) -> None:
    with filled_desk.db.read() as session:
        name = incidents.find(session)[0].id
    page.list.table.selectRow(0)
    qtbot.waitUntil(page.detail.print_button.isVisible)
    with qtbot.waitSignal(page.preview) as asked:
        page.detail.print_button.click()
    assert asked.args == ["incident_sheet", name]
    dialog = dialog_of(qtbot, page)
    dialog.what.setPlainText("")
    dialog.print_button.click()
    qtbot.waitUntil(lambda: bool(dialog.blocks["what"].error()))
    dialog.what.setPlainText("Letter, 5 pages")
    with qtbot.waitSignal(page.preview) as asked:
        dialog.print_button.click()
    assert asked.args == ["incident_sheet", name]
    with filled_desk.db.read() as session:
        assert incidents.get(session, name).what == "Letter, 5 pages"
