"""The page of packets: who comes, schedules, batches that stopped, by mouse and by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import BatchState
from referral_app.jobs import batches
from referral_app.services.referral_records import ReferralRow
from referral_app.ui import folder
from referral_app.ui.desk import Desk
from referral_app.ui.packets import words
from referral_app.ui.packets.batch_dialog import BatchDialog
from referral_app.ui.packets.labels_dialog import LabelsDialog
from referral_app.ui.packets.page import PacketsPage
from referral_app.ui.packets.schedule_dialog import ScheduleDialog
from referral_app.ui.packets.visit_columns import written
from tests import invented
from tests.packet_scenes import DAY, fill, schedule, stop


@pytest.fixture
def rows(filled_desk: Desk) -> list[ReferralRow]:
    invented.fill(filled_desk.db)
    return fill(filled_desk.db)


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk, rows: list[ReferralRow]) -> PacketsPage:
    made = PacketsPage(filled_desk)
    qtbot.addWidget(made)
    made.resize(1180, 760)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.reload()
    qtbot.waitUntil(lambda: made.visits.options.title.text() == "8 packets")
    return made


def _dialog(page: QWidget, kind: type[QWidget]) -> QWidget | None:
    found = page.findChildren(kind)
    return next((one for one in found if one.isVisible()), None)


def test_all_who_come_and_have_nothing_yet_are_chosen_in_order_of_time(page: PacketsPage) -> None:
    chosen = page.visits.chosen()
    assert len(chosen) == 8
    assert page.visits.head.title.text().startswith("Visits on ")
    assert page.visits.day.day() == DAY


def test_rows_are_changed_together_or_one_by_one(qtbot: QtBot, page: PacketsPage) -> None:
    view = page.visits
    view.choose([view.chosen()[0].key])
    with qtbot.waitSignal(view.list.loaded):
        view.options.language.set_value("es")
    with qtbot.waitSignal(view.list.loaded):
        view.options.print_size.set_value("usual")
    assert [(one.language, one.large) for one in view.chosen()] == [("es", False)]
    assert written(view.chosen()[0]) == "12 point, English with language help"
    assert view.options.needs.text().startswith(f"{words.WAITS}, 12 point.")
    view.head.all_button.click()
    assert sum(not one.large for one in view.chosen()) == 1
    assert view.options.language.value() == ""


def test_choosing_all_none_and_those_not_yet_printed(
    qtbot: QtBot, page: PacketsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(parent: object, title: str, on_path: Callable[[Path], object]) -> None:
        on_path(tmp_path)

    monkeypatch.setattr(folder, "choose", choose)
    view = page.visits
    view.choose([view.chosen()[0].key])
    view.options.way.set_value("files")
    view.options.make_button.setFocus()
    view.options.make_button.click()
    assert page.window().focusWidget() is view.list.table, "The button that is switched off leaves its focus."
    qtbot.waitUntil(lambda: not page.running.is_busy, timeout=60000)
    qtbot.waitUntil(lambda: any(one.printed for one in view._visits), timeout=10000)  # noqa: SLF001
    view.head.new_button.click()
    assert len(view.chosen()) == 7
    view.head.all_button.click()
    assert len(view.chosen()) == 8
    view.head.none_button.click()
    assert view.chosen() == []
    assert not view.options.make_button.isEnabled()


def test_a_schedule_shows_its_visits_and_what_it_left_out_can_be_copied(
    qtbot: QtBot, page: PacketsPage, rows: list[ReferralRow], tmp_path: Path
) -> None:
    page.visits.open_schedule(schedule(tmp_path, rows))
    qtbot.waitUntil(lambda: page.visits.head.title.text() == "Schedule schedule.csv", timeout=20000)
    qtbot.waitUntil(lambda: len(page.visits.chosen()) == 8)
    page.visits.head.left_out.button.click()
    assert "Nobody, Known" in QGuiApplication.clipboard().text()
    page.visits.head.close_button.click()
    qtbot.waitUntil(lambda: page.visits.head.title.text().startswith("Visits on"))


def test_columns_that_nobody_knows_are_asked_for(qtbot: QtBot, page: PacketsPage, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("When,Whom,Born on\n9:00 AM,Quintero Marisol,3/27/1980\n", encoding="utf-8")
    page.visits.open_schedule(path)
    qtbot.waitUntil(lambda: _dialog(page, ScheduleDialog) is not None, timeout=20000)
    dialog = _dialog(page, ScheduleDialog)
    assert isinstance(dialog, ScheduleDialog)
    dialog.show_button.click()
    assert dialog.isVisible()
    dialog.columns.mapping()
    for heading, field in (("When", "time"), ("Whom", "name"), ("Born on", "date_of_birth")):
        dialog.columns.boxes[heading].set_value(field)
    dialog.show_button.click()
    qtbot.waitUntil(lambda: page.visits.head.title.text() == "Schedule own.csv", timeout=20000)


def test_a_batch_that_stopped_says_at_whom_it_goes_on(
    qtbot: QtBot, page: PacketsPage, filled_desk: Desk, rows: list[ReferralRow]
) -> None:
    stop(filled_desk.db, rows)
    page.reload()
    qtbot.waitUntil(lambda: not page.batch.isHidden())
    assert page.batch.resume_button.text() == "Go on at 3"
    assert rows[2].patient in page.batch.below.text()
    page.batch.detail_button.click()
    dialog = _dialog(page, BatchDialog)
    assert isinstance(dialog, BatchDialog)
    dialog.copy_button.click()
    assert rows[0].patient in QGuiApplication.clipboard().text()
    dialog.first.setValue(2)
    assert rows[1].patient in dialog.who.text()
    assert dialog.again.text()
    with qtbot.waitSignal(dialog.resumed) as asked:
        dialog.resume_button.click()
    assert asked.args == [2]
    qtbot.waitUntil(lambda: not page.running.is_busy, timeout=60000)


def test_the_rest_of_a_batch_can_be_left(
    qtbot: QtBot, page: PacketsPage, filled_desk: Desk, rows: list[ReferralRow]
) -> None:
    stop(filled_desk.db, rows)
    page.reload()
    qtbot.waitUntil(lambda: not page.batch.isHidden())
    page.batch.left_button.setFocus()
    page.batch.left_button.click()
    assert page.window().focusWidget() is page.visits.list.table
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    found = batches.latest(filled_desk.db)
    assert found is not None
    assert found.finished_at is not None
    assert len(found.of(BatchState.WAITING)) == 6


def test_labels_are_previewed_from_any_label_on(qtbot: QtBot, page: PacketsPage) -> None:
    page.visits.options.label_button.click()
    dialog = _dialog(page, LabelsDialog)
    assert isinstance(dialog, LabelsDialog)
    dialog.start.setValue(7)
    with qtbot.waitSignal(page.preview) as asked:
        dialog.preview_button.click()
    kind, about = asked.args or ["", ""]
    assert kind == "labels"
    assert about.startswith("start 7,")
    assert about.count(",") == 8


def test_everything_is_reached_by_keys_alone(qtbot: QtBot, page: PacketsPage) -> None:
    page.tabs[0].setFocus()
    seen: set[str] = set()
    for _ in range(40):
        focused = QGuiApplication.focusObject()
        if isinstance(focused, QWidget):
            seen.add(focused.objectName())
        qtbot.keyClick(page.window().focusWidget() or page, Qt.Key.Key_Tab)
    wanted = {
        "packetDay",
        "packetSchedule",
        "visitsAll",
        "visitsTable",
        "visitLanguage",
        "visitWay",
        "visitMake",
    }
    assert wanted <= seen
    assert isinstance(page.findChild(QCheckBox, "visitBothSides"), QCheckBox)


def test_what_was_printed_and_sent_is_one_button_away(qtbot: QtBot, page: PacketsPage) -> None:
    with qtbot.waitSignal(page.go) as asked:
        page.papers_button.click()
    assert asked.args == ["papers"]
