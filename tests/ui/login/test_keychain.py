"""The keychain lets a person in at the login page once they turned it on, and never on a locked window."""

from __future__ import annotations

from collections.abc import Generator

import keyring
import pytest
import shiboken6

from referral_app.database import Passphrase
from referral_app.jobs import people, sessions
from referral_app.paths import Paths
from referral_app.ui import ask
from referral_app.ui.door import Door
from tests.database.test_keychain import Remembering
from tests.database.ways import LOGIN, PASSPHRASE
from tests.ui.login.conftest import Hands


@pytest.fixture
def backend() -> Generator[Remembering]:
    before = keyring.get_keyring()
    made = Remembering()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def _remember(paths: Paths, door: Door) -> None:
    db = people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), door._settings.mode)  # noqa: SLF001
    sessions.remember_here(db, PASSPHRASE)
    db.close()


def test_it_is_not_offered_before_somebody_turned_it_on(
    door: Door, hands: Hands, recovery: str, backend: Remembering
) -> None:
    door.begin()
    hands.until(lambda: not door._background.is_busy)  # noqa: SLF001
    assert door.entry is not None
    assert not hands.find(door.entry, "loginKeychain").isVisible()


def test_it_opens_the_window_without_the_passphrase_and_the_lock_asks_for_it(
    door: Door, hands: Hands, paths: Paths, recovery: str, backend: Remembering
) -> None:
    _remember(paths, door)
    door.begin()
    assert door.entry is not None
    hands.until(hands.find(door.entry, "loginKeychain").isVisible)
    hands.type(door.entry, "loginLogin", LOGIN)
    hands.press(door.entry, "loginKeychain")
    hands.until(lambda: door.window)
    assert door.lock is not None
    door.lock.lock()
    assert door.lock.page is not None
    assert not door.lock.page.form.keychain.isVisible()


def test_a_keychain_that_forgot_says_so(
    door: Door, hands: Hands, paths: Paths, recovery: str, backend: Remembering
) -> None:
    _remember(paths, door)
    backend.kept.clear()
    door.begin()
    assert door.entry is not None
    hands.until(hands.find(door.entry, "loginKeychain").isVisible)
    hands.type(door.entry, "loginLogin", LOGIN)
    hands.press(door.entry, "loginKeychain")
    page = door.entry.page()
    hands.until(lambda: "does not remember" in page.form.problem.words())  # pyright: ignore


def test_it_is_turned_on_and_off_in_the_window(
    door: Door,
    hands: Hands,
    paths: Paths,
    recovery: str,
    backend: Remembering,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ask, "confirm", lambda parent, q, d, yes, on_yes, **more: on_yes())
    db = people.open_store(paths, Passphrase(LOGIN, PASSPHRASE), door._settings.mode)  # noqa: SLF001
    door._work(db)  # noqa: SLF001
    assert door.window is not None
    door.window.asked.emit("keychain")
    dialog = hands.find(door.window, "keychainDialog")
    hands.type(dialog, "keychainPassphrase", "not the right words")
    hands.press(dialog, "keychainKeep")
    hands.until(lambda: "Error" in hands.find(dialog, "keychainPassphrase").accessibleDescription())
    hands.type(dialog, "keychainPassphrase", PASSPHRASE)
    hands.press(dialog, "keychainKeep")
    hands.until(lambda: not shiboken6.isValid(dialog))
    assert sessions.remembers(paths)
    door.window.asked.emit("keychain")
    hands.until(lambda: not sessions.remembers(paths))
