"""What a report counts: period, practice and surgeon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.services.errors import InvalidInput
from referral_app.services.reports import Wanted
from referral_app.ui import lookups
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field, show_errors
from referral_app.ui.reports import period
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit
from referral_app.ui.widgets.lookup import Lookup


class Filters(QWidget):
    """The filter above the reports; `wanted` says that they are to be counted, `changed` that it asks for others."""

    wanted = Signal()
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it, of the last 12 months and of all in view."""
        super().__init__()
        self.period = ChoiceBox("reportPeriod", period.PERIODS, empty=None)
        self.practice = ChoiceBox("reportPractice", [], empty="All practices in view")
        self.surgeon = Lookup(
            "reportSurgeon", "Surgeon", "Any surgeon: type a name to choose one", "surgeons"
        )
        self.surgeon.pick.look = lookups.surgeons(desk, self)
        self.since, self.until = LineEdit("reportSince", chars=18), LineEdit("reportUntil", chars=18)
        self.count = buttons.primary("Count", "countReports", "check")
        self._blocks = {
            "period": Field("Sent in", self.period),
            "practice": Field("Practice", self.practice, optional=True),
            "surgeon": Field("Surgeon", self.surgeon, optional=True),
            "since": Field("From", self.since),
            "until": Field("To", self.until),
        }
        self._days = QWidget()
        self._days.setLayout(row(self._blocks["since"], self._blocks["until"], None, spacing=12))
        self._days.hide()
        lines = column(spacing=8)
        top = row(self._blocks["period"], self._blocks["practice"], None, self.count, spacing=12, bottom=True)
        lines.addLayout(top)
        lines.addWidget(self._days)
        lines.addWidget(self._blocks["surgeon"])
        self.setLayout(lines)
        self.period.currentIndexChanged.connect(self._chosen)
        self.count.clicked.connect(self.wanted)
        for one in (self.since, self.until):
            one.returnPressed.connect(self.wanted)
            one.textChanged.connect(self.changed)
        self.practice.currentIndexChanged.connect(self.changed)
        self.surgeon.changed.connect(self.changed)

    def offer_practices(self, names: Sequence[tuple[str, str]]) -> None:
        """Offer practices; where there is none to choose, the line is not there."""
        kept = self.practice.value()
        self.practice.set_options(list(names), empty="All practices in view")
        self.practice.set_value(kept)
        self._blocks["practice"].setVisible(len(names) > 1)

    def read(self, today: date | None = None) -> Wanted | None:
        """Return what is asked for; None with the sentence beside its field where it cannot be."""
        show_errors(self._blocks, {})
        today = today or date.today()
        try:
            since, until = self._read_days(today)
        except InvalidInput as problem:
            show_errors(self._blocks, problem.fields)
            return None
        hit, practice = self.surgeon.hit(), self.practice.value()
        return Wanted(
            since, until, practice, hit.id if hit else "", self.practice.currentText() if practice else "",
            hit.title if hit else "",
        )  # fmt: skip

    def asked(self) -> tuple[str, ...]:
        """Return what is asked for as it stands in the fields, to tell whether it is still what was counted."""
        hit, period_ = self.surgeon.hit(), self.period.value()
        days = (self.since.text(), self.until.text()) if period_ == period.OTHER else ()
        return period_, self.practice.value(), hit.id if hit else "", *days

    def show_problem(self, errors: dict[str, str]) -> None:
        """Show what a service says beside its field."""
        show_errors(self._blocks, errors)

    def _read_days(self, today: date) -> tuple[date, date]:
        if self.period.value() != period.OTHER:
            return period.days(self.period.value(), today)
        found: dict[str, date] = {}
        errors: dict[str, str] = {}
        for name, line in (("since", self.since), ("until", self.until)):
            try:
                found[name] = dates.read_date(line.text(), today)
            except ValueError as error:
                errors[name] = str(error)
        if not errors and found["until"] < found["since"]:
            errors["until"] = "The period ends before it begins. Choose a later end."
        if errors:
            raise InvalidInput(errors)
        return found["since"], found["until"]

    def _chosen(self) -> None:
        self._days.setVisible(self.period.value() == period.OTHER)
        self.changed.emit()
