"""The page of the Headache Center, where the Center itself uses this installation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical.requirements import Requirement
from referral_app.clinical.thresholds import Own
from referral_app.database import Database
from referral_app.services import center, center_requirements, thresholds
from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
from referral_app.services.errors import InvalidInput
from referral_app.ui import fields
from referral_app.ui.desk import Desk
from referral_app.ui.office import experts, trials
from referral_app.ui.office.center_form import CenterForm
from referral_app.ui.office.figures_card import FiguresCard
from referral_app.ui.office.layout import ask_to_save, lay_out
from referral_app.ui.office.requirements_card import RequirementsCard
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.errors import ErrorSummary

Facts = tuple[CenterRecord, list[ExpertRecord], list[TrialRecord], tuple[Requirement, ...], Own]


class CenterPage(QWidget):
    """The Center: how it is reached, experts, trials, what it asks for, its figures; Save writes all in one go."""

    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("centerPage")
        self._desk = desk
        self.form, self.experts, self.trials = CenterForm(), experts.entries(), trials.entries(desk)
        self.requirements, self.figures = RequirementsCard(), FiguresCard()
        self._shown = self._typed()
        self._errors = ErrorSummary("centerErrors")
        save = buttons.primary("Save the Center", "centerSave", "check")
        save.setShortcut("Ctrl+S")
        save.clicked.connect(self.save)
        self._errors.chosen.connect(self._go_to)
        hint = labels.muted("Packets and the directory take it from here.")
        parts = [
            hint,
            self._errors,
            *self.form.cards,
            self.requirements,
            self.figures,
            self.experts,
            self.trials,
        ]
        lay_out(self, "Headache Center", save, parts, "centerPageArea")

    def reload(self) -> None:
        """Read the Center anew, unless something was typed and not saved."""
        if not self._changed():
            db = self._desk.db
            self._desk.background.run(self, lambda: _read(db), self._loaded)

    def save(self) -> None:
        """Write Center, experts, trials, requirements and figures, or say what is wrong."""
        facts, db = self._typed(), self._desk.db
        if wrong := self.requirements.read()[1] | self.figures.read()[1]:
            self._show_errors(wrong)
            return

        def work() -> Facts:
            with db.begin() as session:
                center.save(session, facts[0])
                center.replace_experts(session, facts[1])
                center.replace_trials(session, facts[2])
                center_requirements.save_defaults(session, facts[3])
                thresholds.save_of_center(session, facts[4])
            return facts

        self._desk.background.run(self, work, self._stored, self._refused)

    def can_leave(self) -> bool:
        """Ask before what was typed is left unsaved."""
        if self._changed():
            ask_to_save(self, "the Center", "Packets and the directory use what is saved.", self.save)
            return False
        return True

    def _typed(self) -> Facts:
        asked, figures = self.requirements.read()[0], self.figures.read()[0]
        return self.form.read(), list(self.experts.records), list(self.trials.records), asked, figures

    def _changed(self) -> bool:
        return self._typed() != self._shown or bool(self.requirements.read()[1] | self.figures.read()[1])

    def _loaded(self, facts: Facts) -> None:
        """Show what was read, but for what somebody began to type in the meantime."""
        if not self._changed():
            self._show(facts)

    def _show(self, facts: Facts) -> None:
        self.form.fill(facts[0])
        self.experts.show_records(facts[1])
        self.trials.show_records(facts[2])
        self.requirements.show_requirements(facts[3])
        self.figures.show_own(facts[4])
        self._shown = self._typed()

    def _stored(self, facts: Facts) -> None:
        """Take back the errors; what was typed while it was stored stays and is not saved yet."""
        self._show_errors({})
        self._shown = facts
        self.saved.emit()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self._show_errors(error.fields)

    def _show_errors(self, errors: dict[str, str]) -> None:
        fields.show_errors(self.form.blocks, errors)
        self.requirements.show_errors(errors)
        self.figures.show_errors(errors)
        self._errors.show_errors(errors)

    def _go_to(self, name: str) -> None:
        lists = {"experts": self.experts, "trials": self.trials}
        rule = self.requirements.widget(name) or self.figures.widget(name)
        fields.go_to(rule or lists.get(name.partition("[")[0]) or self.form.widgets[name])


def _read(db: Database) -> Facts:
    with db.read() as session:
        asked = center_requirements.defaults(session)
        figures = thresholds.of_center(session)
        return center.get(session), center.experts(session), center.trials(session), asked, figures
