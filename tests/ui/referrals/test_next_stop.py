"""What an answer asks further is the next stop of Tab, and nothing moves where the focus goes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.choice_controls import LanguageControl
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.referrals.form_keys import field_of
from referral_app.ui.referrals.sketch_view import ON_PAPER, SketchControl
from tests.ui.referrals.conftest import find, shown
from tests.ui.referrals.test_form import New

Key = Qt.Key
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def press(*keys: str | Qt.Key) -> str:
    """Press keys one after the other, with no turn of the event loop between them, and say where that leads."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            QTest.keyClicks(focus, key)
        else:
            QTest.keyClick(focus, key)
    return at()


def at() -> str:
    view: Any = field_of(QApplication.focusWidget())
    return view.path if view is not None else ""


def at_step(new_form: New, step: int) -> FormPage:
    form = new_form(step=step)
    form.view(step).chores.finish()
    return form


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Return])
def test_who_confirmed_it_is_the_next_stop_after_yes(new_form: New, key: Qt.Key) -> None:
    form = at_step(new_form, 3)
    find(form, "diagnosis.confirmed_by_specialist.yes").setFocus()
    assert press("y", key) == "diagnosis.confirmed_by"
    assert press("Dr. Quill", key) == "diagnosis.confirmed_on"
    assert press("1/2/2024", key) == "diagnosis.onset"
    assert form.draft.get("diagnosis.confirmed_by") == "Dr. Quill"


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Return])
def test_the_payer_is_the_next_stop_after_the_kind(new_form: New, key: Qt.Key) -> None:
    form = at_step(new_form, 1)
    find(form, "coverage.add").click()
    assert press("p", key) == "coverage[0].payer"
    assert press("Bluestone", key) == "coverage[0].plan"
    assert form.draft.get("coverage[0].payer") == "Bluestone"


def test_with_steroid_is_asked_as_soon_as_a_block_is_chosen(new_form: New) -> None:
    form = at_step(new_form, 4)
    find(form, "injections.add").click()
    press("n")
    before = stops_of(form)
    press(Key.Key_Tab, "Site", Key.Key_Tab, Key.Key_Tab, "1/2/2024", Key.Key_Tab)
    assert press("Lidocaine", Key.Key_Tab) == "injections[0].steroid"
    assert stops_of(form) == before
    assert press(Key.Key_Y, Key.Key_Tab) == "injections[0].pain_before"


def stops_of(form: FormPage) -> list[str]:
    return [view.path for view in form.findChildren(FieldView) if view.isVisible()]


def test_what_the_check_computes_is_asked_before_the_focus_goes_on(new_form: New) -> None:
    form = at_step(new_form, 1)
    find(form, "patient.date_of_birth").setFocus()
    press("3/27/2015", Key.Key_Tab)
    assert find(form, "patient.legal_representative.name").isVisible()


def places(form: FormPage) -> dict[str, QRect]:
    """Return where every field, its label and what takes the focus in it stand on their page."""
    QApplication.processEvents()
    found: dict[str, QRect] = {}
    for view in form.findChildren(FieldView):
        parts: list[QWidget] = [view, view.label, *view.control.targets()]
        for number, part in enumerate(part for part in parts if part.isVisible()):
            found[f"{view.path} {number}"] = QRect(
                part.mapTo(form.view(form.step).page, QPoint(0, 0)), part.size()
            )
    return found


@pytest.mark.parametrize(
    "path",
    [
        "pain.average",
        "pain.side",
        "diagnosis.onset_event",
        "last_30_days.headache_days",
        "last_30_days.combination_days",
    ],
)
def test_the_offer_not_available_moves_nothing(qtbot: QtBot, new_form: New, path: str) -> None:
    form = at_step(new_form, 3)
    find(form, "diagnosis.text").setFocus()
    before = places(form)
    view = next(view for view in form.findChildren(FieldView) if view.path == path)
    view.take_focus()
    offer = find(form, f"{path}.not_available")
    assert offer.isVisible()
    assert view.rect().contains(offer.geometry())
    assert (
        view.label.sizeHint().width()
        <= offer.geometry().center().x() - offer.fontMetrics().horizontalAdvance(offer.text()) // 2
    )
    assert places(form) == before
    find(form, "diagnosis.text").setFocus()
    here = QPointF(3, 3)
    QApplication.sendEvent(view, QEnterEvent(here, here, here))
    assert places(form) == before


def test_the_offer_takes_no_room_from_its_neighbors(new_form: New) -> None:
    form = at_step(new_form, 3)
    rows = (
        ("pain.worst", "pain.average", "pain.now"),
        ("last_30_days.headache_days", "last_30_days.migraine_days"),
    )
    for names in (*rows, ("last_30_days.opioid_days", "last_30_days.combination_days")):
        assert len({find(form, name).mapTo(form, QPoint(0, 0)).y() for name in names}) == 1


def test_tab_never_stops_at_the_offer_and_keys_and_clicks_reach_it(qtbot: QtBot, new_form: New) -> None:
    form = at_step(new_form, 3)
    find(form, "pain.average").setFocus()
    assert find(form, "pain.average.not_available").isVisible()
    assert press(Key.Key_Tab) == "pain.now"
    assert press(Key.Key_Backtab) == "pain.average"
    QTest.keyClick(QApplication.focusWidget(), Key.Key_N, _CTRL_SHIFT)
    assert form.draft.get("pain.average") == {"unavailable": ""}
    find(form, "diagnosis.onset").setFocus()
    qtbot.mouseClick(find(form, "diagnosis.onset.not_available"), Qt.MouseButton.LeftButton)
    assert form.draft.get("diagnosis.onset") == {"unavailable": ""}


@pytest.mark.parametrize(("step", "path"), [(1, "patient.family_name"), (5, "goals.patient_goal")])
def test_a_restored_draft_is_written_on_at_its_end(
    qtbot: QtBot, new_form: New, filled_desk: Desk, step: int, path: str
) -> None:
    form = at_step(new_form, step)
    find(form, path).setFocus()
    press("Quill")
    form.keep()
    sheet = sheets.resumed(filled_desk.db, form.draft.sheet.draft_id)
    sheet.left_at = path
    again = shown(qtbot, FormPage(filled_desk, sheet, 0))
    again.begin()
    qtbot.waitUntil(lambda: at() == path)
    press("er")
    assert again.draft.get(path) == "Quiller"


def test_tab_goes_to_the_option_that_is_chosen(new_form: New) -> None:
    form = at_step(new_form, 1)
    form.draft.put("patient.sex", "male")
    form.view(1).load()
    find(form, "patient.date_of_birth").setFocus()
    press(Key.Key_Tab)
    assert QApplication.focusWidget() is find(form, "patient.sex.male")
    press(Key.Key_Tab)
    assert at() != "patient.sex"
    press(Key.Key_Backtab)
    assert QApplication.focusWidget() is find(form, "patient.sex.male")


@pytest.mark.parametrize("way", ["button", "keys"])
def test_a_drawing_sent_on_paper_is_said_and_comes_back(qtbot: QtBot, new_form: New, way: str) -> None:
    form = at_step(new_form, 3)
    control = form.findChildren(SketchControl)[0]
    control.places.button.click()
    drawn = form.draft.get("pain.sketch")
    assert drawn
    said: list[str] = []
    form.said.connect(said.append)
    if way == "button":
        control.paper_button.click()
        assert form.draft.get("pain.sketch") == {"unavailable": ON_PAPER}
    else:
        control.places.button.setFocus()
        QTest.keyClick(QApplication.focusWidget(), Key.Key_N, _CTRL_SHIFT)
    assert len(said) == 1
    assert "Ctrl+Z" in said[0]
    find(form, "pain.sketch.answer").click()
    assert form.draft.get("pain.sketch") == drawn
    control.paper_button.click()
    form.undo()
    assert form.draft.get("pain.sketch") == drawn


def test_blanks_before_a_language_are_no_part_of_it(qtbot: QtBot) -> None:
    control = LanguageControl()
    shown(qtbot, control)
    control.line.setFocus()
    QTest.keyClicks(control.line, " viet")
    completer = control.box.completer()
    assert completer.currentCompletion() == "Vietnamese"
    control.line.clear()
    QTest.keyClick(control.line, Key.Key_Space)
    assert completer.completionCount() == completer.model().rowCount()


def test_a_place_is_found_by_any_of_its_words(new_form: New) -> None:
    form = at_step(new_form, 3)
    place = form.findChildren(SketchControl)[0].places.place
    place.setFocus()
    for typed, label in (
        ("temple", "temple"),
        ("ch", "Cheek"),
        ("top", "Top of the head"),
        ("foreh", "forehead"),
    ):
        place.view().forget()  # as after a pause
        press(typed)
        assert label in place.currentText()


def test_a_long_name_of_a_location_is_seen_whole(qtbot: QtBot, saved_form: FormPage) -> None:
    saved_form.go_to(2)
    saved_form.view(2).chores.finish()
    box = find(saved_form, "request.location")
    QApplication.processEvents()
    for number in range(box.count()):
        box.setCurrentIndex(number)
        QApplication.processEvents()
        assert box.fontMetrics().horizontalAdvance(box.currentText()) < box.width() - 24
        assert box.toolTip() == box.currentText()
