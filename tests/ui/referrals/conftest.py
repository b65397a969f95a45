"""Forms over real stores, shown and active."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.form import FormPage


def find(parent: Any, name: str) -> Any:
    """Return the visible widget with an object name, once it is built."""
    from PySide6.QtWidgets import QApplication, QWidget

    until = time.monotonic() + 20
    while True:
        found = [one for one in parent.findChildren(QWidget, name) if not one.isHidden()]
        if found:
            return found[-1]
        assert time.monotonic() < until, f"no widget is called {name}"
        QApplication.processEvents()


def shown(qtbot: QtBot, widget: Any) -> Any:
    """Show a widget as the active window."""
    qtbot.addWidget(widget)
    widget.resize(1060, 740)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


@pytest.fixture
def new_form(qtbot: QtBot, filled_desk: Desk) -> Callable[..., FormPage]:
    """Makes a form for a new referral, shown at a step."""

    def make(step: int = 1, **known: str) -> FormPage:
        sheet = sheets.new(filled_desk.db, **known)
        return shown(qtbot, FormPage(filled_desk, sheet, step))

    return make


@pytest.fixture
def saved_form(qtbot: QtBot, filled_desk: Desk, reference: str) -> FormPage:
    """The form of the invented referral."""
    sheet = sheets.saved(filled_desk.db, reference)
    return shown(qtbot, FormPage(filled_desk, sheet))
