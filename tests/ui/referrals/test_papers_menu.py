"""The papers that go along with a letter are shown from the detail of a referral."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from referral_app.choices import PaperKind
from referral_app.ui.main_window import MainWindow
from referral_app.ui.referrals.papers_menu import PAPERS
from tests.ui.referrals.conftest import find


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_is_shown_in_the_preview(
    qtbot: QtBot, window: MainWindow, reference: str, kind: PaperKind
) -> None:
    window.show_page("referrals")
    page: Any = window.page("referrals")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() > 0)
    page.list.table.table.selectRow(0)
    qtbot.waitUntil(lambda: find(window, "detailPapers").isVisible())
    action = window.findChild(QAction, f"detailPaper.{kind}")
    assert action is not None
    action.trigger()
    preview: Any = window.page("preview")
    qtbot.waitUntil(lambda: preview.made is not None and preview.made.kind == kind, timeout=10000)
    assert preview.made.reference == reference


def test_what_left_of_a_referral_is_shown_in_the_ledger(
    qtbot: QtBot, window: MainWindow, reference: str
) -> None:
    window.show_page("referrals")
    page: Any = window.page("referrals")
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() > 0)
    page.list.table.table.selectRow(0)
    qtbot.waitUntil(lambda: find(window, "detailPapers").isVisible())
    action = window.findChild(QAction, "detailPapersLeft")
    assert action is not None
    action.trigger()
    ledger: Any = window.page("papers")
    qtbot.waitUntil(ledger.isVisible)
    assert ledger.of.text() == f"Of {reference}"
