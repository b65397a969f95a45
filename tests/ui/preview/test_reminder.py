"""A reminder is shown for the visit that is meant, and once it is printed the visit says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from referral_app.jobs import reminders
from referral_app.services import appointments
from referral_app.services.errors import InvalidInput
from referral_app.ui.desk import Desk
from referral_app.ui.preview import kinds
from referral_app.ui.preview.kinds import Asked
from referral_app.ui.preview.page import PreviewPage
from tests.jobs.test_reminders import booked
from tests.ui.referrals.test_visits_dialog import wait


def test_the_reminder_of_a_visit_is_shown_and_saved(
    qtbot: QtBot, filled_desk: Desk, reference: str, tmp_path: Path
) -> None:
    visit = booked(filled_desk.db, reference)
    page = PreviewPage(filled_desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.show_document("reminder", f"{reference}{reminders.VISIT}{visit}")
    titles = [one.text() for one in page.findChildren(QLabel) if reference in one.text()]
    assert titles == [f"{kinds.title('reminder')} · {reference}"], "no internal id"
    qtbot.waitUntil(lambda: page.name == f"reminder-{reference}.pdf", timeout=10_000)
    wait(qtbot, filled_desk)
    page.write(tmp_path / "reminder.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "reminder.pdf").exists())
    wait(qtbot, filled_desk)
    with filled_desk.db.read() as session:
        assert appointments.get(session, visit).reminded_at is not None


def test_without_a_visit_the_preview_says_so(filled_desk: Desk, reference: str) -> None:
    with pytest.raises(InvalidInput, match="No visit to come"):
        kinds.KINDS["reminder"].make(filled_desk.db, Asked(reference))
