"""A reply by keyboard alone: the number, near misses that are offered, what came, and what is refused."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import AppointmentKind, AppointmentStatus, DeclineReason, ReplyKind
from referral_app.choices import RequestStatus as Status
from referral_app.clinical import dates
from referral_app.services import appointments, attachments, referrals, replies, requests, tasks
from referral_app.services.appointments import Visit
from referral_app.services.attachments import Owner
from referral_app.services.replies import Reply
from referral_app.ui.desk import Desk
from referral_app.ui.replies.reply_dialog import FITS, NOBODY, UNSENT, ReplyDialog
from tests.ui.referrals.conftest import shown


@pytest.fixture
def sent_reference(filled_desk: Desk, reference: str) -> str:
    """The number of the invented referral, which was sent."""
    with filled_desk.db.begin() as session:
        referrals.mark_sent(session, reference, "Mail")
    return reference


def opened(qtbot: QtBot, desk: Desk, name: str = "") -> Any:
    parent = shown(qtbot, QWidget())
    vars(qtbot).setdefault("kept", []).append(parent)
    made: Any = ReplyDialog(desk, parent, name)
    made.open()
    wait(qtbot, desk)
    return made


def wait(qtbot: QtBot, desk: Desk) -> None:
    qtbot.wait(250)
    qtbot.waitUntil(lambda: not desk.background.is_busy, timeout=20_000)


def typed(qtbot: QtBot, desk: Desk, made: Any, text: str) -> None:
    made.number.setText("")
    qtbot.keyClicks(made.number, text)
    wait(qtbot, desk)


def status(desk: Desk, reference: str) -> Status:
    with desk.db.read() as session:
        found = requests.current(session, reference)
    assert found is not None
    return found.status


def test_a_reply_is_recorded_by_keyboard_alone(qtbot: QtBot, filled_desk: Desk, sent_reference: str) -> None:
    made = opened(qtbot, filled_desk)
    assert made.number.hasFocus()
    typed(qtbot, filled_desk, made, sent_reference.replace("-", "").lower())
    assert "Quintero" in made.banner.accessibleName()
    assert made.standing.text().startswith("Sent, not acknowledged since")
    qtbot.keyClick(made.number, Qt.Key.Key_Return)
    made.parts.kind.buttons[str(ReplyKind.ACCEPTED)].setFocus()
    qtbot.keyClick(made.parts.kind.buttons[str(ReplyKind.ACCEPTED)], Qt.Key.Key_Space)
    assert made.parts.skipped.accessibleName().endswith("Receipt confirmed.")
    with qtbot.waitSignal(made.recorded) as said:
        qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said.args is not None
    assert said.args[1] == f"Recorded for {sent_reference}: accepted"
    assert status(filled_desk, sent_reference) is Status.ACCEPTED


def test_a_near_miss_is_offered_and_never_taken_by_itself(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk)
    wrong = sent_reference[:2] + ("2" if sent_reference[2] != "2" else "3") + sent_reference[3:]
    typed(qtbot, filled_desk, made, wrong)
    assert "mistyped" in made.problem.accessibleName()
    assert "Did you mean" in made.problem.accessibleName()
    assert made._parts is None  # noqa: SLF001 - nothing to choose from
    assert not made.save_button.isEnabled()
    button: Any = made.findChild(QWidget, "replyNear0")
    assert sent_reference in button.text()
    assert "Quintero" in button.text()
    button.click()
    wait(qtbot, filled_desk)
    assert made.number.text() == sent_reference
    assert made.parts.isVisible()


def test_enter_right_after_the_last_character_goes_on_as_a_scanner_sends_it(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk)
    qtbot.keyClicks(made.number, sent_reference)
    qtbot.keyClick(made.number, Qt.Key.Key_Return)
    assert made.number.hasFocus(), "nothing was found yet"
    wait(qtbot, filled_desk)
    qtbot.waitUntil(made.parts.kind.buttons[str(ReplyKind.ACCEPTED)].hasFocus)
    assert made.parts.chosen() is None, "a second Enter of a scanner chooses nothing either"
    qtbot.keyClick(made.parts.kind.buttons[str(ReplyKind.ACCEPTED)], Qt.Key.Key_Return)
    assert made.parts.chosen() is None
    assert made.blocks["act"].error().startswith("Choose what came")


def test_enter_goes_on_where_the_first_answer_is_not_offered_any_more_and_through_all_fields(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    with filled_desk.db.begin() as session:
        replies.record(session, sent_reference, Reply(ReplyKind.ACCEPTED, date.today()))
    made = opened(qtbot, filled_desk)
    typed(qtbot, filled_desk, made, sent_reference)
    qtbot.keyClick(made.number, Qt.Key.Key_Return)
    offered = [one for one in made.parts.kind.buttons.values() if one.isVisible()]
    assert offered[0] is not made.parts.kind.buttons[str(ReplyKind.ACCEPTED)]
    assert offered[0].hasFocus()
    chosen = made.parts.kind.buttons[str(ReplyKind.APPOINTMENT)]
    chosen.setFocus()
    qtbot.keyClick(chosen, Qt.Key.Key_Space)
    reached: list[str] = []
    for _ in range(5):
        qtbot.keyClick(made.focusWidget(), Qt.Key.Key_Return)
        reached.append(made.focusWidget().objectName())
    assert reached == [
        "replyVisitDay", "replyVisitTime", "replyVisitPlace", "replyVisitInterpreter", "replyWords",
    ]  # fmt: skip
    made.parts.on.setFocus()
    qtbot.keyClick(made.parts.on, Qt.Key.Key_Return)
    assert made.focusWidget().objectName() == "replyScanAdd"


@pytest.mark.parametrize("by", ["name", "born", "digits"])
def test_whose_it_is_finds_the_referral_where_a_caller_has_no_number(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str, by: str
) -> None:
    with filled_desk.db.read() as session:
        patient = referrals.get(session, sent_reference).intake["patient"]
    text = {
        "name": patient["family_name"][:5].lower(), "born": patient["date_of_birth"], "digits": patient["phone"][-4:],
    }[by]  # fmt: skip
    made = opened(qtbot, filled_desk)
    qtbot.keyClicks(made.number, text)
    qtbot.keyClick(made.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.findChild(QWidget, "replyNear0") is not None)
    assert made.problem.words() == FITS
    offered: Any = next(
        one for one in made.findChildren(QPushButton) if one.text().startswith(sent_reference)
    )
    assert f"born {dates.say(date.fromisoformat(patient['date_of_birth']))}" in offered.text()
    qtbot.waitUntil(lambda: made.focusWidget().objectName() == "replyNear0")
    offered.click()
    qtbot.waitUntil(made.parts.kind.buttons[str(ReplyKind.ACCEPTED)].hasFocus)
    assert made.number.text() == sent_reference


def test_a_name_that_nobody_has_says_so(qtbot: QtBot, filled_desk: Desk, sent_reference: str) -> None:
    made = opened(qtbot, filled_desk)
    typed(qtbot, filled_desk, made, "Zzyzxqv")
    assert made.problem.words() == NOBODY


def test_an_unknown_number_and_an_unsent_referral_say_so(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk)
    typed(qtbot, filled_desk, made, "0000-0000-0")
    assert "There is no referral" in made.problem.accessibleName()
    typed(qtbot, filled_desk, made, reference)
    assert made.problem.accessibleName() == UNSENT
    assert not made.save_button.isEnabled()


def test_a_day_before_the_referral_is_refused_and_what_is_typed_stays(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk, sent_reference)
    made.parts.kind.set_value(str(ReplyKind.DECLINED))
    made.parts.reason.set_value(str(DeclineReason.PLAN))
    made.parts.words.setPlainText("Only Blue plans")
    made.parts.on.setText("1/2/2020")
    made.record()
    wait(qtbot, filled_desk)
    assert "was sent on" in made.blocks["on"].error()
    assert made.parts.words.toPlainText() == "Only Blue plans"
    assert status(filled_desk, sent_reference) is Status.SENT
    made.parts.on.setText(dates.say(date.today()))
    with qtbot.waitSignals([made.recorded, made.declined]):
        made.record()
    assert status(filled_desk, sent_reference) is Status.DECLINED


def test_what_is_asked_for_names_documents_and_answers(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk, sent_reference)
    made.parts.kind.set_value(str(ReplyKind.INFORMATION))
    made.parts.asked.documents.set_values(["imaging_report"])
    made.parts.asked.answers.pick.line.setText("fundi")
    qtbot.keyClick(made.parts.asked.answers.pick.line, Qt.Key.Key_Return)
    with qtbot.waitSignal(made.recorded):
        made.record()
    with filled_desk.db.read() as session:
        (task,) = tasks.of_referral(session, sent_reference)
    assert task.fields == ("attachments", "exam.fundi")
    assert task.what == "Imaging report; Examination: Fundi"


def test_a_day_to_answer_by_that_has_passed_is_refused_beside_its_field(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk, sent_reference)
    made.parts.kind.set_value(str(ReplyKind.INFORMATION))
    made.parts.words.setPlainText("The MRI")
    made.parts.due.setText("11/1/2026")
    made.record()
    wait(qtbot, filled_desk)
    assert made.blocks["due"].error() == "This day has passed. Enter today or a later day."
    assert made.parts.due.hasFocus()
    assert status(filled_desk, sent_reference) is Status.SENT
    made.parts.due.setText("today")
    assert made.blocks["due"].error() == ""
    with qtbot.waitSignal(made.recorded):
        made.record()
    with filled_desk.db.read() as session:
        (task,) = tasks.of_referral(session, sent_reference)
    assert task.due == date.today()


def test_days_of_the_week_are_the_next_of_what_comes_and_the_last_of_what_happened(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk, sent_reference)
    parts, tomorrow = made.parts, date.today() + timedelta(1)
    parts.kind.set_value(str(ReplyKind.INFORMATION))
    qtbot.keyClicks(parts.due, f"{tomorrow:%A}")
    assert f"{tomorrow:%A}, {dates.say(tomorrow)}" in parts.due.accessibleDescription(), "at once"
    parts.on.setText(f"{tomorrow:%a}")
    parts.words.setPlainText("The MRI")
    reply, problems = parts.read()
    assert problems == {}
    assert (reply.due, reply.on) == (tomorrow, tomorrow - timedelta(7))
    parts.kind.set_value(str(ReplyKind.APPOINTMENT))
    parts.visit.day.setText(f"{tomorrow:%A}")
    parts.visit.time.setText("9 am")
    reply, problems = parts.read()
    assert problems == {}
    assert reply.visit.start == datetime(tomorrow.year, tomorrow.month, tomorrow.day, 9)
    parts.kind.set_value(str(ReplyKind.NO_SHOW))
    parts.unbooked.setChecked(True)
    reply, problems = parts.read()
    assert problems == {}
    assert reply.visit.start.date() == tomorrow - timedelta(7)


def test_two_windows_with_the_same_paper_record_it_once(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    first = opened(qtbot, filled_desk, sent_reference)
    second = opened(qtbot, filled_desk, sent_reference)
    said: list[str] = []
    for made in (first, second):
        made.parts.kind.set_value(str(ReplyKind.ACCEPTED))
        with qtbot.waitSignal(made.recorded) as recorded:
            made.record()
        assert recorded.args is not None
        said.append(f"{recorded.args[1]}")
    assert said == [
        f"Recorded for {sent_reference}: accepted",
        f"It was recorded before, nothing was added for {sent_reference}: accepted",
    ]
    with filled_desk.db.read() as session:
        assert [str(one.act) for one in requests.steps(session, sent_reference)] == ["receive", "accept"]


def test_a_scan_goes_with_the_reply(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str, tmp_path: Path
) -> None:
    from PIL import Image

    Image.new("L", (600, 800), 255).save(tmp_path / "Reply form.png")
    made = opened(qtbot, filled_desk, sent_reference)
    made.parts.kind.set_value(str(ReplyKind.ACCEPTED))
    made.parts.scan.take(tmp_path / "Reply form.png")
    made.record()
    assert made.blocks["attachments"].error() == "Wait until the scan is read."
    qtbot.waitUntil(lambda: bool(made.parts.scan.attachment_id()), timeout=30_000)
    with qtbot.waitSignal(made.recorded):
        made.record()
    with filled_desk.db.read() as session:
        referral = referrals.get(session, sent_reference)
        (kept,) = attachments.find(session, Owner(referral_id=referral.id))
        assert requests.steps(session, sent_reference)[-1].attachment_id == kept.id


def test_an_appointment_asks_for_day_and_time(qtbot: QtBot, filled_desk: Desk, sent_reference: str) -> None:
    made = opened(qtbot, filled_desk, sent_reference)
    made.parts.kind.set_value(str(ReplyKind.APPOINTMENT))
    made.record()
    assert made.blocks["start"].error() == "Enter the day of the visit."
    assert made.blocks["time"].error() == "Enter the time of the visit."
    made.parts.visit.day.setText("3/27/2020")
    made.parts.visit.time.setText("9:30 AM")
    made.record()
    wait(qtbot, filled_desk)
    assert "has passed" in made.blocks["start"].error()
    made.parts.visit.day.setText("Thursday 9 am")
    made.record()
    assert made.blocks["start"].error() == "Enter the day alone here; the time goes in the next field."
    made.parts.visit.day.setText("3/27/2199")
    with qtbot.waitSignal(made.recorded):
        made.record()
    assert status(filled_desk, sent_reference) is Status.SCHEDULED


def test_an_appointment_on_a_weekend_is_asked_about_as_in_the_calendar(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk, sent_reference)
    made.parts.kind.set_value(str(ReplyKind.APPOINTMENT))
    visit = made.parts.visit
    visit.day.setText("3/30/2199")
    visit.day.editingFinished.emit()
    assert visit.unusual.isVisible()
    assert "is a Saturday" in visit.unusual.words()
    visit.time.setText("9:30 AM")
    made.record()
    wait(qtbot, filled_desk)
    assert visit.unusual.tick.hasFocus()
    assert status(filled_desk, sent_reference) is Status.SENT
    visit.unusual.tick.click()
    with qtbot.waitSignal(made.recorded):
        made.record()
    with filled_desk.db.read() as session:
        (kept,) = appointments.of_referral(session, sent_reference)
    assert kept.day == date(2199, 3, 30)


def test_two_patients_of_a_surgeon_at_one_time_are_asked_about(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    with filled_desk.db.begin() as session:
        values = deepcopy(referrals.get(session, sent_reference).intake)
        values.pop("signature", None)
        values["patient"] |= {"family_name": "Otherby", "given_name": "Invented", "mrn": "77"}
        other = referrals.save(session, values).reference
        appointments.book(session, other, Visit(AppointmentKind.CONSULT, datetime(2199, 3, 27, 9, 30)))
    made = opened(qtbot, filled_desk, sent_reference)
    made.parts.kind.set_value(str(ReplyKind.APPOINTMENT))
    visit = made.parts.visit
    visit.day.setText("3/27/2199")
    visit.time.setText("9:30 AM")
    made.record()
    qtbot.waitUntil(visit.unusual.isVisible)
    assert "another patient at that time: Otherby" in visit.unusual.words()
    visit.unusual.tick.setChecked(True)
    visit.time.editingFinished.emit()
    assert visit.unusual.tick.isChecked(), "nothing was changed"
    visit.time.setText("11:30 AM")
    visit.time.editingFinished.emit()
    assert not visit.unusual.isVisible()
    visit.time.setText("9:30 AM")
    made.record()
    qtbot.waitUntil(visit.unusual.isVisible)
    assert not visit.unusual.tick.isChecked()
    wait(qtbot, filled_desk)
    visit.unusual.tick.setChecked(True)
    with qtbot.waitSignal(made.recorded):
        made.record()
    assert status(filled_desk, sent_reference) is Status.SCHEDULED


def test_a_visit_that_passed_and_was_not_booked_is_recorded_with_its_day(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk)
    typed(qtbot, filled_desk, made, sent_reference)
    parts = made.parts
    parts.kind.set_value(str(ReplyKind.VISIT_NOTE))
    assert parts.blocks["on"].isVisible()
    assert not parts.blocks["start"].isVisible()
    parts.unbooked.click()
    assert not parts.blocks["on"].isVisible()
    assert parts.blocks["start"].isVisible()
    assert not parts.blocks["interpreter_booked"].isVisible()
    made.record()
    assert parts.blocks["start"].error() == "Enter the day of the visit."
    assert parts.blocks["time"].error() == ""
    parts.visit.day.setText(dates.say(date.today()))
    parts.visit.time.setText("12:01 AM")
    with qtbot.waitSignal(made.recorded):
        made.record()
    assert status(filled_desk, sent_reference) is Status.SEEN
    with filled_desk.db.read() as session:
        (visit,) = appointments.of_referral(session, sent_reference)
    assert (visit.day, visit.status) == (date.today(), AppointmentStatus.KEPT)


def test_the_hour_of_a_visit_that_passed_need_not_be_known(
    qtbot: QtBot, filled_desk: Desk, sent_reference: str
) -> None:
    made = opened(qtbot, filled_desk, sent_reference)
    parts = made.parts
    parts.kind.set_value(str(ReplyKind.OUTCOME))
    parts.unbooked.click()
    assert parts.blocks["on"].isVisible(), "an outcome comes on another day than the visit"
    parts.visit.day.setText("3/24/2027")
    reply, problems = parts.read()
    assert problems == {}
    assert reply.visit.start == datetime(2027, 3, 24, 12)
    assert reply.visit.note == "The hour is not known; noon stands for it"
    parts.kind.set_value(str(ReplyKind.ACCEPTED))
    reply, _ = parts.read()
    assert reply.visit is None
