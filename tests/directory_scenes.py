"""Scenes of the surgeon directory, for pictures and for the tests of every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from referral_app.services import shortlists, surgeons
from referral_app.ui import fields

if TYPE_CHECKING:
    from tests.screenshots import Stage


def until(stage: Stage, there: Callable[[], Any]) -> Any:
    """Wait until there is something, thirty seconds at the most."""
    for _ in range(300):
        if found := there():
            return found
        stage.settle(0.1)
    raise AssertionError("What the scene waits for did not come.")


def _directory(stage: Stage, mode: str = "cards") -> Any:
    page = stage.page("surgeons")
    page.tabs.setCurrentIndex(0)
    page.directory.reset()
    page.directory.list.show_as(mode)
    page.directory.list.table.clearSelection()
    until(stage, lambda: page.directory.list.model.rowCount() > 10)
    stage.settle(0.5)
    return page.directory


def _table(stage: Stage) -> None:
    _directory(stage, "table")


def _searched(stage: Stage) -> None:
    """Show what typed fields, short lists and a spelling mistake look like."""
    directory = _directory(stage)
    with stage.desk.db.begin() as session:
        shortlists.keep(session, "Spanish near us", "language:es zip:21230")
        shortlists.keep(session, "Children with a very long name of a search", "age:9")
        keen = surgeons.by_npi(session, "9000000023")
        shortlists.favorite(session, [keen.id], True)
    directory.short.reload()
    directory.search.setText("vilareal zip:21230 within:50 language:es")
    stage.settle(0.8)
    directory.list.open_first()
    stage.settle(0.6)


def _nothing(stage: Stage) -> None:
    _directory(stage).search.setText("nobody at all zip:21230")
    stage.settle(0.8)


def _several(stage: Stage) -> None:
    directory = _directory(stage)
    directory.panes.close_right()
    directory.list.enter()
    for _ in range(2):
        QTest.keyClick(directory.list.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    stage.settle(0.3)


def _match(stage: Stage) -> Any:
    directory = _directory(stage)
    directory.search.setText("procedure:occipital_release zip:21230 plan:Medicare language:es age:16")
    stage.settle(0.6)
    stage.window.page("surgeons").find_match()
    dialog = _dialog(stage, "matchDialog")
    until(stage, lambda: len(dialog.matches()) > 5)
    return dialog


def _match_of_referral(stage: Stage) -> None:
    stage.window.open("referral", stage.reference)
    stage.settle(0.6)
    form = stage.form()
    form.jump("request.surgeon")
    form.draft.match_wanted.emit()
    until(stage, lambda: len(_dialog(stage, "matchDialog").matches()) > 5)


def _match_wrong_zip(stage: Stage) -> None:
    dialog = _match(stage)
    fields.write(dialog.questions.widgets["zip"], "00000")
    until(stage, lambda: not dialog.matches())


def _compare(stage: Stage) -> None:
    directory = _directory(stage)
    directory.list.enter()
    for _ in range(3):
        QTest.keyClick(directory.list.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    until(stage, lambda: len(directory.chosen()) == 4)
    directory.verbs.follow()
    directory.verbs.action("compare").trigger()
    _dialog(stage, "compareDialog")


def _name_search(stage: Stage) -> None:
    directory = _directory(stage)
    directory.search.setText("keen zip:21230")
    directory.save_search()
    _dialog(stage, "nameSearchDialog").save()
    stage.settle(0.4)


def _searches(stage: Stage) -> None:
    _searched(stage)
    stage.window.page("surgeons").directory.short.manage()
    _dialog(stage, "manageSearchesDialog")


def _tab(at: int) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        stage.page("surgeons").tabs.setCurrentIndex(at)
        stage.settle(0.6)

    return scene


def _dialog(stage: Stage, name: str) -> Any:
    """Return an open dialog by its name, the latest where there are several."""

    def there() -> Any:
        found = [one for one in stage.window.findChildren(QDialog, name) if one.isVisible()]
        return found[-1] if found else None

    return until(stage, there)


SCENES: dict[str, Callable[[Any], object]] = {
    "surgeons-table": _table,
    "surgeons-searched": _searched,
    "surgeons-nothing": _nothing,
    "surgeons-several": _several,
    "surgeons-to-verify": _tab(2),
    "surgeons-duplicates": _tab(3),
    "match": _match,
    "match-referral": _match_of_referral,
    "match-wrong-zip": _match_wrong_zip,
    "compare": _compare,
    "name-search": _name_search,
    "searches": _searches,
}
