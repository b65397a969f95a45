"""Pictures of sending: the dialog by each way, what became of an attempt, incidents and the mail server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from referral_app.choices import BounceReason, Channel
from referral_app.jobs import sending as job
from referral_app.services import incidents, mail_server, sending
from referral_app.services.incidents import Told
from referral_app.services.mail_server import MailServerRecord
from referral_app.services.send_records import AttemptRecord, Bounce, Sending

Stage = Any
SERVER = MailServerRecord("mail.office.example", 587, "referrals@office.example")


def _dialog(stage: Stage, channel: str = "") -> Any:
    stage.page("referrals")
    stage.window.following.posting.send(stage.reference)
    stage.settle()
    dialog = stage.child("sendDialog")
    if channel:
        dialog.channel.set_value(channel)
    stage.settle(0.5)
    return dialog


def _fax(stage: Stage) -> None:
    _dialog(stage)


def _wrong(stage: Stage) -> None:
    dialog = _dialog(stage)
    dialog.outlet.way.set_value("gone")
    dialog.whereto.digits.setText("0000")
    dialog.accept()
    stage.settle()


def _parts(stage: Stage) -> None:
    dialog = _dialog(stage, "mail")
    dialog.parts.shift("response_form", -1)
    stage.settle(0.5)
    bar = dialog.findChild(object, "sendDialogArea").verticalScrollBar()
    bar.setValue(bar.maximum())


def _email(stage: Stage) -> None:
    with stage.desk.db.begin() as session:
        mail_server.save(session, SERVER)
    dialog = _dialog(stage, "email")
    dialog.whereto.address.setText("front@keen.example")
    bar = dialog.findChild(object, "sendDialogArea").verticalScrollBar()
    bar.setValue(bar.maximum())


def _attempt(stage: Stage) -> AttemptRecord:
    """Return an attempt that waits, made where there is none."""
    with stage.desk.db.read() as session:
        found = [one for one in sending.find(session, stage.reference) if one.is_waiting]
    if found:
        return found[0]
    out = job.look(stage.desk.db, stage.reference)
    assert out.target is not None
    made = job.make(stage.desk.db, stage.reference, out.parts)
    digits = out.target.number[-4:]
    return job.record(stage.desk.db, made, Sending(Channel.FAX, parts=out.parts, last_four=digits))


def _history(stage: Stage) -> None:
    attempt = _attempt(stage)
    with stage.desk.db.begin() as session:
        sending.fail(session, attempt.id, Bounce(BounceReason.BUSY, date.today(), "Three times"))
    _attempt(stage)
    page = stage.page("referrals")
    page.list.table.table.selectRow(0)
    stage.settle(0.5)


def _undelivered(stage: Stage) -> None:
    attempt = _attempt(stage)
    with stage.desk.db.begin() as session:
        sending.fail(
            session, attempt.id, Bounce(BounceReason.WRONG_NUMBER, date.today(), who_has_it="A bakery")
        )
    page = stage.page("referrals")
    page.list.table.table.selectRow(0)
    stage.settle(0.5)


def _confirm(stage: Stage) -> None:
    attempt = _attempt(stage)
    stage.page("referrals")
    stage.window.following.posting.confirm(attempt.id)
    stage.settle()


def _bounce(stage: Stage, reason: str) -> None:
    attempt = _attempt(stage)
    stage.page("referrals")
    stage.window.following.posting.bounce(attempt.id)
    stage.settle()
    stage.child("bounceDialog").reason.set_value(reason)
    stage.settle()


def _bounce_wrong(stage: Stage) -> None:
    _bounce(stage, "wrong_number")


def _bounce_incomplete(stage: Stage) -> None:
    _bounce(stage, "incomplete")


def _incident_id(stage: Stage) -> str:
    with stage.desk.db.read() as session:
        if known := incidents.find(session, open_only=True):
            return known[0].id
    attempt = _attempt(stage)
    with stage.desk.db.begin() as session:
        bounce = Bounce(BounceReason.WRONG_NUMBER, date.today(), who_has_it="A bakery on Harbor Street")
        made = sending.fail(session, attempt.id, bounce).incident_id
        told = (
            Told("Privacy officer", date.today(), "Phone"),
            Told("The patient", date.today() - timedelta(0), "Phone"),
        )
        return incidents.record(session, replace(incidents.get(session, made), told=told)).id


def _incident(stage: Stage) -> None:
    made = _incident_id(stage)
    stage.page("referrals")
    stage.window.following.posting.incident(made)
    stage.settle()


def _incidents(stage: Stage) -> None:
    _incident_id(stage)
    page = stage.page("incidents")
    page.list.table.selectRow(0)
    stage.settle()


def _incident_sheet(stage: Stage) -> None:
    made = _incident_id(stage)
    stage.page("preview")
    stage.window.preview("incident_sheet", made)
    stage.settle(1.5)


def _mail(stage: Stage) -> None:
    with stage.desk.db.begin() as session:
        mail_server.save(session, SERVER)
    page = stage.page("settings")
    page.findChild(object, "settingsScroll").ensureWidgetVisible(page.mail)
    stage.settle()


def _mail_dialog(stage: Stage) -> None:
    page = stage.page("settings")
    page.mail.edit_button.click()
    dialog = stage.child("mailDialog")
    dialog.port.setValue(465)
    dialog.host.setText("mail.office.example")
    dialog.accept()
    stage.settle()


SCENES: dict[str, Callable[[Any], object]] = {
    "send": _fax,
    "send-wrong": _wrong,
    "send-parts": _parts,
    "send-email": _email,
    "send-history": _history,
    "send-undelivered": _undelivered,
    "send-confirm": _confirm,
    "send-bounce": _bounce_wrong,
    "send-incomplete": _bounce_incomplete,
    "incident": _incident,
    "incidents": _incidents,
    "incident-sheet": _incident_sheet,
    "mail-server": _mail,
    "mail-dialog": _mail_dialog,
}
