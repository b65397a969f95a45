"""Pictures of replies, calls, tasks, owners and the timeline of a referral."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QAbstractScrollArea

from referral_app.choices import DeclineReason, ReferralState, ReplyKind
from referral_app.services import calls, owners, referrals, replies, requests, worklists
from referral_app.services.calls import CallRecord
from referral_app.services.referral_records import Filter
from referral_app.services.replies import Reply
from tests.acting import acting

Stage = Any
WHO = "Dana Whitfield"


def _of(stage: Stage, name: str) -> Any:
    """Return the invented referral of a name that was sent, or where there is none the one of the stage, sent now."""
    with acting(stage.desk.db, WHO), stage.desk.db.begin() as session:
        if found := worklists.find(session, Filter(text=name), 1):
            return found[0]
        record = referrals.get(session, stage.reference)
        if record.state is ReferralState.SIGNED:
            return referrals.mark_sent(session, record.id, "Mail")
        return record


def answered(stage: Stage) -> Any:
    """Return a referral with a timeline: accepted, information asked, a no-show taken back, a call and a next step."""
    row = _of(stage, "Abernathy")
    with acting(stage.desk.db, WHO), stage.desk.db.begin() as session:
        if calls.of_referral(session, row.id):  # each look is taken over the same store
            return row
        replies.record(session, row.id, Reply(ReplyKind.NO_SHOW, date.today()))
        last = requests.steps(session, row.id)[-1]
        requests.undo(session, row.id, last.entry, "The sheet was another patient’s")
        asked = Reply(
            ReplyKind.INFORMATION, date.today(), "Report of the MRI of the neck", fields=("attachments", "exam.fundi"),
            due=date.today() + timedelta(5),
        )  # fmt: skip
        replies.record(session, row.id, asked)
        said = "The office has the letter. They want the MRI report before they give a date."
        calls.log(
            session,
            CallRecord(
                "", "Dr. Keen’s office", said, row.id, checked="reference", next_step="Fax the MRI report"
            ),
        )
        owners.plan(session, row.id, "Fax the MRI report", date.today() + timedelta(2))
    return row


def _dialog(stage: Stage, name: str = "") -> Any:
    stage.page("referrals")
    stage.window.following.reply(name)
    stage.settle(0.8)
    return stage.child("replyDialog")


def _empty(stage: Stage) -> None:
    _dialog(stage)


def _near(stage: Stage) -> None:
    row = _of(stage, "Haddad")
    made = _dialog(stage)
    last = "2" if row.reference[2] != "2" else "3"
    made.number.setText(f"{row.reference[:2]}{last}{row.reference[3:]}")
    stage.settle(0.8)


def _by_name(stage: Stage) -> None:
    made = _dialog(stage)
    made.number.setText("Haddad")
    stage.settle(0.8)


def _unusual(stage: Stage) -> None:
    made = _dialog(stage, _of(stage, "Haddad").id)
    made.parts.kind.set_value(str(ReplyKind.APPOINTMENT))
    made.parts.visit.day.setText("3/30/2199")
    made.parts.visit.day.editingFinished.emit()
    stage.settle(0.4)


def _call_unsaid(stage: Stage) -> None:
    _call(stage)
    stage.child("callDialog").save()
    stage.settle(0.4)


def _next_surgeon(stage: Stage) -> None:
    row = _of(stage, "Haddad")
    stage.page("referrals")
    stage.window.following.redirect(row, "Declined: No new patients now")
    stage.settle(1.0)
    stage.child("redirectDialog")


def _kind(kind: ReplyKind, name: str = "Haddad") -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        made = _dialog(stage, _of(stage, name).id)
        made.parts.kind.set_value(str(kind))
        stage.settle(0.3)

    return scene


def _passed(stage: Stage) -> None:
    made = _dialog(stage, _of(stage, "Haddad").id)
    made.parts.kind.set_value(str(ReplyKind.VISIT_NOTE))
    made.parts.unbooked.setChecked(True)
    made.parts.visit.day.setText("3/24/2027")
    stage.settle(0.4)
    made.ensurePolished()
    for area in made.findChildren(QAbstractScrollArea, "replyDialogArea"):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def _refused(stage: Stage) -> None:
    made = _dialog(stage, _of(stage, "Haddad").id)
    made.parts.kind.set_value(str(ReplyKind.DECLINED))
    made.parts.on.setText("1/2/2020")
    made.parts.reason.set_value(str(DeclineReason.PLAN))
    made.record()
    stage.settle(0.6)


def _timeline(stage: Stage) -> None:
    row = answered(stage)
    page = stage.page("referrals")
    page.list.reload(choose=row.id)
    stage.settle(0.8)


def _call(stage: Stage) -> None:
    row = answered(stage)
    stage.page("referrals")
    with stage.desk.db.read() as session:
        patient = referrals.get(session, row.id).patient_id
    stage.window.following.call(patient, row.id)
    stage.settle(0.6)


def _call_empty(stage: Stage) -> None:
    stage.page("home")
    stage.window.following.call()
    stage.settle(0.4)


def _plan(stage: Stage) -> None:
    row = answered(stage)
    stage.page("referrals")
    stage.window.following.plan(row.id)
    stage.settle(0.6)


def _tasks(stage: Stage) -> None:
    answered(stage)
    stage.page("home")
    stage.window.following.tasks()
    stage.settle(0.6)


def _where(stage: Stage) -> None:
    answered(stage)
    stage.page("home")
    box = stage.window.top_bar.box
    box.setFocus()
    box.setText("Abernathy")
    stage.settle(0.8)


def _asked_form(stage: Stage) -> None:
    row = answered(stage)
    stage.window.open("referral", row.id)
    stage.settle(1.0)


def _task(stage: Stage) -> None:
    row = answered(stage)
    stage.page("referrals")
    stage.window.following.plan(row.id)
    stage.settle(0.6)
    stage.child("planTask").click()
    stage.settle(0.4)
    stage.front = stage.child("taskDialog")


def _patient_calls(stage: Stage) -> None:
    row = answered(stage)
    with stage.desk.db.read() as session:
        patient = referrals.get(session, row.id).patient_id
    stage.window.open("patient", patient)
    stage.settle(0.8)


SCENES: dict[str, Callable[[Any], object]] = {
    "reply-empty": _empty,
    "reply-near": _near,
    "reply-name": _by_name,
    "reply-unusual": _unusual,
    "call-unsaid": _call_unsaid,
    "redirect-best": _next_surgeon,
    "reply-declined": _kind(ReplyKind.DECLINED),
    "reply-information": _kind(ReplyKind.INFORMATION),
    "reply-appointment": _kind(ReplyKind.APPOINTMENT),
    "reply-outcome": _kind(ReplyKind.OUTCOME),
    "reply-passed": _passed,
    "reply-refused": _refused,
    "timeline": _timeline,
    "call": _call,
    "call-empty": _call_empty,
    "next-step": _plan,
    "tasks": _tasks,
    "task": _task,
    "patient-calls": _patient_calls,
    "where-is": _where,
    "asked-form": _asked_form,
}
