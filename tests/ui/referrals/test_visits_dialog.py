"""Visits and surgery: booked, changed and canceled by keyboard; answers kept; the packet once nothing is missing."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import AppointmentKind, StaffRole
from referral_app.clinical import business_days, dates
from referral_app.services import appointments, referrals, surgery_plans, visit_acts
from referral_app.services.appointments import AppointmentRecord, Visit
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.page import ReferralsPage
from referral_app.ui.referrals.visits_dialog import VisitsDialog
from referral_app.ui.visit_dialog import Offered, VisitDialog
from referral_app.ui.visit_ending import VisitEnding
from tests.acting import as_role
from tests.ui.referrals.conftest import find, shown

WHO = "Quintero-Vale, Marisol"
SOON = business_days.after(date.today() + timedelta(days=30), 0)
ANSWERS = {
    "fasting": "Nothing to eat after 11:00 PM on Monday.",
    "medications": "Take your blood pressure pill at 5:00 AM.",
    "ride": "Your sister drives you home.",
}


def opened(qtbot: QtBot, desk: Desk, reference: str) -> Any:
    parent = shown(qtbot, QWidget())
    vars(qtbot).setdefault("kept", []).append(parent)
    with desk.db.read() as session:
        record = referrals.get(session, reference)
    made: Any = VisitsDialog(desk, record, parent)
    made.open()
    wait(qtbot, desk)
    return made


def wait(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.background.is_busy)


def book(
    desk: Desk, reference: str, kind: AppointmentKind = AppointmentKind.SURGERY, days: int = 0
) -> AppointmentRecord:
    start = datetime.combine(SOON + timedelta(days), time(7, 30))
    with desk.db.begin() as session:
        return appointments.book(session, reference, Visit(kind, start))


def type_answers(made: VisitsDialog) -> None:
    for name, words in ANSWERS.items():
        made.answers.answers[name].setPlainText(words)
    made.answers.answered_by.setText("Priya Shah")


def found(desk: Desk, reference: str) -> list[Any]:
    with desk.db.read() as session:
        return appointments.of_referral(session, reference)


def test_at_first_nothing_is_booked_and_all_that_the_packet_needs_is_named(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk, reference)
    for sentence in (surgery_plans.NO_DAY, surgery_plans.NO_FASTING, surgery_plans.NO_MEDICATIONS,
                     surgery_plans.NO_RIDE):  # fmt: skip
        assert sentence in made.missing.words()
    assert not made.print_button.isEnabled()
    assert not made.save_button.isEnabled()
    assert made.answers.operation.value() == "Occipital release, greater occipital nerve"


def test_a_visit_is_booked_by_keyboard_alone(qtbot: QtBot, filled_desk: Desk, reference: str) -> None:
    made = opened(qtbot, filled_desk, reference)
    made.book_button.setFocus()
    qtbot.keyClick(made.book_button, Qt.Key.Key_Space)
    visit: Any = made.findChild(VisitDialog)
    assert visit.kind.value() == "consult"
    qtbot.waitUntil(visit.day.hasFocus)
    qtbot.keyClicks(visit.day, f"{SOON:%m/%d/%Y}")
    qtbot.keyClick(visit.day, Qt.Key.Key_Tab)
    assert visit.time.hasFocus()
    qtbot.keyClicks(visit.time, "930 am")
    qtbot.keyClick(visit.time, Qt.Key.Key_Tab)
    assert visit.time.text() == "9:30 AM"
    assert f"{SOON:%A}, {dates.say(SOON)}" in visit.blocks["start"].widget.accessibleDescription()
    with qtbot.waitSignal(made.said) as said:
        qtbot.keyClick(visit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said.args == [f"Booked: {WHO}, consultation on {SOON:%A}, {dates.say(SOON)}, 9:30 AM"]
    wait(qtbot, filled_desk)
    (kept,) = found(filled_desk, reference)
    assert (kept.day, kept.start.hour, kept.kind) == (SOON, 9, AppointmentKind.CONSULT)
    assert find(made, "visitChange0").accessibleName() == f"Change the consultation on {dates.say(SOON)}"


def test_a_visit_is_at_the_only_place_of_the_surgeon_and_may_be_tomorrow(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk, reference)
    places = made._loaded.offered.places  # noqa: SLF001
    parent = shown(qtbot, QWidget())
    vars(qtbot).setdefault("kept", []).append(parent)
    several, one = (
        VisitDialog(filled_desk, Offered(reference, "Keen", offered), parent)
        for offered in (places, [places[0], places[0]])
    )
    assert (several.place.value(), one.place.value()) == ("", places[0].location.id)
    one.day.setText("tomorrow")
    one.day.editingFinished.emit()
    tomorrow = date.today() + timedelta(days=1)
    assert f"{tomorrow:%A}, {dates.say(tomorrow)}" in one.day.accessibleDescription()
    one.day.setText("soon")
    one.save()
    assert one.blocks["start"].error().endswith(f"such as 3/27/{date.today().year + 1}.")


def test_what_cannot_be_read_and_what_is_refused_is_said_beside_its_field(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk, reference)
    made.book_button.click()
    visit: Any = made.findChild(VisitDialog)
    visit.save_button.click()
    assert (visit.blocks["start"].error(), visit.blocks["time"].error()) == (
        "Enter the day.",
        "Enter the time.",
    )
    visit.day.setText("3/27")
    visit.time.setText("2:30")
    visit.minutes.setText("soon")
    visit.save_button.click()
    assert visit.blocks["start"].error()
    assert visit.blocks["time"].error() == "Add AM or PM, such as 9:30 AM."
    assert visit.blocks["arrive_minutes_before"].error()
    visit.day.setText("3/27/2007")
    visit.time.setText("2:30 PM")
    visit.minutes.setText("15")
    visit.save_button.click()
    assert "Choose what came of the visit" in visit.blocks["happened"].error()
    visit.happened.set_value("came")
    visit.save_button.click()
    qtbot.waitUntil(lambda: "The referral is of" in visit.blocks["start"].error())
    assert visit.save_button.isEnabled()
    assert found(filled_desk, reference) == []


def test_a_visit_is_changed_and_then_canceled_with_a_reason(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    book(filled_desk, reference, AppointmentKind.CONSULT)
    made = opened(qtbot, filled_desk, reference)
    find(made, "visitChange0").click()
    visit: Any = made.findChild(VisitDialog)
    assert (visit.day.text(), visit.time.text()) == (dates.say(SOON), "7:30 AM")
    visit.time.setText("1:15 PM")
    visit.interpreter.setChecked(True)
    with qtbot.waitSignal(made.said):
        visit.save_button.click()
    wait(qtbot, filled_desk)
    old, kept = found(filled_desk, reference)
    assert (kept.start.hour, kept.start.minute, kept.interpreter_booked) == (13, 15, True)
    assert old.why == f"Rescheduled to {dates.say(SOON)}, 1:15 PM"
    qtbot.waitUntil(lambda: made.findChild(QWidget, "visitChange0") is None)
    find(made, "visitCancel1").click()
    reason: Any = made.findChild(VisitEnding)
    reason.save_button.click()
    assert reason.blocks["by"].error()
    assert reason.blocks["why"].error()
    reason.by.set_value("The patient")
    reason.why.setPlainText("has a cold")
    with qtbot.waitSignal(made.said) as said:
        reason.save_button.click()
    assert said.args is not None
    assert said.args[0].startswith(f"Canceled: {WHO}, consultation on {SOON:%A}, {dates.say(SOON)}, ")
    wait(qtbot, filled_desk)
    assert [one.why for one in found(filled_desk, reference)][1:] == ["The patient: has a cold"]
    find(made, "visitBack1").click()
    back: Any = made.findChild(VisitEnding)
    back.why.setPlainText("Another patient called")
    with qtbot.waitSignal(made.said):
        back.save_button.click()
    wait(qtbot, filled_desk)
    assert [one.is_booked for one in found(filled_desk, reference)] == [False, True]


def test_a_new_time_is_taken_back_with_a_reason(qtbot: QtBot, filled_desk: Desk, reference: str) -> None:
    visit = book(filled_desk, reference, AppointmentKind.CONSULT)
    with filled_desk.db.begin() as session:
        later = Visit(visit.kind, visit.start.replace(tzinfo=None) + timedelta(hours=2), visit.location_id)
        visit_acts.move(session, visit.id, later, confirmed=True)
    made = opened(qtbot, filled_desk, reference)
    find(made, "visitUnmove1").click()
    back: Any = made.findChild(VisitEnding)
    assert back.windowTitle() == f"Take back the new time of the consultation on {dates.say(SOON)}"
    back.save_button.click()
    assert back.blocks["why"].error() == "Enter a few words."
    back.why.setPlainText("Another patient called")
    with qtbot.waitSignal(made.said) as said:
        back.save_button.click()
    assert said.args is not None
    assert said.args[0].startswith(f"Moved: {WHO}, consultation on {SOON:%A}, {dates.say(SOON)}, ")
    wait(qtbot, filled_desk)
    (kept,) = found(filled_desk, reference)
    assert kept.start == visit.start
    assert made.findChild(QWidget, "visitUnmove0") is None


def test_a_weekend_is_booked_once_it_is_confirmed(qtbot: QtBot, filled_desk: Desk, reference: str) -> None:
    made = opened(qtbot, filled_desk, reference)
    made.book_button.click()
    visit: Any = made.findChild(VisitDialog)
    saturday = SOON + timedelta(days=5 - SOON.weekday())
    visit.day.setText(dates.say(saturday))
    visit.time.setText("9:30 AM")
    visit.save_button.click()
    qtbot.waitUntil(lambda: "is a Saturday" in visit.unusual.words())
    assert found(filled_desk, reference) == []
    wait(qtbot, filled_desk)
    visit.unusual.tick.setChecked(True)
    with qtbot.waitSignal(made.said):
        visit.save_button.click()
    assert [one.day for one in found(filled_desk, reference)] == [saturday]


def test_a_time_at_which_the_surgeon_has_another_patient_is_booked_once_it_is_confirmed(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    start = datetime.combine(SOON, time(9, 30))
    with filled_desk.db.begin() as session:
        values = deepcopy(referrals.get(session, reference).intake)
        values.pop("signature", None)
        values["patient"] |= {"family_name": "Otherby", "given_name": "Invented", "mrn": "77"}
        other = referrals.save(session, values).reference
        appointments.book(session, other, Visit(AppointmentKind.CONSULT, start))
    made = opened(qtbot, filled_desk, reference)
    made.book_button.click()
    visit: Any = made.findChild(VisitDialog)
    visit.place.set_value("")  # the clock of this computer, as of the other visit
    visit.day.setText(dates.say(SOON))
    visit.time.setText("9:30 AM")
    visit.save_button.click()
    qtbot.waitUntil(lambda: "another patient at that time: Otherby" in visit.unusual.words())
    wait(qtbot, filled_desk)
    assert visit.unusual.tick.hasFocus()
    assert found(filled_desk, reference) == []
    visit.unusual.tick.click()
    with qtbot.waitSignal(made.said):
        visit.save_button.click()
    assert [one.day for one in found(filled_desk, reference)] == [SOON]


def test_after_the_consultation_the_surgery_is_offered_and_then_follow_up(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    offered: list[str] = []
    for kind in (AppointmentKind.CONSULT, AppointmentKind.SURGERY):
        book(filled_desk, reference, kind, days=len(offered))
        made = opened(qtbot, filled_desk, reference)
        made.book_button.click()
        visit: Any = made.findChild(VisitDialog)
        offered.append(visit.kind.value())
    assert offered == ["surgery", "follow_up"]


def test_answers_are_kept_and_become_usual_where_that_is_ticked(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk, reference)
    type_answers(made)
    made.answers.usual.setChecked(True)
    with qtbot.waitSignal(made.said) as said:
        made.save_button.click()
    assert said.args == ["Saved the surgeon’s answers"]
    wait(qtbot, filled_desk)
    assert made.missing.words().splitlines()[1:] == [f"– {surgery_plans.NO_DAY}"]
    assert not made.save_button.isEnabled()
    with filled_desk.db.read() as session:
        plan = surgery_plans.get(session, reference)
        assert (plan.ride, plan.version) == (ANSWERS["ride"], 1)
    assert "usual for" in made.answers.usual.text()


def test_answers_that_nobody_gave_are_refused_beside_their_field(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk, reference)
    made.answers.answers["ride"].setPlainText("Your sister")
    made.save_button.click()
    qtbot.waitUntil(lambda: bool(made.blocks["answered_by"].error()))
    assert made.save_button.isEnabled()
    assert made.answers.answers["ride"].toPlainText() == "Your sister"


def test_the_packet_is_asked_for_once_nothing_is_missing(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    book(filled_desk, reference)
    made = opened(qtbot, filled_desk, reference)
    type_answers(made)
    assert made.print_button.isEnabled()
    with qtbot.waitSignal(made.preview) as asked:
        made.print_button.click()
    assert asked.args == ["surgery_packet", reference]
    made = opened(qtbot, filled_desk, reference)
    assert made.missing.words() == ""
    assert made.ready.isVisible()
    with qtbot.waitSignal(made.preview):
        made.print_button.click()


def test_with_something_missing_the_answers_are_kept_and_the_packet_is_not_asked_for(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk, reference)
    type_answers(made)
    asked: list[str] = []
    made.preview.connect(asked.append)
    with qtbot.waitSignal(made.said):
        made.print_button.click()
    wait(qtbot, filled_desk)
    assert asked == []
    assert surgery_plans.NO_DAY in made.missing.words()


def test_typed_answers_are_not_thrown_away_without_asking(
    qtbot: QtBot, filled_desk: Desk, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def note(_parent: QWidget, question: str, *_more: Any, **_named: Any) -> None:
        asked.append(question)

    monkeypatch.setattr(ask, "confirm", note)
    made = opened(qtbot, filled_desk, reference)
    made.answers.answers["ride"].setPlainText("Your sister")
    made.reject()
    assert asked == ["Discard your changes?"]
    assert made.isVisible()


def test_who_may_not_schedule_reads_and_prints_alone(qtbot: QtBot, filled_desk: Desk, reference: str) -> None:
    book(filled_desk, reference)
    filled_desk.db.keys = object()  # type: ignore[assignment] - as in a store with people
    as_role(filled_desk.db, StaffRole.PACKET_STAFF)
    made = opened(qtbot, filled_desk, reference)
    assert not made.book_button.isEnabled()
    assert made.answers.answers["ride"].isReadOnly()
    qtbot.waitUntil(lambda: made.findChild(QWidget, "visitChange0") is None)
    filled_desk.db.keys = None


def test_the_detail_offers_both_and_says_what_the_packet_lacks(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    page = shown(qtbot, ReferralsPage(filled_desk))
    page.reload()
    qtbot.waitUntil(lambda: page.list.table.model.rowCount() == 1)
    page.list.table.enter()
    qtbot.waitUntil(lambda: find(page, "detailVisits").isVisible())
    packet = find(page, "detailSurgery")
    assert not packet.isEnabled()
    assert surgery_plans.NO_DAY in packet.toolTip()
    assert packet.accessibleDescription() == packet.toolTip()
    find(page, "detailVisits").click()
    qtbot.waitUntil(lambda: page.findChild(VisitsDialog) is not None)
    wait(qtbot, filled_desk)
