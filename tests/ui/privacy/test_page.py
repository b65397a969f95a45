"""The page of corrections and holds, and the page of deletion, as a person uses them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from referral_app.models.patient import Patient
from referral_app.services import amendments, legal_holds, patients
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.patients import PatientRecord
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.privacy.asking_dialog import AskingDialog
from referral_app.ui.privacy.page import PrivacyPage
from referral_app.ui.privacy.retention_page import DeletionDialog, RetentionPage

TODAY = date.today()


def somebody(desk: Desk, name: str = "Quintero", **more: Any) -> str:
    with desk.db.begin() as session:
        values = {"family_name": name, "given_name": "Ana", "date_of_birth": "1960-05-02"} | more
        return patients.save(session, PatientRecord(values)).id


def asked(desk: Desk, who: str, days: int = 5) -> AmendmentRecord:
    with desk.db.begin() as session:
        wish = AmendmentRecord(who, "Ana Quintero", TODAY - timedelta(days=days), "The onset")
        return amendments.record(session, wish)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> PrivacyPage:
    made = PrivacyPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


@pytest.fixture
def deleting(qtbot: QtBot, desk: Desk) -> RetentionPage:
    made = RetentionPage(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(qtbot: QtBot, page: PrivacyPage, who: str = "", rows: int = 1) -> PrivacyPage:
    with qtbot.waitSignal(page.list.loaded):
        page.show_of(who, "Ana Quintero")
    if rows:
        qtbot.waitUntil(lambda: page.list.table.model().rowCount() == rows)
        page.list.table.selectRow(0)
        qtbot.waitUntil(lambda: not page.detail.buttons["accept"].isHidden())
    return page


def opened(page: Any, name: str) -> AskingDialog:
    dialog = page.findChild(AskingDialog, name)
    assert dialog is not None
    return dialog


def test_a_request_is_entered_for_the_patient_shown_and_stands_in_the_list(
    qtbot: QtBot, desk: Desk, page: PrivacyPage
) -> None:
    who = somebody(desk)
    shown(qtbot, page, who, rows=0)
    page.ask_new()
    dialog = opened(page, "correctionDialog")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled())
    fields.write(dialog.blocks["asked_by"].widget, "Ana Quintero")
    fields.write(dialog.blocks["what"].widget, "It began in 2019.")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    qtbot.waitUntil(lambda: page.list.table.model().rowCount() == 1)


def test_what_is_overdue_says_so_and_is_answered(qtbot: QtBot, desk: Desk, page: PrivacyPage) -> None:
    one = asked(desk, somebody(desk), days=63)
    shown(qtbot, page)
    page.detail.buttons["deny"].click()
    dialog = opened(page, "denialDialog")
    fields.write(dialog.blocks["basis"].widget, "complete")
    fields.write(dialog.blocks["why"].widget, "The diary says so.")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    with desk.db.read() as session:
        assert amendments.find(session, one.patient_id)[0].accepted is False


def _hold_words(page: PrivacyPage) -> str:
    """Return what the button says; the line that was shown before may still wait to be deleted."""
    return [one.text() for one in page.of.findChildren(QPushButton, "privacyHold") if one.isVisible()][-1]


def test_a_hold_is_placed_and_lifted_from_the_patient(qtbot: QtBot, desk: Desk, page: PrivacyPage) -> None:
    who = somebody(desk)
    asked(desk, who)
    shown(qtbot, page, who)
    qtbot.waitUntil(lambda: page.of.findChild(QPushButton, "privacyHold") is not None)
    page.of.hold_wanted.emit()
    dialog = opened(page, "holdDialog")
    fields.write(dialog.blocks["why"].widget, "Claim")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    with desk.db.read() as session:
        (hold,) = legal_holds.of_patient(session, who)
    qtbot.waitUntil(lambda: _hold_words(page) == "Place another legal hold…")
    page.of.lift_wanted.emit(hold)
    lift = opened(page, "liftDialog")
    fields.write(lift.blocks["why"].widget, "Over")
    with qtbot.waitSignal(lift.saved):
        lift.save_button.click()
    with desk.db.read() as session:
        assert not legal_holds.of_patient(session, who)[0].stands


def test_a_record_goes_only_where_its_name_is_typed(
    qtbot: QtBot, desk: Desk, deleting: RetentionPage
) -> None:
    who = somebody(desk, "Longago")
    with desk.db.begin() as session:
        old = datetime(2001, 3, 27, tzinfo=UTC)
        session.execute(update(Patient).where(Patient.id == who).values(updated=old))
    deleting.reload()
    qtbot.waitUntil(lambda: deleting.list.table.model().rowCount() == 1)
    deleting.list.table.selectRow(0)
    qtbot.waitUntil(deleting.delete_button.isEnabled)
    deleting.delete_button.click()
    dialog = deleting.findChild(DeletionDialog)
    assert dialog is not None
    qtbot.keyClick(dialog.blocks["name"].widget, Qt.Key.Key_Return)
    name = dialog.blocks["name"].widget
    fields.write(name, "Longago, Ben")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled() and dialog.summary.isVisible())
    fields.write(name, "longago, ana")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    with desk.db.read() as session:
        assert patients.find(session, "Longago") == []


def test_years_are_set_within_bounds(qtbot: QtBot, deleting: RetentionPage) -> None:
    deleting.reload()
    qtbot.waitUntil(lambda: "7 years" in deleting.years.text())
    deleting.ask_years()
    dialog = opened(deleting, "yearsDialog")
    for typed in ("5", "seven", "9999"):
        fields.write(dialog.blocks["years"].widget, typed)
        dialog.save_button.click()
        qtbot.waitUntil(lambda: dialog.save_button.isEnabled() and dialog.summary.isVisible())
    fields.write(dialog.blocks["years"].widget, "10")
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    qtbot.waitUntil(lambda: "10 years" in deleting.years.text())


def test_a_patient_without_a_referral_has_a_list_of_disclosures_too(
    qtbot: QtBot, desk: Desk, page: PrivacyPage
) -> None:
    who = somebody(desk)
    shown(qtbot, page, who, rows=0)
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "privacyDisclosures") is not None)
    button = page.findChild(QPushButton, "privacyDisclosures")
    assert button.isEnabled()
    with qtbot.waitSignal(page.preview) as asked:
        button.click()
    assert asked.args == ["disclosures", f"patient:{who}"]
