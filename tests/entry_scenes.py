"""Scenes of coming in, for pictures and for the tests of every screen: login, first run, lock, restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from referral_app import crockford
from referral_app.database import BackupRecord
from referral_app.database.problems import TooManyAttempts, Unreadable
from referral_app.jobs import backups
from referral_app.paths import Paths

if TYPE_CHECKING:
    from tests.screenshots import Stage

KEY = crockford.grouped(crockford.make(29), 5)


def _enter(stage: Stage, page: Any) -> Any:
    """Show a page in the window before the main one."""
    from referral_app.ui.login.window import EntryWindow

    stage.front = window = EntryWindow()
    window.show_page(page)
    window.show()
    if hasattr(page, "begin"):
        page.begin()
    stage.settle()
    return page


def _login(stage: Stage) -> Any:
    from referral_app.ui.login.login_page import LoginPage

    page = _enter(stage, LoginPage())
    page.form.begin("dana")
    return page


def _login_waiting(stage: Stage) -> None:
    page = _login(stage)
    page.form.refuse(TooManyAttempts(30))
    page.findChild(QWidget, "forgottenPassphrase").click()


def _choose(stage: Stage) -> None:
    from referral_app.ui.login.choose_page import ChoosePage

    page = ChoosePage()
    _enter_known(stage, page)
    page.passphrase.first.setText("too short")
    page.findChild(QWidget, "choosePassphrase").click()


def _enter_known(stage: Stage, page: Any) -> None:
    page.passphrase.know("Dana Whitfield", "dana")
    from referral_app.ui.login.window import EntryWindow

    stage.front = window = EntryWindow()
    window.show_page(page)
    window.show()
    page.begin("Dana Whitfield", "dana")
    stage.settle()


def _first_run(stage: Stage) -> Any:
    from referral_app.ui.login.first_run_page import FirstRunPage

    nowhere = Paths(Path("nowhere"))
    page = _enter(stage, FirstRunPage(nowhere, stage.desk.settings, stage.desk.background))
    page.name.setText("Dana Whitfield")
    page.login.setText("dana")
    return page


def _first_run_wrong(stage: Stage) -> None:
    page = _first_run(stage)
    page.login.clear()
    page.set_up()


def _first_run_key(stage: Stage) -> None:
    page = _first_run(stage)
    page._begun((stage.desk.db, KEY))  # noqa: SLF001
    stage.settle(0.5)


def _recover(stage: Stage) -> None:
    from referral_app.ui.login.recover_page import RecoverPage

    _enter(stage, RecoverPage(stage.desk.paths, stage.desk.background))


def _restore(stage: Stage) -> None:
    from referral_app.ui.login.restore_page import RestorePage

    why = str(Unreadable(Path("referrals.db")))
    page = _enter(stage, RestorePage(Paths(Path("nowhere")), stage.desk.background, why))
    page._show([_record(age, reason) for age, reason in enumerate(backups.REASONS)])  # noqa: SLF001


def _record(age: int, reason: str) -> BackupRecord:
    made = datetime.now(UTC) - timedelta(hours=7 * age)
    return BackupRecord(Path("x.backup"), made, reason, 2_400_000, "0002", "", "", {}, True, 7)


def _lock(stage: Stage) -> None:
    from referral_app.ui.login.lock_page import LockPage

    page = LockPage("Dana Whitfield", "dana")
    stage.window.cover(page)
    page.begin()
    stage.covered = True


def _passphrase(stage: Stage) -> None:
    from referral_app.ui.login.change_dialog import ChangeDialog

    before = stage.desk.db.rights
    stage.desk.db.act_as("", "", replace(before, name="Dana Whitfield", login="dana"))
    ChangeDialog(stage.desk, stage.window).open()
    stage.desk.db.act_as("", "", before)
    stage.settle()


def _set_up(stage: Stage) -> None:
    from referral_app.ui.login.set_up_dialog import SetUpDialog

    SetUpDialog(stage.desk, stage.window).open()
    stage.settle(0.4)


def _keychain(stage: Stage) -> None:
    from referral_app.ui.login.keychain_dialog import KeychainDialog

    KeychainDialog(stage.desk, stage.window).open()
    stage.settle()


SCENES: dict[str, Callable[[Any], object]] = {
    "login": _login,
    "login-waiting": _login_waiting,
    "choose-passphrase": _choose,
    "first-run": _first_run,
    "first-run-wrong": _first_run_wrong,
    "first-run-key": _first_run_key,
    "recover": _recover,
    "restore": _restore,
    "lock": _lock,
    "change-passphrase": _passphrase,
    "set-up-again": _set_up,
    "remember-me": _keychain,
}
