"""The requests of a referral as a timeline: each step, when, who entered it and why; inferred and undone ones said."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from referral_app.choices import RequestStatus
from referral_app.clinical import clock, dates
from referral_app.services.request_records import RequestRecord, StepRecord
from referral_app.services.tasks import TaskRecord
from referral_app.ui import call_lines, theme
from referral_app.ui.referrals.detail_content import Whole
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import StateLabel

_TONES = {
    RequestStatus.DECLINED: "missing", RequestStatus.CANCELED: "canceled", RequestStatus.COMPLETED: "ok",
    RequestStatus.SENT: "waiting", RequestStatus.UNATTENDED: "review", RequestStatus.VISIT_CANCELED: "review",
    RequestStatus.CANCEL_ASKED: "review",
}  # fmt: skip
INFERRED = "filled in, because a later step is on record"


class RequestView(QWidget):
    """`undo_wanted(entry, number, words)` for what was entered last, `hold_wanted(on)` for the patient's wish."""

    undo_wanted = Signal(str, int, str)
    hold_wanted = Signal(bool)

    def __init__(self, whole: Whole, may_write: bool) -> None:
        """Show all requests of a referral, the latest first, with what is planned, asked for and said."""
        super().__init__()
        self.setObjectName("requestView")
        self._may = may_write
        lines = column(spacing=12)
        lines.addWidget(labels.line())
        self._plan(lines, whole)
        for number, (request, steps) in enumerate(whole.requests):
            lines.addLayout(self._request(request, list(steps), number == 0))
        if whole.calls:
            lines.addWidget(labels.strong("Calls"))
        for call in whole.calls:
            lines.addLayout(call_lines.line(call))
        self.setLayout(lines)

    def _plan(self, lines: QVBoxLayout, whole: Whole) -> None:
        if whole.plan is not None:
            by = f" by {dates.say(whole.plan.follow_up_on)}" if whole.plan.follow_up_on else ""
            lines.addWidget(labels.strong("Next step"))
            lines.addWidget(labels.body(f"{whole.plan.next_step}{by}"))
            lines.addWidget(
                labels.muted(
                    f"Seen to by {whole.plan.owner}" if whole.plan.owner else "Nobody sees to it yet"
                )
            )
        for task in whole.tasks:
            lines.addLayout(_task(task))

    def _request(self, request: RequestRecord, steps: list[StepRecord], is_latest: bool) -> QVBoxLayout:
        lines = column(spacing=6)
        title = labels.strong(f"Request {request.number} to {request.surgeon or 'a surgeon'}")
        title.setWordWrap(True)
        lines.addWidget(title)
        flow = Flow(6)
        tone = "warning" if request.stands.is_undelivered else _TONES.get(request.status, "info")
        flow.add(StateLabel(tone, request.stands.words))
        if request.on_hold:
            flow.add(StateLabel("waiting", "On hold"))
        if request.information_owed:
            flow.add(StateLabel("missing", "Information asked for"))
        lines.addWidget(flow)
        if request.reason:
            lines.addWidget(labels.body(f"Reason: {request.reason}"))
        if request.their_number:
            lines.addWidget(labels.body(f"Their number: {request.their_number}"))
        if request.visit_on:
            lines.addWidget(labels.body(f"Visit on {dates.say(request.visit_on)}"))
        last = next((one for one in reversed(steps) if one.undone_at is None), None)
        if request.told_on:
            lines.addLayout(self._told(request, is_latest))
        for step in reversed(steps):
            undoable = self._may and last is not None and step.id == last.id and not request.told_on
            lines.addLayout(self._step(step, request.number if undoable else 0))
        lines.addLayout(_line("Sent", dates.say(request.sent_on)))
        if is_latest and self._may and not request.is_over:
            lines.addLayout(self._hold(request))
        return lines

    def _step(self, step: StepRecord, number: int) -> QVBoxLayout:
        made = column(spacing=0)
        title = labels.body(step.act.label)
        made.addWidget(title)
        words = " · ".join(part for part in (step.why, step.note) if part)
        if words:
            made.addWidget(labels.body(words))
        entered = step.recorded_at.astimezone()
        by = f" by {step.recorded_by}" if step.recorded_by else ""
        made.addWidget(
            labels.muted(
                f"{dates.say(step.happened_on)} · {step.by.label} · entered {dates.say(entered.date())}, "
                f"{clock.say(entered)}{by}"
            )
        )
        if step.inferred:
            made.addWidget(labels.muted(f"Inferred: {INFERRED}"))
        if step.undone_at is not None:
            _strike(title)
            gone = step.undone_at.astimezone().date()
            who = f" by {step.undone_by}" if step.undone_by else ""
            made.addWidget(labels.muted(f"Taken back {dates.say(gone)}{who}: {step.undone_why}"))
            title.setAccessibleName(f"Taken back: {step.act.label}")
        if number:
            made.addLayout(self._undo(step.entry, number, step.act.label))
        return made

    def _undo(self, entry: str, number: int, words: str) -> QVBoxLayout:
        button = buttons.link("Take back…", f"requestUndo{number}")
        button.setAccessibleName(f"Take back: {words}")
        button.clicked.connect(partial(self.undo_wanted.emit, entry, number, words))
        made = column(spacing=0)
        made.addLayout(row(button, None))
        return made

    def _told(self, request: RequestRecord, is_latest: bool) -> QVBoxLayout:
        made = _line("Patient told the plan", dates.say(request.told_on) if request.told_on else "")
        if is_latest and self._may:
            made.addLayout(self._undo("", request.number, "Patient told the plan"))
        return made

    def _hold(self, request: RequestRecord) -> QVBoxLayout:
        words = "Let it go on…" if request.on_hold else "Put on hold…"
        button = buttons.link(words, "requestHold")
        button.clicked.connect(partial(self.hold_wanted.emit, not request.on_hold))
        made = column(spacing=0)
        made.addLayout(row(button, None))
        return made


def _strike(label: QLabel) -> None:
    font = label.font()
    font.setStrikeOut(True)
    label.setFont(font)
    theme.role(label, "muted")


def _line(words: str, when: str) -> QVBoxLayout:
    made = column(spacing=0)
    made.addWidget(labels.body(words))
    made.addWidget(labels.muted(when))
    return made


def _task(task: TaskRecord) -> QVBoxLayout:
    due = f"due {dates.say(task.due)}" if task.due else ""
    made = column(spacing=0)
    state = StateLabel("missing", task.kind.label)
    holder = row(state, None)
    holder.setAlignment(state, Qt.AlignmentFlag.AlignTop)
    made.addLayout(holder)
    made.addWidget(labels.body(task.what))
    made.addWidget(labels.muted(" · ".join(part for part in (task.owner or "nobody’s", due) if part)))
    return made
