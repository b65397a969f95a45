"""The page of worklists: counts at the left, the table, what is done with several rows, and the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Step
from referral_app.services import owners, waiting_lists, worklist_rules
from referral_app.services.waiting_lists import Which
from referral_app.ui.desk import Desk
from referral_app.ui.widgets.inputs import NumberBox
from referral_app.ui.worklists.page import WorklistsPage
from referral_app.ui.worklists.plan_dialogs import FollowUpDialog, OwnerDialog
from referral_app.ui.worklists.rules_dialog import RulesDialog
from tests import worklist_scenes


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk, reference: str) -> WorklistsPage:
    worklist_scenes.fill(filled_desk.db, reference)
    made = WorklistsPage(filled_desk)
    qtbot.addWidget(made)
    made.resize(1180, 720)
    made.show()
    with qtbot.waitSignal(made.list.loaded):
        made.show_step(str(Step.NO_RECEIPT))
    qtbot.waitUntil(lambda: bool(made.rule.text().strip()) and made.list.model.rowCount() > 0)
    return made


def rows(page: WorklistsPage) -> list[str]:
    return [page.list.model.row(at).patient for at in range(page.list.model.rowCount())]  # type: ignore[union-attr]


def opened(page: WorklistsPage, kind: type[QWidget]) -> QWidget:
    found = page.findChildren(kind)
    assert found
    return found[-1]


def shows(page: WorklistsPage, patient: str) -> Callable[[], bool]:
    return lambda: rows(page)[:1] == [patient]


def test_each_worklist_says_how_many_wait_how_many_are_due_and_the_oldest(page: WorklistsPage) -> None:
    said = {one.step: one.accessibleName() for one in page.piles.buttons.values()}
    assert said[Step.NO_RECEIPT].startswith("Sent, no acknowledgment: 2, 1 due · oldest 12 days")
    assert said[Step.NOT_TOLD] == "Patient not told: 0, Nothing waits"
    assert page.rule.text() == "Due after 3 business days, urgent 1."
    assert rows(page) == ["Bello, Carmen", "Abara, Ngozi"]


def test_another_worklist_and_due_only_are_one_click_each(qtbot: QtBot, page: WorklistsPage) -> None:
    page.due_only.click()
    qtbot.waitUntil(lambda: rows(page) == ["Bello, Carmen"])
    with qtbot.waitSignal(page.list.loaded):
        page.piles.buttons[Step.TO_SEND].click()
    assert page.title.text() == "Signed and not sent"
    page.tabs[0].click()
    qtbot.waitUntil(lambda: page.which.whose == waiting_lists.MINE)


def test_enter_opens_the_referral(qtbot: QtBot, page: WorklistsPage) -> None:
    page.list.enter()
    with qtbot.waitSignal(page.follow_referral):
        qtbot.keyClick(page.list.table, Qt.Key.Key_Return)


def test_several_are_looked_at_on_a_day_and_that_is_undone(
    qtbot: QtBot, page: WorklistsPage, filled_desk: Desk
) -> None:
    assert not page.follow_up_button.isEnabled()
    page.list.table.selectAll()
    assert page.chosen.text() == "2 referrals chosen"
    page.follow_up_button.click()
    dialog = opened(page, FollowUpDialog)
    assert isinstance(dialog, FollowUpDialog)
    dialog.day.setText("yesterday-ish")
    dialog.save_button.click()
    assert dialog.summary.isVisible()
    dialog.day.setText((date.today() + timedelta(2)).isoformat())
    dialog.next_step.setText("Call the office")
    told: list[tuple[str, Callable[[], object]]] = []

    def take(words: str, undo: Callable[[], object]) -> None:
        told.append((words, undo))

    page.undoable.connect(take)
    with qtbot.waitSignal(page.undoable):
        dialog.save_button.click()
    words, undo = told[0]
    assert words.startswith("2 referrals to look at again on ")
    assert planned(filled_desk) == {"Call the office"}
    with qtbot.waitSignal(page.said) as said:
        undo()
    assert said.args == ["Taken back"]
    assert planned(filled_desk) == {"Confirm that the surgeon’s office has it"}


def planned(filled_desk: Desk) -> set[str]:
    with filled_desk.db.read() as session:
        return {one.next_step for one in waiting_lists.find(session, Which(Step.NO_RECEIPT))}


def test_a_day_that_passed_is_refused_in_words(qtbot: QtBot, page: WorklistsPage, filled_desk: Desk) -> None:
    page.list.table.selectRow(0)
    page.follow_up_button.click()
    dialog = opened(page, FollowUpDialog)
    assert isinstance(dialog, FollowUpDialog)
    dialog.day.setText((date.today() - timedelta(2)).isoformat())
    dialog.save_button.click()
    qtbot.waitUntil(dialog.summary.isVisible)
    assert planned(filled_desk) == {"Confirm that the surgeon’s office has it"}


@pytest.mark.parametrize("nobody", [False, True])
def test_without_accounts_several_are_given_to_the_person_at_work_or_to_nobody(
    qtbot: QtBot, page: WorklistsPage, filled_desk: Desk, nobody: bool
) -> None:
    rights = filled_desk.db.rights
    assert rights is not None
    with filled_desk.db.begin() as session:
        first = waiting_lists.find(session, Which(Step.NO_RECEIPT))[0]
        owners.assign(session, first.id, owners.SELF if nobody else "")
    for words in (f"1 referral assigned to {'nobody' if nobody else rights.name}", ""):
        with qtbot.waitSignal(page.list.loaded):
            page.reload()
        page.list.table.selectRow(0)
        page.assign_button.click()
        dialog = opened(page, OwnerDialog)
        assert isinstance(dialog, OwnerDialog)
        qtbot.waitUntil(dialog.save_button.isEnabled)
        assert dialog.owner.currentText() == rights.name
        if nobody:
            dialog.owner.set_value("")
        with qtbot.waitSignal(page.undoable if words else page.said) as said:
            dialog.save_button.click()
        assert said.args is not None
        assert said.args[0] == (words or "Nothing changed: they were so already")
        dialog.deleteLater()
        qtbot.waitUntil(lambda: page.findChild(OwnerDialog) is None)
        with filled_desk.db.read() as session:
            plan = owners.get(session, first.id)
        assert (plan.owner_id, plan.owner) == ("", "" if nobody else rights.name)


def test_an_administrator_changes_when_something_is_due(
    qtbot: QtBot, page: WorklistsPage, filled_desk: Desk
) -> None:
    page.rules_button.click()
    dialog = opened(page, RulesDialog)
    assert isinstance(dialog, RulesDialog)
    box = dialog.findChild(NumberBox, "rule.no_receipt.days")
    assert isinstance(box, NumberBox)
    qtbot.waitUntil(lambda: box.value() == 3)
    urgent = dialog.findChild(NumberBox, "rule.no_receipt.urgent_days")
    assert isinstance(urgent, NumberBox)
    urgent.setValue(9)
    dialog.save_button.click()
    qtbot.waitUntil(dialog.summary.isVisible)
    urgent.setValue(1)
    box.setValue(1)
    with qtbot.waitSignal(page.said):
        dialog.save_button.click()
    with filled_desk.db.read() as session:
        assert worklist_rules.find(session)[Step.NO_RECEIPT].days == 1
    qtbot.waitUntil(lambda: page.rule.text() == "Due after 1 business day.")


def test_where_there_is_little_room_the_worklists_are_a_box(qtbot: QtBot, page: WorklistsPage) -> None:
    page.resize(600, 600)
    qtbot.waitUntil(page.step_box.isVisible)
    assert not page.piles.isVisible()
    with qtbot.waitSignal(page.list.loaded):
        page.step_box.set_value(str(Step.DRAFT))
    assert page.step_box.currentText().startswith("Drafts left alone (")


def test_the_morning_sheet_is_shown_for_whom_the_list_is(qtbot: QtBot, page: WorklistsPage) -> None:
    with qtbot.waitSignal(page.preview) as asked:
        page.sheet_button.click()
    assert asked.args == ["morning_sheet", waiting_lists.ALL]


def test_the_rows_that_are_chosen_are_handed_over_to_the_packets(qtbot: QtBot, page: WorklistsPage) -> None:
    assert not page.packets_button.isEnabled()
    page.list.table.selectRow(1)
    with qtbot.waitSignal(page.packets_of_wanted) as asked:
        page.packets_button.click()
    assert asked.args == [[page.list.model.row(1).id]]  # type: ignore[union-attr]


def test_the_rows_that_were_assigned_stay_chosen_with_the_focus_on_the_table(
    qtbot: QtBot, page: WorklistsPage
) -> None:
    page.list.table.selectAll()
    chosen = [one.id for one in page.list.selection.rows()]  # type: ignore[union-attr]
    assert len(chosen) == 2
    page.assign_button.setFocus()
    page.assign_button.click()
    dialog = opened(page, OwnerDialog)
    assert isinstance(dialog, OwnerDialog)
    qtbot.waitUntil(dialog.save_button.isEnabled)
    dialog.owner.set_value("")
    with qtbot.waitSignal(page.undoable):
        dialog.save_button.click()
    qtbot.waitUntil(page.list.table.hasFocus, timeout=20000)
    qtbot.wait(300)
    assert [one.id for one in page.list.selection.rows()] == chosen  # type: ignore[union-attr]
    assert page.chosen.text() == "2 referrals chosen"
    assert page.list.table.hasFocus()
