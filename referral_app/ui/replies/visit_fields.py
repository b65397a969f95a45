"""The appointment on a response form: day, time, place, interpreter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from PySide6.QtWidgets import QCheckBox

from referral_app.choices import AppointmentKind
from referral_app.clinical import clock, dates
from referral_app.services import visit_rules
from referral_app.services.appointments import Visit
from referral_app.services.surgeon_records import Placement
from referral_app.ui import typed_day
from referral_app.ui.fields import Field
from referral_app.ui.unusual import Unusual
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

NOON, NO_HOUR = time(12), "The hour is not known; noon stands for it"
TIME_HINT = f"Such as {clock.EXAMPLE}"
TIME_NEXT = "Enter the day alone here; the time goes in the next field."


class VisitFields:
    """The blocks of an appointment by the names that services refuse them by."""

    def __init__(self) -> None:
        """Make them empty."""
        self.day, self.time = LineEdit("replyVisitDay", chars=20), LineEdit("replyVisitTime", chars=10)
        self.place = ChoiceBox("replyVisitPlace", (), empty="Not known yet")
        self.interpreter = QCheckBox("An interpreter is booked")
        self.interpreter.setObjectName("replyVisitInterpreter")
        self.unusual = Unusual("replyVisit")
        self._is_given = False
        self.blocks = {
            "start": Field("Day of the visit", self.day, typed_day.coming_hint()),
            "time": Field("Time", self.time, TIME_HINT),
            "location_id": Field("Where", self.place, "Times are those of this place", optional=True),
            "interpreter_booked": Field("Interpreter", self.interpreter, optional=True),
        }
        self.day.textChanged.connect(self._say_weekday)
        self.day.editingFinished.connect(self._say_day)
        self.time.editingFinished.connect(self._say_time)

    def offer(self, places: Sequence[Placement], asked: str, interpreter: str) -> None:
        """Offer the places of the surgeon, with the one that was asked for chosen."""
        ids = [one.location.id for one in places]
        self.place.set_options([(one.location.id, _where(one)) for one in places], "Not known yet")
        self.place.set_value(asked if asked in ids else ids[0] if len(ids) == 1 else "")
        self.blocks["interpreter_booked"].set_hint(interpreter)

    def follow(self, is_given: bool) -> None:
        """Ask about an unusual day where the visit is one that is given, not one that has passed."""
        self._is_given = is_given
        self._say_weekday()
        self._say_day()

    def when(self) -> tuple[str, str, str]:
        """Return when and where the visit is, as far as it is typed."""
        return self.day.text(), self.time.text(), self.place.value()

    def read(self, problems: dict[str, str]) -> Visit | None:
        """Return the visit, None where something cannot be read, which is put down by field."""
        start: datetime | None = None
        try:
            day, time = self._read_day(self.day.text()), clock.read(self.time.text())
            start = datetime.combine(day, time)
        except ValueError:
            self._say_problems(problems)
        if start is None:
            return None
        return Visit(
            AppointmentKind.CONSULT,
            start,
            self.place.value(),
            interpreter_booked=self.interpreter.isChecked(),
        )

    def read_past(self, problems: dict[str, str]) -> Visit | None:
        """Return a visit that has passed, of which the hour may not be known, as `read`."""
        if self.time.text().strip():
            return self.read(problems)
        try:
            day = self._read_day(self.day.text())
        except ValueError:
            self._say_problems(problems)
            problems.pop("time", None)
            return None
        return Visit(AppointmentKind.CONSULT, datetime.combine(day, NOON), self.place.value(), note=NO_HOUR)

    def _say_problems(self, problems: dict[str, str]) -> None:
        for name, line, read, empty in (
            ("start", self.day, self._read_day, "Enter the day of the visit."),
            ("time", self.time, clock.read, "Enter the time of the visit."),
        ):
            try:
                read(line.text())
            except ValueError as error:
                problems[name] = str(error) if line.text().strip() else empty

    def _read_day(self, text: str) -> date:
        read = dates.read_coming if self._is_given else dates.read_happened
        try:
            return read(text)
        except ValueError:
            if typed_day.has_time(text, read):
                raise ValueError(TIME_NEXT) from None
            raise

    def _day(self) -> date | None:
        try:
            return self._read_day(self.day.text())
        except ValueError:
            return None

    def _say_weekday(self) -> None:
        """Say at each key which day is meant, by which slips are noticed."""
        hint = typed_day.coming_hint() if self._is_given else typed_day.happened_hint()
        day = self._day()
        self.blocks["start"].set_hint(typed_day.say(day) if day else hint)

    def _say_day(self) -> None:
        """Say what is unusual about the day."""
        day = self._day()
        self.unusual.ask(visit_rules.unusual(day) if day and self._is_given else "", self.when())

    def _say_time(self) -> None:
        try:
            self.time.setText(clock.say(clock.read(self.time.text())))
        except ValueError:
            return
        self._say_day()


def _where(place: Placement) -> str:
    at = place.location
    town = ", ".join(part for part in (at.city, at.state) if part)
    return " – ".join(part for part in (at.name or at.line1, town) if part)
