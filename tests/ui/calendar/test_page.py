"""The calendar by keys alone: days, visits, what is done with them, filters, closed days; a month without stalls."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import AppointmentKind, AppointmentStatus
from referral_app.clinical import business_days, dates
from referral_app.models.base import new_id
from referral_app.models.referral import Referral
from referral_app.models.work import Appointment
from referral_app.services import appointments, closed_days, worklists
from referral_app.services.appointments import Visit
from referral_app.services.referral_records import Filter
from referral_app.ui import visit_words
from referral_app.ui.calendar.booking_dialog import BookingDialog
from referral_app.ui.calendar.closed_dialog import ClosedDaysDialog
from referral_app.ui.calendar.page import CalendarPage
from referral_app.ui.calendar.remind_dialog import RemindDialog
from referral_app.ui.calendar.schedule_dialog import MatchDialog, ScheduleBookingDialog
from referral_app.ui.desk import Desk
from referral_app.ui.visit_dialog import VisitDialog
from referral_app.ui.visit_ending import VisitEnding
from tests import invented
from tests.ui.referrals.test_visits_dialog import wait

MONTH = date(2027, 12, 1)
DAY = date(2027, 12, 14)


def put(desk: Desk, day: date, count: int, status: AppointmentStatus = AppointmentStatus.SCHEDULED) -> None:
    """Put visits on a day as they stand in the store."""
    with desk.db.begin() as session:
        rows = [one for one in worklists.find(session, Filter()) if one.surgeon_id]
        for number in range(count):
            row = session.get_one(Referral, rows[number % len(rows)].id)
            start = datetime(day.year, day.month, day.day, 14, tzinfo=UTC) + timedelta(minutes=number)
            session.add(Appointment(
                id=new_id(), referral_id=row.id, surgeon_id=row.surgeon_id, kind=list(AppointmentKind)[number % 3],
                start=start, time_zone="America/New_York", status=status,
            ))  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> CalendarPage:
    invented.fill(filled_desk.db)
    put(filled_desk, DAY, 4)
    made = CalendarPage(filled_desk)
    qtbot.addWidget(made)
    made.resize(1180, 760)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_day(DAY)
    loaded(qtbot, filled_desk, made)
    made.grid.setFocus()
    return made


def loaded(qtbot: QtBot, desk: Desk, page: CalendarPage) -> None:
    """Wait until the period of the day is shown, and its list."""
    qtbot.wait(120)
    wait(qtbot, desk)
    qtbot.waitUntil(lambda: page.grid.days.period.has(page.day))
    qtbot.wait(120)
    wait(qtbot, desk)


def spoken(page: CalendarPage) -> str:
    index = page.grid.currentIndex()
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def chosen(qtbot: QtBot, page: CalendarPage) -> Any:
    page.grid.entered.emit()
    qtbot.waitUntil(lambda: page.pane.list.current() is not None)
    return page.pane.list.current()


def dialog(page: QWidget, kind: type[QWidget]) -> Any:
    return next((one for one in page.findChildren(kind) if one.isVisible()), None)


def test_each_day_names_itself_with_its_visits(page: CalendarPage) -> None:
    assert spoken(page) == "Tuesday, December 14, 2027: 4 visits"
    read = QAccessible.queryAccessibleInterface(page.grid)
    assert read is not None
    assert page.pane.title.text() == "Tuesday, December 14, 2027"
    assert page.pane.count.text() == "4 visits"


def test_a_holiday_and_a_closed_day_are_said(qtbot: QtBot, filled_desk: Desk, page: CalendarPage) -> None:
    with filled_desk.db.begin() as session:
        closed_days.add(session, date(2027, 12, 15), why="Training")
    page.reload()
    loaded(qtbot, filled_desk, page)
    page.show_day(date(2027, 12, 15))
    assert spoken(page).endswith("no visits, closed (Training)")
    page.show_day(date(2027, 12, 24))
    assert spoken(page) == "Friday, December 24, 2027: no visits, Christmas Day"


def test_days_are_reached_by_keys_alone(qtbot: QtBot, filled_desk: Desk, page: CalendarPage) -> None:
    keys = Qt.Key
    for key, day in (
        (keys.Key_Right, 15), (keys.Key_Down, 22), (keys.Key_Left, 21), (keys.Key_Up, 14), (keys.Key_Home, 1),
        (keys.Key_End, 31),
    ):  # fmt: skip
        qtbot.keyClick(page.grid, key)
        assert page.day == MONTH.replace(day=day)
    qtbot.keyClick(page.grid, keys.Key_PageDown)
    loaded(qtbot, filled_desk, page)
    assert (page.day, page.head.period.text()) == (date(2028, 1, 31), "January 2028")
    qtbot.keyClick(page.grid, keys.Key_PageDown)
    loaded(qtbot, filled_desk, page)
    assert page.day == date(2028, 2, 29)
    qtbot.keyClick(page.grid, keys.Key_T)
    loaded(qtbot, filled_desk, page)
    assert page.day == date.today()


def test_a_visit_is_opened_by_keys_alone(qtbot: QtBot, page: CalendarPage) -> None:
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(page.pane.list.table.hasFocus)
    with qtbot.waitSignal(page.follow_referral):
        qtbot.keyClick(page.pane.list.table, Qt.Key.Key_Return)


def test_week_day_and_list_show_what_they_say(qtbot: QtBot, filled_desk: Desk, page: CalendarPage) -> None:
    for mode, title, days in (
        ("week", "December 12, 2027 to December 18, 2027", True), ("day", "Tuesday, December 14, 2027", False),
        ("list", "December 2027", False),
    ):  # fmt: skip
        page.show_mode(mode)
        loaded(qtbot, filled_desk, page)
        assert page.head.period.text() == title
        assert page.grid.isVisible() is days
    wait(qtbot, filled_desk)
    qtbot.waitUntil(lambda: page.pane.list.model.rowCount() == 4)


def test_filters_and_canceled_visits_change_what_is_counted(
    qtbot: QtBot, filled_desk: Desk, page: CalendarPage
) -> None:
    put(filled_desk, date(2027, 12, 16), 2, AppointmentStatus.CANCELED)
    page.reload()
    loaded(qtbot, filled_desk, page)
    page.head.kind.set_value("surgery")
    assert page.head.count.text() == "1 visit"
    page.head.kind.set_value("")
    assert page.head.count.text() == "4 visits"
    page.show_day(date(2027, 12, 16))
    page.head.canceled.setChecked(True)
    qtbot.waitUntil(lambda: page.pane.list.model.rowCount() == 2)


def test_a_visit_is_canceled_and_taken_back_from_here(
    qtbot: QtBot, filled_desk: Desk, page: CalendarPage
) -> None:
    visit = chosen(qtbot, page)
    page.pane.buttons["cancel"].click()
    ending = dialog(page, VisitEnding)
    ending.by.set_value("The surgeon’s office")
    ending.why.setPlainText("moved the day")
    with qtbot.waitSignal(page.said) as said:
        ending.save_button.click()
    assert said.args is not None
    assert said.args[0].startswith(f"Canceled: {visit.patient}, consultation on Tuesday, {dates.say(DAY)}, ")
    with filled_desk.db.read() as session:
        gone = appointments.get(session, visit.id)
    assert gone.why == "The surgeon’s office: moved the day"


def test_a_visit_is_booked_from_here_for_a_referral_that_is_searched(
    qtbot: QtBot, filled_desk: Desk, page: CalendarPage
) -> None:
    page.pane.book_button.click()
    booking = dialog(page, BookingDialog)
    qtbot.waitUntil(lambda: booking.list.model.rowCount() > 0)
    row = booking.list.model.index(0, 0)
    assert "Born " in str(row.data(Qt.ItemDataRole.AccessibleTextRole))
    booking.list.open_first()
    qtbot.waitUntil(lambda: dialog(page, VisitDialog) is not None)
    visit = dialog(page, VisitDialog)
    assert visit.day.text() == dates.say(DAY)
    visit.day.setText("12/20/2027")
    visit.time.setText("9:30 AM")
    visit.kind.set_value("surgery")
    with qtbot.waitSignal(page.said):
        visit.save_button.click()
    assert page.day == date(2027, 12, 20)


def test_a_patient_is_reminded_by_phone_and_a_letter_is_asked_for(
    qtbot: QtBot, filled_desk: Desk, page: CalendarPage
) -> None:
    visit = chosen(qtbot, page)
    page.pane.buttons["remind"].click()
    qtbot.waitUntil(lambda: dialog(page, RemindDialog) is not None)
    remind = dialog(page, RemindDialog)
    assert visit.patient in remind.on_file.text()
    assert f"Born {dates.say(visit.date_of_birth)}" in remind.on_file.text()
    remind.save_button.click()
    qtbot.waitUntil(lambda: remind.blocks["checked"].error() != "")
    remind.checked.set_value("birth_and_phone")
    with qtbot.waitSignal(page.said):
        remind.save_button.click()
    with filled_desk.db.read() as session:
        assert appointments.get(session, visit.id).reminded_at is not None
    loaded(qtbot, filled_desk, page)
    chosen(qtbot, page)
    page.pane.buttons["remind"].click()
    qtbot.waitUntil(lambda: dialog(page, RemindDialog) is not None)
    with qtbot.waitSignal(page.preview) as asked:
        dialog(page, RemindDialog).letter_button.click()
    assert asked.args is not None
    assert asked.args[0] == "reminder"
    assert asked.args[1].endswith(visit.id)


def test_a_day_is_closed_and_opened_again(qtbot: QtBot, filled_desk: Desk, page: CalendarPage) -> None:
    page.head.closed_button.click()
    qtbot.waitUntil(lambda: dialog(page, ClosedDaysDialog) is not None)
    closed = dialog(page, ClosedDaysDialog)
    closed.add_button.click()
    assert closed.blocks["day"].error() == "Enter the day."
    closed.day.setText("1/2/2020")
    closed.add_button.click()
    assert "has passed" in closed.blocks["day"].error()
    closed.day.setText("12/15/2027")
    closed.why.setText("Training")
    with qtbot.waitSignal(closed.changed):
        closed.add_button.click()
    qtbot.waitUntil(lambda: closed.findChild(QWidget, "closedRemove0") is not None)
    with qtbot.waitSignal(closed.changed):
        closed.findChild(QWidget, "closedRemove0").click()
    with filled_desk.db.read() as session:
        assert closed_days.find(session, DAY) == []


def test_closing_days_with_visits_says_so_and_leads_to_each(
    qtbot: QtBot, filled_desk: Desk, page: CalendarPage
) -> None:
    page.head.closed_button.click()
    qtbot.waitUntil(lambda: dialog(page, ClosedDaysDialog) is not None)
    closed = dialog(page, ClosedDaysDialog)
    closed.day.setText(f"{DAY:%m/%d/%Y}")
    closed.last.setText("12/1/2027")
    closed.add_button.click()
    qtbot.waitUntil(lambda: bool(closed.blocks["last"].error()))
    assert closed.blocks["last"].error() == "Enter December 14, 2027 or a later day."
    closed.last.setText("sometime")
    closed.add_button.click()
    assert closed.blocks["last"].error()
    closed.last.setText("12/15/2027")
    with qtbot.waitSignal(closed.changed):
        closed.add_button.click()
    assert closed.booked.words().startswith(
        "2 days from December 14, 2027 on are closed now, and 4 visits are booked then. They stay"
    )
    qtbot.waitUntil(closed.visits.isVisible)
    assert closed.visits.title.text() == "4 visits booked on closed days"
    with filled_desk.db.read() as session:
        booked = appointments.on_day(session, DAY)
    assert all(one.is_booked for one in booked)
    closed.findChild(QWidget, "closedVisit2").click()
    qtbot.waitUntil(lambda: (one := page.pane.list.current()) is not None and one.closed != "")
    assert page.pane.list.current().id == booked[2].id
    assert dialog(page, ClosedDaysDialog) is None
    assert page.pane.list.current().closed == "All offices are closed on December 14, 2027."
    assert visit_words.standing(page.pane.list.current()) == "To move: closed"
    assert "All offices are closed on December 14, 2027" in page.pane.about.text()
    assert page.pane.count.text() == "4 visits · 4 to move: the place is closed"
    assert spoken(page).endswith("closed, 4 to move: the place is closed")


def test_a_new_time_is_taken_back_from_the_calendar(
    qtbot: QtBot, filled_desk: Desk, page: CalendarPage
) -> None:
    with filled_desk.db.begin() as session:
        first, second = appointments.on_day(session, DAY)[:2]
        later = Visit(first.kind, first.start.replace(tzinfo=None) + timedelta(hours=7), first.location_id)
        appointments.change(session, first.id, later)
    page.reload()
    page.show_visit(second)
    qtbot.waitUntil(lambda: (one := page.pane.list.current()) is not None and one.id == second.id)
    wait(qtbot, filled_desk)
    assert not page.pane.buttons["unmove"].isVisible()
    page.show_visit(first)
    qtbot.waitUntil(page.pane.buttons["unmove"].isVisible)
    page.pane.buttons["unmove"].click()
    qtbot.waitUntil(lambda: dialog(page, VisitEnding) is not None)
    ending = dialog(page, VisitEnding)
    ending.why.setPlainText("Wrong line")
    with qtbot.waitSignal(page.said):
        ending.save_button.click()
    with filled_desk.db.read() as session:
        assert appointments.get(session, first.id).start == first.start
        assert len(appointments.on_day(session, DAY, canceled=True)) == 4


def test_a_visit_that_a_filter_hides_is_shown(qtbot: QtBot, filled_desk: Desk, page: CalendarPage) -> None:
    with filled_desk.db.read() as session:
        booked = appointments.on_day(session, DAY)
    page.head.kind.set_value(AppointmentKind.SURGERY)
    qtbot.waitUntil(lambda: page.pane.list.model.rowCount() == 1)
    hidden = next(one for one in booked if one.kind is not AppointmentKind.SURGERY)
    page.show_visit(hidden)
    qtbot.waitUntil(lambda: (one := page.pane.list.current()) is not None and one.id == hidden.id)
    assert page.head.kind.value() == ""


def test_the_packets_of_a_day_are_asked_for(qtbot: QtBot, page: CalendarPage) -> None:
    with qtbot.waitSignal(page.packets_wanted) as asked:
        page.pane.packets_button.click()
    assert asked.args == [DAY]


def test_a_schedule_is_shown_before_it_is_booked(
    qtbot: QtBot, filled_desk: Desk, page: CalendarPage, tmp_path: Path
) -> None:
    with filled_desk.db.read() as session:
        one = next(row for row in worklists.find(session, Filter()) if row.surgeon_id and row.date_of_birth)
    day = business_days.after(date.today() + timedelta(days=40), 0)
    path = tmp_path / "clinic.csv"
    line = f'{day:%m/%d/%Y},8:15 AM,"{one.patient}",{one.date_of_birth:%m/%d/%Y},Surgery'
    path.write_text(f"Date,Time,Patient,DOB,Type\n{line}\n", encoding="utf-8")
    page.schedule.open(path)
    qtbot.waitUntil(lambda: dialog(page, ScheduleBookingDialog) is not None)
    shown = dialog(page, ScheduleBookingDialog)
    assert shown.book_button.text() == "Book 1 visit"
    with qtbot.waitSignal(page.said) as said:
        shown.book_button.click()
    assert said.args == ["1 visit booked from clinic.csv"]
    path.write_text("When,Whom,Born on\n9:00 AM,Quintero Marisol,3/27/1980\n", encoding="utf-8")
    page.schedule.open(path)
    qtbot.waitUntil(lambda: dialog(page, MatchDialog) is not None)
    dialog(page, MatchDialog).next_button.click()
    assert not dialog(page, MatchDialog).summary.isHidden()


def test_a_thousand_visits_in_a_month_stall_nothing(
    qtbot: QtBot, filled_desk: Desk, page: CalendarPage
) -> None:
    for number in range(20):
        put(filled_desk, business_days.after(MONTH, number), 50)
    slowest = 0.0
    page.reload()
    until = time.monotonic() + 3
    while time.monotonic() < until:
        began = time.perf_counter()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        slowest = max(slowest, time.perf_counter() - began)
    assert page.head.count.text() == "1,004 visits"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        began = time.perf_counter()
        qtbot.keyClick(page.grid, key)
        QApplication.processEvents()
        slowest = max(slowest, time.perf_counter() - began)
    assert slowest < 0.25  # 50 ms alone on a quiet machine; others test here too
