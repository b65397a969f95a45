"""What the card beside the list shows of one referral, read in one go and laid out anew each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from referral_app.clinical import clock, dates
from referral_app.clinical.check import Check
from referral_app.clinical.fields import given, rows
from referral_app.database import Database
from referral_app.services import calls, owners, referrals, requests, sending, surgery_plans, tasks
from referral_app.services.calls import CallRecord
from referral_app.services.owners import PlanRecord
from referral_app.services.referrals import Event, ReferralRecord
from referral_app.services.request_records import RequestRecord, StepRecord
from referral_app.services.send_records import AttemptRecord
from referral_app.services.tasks import TaskRecord
from referral_app.ui import theme
from referral_app.ui.referrals import standing_tones
from referral_app.ui.referrals.check_panel import waiting
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.notice import Advice
from referral_app.ui.widgets.states import StateLabel

CALLS = 10
"""So many of the latest calls are shown."""


@dataclass(frozen=True)
class Whole:
    """A referral with its check and history; `unready` is what its surgery packet still lacks."""

    record: ReferralRecord
    check: Check
    events: list[Event]
    unready: tuple[str, ...] = ()
    requests: Sequence[tuple[RequestRecord, Sequence[StepRecord]]] = ()
    plan: PlanRecord | None = None
    tasks: Sequence[TaskRecord] = ()
    calls: Sequence[CallRecord] = ()
    attempts: Sequence[AttemptRecord] = ()

    @property
    def may_go_again(self) -> bool:
        """Whether the version that was sent can be sent once more, since its request still waits."""
        is_same = self.record.sent_number is not None and self.record.sent_number == self.record.number
        return is_same and bool(self.requests) and not self.requests[0][0].is_over


def load(db: Database, referral_id: str) -> Whole:
    """Return a referral with its check and history."""
    with db.read() as session:
        record = referrals.get(session, referral_id)
        return Whole(
            record,
            referrals.checked(session, record.intake),
            referrals.history(session, referral_id),
            surgery_plans.ready(session, referral_id),
            [
                (one, requests.steps(session, referral_id, one.number))
                for one in requests.find(session, referral_id)
            ],
            owners.get(session, referral_id),
            tasks.of_referral(session, referral_id),
            calls.of_referral(session, referral_id, CALLS),
            sending.find(session, referral_id),
        )


def has_files(whole: Whole) -> bool:
    """Tell whether a file goes along with the letter."""
    return any(one.get("sha256") for one in rows(whole.record.intake, "attachments"))


def content(whole: Whole, requests_view: QWidget | None = None, attempts: QWidget | None = None) -> QWidget:
    """Return what is shown of a referral, with its requests and how it was sent."""
    record = whole.record
    holder = QWidget()
    theme.role(holder, "page")
    column = QVBoxLayout(holder)
    theme.scale(column, margins=0, spacing=12)
    name = labels.heading(record.patient or "No name yet")
    name.setWordWrap(True)
    column.addWidget(name)
    born = f"Born {dates.say(record.date_of_birth)}" if record.date_of_birth else "Date of birth missing"
    column.addWidget(labels.muted(f"{born}\nReference {record.reference}"))
    column.addWidget(StateLabel(standing_tones.of(record), record.state_words))
    if record.beside_words:
        tone = "warning" if record.returned_at is not None else "info"
        column.addWidget(Advice(tone, "detailBeside", words=record.beside_words))
    if requests_view is not None:
        column.addWidget(requests_view)
        column.addWidget(labels.line())
    if attempts is not None:
        column.addWidget(attempts)
        column.addWidget(labels.line())
    for title, words in _facts(record):
        column.addLayout(_fact(title, words))
    column.addWidget(labels.line())
    column.addWidget(labels.strong("Live check"))
    column.addWidget(_counts(whole.check))
    column.addWidget(labels.line())
    column.addWidget(labels.strong("What happened"))
    for event in reversed(whole.events):
        column.addLayout(_event(event))
    column.addStretch(1)
    return holder


def _facts(record: ReferralRecord) -> list[tuple[str, str]]:
    question = given(record.intake, "request.question")
    urgency = str(record.urgency or "–").capitalize()
    signed = f"{record.signed_by}" if record.signed_by else "Not signed"
    return [
        ("Surgeon", record.surgeon or "Not chosen"),
        ("Urgency", urgency),
        ("Question", str(question or "Not asked yet")),
        ("Prepared by", str(given(record.intake, "signature.prepared_by") or "Not named")),
        ("Signed by", signed),
    ]


def _fact(title: str, words: str) -> QHBoxLayout:
    line = QHBoxLayout()
    theme.scale(line, spacing=8)
    label = labels.muted(title)
    theme.scale(label, width=76)
    line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(labels.body(words), 1)
    return line


def _counts(check: Check) -> Flow:
    flow = Flow(6)
    emergencies = sum(line.status == "emergency" for line in check.emergency)
    gaps = sum(line.status == "gap" for line in check.missing)
    missing = len(waiting(check))
    if missing and gaps:  # the button to send says how many gaps the letter lists: both
        said = f"{missing + gaps} gaps: {missing} missing, {gaps} not available"
        flow.add(StateLabel("missing", said))
        missing = gaps = 0
    counts = (
        ("emergency", emergencies, "Emergency"),
        ("missing", missing, "missing"),
        ("gap", gaps, "not available"),
        ("supports", len(check.supports), "supports"),
        ("review", len(check.review), "for review"),
    )
    for state, count, words in counts:
        if count:
            flow.add(StateLabel(state, words if state == "emergency" else f"{count} {words}"))
    return flow


def _event(event: Event) -> QVBoxLayout:
    column = QVBoxLayout()
    theme.scale(column, spacing=0)
    column.addWidget(labels.body(f"{event.what}: {event.why}" if event.why else event.what))
    local = event.at.astimezone()
    when = f"{dates.say(local.date())}, {clock.say(local)}"
    column.addWidget(labels.muted(f"{when} · {event.who}" if event.who else when))
    return column
