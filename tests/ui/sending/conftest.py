"""What tests of sending are given: a referral that is ready to go, and its dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.jobs import sending as job
from referral_app.services.send_records import AttemptRecord
from referral_app.ui.desk import Desk
from referral_app.ui.sending.dialog import SendDialog
from tests.ui.referrals.conftest import shown

Opened = Callable[..., Any]


@pytest.fixture
def asker(qtbot: QtBot, filled_desk: Desk) -> QWidget:
    made = QWidget()
    made.resize(1280, 800)
    return shown(qtbot, made)


@pytest.fixture
def send(qtbot: QtBot, filled_desk: Desk, asker: QWidget, reference: str) -> Opened:
    """Open the dialog, once its set is made."""

    def opened(channel: str = "", again: AttemptRecord | None = None) -> Any:
        dialog = SendDialog(filled_desk, asker, job.look(filled_desk.db, reference), again)
        dialog.open()
        if channel:
            dialog.channel.set_value(channel)
        qtbot.waitUntil(lambda: dialog.made is not None or bool(dialog.whereto.problem()), timeout=20000)
        return dialog

    return opened
