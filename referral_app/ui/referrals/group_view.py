"""The fields of one group of the intake, with the groups inside it, built from the declaration."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from referral_app.clinical.fields import Field, Kind, Values
from referral_app.ui import theme
from referral_app.ui.chores import Chores
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.flow import LinesLayout
from referral_app.ui.widgets import labels

Make = Callable[[Field, str], QWidget]
"""Makes the view of one field at its path: a FieldView, or a view of its own for tables and the like."""

BESIDE = frozenset({
    "patient.given_name", "patient.suffix", "patient.name_own_script", "patient.phone_alt",
    "patient.interpreter_language", "patient.support_person.relation", "patient.support_person.phone",
    "patient.legal_representative.relation", "patient.legal_representative.phone",
    "patient.address.line2", "patient.address.city", "patient.address.state",
    "coverage.payer", "coverage.member_id", "coverage.group", "coverage.subscriber.date_of_birth",
    "coverage.subscriber.relation", "coverage.injury_date", "coverage.authorization.number",
    "coverage.authorization.to", "coverage.authorization.visits",
    "referrer.fax", "referrer.callback_phone", "referrer.address.line2", "referrer.address.city",
    "referrer.address.state", "diagnosis.confirmed_on", "diagnosis.onset_event",
    "pain.average", "pain.now", "last_30_days.migraine_days", "last_30_days.hours_per_headache_day",
    "last_30_days.triptan_days", "last_30_days.ergot_days", "last_30_days.combination_days",
    "last_30_days.diary_to", "exam.bp_diastolic",
    "treatments.class", "treatments.unit", "treatments.weeks_at_target", "treatments.stopped",
    "treatments.effect", "injections.site", "injections.date", "injections.units", "injections.pain_after",
    "injections.relief_hours", "imaging.region", "imaging.result", "labs.crp_mg_l", "scores.midas_date",
    "scores.hit6", "scores.phq9", "safety.allergies.reaction", "safety.medications.dose",
    "safety.medications.frequency", "safety.blood_thinner_prescriber", "safety.weight_kg",
    "safety.diabetes", "safety.anesthesia_problem", "exam.allodynia", "exam.trigger_point",
    "attachments.date", "attachments.pages", "red_flags.attested_at",
})  # fmt: skip
"""The fields that belong beside the one before; all others have a line of their own."""


AT_ONCE = 4
"""How many fields are built before keys and paints get their turn."""


def plain(path: str) -> str:
    """Return a path without its row numbers."""
    return "".join(part.split("]")[-1] if "]" in part else part for part in path.split("["))


class Fields(QWidget):
    """The fields of a group below each other, those that do not apply hidden."""

    def __init__(
        self, fields: tuple[Field, ...], prefix: str, draft: Draft, make: Make, chores: Chores | None = None
    ) -> None:
        """Build a view for each field; `prefix` is the path of the group with its dot.

        With `chores` only the first fields are built now.
        """
        super().__init__()
        self._draft, self._prefix = draft, prefix
        self._conditional: list[tuple[Field, QWidget]] = []
        self.groups: list[Fields] = []
        self.views: list[QWidget] = []
        self._lines = LinesLayout(self)
        for number in range(0, len(fields), AT_ONCE if chores else len(fields)):
            build = partial(self._add_some, fields[number : number + AT_ONCE] if chores else fields, make)
            if chores and number:
                chores.add(build)
            else:
                build()

    def _add_some(self, fields: tuple[Field, ...], make: Make) -> None:
        for field in fields:
            self._add(field, make)

    def _add(self, field: Field, make: Make) -> None:
        path = self._prefix + field.name
        if field.kind is Kind.GROUP:
            view: QWidget = self._group(field, path, make)
        else:
            view = make(field, path)
            self.views.append(view)
        if field.when is not None:
            self._conditional.append((field, view))
            if not self._draft.applies(field, self._row()):
                view.hide()
        self._lines.add(view, plain(path) in BESIDE)

    def _group(self, field: Field, path: str, make: Make) -> QWidget:
        inner = Fields(field.fields, f"{path}.", self._draft, make)
        self.groups.append(inner)
        frame = QFrame()
        frame.setAccessibleName(field.label)
        column = QVBoxLayout(frame)
        theme.scale(column, margins=(0, 8, 0, 0), spacing=10)
        column.addWidget(labels.strong(field.label))
        column.addWidget(inner)
        return frame

    def refresh(self) -> None:
        """Show the fields whose condition holds, hide the others."""
        for field, view in self._conditional:
            wanted = self._draft.applies(field, self._row())
            if view.isHidden() == wanted:
                view.setVisible(wanted)
        for group in self.groups:
            group.refresh()

    def _row(self) -> Values:
        row = self._draft.get(self._prefix.rstrip("."))
        return row if isinstance(row, dict) else {}  # pyright: ignore[reportUnknownVariableType]

    def load(self) -> None:
        """Show what the draft holds now."""
        for view in self.views:
            if isinstance(view, FieldView):
                view.load()
        for group in self.groups:
            group.load()
        self.refresh()
