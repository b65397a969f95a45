"""Tasks and next steps: shown by whose they are, done with a word, and one key away."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.clinical import dates
from referral_app.models.work import Task
from referral_app.services import owners, tasks
from referral_app.services.tasks import Wish
from referral_app.ui.desk import Desk
from referral_app.ui.replies.plan_dialog import PlanDialog
from referral_app.ui.replies.tasks_dialog import NONE, TasksDialog
from referral_app.ui.widgets.states import StateLabel
from tests.ui.referrals.conftest import find, shown
from tests.ui.replies.test_reply_dialog import wait


def opened(qtbot: QtBot, desk: Desk, kind: Any, *about: str) -> Any:
    parent = shown(qtbot, QWidget())
    vars(qtbot).setdefault("kept", []).append(parent)
    made: Any = kind(desk, parent, *about)
    made.open()
    wait(qtbot, desk)
    return made


def test_a_task_is_done_with_a_word_and_goes(qtbot: QtBot, filled_desk: Desk, reference: str) -> None:
    with filled_desk.db.begin() as session:
        begun = tasks.begin(session, reference, Wish("Ask for the MRI report"))
        session.get_one(Task, begun.id).due = date(2026, 11, 1)
    made = opened(qtbot, filled_desk, TasksDialog)
    assert "Overdue since November 1, 2026" in [one.words() for one in made.findChildren(StateLabel)]
    line = find(made, "taskDone0How")
    find(made, "taskDone0").click()
    assert line.hasFocus()
    qtbot.keyClicks(line, "Faxed")
    with qtbot.waitSignal(made.said):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    wait(qtbot, filled_desk)
    with filled_desk.db.read() as session:
        (task,) = tasks.of_referral(session, reference, with_done=True)
    assert task.done_how == "Faxed"
    assert any(one.text() == NONE for one in made.findChildren(QWidget) if hasattr(one, "text"))


def test_a_task_opens_its_referral(qtbot: QtBot, filled_desk: Desk, reference: str) -> None:
    with filled_desk.db.begin() as session:
        task = tasks.begin(session, reference, Wish("Ask for the MRI report"))
    made = opened(qtbot, filled_desk, TasksDialog)
    with qtbot.waitSignal(made.opened) as wanted:
        find(made, "taskOpen0").click()
    assert wanted.args == [task.referral_id]


def test_the_next_step_is_noted_and_a_day_that_passed_refused(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk, PlanDialog, reference)
    qtbot.keyClicks(made.next_step, "Call on Monday")
    made.follow_up.setText("1/2/2020")
    made.save()
    wait(qtbot, filled_desk)
    assert "has passed" in made.blocks["follow_up_on"].error()
    made.follow_up.setText(dates.say(date.today()))
    with qtbot.waitSignal(made.noted):
        made.save()
    with filled_desk.db.read() as session:
        plan = owners.get(session, reference)
    assert (plan.next_step, plan.follow_up_on) == ("Call on Monday", date.today())


def test_a_task_is_opened_by_hand_and_moved_to_another_day(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    made = opened(qtbot, filled_desk, PlanDialog, reference)
    find(made, "planTask").click()
    wait(qtbot, filled_desk)
    dialog: Any = find(made, "taskDialog")
    dialog.save()
    wait(qtbot, filled_desk)
    assert dialog.blocks["what"].error() == "Enter what is to be done."
    dialog.what.setPlainText("Send the imaging disc")
    with qtbot.waitSignal(dialog.stored):
        dialog.save()
    listed = opened(qtbot, filled_desk, TasksDialog)
    find(listed, "taskChange0").click()
    wait(qtbot, filled_desk)
    change: Any = find(listed, "taskDialog")
    change.due.setText("next week")
    change.save()
    assert change.blocks["due"].error()
    change.due.setText("yesterday")
    change.save()
    wait(qtbot, filled_desk)
    assert change.blocks["due"].error() == owners.PASSED
    change.due.setText("3/27/2199")
    with qtbot.waitSignal(change.stored):
        change.save()
    with filled_desk.db.read() as session:
        (task,) = tasks.of_referral(session, reference)
    assert (task.what, task.due) == ("Send the imaging disc", date(2199, 3, 27))
