"""What tests of coming in are given: a store with one administrator, a clock of their own, and a door."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Appearance
from referral_app.paths import Paths
from referral_app.settings import Settings
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from referral_app.ui.door import Door
from referral_app.ui.main_window import MainWindow
from tests.database.ways import CHEAP, begun


@dataclass
class Clock:
    """A wall clock that tests set."""

    at: float = 1_800_000_000.0
    set_to: list[float] = field(default_factory=list[float])

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recovery(paths: Paths) -> str:
    """A closed store with Dana, an administrator; its recovery key, which is confirmed."""
    from referral_app.jobs import people

    db, key = begun(paths)
    people.confirm_recovery_key(db, key[-7:], key)
    db.close()
    return key


@pytest.fixture
def door(
    qtbot: QtBot, looks: QApplication, paths: Paths, background: Background, clock: Clock
) -> Generator[Door]:
    """A door before a folder; whatever it opened is closed after the test."""

    def make(desk: Desk) -> MainWindow:
        window = MainWindow(desk)
        window.show_page("home")
        window.show()
        return window

    made = Door(make, paths, Settings(appearance=Appearance.LIGHT), background, clock, CHEAP)
    yield made
    made.end()
    background.wait()
    made.close()
    made.deleteLater()


class Hands:
    """Presses and types by object name, wherever the widget is."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def find(self, root: QWidget, name: str) -> QWidget:
        found = root.findChild(QWidget, name)
        assert found is not None, name
        return found

    def press(self, root: QWidget, name: str) -> None:
        button = self.find(root, name)
        assert isinstance(button, QPushButton)
        assert button.isEnabled(), name
        button.click()

    def type(self, root: QWidget, name: str, text: str) -> None:
        line = self.find(root, name)
        assert isinstance(line, QLineEdit)
        line.setText(text)

    def until(self, true: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(true()), timeout=20_000)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)
