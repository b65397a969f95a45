"""Garbage is collected on the user's thread, and on no other."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from referral_app.ui.background import Background
from referral_app.ui.garbage import Garbage


class Knot(QObject):
    """Holds itself, so that only a search for garbage finds it; notes on which thread that was."""

    def __init__(self, found: list[int]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: found.append(threading.get_ident()))


def test_cycles_are_found_on_the_users_thread_while_others_work(qtbot: QtBot, background: Background) -> None:
    owner, found = QObject(), list[int]()
    Garbage(owner)
    assert not gc.isenabled()
    Knot(found)
    busy = [[number] for number in range(100_000)]
    background.run(owner, lambda: [[one] for one in busy], lambda _: None)
    for _ in range(4):
        busy.append([[number] for number in range(5_000)])
        qtbot.wait(20)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    assert found == [threading.get_ident()]
    owner.deleteLater()
