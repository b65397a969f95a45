"""Whose a referral is, what comes next, and when somebody looks at it again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.services import owners
from referral_app.services.owners import PlanRecord
from referral_app.services.tasks import TaskRecord
from referral_app.ui import transaction, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.replies.task_dialog import TaskDialog
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

NOBODY = "Nobody"


class PlanDialog(Framed):
    """`noted(words)` when it is stored."""

    noted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget, name: str) -> None:
        """Read what there is."""
        super().__init__(parent, "planDialog", "Owner and next step")
        self._desk, self._name, self._plan, self._own = desk, name, None, ""
        self.owner = ChoiceBox("planOwner", (), empty=NOBODY)
        self.next_step, self.follow_up = LineEdit("planNext", chars=40), LineEdit("planFollowUp", chars=20)
        self.save_button = buttons.primary("Save", "planSave", "save")
        self.blocks = {
            "owner_id": Field("Who sees to it", self.owner, optional=True),
            "next_step": Field("Next step", self.next_step, optional=True),
            "follow_up_on": Field(
                "Look at it again on", self.follow_up, typed_day.coming_hint(), optional=True
            ),
        }
        Echo(self.blocks["follow_up_on"], dates.read_coming, typed_day.coming_hint())
        for block in self.blocks.values():
            self.body.addWidget(block)
        cancel = buttons.outlined("Cancel", "planCancel")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.save_button.setEnabled(False)
        task = buttons.outlined("New task…", "planTask", "plus")
        task.clicked.connect(self._new_task)
        self.lay_out((560, 0), task, None, cancel, self.save_button)
        transaction.read(desk, self, partial(_read, name=name), self._show, self.failed)
        self.owner.setFocus()

    _plan: PlanRecord | None

    def save(self) -> None:
        """Store it, or say what is wrong."""
        problems: dict[str, str] = {}
        day = typed_day.read(self.follow_up.text(), "follow_up_on", problems, as_=dates.read_coming)
        self.show_errors(problems)
        if problems or self._plan is None:
            return
        chosen = self.owner.value()
        act = partial(
            owners.plan, name=self._name, next_step=self.next_step.text(), follow_up_on=day,
            owner_id=None if chosen == self._own else chosen, version=self._plan.version,
        )  # fmt: skip
        transaction.write(self._desk, self, act, self._stored, self.failed)

    def _show(self, found: tuple[PlanRecord, list[tuple[str, str]]]) -> None:
        plan, people = found
        self._plan = plan
        known, self._own = dict(people), owners.chosen(people, plan.owner_id, plan.owner)
        if plan.owner_id:
            known.setdefault(plan.owner_id, plan.owner)
        # in a store without people an owner is a name alone
        self.owner.set_options(known.items(), plan.owner if plan.owner and not self._own else NOBODY)
        self.owner.set_value(self._own)
        self.next_step.setText(plan.noted)
        usual = "" if plan.noted else f"Usually: {plan.next_step}"
        self.blocks["next_step"].set_hint(usual)
        self.follow_up.setText(dates.say(plan.follow_up_on) if plan.follow_up_on else "")
        self.save_button.setEnabled(True)

    def _new_task(self) -> None:
        dialog = TaskDialog(self._desk, self, self._name)
        dialog.stored.connect(self._task_kept)
        dialog.open()

    def _task_kept(self, task: TaskRecord) -> None:
        self.noted.emit(f"New task: {task.what}")

    def _stored(self, plan: PlanRecord) -> None:
        self.noted.emit(f"Next step: {plan.next_step}")
        self.accept()


def _read(session: Session, name: str) -> tuple[PlanRecord, list[tuple[str, str]]]:
    return owners.get(session, name), owners.people(session)
