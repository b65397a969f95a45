"""A search box over a list: one question after the last key, and Enter waits for its answer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.finding import Finding
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets.search_box import SearchBox

WORDS = ("apple", "apricot", "pear")


class Fruit:
    """A list of three words, searched by their beginning, and how often it was asked."""

    def __init__(self, desk: Desk) -> None:
        self.search = SearchBox("Search", "fruitSearch")
        self.list = RecordList(desk, "fruit", "Fruit", [Column("Name", str, 200)])
        self.finding = Finding("fruit", self.search, self.list, self.search)
        self.finding.wanted.connect(self.ask)
        self.asked: list[str] = []

    def ask(self) -> None:
        words = self.finding.words()
        self.asked.append(words)
        fitting = [word for word in WORDS if word.startswith(words)]

        def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[str]:
            return fitting[offset : offset + limit]

        self.list.load(Source(fetch, lambda: len(fitting), str))


@pytest.fixture
def fruit(qtbot: QtBot, desk: Desk) -> Fruit:
    made = Fruit(desk)
    qtbot.addWidget(made.finding)
    with qtbot.waitActive(made.finding):
        made.finding.show()
        made.finding.activateWindow()
    with qtbot.waitSignal(made.finding.found):
        made.finding.ask()
    return made


def test_several_keys_are_one_question(qtbot: QtBot, fruit: Fruit) -> None:
    with qtbot.waitSignal(fruit.finding.found) as found:
        qtbot.keyClicks(fruit.search, "ap")
        assert fruit.finding.busy
    assert fruit.asked == ["", "ap"]
    assert found.args == [2]
    assert not fruit.finding.busy


def test_enter_opens_the_top_row_of_the_answer_to_what_stands_there(qtbot: QtBot, fruit: Fruit) -> None:
    with qtbot.waitSignals([fruit.finding.found, fruit.finding.top], order="strict"):
        qtbot.keyClicks(fruit.search, "pe")
        qtbot.keyClick(fruit.search, Qt.Key.Key_Return)
    assert fruit.asked[-1] == "pe"
    assert fruit.list.model.row(0) == "pear"
    with qtbot.waitSignal(fruit.finding.top):
        qtbot.keyClick(fruit.search, Qt.Key.Key_Return)
    assert fruit.asked.count("pe") == 1


def test_nothing_is_asked_once_the_page_is_out_of_sight(qtbot: QtBot, fruit: Fruit) -> None:
    qtbot.keyClicks(fruit.search, "ap")
    fruit.finding.stop()
    with qtbot.assertNotEmitted(fruit.finding.wanted, wait=300):
        pass


def test_letters_typed_in_the_list_go_into_the_search_box(qtbot: QtBot, fruit: Fruit) -> None:
    with qtbot.waitSignal(fruit.finding.found):
        fruit.list.typed.emit("p")
    assert fruit.search.text() == "p"
