"""Searches are noted when they settled, each once, with their words."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from referral_app.services import audit
from referral_app.services.audit import Filter
from referral_app.ui import settled
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.form import FormPage
from referral_app.ui.settled import Settled
from tests.ui.referrals.conftest import find, shown


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let searches settle after a tenth of the time."""
    monkeypatch.setattr(settled, "SETTLED_MS", 200)


def noted(desk: Desk) -> list[tuple[str, str, int]]:
    """Return the searches noted, oldest first."""
    with desk.db.read() as session:
        rows = audit.find(session, Filter(action="searched"))
    return [(one.kind, one.details["words"], one.details["found"]) for one in reversed(rows)]


def opened(desk: Desk) -> list[str]:
    """Return the kinds of the records that were noted as opened."""
    with desk.db.read() as session:
        return [one.kind for one in audit.find(session, Filter(action="opened"))]


@pytest.fixture
def place(filled_desk: Desk) -> Settled:
    """A place where patients are searched."""
    owner = QObject(filled_desk.background)
    return Settled(filled_desk, owner, "patients")


def test_the_last_of_several_searches_is_noted_once_it_settled(
    qtbot: QtBot, filled_desk: Desk, place: Settled
) -> None:
    for words in ("q", "qu", "quintero"):
        place.answered(words, 1)
    assert noted(filled_desk) == []
    qtbot.waitUntil(lambda: noted(filled_desk) == [("patients", "quintero", 1)])


def test_opening_what_was_found_notes_the_search_at_once(
    qtbot: QtBot, filled_desk: Desk, place: Settled
) -> None:
    place.answered("quintero", 1)
    place.note()
    place.note()
    qtbot.waitUntil(lambda: noted(filled_desk) == [("patients", "quintero", 1)])
    QTest.qWait(300)
    assert len(noted(filled_desk)) == 1


def test_the_same_words_are_noted_again_only_after_others(
    qtbot: QtBot, filled_desk: Desk, place: Settled
) -> None:
    for words in ("quintero", "quintero", "", "quintero", "nguyen"):
        place.answered(words, 1)
        place.note()
    qtbot.waitUntil(lambda: len(noted(filled_desk)) == 3)
    QTest.qWait(300)
    assert sorted(words for _, words, _ in noted(filled_desk)) == ["nguyen", "quintero", "quintero"]


def test_a_search_that_is_emptied_before_it_settled_is_not_noted(filled_desk: Desk, place: Settled) -> None:
    place.answered("quintero", 1)
    place.answered("", 0)
    QTest.qWait(300)
    assert noted(filled_desk) == []


@pytest.mark.parametrize(
    ("page", "kind", "words", "found"),
    [
        ("patients", "patients", "quintero", 1),
        ("packets", "referrals", "nobody", 0),
        ("referrals", "referrals", "quintero", 1),
        ("surgeons", "surgeons", "keen", 1),
    ],
)
def test_each_list_notes_what_is_typed_over_it(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk, page: str, kind: str, words: str, found: int
) -> None:
    window.show_page(page)
    qtbot.waitUntil(lambda: window.page(page) is not None)
    shown: Any = window.page(page)
    place = {"referrals": "list", "surgeons": "directory", "packets": "referrals"}.get(page)
    if page == "packets":
        shown.show_referrals()
    search = getattr(shown, place).search if place else shown.search
    qtbot.keyClicks(search, words)
    qtbot.waitUntil(lambda: noted(filled_desk) == [(kind, words, found)])


def test_the_search_on_top_notes_what_was_opened_from_it(
    qtbot: QtBot, window: MainWindow, filled_desk: Desk
) -> None:
    qtbot.keyClicks(window.top_bar.box, "quintero")
    qtbot.waitUntil(window.top_bar.popup.isVisible)
    window.top_bar.popup.open_first()
    qtbot.waitUntil(lambda: noted(filled_desk) == [("everything", "quintero", 2)])


def test_taking_a_patient_who_was_found_opens_the_patient(qtbot: QtBot, filled_desk: Desk) -> None:
    form = shown(qtbot, FormPage(filled_desk, sheets.new(filled_desk.db), 1))
    finder: Any = find(form, "patient.find").parent()
    qtbot.keyClicks(finder.edit, "quintero")
    qtbot.waitUntil(lambda: finder.found.count() == 1)
    qtbot.keyClick(finder.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: noted(filled_desk) == [("patients", "quintero", 1)])
    qtbot.waitUntil(lambda: opened(filled_desk) == ["patient"])
