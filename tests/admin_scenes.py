"""Scenes for administrators, for pictures and for the tests of every screen: people, audit, backups, emergency access.

They give the store people, so they come last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from referral_app.jobs import people
from referral_app.ui import ask
from tests import staff

if TYPE_CHECKING:
    from tests.screenshots import Stage


def _staffed(stage: Stage) -> None:
    """Give the store people, with Dana Whitfield at work."""
    if stage.desk.db.keys is None:
        staff.protect(stage.desk.db)
        staff.hire(stage.desk.db)
    people.end_emergency_access(stage.desk.db)


def _people(stage: Stage) -> Any:
    _staffed(stage)
    page = stage.page("people")
    stage.settle(0.4)
    page.list.table.selectRow(1)
    stage.settle(0.2)
    return page


def _person(stage: Stage) -> None:
    _people(stage).detail.edit_button.click()
    stage.settle(0.4)


def _say_yes() -> None:
    shown = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ask.Question) and one.isVisible()
    ]
    shown[0].accept()


def _person_code(stage: Stage) -> None:
    _people(stage).detail.reset_button.click()
    stage.settle()
    _say_yes()
    stage.settle(0.5)


def _access(stage: Stage) -> None:
    _people(stage).access_button.click()
    stage.settle(0.4)


def _audit(stage: Stage) -> None:
    _staffed(stage)
    page = stage.page("audit")
    page.check()
    stage.settle(0.6)
    page.list.table.selectRow(1)
    page.panes.open_right()
    stage.settle(0.2)


def _backups(stage: Stage) -> Any:
    _staffed(stage)
    page = stage.page("backups")
    page.copies.make()
    stage.settle(1.2)
    return page


def _new_recovery(stage: Stage) -> None:
    page = _backups(stage)
    stage.child("newRecovery").click()
    stage.settle()
    _say_yes()
    stage.settle(0.6)
    stage.child("backupsScroll").ensureWidgetVisible(page.recovery)


def _emergency(stage: Stage) -> None:
    from referral_app.ui.emergency import EmergencyDialog

    _staffed(stage)
    stage.page("home")
    dialog = EmergencyDialog(stage.desk, stage.window)
    dialog.open()
    stage.settle()
    dialog.reason.setPlainText("Short")
    dialog.begin_button.click()
    stage.settle(0.4)


def _emergency_lasts(stage: Stage) -> None:
    from referral_app.ui.emergency import Emergency

    _staffed(stage)
    stage.page("patients")
    Emergency(stage.window, stage.desk).ask()
    stage.settle()
    stage.child("emergencyReason").setPlainText("A patient of another practice is here and unconscious")
    stage.child("beginEmergency").click()
    stage.settle(0.6)


SCENES: dict[str, Callable[[Any], object]] = {
    "people": _people,
    "person": _person,
    "person-code": _person_code,
    "access": _access,
    "audit": _audit,
    "backups": _backups,
    "new-recovery-key": _new_recovery,
    "emergency": _emergency,
    "emergency-lasts": _emergency_lasts,
}
