"""The details and dialogs of surgeons, patients and packets under the same checks as every page."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from referral_app.services import surgeons
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from tests.screenshots import SCENES, Stage
from tests.ui import test_accessibility as checks


def _until(stage: Stage, there: Callable[[], Any]) -> Any:
    """Wait until there is something."""
    for _ in range(100):
        if found := there():
            return found
        stage.settle(0.05)
    raise AssertionError("It never came.")


def _surgeon(stage: Stage) -> Any:
    page = stage.page("surgeons")
    _until(stage, page.directory.list.model.rowCount)
    page.directory.list.open_first()
    _until(stage, page.directory.card.surgeon)
    return page


def _entry(stage: Stage) -> Any:
    page = _surgeon(stage)
    page.acts.perform("edit", page.directory.chosen())
    dialog = _dialog(stage, "surgeonDialog")
    dialog.form.finish()
    return dialog


def _dialog(stage: Stage, name: str) -> Any:
    return _until(stage, lambda: stage.window.findChild(QDialog, name))


def _wrong_entry(stage: Stage) -> None:
    dialog = _entry(stage)
    fields.write(dialog.form.widgets["npi"], "1234567890")
    fields.write(dialog.form.widgets["verified_on"], "yesteryear")
    dialog.form.placements.add()
    dialog.save()


def _center(stage: Stage) -> None:
    stage.page("surgeons").tabs.setCurrentIndex(1)


def _filters(stage: Stage) -> None:
    stage.page("surgeons").directory.panes.show_left(True)


def _patient(stage: Stage) -> Any:
    page = stage.page("patients")
    _until(stage, page.list.model.rowCount)
    page.list.open_first()
    _until(stage, page.detail.file)
    return page


def _person(stage: Stage) -> None:
    _patient(stage).detail.edit_button.click()
    _dialog(stage, "patientDialog")


def _same_person(stage: Stage) -> None:
    page = _patient(stage)
    values = page.detail.file().patient.values
    page.new_button.click()
    dialog = _dialog(stage, "patientDialog")
    for name in ("family_name", "given_name", "phone"):
        fields.write(dialog.form.widgets[name], values[name])
    dialog.save()
    stage.settle(0.4)


def _packet(stage: Stage) -> None:
    page = stage.page("packets")
    page.show_referrals()
    _until(stage, page.referrals.list.model.rowCount)
    page.referrals.list.table.selectRow(0)
    page.referrals.panes.open_right()
    stage.settle(0.4)


MORE: dict[str, Callable[[Stage], Any]] = {
    "surgeon": _surgeon,
    "surgeon-entry": _entry,
    "surgeon-wrong-entry": _wrong_entry,
    "surgeon-filters": _filters,
    "center": _center,
    "patient": _patient,
    "patient-entry": _person,
    "patient-same": _same_person,
    "packet-options": _packet,
}
CHECKS: list[Callable[..., None]] = [
    checks.test_controls_have_names_and_room_and_tab_goes_down_through_all,
    checks.test_nothing_is_cut_covered_or_out_of_reach_at_twice_the_size,
]


@pytest.fixture
def stage(qtbot: QtBot, filled_desk: Desk, reference: str) -> Generator[Stage]:
    made = Stage(filled_desk, reference)
    qtbot.addWidget(made.window)
    yield made
    made.close_dialogs()
    filled_desk.background.wait()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("test_"))
@pytest.mark.parametrize("scene", list(MORE))
def test_details_and_dialogs_pass_the_checks_of_every_page(
    stage: Stage, scene: str, check: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SCENES, scene, MORE[scene])
    check(stage, scene)


def test_a_list_behind_a_detail_at_twice_the_size_is_painted(stage: Stage) -> None:
    stage.desk.settings.zoom = 200
    stage.window.settings_changed()
    with stage.desk.db.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    stage.page("surgeons")
    stage.settle(0.3)
    stage.window.open("surgeon", keen.id)
    stage.settle(0.5)
    assert not stage.window.grab().isNull()


def test_at_twice_the_size_list_and_entry_fit_the_window_with_one_scroll_bar_and_the_title(
    stage: Stage,
) -> None:
    stage.desk.settings.zoom = 200
    stage.window.settings_changed()
    stage.window.resize(1280, 760)
    page = stage.page("surgeons")
    _until(stage, page.directory.list.model.rowCount)
    stage.settle(0.3)
    assert not _scrolls(page)
    assert any(label.isVisible() and label.text() == "Surgeons" for label in page.findChildren(QLabel))
    with stage.desk.db.read() as session:
        keen = surgeons.by_npi(session, "9000000015")
    stage.window.open("surgeon", keen.id)
    stage.settle(0.5)
    assert not _scrolls(page)
    button = page.directory.card.refer_button
    room = page.parentWidget()
    assert room.rect().contains(button.mapTo(room, button.rect().bottomRight()))


def _scrolls(page: QWidget) -> bool:
    """Tell whether what holds a page is a scroll bar higher than its room."""
    above = page.parentWidget()
    while not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above.verticalScrollBar().maximum() > 0
