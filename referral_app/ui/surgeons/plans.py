"""The insurance plans of a surgeon in the form, each with the day on which that was verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.ui import tab_order, theme
from referral_app.ui.fields import Field
from referral_app.ui.surgeons import entry
from referral_app.ui.surgeons.picker import TakingLine
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

ADD = "Add a plan"


class _Dated(Field):
    """The day below a plan's name: it may stay empty, and its label is the plan alone."""

    def set_error(self, sentence: str) -> None:
        """Show an error; a screen reader is told what to type, not that anything is required."""
        super().set_error(sentence)
        self.widget.setAccessibleDescription(
            f"Error: {sentence}" if sentence else "Optional. Such as 3/27/2026, or today"
        )


class PlanBlock(QWidget):
    """One plan: its name above the day, and a way to remove it."""

    removed = Signal(object)

    def __init__(self, at: int, plan: str, day: date | None) -> None:
        """Show a plan."""
        super().__init__()
        self.plan = plan
        self.line = LineEdit(f"plan{at}Verified", f"{plan}: in network, verified on", chars=16)
        self.line.setText(entry.said(day))
        self.field = _Dated(plan, self.line)
        remove = buttons.tool("close", f"Remove {plan}", f"plan{at}Remove")
        remove.clicked.connect(self._remove)
        lines = column(spacing=0)
        lines.addLayout(row(self.field, remove, spacing=4, bottom=True))
        self.setLayout(lines)

    def _remove(self) -> None:
        self.removed.emit(self)


class Plans(QWidget):
    """All plans, a list to choose more from, and a line for one that is not in it."""

    changed = Signal()

    def __init__(self, offered: Sequence[str]) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("plans")
        self._offered, self._count = offered, 0
        self.items: list[PlanBlock] = []
        self._flow = Flow(16, lines=12)
        self.box = ChoiceBox("plansAdd", (), says=ADD)
        theme.scale(self.box, min_width=180)
        self.line = TakingLine("plansNew", says="Another plan", chars=22)
        self.line.setPlaceholderText("Another plan")
        self.add_button = buttons.outlined("Add", "plansAddNew")
        self.add_button.setAccessibleName("Add this plan")
        lines = column(spacing=12)
        lines.addWidget(self._flow)
        lines.addLayout(row(self.box, self.line, self.add_button, None))
        self.setLayout(lines)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._choose)
        self.line.entered.connect(self._add_typed)
        self.add_button.clicked.connect(self._add_typed)
        self._offer()

    def values(self) -> tuple[str, ...]:
        """Return the plans in their order; one still in the line counts."""
        names = [one.plan for one in self.items]
        typed = self.line.text().strip()
        return tuple(sorted([*names, *([typed] if typed and typed not in names else [])]))

    def verified(self, problems: dict[str, str]) -> tuple[tuple[str, date], ...]:
        """Return since when plans are verified; what cannot be read is added to the problems."""
        found: list[tuple[str, date]] = []
        for one in self.items:
            path = f"plans_verified[{one.plan}]"
            if day := entry.try_read(entry.day, one.line.text().strip(), path, problems):
                found.append((one.plan, day))
        return tuple(sorted(found))

    def set_values(self, plans: Iterable[str], verified: Mapping[str, date] | None = None) -> None:
        """Show these."""
        self._flow.clear()
        self.items.clear()
        for plan in plans:
            self._add(plan, (verified or {}).get(plan))

    def blocks(self) -> dict[str, Field]:
        """Return the fields by path."""
        return {f"plans_verified[{one.plan}]": one.field for one in self.items}

    def tab_stops(self) -> list[QWidget]:
        """Return what the Tab key stops at."""
        inside = [stop for one in self.items for stop in tab_order.stops(one)]
        return [*inside, self.box, self.line, self.add_button]

    def _add(self, plan: str, day: date | None = None) -> None:
        if plan in [one.plan for one in self.items]:
            return
        made = PlanBlock(self._count, plan, day)
        self._count += 1
        made.removed.connect(self._remove)
        made.line.textChanged.connect(self.changed)
        self.items.append(made)
        self._flow.add(made)
        tab_order.tab_before([self.box], [made])
        self._offer()

    def _offer(self) -> None:
        chosen = {one.plan for one in self.items}
        self._flow.setVisible(bool(chosen))
        self.box.set_value("")
        self.box.set_options([(one, one) for one in self._offered if one not in chosen], f"{ADD}…")

    def _choose(self) -> None:
        if plan := self.box.value():
            self._add(plan)
            self.changed.emit()

    def _add_typed(self) -> None:
        if plan := self.line.text().strip():
            self.line.clear()
            self._add(plan)
            self.changed.emit()

    def _remove(self, block: PlanBlock) -> None:
        self.items.remove(block)
        self._flow.flow.removeWidget(block)
        block.hide()
        block.deleteLater()
        self._offer()
        self.box.setFocus()
        self.changed.emit()
