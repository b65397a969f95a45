"""One visit: booked anew, changed, or entered as it happened where its paper comes late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.choices import LANGUAGES, AppointmentKind
from referral_app.clinical import clock, dates
from referral_app.clinical.fields import given
from referral_app.database import Database, Session
from referral_app.services import referrals, surgeons, visit_acts, visit_rules
from referral_app.services.appointment_records import AppointmentRecord, Visit
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.surgeon_records import Placement
from referral_app.ui import transaction, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.typed_day import Echo
from referral_app.ui.unusual import Unusual
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.beside import Beside
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, Radios, TextArea

TIME_HINT = f"Such as {clock.EXAMPLE}"
NOWHERE = "Not known yet"
CAME, MISSED = "came", "missed"
HAPPENED = (("", "Choose…"), (CAME, "The patient came"), (MISSED, "The patient did not come"))


@dataclass(frozen=True)
class Offered:
    """What a visit is entered with: the places of the surgeon, the one of the request, and who needs an interpreter."""

    reference: str
    surgeon: str
    places: Sequence[Placement] = ()
    asked_place: str = ""
    interpreter: str = ""
    patient: str = ""

    @property
    def place(self) -> str:
        """The id of the location that is meant where nobody chooses one."""
        known = list(dict.fromkeys(one.location.id for one in self.places))
        if self.asked_place in known:
            return self.asked_place
        return known[0] if len(known) == 1 else ""


class VisitDialog(Framed):
    """`stored(record)` when it is kept."""

    stored = Signal(object)

    def __init__(
        self,
        desk: Desk,
        offered: Offered,
        parent: QWidget,
        visit: AppointmentRecord | None = None,
        kind: AppointmentKind = AppointmentKind.CONSULT,
    ) -> None:
        """Show a visit that is changed, or an empty one of a kind."""
        title = "Change the visit" if visit else "Book a visit"
        with_whom = f"With {visit.surgeon if visit else offered.surgeon}"
        whose = f"{offered.patient}. {with_whom}" if offered.patient else with_whom
        super().__init__(parent, "visitDialog", title, whose)
        self._desk, self._offered, self._visit = desk, offered, visit
        self.kind = Radios("visitKind", AppointmentKind)
        self.day = LineEdit("visitDay", chars=26)  # its hint stands in one line, level with that of the time
        self.time = LineEdit("visitTime", chars=10)
        self.minutes = LineEdit("visitMinutes", chars=4)
        places = {one.location.id: where(one) for one in offered.places}
        if visit and visit.location_id:  # the surgeon may not be there any more
            places.setdefault(visit.location_id, visit.location)
        self.place = ChoiceBox("visitPlace", places.items(), empty=NOWHERE)
        self.interpreter = QCheckBox("An interpreter is booked")
        self.interpreter.setObjectName("visitInterpreter")
        self.note = TextArea("visitNote", rows=2)
        self.happened = ChoiceBox("visitHappened", HAPPENED[1:], empty=HAPPENED[0][1])
        self.why = LineEdit("visitWhy", chars=40)
        self.unusual = Unusual("visit")
        self.save_button = buttons.primary("Save the visit", "visitSave", "save")
        self._fill(kind)
        self._build()

    def show_day(self, day: date) -> None:
        """Propose a day."""
        self.day.setText(dates.say(day))
        self._say_day()

    def save(self) -> None:
        """Keep the visit, or say what is wrong."""
        visit, problems = self._read()
        self.show_errors(problems)
        if visit is None:
            return
        self.save_button.setEnabled(False)
        transaction.write(self._desk, self, self._act(visit), self._kept, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused; a time that must be confirmed asks for that."""
        self.save_button.setEnabled(True)
        if not self.unusual.takes(error, self._when()):
            super().failed(error)

    def _act(self, visit: Visit) -> Any:
        confirmed = self.unusual.confirmed()
        if self._visit is not None:
            return partial(
                visit_acts.move, appointment_id=self._visit.id, visit=visit, version=self._visit.version,
                why=self.why.text(), confirmed=confirmed,
            )  # fmt: skip
        reference = self._offered.reference
        if self._has_passed():
            return partial(
                visit_acts.enter_past, reference=reference, visit=visit, came=self.happened.value() == CAME
            )
        return partial(visit_acts.book, reference=reference, visit=visit, confirmed=confirmed)

    def _kept(self, record: AppointmentRecord) -> None:
        self.stored.emit(record)
        self.accept()

    def _fill(self, kind: AppointmentKind) -> None:
        visit = self._visit
        self.kind.set_value(str(visit.kind if visit else kind))
        self.minutes.setText(str(visit.arrive_minutes_before if visit else 15))
        self.place.set_value(visit.location_id if visit else self._offered.place)
        if visit is not None:
            self.day.setText(dates.say(visit.day))
            self.time.setText(clock.say(visit.start))
            self.interpreter.setChecked(visit.interpreter_booked)
            self.note.setPlainText(visit.note)

    def _build(self) -> None:
        self.blocks = {
            "kind": Field("What for", self.kind),
            "start": Field("Day", self.day, typed_day.coming_hint()),
            "time": Field("Time", self.time, TIME_HINT),
            "arrive_minutes_before": Field("Come so many minutes before", self.minutes),
            "location_id": Field("Where", self.place, "Times are those of this place", optional=True),
            "interpreter_booked": Field(
                "Interpreter", self.interpreter, self._offered.interpreter, optional=True
            ),
            "note": Field("Note for the office", self.note, "It is not printed", optional=True),
            "happened": Field("This day has passed. What came of the visit?", self.happened),
            "why": Field("Why it is moved", self.why, "It stays with the old time", optional=True),
        }
        self.body.addWidget(self.blocks["kind"])
        self.body.addWidget(Beside(self.blocks["start"], self.blocks["time"]))
        for part in (self.unusual, self.blocks["happened"], self.blocks["why"]):
            self.body.addWidget(part)
        for name in ("arrive_minutes_before", "location_id", "interpreter_booked", "note"):
            self.body.addWidget(self.blocks[name])
        self.blocks["happened"].hide()
        self.blocks["why"].setVisible(self._visit is not None)
        cancel = buttons.outlined("Cancel", "visitCancel")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        Echo(self.blocks["start"], dates.read_coming, typed_day.coming_hint())
        self.day.editingFinished.connect(self._say_day)
        self.time.editingFinished.connect(self._say_time)
        self.lay_out((620, 0), None, cancel, self.save_button)
        self._say_day()
        self.day.setFocus()

    def _say_day(self) -> None:
        """Ask what came of a day that has passed, and about what is unusual."""
        day = self._day()
        passed = self._has_passed()
        self.blocks["happened"].setVisible(passed)
        same = self._visit is not None and day == self._visit.day
        self.unusual.ask(visit_rules.unusual(day) if day and not (passed or same) else "", self._when())

    def _when(self) -> tuple[str, str, str]:
        """Return when and where the visit is, as far as it is typed."""
        return self.day.text(), self.time.text(), self.place.value()

    def _day(self) -> date | None:
        try:
            return dates.read_coming(self.day.text())
        except ValueError:
            return None

    def _has_passed(self) -> bool:
        """Tell whether a visit that is entered anew was before today."""
        day = self._day()
        return self._visit is None and day is not None and day < date.today()

    def _say_time(self) -> None:
        try:
            self.time.setText(clock.say(clock.read(self.time.text())))
        except ValueError:
            return
        self._say_day()

    def _read(self) -> tuple[Visit | None, dict[str, str]]:
        """Return the visit, None where something cannot be read, and what is wrong by field."""
        problems: dict[str, str] = {}
        day = _typed(dates.read_coming, self.day.text(), "start", "Enter the day.", problems)
        time = _typed(clock.read, self.time.text(), "time", "Enter the time.", problems)
        minutes = self.minutes.text().strip()
        if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 4):
            problems["arrive_minutes_before"] = f"Enter minutes from 0 to {visit_rules.MOST_MINUTES}."
        if self._has_passed() and not self.happened.value():
            problems["happened"] = "Choose what came of the visit, or enter a later day."
        if problems:
            return None, problems
        return Visit(
            AppointmentKind(self.kind.value()), datetime.combine(day, time), self.place.value(),
            self._visit.surgeon_id if self._visit else "", int(minutes), self.interpreter.isChecked(),
            self.note.toPlainText().strip(),
        ), {}  # fmt: skip


def read_offered(db: Database, reference: str) -> Offered:
    """Return what a visit of a referral is entered with; raises NotFound, InvalidInput, Denied."""
    with db.read() as session:
        return offered(session, referrals.get(session, reference))


def offered(session: Session, referral: ReferralRecord) -> Offered:
    """Return what a visit of an open referral is entered with."""
    surgeon = surgeons.find_by(session, referral.surgeon_id) if referral.surgeon_id else None
    return Offered(
        referral.reference, surgeon.name if surgeon else "no surgeon yet", surgeon.placements if surgeon else (),
        str(given(referral.intake, "request.location") or ""), _interpreter(referral), referral.patient,
    )  # fmt: skip


def _interpreter(referral: ReferralRecord) -> str:
    if given(referral.intake, "patient.interpreter_needed") is not True:
        return ""
    code = given(referral.intake, "patient.interpreter_language")
    return f"The patient needs one: {LANGUAGES.get(str(code), 'language not named')}"


def _typed(read: Any, text: str, name: str, empty: str, problems: dict[str, str]) -> Any:
    """Return what was typed, or put down beside `name` why it cannot be read."""
    if not text.strip():
        problems[name] = empty
        return None
    try:
        return read(text)
    except ValueError as error:
        problems[name] = str(error)
        return None


def where(place: Placement) -> str:
    """Return a location as it is chosen: its name and its town."""
    at = place.location
    town = ", ".join(part for part in (at.city, at.state) if part)
    return " – ".join(part for part in (at.name or at.line1, town) if part)
