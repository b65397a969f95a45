"""After an entry was saved: search, filters and place are as before, and the save can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea
from pytestqt.qtbot import QtBot

from referral_app.services import surgeons
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.surgeons.dialog import SurgeonDialog
from referral_app.ui.surgeons.page import SurgeonsPage

KEEN = "9000000015"


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> SurgeonsPage:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.show_page("surgeons")
    made: SurgeonsPage = window.page("surgeons")
    qtbot.waitUntil(lambda: made.directory.list.model.rowCount() > 10)
    return made


def _surgeon(desk: Desk) -> SurgeonRecord:
    with desk.db.read() as session:
        return surgeons.by_npi(session, KEEN)


def _search(qtbot: QtBot, page: SurgeonsPage, words: str) -> None:
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.search.setText(words)


def _edited(qtbot: QtBot, page: SurgeonsPage, surgeon: SurgeonRecord, specialty: str) -> None:
    """Change the specialty in the dialog, as a person does."""
    page.acts.perform("edit", [surgeon.id])
    qtbot.waitUntil(lambda: page.window().findChild(QDialog, "surgeonDialog") is not None, timeout=20000)
    dialog = page.window().findChild(SurgeonDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    dialog.form.finish()
    fields.write(dialog.form.widgets["specialty"], specialty)
    with qtbot.waitSignal(page.acts.shown):
        dialog.save()
    qtbot.waitUntil(lambda: not page.window().findChildren(SurgeonDialog))


def test_saving_keeps_search_and_place_and_gives_the_focus_to_the_list(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk
) -> None:
    _search(qtbot, page, "language:es occipital")
    rows, last = page.directory.list.model.rowCount(), page.directory.list.model.row(1)
    assert 1 < rows < 12
    assert last is not None
    with filled_desk.db.read() as session:
        keen = surgeons.get(session, last.surgeon.id)
    _edited(qtbot, page, keen, "Nerve surgery")
    qtbot.waitUntil(
        lambda: (shown := page.directory.card.surgeon()) is not None and shown.specialty == "Nerve surgery"
    )
    qtbot.waitUntil(page.directory.list.table.hasFocus)
    assert page.directory.search.text() == "language:es occipital"
    qtbot.waitUntil(lambda: not page.directory._finding.busy)  # noqa: SLF001
    assert page.directory.list.model.rowCount() == rows
    current = page.directory.list.current()
    assert current is not None
    assert current.surgeon.id == keen.id


def test_an_entry_that_the_search_no_longer_finds_is_shown_all_the_same(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk
) -> None:
    keen = _surgeon(filled_desk)
    _search(qtbot, page, "okonkwo")
    page.show_again(keen.id)
    qtbot.wait(400)
    shown = page.directory.card.surgeon()
    assert shown is not None
    assert shown.id == keen.id
    assert page.directory.search.text() == "okonkwo"


def test_a_save_is_undone_from_the_status_bar(
    qtbot: QtBot, page: SurgeonsPage, window: MainWindow, filled_desk: Desk
) -> None:
    keen = _surgeon(filled_desk)
    _edited(qtbot, page, keen, "Nerve surgery")
    qtbot.waitUntil(window.status.undo.isVisible)
    assert window.status.words() == f"Saved the entry of {keen.name}"
    window.status.take_back()
    qtbot.waitUntil(lambda: _surgeon(filled_desk).specialty == keen.specialty)
    qtbot.waitUntil(lambda: "is as before" in window.status.words())
    assert replace(_surgeon(filled_desk), version=keen.version) == keen


def test_a_save_that_changed_nothing_offers_no_undo(
    qtbot: QtBot, page: SurgeonsPage, window: MainWindow, filled_desk: Desk
) -> None:
    keen = _surgeon(filled_desk)
    _edited(qtbot, page, keen, "Nerve surgery")
    _edited(qtbot, page, _surgeon(filled_desk), "Nerve surgery")
    assert not window.status.undo.isVisible()


def test_the_keys_of_editing_work_from_the_search_box(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk
) -> None:
    page.directory.list.open_first()
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    page.focus_search()
    with qtbot.waitSignal(page.directory.acted) as acted:
        qtbot.keyClick(page.directory.search, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert acted.args[0] == "edit"
    qtbot.waitUntil(lambda: bool(page.window().findChildren(SurgeonDialog)), timeout=20000)
    dialog = page.window().findChildren(SurgeonDialog)[0]
    qtbot.waitUntil(dialog.isVisible)
    dialog.close_unchanged()
    qtbot.waitUntil(lambda: not page.window().findChildren(SurgeonDialog))


def test_the_same_surgeon_opens_at_the_top_again(qtbot: QtBot, page: SurgeonsPage) -> None:
    directory = page.directory
    directory.list.open_first()
    area = directory.card.findChild(QScrollArea, "surgeonCardArea")
    assert area is not None
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 200)
    area.verticalScrollBar().setValue(150)
    directory.list.open_first()
    assert area.verticalScrollBar().value() == 0
