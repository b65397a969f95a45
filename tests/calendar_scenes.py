"""Scenes of the calendar: month, week, day, list, closed days, booking, and what came of a visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from referral_app.choices import AppointmentKind, AppointmentStatus
from referral_app.clinical import business_days
from referral_app.models.base import new_id
from referral_app.models.referral import Referral
from referral_app.models.work import Appointment
from referral_app.services import appointments, closed_days, worklists
from referral_app.services.referral_records import Filter

if TYPE_CHECKING:
    from referral_app.database import Database
    from tests.screenshots import Stage

FIRST = date.today().replace(day=1)
KINDS = (AppointmentKind.CONSULT, AppointmentKind.CONSULT, AppointmentKind.SURGERY, AppointmentKind.FOLLOW_UP)
ENDED = (
    AppointmentStatus.KEPT, AppointmentStatus.KEPT, AppointmentStatus.NO_SHOW, AppointmentStatus.CANCELED,
    AppointmentStatus.SCHEDULED,
)  # fmt: skip


def fill(db: Database, first: date = FIRST, count: int = 60) -> None:
    """Put visits on the business days of a month, and close one day of it."""
    with db.begin() as session:
        if session.query(Appointment).count() > count // 2:
            return
        rows = [one for one in worklists.find(session, Filter()) if one.surgeon_id]
        for number in range(count):
            row = session.get_one(Referral, rows[number % len(rows)].id)
            day = business_days.after(first, number * 20 // count)
            start = datetime(day.year, day.month, day.day, 13 + number % 8, 15 * (number % 4), tzinfo=UTC)
            status = ENDED[number % 5] if start < datetime.now(UTC) else AppointmentStatus.SCHEDULED
            session.add(Appointment(
                id=new_id(), referral_id=row.id, surgeon_id=row.surgeon_id, kind=KINDS[number % 4], start=start,
                time_zone="America/New_York", status=status,
                why="The patient: has a cold" if status is AppointmentStatus.CANCELED else "",
            ))  # fmt: skip
        closed_days.add(session, business_days.after(first, 12), why="Staff training")
        closed_days.add(session, date.today() + timedelta(days=40), why="Moving to the second floor")


def page(stage: Stage) -> Any:
    """Return the page of a month with visits, on the day with the most of them."""
    fill(stage.desk.db)
    made = stage.page("calendar")
    stage.settle(0.6)
    made.show_day(business_days.after(FIRST, 9))
    stage.settle(0.4)
    return made


def _month(stage: Stage) -> None:
    made = page(stage)
    made.grid.setFocus()
    stage.settle(0.2)


def _chosen(stage: Stage) -> None:
    page(stage).pane.list.enter()
    stage.settle(0.5)


def _empty(stage: Stage) -> None:
    stage.page("calendar")
    stage.settle(0.5)


def _in(mode: str) -> Callable[[Any], None]:
    def scene(stage: Stage) -> None:
        made = page(stage)
        made.show_mode(mode)
        stage.settle(0.6)
        made.pane.list.enter()
        stage.settle(0.4)

    return scene


def _front(stage: Stage, name: str) -> None:
    from PySide6.QtWidgets import QWidget

    stage.settle(0.6)
    stage.front = stage.window.findChild(QWidget, name)  # type: ignore[attr-defined]


def _closed(stage: Stage) -> None:
    page(stage).head.closed_button.click()
    _front(stage, "closedDays")


def _closed_booked(stage: Stage) -> None:
    made = page(stage)
    day = _booked_day(stage)
    made.show_day(day)
    made.head.closed_button.click()
    _front(stage, "closedDays")
    dialog: Any = stage.front
    dialog.day.setText(day.isoformat())
    dialog.why.setText("Water in the cellar")
    dialog.add_button.click()
    stage.settle(0.8)


def _closed_marked(stage: Stage) -> None:
    made = page(stage)
    day = _booked_day(stage)
    with stage.desk.db.begin() as session:
        closed_days.add(session, day, why="Water in the cellar")
    made.reload()
    made.show_day(day)
    stage.settle(0.6)
    made.pane.list.enter()
    stage.settle(0.4)


def _unmove(stage: Stage) -> None:
    from referral_app.services.appointments import Visit

    made = page(stage)
    day = _booked_day(stage, days=29)  # another scene closes the day of the others
    with stage.desk.db.begin() as session:
        visit = next(
            one for one in appointments.on_day(session, day) if one.kind is AppointmentKind.FOLLOW_UP
        )
        start = visit.start.replace(tzinfo=None) + timedelta(hours=5)
        appointments.change(session, visit.id, Visit(visit.kind, start, visit.location_id))
    made.reload()
    stage.settle(0.5)
    made.show_visit(visit)
    stage.settle(0.8)


def _booked_day(stage: Stage, days: int = 20) -> date:
    """Return a day to come with a few visits, booked here where there are none."""
    day = business_days.after(date.today() + timedelta(days=days), 0)
    with stage.desk.db.begin() as session:
        if not appointments.on_day(session, day):
            rows = [one for one in worklists.find(session, Filter()) if one.surgeon_id]
            for number in range(4):
                row = session.get_one(Referral, rows[number % len(rows)].id)
                start = datetime(day.year, day.month, day.day, 14 + number, tzinfo=UTC)
                session.add(Appointment(
                    id=new_id(), referral_id=row.id, surgeon_id=row.surgeon_id, kind=KINDS[number], start=start,
                    time_zone="America/New_York", status=AppointmentStatus.SCHEDULED,
                ))  # fmt: skip
    return day


def _booking(stage: Stage) -> None:
    page(stage).pane.book_button.click()
    _front(stage, "bookingDialog")


def _cancel(stage: Stage) -> None:
    from referral_app.ui.visit_ending import CANCEL, VisitEnding

    made = page(stage)
    made.pane.list.enter()
    stage.settle(0.3)
    dialog = VisitEnding(stage.desk, made.pane.list.current(), CANCEL, made)
    dialog.open()
    dialog.save()
    _front(stage, "visitEnding")


def _remind(stage: Stage) -> None:
    made = page(stage)
    made.show_day(business_days.after(date.today() + timedelta(days=1), 0))
    stage.settle(0.6)
    made.pane.list.enter()
    stage.settle(0.3)
    made.pane.buttons["remind"].click()
    _front(stage, "remindDialog")


def _schedule(stage: Stage) -> None:
    from tests import packet_scenes

    made = page(stage)
    with stage.desk.db.read() as session:
        rows = [one for one in worklists.find(session, Filter()) if one.surgeon_id]
    path = packet_scenes.schedule(stage.desk.paths.data_dir, rows)
    day = business_days.after(date.today() + timedelta(days=30), 0)
    lines = path.read_text("utf-8").splitlines()
    said = f"{day.month}/{day.day}/{day.year}"
    path.write_text("\n".join([f"Date,{lines[0]}", *(f"{said},{one}" for one in lines[1:])]), "utf-8")
    made.schedule.open(path)
    stage.settle(1.0)
    _front(stage, "calendarSchedule")


SCENES: dict[str, Callable[[Any], object]] = {
    "calendar": _month,
    "calendar-visit": _chosen,
    "calendar-empty": _empty,
    "calendar-week": _in("week"),
    "calendar-day": _in("day"),
    "calendar-list": _in("list"),
    "calendar-closed": _closed,
    "calendar-closed-booked": _closed_booked,
    "calendar-closed-marked": _closed_marked,
    "calendar-new-time": _unmove,
    "calendar-booking": _booking,
    "calendar-cancel": _cancel,
    "calendar-remind": _remind,
    "calendar-schedule": _schedule,
}
