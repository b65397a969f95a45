"""The form without a mouse: Tab goes through every field in the order of reading."""

from __future__ import annotations

import time
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.ui.referrals.form import FormPage
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New


def tab(qtbot: QtBot) -> str:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Tab)
    now = QApplication.focusWidget()
    return now.objectName() if now else ""


def test_tab_follows_the_order_of_reading(qtbot: QtBot, saved_form: FormPage) -> None:
    for step in range(1, 6):
        saved_form.go_to(step)
        view = saved_form.view(step)
        view.chores.finish()
        qtbot.wait(60)
        seen: list[tuple[int, int]] = []
        for _ in range(120):
            focus = QApplication.focusWidget()
            if focus is None or not view.widget().isAncestorOf(focus):
                break
            where = focus.mapTo(view.widget(), focus.rect().topLeft())
            seen.append((where.y() + focus.height() // 2, where.x()))
            tab(qtbot)
        assert len(seen) > 5
        backwards = [(a, b) for a, b in pairwise(seen) if b[0] < a[0] - 24]
        assert backwards == [], f"step {step}"


def test_a_referral_is_begun_with_keys_alone(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.view(1).chores.finish()
    find(form, "patient.family_name").setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "Quill")
    names = []
    while (name := tab(qtbot)) != "patient.date_of_birth":
        names.append(name)
        assert len(names) < 12, names
    qtbot.keyClicks(QApplication.focusWidget(), "3/27/1980")
    assert tab(qtbot) == "patient.sex.female"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_M)
    assert form.draft.get("patient.sex") == "male"
    qtbot.keyClick(form, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert form.step == 2


def test_a_key_reaches_the_check_in_time(qtbot: QtBot, saved_form: FormPage) -> None:
    edit = find(saved_form, "patient.preferred_name")
    edit.setFocus()
    slowest: list[float] = []
    for letter in "abcdefghijklmnop":
        begun = time.perf_counter()
        qtbot.keyClick(edit, letter)
        QApplication.processEvents()
        slowest.append(time.perf_counter() - begun)
    assert sorted(slowest)[len(slowest) // 2] < 0.05
