"""What tests of the window are given beside tests/conftest.py."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui import theme
from referral_app.ui.desk import Desk
from tests import staff


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """A qtbot that dresses a page shown without the window, as the window would."""
    add = qtbot.addWidget

    def dressed(widget: QWidget, **more: Any) -> None:
        if not widget.parentWidget() and not widget.styleSheet():
            theme.dress(widget)
        add(widget, **more)

    monkeypatch.setattr(qtbot, "addWidget", dressed)
    return qtbot


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A desk over a store with Dana Whitfield as its administrator, logged in, and three others."""
    staff.protect(desk.db)
    staff.hire(desk.db)
    return desk
