"""What tests of the surgeons' screen are given: the dialog of an entry, whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import offers
from referral_app.ui.surgeons.dialog import SurgeonDialog
from referral_app.ui.surgeons.form import SurgeonForm

Opener = Callable[[SurgeonRecord | None], SurgeonDialog]


@pytest.fixture
def opened(qtbot: QtBot, filled_desk: Desk) -> Opener:
    parent = QWidget()
    parent.resize(1200, 800)
    qtbot.addWidget(parent)

    def open_dialog(surgeon: SurgeonRecord | None) -> SurgeonDialog:
        with filled_desk.db.read() as session:
            _, offered = offers.read(session, surgeon.id if surgeon else "")
        made = SurgeonDialog(filled_desk, surgeon, SurgeonForm(surgeon, offered), parent)
        made.form.finish()
        made.setProperty("parent_kept", parent)
        made.show()
        return made

    return open_dialog
