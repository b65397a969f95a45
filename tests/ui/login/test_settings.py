"""What the Settings page offers by role, and how long the window waits before it locks."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app import settings
from referral_app.choices import AuditAction, StaffRole
from referral_app.database import Passphrase
from referral_app.jobs import people
from referral_app.paths import Paths
from referral_app.services import audit
from referral_app.services.people import PersonRecord
from referral_app.ui.door import Door
from tests.database.ways import CHEAP, LOGIN, PASSPHRASE
from tests.ui.login.conftest import Hands

OTHER = "another invented phrase"


@pytest.fixture
def administrator(door: Door, paths: Paths, recovery: str) -> QWidget:
    """The Settings page of Dana, an administrator."""
    door._work(people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), door._settings.mode))  # noqa: SLF001
    assert door.window is not None
    door.window.show_page("settings")
    return door.window.page("settings")


def _shown(page: QWidget, name: str) -> bool:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return not found.isHidden() and not (found.parentWidget() or found).isHidden()


def test_the_time_until_the_lock_is_chosen_stored_and_noted(
    door: Door, hands: Hands, administrator: QWidget, paths: Paths, qtbot: QtBot
) -> None:
    administrator.lock_after.set_value("5")  # pyright: ignore[reportAttributeAccessIssue]
    assert settings.load(paths).lock_after == 5
    assert door._desk is not None  # noqa: SLF001
    db = door._desk.db  # noqa: SLF001

    def noted() -> list[object]:
        with db.read() as session:
            found = audit.find(session, audit.Filter(action=str(AuditAction.SETTING_CHANGED)))
        return [one.details for one in found]

    hands.until(lambda: noted() == [{"settings": ["lock_after"]}])


@pytest.mark.parametrize("stored", ["0", "60", "'ten'", "true"])
def test_a_time_that_is_not_offered_is_not_taken_from_the_file(paths: Paths, stored: str) -> None:
    paths.data_dir.mkdir()
    paths.settings.write_text(f"lock_after = {stored}\n", encoding="utf-8")
    assert settings.load(paths).lock_after == 10


def test_set_up_again_opens_from_the_settings(door: Door, hands: Hands, administrator: QWidget) -> None:
    hands.press(administrator, "setUpAgain")
    assert door.window is not None
    assert hands.find(door.window, "setUpDialog").isVisible()


def test_an_account_has_its_name_and_only_administrators_set_what_counts_for_all(
    door: Door, hands: Hands, paths: Paths, recovery: str
) -> None:
    db = people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), door._settings.mode)  # noqa: SLF001
    _, code = people.add(db, PersonRecord("bo", "Bo Keen", frozenset({StaffRole.PACKET_STAFF})))
    db.close()
    db = people.open_store(paths, Passphrase("bo", code), door._settings.mode)  # noqa: SLF001
    people.change_passphrase(db, code, OTHER, CHEAP)
    door._work(db)  # noqa: SLF001
    assert door.window is not None
    door.window.show_page("settings")
    page = door.window.page("settings")
    for name in ("person", "mode", "lock_after", "setUpAgain"):
        assert not _shown(page, name), name
    assert _shown(page, "appearance")
    assert not door.window.top_bar.new.isVisible()
    assert not any(
        one.objectName() == "newReferralAction" and one.isVisible() for one in door.window.actions()
    )


def test_without_people_there_is_no_lock(qtbot: QtBot, window: QWidget) -> None:
    assert not window.top_bar.lock.isVisible()  # pyright: ignore[reportAttributeAccessIssue]
    assert "lockAction" not in {one.objectName() for one in window.actions()}
