"""Pictures of the visits of a referral and of what its surgeon wants before an operation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from referral_app.choices import AppointmentKind
from referral_app.services import appointments, referrals, surgery_plans
from referral_app.services.appointments import Visit
from referral_app.services.referral_records import ReferralRecord

Stage = Any
ANSWERS = {
    "fasting": "Nothing to eat after 11:00 PM on the evening before. Clear water until 4:30 AM.",
    "medications": "Take your blood pressure pill with a sip of water. Ask Dr. Ferro about your blood thinner.",
    "ride": "Your sister drives you home and stays until the next evening.",
    "aftercare": "Keep the cut dry for two days. Sleep with your head up on two pillows.",
    "answered_by": "Priya Shah, surgery desk",
}


def booked(stage: Stage) -> ReferralRecord:
    """Book a consultation, an operation and a follow-up visit, and save the surgeon's answers, all but the ride."""
    first = datetime.combine(date.today() + timedelta(21), time(7, 30))
    kinds = AppointmentKind
    with stage.desk.db.begin() as session:
        record = referrals.get(session, stage.reference)
        if appointments.of_referral(session, record.id):  # each look is taken over the same store
            return record
        for kind, days, hour in (
            (kinds.CONSULT, -14, 9), (kinds.SURGERY, 0, 7), (kinds.FOLLOW_UP, 6, 14), (kinds.FOLLOW_UP, 22, 10),
        ):  # fmt: skip
            start = (first + timedelta(days)).replace(hour=hour)
            appointments.book(session, record.id, Visit(kind, start, interpreter_booked=True))
        gone = appointments.of_referral(session, record.id)[-1]
        appointments.cancel(session, gone.id, "The office is closed that week")
        plan = surgery_plans.get(session, record.id)
        surgery_plans.save(session, replace(plan, **(ANSWERS | {"ride": ""})))
    return record


def dialog(stage: Stage, record: ReferralRecord | None = None) -> Any:
    """Open the dialog over the referrals."""
    from referral_app.ui.referrals.visits_dialog import VisitsDialog

    if record is None:
        with stage.desk.db.read() as session:
            record = referrals.get(session, stage.reference)
    stage.page("referrals")
    made = VisitsDialog(stage.desk, record, stage.window)
    made.open()
    stage.settle(0.6)
    return made


def _empty(stage: Stage) -> None:
    dialog(stage)


def _booked(stage: Stage) -> None:
    dialog(stage, booked(stage))


def _visit(stage: Stage) -> None:
    made = dialog(stage)
    made.book_button.click()
    stage.settle(0.4)
    stage.front = _visit_dialog(made)


def _visit_wrong(stage: Stage) -> None:
    made = dialog(stage)
    made.book_button.click()
    stage.settle(0.4)
    visit = _visit_dialog(made)
    visit.day.setText("3/27")
    visit.time.setText("2:30")
    visit.save()
    stage.settle(0.3)
    stage.front = visit


def _visit_dialog(made: Any) -> Any:
    from referral_app.ui.visit_dialog import VisitDialog

    return made.findChild(VisitDialog)


SCENES: dict[str, Callable[[Any], object]] = {
    "visits-empty": _empty,
    "visits": _booked,
    "visit": _visit,
    "visit-wrong": _visit_wrong,
}
