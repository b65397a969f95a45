"""The small widgets."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui.widgets.banner import PatientBanner, facts
from referral_app.ui.widgets.copy_line import CopyLine
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.focus_ring import FocusRing
from referral_app.ui.widgets.labels import Elided, body, fitted, tip
from referral_app.ui.widgets.rows import RowButton
from referral_app.ui.widgets.search_box import SearchBox
from referral_app.ui.widgets.states import STATES, TONES, StateLabel

PATIENT: dict[str, Any] = {
    "family_name": "Quintero", "given_name": "Marisol", "date_of_birth": "1984-06-21", "language": "es",
    "interpreter_needed": True, "needs": ["large_print"],
}  # fmt: skip


def test_the_banner_says_who_it_is_about(qtbot: QtBot, looks: QApplication) -> None:
    banner = PatientBanner()
    qtbot.addWidget(banner)
    banner.show_intake({"patient": PATIENT, "safety": {"allergies": [{"substance": "latex"}]}})
    says = banner.accessibleName()
    for words in (
        "Quintero, Marisol",
        "June 21, 1984",
        "Allergies: latex",
        "Spanish, interpreter",
        "Large print",
    ):
        assert words in says


@pytest.mark.parametrize(
    ("allergies", "words"),
    [
        ("none_known", "No known allergies"),
        ([], "Allergies not recorded"),
        ({"unavailable": "x"}, "Allergies not recorded"),
    ],
)
def test_the_banner_never_takes_silence_for_no_allergy(allergies: Any, words: str) -> None:
    assert words in [line[1] for line in facts(PATIENT, allergies)]


def test_the_banner_keeps_what_cannot_be_read() -> None:
    assert facts({"date_of_birth": "13/45/2007"})[0][1] == "Born: 13/45/2007 (not a date)"
    assert facts({})[0][1] == "Date of birth not given"


def test_names_with_markup_are_shown_as_typed(qtbot: QtBot, looks: QApplication) -> None:
    label = body("<b>An</b> & Co")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_number_is_copied_and_the_button_says_so(qtbot: QtBot, looks: QApplication) -> None:
    line = CopyLine("Fax", "(617) 555-0142", "copyFax", "fax")
    qtbot.addWidget(line)
    assert line.button.accessibleName() == "Copy fax"
    line.button.click()
    assert QGuiApplication.clipboard().text() == "(617) 555-0142"
    assert line.button.accessibleName() == "Copied: Fax"
    line.set_value("")
    assert line.button.isHidden()


def test_keys_of_the_search_box(qtbot: QtBot, looks: QApplication) -> None:
    box = SearchBox("Search surgeons", "search")
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.down):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.entered):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClicks(box, "keen")
    with qtbot.waitSignal(box.cleared):
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


@pytest.mark.parametrize("state", list(STATES))
def test_a_state_is_never_color_alone(qtbot: QtBot, looks: QApplication, state: str) -> None:
    label = StateLabel(state, "Sent")
    qtbot.addWidget(label)
    pictures = [one for one in label.findChildren(QLabel) if not one.pixmap().isNull()]
    assert len(pictures) == 1
    assert label.accessibleName() == "Sent"
    assert STATES[state][1] in TONES


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot, looks: QApplication) -> None:
    flow = Flow(8)
    qtbot.addWidget(flow)
    for _ in range(4):
        label = QLabel("x")
        label.setFixedSize(100, 20)
        flow.add(label)
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(210) == 48
    assert flow.heightForWidth(50) == 4 * 20 + 3 * 8


def test_a_row_says_all_of_itself_and_may_get_narrow(qtbot: QtBot, looks: QApplication) -> None:
    row = RowButton("row", "id", "letter", "Quintero-Vale, Marisol", "Signed, not sent", "10:42")
    qtbot.addWidget(row)
    assert row.accessibleName() == "Quintero-Vale, Marisol, Signed, not sent, 10:42"
    row.resize(160, 50)
    row.show()
    row.grab()
    title = row.findChildren(Elided)[0]
    assert title.toolTip() == "Quintero-Vale, Marisol"


def test_the_focus_ring_stands_around_what_has_the_focus(qtbot: QtBot, looks: QApplication) -> None:
    ring = FocusRing(looks)
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    first, second = QPushButton("First"), QPushButton("Second")
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    second.setFocus()
    shown = page.findChild(QWidget, "focusRing")
    assert shown is not None
    assert shown.isVisible()
    assert shown.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    second.move(30, 70)
    assert shown.geometry().contains(QRect(30, 70, 10, 10))
    second.hide()
    assert not shown.isVisible() or shown.geometry() != second.geometry().adjusted(-4, -4, 4, 4)
    looks.focusChanged.disconnect(ring._moved)  # noqa: SLF001 - the application outlives this test


def test_a_line_of_any_length_is_fitted_at_once(looks: QApplication) -> None:
    metrics = QFontMetrics(looks.font())
    assert fitted(metrics, "Keen", 400) == "Keen"
    long, begun = "word " * 200_000, time.perf_counter()
    shown = fitted(metrics, long, 400)
    assert time.perf_counter() - begun < 0.05  # all of it takes 300 ms
    assert shown.endswith("…")
    assert metrics.horizontalAdvance(shown) <= 400


def test_a_tooltip_reads_nothing_in_and_swallows_nothing(looks: QApplication) -> None:
    """Qt takes what looks like markup for it, and would ask the server of a stranger's file for a picture."""
    assert tip("Keen, Marguerite") == "Keen, Marguerite"
    shown = QLabel(tip("Ana <img src='file://server/share/x.png'> & <b>Keen</b>"))
    document = QTextDocument()
    document.setHtml(shown.text())
    assert document.toPlainText() == "Ana <img src='file://server/share/x.png'> & <b>Keen</b>"


@pytest.mark.parametrize("width", [330, 420, 730])
def test_what_an_empty_page_says_is_never_cut(qtbot: QtBot, looks: QApplication, width: int) -> None:
    said = "Who asks for a copy of what was sent is entered here, with the day by which it is due."
    empty = EmptyState("copy", "No request", said, "New request")
    qtbot.addWidget(empty)
    empty.resize(width, 600)
    with qtbot.waitExposed(empty):
        empty.show()
    for label in empty.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
