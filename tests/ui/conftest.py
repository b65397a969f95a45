"""What tests of the window are given beside tests/conftest.py."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui import theme


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
