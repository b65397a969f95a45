"""What the surgeon's office asked for: the form opens there, marks it, and says what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import ReplyKind
from referral_app.services import referrals, replies, requests
from referral_app.services.replies import Reply
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.asked_line import ASKED
from referral_app.ui.referrals.page import ReferralsPage
from tests.ui.referrals.conftest import shown

ASKS = Reply(
    ReplyKind.INFORMATION, date.today(), "Fundi; report of the MRI", fields=("exam.fundi", "attachments")
)


@pytest.fixture
def asked(filled_desk: Desk, reference: str) -> str:
    """The invented referral, sent, of which the office wants more."""
    with filled_desk.db.begin() as session:
        referrals.mark_sent(session, reference, "Mail")
        replies.record(session, reference, ASKS)
    return reference


def test_the_form_opens_at_the_first_answer_and_marks_all(
    qtbot: QtBot, filled_desk: Desk, asked: str
) -> None:
    page: Any = shown(qtbot, ReferralsPage(filled_desk))
    page.open(asked)
    qtbot.waitUntil(lambda: page.form is not None and not page.form.shown.view(3).chores.busy, timeout=30_000)
    form = page.form
    assert form.step == 3
    assert ASKED in form.head.note.text()
    qtbot.waitUntil(
        lambda: (QApplication.focusWidget() or QWidget()).objectName().startswith("exam.fundi"),
        timeout=10_000,
    )
    fundi = form.view(3).findChild(QWidget, "exam.asked_for")
    assert fundi.accessibleName() == f"{ASKED}: Fundi; report of the MRI"
    described = [one.accessibleDescription() for one in form.view(3).findChildren(QWidget)]
    assert any(ASKED in words for words in described)
    assert form.view(3).findChild(QWidget, "pain.asked_for") is None


def test_what_was_sent_again_is_asked_for_no_more(filled_desk: Desk, asked: str) -> None:
    assert sheets.saved(filled_desk.db, asked).asked_for == dict.fromkeys(
        ("exam.fundi", "attachments"), "Fundi; report of the MRI"
    )
    with filled_desk.db.begin() as session:
        before = referrals.get(session, asked)
        intake = {**before.intake, "exam": {**before.intake["exam"], "fundi": "abnormal"}}
        referrals.save(
            session,
            intake,
            referral_id=before.id,
            version=before.version,
            patient_id=before.patient_id,
            why="Asked",
        )
        referrals.sign(session, asked, "Eleanor Whitcombe, MD")
    with filled_desk.db.begin() as session:
        referrals.mark_sent(session, asked, "Mail")
        found = requests.current(session, asked)
    assert found is not None
    assert not found.information_owed
    assert sheets.saved(filled_desk.db, asked).asked_for == {}
