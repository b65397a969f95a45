"""Building bit by bit: in order, what a thing adds right after it, and nothing where there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from referral_app.ui.chores import Chores


def test_things_are_done_in_order_and_what_one_adds_comes_right_after_it(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    chores = Chores(owner)

    def first() -> None:
        done.append("first")
        chores.add(lambda: done.append("added"))

    with qtbot.waitSignal(chores.done):
        chores.add(first, lambda: done.append("last"))
    assert done == ["first", "added", "last"]


def test_adding_nothing_does_nothing(qtbot: QtBot) -> None:
    owner = QObject()
    chores = Chores(owner)
    with qtbot.assertNotEmitted(chores.done, wait=50):
        chores.add()
    assert not chores.busy
