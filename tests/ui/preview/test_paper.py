"""The pages of the preview: small pages in the background, zoom, places found, the keyboard, and who listens."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from referral_app.ui.desk import Desk
from referral_app.ui.lock import Lock
from referral_app.ui.main_window import MainWindow
from referral_app.ui.preview.paper import Paper
from tests.ui.preview.test_page import ready
from tests.ui.referrals.conftest import shown


def _pdf(pages: int) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 720, f"Page {number} of the nerve")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def sheet(qtbot: QtBot, looks: QApplication) -> Paper:
    made = Paper()
    made.resize(1000, 700)
    return shown(qtbot, made)


def test_small_pages_are_drawn_those_in_sight_first_and_all_in_the_end(qtbot: QtBot, sheet: Paper) -> None:
    with qtbot.waitSignal(sheet.first_drawn, timeout=10000):
        sheet.show_pdf(_pdf(100))
    assert sheet.thumbnails.count() == 100
    qtbot.waitUntil(lambda: sheet.thumbnails.drawn >= 4, timeout=10000)
    sheet.thumbnails.verticalScrollBar().setValue(sheet.thumbnails.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: sheet.thumbnails.drawn == 100, timeout=60000)


def test_another_document_takes_the_place_of_one_that_is_still_drawn(qtbot: QtBot, sheet: Paper) -> None:
    sheet.show_pdf(_pdf(60))
    qtbot.waitUntil(lambda: sheet.thumbnails.drawn > 0, timeout=10000)
    sheet.show_pdf(_pdf(3))
    qtbot.waitUntil(lambda: sheet.thumbnails.drawn == 3, timeout=10000)
    assert sheet.thumbnails.count() == sheet.pages() == 3


def test_keys_go_through_the_small_pages(qtbot: QtBot, sheet: Paper) -> None:
    sheet.show_pdf(_pdf(30))
    sheet.thumbnails.setFocus()
    qtbot.keyClick(sheet.thumbnails, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: sheet.page() == 1)
    qtbot.keyClick(sheet.thumbnails, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: sheet.page() == 29)
    qtbot.keyClick(sheet.thumbnails, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: sheet.page() < 29)
    item = sheet.thumbnails.item(4)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Page 5 of 30"


def test_the_page_in_sight_is_told_to_who_listens(qtbot: QtBot, sheet: Paper) -> None:
    sheet.show_pdf(_pdf(3))
    sheet.go_to(2)
    qtbot.waitUntil(lambda: sheet.view.accessibleName() == "Page 3 of 3 of the document")


def _turn(view: QPdfView, notches: int) -> None:
    event = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_zoom_goes_from_50_to_400_percent_with_the_wheel_and_to_the_whole_page(sheet: Paper) -> None:
    sheet.show_pdf(_pdf(2))
    for _ in range(20):
        _turn(sheet.view, 1)
    assert sheet.percent() == 400
    for _ in range(20):
        _turn(sheet.view, -1)
    assert sheet.percent() == 50
    sheet.fit_page()
    assert sheet.view.zoomMode() is QPdfView.ZoomMode.FitInView
    wide = sheet.percent()
    sheet.fit_width()
    assert sheet.percent() > wide


def test_places_are_gone_through_in_both_directions(qtbot: QtBot, sheet: Paper) -> None:
    sheet.show_pdf(_pdf(5))
    sheet.search("nerve")
    qtbot.waitUntil(lambda: sheet.hits() == 5, timeout=10000)
    sheet.next_hit()
    assert sheet.hit() == 1
    sheet.hit_before()
    assert (sheet.hit(), sheet.page()) == (5, 4)
    sheet.next_hit()
    assert (sheet.hit(), sheet.page()) == (1, 0)


def test_a_page_that_is_wide_keeps_its_shape(qtbot: QtBot, sheet: Paper) -> None:
    with pikepdf.open(io.BytesIO(_pdf(2))) as document:
        document.pages[1].rotate(90, relative=False)
        target = io.BytesIO()
        document.save(target)
    sheet.show_pdf(target.getvalue())
    qtbot.waitUntil(lambda: sheet.thumbnails.drawn == 2, timeout=10000)
    tall, wide = (sheet.thumbnails.item(page).icon().availableSizes()[0] for page in (0, 1))
    assert tall.height() > tall.width()
    assert wide.width() > wide.height()


def test_by_keys_alone_in_the_window_and_copies_go_with_the_lock(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, reference: str
) -> None:
    window.preview("letter", reference)
    qtbot.waitUntil(lambda: window.pages.get("preview") is not None, timeout=20000)
    page = window.page("preview")
    ready(qtbot, page)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(page.paper.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.tools.search.hasFocus)
    qtbot.keyClicks(page.tools.search, "occipital")
    qtbot.waitUntil(lambda: page.paper.hits() > 1, timeout=10000)
    qtbot.keyClick(page.tools.search, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: page.tools.hits.text().startswith("1 of"))
    qtbot.keyClick(page.tools.search, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not page.tools.hits.text().startswith("1 of"))
    visited: set[str] = set()
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None:
            visited.add(focus.objectName())
        qtbot.keyClick(focus or window, Qt.Key.Key_Tab)
    for name in (
        "previewThumbnails", "previewPages", "previewSave", "previewDrag", "previewMore", "previewPrint",
        "printCopies", "printBothSides", "printPages", "protectTick",
    ):  # fmt: skip
        assert name in visited, name
    copies = filled_desk.paths.copies
    copies.mkdir()
    (copies / "letter.pdf").write_bytes(b"what another program was given")
    lock = Lock(window, filled_desk)
    lock.lock()
    assert not copies.exists()
    assert not page.findChild(QWidget, "protectPassword").text()
    lock.end()
