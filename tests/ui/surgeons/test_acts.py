"""The verbs that open the dialogs about an entry: each opens, and what it changes is shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from referral_app.services import surgeons
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.surgeons.merge_dialog import MergeDialog
from referral_app.ui.surgeons.page import DUPLICATES, TO_VERIFY, SurgeonsPage
from referral_app.ui.surgeons.verify_dialog import VerifyDialog


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> SurgeonsPage:
    window.show_page("surgeons")
    made: SurgeonsPage = window.page("surgeons")
    qtbot.waitUntil(lambda: made.directory.list.model.rowCount() > 10)
    return made


def _ids(desk: Desk, *numbers: str) -> list[str]:
    with desk.db.read() as session:
        return [surgeons.by_npi(session, number).id for number in numbers]


@pytest.mark.parametrize(
    ("verb", "dialog"),
    [
        ("verify", "verifyDialog"), ("history", "historyDialog"), ("leave", "departureDialog"),
        ("edit", "surgeonDialog"), ("merge", "mergeOther"),
    ],
)  # fmt: skip
def test_each_verb_opens_its_dialog(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk, verb: str, dialog: str
) -> None:
    page.acts.perform(verb, _ids(filled_desk, "9000000015"))
    qtbot.waitUntil(lambda: page.window().findChild(QDialog, dialog) is not None, timeout=20000)
    found = page.window().findChild(QDialog, dialog)
    assert found is not None
    qtbot.waitUntil(found.isVisible)
    found.close()


def test_two_chosen_entries_are_merged_side_by_side(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk
) -> None:
    page.acts.perform("merge", _ids(filled_desk, "9000000015", "9000000023"))
    qtbot.waitUntil(lambda: page.window().findChild(QDialog, "mergeDialog") is not None)


def test_a_merge_is_said_at_the_foot_and_undone_from_there(
    qtbot: QtBot, page: SurgeonsPage, window: MainWindow, filled_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "confirm", lambda parent, question, detail, yes, on_yes, **_: on_yes())
    ids = _ids(filled_desk, "9000000015", "9000000023")
    page.acts.perform("merge", ids)
    qtbot.waitUntil(lambda: page.window().findChild(MergeDialog) is not None)
    dialog = page.window().findChild(MergeDialog)
    assert dialog is not None
    dialog.chores.finish()
    dialog.take_theirs()
    with qtbot.waitSignal(page.undoable):
        dialog.save_button.click()
    with filled_desk.db.read() as session:
        kept, dropped = (surgeons.get(session, one) for one in ids)
    assert dropped.merged_into_id == kept.id
    assert window.status.words() == f"Merged {dropped.name} into {kept.name}"
    assert window.status.undo.isVisible()
    window.status.undo.click()
    qtbot.waitUntil(lambda: window.status.words().startswith("The merge is undone"))
    with filled_desk.db.read() as session:
        assert surgeons.get(session, dropped.id).merged_into_id is None


def test_several_are_verified_one_after_the_other(
    qtbot: QtBot, page: SurgeonsPage, filled_desk: Desk
) -> None:
    page.acts.perform("verify", _ids(filled_desk, "9000000015", "9000000023"))
    for number in ("9000000015", "9000000023"):
        with filled_desk.db.read() as session:
            surgeon = surgeons.by_npi(session, number)
        qtbot.waitUntil(lambda: bool(page.window().findChildren(VerifyDialog)))
        dialog = page.window().findChildren(VerifyDialog)[-1]
        dialog.verified.emit(surgeon)
        dialog.close()
        qtbot.wait(50)


def test_the_number_of_entries_to_verify_stands_at_its_tab(qtbot: QtBot, page: SurgeonsPage) -> None:
    qtbot.waitUntil(lambda: "(" in page.tabs.tabText(TO_VERIFY))
    page.directory.pane.stale.click()
    assert page.tabs.currentIndex() == TO_VERIFY
    for tab in (DUPLICATES, 1, 0):
        page.tabs.setCurrentIndex(tab)
    assert page.directory.isVisible()
