"""How a document leaves the preview: real printers, real files, disks that are full; recorded as it left."""

from __future__ import annotations

import contextlib
import io
import os
import stat
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import PaperAct
from referral_app.jobs import letters, papers
from referral_app.services import ledger
from referral_app.services.ledger import Filter, PaperEventRecord
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.preview import leaving
from referral_app.ui.preview.page import PreviewPage
from tests.documents import paper
from tests.printers import OFFICE, Printers
from tests.ui.preview.test_page import ready
from tests.ui.referrals.conftest import shown

PASSWORD = "four wet umbrellas"


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk, reference: str) -> PreviewPage:
    made = shown(qtbot, PreviewPage(filled_desk))
    made.show_document("letter", reference)
    ready(qtbot, made)
    made.by_fax.tick.setChecked(False)
    return made


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is told in a window of its own, and questions are answered with yes."""
    said: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _parent, words, *_more, **_named: said.append(words))
    monkeypatch.setattr(ask, "confirm", lambda *asked, **_named: asked[4]())
    return said


def _acts(desk: Desk) -> list[PaperEventRecord]:
    with desk.db.read() as session:
        found = ledger.find(session, Filter())
    return [act for one in found for act in one.acts]


def _with_printer(qtbot: QtBot, page: PreviewPage, name: str = OFFICE) -> None:
    panel = page.print_panel
    panel.look()
    qtbot.waitUntil(lambda: panel.printer.findData(name) >= 0, timeout=20000)
    panel.printer.set_value(name)


# Paper


def test_print_prints_at_once_with_copies_and_both_sides_and_is_recorded(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, printers: Printers
) -> None:
    _with_printer(qtbot, page)
    page.print_panel.copies.setValue(2)
    page.print_panel.both_sides.setChecked(True)
    said: list[str] = []
    page.said.connect(said.append)
    page.print_button.click()
    qtbot.waitUntil(lambda: f"Printed on {OFFICE}" in said, timeout=30000)
    job = printers.job(printers.jobs()[-1])
    assert (job["copies"], job["sides"], job["job-name"]) == ("2", "two-sided-long-edge", "Referral desk")
    sheets = 2 * -(-page.paper.pages() // 2)
    assert job["job-media-sheets-completed"] == str(sheets)
    with pikepdf.open(io.BytesIO(printers.paper.read_bytes())) as printed:
        assert len(printed.pages) == 2 * sheets
    assert paper.text(page.content, 1) == paper.text(printers.paper.read_bytes(), 1)
    [act] = _acts(filled_desk)
    assert (act.act, act.how, act.copies) == (PaperAct.PRINTED, f"{OFFICE}, both sides", 2)
    assert act.for_whom == "the surgeon"
    assert (filled_desk.settings.printer, filled_desk.settings.both_sides) == (OFFICE, True)


def test_a_printer_that_rejects_documents_is_said_and_nothing_is_recorded(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, printers: Printers, told: list[str]
) -> None:
    _with_printer(qtbot, page)
    printers.call("cupsreject", OFFICE)
    try:
        page.print_button.click()
        qtbot.waitUntil(lambda: bool(told), timeout=20000)
    finally:
        printers.call("cupsaccept", OFFICE)
    assert told == [f"The printer {OFFICE} takes no documents now. Nothing was printed."]
    assert not _acts(filled_desk)
    assert page.print_button.isEnabled()


def test_a_printer_that_went_away_is_said_and_nothing_is_recorded(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, printers: Printers, told: list[str]
) -> None:
    printers.add("Gone", f"file:{printers.root}/out/gone.pdf")
    _with_printer(qtbot, page, "Gone")
    printers.call("lpadmin", "-x", "Gone")
    page.print_button.click()
    qtbot.waitUntil(lambda: bool(told), timeout=20000)
    assert "no printer Gone any more" in told[0]
    assert not _acts(filled_desk)


def test_a_paused_printer_is_said_once_it_has_the_document(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, printers: Printers, told: list[str]
) -> None:
    printers.call("cupsdisable", OFFICE)
    try:
        _with_printer(qtbot, page)
        assert "paused" in page.print_panel.note.text()
        page.print_button.click()
        qtbot.waitUntil(lambda: bool(told), timeout=20000)
    finally:
        printers.call("cancel", "-a")
        printers.call("cupsenable", OFFICE)
    assert "paused" in told[0]
    assert [one.act for one in _acts(filled_desk)] == [PaperAct.PRINTED]


@pytest.mark.usefixtures("no_print_service")
def test_without_a_printer_the_panel_says_what_to_do_and_print_leads_there(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk
) -> None:
    page.print_panel.look()
    qtbot.waitUntil(page.print_panel.again.isVisible, timeout=20000)
    assert "No printer" in page.print_panel.note.text()
    page.print_button.click()
    assert page.print_panel.again.hasFocus()
    assert not _acts(filled_desk)


def test_pages_that_are_not_there_are_said_beside_the_field(
    qtbot: QtBot, page: PreviewPage, printers: Printers
) -> None:
    _with_printer(qtbot, page)
    page.print_panel.pages.setText("1-99")
    page.print_button.click()
    assert "the document has" in page.print_panel.blocks["pages"].error()
    assert not printers.jobs()


# Files


def test_what_is_saved_is_recorded_with_its_name_and_its_bytes(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, tmp_path: Path
) -> None:
    with qtbot.waitSignal(page.said):
        page.write(tmp_path / "letter.pdf")
    [act] = _acts(filled_desk)
    assert (act.act, act.how, act.protected) == (PaperAct.SAVED, "letter.pdf", False)
    with filled_desk.db.read() as session:
        [one] = ledger.find(session, Filter())
        assert ledger.content(session, one.id) == (tmp_path / "letter.pdf").read_bytes()


def test_a_read_only_folder_is_said_and_nothing_is_recorded(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, read_only_folder: Path, told: list[str]
) -> None:
    page.write(read_only_folder / "letter.pdf")
    qtbot.waitUntil(lambda: bool(told))
    assert "cannot be written" in told[0]
    assert not _acts(filled_desk)
    assert page.content


def test_a_full_disk_is_said_leaves_no_part_of_a_file_and_nothing_is_recorded(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, small_disk: Path, told: list[str]
) -> None:
    (small_disk / "letter.pdf").write_bytes(b"the one before")
    full = os.open(small_disk / "full", os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while os.write(full, bytes(4096)):
            pass
    os.close(full)
    page.write(small_disk / "letter.pdf")
    qtbot.waitUntil(lambda: bool(told))
    assert "disk is full" in told[0]
    assert (small_disk / "letter.pdf").read_bytes() == b"the one before"
    assert {one.name for one in small_disk.iterdir()} == {"letter.pdf", "full"}
    assert not _acts(filled_desk)


def test_a_file_opens_with_the_password_alone_and_the_record_keeps_it_open(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, tmp_path: Path
) -> None:
    page.protection.tick.setChecked(True)
    page.protection.first.setText(PASSWORD)
    page.protection.second.setText(PASSWORD)
    with qtbot.waitSignal(page.said):
        page.write(tmp_path / "letter.pdf")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "letter.pdf")
    with pikepdf.open(tmp_path / "letter.pdf", password=PASSWORD) as opened:
        assert len(opened.pages) == page.paper.pages()
        assert opened.encryption.R == 6
    [act] = _acts(filled_desk)
    assert act.protected
    with filled_desk.db.read() as session:
        [one] = ledger.find(session, Filter())
        assert ledger.content(session, one.id) == page.content


@pytest.mark.parametrize(("first", "second"), [("short", "short"), (PASSWORD, "another one"), ("", "")])
def test_a_password_that_is_short_or_mistyped_saves_nothing(
    page: PreviewPage, filled_desk: Desk, tmp_path: Path, first: str, second: str
) -> None:
    page.protection.tick.setChecked(True)
    page.protection.first.setText(first)
    page.protection.second.setText(second)
    page.write(tmp_path / "letter.pdf")
    assert page.protection.block.error() or page.protection.again.error()
    filled_desk.background.wait()
    assert not (tmp_path / "letter.pdf").exists()


def test_a_password_is_forgotten_with_the_document(qtbot: QtBot, page: PreviewPage, reference: str) -> None:
    page.protection.tick.setChecked(True)
    page.protection.first.setText(PASSWORD)
    page.show_document("letter", reference)
    assert not page.protection.tick.isChecked()
    assert not page.protection.first.text()
    ready(qtbot, page)


# Other programs


def test_opening_leaves_a_private_copy_that_goes_with_the_lock(
    qtbot: QtBot,
    page: PreviewPage,
    filled_desk: Desk,
    told: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True
    )
    with qtbot.waitSignal(page.said):
        page.open_copy()
    [copy] = opened
    assert copy.read_bytes() == page.content
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert copy.is_relative_to(filled_desk.paths.copies)
    assert [(one.act, one.how) for one in _acts(filled_desk)] == [(PaperAct.OPENED, leaving.OPENED)]
    assert not told


def test_a_pc_without_a_viewer_is_said(
    qtbot: QtBot, page: PreviewPage, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    page.open_copy()
    qtbot.waitUntil(lambda: bool(told))
    assert "no program on this PC" in told[0]


def _pull(handle: QWidget, way: int) -> None:
    for kind, at in (
        (QMouseEvent.Type.MouseButtonPress, 4), (QMouseEvent.Type.MouseMove, 4 + way),
        (QMouseEvent.Type.MouseButtonRelease, 4 + way),
    ):  # fmt: skip
        place = QPointF(at, 4)
        held = (
            Qt.MouseButton.NoButton
            if kind == QMouseEvent.Type.MouseButtonRelease
            else Qt.MouseButton.LeftButton
        )
        button = Qt.MouseButton.NoButton if kind == QMouseEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, place, handle.mapToGlobal(place), button, held, Qt.KeyboardModifier.NoModifier
        )
        QGuiApplication.instance().notify(handle, event)  # type: ignore[union-attr]


def test_the_handle_asks_for_the_file_when_it_is_pulled_and_not_when_it_is_pressed(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, told: list[str]
) -> None:
    wanted: list[int] = []
    page.handle.wanted.connect(lambda: wanted.append(1))
    _pull(page.handle, 2)
    assert not wanted
    qtbot.waitUntil(lambda: bool(_acts(filled_desk)))
    assert [one.how for one in _acts(filled_desk)] == [leaving.COPIED]
    _pull(page.handle, 60)
    assert wanted
    qtbot.waitUntil(lambda: len(_acts(filled_desk)) == 2)
    assert {one.how for one in _acts(filled_desk)} == {leaving.COPIED, leaving.DRAGGED}


def test_the_keyboard_copies_the_file_to_the_clipboard(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, told: list[str]
) -> None:
    page.handle.setFocus()
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(page.handle, Qt.Key.Key_Space)
    data: QMimeData = QGuiApplication.clipboard().mimeData()
    assert Path(data.urls()[0].toLocalFile()).read_bytes() == page.content
    assert [one.act for one in _acts(filled_desk)] == [PaperAct.DRAGGED]


def test_opening_says_that_it_leaves_a_copy(page: PreviewPage) -> None:
    page.open_copy()
    dialog = page.findChild(QDialog, "ask")
    assert dialog is not None
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "not encrypted" in words
    assert "removed when you lock or close" in words
    dialog.reject()


# What left before


def test_what_left_is_shown_byte_by_byte_and_printed_again(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, reference: str, printers: Printers
) -> None:
    made = letters.make(filled_desk.db, reference)
    papers.left(filled_desk.db, made, PaperAct.SENT, how="Mail")
    with filled_desk.db.read() as session:
        [one] = ledger.find(session, Filter())
    page.show_kept(one.id)
    ready(qtbot, page)
    assert page.content == made.content
    assert not page.options.languages["en"].isVisible()
    assert page.name == f"letter-{reference}.pdf"
    _with_printer(qtbot, page)
    page.print_button.click()
    qtbot.waitUntil(lambda: len(_acts(filled_desk)) == 2, timeout=20000)
    with filled_desk.db.read() as session:
        assert len(ledger.find(session, Filter())) == 1


def test_a_document_that_was_made_already_is_shown_as_it_is(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, reference: str
) -> None:
    made = letters.make(filled_desk.db, reference)
    page.show_made(made)
    assert page.content == made.content
    ready(qtbot, page)
    assert page.paper.pages() > 1
