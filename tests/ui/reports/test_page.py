"""The page of reports: counts in the background, reads its bars by keys, prints and saves what is shown."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from referral_app.choices import Appearance, PaperKind, StaffRole
from referral_app.clinical.plots import HATCH, SPANS, Bar, Plot
from referral_app.services import ledger
from referral_app.services.report_records import Part
from referral_app.services.reports import KINDS
from referral_app.ui import ask, theme
from referral_app.ui.desk import Desk
from referral_app.ui.reports import period
from referral_app.ui.reports.page import BEFORE, CHANGED, ReportsPage
from referral_app.ui.reports.part_table import PartTable
from referral_app.ui.reports.plot_view import PlotView
from referral_app.ui.reports.quality_dialog import QualityDialog
from referral_app.ui.widgets.lookup import Hit
from tests import report_scenes
from tests.acting import as_role


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> ReportsPage:
    report_scenes.fill(filled_desk.db, 60)
    made = ReportsPage(filled_desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.reload()
    counted(qtbot, made)
    return made


def counted(qtbot: QtBot, page: ReportsPage) -> None:
    qtbot.waitUntil(lambda: len(page.shown) == len(KINDS), timeout=10_000)


def plot(page: ReportsPage, name: str) -> PlotView:
    found = page.findChild(PlotView, name)
    assert isinstance(found, PlotView)
    return found


def test_each_report_has_a_card_with_plot_and_table(page: ReportsPage) -> None:
    assert set(page.shown) == set(KINDS)
    table = page.findChild(PartTable, "table_steps0")
    assert isinstance(table, PartTable)
    assert table.model().rowCount() == 9
    assert "Sent to received" in plot(page, "plot_steps0").accessibleDescription()


def test_arrow_keys_read_the_bars_one_by_one(page: ReportsPage) -> None:
    view = plot(page, "plot_completion0")
    view.setFocus()
    assert re.fullmatch(r"Requests that reached each step, n = [\d,]+", view.accessibleName())
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.accessibleName().startswith("Sent: ")
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.accessibleName().startswith("Received: ")
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.accessibleName().endswith("7 of 7")
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.current == 0


def test_every_plot_says_how_many_it_is_made_of(page: ReportsPage) -> None:
    plots = [part.plot for report in page.shown.values() for part in report.parts if part.plot is not None]
    assert len(plots) > 2
    assert [plot.title for plot in plots if not re.search(r"n = \d", plot.alternative)] == []


def test_a_table_of_figures_shows_a_row_as_chosen_only_while_somebody_reads_it(page: ReportsPage) -> None:
    table = page.findChild(PartTable, "table_steps0")
    assert isinstance(table, PartTable)
    assert table.selectedIndexes() == []
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert {index.row() for index in table.selectedIndexes()} == {1}
    page.print_button.setFocus()
    assert table.selectedIndexes() == []


@pytest.fixture
def twice(qapp: QApplication) -> Generator[None]:
    theme.apply(qapp, Appearance.LIGHT, 200)
    yield
    theme.apply(qapp, Appearance.LIGHT)


@pytest.mark.usefixtures("twice")
def test_words_of_a_plot_fit_at_twice_the_size(qtbot: QtBot) -> None:
    bar = Bar("Surgeon", 48, "48 (23 to 67), n = 1,087", 23, 67, HATCH)
    view = PlotView(Plot("Waits", (bar,), SPANS), "wait")
    qtbot.addWidget(view)
    view.resize(1080, view.heightForWidth(1080))
    view.show()
    image = view.grab().toImage()
    ground = image.pixelColor(1, 1)
    edge = range(image.width() - 3, image.width())
    assert all(image.pixelColor(x, y) == ground for x in edge for y in range(image.height()))


def test_a_period_that_ends_before_it_begins_is_said_beside_its_field_and_nothing_is_counted(
    page: ReportsPage,
) -> None:
    page.filters.period.set_value(period.OTHER)
    page.filters.since.setText("03/27/2026")
    page.filters.until.setText("01/05/2026")
    assert page.filters.read() is None
    page.filters.until.setText("never")
    assert page.filters.read() is None
    page.filters.until.setText("04/01/2026")
    found = page.filters.read()
    assert found is not None
    assert (found.since, found.until) == (date(2026, 3, 27), date(2026, 4, 1))


def test_once_the_filter_asks_for_something_else_nothing_of_before_leaves(
    qtbot: QtBot, page: ReportsPage
) -> None:
    leaving = page.print_button, page.save_button, page.quality
    shown = page.before["steps"]
    first = page.filters.period.value()
    assert all(one.isEnabled() for one in leaving)
    assert shown.isHidden()
    page.filters.period.set_value(period.OTHER)
    page.filters.since.setText("01/05/2026")
    assert [(one.isEnabled(), one.toolTip()) for one in leaving] == [(False, CHANGED)] * 3
    assert shown.isVisible()
    assert shown.accessibleName().endswith(BEFORE)
    page.filters.period.set_value(first)
    assert all(one.isEnabled() for one in leaving)
    assert shown.isHidden()
    page.filters.surgeon.set_hit(Hit("nobody", "Nobody"))
    page.filters.surgeon.changed.emit()
    assert not page.save_button.isEnabled()
    page.filters.count.click()
    counted(qtbot, page)
    assert all(one.isEnabled() for one in leaving)
    assert shown.isHidden()
    assert [page.print_button.toolTip(), page.save_button.toolTip()] == ["", ""]


def test_a_canceled_count_says_so_in_its_cards(qtbot: QtBot, page: ReportsPage, filled_desk: Desk) -> None:
    page.count()
    assert page.job is not None
    page.job.cancel()
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    assert len(page.shown) < len(KINDS)


def test_the_tables_are_saved_as_shown(qtbot: QtBot, page: ReportsPage, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    with qtbot.waitSignal(page.said):
        page.save_into(path)
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert ["Step", "n", "Median, days", "10th percentile", "90th percentile"] in rows


def test_save_offers_the_document_beside_the_tables_and_keeps_it_as_a_paper(
    qtbot: QtBot, page: ReportsPage, filled_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def save_file(_parent: object, _title: str, _name: str, kinds: str, *_more: object) -> None:
        offered.append(kinds)

    monkeypatch.setattr(ask, "save_file", save_file)
    page.save_button.click()
    assert re.findall(r"\*\.(\w+)", offered[0]) == ["csv", "xlsx", "pdf"]
    path = tmp_path / "reports.PDF"
    with qtbot.waitSignal(page.said) as said:
        page.save_into(path)
    assert said.args == ["Saved as reports.PDF; the export was noted"]
    with filled_desk.db.read() as session:
        (paper,) = ledger.find(session, ledger.Filter(kinds=(PaperKind.REPORT,)))
        assert ledger.content(session, paper.id) == path.read_bytes()
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["reports.ods", "reports.docx", "reports"])
def test_a_file_of_another_kind_is_refused_and_not_written_as_a_table(
    qtbot: QtBot, page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    told: list[str] = []

    def tell(_parent: object, sentence: str, *_more: object, **_words: object) -> None:
        told.append(sentence)

    monkeypatch.setattr(ask, "tell", tell)
    page.save_into(tmp_path / name)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [f"Choose a name that ends with .csv, .xlsx or .pdf, not {name}."]
    assert not (tmp_path / name).exists()


def test_print_shows_the_reports_with_their_filter(
    qtbot: QtBot, page: ReportsPage, filled_desk: Desk
) -> None:
    from referral_app.jobs import reports as jobs

    asked: list[tuple[str, Any]] = []

    def take(kind: str, about: Any) -> None:
        asked.append((kind, about))

    page.preview.connect(take)
    page.print_button.click()
    ((kind, about),) = asked
    made = jobs.make(filled_desk.db, about)
    assert made is not None
    assert (kind, made.kind) == ("report", "report")
    assert made.content.startswith(b"%PDF")


def test_de_identified_rows_are_for_administrators(qtbot: QtBot, page: ReportsPage, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.said) as said:
        page.take_out(tmp_path / "quality.csv")
    assert said.args is not None
    assert "de-identified rows saved in quality.csv and quality-summary.csv" in said.args[0]


def test_what_they_leave_out_is_said_before_a_file_is_chosen(
    qtbot: QtBot, page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def save_file(_parent: object, title: str, *_more: object) -> None:
        asked.append(title)

    monkeypatch.setattr(ask, "save_file", save_file)
    page.quality.click()
    dialog = page.findChild(QualityDialog, "qualityDialog")
    assert dialog is not None
    said = " ".join(one.text() for one in dialog.findChildren(QLabel))
    for words in ("Names, numbers of any kind", "moved by the same number of days", "privacy officer"):
        assert words in said
    assert asked == []
    dialog.save_button.click()
    qtbot.waitUntil(lambda: asked == ["Save de-identified rows"])


def test_the_button_for_them_is_grey_for_others(qtbot: QtBot, staffed: Desk) -> None:
    as_role(staffed.db, StaffRole.SCHEDULER)
    made = ReportsPage(staffed)
    qtbot.addWidget(made)
    assert not made.quality.isEnabled()
    assert "administrator" in made.quality.toolTip()


def test_a_reason_in_a_tooltip_reads_nothing_in(qtbot: QtBot) -> None:
    evil = "Moved <img src='file://server/share/x.png'>"
    table = PartTable(Part("Declined", None, ("Reason", "Requests"), ((evil, "3"),)), "reasons")
    qtbot.addWidget(table)
    tip = table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip
