"""The main window: pages, search, shortcuts, zoom, status."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app import settings
from referral_app.choices import InstallationMode
from referral_app.services import referrals
from referral_app.ui import actions
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.help.shortcuts import ShortcutsDialog
from referral_app.ui.main_window import MainWindow
from referral_app.ui.pages import PAGES, Place, build
from referral_app.ui.placement import FRAME, first_place
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.widgets.search_box import SearchBox


def _activate(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()


def _search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.top_bar.focus_search()
    qtbot.keyClicks(window.top_bar.box, text)
    qtbot.waitUntil(window.top_bar.popup.isVisible)


def test_pages_are_built_when_first_shown(window: MainWindow) -> None:
    assert window.stack.count() == 1
    window.show_page("settings")
    assert window.stack.count() == 2
    window.show_page("home")
    assert window.stack.count() == 2


@pytest.mark.parametrize("to", ["privacy", "worklists", "reports"])
def test_who_goes_on_from_a_page_by_keys_is_in_the_page_that_comes(
    qtbot: QtBot, window: MainWindow, to: str
) -> None:
    window.show()
    _activate(qtbot, window)
    for _ in range(2):  # the second time it is there already
        window.show_page("packets")
        page = window.page("packets")
        button = next(one for one in page.findChildren(QPushButton) if one.isVisible() and one.isEnabled())
        button.setFocus()
        assert button.hasFocus()
        window.show_page(to)
        qtbot.waitUntil(lambda: window.page(to).isAncestorOf(QApplication.focusWidget() or window))


def test_who_chooses_a_page_in_the_sidebar_stays_there(qtbot: QtBot, window: MainWindow) -> None:
    window.show()
    _activate(qtbot, window)
    chosen = window.sidebar.findChild(QAbstractButton)
    assert chosen is not None
    chosen.setFocus()
    window.show_page("packets")
    window.page("packets")
    assert chosen.hasFocus()


def test_a_screen_that_is_not_there_yet_says_so(desk: Desk, qtbot: QtBot) -> None:
    page = build(Place("later", "Later", "clock", "referral_app.ui.later.page:LaterPage"), desk)
    qtbot.addWidget(page)
    assert page.accessibleName() == "This screen is not there yet"


def test_the_title_names_no_patient(qtbot: QtBot, window: MainWindow, reference: str) -> None:
    window.open("referral", reference)
    qtbot.wait(100)
    assert window.windowTitle() == "Headache Center referral desk"


@pytest.mark.parametrize(
    ("text", "kinds"), [("quintero", {"patient", "referral"}), ("keen", {"surgeon", "referral"})]
)
def test_the_search_finds_surgeons_patients_and_referrals(
    qtbot: QtBot, window: MainWindow, text: str, kinds: set[str]
) -> None:
    _activate(qtbot, window)
    _search(qtbot, window, text)
    found = window.top_bar.popup.list
    hits = [found.item(at).data(Qt.ItemDataRole.UserRole) for at in range(found.count())]
    assert kinds <= {hit[0] for hit in hits if hit}


def test_a_result_is_opened_by_keyboard_alone(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, str]] = []
    monkeypatch.setattr(window, "open", lambda kind, identity: opened.append((kind, identity)))
    window.top_bar.opened.disconnect()
    window.top_bar.opened.connect(window.open)
    _activate(qtbot, window)
    _search(qtbot, window, "quintero")
    qtbot.keyClick(window.top_bar.box, Qt.Key.Key_Down)
    assert window.top_bar.popup.list.hasFocus()
    qtbot.keyClick(window.top_bar.popup.list, Qt.Key.Key_Return)
    assert opened[0][0] == "patient"
    assert not window.top_bar.popup.isVisible()


def test_esc_in_the_results_goes_back_to_the_box(qtbot: QtBot, window: MainWindow) -> None:
    _activate(qtbot, window)
    _search(qtbot, window, "keen")
    qtbot.keyClick(window.top_bar.box, Qt.Key.Key_Down)
    qtbot.keyClick(window.top_bar.popup.list, Qt.Key.Key_Escape)
    assert window.top_bar.box.hasFocus()
    assert not window.top_bar.popup.isVisible()
    qtbot.keyClick(window.top_bar.box, Qt.Key.Key_Escape)
    assert window.top_bar.box.text() == ""


def test_nothing_found_is_said(qtbot: QtBot, window: MainWindow) -> None:
    _activate(qtbot, window)
    _search(qtbot, window, "zzzzqqq")
    assert window.top_bar.popup.list.count() == 0
    assert window.top_bar.popup.isVisible()


def test_zoom_keys_change_the_text_size_and_are_remembered(window: MainWindow, filled_desk: Desk) -> None:
    before = window.font().pixelSize()
    window.zoom(1)
    assert window.font().pixelSize() >= before
    assert settings.load(filled_desk.paths).zoom == 110
    for _ in range(20):
        window.zoom(1)
    assert filled_desk.settings.zoom == 200
    window.zoom(0)
    assert filled_desk.settings.zoom == 100


def test_a_zoom_key_that_repeats_draws_the_window_once(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    monkeypatch.setattr(window, "settings_changed", lambda: taken.append(filled_desk.settings.zoom))
    for _ in range(10):
        window.zoom(1)
    qtbot.waitUntil(lambda: bool(taken))
    qtbot.wait(200)
    assert taken == [200]


def test_fields_stand_side_by_side_again_after_large_text(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 800)
    window.new_referral()
    qtbot.waitUntil(lambda: len(window.findChildren(FieldView)) > 12)
    for step in (1, 1, 1, 1, 1, 1, 1, 0):
        window.zoom(step)
        qtbot.wait(180)
    qtbot.wait(200)
    views = [view for view in window.findChildren(FieldView) if view.isVisible()][:10]
    assert {view.label.height() for view in views} == {24}
    assert {view.control.y() for view in views} == {28}


def test_every_action_has_its_place_in_the_menu_and_its_own_keys(window: MainWindow) -> None:
    menu = window.findChild(QMenu, "mainMenu")
    assert menu is not None
    in_menu = set(menu.actions())
    keys: list[str] = []
    for action in window.findChildren(QAction):
        if action.text():
            assert action in in_menu, action.text()
        keys += [key.toString() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_the_list_of_shortcuts_is_made_from_the_actions(window: MainWindow) -> None:
    listed = dict(actions.shortcuts(window))
    assert listed["New referral"] == "Ctrl+N"
    assert listed["Keyboard shortcuts"] == "Ctrl+/"


def test_help_is_about_the_page_shown(window: MainWindow) -> None:
    from referral_app.ui.help.window import TOPICS, HelpWindow

    window.show_page("settings")
    window.show_help()
    shown = window.findChild(HelpWindow)
    assert shown is not None
    topics = shown.findChild(QWidget, "helpTopics")
    assert topics.currentItem().text() == TOPICS["settings"]  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]
    for key in TOPICS:
        shown.show_topic(key)
    shown.close()


def test_the_office_is_called_after_who_uses_the_program(window: MainWindow, filled_desk: Desk) -> None:
    filled_desk.settings.mode = InstallationMode.HEADACHE_CENTER
    window.settings_changed()
    button = window.findChild(QWidget, "nav_office")
    assert button is not None
    assert button.accessibleName() == "Headache Center"


def test_a_narrow_window_folds_the_sidebar_and_keeps_its_names(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(700, 600)
    qtbot.wait(20)
    button = window.findChild(QWidget, "nav_surgeons")
    assert button is not None
    assert button.text() == ""  # pyright: ignore[reportAttributeAccessIssue]
    assert button.accessibleName() == "Surgeons"


def test_a_job_is_shown_with_its_progress_and_can_be_stopped(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk
) -> None:
    stop = threading.Event()

    def work(progress: Progress, canceled: Canceled) -> bool:
        progress(34, 100)
        while not canceled() and not stop.wait(0.01):
            pass
        return canceled()

    answers: list[bool] = []
    filled_desk.background.job(window, "Printing", work, answers.append)
    cancel = window.status.cancel
    qtbot.waitUntil(cancel.isVisible)
    bar = window.findChild(QWidget, "jobProgress")
    assert bar is not None
    qtbot.waitUntil(lambda: bar.accessibleName() == "Printing 34 of 100")
    cancel.click()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [True]
    assert not cancel.isVisible()


def test_the_size_of_the_window_is_remembered(qtbot: QtBot, window: MainWindow, filled_desk: Desk) -> None:
    window.resize(702, 507)
    window.close()
    again = MainWindow(filled_desk)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (702, 507)


def test_page_keys_are_unique() -> None:
    assert len({one.key for one in PAGES}) == len(PAGES)


@pytest.mark.parametrize("room", [QRect(0, 0, 1366, 728), QRect(0, 0, 1920, 1080), QRect(70, 25, 1024, 600)])
def test_a_window_that_was_never_placed_fits_the_screen_with_its_title_bar(room: QRect) -> None:
    place = first_place(room)
    assert room.adjusted(0, FRAME, 0, 0).contains(place)
    assert place.width() == min(1280, room.width())
    assert place.height() == min(800, room.height() - FRAME)


def test_redo_is_listed_beside_undo(qtbot: QtBot, window: MainWindow) -> None:
    window.show_shortcuts()
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    said = [one.text() for one in dialog.findChildren(QLabel)]
    at = said.index("Undo the last change in a referral")
    assert said[at + 1 : at + 4] == ["Ctrl+Z", "Redo it", "Ctrl+Shift+Z, Ctrl+Y"]
    dialog.close()


@pytest.mark.parametrize("key", ["referrals", "surgeons", "patients", "packets", "settings"])
def test_the_keys_of_a_page_put_the_focus_into_it(qtbot: QtBot, window: MainWindow, key: str) -> None:
    _activate(qtbot, window)
    window.findChildren(QWidget, "nav_home")[0].setFocus()
    go = next(one for one in window.findChildren(QAction) if one.objectName() == f"go_{key}")
    go.trigger()
    page = window.page(key)
    qtbot.waitUntil(lambda: page.isAncestorOf(window.focusWidget() or window))
    focused = window.focusWidget()
    assert focused is not None
    assert focused.isVisible()
    assert key in ("settings", "packets") or isinstance(focused, SearchBox)


def test_referrals_chosen_in_worklists_stand_chosen_in_packets(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.read() as session:
        name = referrals.get(session, reference).id
    _activate(qtbot, window)
    window.show_page("worklists")
    window.page("worklists").packets_of_wanted.emit([name])
    packets = window.page("packets")
    qtbot.waitUntil(lambda: packets.referrals.options.title.text() == "1 packet")
    assert window.current_page() is packets
    assert packets.tabs[1].isChecked()


def test_ctrl_2_in_an_open_referral_leads_back_to_its_list(
    qtbot: QtBot, window: MainWindow, reference: str
) -> None:
    _activate(qtbot, window)
    page = window.page("referrals")
    go = next(one for one in window.findChildren(QAction) if one.objectName() == "go_referrals")
    window.open("referral", reference)
    qtbot.waitUntil(lambda: page.form is not None, timeout=20000)
    window.show_page("home")
    go.trigger()  # from elsewhere the referral that is open comes back
    assert page.form is not None
    go.trigger()
    qtbot.waitUntil(lambda: page.form is None and page.stack.currentWidget() is page.list)
    qtbot.waitUntil(lambda: page.list.isAncestorOf(window.focusWidget() or window))


def test_once_it_is_signed_the_next_step_is_to_send_it(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    with filled_desk.db.begin() as session:
        record = referrals.get(session, reference)
        intake = record.intake | {"pain": record.intake["pain"] | {"average": 3}}
        referrals.save(
            session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id
        )
    _activate(qtbot, window)
    page = window.page("referrals")
    window.open("referral", reference)
    qtbot.waitUntil(lambda: page.form is not None, timeout=20000)
    with qtbot.waitSignal(page.form.saving.decided, timeout=20000):
        page.form.saving.sign("Eleanor Whitcombe, MD")
    assert QApplication.focusWidget() is page.form.head.send_button
    page.form.head.send_button.click()
    qtbot.waitUntil(lambda: window.findChild(QWidget, "sendDialog") is not None, timeout=20000)


def test_say_who_you_are_puts_the_cursor_into_the_name(qtbot: QtBot, window: MainWindow) -> None:
    _activate(qtbot, window)
    window.show_page("home")
    window.page("home").name_wanted.emit()
    settings_page = window.page("settings")
    qtbot.waitUntil(settings_page.person.hasFocus)


def test_what_happened_a_minute_ago_is_said_no_more(qtbot: QtBot, window: MainWindow) -> None:
    window.status.old.setInterval(30)
    window.status.say("Settings saved")
    said = window.status.findChildren(QLabel)
    assert "Settings saved" in [one.text() for one in said]
    qtbot.waitUntil(lambda: "Settings saved" not in [one.text() for one in said])
