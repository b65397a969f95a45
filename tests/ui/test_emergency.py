"""Emergency access: a reason, a banner as long as it lasts, and the administrators are told."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from referral_app.choices import InstallationMode
from referral_app.database import Passphrase
from referral_app.jobs import people as accounts
from referral_app.jobs import sessions
from referral_app.services import audit, people
from referral_app.services.audit import Filter
from referral_app.ui import rights
from referral_app.ui.desk import Desk
from referral_app.ui.emergency import Emergency, EmergencyDialog
from referral_app.ui.main_window import MainWindow
from tests import staff

REASON = "A patient of another practice is here and unconscious"


def _id(desk: Desk, login: str) -> str:
    with desk.db.read() as session:
        return next(one.id for one in people.find(session) if one.login == login)


@pytest.fixture
def window(qtbot: QtBot, staffed: Desk) -> MainWindow:
    staff.act_as(staffed.db, _id(staffed, "odile"))
    return _window(qtbot, staffed)


def _window(qtbot: QtBot, desk: Desk) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show_page("home")
    made.show()
    return made


def _ask(window: MainWindow) -> EmergencyDialog:
    window.asked.emit("emergency")
    dialog = window.findChild(EmergencyDialog)
    assert isinstance(dialog, EmergencyDialog)
    return dialog


def _begin(qtbot: QtBot, window: MainWindow, emergency: Emergency) -> None:
    dialog = _ask(window)
    dialog.reason.setPlainText(REASON)
    dialog.begin_button.click()
    qtbot.waitUntil(emergency.banner.isVisible)


def test_a_reason_is_asked_for(qtbot: QtBot, window: MainWindow, staffed: Desk) -> None:
    Emergency(window, staffed)
    dialog = _ask(window)
    dialog.reason.setPlainText("why")
    dialog.begin_button.click()
    qtbot.waitUntil(lambda: bool(dialog.block.error()))
    assert dialog.begin_button.isEnabled()
    who = rights.actor(staffed.db)
    assert who is not None
    assert not who.emergency


def test_a_banner_stands_until_it_is_ended(qtbot: QtBot, window: MainWindow, staffed: Desk) -> None:
    emergency = Emergency(window, staffed)
    _begin(qtbot, window, emergency)
    assert REASON in emergency.banner.words()
    emergency.banner.button.click()
    qtbot.waitUntil(lambda: not emergency.banner.isVisible())
    who = rights.actor(staffed.db)
    assert who is not None
    assert not who.emergency


def test_a_lock_ends_it(qtbot: QtBot, window: MainWindow, staffed: Desk) -> None:
    emergency = Emergency(window, staffed)
    _begin(qtbot, window, emergency)
    staffed.db.lock_up()
    way = Passphrase("odile", staff.PASSPHRASE)
    assert sessions.come_back(staffed.db, way, InstallationMode.REFERRING_OFFICE) is None
    emergency.refresh()
    assert not emergency.banner.isVisible()


def test_an_administrator_is_told_until_they_know(qtbot: QtBot, staffed: Desk) -> None:
    dana = _id(staffed, "dana")
    staff.act_as(staffed.db, _id(staffed, "odile"))
    accounts.emergency_access(staffed.db, REASON)
    accounts.end_emergency_access(staffed.db)
    staff.act_as(staffed.db, dana)
    emergency = Emergency(_window(qtbot, staffed), staffed)
    qtbot.waitUntil(emergency.notice.isVisible)
    assert "Odile Brightwater" in emergency.notice.words()
    assert REASON in emergency.notice.words()
    emergency.notice.button.click()
    qtbot.waitUntil(lambda: not emergency.notice.isVisible())
    with staffed.db.read() as session:
        known = audit.find(session, Filter(action="checked"), limit=1)[0]
    assert (known.kind, known.person) == ("emergency", staff.NAME)
    again = Emergency(_window(qtbot, staffed), staffed)
    qtbot.waitUntil(lambda: not staffed.background.is_busy)
    assert again.notice.words() == ""


def test_what_an_administrator_did_themselves_is_for_the_others(qtbot: QtBot, staffed: Desk) -> None:
    accounts.emergency_access(staffed.db, REASON)
    emergency = Emergency(_window(qtbot, staffed), staffed)
    qtbot.waitUntil(lambda: not staffed.background.is_busy)
    assert emergency.notice.words() == ""


def test_the_menu_offers_it_to_those_who_may(qtbot: QtBot, staffed: Desk) -> None:
    def offered() -> bool:
        names = [action.objectName() for action in _window(qtbot, staffed).actions()]
        return "emergencyAction" in names

    assert offered()
    staff.act_as(staffed.db, _id(staffed, "ruth"))
    assert not offered()
