"""The fields of a reply in the order of the response form; those of the kind that is chosen are in sight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QVBoxLayout, QWidget

from referral_app.choices import DeclineReason, ReplyKind, VisitOutcome
from referral_app.clinical import dates
from referral_app.services import replies
from referral_app.services.appointments import Visit
from referral_app.services.replies import Reply
from referral_app.services.request_records import RequestRecord
from referral_app.ui import fields, next_field, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.replies.asked_fields import AskedFields
from referral_app.ui.replies.scan_line import ScanLine
from referral_app.ui.replies.visit_fields import VisitFields
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets.beside import Beside
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import LineEdit, Radios, TextArea
from referral_app.ui.widgets.notice import Advice

_K = ReplyKind
SHOWN: Mapping[str, tuple[ReplyKind, ...]] = {
    "reason": (_K.DECLINED,), "asked": (_K.INFORMATION,), "due": (_K.INFORMATION,), "outcome": (_K.OUTCOME,),
    "theirs": (_K.ACCEPTED, _K.RECEIPT), "interpreter_booked": (_K.APPOINTMENT,), "unbooked": replies.TOOK_PLACE,
}  # fmt: skip
"""The fields that belong to some kinds alone."""
WORDS = {
    _K.DECLINED: ("In words", "Needed where no reason of the list fits", True),
    _K.INFORMATION: ("What exactly", "", True),
    _K.APPOINTMENT: ("Note", "Such as what to bring", True),
    _K.VISIT_CANCELED: ("Why it is canceled", "", False),
    _K.OUTCOME: ("Diagnosis, plan, procedure, follow-up", "", True),
    _K.PATIENT_TOLD: ("How", "Such as by phone, spoke with her daughter", True),
}
"""What the words are called for a kind: label, hint, and whether they can be left out."""
ORDER = (
    "act", "reason", "asked", "due", "theirs", "unbooked", "start", "time", "location_id", "interpreter_booked",
    "outcome", "words", "on", "attachments",
)  # fmt: skip
"""The fields as they stand below one another."""
UNBOOKED = "It was not booked here: put it into the calendar as a visit that has passed"
ON = {_K.PATIENT_TOLD: "Day on which the patient was told", _K.APPOINTMENT: "Day on which the office said so"}
INFERRED = "Will be filled in before it, because it is not on record: {}."


class ReplyFields(QWidget):
    """`changed` when something else is chosen."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make them empty; `show_request` says what can be recorded."""
        super().__init__()
        self.setObjectName("replyFields")
        self._request: RequestRecord | None = None
        self.kind = Radios("replyKind", ReplyKind)
        self.reason = Radios("replyReason", DeclineReason)
        self.outcome = Radios("replyOutcome", VisitOutcome)
        self.asked, self.visit = AskedFields("replyAsked"), VisitFields()
        self.unbooked = QCheckBox(UNBOOKED)
        self.unbooked.setObjectName("replyUnbooked")
        self.theirs = LineEdit("replyTheirs", chars=20)
        self.due, self.on = LineEdit("replyDue", chars=20), LineEdit("replyOn", chars=20)
        self.words, self.scan = TextArea("replyWords", rows=3), ScanLine(desk, "replyScan")
        self.skipped = Advice("info", "replySkipped")
        self.blocks: dict[str, Field] = {
            "act": Field("What came", self.kind),
            "reason": Field("Declined, because", self.reason),
            "asked": Field("Asked for", self.asked, optional=True),
            "theirs": Field(
                "Their number for it", self.theirs, "As the surgeon’s office files it", optional=True
            ),
            "due": Field("To be answered by", self.due, optional=True),
            "unbooked": Field("The visit", self.unbooked, optional=True),
            **self.visit.blocks,
            "outcome": Field("What came of the visit", self.outcome),
            "words": Field("Note", self.words, optional=True),
            "on": Field("Day on which it happened", self.on),
            "attachments": Field("Scan", self.scan, "It stays with the referral", optional=True),
        }
        lines = column(spacing=16)
        self._fill(lines)
        self.setLayout(lines)
        self.kind.changed.connect(self._follow)
        self.unbooked.toggled.connect(self._follow)
        Echo(self.blocks["due"], dates.read_coming, typed_day.coming_hint())
        Echo(self.blocks["on"], dates.read_happened, typed_day.happened_hint())

    def _fill(self, lines: QVBoxLayout) -> None:
        blocks = self.blocks
        self._when = Beside(blocks["start"], blocks["time"])
        for name in ("act", "reason", "asked", "due", "theirs", "unbooked"):
            lines.addWidget(blocks[name])
        lines.addWidget(self._when)
        lines.addWidget(self.visit.unusual)
        for name in ("location_id", "interpreter_booked", "outcome", "words", "on", "attachments"):
            lines.addWidget(blocks[name])
        lines.addWidget(self.skipped)

    def show_request(self, request: RequestRecord, places: Any, asked_place: str, interpreter: str) -> None:
        """Offer what can be recorded where a request stands."""
        self._request = request
        offered = replies.possible(request)
        for value, button in self.kind.buttons.items():
            button.setVisible(value in offered)
        if self.kind.value() not in offered:
            self.kind.set_value(str(offered[0]) if len(offered) == 1 else "")
        self.on.setText(dates.say(date.today()))
        self.unbooked.setChecked(False)
        self.visit.offer(places, asked_place, interpreter)
        self.scan.about(request.referral_id)
        self._follow()

    def take_focus(self) -> None:
        """Put the focus on what came: the first that is offered, where nothing is chosen."""
        fields.go_to(fields.first(self.kind))

    def go_on(self, last: QPushButton) -> None:
        """Put the focus into the next field, at last on the button that records."""
        if self.kind.isAncestorOf(QApplication.focusWidget() or self) and self.chosen() is None:
            self.blocks["act"].set_error("Choose what came: with the arrows, or with Space.")
        else:
            next_field.go_on((self.blocks[name] for name in ORDER), last)

    def chosen(self) -> ReplyKind | None:
        """Return what came, None while that is not chosen."""
        value = self.kind.value()
        return ReplyKind(value) if value else None

    def read(self) -> tuple[Reply | None, dict[str, str]]:
        """Return the reply, None where something cannot be read, and what is wrong by field."""
        problems: dict[str, str] = {}
        kind = self.chosen()
        if kind is None:
            return None, {"act": "Choose what came."}
        asks, due = kind is ReplyKind.INFORMATION, None
        if asks:
            due = typed_day.read(self.due.text(), "due", problems, as_=dates.read_coming)
        visit = self._visit(kind, problems)
        if self._is_of_visit(kind):
            on = visit.start.date() if visit else None
        else:
            empty = "Enter the day on which it happened."
            on = typed_day.read(self.on.text(), "on", problems, as_=dates.read_happened, empty=empty)
        if self.scan.is_reading:
            problems["attachments"] = "Wait until the scan is read."
        if problems or on is None:
            return None, problems
        reason, outcome = self.reason.value(), self.outcome.value()
        return Reply(
            kind, on, self._said(kind),
            DeclineReason(reason) if kind is ReplyKind.DECLINED and reason else None,
            VisitOutcome(outcome) if kind is ReplyKind.OUTCOME and outcome else None,
            self.asked.paths() if asks else (), due, visit, self.scan.attachment_id(),
            self.theirs.text() if kind in SHOWN["theirs"] else "",
            self.visit.unusual.confirmed(),
        ), {}  # fmt: skip

    def _visit(self, kind: ReplyKind, problems: dict[str, str]) -> Visit | None:
        """Return the visit that is given, or that has passed and was not booked here."""
        if kind is ReplyKind.APPOINTMENT:
            return self.visit.read(problems)
        return self.visit.read_past(problems) if self._has_passed(kind) else None

    def _has_passed(self, kind: ReplyKind | None) -> bool:
        return kind in replies.TOOK_PLACE and self.unbooked.isChecked()

    def _is_of_visit(self, kind: ReplyKind | None) -> bool:
        """Tell whether what came happened on the day of the visit, which is entered there; an outcome comes later."""
        return self._has_passed(kind) and kind is not ReplyKind.OUTCOME

    def _said(self, kind: ReplyKind) -> str:
        words = self.words.toPlainText().strip()
        listed = self.asked.words() if kind is ReplyKind.INFORMATION else ""
        return ". ".join(part for part in (listed, words) if part)

    def _follow(self) -> None:
        """Show the fields of what is chosen, and which steps would be taken for granted."""
        kind = self.chosen()
        for name, kinds in SHOWN.items():
            self.blocks[name].setVisible(kind in kinds)
        passed = self._has_passed(kind)
        for name in ("start", "time", "location_id"):
            self.blocks[name].setVisible(kind is ReplyKind.APPOINTMENT or passed)
        self.blocks["time"].set_label("Time, where it is known" if passed else "Time", passed)
        self._when.setVisible(kind is ReplyKind.APPOINTMENT or passed)
        self.visit.follow(kind is ReplyKind.APPOINTMENT)
        label, hint, optional = WORDS.get(kind, ("Note", "", True)) if kind else ("Note", "", True)
        self.blocks["words"].set_label(label, optional)
        self.blocks["words"].set_hint(hint)
        self.blocks["on"].set_label(ON.get(kind, "Day on which it happened") if kind else "Day")
        for name in ("words", "on", "attachments"):
            self.blocks[name].setVisible(kind is not None)
        if self._is_of_visit(kind):
            self.blocks["on"].hide()
        taken = replies.skipped(self._request, kind) if self._request and kind else ()
        self.skipped.say(INFERRED.format(", ".join(taken)) if taken else "")
        self.changed.emit()
