"""All steps on one page: built in turns, followed by the list of steps; links, problems and keys as in six steps."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app import settings as settings_file
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.form import FormPage
from tests.ui.referrals.conftest import find
from tests.ui.referrals.test_form import New, type_into


@pytest.fixture
def page(new_form: New, filled_desk: Desk) -> FormPage:
    """A new referral on one page, built."""
    filled_desk.settings.one_page = True
    form = new_form()
    form.shown.finish()
    QApplication.processEvents()
    return form


def in_sight(form: FormPage, name: str) -> bool:
    widget, area = find(form, name), form.shown.whole
    assert area is not None
    top = widget.mapTo(area.viewport(), widget.rect().topLeft()).y()
    return 0 <= top <= area.viewport().height() - widget.height()


def test_all_groups_stand_below_each_other(page: FormPage) -> None:
    tops = []
    assert page.shown.whole is not None
    for name in ("patient", "referrer", "pain", "scores", "red_flags", "goals", "signature"):
        card = find(page, f"card.{name}")
        assert card.isVisible()
        tops.append(card.mapTo(page.shown.whole.widget(), card.rect().topLeft()).y())
    assert tops == sorted(tops)
    assert not any(find_all(page, f"step{step}Next") for step in range(1, 6))


def find_all(form: FormPage, name: str) -> list[object]:
    from PySide6.QtWidgets import QWidget

    return [one for one in form.findChildren(QWidget, name) if one.isVisible()]


def test_the_list_of_steps_follows_the_scroll_and_leads_to_a_step(qtbot: QtBot, page: FormPage) -> None:
    whole = page.shown.whole
    assert whole is not None
    for step in (3, 5, 2, 6, 1):
        page.steps.buttons[step - 1].click()
        assert page.step == step
        assert whole.step_in_sight() == step
    bar = whole.verticalScrollBar()
    seen = [page.step]
    for value in range(0, bar.maximum(), 200):
        bar.setValue(value)
        seen.append(page.step)
        assert page.steps.buttons[page.step - 1].isChecked()
    assert seen == sorted(seen)
    assert set(seen) >= {1, 2, 3, 4, 5}


def test_a_link_a_problem_and_f8_lead_to_their_fields(qtbot: QtBot, page: FormPage) -> None:
    page.jump("safety.weight_kg")
    assert QApplication.focusWidget() is find(page, "safety.weight_kg")
    assert in_sight(page, "safety.weight_kg")
    assert page.step == 5
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert QApplication.focusWidget() is find(page, "patient.family_name")
    assert in_sight(page, "patient.family_name")
    page.check_all()
    assert "Error: " in find(page, "goals.patient_goal").accessibleDescription()
    assert "Error: " in find(page, "patient.phone").accessibleDescription()


def test_enter_and_tab_go_from_one_step_into_the_next(qtbot: QtBot, page: FormPage) -> None:
    page.jump("goals.caring_impact")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: page.step == 6)
    page.jump("pain.now")
    assert page.step == 3
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget().objectName() == "last_30_days.source.diary"


def test_fields_of_another_step_appear_when_their_condition_holds(qtbot: QtBot, page: FormPage) -> None:
    assert not find_all(page, "labs.esr_mm_h")
    page.draft.put("patient.date_of_birth", "1950-01-01")
    page.draft.put("diagnosis.onset", "2019-05")
    qtbot.waitUntil(lambda: bool(find_all(page, "labs.esr_mm_h")))


def test_the_page_can_be_had_and_left_with_what_was_typed_and_is_remembered(
    qtbot: QtBot, new_form: New, filled_desk: Desk
) -> None:
    form = new_form(step=3)
    form.shown.finish()
    type_into(qtbot, form, "diagnosis.onset", "5/2019")
    form.head.page_action.trigger()
    form.shown.finish()
    assert form.shown.whole is not None
    assert settings_file.load(filled_desk.paths).one_page
    assert find(form, "diagnosis.onset").text() == "5/2019"
    assert form.step == 3
    form.head.page_action.trigger()
    form.shown.finish()
    assert form.shown.whole is None
    assert not settings_file.load(filled_desk.paths).one_page
    form.go_to(3)
    assert find(form, "diagnosis.onset").isVisible()
    assert find(form, "step3Next").isVisible()


def test_nothing_of_the_page_takes_long(qtbot: QtBot, new_form: New, filled_desk: Desk) -> None:
    """Each turn of the event loop stays short while the page is built; the limit leaves room for a loaded machine."""
    filled_desk.settings.one_page = True
    form = new_form()
    longest = 0.0
    until = time.monotonic() + 20
    while len(form.shown.views) < 6 or any(view.chores.busy for view in form.shown.views.values()):
        begun = time.perf_counter()
        QApplication.processEvents()
        longest = max(longest, time.perf_counter() - begun)
        assert time.monotonic() < until
    print(f"longest turn {longest * 1000:.0f} ms")  # noqa: T201
    assert longest < 0.5
