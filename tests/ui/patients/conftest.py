"""The patients screen of a filled store."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.patients.page import PatientsPage


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> PatientsPage:
    made = PatientsPage(filled_desk)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made
