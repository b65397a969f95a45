"""The form without a mouse: Tab goes through every field in the order of reading."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
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


def test_tab_goes_on_to_the_next_question_after_a_reason(qtbot: QtBot, new_form: New) -> None:
    form = new_form()
    form.view(1).chores.finish()
    find(form, "patient.phone").setFocus()
    not_available(qtbot)
    assert _focus() == "patient.phone.unavailable"
    qtbot.keyClicks(QApplication.focusWidget(), "No phone")
    assert tab(qtbot) == "patient.phone.answer"
    assert tab(qtbot) == "patient.phone_alt"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert _focus() == "patient.phone.answer"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert _focus() == "patient.phone"
    assert tab(qtbot) == "patient.phone_alt"


def test_tab_goes_on_after_a_choice_that_is_not_available(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.view(5).chores.finish()
    find(form, "safety.blood_thinner.yes").setFocus()
    not_available(qtbot)
    assert _focus() == "safety.blood_thinner.unavailable"
    tab(qtbot)
    assert tab(qtbot) == "safety.sleep_apnea.yes"


def test_tab_goes_on_after_a_sketch_on_paper(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=3)
    form.view(3).chores.finish()
    paper = find(form, "pain.sketch.on_paper")
    paper.setFocus()
    qtbot.keyClick(paper, Qt.Key.Key_Space)
    assert _focus() == "pain.sketch.unavailable"
    assert tab(qtbot) == "pain.sketch.answer"
    assert tab(qtbot).startswith("pain.sketch_class")


def test_arrow_keys_on_the_link_change_nothing(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=5)
    form.view(5).chores.finish()
    find(form, "safety.blood_thinner.yes").setFocus()
    find(form, "safety.blood_thinner.not_available").setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert _focus() == "safety.blood_thinner.not_available"
    assert form.draft.get("safety.sleep_apnea") is None


def test_the_signature_is_never_not_available(qtbot: QtBot, new_form: New) -> None:
    form = new_form(step=6)
    form.view(6).chores.finish()
    find(form, "signature.signed_by").setFocus()
    form.make_unavailable()
    assert form.draft.get("signature.signed_by") is None
    assert not form.findChildren(QPushButton, "signature.signed_by.not_available")


def not_available(qtbot: QtBot) -> None:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N, held)


def _focus() -> str:
    now = QApplication.focusWidget()
    return now.objectName() if now else ""
