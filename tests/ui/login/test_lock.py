"""Locking: by key, by button, by the clock, under dialogs and during jobs; and coming back to the same place."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import AuditAction, StaffRole
from referral_app.database import Passphrase
from referral_app.jobs import people
from referral_app.paths import Paths
from referral_app.services import audit, drafts
from referral_app.services import people as accounts
from referral_app.services.people import PersonRecord
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.door import Door
from referral_app.ui.login.idle import TICK
from referral_app.ui.main_window import MainWindow
from tests.database.ways import CHEAP, LOGIN, PASSPHRASE
from tests.ui.login.conftest import Clock, Hands

OTHER = "another invented phrase"


@pytest.fixture
def at_work(door: Door, hands: Hands, paths: Paths, recovery: str, qtbot: QtBot) -> MainWindow:
    """The window of Dana, at work."""
    db = people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), door._settings.mode)  # noqa: SLF001
    _, code = people.add(db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.SCHEDULER})))
    db.close()
    bo = people.open_store(paths, Passphrase("bo", code), door._settings.mode)  # noqa: SLF001
    people.change_passphrase(bo, code, OTHER, CHEAP)
    bo.close()
    db = people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), door._settings.mode)  # noqa: SLF001
    door._work(db)  # noqa: SLF001
    assert door.window is not None
    with qtbot.waitActive(door.window):
        door.window.activateWindow()
    return door.window


def _press_lock(window: MainWindow) -> None:
    action = window.findChild(QAction, "lockAction")
    assert action is not None
    action.trigger()


def _shut(door: Door, hands: Hands) -> None:
    """Wait until the keys are forgotten."""
    assert door._desk is not None  # noqa: SLF001
    db = door._desk.db  # noqa: SLF001
    hands.until(lambda: db.is_locked)


def _unlock(door: Door, hands: Hands, passphrase: str = PASSPHRASE, login: str = LOGIN) -> None:
    assert door.lock is not None
    assert door.lock.page is not None
    hands.type(door.lock.page, "lockLogin", login)
    hands.type(door.lock.page, "lockPassphrase", passphrase)
    hands.press(door.lock.page, "lockSubmit")


def _visible_words(window: QWidget) -> str:
    from PySide6.QtWidgets import QAbstractButton, QLabel

    shown = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return " ".join(one.text() for one in shown if one.isVisible())


def test_ctrl_l_hides_everything_forgets_the_keys_and_comes_back_to_the_same_place(
    door: Door, hands: Hands, at_work: MainWindow, qtbot: QtBot
) -> None:
    at_work.new_referral({})
    hands.until(lambda: at_work.findChild(QLineEdit, "patient.family_name"))
    field = at_work.findChild(QLineEdit, "patient.family_name")
    assert field is not None
    hands.until(field.isVisible)
    field.setFocus()
    field.setText("Quillfeather")
    QTest.keyClick(at_work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert door.lock is not None
    assert door.lock.is_locked
    assert not field.isVisible()
    assert "Quillfeather" not in _visible_words(at_work)
    _shut(door, hands)
    _unlock(door, hands)
    hands.until(lambda: not door.lock.is_locked)
    assert field.isVisible()
    assert field.hasFocus()
    assert field.text() == "Quillfeather"
    assert door._desk is not None  # noqa: SLF001
    with door._desk.db.read() as session:  # noqa: SLF001
        assert [one.patient for one in drafts.find(session)] == ["Quillfeather"]
        noted = [one.action for one in audit.find(session, audit.Filter())]
    assert str(AuditAction.LOCKED) in noted
    assert str(AuditAction.UNLOCKED) in noted


def test_the_keys_are_held_nowhere_while_locked(door: Door, hands: Hands, at_work: MainWindow) -> None:
    assert door._desk is not None  # noqa: SLF001
    db = door._desk.db  # noqa: SLF001
    _press_lock(at_work)
    _shut(door, hands)
    assert db.keys is not None
    assert db.keys._opened is None  # noqa: SLF001
    assert db._opened is None  # noqa: SLF001


def test_the_button_locks_and_a_wrong_passphrase_opens_nothing(
    door: Door, hands: Hands, at_work: MainWindow
) -> None:
    at_work.top_bar.lock.click()
    _shut(door, hands)
    _unlock(door, hands, "not the right words")
    assert door.lock is not None
    assert door.lock.page is not None
    page = door.lock.page
    hands.until(page.form.problem.words)
    assert door.lock.is_locked
    assert not at_work.top_bar.isVisible()


def test_nothing_can_be_done_with_keys_while_locked(door: Door, hands: Hands, at_work: MainWindow) -> None:
    _press_lock(at_work)
    for key in (Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_2):
        QTest.keyClick(at_work, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(at_work, Qt.Key.Key_F1)
    assert not at_work.stack.isVisible()
    off = [one.objectName() for one in at_work.actions() if one.isEnabled()]
    assert set(off) <= {"quitAction", "zoomIn", "zoomOut", "zoomReset"}


@pytest.mark.parametrize("minutes", [1, 10, 15])
def test_it_locks_after_the_minutes_of_the_setting_and_not_before(
    door: Door, at_work: MainWindow, clock: Clock, minutes: int
) -> None:
    assert door.lock is not None
    door._settings.lock_after = minutes  # noqa: SLF001
    door.lock.idle.restart()
    for _ in range(int(minutes * 60 / TICK) - 1):
        clock.at += TICK
        door.lock.idle.look()
    assert not door.lock.is_locked
    clock.at += TICK
    door.lock.idle.look()
    assert door.lock.is_locked


def test_work_puts_the_lock_off(door: Door, at_work: MainWindow, clock: Clock) -> None:
    assert door.lock is not None
    for _ in range(300):
        clock.at += TICK
        QTest.keyClick(at_work.windowHandle(), Qt.Key.Key_A)
        door.lock.idle.look()
    assert not door.lock.is_locked


@pytest.mark.parametrize("jump", [8 * 3600.0, -8 * 3600.0])
def test_a_sleep_or_a_clock_that_was_set_locks_at_the_first_input(
    door: Door, hands: Hands, at_work: MainWindow, clock: Clock, jump: float
) -> None:
    assert door.lock is not None
    at_work.show_page("settings")
    QTest.qWait(300)  # what the page reads of the store is refused once it is locked, and tests notice that
    hands.until(lambda: not at_work._desk.background.is_busy)  # noqa: SLF001
    clock.at += jump
    QTest.keyClick(at_work.windowHandle(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert door.lock.is_locked
    assert at_work._current == "settings"  # noqa: SLF001


def test_dialogs_are_hidden_under_the_lock_and_come_back(
    door: Door, hands: Hands, at_work: MainWindow
) -> None:
    ask.confirm(at_work, "Discard the draft of Quillfeather?", "It is gone then.", "Discard", lambda: None)
    (box,) = at_work.findChildren(QDialog)
    assert box.isVisible()
    assert door.lock is not None
    door.lock.lock()
    assert not box.isVisible()
    _shut(door, hands)
    _unlock(door, hands)
    hands.until(box.isVisible)
    assert box.isModal()


def test_what_opens_while_locked_waits_for_the_person(door: Door, hands: Hands, at_work: MainWindow) -> None:
    assert door.lock is not None
    door.lock.lock()
    ask.tell(at_work, "The letter of Quillfeather was printed.")
    (box,) = at_work.findChildren(QDialog)
    hands.until(lambda: not box.isVisible())
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [at_work]
    _shut(door, hands)
    _unlock(door, hands)
    hands.until(box.isVisible)
    assert not box.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


def test_a_job_finishes_on_its_own_and_only_then_the_keys_are_forgotten(
    door: Door, hands: Hands, at_work: MainWindow
) -> None:
    go_on, done = threading.Event(), threading.Event()
    assert door._desk is not None  # noqa: SLF001
    db = door._desk.db  # noqa: SLF001

    def work(progress: Progress, canceled: Canceled) -> None:
        go_on.wait()
        with db.read() as session:
            drafts.find(session)
        done.set()

    door._desk.background.job(at_work, "Printing the packet of Quillfeather", work, lambda _: None)  # noqa: SLF001
    hands.until(at_work.status.cancel.isVisible)
    assert door.lock is not None
    door.lock.lock()
    assert "Quillfeather" not in _visible_words(at_work)
    assert not db.is_locked
    go_on.set()
    _shut(door, hands)
    assert done.is_set()


def test_a_reload_while_locked_is_silent(
    door: Door, hands: Hands, at_work: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, *rest, **more: told.append(sentence))
    from referral_app.database.problems import Locked
    from referral_app.ui.crash import CrashHandler

    handler = CrashHandler(door._paths, door.keep_typed)  # noqa: SLF001
    handler.handle(Locked, Locked(), None)
    QApplication.processEvents()
    assert told == []


def test_what_was_copied_leaves_the_clipboard(
    door: Door, at_work: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Qt's offscreen clipboard never says whose content it has; those of the desktops do.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda self: True)
    QGuiApplication.clipboard().setText("(410) 555-0142")
    _press_lock(at_work)
    assert QGuiApplication.clipboard().text() == ""


def test_another_person_gets_a_window_of_their_own_and_drafts_are_kept(
    door: Door, hands: Hands, at_work: MainWindow, paths: Paths
) -> None:
    at_work.new_referral({})
    hands.until(lambda: at_work.findChild(QLineEdit, "patient.family_name"))
    field = at_work.findChild(QLineEdit, "patient.family_name")
    assert field is not None
    field.setText("Quillfeather")
    assert door.lock is not None
    door.lock.lock()
    _shut(door, hands)
    _unlock(door, hands, OTHER, "bo")
    hands.until(lambda: door.window is not None and door.window is not at_work)
    assert door.window is not None
    assert door._desk is not None  # noqa: SLF001
    assert door._desk.person == "Bo Keen"  # noqa: SLF001
    assert door.window.findChild(QLineEdit, "patient.family_name") is None
    door.window.asked.emit("log_out")
    hands.until(lambda: door.entry and door.entry.page())
    db = people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), door._settings.mode)  # noqa: SLF001
    with db.read() as session:
        assert [(one.patient, one.person) for one in drafts.find(session)] == [
            ("Quillfeather", "Dana Whitfield")
        ]
    db.close()


def test_roles_are_read_again_when_a_person_comes_back(door: Door, hands: Hands, at_work: MainWindow) -> None:
    assert door._desk is not None  # noqa: SLF001
    db = door._desk.db  # noqa: SLF001
    with db.begin() as session:
        (me,) = [one for one in accounts.find(session) if one.login == LOGIN]
        (bo,) = [one for one in accounts.find(session) if one.login == "bo"]
        from dataclasses import replace

        accounts.save(session, replace(bo, roles=bo.roles | {StaffRole.ADMINISTRATOR}))
        accounts.save(session, replace(me, roles=frozenset({StaffRole.PACKET_STAFF})))
    assert at_work.top_bar.new.isVisible()
    assert door.lock is not None
    door.lock.lock()
    _shut(door, hands)
    _unlock(door, hands)
    hands.until(lambda: not door.lock.is_locked)
    assert not at_work.top_bar.new.isVisible()


def test_closing_a_locked_window_ends_in_order(door: Door, hands: Hands, at_work: MainWindow) -> None:
    assert door.lock is not None
    door.lock.lock()
    _shut(door, hands)
    at_work.close()
    assert not at_work.isVisible()


def test_no_window_and_no_lock_page_names_a_patient_in_its_title(
    door: Door, hands: Hands, at_work: MainWindow
) -> None:
    at_work.new_referral({})
    hands.until(lambda: at_work.findChild(QLineEdit, "patient.family_name"))
    field = at_work.findChild(QLineEdit, "patient.family_name")
    assert field is not None
    field.setText("Quillfeather")
    at_work.show_help()
    at_work.show_shortcuts()
    titles = [one.windowTitle() for one in QApplication.topLevelWidgets()]
    names = [one.title() for one in QGuiApplication.topLevelWindows()]
    assert not any("Quillfeather" in words for words in (*titles, *names))


def test_it_locks_where_what_was_typed_may_not_be_stored(
    door: Door, hands: Hands, at_work: MainWindow
) -> None:
    at_work.new_referral({})
    hands.until(lambda: at_work.findChild(QLineEdit, "patient.family_name"))
    field = at_work.findChild(QLineEdit, "patient.family_name")
    assert field is not None
    hands.until(field.isVisible)
    assert door._desk is not None  # noqa: SLF001
    db = door._desk.db  # noqa: SLF001
    db.act_as(db.rights.person_id, db.rights.name, replace(db.rights, roles=frozenset()))
    field.setText("Quillfeather")
    _press_lock(at_work)
    assert door.lock is not None
    assert door.lock.is_locked
    assert not field.isVisible()
    _shut(door, hands)
    _unlock(door, hands)
    hands.until(lambda: not door.lock.is_locked)
    assert field.text() == "Quillfeather"


def test_what_was_searched_for_is_not_shown_over_a_locked_window(
    door: Door, hands: Hands, at_work: MainWindow
) -> None:
    shown = at_work.top_bar.popup
    at_work.top_bar.box.setText("keen")
    hands.until(shown.isVisible)
    with_focus_elsewhere = QWidget()
    with_focus_elsewhere.show()
    with_focus_elsewhere.activateWindow()
    at_work.top_bar.box.setText("dana")
    _press_lock(at_work)
    assert not shown.isVisible()
    _shut(door, hands)
    QTest.qWait(300)
    assert not shown.isVisible()
    with_focus_elsewhere.close()
