"""Scenes of the page of packets: who comes, a schedule, a batch that stopped, labels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from referral_app.choices import AppointmentKind, AppointmentStatus, BatchState, PaperKind
from referral_app.jobs import batches
from referral_app.jobs.visits import next_working_day
from referral_app.models.base import new_id
from referral_app.models.referral import Referral
from referral_app.models.work import Appointment
from referral_app.services import batches as stored
from referral_app.services import worklists
from referral_app.services.batches import PRINTER, Wish
from referral_app.services.referral_records import Filter, ReferralRow

if TYPE_CHECKING:
    from referral_app.database import Database, Session
    from tests.screenshots import Stage

DAY = next_working_day(date.today())


def booked(session: Session, referral: ReferralRow, start: datetime, kind: AppointmentKind) -> None:
    """Book a visit as it stands in the store, whatever the referral lacks."""
    row = session.get_one(Referral, referral.id)
    session.add(
        Appointment(
            id=new_id(), referral_id=row.id, surgeon_id=row.surgeon_id, kind=kind, start=start,
            status=AppointmentStatus.SCHEDULED,
        )
    )  # fmt: skip


def fill(db: Database, day: date = DAY) -> list[ReferralRow]:
    """Book a visit of every invented referral with a surgeon on one day, and return those referrals."""
    with db.begin() as session:
        rows = [one for one in worklists.find(session, Filter()) if one.surgeon_id]
        if session.query(Appointment).filter(Appointment.start >= datetime.now(UTC)).count() < len(rows):
            for number, one in enumerate(rows):
                start = datetime(day.year, day.month, day.day, 13, tzinfo=UTC) + timedelta(
                    minutes=30 * number
                )
                kind = AppointmentKind.FOLLOW_UP if number % 3 == 2 else AppointmentKind.CONSULT
                booked(session, one, start, kind)
    return rows


def schedule(folder: Path, rows: list[ReferralRow]) -> Path:
    """Write the schedule of a clinic with these patients, and one whom nobody knows."""
    lines = ["Appt Time,Patient Name,DOB,Visit Type"]
    for number, one in enumerate(rows):
        born = one.date_of_birth.strftime("%m/%d/%Y") if one.date_of_birth else ""
        lines.append(
            f'{(7 + number % 8) % 12 + 1}:15 {"AM" if number % 8 < 4 else "PM"},"{one.patient}",{born},New patient'
        )
    lines.append('4:45 PM,"Nobody, Known",01/02/1970,Follow up')
    path = folder / "schedule.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _page(stage: Stage) -> Any:
    stage.rows = fill(stage.desk.db)  # type: ignore[attr-defined]
    page = stage.page("packets")
    page.tabs[0].click()
    page.visits.day.show_day(DAY)
    stage.settle(0.6)
    return page


def _visits(stage: Stage) -> Any:
    return _page(stage)


def _referrals(stage: Stage) -> Any:
    page = stage.page("packets")
    page.show_referrals()
    stage.settle(0.6)
    page.referrals.list.table.selectRow(0)
    stage.settle(0.4)
    return page


def _schedule(stage: Stage) -> None:
    page = _page(stage)
    page.visits.open_schedule(schedule(stage.desk.paths.data_dir, stage.rows))  # type: ignore[attr-defined]
    stage.settle(1.0)


def _columns(stage: Stage) -> None:
    path = stage.desk.paths.data_dir / "own.csv"
    path.write_text("When,Whom,Born on\n9:00 AM,Quintero Marisol,3/27/1980\n", encoding="utf-8")
    _page(stage).visits.open_schedule(path)
    stage.settle(0.8)


def stop(db: Database, rows: list[ReferralRow], done: int = 2) -> None:
    """Leave a batch that stopped after some packets, with one that could not be printed."""
    wishes = [Wish(one.reference, PaperKind.PACKET) for one in rows]
    batch_id = batches.begin(db, "Visits on Monday", PRINTER, wishes, both_sides=True, target="Front desk")
    with db.begin() as session:
        for position in range(1, done + 1):
            stored.settle(session, batch_id, position, BatchState.PRINTED, pages=6)
        stored.settle(
            session,
            batch_id,
            1,
            BatchState.REFUSED,
            why="The referral names no surgeon yet. Choose one first.",
        )


def _stopped(stage: Stage) -> Any:
    page = _page(stage)
    stop(stage.desk.db, stage.rows)  # type: ignore[attr-defined]
    page.reload()
    stage.settle(0.6)
    return page


def _batch(stage: Stage) -> None:
    _stopped(stage).batch.detail_button.click()
    stage.settle(0.4)


def _labels(stage: Stage) -> None:
    page = _page(stage)
    page.visits.options.label_button.click()
    stage.settle(0.4)


SCENES: dict[str, Callable[[Any], object]] = {
    "packets": _visits,
    "packet-referrals": _referrals,
    "packet-schedule": _schedule,
    "packet-columns": _columns,
    "packet-labels": _labels,
    "packet-stopped": _stopped,
    "packet-batch": _batch,
}
