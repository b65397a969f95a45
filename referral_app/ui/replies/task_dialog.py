"""A task: opened anew for a referral, or given to somebody else and to another day."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import TaskKind
from referral_app.clinical import dates
from referral_app.services import owners, tasks
from referral_app.services.tasks import TaskRecord, Wish
from referral_app.ui import transaction, typed_day
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.typed_day import Echo
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea

NOBODY = "Nobody yet"
KINDS = tuple((str(one), one.label) for one in TaskKind if one is not TaskKind.INFORMATION)
"""What is opened by hand; information is asked for by a reply."""


class TaskDialog(Framed):
    """`stored(task)` when it is kept."""

    stored = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, referral: str, task: TaskRecord | None = None) -> None:
        """Open a task for a referral, or change one."""
        super().__init__(
            parent, "taskDialog", "Change the task" if task else "New task", task.what if task else ""
        )
        self._room = _outermost(parent).size()
        self._desk, self._referral, self._task = desk, referral, task
        self.kind = ChoiceBox("taskKind", KINDS, empty=None)
        self.what = TextArea("taskWhat", rows=2)
        self.owner = ChoiceBox("taskOwner", (), empty=NOBODY)
        self.due = LineEdit("taskDue", chars=20)
        self.save_button = buttons.primary("Save the task", "taskSave", "save")
        self.blocks = {
            "kind": Field("Kind", self.kind),
            "what": Field("What is to be done", self.what),
            "owner_id": Field("Whose", self.owner, optional=True),
            "due": Field("By when", self.due, typed_day.coming_hint(), optional=True),
        }
        Echo(self.blocks["due"], dates.read_coming, typed_day.coming_hint())
        shown = ("owner_id", "due") if task else tuple(self.blocks)
        for name in shown:
            self.body.addWidget(self.blocks[name])
        self.blocks = {name: self.blocks[name] for name in shown}
        if task and task.due:
            self.due.setText(dates.say(task.due))
        cancel = buttons.outlined("Cancel", "taskCancel")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.lay_out((560, 0), None, cancel, self.save_button)
        transaction.read(desk, self, owners.people, self._offer, self.failed)
        (self.owner if task else self.what).setFocus()

    def save(self) -> None:
        """Keep it, or say what is wrong."""
        problems: dict[str, str] = {}
        due = typed_day.read(self.due.text(), "due", problems, as_=dates.read_coming)
        self.show_errors(problems)
        if not problems:
            transaction.write(self._desk, self, self._act(due), self._kept, self.failed)

    def _act(self, due: date | None) -> Any:
        chosen = self.owner.value()
        if self._task is not None:
            return partial(
                tasks.change, task_id=self._task.id, owner_id=chosen, due=due, version=self._task.version
            )
        wish = Wish(self.what.toPlainText(), TaskKind(self.kind.value()), owner_id=chosen, due=due)
        return partial(tasks.begin, name=self._referral, wish=wish)

    def _offer(self, people: list[tuple[str, str]]) -> None:
        known = dict(people)
        if self._task and self._task.owner_id:
            known.setdefault(self._task.owner_id, self._task.owner)
        self.owner.set_options(known.items(), NOBODY)
        task, mine = self._task, people[0][0] if people else ""
        self.owner.set_value(owners.chosen(people, task.owner_id, task.owner) if task else mine)

    def _kept(self, task: TaskRecord) -> None:
        self.stored.emit(task)
        self.accept()


def _outermost(widget: QWidget) -> QWidget:
    """Return the window that a dialog over other dialogs stands in: it has more room than they have."""
    window = widget.window()
    while above := window.parentWidget():
        window = above.window()
    return window
