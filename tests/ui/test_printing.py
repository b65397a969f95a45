"""Printing something that is no document of the preview: the dialog, and what is said."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui import ask, printing
from referral_app.ui.desk import Desk
from referral_app.ui.printing import PrintDialog
from referral_app.ui.surgeons.old_fax_dialog import as_pdf
from tests.documents import paper
from tests.printers import OFFICE, Printers
from tests.ui.referrals.conftest import shown


@pytest.fixture
def asker(qtbot: QtBot, desk: Desk) -> QWidget:
    return shown(qtbot, QWidget())


def test_the_dialog_prints_on_the_printer_chosen_and_says_so(
    qtbot: QtBot, desk: Desk, asker: QWidget, printers: Printers
) -> None:
    said: list[str] = []
    noted: list[bool] = []
    printing.print_pdf(
        asker, desk, as_pdf("What went to the old number"), said.append, lambda: noted.append(True)
    )
    dialog = asker.findChild(PrintDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.panel.printer.findData(OFFICE) >= 0, timeout=20000)
    dialog.panel.printer.set_value(OFFICE)
    dialog.print_button.click()
    qtbot.waitUntil(lambda: f"Printed on {OFFICE}" in said, timeout=30000)
    assert noted == [True]
    assert "old number" in paper.text(printers.paper.read_bytes())


def test_a_service_that_goes_away_in_between_is_said(
    qtbot: QtBot, desk: Desk, asker: QWidget, printers: Printers, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _parent, words, *_more, **_named: told.append(words))
    printing.print_pdf(asker, desk, as_pdf("A list"), lambda _words: None)
    dialog = asker.findChild(PrintDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.panel.printer.findData(OFFICE) >= 0, timeout=20000)
    dialog.panel.printer.set_value(OFFICE)
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    dialog.print_button.click()
    qtbot.waitUntil(lambda: bool(told), timeout=30000)
    assert "Nothing was printed" in told[0]
    assert not printers.jobs()
