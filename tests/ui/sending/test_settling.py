"""What became of an attempt, from the window: confirmed, failed for each reason, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import AttemptState, Channel, RequestStatus, TaskKind
from referral_app.clinical import dates, phones
from referral_app.jobs import sending as job
from referral_app.services import fax_numbers, incidents, requests, sending, tasks
from referral_app.services.send_records import AttemptRecord, Sending
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.sending.bounce_dialog import BounceDialog
from referral_app.ui.sending.confirm_dialog import ConfirmDialog
from referral_app.ui.sending.dialog import SendDialog
from referral_app.ui.sending.incident_dialog import IncidentDialog
from tests import attachment_files

Asked = list[tuple[str, Callable[[], object]]]


@pytest.fixture
def attempt(filled_desk: Desk, reference: str) -> AttemptRecord:
    out = job.look(filled_desk.db, reference)
    assert out.target is not None
    made = job.make(filled_desk.db, reference, out.parts)
    wanted = Sending(Channel.FAX, parts=out.parts, last_four=out.target.number[-4:], shown=out.target.number)
    return job.record(filled_desk.db, made, wanted)


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> Asked:
    asked: Asked = []

    def confirm(
        _parent: Any, question: str, _detail: str, _yes: str, on_yes: Any, *_more: Any, **_named: Any
    ) -> None:
        asked.append((question, on_yes))

    monkeypatch.setattr(ask, "confirm", confirm)
    return asked


def opened(qtbot: QtBot, window: MainWindow, kind: type[QWidget]) -> Any:
    qtbot.waitUntil(lambda: window.findChild(kind) is not None, timeout=20000)
    return window.findChild(kind)


def now(desk: Desk, attempt: AttemptRecord) -> AttemptRecord:
    with desk.db.read() as session:
        return sending.get(session, attempt.id)


def test_a_typed_confirmation_is_stored_with_keys_alone(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord, reference: str
) -> None:
    window.following.posting.confirm(attempt.id)
    dialog = opened(qtbot, window, ConfirmDialog)
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(dialog.blocks["words"].error()))
    dialog.said.setFocus()
    qtbot.keyClicks(dialog.said, "OK, 5 pages")
    with qtbot.waitSignal(dialog.settled, timeout=20000):
        dialog.yes.setFocus()
        qtbot.keyClick(dialog.yes, Qt.Key.Key_Space)
    assert now(filled_desk, attempt).confirmation == "OK, 5 pages"
    with filled_desk.db.read() as session:
        found = requests.current(session, reference)
    assert found is not None
    assert found.status is RequestStatus.RECEIVED


def test_a_confirmation_is_attached_and_stays_with_the_referral(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord, tmp_path: Path
) -> None:
    window.following.posting.confirm(attempt.id)
    dialog = opened(qtbot, window, ConfirmDialog)
    scan = tmp_path / "confirmation.pdf"
    scan.write_bytes(attachment_files.pdf())
    dialog.scan.take(scan)
    qtbot.waitUntil(lambda: bool(dialog.scan.attachment_id()), timeout=30000)
    with qtbot.waitSignal(dialog.settled, timeout=20000):
        dialog.yes.click()
    assert now(filled_desk, attempt).attachment_id


def test_a_day_that_is_none_or_to_come_is_said(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord
) -> None:
    window.following.posting.confirm(attempt.id)
    dialog = opened(qtbot, window, ConfirmDialog)
    dialog.said.setPlainText("OK")
    for typed in ("someday", dates.say(date.today() + timedelta(days=2))):
        dialog.day.setText(typed)
        dialog.yes.click()
        qtbot.waitUntil(lambda: bool(dialog.blocks["on"].error()))
        dialog.show_errors({})
        qtbot.waitUntil(dialog.yes.isEnabled)
    assert now(filled_desk, attempt).is_waiting


def bounced(qtbot: QtBot, window: MainWindow, attempt: AttemptRecord, reason: str) -> Any:
    window.following.posting.bounce(attempt.id)
    dialog = opened(qtbot, window, BounceDialog)
    dialog.reason.set_value(reason)
    return dialog


def record(qtbot: QtBot, dialog: Any) -> None:
    with qtbot.waitSignal(dialog.settled, timeout=20000):
        dialog.yes.click()


def test_a_busy_line_offers_to_send_the_same_paper_again(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord, questions: Asked
) -> None:
    window.show_page("referrals")
    record(qtbot, bounced(qtbot, window, attempt, "busy"))
    ((question, yes),) = questions
    assert question == "Send it again now?"
    yes()
    dialog = opened(qtbot, window, SendDialog)
    assert dialog.windowTitle() == "Send again"
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=20000)
    assert dialog.made.paper_id == attempt.paper_id
    dialog.reject()


def test_a_wrong_number_leads_to_its_incident(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord, questions: Asked
) -> None:
    window.show_page("referrals")
    dialog = bounced(qtbot, window, attempt, "wrong_number")
    dialog.who.setText("A bakery")
    record(qtbot, dialog)
    ((question, yes),) = questions
    assert "who has it, who was told" in question
    yes()
    incident = opened(qtbot, window, IncidentDialog)
    assert incident.who.text() == "A bakery"
    line = incident.told.all[0]
    line.who.setText("Privacy officer")
    line.on.setText("never")
    incident.save_button.click()
    assert incident.blocks["told"].error()
    line.on.setText("")
    incident.told.add_button.click()
    with qtbot.waitSignal(incident.saved, timeout=20000):
        incident.save_button.click()
    with filled_desk.db.read() as session:
        (one,) = incidents.find(session)
    assert [(told.who, told.on) for told in one.told] == [("Privacy officer", date.today())]


def test_what_came_back_as_incomplete_says_what_is_asked(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord, reference: str
) -> None:
    dialog = bounced(qtbot, window, attempt, "incomplete")
    assert dialog.blocks["fields"].isVisible()
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(dialog.blocks["note"].error()))
    dialog.asked.documents.set_values(["neurology_note"])
    record(qtbot, dialog)
    with filled_desk.db.read() as session:
        (task,) = tasks.of_referral(session, reference)
    assert (task.kind, task.what, task.fields) == (TaskKind.INFORMATION, "Neurology note", ("attachments",))


def test_a_plan_that_is_not_accepted_leads_to_the_next_surgeon(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord
) -> None:
    from referral_app.ui.surgeons.redirect_dialog import RedirectDialog

    window.show_page("referrals")
    record(qtbot, bounced(qtbot, window, attempt, "out_of_network"))
    dialog = opened(qtbot, window, RedirectDialog)
    dialog.reject()
    assert now(filled_desk, attempt).state is AttemptState.FAILED


def test_no_reason_is_said(qtbot: QtBot, window: MainWindow, attempt: AttemptRecord) -> None:
    dialog = bounced(qtbot, window, attempt, "")
    dialog.yes.click()
    assert dialog.blocks["reason"].error() == "Choose why."


def test_what_is_settled_already_is_said(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord
) -> None:
    dialog = bounced(qtbot, window, attempt, "busy")
    with filled_desk.db.begin() as session:
        sending.confirm(session, attempt.id, date.today(), "OK")
    dialog.yes.click()
    qtbot.waitUntil(dialog.summary.isVisible, timeout=20000)
    assert now(filled_desk, attempt).state is AttemptState.CONFIRMED


def test_the_number_that_was_really_reached_is_entered_and_send_warns_of_the_one_on_file(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord, questions: Asked
) -> None:
    window.show_page("referrals")
    dialog = bounced(qtbot, window, attempt, "wrong_number")
    assert phones.digits(dialog.reached.text()) == phones.digits(attempt.address)
    dialog.reached.setText("0109")
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(dialog.blocks["reached"].error()), timeout=20000)
    dialog.reached.setText("410-555-0109")
    dialog.note.setPlainText("The shop called")
    record(qtbot, dialog)
    questions[0][1]()
    incident = opened(qtbot, window, IncidentDialog)
    assert incident.reached.text() == "(410) 555-0109"
    assert "The shop called" in incident.note.toPlainText()
    assert "The shop called" not in incident.what.toPlainText()
    incident.reached.setText("")
    with qtbot.waitSignal(incident.saved, timeout=20000):
        incident.save_button.click()
    with filled_desk.db.read() as session:
        (one,) = incidents.find(session)
    assert (one.address, one.said) == ("", "Number or address not known")
    window.following.posting.send(attempt.referral_id)
    warned = opened(qtbot, window, SendDialog).whereto
    assert warned.warning.words().startswith(fax_numbers.ASTRAY.format(dates.say(date.today())))
    assert "Verified" not in warned.checked.text()


def test_another_number_of_pages_is_asked_about_before_it_counts_as_arrived(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, attempt: AttemptRecord, questions: Asked
) -> None:
    window.following.posting.confirm(attempt.id)
    dialog = opened(qtbot, window, ConfirmDialog)
    dialog.said.setPlainText(f"OK, {attempt.pages - 1} pages")
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(questions), timeout=20000)
    question, yes = questions[0]
    assert question == f"The confirmation says {attempt.pages - 1} pages, and {attempt.pages} were sent."
    assert now(filled_desk, attempt).is_waiting
    with qtbot.waitSignal(dialog.settled, timeout=20000):
        yes()
    assert now(filled_desk, attempt).state is AttemptState.CONFIRMED
