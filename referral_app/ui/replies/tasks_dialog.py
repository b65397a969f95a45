"""The tasks that are to be done: mine, my office's or all; each opens its referral, and is done with a word how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.services import tasks
from referral_app.services.tasks import TaskRecord
from referral_app.ui import rights, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.replies.done_line import DoneLine
from referral_app.ui.replies.task_dialog import TaskDialog
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.inputs import Radios
from referral_app.ui.widgets.states import StateLabel

WHOSE = ((tasks.MINE, "Mine"), (tasks.OFFICE, "My office’s"), (tasks.ALL, "All"))
NONE = "Nothing is to be done here."
SHOWN = 50
"""So many are shown; the first due are first."""


class TasksDialog(Framed):
    """`opened(referral)` shows a referral, `said(words)` tells what was done."""

    opened = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Read them."""
        super().__init__(parent, "tasksDialog", "Tasks", "What is to be done, the first due on top.")
        self._desk = desk
        self._latest = desk.background.latest(self, self._show)
        self.whose = Radios("tasksWhose", WHOSE)
        self.whose.set_value(tasks.MINE if desk.db.rights.person_id else tasks.ALL)
        self._lines = column(spacing=12)
        self.body.addWidget(Field("Whose", self.whose))
        self.body.addLayout(self._lines)
        close = buttons.outlined("Close", "tasksClose")
        close.clicked.connect(self.reject)
        self.whose.changed.connect(self.load)
        self.lay_out((720, 700), None, close)
        self.load()

    def load(self) -> None:
        """Read the tasks anew."""
        whose, db = self.whose.value() or tasks.ALL, self._desk.db

        def look() -> list[TaskRecord]:
            with db.read() as session:
                return tasks.find(session, whose, limit=SHOWN)

        self._latest.ask(look, self.failed)

    def _show(self, found: Sequence[TaskRecord]) -> None:
        clear(self._lines)
        for number, task in enumerate(found):
            self._lines.addWidget(self._line(number, task))
        if not found:
            self._lines.addWidget(labels.muted(NONE))

    def _line(self, number: int, task: TaskRecord) -> QWidget:
        made = Card()
        late = task.due is not None and task.due < date.today()
        state = StateLabel("missing" if late else "waiting", _due(task.due, late))
        made.add(row(labels.strong(task.kind.label), None, state))
        made.add(labels.body(task.what))
        about = (
            task.patient or "No name yet",
            task.surgeon,
            task.reference,
            f"for {task.owner}" if task.owner else "",
        )
        made.add(labels.muted(" · ".join(part for part in about if part)))
        open_button = buttons.outlined("Open the referral", f"taskOpen{number}")
        open_button.setAccessibleName(f"Open the referral of {task.patient or task.reference}: {task.what}")
        open_button.clicked.connect(partial(self._open, task.referral_id))
        change = buttons.outlined("Change…", f"taskChange{number}")
        change.setAccessibleName(f"Change whose and by when: {task.what}")
        change.clicked.connect(partial(self._change, task))
        rights.allow(change, self._desk.db, Permission.WRITE)
        done = DoneLine(f"taskDone{number}", f"How it was done: {task.what}")
        done.done.connect(partial(self._done, task))
        rights.allow(done.button, self._desk.db, Permission.WRITE)
        made.add(row(open_button, change, done))
        return made

    def _change(self, task: TaskRecord) -> None:
        dialog = TaskDialog(self._desk, self, task.referral_id, task)
        dialog.stored.connect(self._changed)
        dialog.open()

    def _changed(self, task: TaskRecord) -> None:
        self.said.emit(f"Changed: {task.what}")
        self.load()

    def _open(self, referral_id: str) -> None:
        self.opened.emit(referral_id)
        self.accept()

    def _done(self, task: TaskRecord, how: str) -> None:
        act = partial(tasks.done, task_id=task.id, how=how, version=task.version)
        transaction.write(self._desk, self, act, self._settled, self.failed)

    def _settled(self, task: TaskRecord) -> None:
        self.said.emit(f"Done: {task.what}")
        self.load()


def _due(day: date | None, late: bool) -> str:
    """Return by when a task is to be done."""
    if day is None:
        return "No date"
    return f"Overdue since {dates.say(day)}" if late else f"Due {dates.say(day)}"
