"""What is done with one or several surgeons: keys from the box, archive with undo, favorites, searches, columns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from referral_app.services import shortlists, surgeons
from referral_app.services.folding import fold
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.surgeons.compare_dialog import CompareDialog
from referral_app.ui.surgeons.page import SurgeonsPage
from referral_app.ui.surgeons.saved_dialog import ManageDialog, NameDialog
from referral_app.ui.surgeons.short_pane import CountRow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> SurgeonsPage:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_page("surgeons")
    made: SurgeonsPage = window.page("surgeons")
    qtbot.waitUntil(lambda: made.directory.list.model.rowCount() > 10)
    qtbot.waitUntil(lambda: made.directory.short.person != "")
    return made


def _select(qtbot: QtBot, page: SurgeonsPage, more: int) -> list[str]:
    page.directory.list.enter()
    for _ in range(more):
        qtbot.keyClick(page.directory.list.table, Qt.Key.Key_Down, SHIFT)
    return page.directory.chosen()


def test_several_are_chosen_with_the_keyboard_and_what_can_be_done_is_said(
    qtbot: QtBot, page: SurgeonsPage
) -> None:
    assert len(_select(qtbot, page, 2)) == 3
    assert page.directory.bar.isVisible()
    assert page.directory.bar.words.text() == "3 selected"
    qtbot.waitUntil(lambda: page.directory.card.empty.accessibleName() == "3 surgeons selected")
    refer = page.directory.verbs.action("refer")
    assert not refer.isEnabled()
    assert "one surgeon at a time" in refer.toolTip()
    page.directory.bar.clear_button.click()
    assert not page.directory.bar.isVisible()


def test_archiving_several_is_undone_from_the_status_bar(
    qtbot: QtBot, page: SurgeonsPage, window: MainWindow, filled_desk: Desk
) -> None:
    ids = _select(qtbot, page, 1)
    before = page.directory.list.model.rowCount()
    page.directory.verbs.action("archive").trigger()
    qtbot.waitUntil(lambda: page.directory.list.model.rowCount() == before - 2)
    assert window.status.words() == "Archived 2 entries"
    assert window.status.undo.isVisible()
    window.status.undo.click()
    qtbot.waitUntil(lambda: page.directory.list.model.rowCount() == before)
    assert window.status.undo.isHidden()
    with filled_desk.db.read() as session:
        assert not any(surgeons.get(session, one).archived for one in ids)


def test_what_is_said_later_takes_the_undo_away(qtbot: QtBot, window: MainWindow) -> None:
    done: list[int] = []
    window.status.offer("Archived the entry", lambda: done.append(1))
    window.status.say("Saved 10:42")
    window.status.take_back()
    assert window.status.undo.isHidden()
    assert done == []


def test_keys_of_an_entry_work_from_the_search_box(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.focus_search()
    qtbot.keyClicks(page.directory.search, "keen")
    qtbot.keyClick(page.directory.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    page.focus_search()
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(page.directory.search, Qt.Key.Key_B, CONTROL)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Marguerite Keen, MD\n")
    assert "Fax (410) 555-0103" in copied
    with qtbot.waitSignal(page.new_referral):
        qtbot.keyClick(page.directory.search, Qt.Key.Key_R, CONTROL)


def test_a_favorite_is_marked_filtered_and_counted(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.directory.list.open_first()
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    page.directory.verbs.action("favorite").trigger()
    qtbot.waitUntil(lambda: len(page.directory.list.around.favorites) == 1)
    assert page.directory.pane.favorites.accessibleName() == "Favorites: 1"
    spoken = page.directory.list.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert ", Favorite, " in spoken
    page.directory.pane.favorites.click()
    qtbot.waitUntil(lambda: page.directory.list.model.rowCount() == 1)


def test_opened_surgeons_can_be_opened_again(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.directory.list.open_first()
    qtbot.waitUntil(lambda: page.directory.pane.recents.isEnabled())
    qtbot.waitUntil(lambda: page.directory.card.surgeon() is not None)
    menu = page.directory.pane.findChild(QMenu, "recentSurgeons")
    assert menu is not None
    shown = page.directory.card.surgeon()
    assert shown is not None
    assert [action.text() for action in menu.actions()] == [shown.name]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: page.directory.card.surgeon() == shown)


def test_a_search_is_kept_counted_asked_again_and_removed(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk
) -> None:
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.search.setText("language:es")
    page.directory.save_search()
    dialog = page.window().findChild(NameDialog)
    assert dialog is not None
    dialog.save()
    qtbot.waitUntil(lambda: dialog.field.error() != "")
    dialog.name.setText("Spanish")
    dialog.save()
    qtbot.waitUntil(lambda: page.directory.pane.findChild(CountRow, "savedSearch0") is not None)
    line = page.directory.pane.findChild(CountRow, "savedSearch0")
    assert line is not None
    assert line.accessibleName() == f"Spanish: {page.directory.list.model.rowCount()}"
    page.directory.reset()
    qtbot.waitUntil(lambda: page.directory.list.model.rowCount() > 10)
    line.click()
    qtbot.waitUntil(lambda: page.directory.query().language == "es")
    page.directory.short.manage()
    manage = page.window().findChild(ManageDialog)
    assert manage is not None
    button = manage.findChild(type(page.more_button), "trashSearch0")
    assert button is not None
    with qtbot.waitSignal(manage.changed):
        button.click()
    with filled_desk.db.read() as session:
        assert shortlists.searches(session) == []
    manage.close()


def test_a_search_that_asks_nothing_is_not_kept(
    qtbot: QtBot, page: SurgeonsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, *more, **options: told.append(sentence))
    page.directory.save_search()
    assert told == ["There is nothing to save yet"]


def test_the_table_shows_columns_and_sorts_by_their_heads(qtbot: QtBot, page: SurgeonsPage) -> None:
    page.directory.order.switch()
    records = page.directory.list
    assert records.columns.shown()[:3] == ["Name", "Procedures", "Place"]
    header = records.table.horizontalHeader()
    assert header.isVisible()
    with qtbot.waitSignal(records.loaded):
        header.sectionClicked.emit(0)
    assert page.directory.query().sort == "name"
    with qtbot.waitSignal(records.loaded):
        header.sectionClicked.emit(0)
    assert page.directory.query().descending
    row = records.model.row(0)
    assert row is not None
    names = [str(records.model.index(at, 0).data()) for at in range(records.model.rowCount())]
    families = [fold(records.model.row(at).surgeon.family_name) for at in range(len(names))]  # type: ignore[union-attr]
    assert families == sorted(families, reverse=True)
    plans = records.model.index(0, 6).data()
    assert plans
    page.directory.order.switch()
    assert records.columns.shown() == ["Surgeon"]


def test_the_form_of_the_list_is_remembered(qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk) -> None:
    page.directory.order.switch()
    again = SurgeonsPage(filled_desk)
    qtbot.addWidget(again)
    assert again.directory.list.mode == "table"


def test_chosen_surgeons_are_compared(qtbot: QtBot, page: SurgeonsPage) -> None:
    _select(qtbot, page, 2)
    page.directory.verbs.action("compare").trigger()
    qtbot.waitUntil(lambda: page.findChild(CompareDialog) is not None)
    dialog = page.findChild(CompareDialog)
    assert dialog is not None
    with qtbot.waitSignal(page.new_referral):
        button = dialog.findChild(type(page.new_button), "referCompared2")
        assert button is not None
        button.click()


def test_cards_sheets_and_the_search_go_to_the_preview(qtbot: QtBot, page: SurgeonsPage) -> None:
    ids = _select(qtbot, page, 1)
    for verb, kind in (("card", "card"), ("sheet", "verification")):
        with qtbot.waitSignal(page.acts.preview) as asked:
            page.acts.perform(verb, ids)
        assert asked.args == [kind, ids]


def test_every_verb_has_words_and_no_two_have_the_same_keys(page: SurgeonsPage) -> None:
    window = page.window()
    keys = [
        key.toString()
        for action in (*window.actions(), *page.actions(), *page.directory.actions())
        for key in action.shortcuts()
    ]
    assert len(keys) == len(set(keys)), sorted(keys)


def test_the_focus_goes_back_to_the_list_when_the_bar_goes(qtbot: QtBot, page: SurgeonsPage) -> None:
    _select(qtbot, page, 2)
    page.directory.bar.clear_button.setFocus()
    page.directory.bar.clear_button.click()
    assert page.directory.list.table.hasFocus()


def test_a_directory_without_its_index_says_so_and_tries_again(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk
) -> None:
    with filled_desk.db.begin() as session:
        session.execute(text("UPDATE directory_index SET layout = -1"))
    with qtbot.waitSignal(page.directory.list.loaded):
        page.directory.search.setText("keen")
    assert page.directory.list.note.accessibleName() == "The directory cannot be searched now"
    assert page.directory.list.note.button.text() == "Try again"
    assert page.directory.filters.fields["zip"].error() == ""


@pytest.mark.parametrize("place", ["search", "list"])
def test_keys_of_the_page_work_from_box_and_list(qtbot: QtBot, page: SurgeonsPage, place: str) -> None:
    page.focus_search() if place == "search" else page.directory.list.enter()
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_T, CONTROL)
    assert page.directory.list.mode == "table"
    qtbot.keyClick(focus, Qt.Key.Key_M, CONTROL)
    qtbot.waitUntil(lambda: page.window().findChild(QDialog, "matchDialog") is not None)


def test_no_button_in_sight_has_the_keys_of_an_action(page: SurgeonsPage) -> None:
    window = page.window()
    actions = {key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()}
    held = [
        button.objectName()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not button.shortcut().isEmpty() and button.shortcut().toString() in actions
    ]
    assert held == []
