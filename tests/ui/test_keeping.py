"""A window that cannot keep what was typed asks before it is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app.database.problems import Locked
from referral_app.ui.main_window import MainWindow


def _refuse() -> None:
    raise Locked


def test_what_cannot_be_kept_is_asked_about_before_the_window_closes(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.page("referrals")
    page.keep = _refuse
    assert not window.close()
    assert window.isVisible()
    no = window.findChild(QPushButton, "askNo")
    assert no is not None
    assert no.isDefault()
    no.click()
    assert window.isVisible()
    assert not window.close()
    yes = next(one for one in window.findChildren(QPushButton, "askYes") if one.isVisible())
    yes.click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_a_window_that_kept_everything_just_closes(window: MainWindow) -> None:
    window.page("referrals")
    assert window.close()
