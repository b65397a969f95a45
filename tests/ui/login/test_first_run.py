"""The first run on one page, leaving it midway, and setting up again."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QLineEdit, QWidget

from referral_app import crockford
from referral_app.choices import InstallationMode
from referral_app.database import Passphrase, is_locked, open_database, unlock
from referral_app.jobs import directory, people
from referral_app.paths import Paths
from referral_app.services import matching
from referral_app.services.surgeon_records import Query
from referral_app.ui import ask
from referral_app.ui.door import Door
from tests.ui.login.conftest import Hands

WORDS = "seven invented quiet words"


def _page(door: Door) -> QWidget:
    assert door.entry is not None
    page = door.entry.page()
    assert page is not None
    return page


def _set_up(door: Door, hands: Hands) -> QWidget:
    door.begin()
    page = _page(door)
    hands.type(page, "yourName", "Dana Whitfield")
    hands.type(page, "yourLogin", "dana")
    hands.type(page, "passphrase", WORDS)
    hands.type(page, "passphraseAgain", WORDS)
    hands.press(page, "setUp")
    hands.until(lambda: page.findChild(QWidget, "recoveryKey"))
    return page


def _key(page: QWidget) -> str:
    return page.recovery._key  # noqa: SLF001  # pyright: ignore[reportAttributeAccessIssue]


def _confirm(page: QWidget, hands: Hands) -> None:
    hands.type(page, "recoveryTyped", _key(page)[-7:])
    hands.press(page, "confirmRecovery")


def test_an_empty_folder_leads_to_a_window_in_which_patients_can_be_stored(
    door: Door, hands: Hands, paths: Paths
) -> None:
    page = _set_up(door, hands)
    assert is_locked(paths)
    assert crockford.fits(str(crockford.read(_key(page))))
    assert hands.find(page, "recoveryTyped").accessibleName() == "Last two groups of the recovery key"
    _confirm(page, hands)
    hands.until(lambda: not hands.find(page, "confirmRecovery").isVisible())
    hands.until(lambda: page.window().focusWidget() is hands.find(page, "bringDirectory"))
    hands.press(page, "useInvented")
    hands.until(lambda: "holds" in page._after.itemAt(2).widget().words.text())  # noqa: SLF001  # pyright: ignore
    hands.press(page, "finishFirstRun")
    hands.until(lambda: door.window)
    assert door._desk is not None  # noqa: SLF001
    assert door._desk.db.may_store_patients  # noqa: SLF001
    with door._desk.db.read() as session:  # noqa: SLF001
        assert matching.count(session, Query()) > 5
    assert door.window is not None
    assert door.window.findChild(QWidget, "recoveryNotice") is None


def test_the_key_typed_wrong_is_not_confirmed(door: Door, hands: Hands) -> None:
    page = _set_up(door, hands)
    hands.type(page, "recoveryTyped", "ABCD-EF")
    hands.press(page, "confirmRecovery")
    hands.until(lambda: "Error" in hands.find(page, "recoveryTyped").accessibleDescription())
    assert door._owned is not None  # noqa: SLF001
    assert not door._owned.may_store_patients  # noqa: SLF001


def test_what_is_missing_is_said_and_nothing_is_made(door: Door, hands: Hands, paths: Paths) -> None:
    door.begin()
    page = _page(door)
    hands.type(page, "yourName", "")
    hands.type(page, "passphrase", "short")
    hands.press(page, "setUp")
    assert hands.find(page, "firstRunErrors").isVisible()
    assert not paths.key.exists()


def test_left_midway_the_window_asks_for_the_confirmation_and_the_key_can_be_made_anew(
    door: Door, hands: Hands, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "confirm", lambda parent, q, d, yes, on_yes, **more: on_yes())
    page = _set_up(door, hands)
    first = _key(page)
    hands.press(page, "finishFirstRun")
    hands.until(lambda: door.window)
    assert door.window is not None
    notice = hands.find(door.window, "recoveryNotice")
    hands.until(notice.isVisible)
    hands.press(door.window, "recoveryNoticeButton")
    hands.press(door.window, "newRecovery")
    dialog = hands.find(door.window, "setUpDialog")
    hands.until(lambda: _key(dialog))
    assert _key(dialog) != first
    _confirm(dialog, hands)
    hands.until(lambda: not notice.isVisible())
    assert door._desk is not None  # noqa: SLF001
    assert door._desk.db.may_store_patients  # noqa: SLF001


def test_the_whole_key_from_paper_confirms_it_later(door: Door, hands: Hands) -> None:
    page = _set_up(door, hands)
    key = _key(page)
    hands.press(page, "finishFirstRun")
    hands.until(lambda: door.window)
    assert door.window is not None
    hands.press(door.window, "recoveryNoticeButton")
    dialog = hands.find(door.window, "setUpDialog")
    hands.type(dialog, "recoveryTyped", key.lower().replace("-", " "))
    hands.press(dialog, "confirmRecovery")
    hands.until(lambda: not hands.find(dialog, "confirmRecovery").isVisible())


def test_the_sheet_is_saved_as_a_pdf(
    door: Door, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sheet.pdf"
    monkeypatch.setattr(ask, "save_file", lambda parent, title, name, kinds, on_path: on_path(file))
    page = _set_up(door, hands)
    hands.press(page, "saveRecovery")
    hands.until(file.exists)
    assert file.read_bytes().startswith(b"%PDF")


def test_a_directory_made_without_people_is_protected_and_kept(
    door: Door, hands: Hands, paths: Paths
) -> None:
    db = open_database(paths)
    directory.load_invented(db, with_practice=False)
    db.close()
    page = _set_up(door, hands)
    _confirm(page, hands)
    hands.press(page, "finishFirstRun")
    hands.until(lambda: door.window)
    assert is_locked(paths)
    assert unlock(paths, Passphrase("dana", WORDS)).person_id
    assert door._desk is not None  # noqa: SLF001
    with door._desk.db.read() as session:  # noqa: SLF001
        assert matching.count(session, Query()) > 5


def test_the_login_is_suggested_from_the_name(door: Door, hands: Hands) -> None:
    door.begin()
    page = _page(door)
    name = hands.find(page, "yourName")
    assert isinstance(name, QLineEdit)
    name.setText("Dana Whitfield")
    name.editingFinished.emit()
    login = hands.find(page, "yourLogin")
    assert isinstance(login, QLineEdit)
    assert login.text() == "dana"


def test_the_mode_that_was_chosen_is_kept(door: Door, hands: Hands, paths: Paths) -> None:
    from referral_app import settings

    door.begin()
    hands.find(_page(door), "yourMode_headache_center").click()  # pyright: ignore[reportAttributeAccessIssue]
    _set_up_here(door, hands)
    assert settings.load(paths).mode is InstallationMode.HEADACHE_CENTER


def _set_up_here(door: Door, hands: Hands) -> None:
    page = _page(door)
    hands.type(page, "yourName", "Dana Whitfield")
    hands.type(page, "yourLogin", "dana")
    hands.type(page, "passphrase", WORDS)
    hands.type(page, "passphraseAgain", WORDS)
    hands.press(page, "setUp")
    hands.until(lambda: page.findChild(QWidget, "recoveryKey"))


def test_locked_out_administrators_come_in_with_the_recovery_key(
    door: Door, hands: Hands, paths: Paths, recovery: str
) -> None:
    door.begin()
    page = _page(door)
    hands.press(page, "forgottenPassphrase")
    hands.press(page, "useRecoveryKey")
    page = _page(door)
    assert page.objectName() == "recoverPage"
    hands.type(page, "recoverKey", recovery)
    hands.type(page, "recoverLogin", "dana")
    hands.press(page, "recoverNow")
    hands.until(lambda: page.code.text())  # pyright: ignore[reportAttributeAccessIssue]
    code = page.code.text().replace(" – ", "-").replace("\n", "-")  # pyright: ignore[reportAttributeAccessIssue]
    hands.press(page, "leaveRecover")
    hands.type(_page(door), "loginPassphrase", code)
    hands.press(_page(door), "loginSubmit")
    hands.until(lambda: door.entry and door.entry.page() and door.entry.page().objectName() == "choosePage")


def test_a_wrong_recovery_key_is_told_in_words(door: Door, hands: Hands, recovery: str) -> None:
    door.begin()
    hands.press(_page(door), "forgottenPassphrase")
    hands.press(_page(door), "useRecoveryKey")
    page = _page(door)
    hands.type(page, "recoverKey", "AAAA-BBBB")
    hands.type(page, "recoverLogin", "dana")
    hands.press(page, "recoverNow")
    hands.until(lambda: "mistyped" in page.problem.words())  # pyright: ignore[reportAttributeAccessIssue]


def test_the_passphrase_is_changed_in_the_window(
    door: Door, hands: Hands, paths: Paths, recovery: str
) -> None:
    from tests.database.ways import LOGIN, PASSPHRASE

    db = people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), InstallationMode.REFERRING_OFFICE)
    door._work(db)  # noqa: SLF001
    assert door.window is not None
    door.window.asked.emit("passphrase")
    dialog = hands.find(door.window, "changePassphraseDialog")
    hands.type(dialog, "oldPassphrase", "not the right words")
    for name in ("passphrase", "passphraseAgain"):
        hands.type(dialog, name, WORDS)
    hands.press(dialog, "keepPassphrase")
    hands.until(lambda: "Error" in hands.find(dialog, "oldPassphrase").accessibleDescription())
    hands.type(dialog, "oldPassphrase", PASSPHRASE)
    hands.press(dialog, "keepPassphrase")
    hands.until(lambda: not shiboken6.isValid(dialog))
    assert unlock(paths, Passphrase(LOGIN, WORDS)).person_id
