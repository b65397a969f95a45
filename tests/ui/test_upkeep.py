"""What the window does by itself: backups when they are due, and the head of the audit outside the store."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from referral_app.choices import RequestStatus
from referral_app.jobs import backups
from referral_app.jobs.batch_outlets import SPOOL
from referral_app.models.request import Request
from referral_app.paths import resource
from referral_app.services import referrals
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.upkeep import Upkeep
from tests import staff


@pytest.fixture
def upkeep(qtbot: QtBot, staffed: Desk) -> Upkeep:
    window = MainWindow(staffed)
    qtbot.addWidget(window)
    window.show_page("home")
    window.show()
    return Upkeep(window, staffed)


def test_a_backup_is_made_when_it_is_due_and_not_again(qtbot: QtBot, upkeep: Upkeep, staffed: Desk) -> None:
    with qtbot.waitSignal(staffed.background.job_ended):
        upkeep.back_up()
    assert [one.reason for one in backups.listed(staffed.paths)] == [backups.TIMED]
    upkeep.back_up()
    qtbot.waitUntil(lambda: not staffed.background.is_busy)
    assert len(backups.listed(staffed.paths)) == 1
    assert upkeep.notice.words() == ""


def test_a_backup_that_fails_is_told_to_administrators(qtbot: QtBot, upkeep: Upkeep, staffed: Desk) -> None:
    staffed.paths.backups.write_bytes(b"in the way")
    upkeep.back_up()
    qtbot.waitUntil(upkeep.notice.isVisible)
    assert "The backup failed" in upkeep.notice.words()


def test_a_backup_that_fails_is_a_line_for_everybody_else(
    qtbot: QtBot, upkeep: Upkeep, staffed: Desk
) -> None:
    from referral_app.services import people

    with staffed.db.read() as session:
        ruth = next(one for one in people.find(session) if one.login == "ruth")
    staff.act_as(staffed.db, ruth.id)
    staffed.paths.backups.write_bytes(b"in the way")
    window = upkeep.parent()
    assert isinstance(window, MainWindow)
    upkeep.back_up()
    qtbot.waitUntil(lambda: window.status.words() == "The backup failed")
    assert not upkeep.notice.isVisible()


def test_the_head_of_the_audit_is_kept_outside_the_store(qtbot: QtBot, upkeep: Upkeep, staffed: Desk) -> None:
    assert staffed.db.keys is not None
    staffed.db.note("checked")
    upkeep.keep_head()
    qtbot.waitUntil(lambda: not staffed.background.is_busy)
    assert staffed.db.keys.read().head["sequence"] == staffed.db.head().sequence


def test_a_locked_store_is_left_alone(qtbot: QtBot, upkeep: Upkeep, staffed: Desk) -> None:
    qtbot.waitUntil(lambda: not staffed.background.is_busy)
    staffed.db.lock_up()
    upkeep.back_up()
    upkeep.keep_head()
    qtbot.waitUntil(lambda: not staffed.background.is_busy)
    assert backups.listed(staffed.paths) == []


def test_what_the_start_found_is_told_to_administrators_at_once(qtbot: QtBot, staffed: Desk) -> None:
    staffed.db.warnings.append("The audit ends earlier than it did.")
    window = MainWindow(staffed)
    qtbot.addWidget(window)
    window.show_page("home")
    window.show()
    assert Upkeep(window, staffed).notice.words() == "The audit ends earlier than it did."


def test_what_a_crash_left_waiting_to_be_printed_is_cleared_away(
    staffed: Desk, upkeep: Upkeep, qtbot: QtBot
) -> None:
    left = staffed.paths.data_dir / f"{SPOOL}12-crash"
    left.mkdir()
    (left / "00001.pdf").write_bytes(b"%PDF")
    upkeep.clear_up()
    qtbot.waitUntil(lambda: not left.exists())


def test_what_an_upgrade_left_open_for_the_reports_is_read_in_by_itself(
    qtbot: QtBot, upkeep: Upkeep, staffed: Desk
) -> None:
    with staffed.db.begin() as session:
        intake = json.loads(resource("invented/referral.json").read_text("utf-8"))
        intake.pop("signature", None)
        made = referrals.save(session, intake)
        old = Request(referral_id=made.id, number=1, status=RequestStatus.SENT, sent_on=date(2026, 3, 20))
        session.add(old)  # as an upgrade leaves it
    with qtbot.waitSignal(staffed.background.job_ended) as ended:
        upkeep.fill_reports()
    assert ended.args[0].label == "Reading older referrals for the reports"
    with staffed.db.read() as session:
        assert session.scalars(select(Request.missing)).all() != [None]
    upkeep.fill_reports()
    qtbot.waitUntil(lambda: not staffed.background.is_busy)
    assert staffed.background.jobs == []
