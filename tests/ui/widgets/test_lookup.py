"""Choosing by typing: by keyboard alone, and only what is found for the words that stand there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui import fields
from referral_app.ui.widgets.lookup import SHOWN, Answer, Hit, Lookup, SearchPick, Several

KEEN, MARIN = Hit("1", "Ada Keen, MD", "Plastic surgery"), Hit("2", "Bo Marín, MD")


def _find(text: str, answer: Answer) -> None:
    answer(text, [one for one in (KEEN, MARIN) if text.casefold() in one.title.casefold()])


@pytest.fixture
def lookup(qtbot: QtBot) -> Lookup:
    made = Lookup("who", "Successor", "Name", "surgeons")
    made.pick.look = _find
    qtbot.addWidget(made)
    made.show()
    return made


def _rows(pick: SearchPick) -> list[str]:
    return [one.accessibleName() for one in pick.tab_stops()[1:]]


def test_enter_takes_the_first_and_the_focus_stays_here(qtbot: QtBot, lookup: Lookup) -> None:
    qtbot.keyClicks(lookup.pick.line, "md")
    assert _rows(lookup.pick) == ["Ada Keen, MD, Plastic surgery", "Bo Marín, MD"]
    with qtbot.waitSignal(lookup.changed):
        qtbot.keyClick(lookup.pick.line, Qt.Key.Key_Return)
    assert lookup.hit() == KEEN
    assert lookup.pick.isHidden()
    assert "Ada Keen" in lookup.none_button.accessibleName()


def test_down_and_space_take_another(qtbot: QtBot, lookup: Lookup) -> None:
    qtbot.keyClicks(lookup.pick.line, "mar")
    qtbot.keyClick(lookup.pick.line, Qt.Key.Key_Down)
    row = lookup.findChild(QAbstractButton, "whoHit0")
    assert row is not None
    qtbot.keyClick(row, Qt.Key.Key_Space)
    assert lookup.hit() == MARIN


def test_what_is_chosen_can_be_removed_and_replaced(qtbot: QtBot, lookup: Lookup) -> None:
    lookup.set_hit(KEEN)
    lookup.other_button.click()
    qtbot.keyClicks(lookup.pick.line, "mar")
    assert lookup.hit() == KEEN  # until another one is taken
    qtbot.keyClick(lookup.pick.line, Qt.Key.Key_Return)
    assert lookup.hit() == MARIN
    lookup.none_button.click()
    assert lookup.hit() is None
    assert not lookup.pick.isHidden()


def test_nothing_found_is_said_and_a_late_answer_is_dropped(qtbot: QtBot) -> None:
    late: list[Answer] = []
    pick = SearchPick("who", "Successor", "Name", "surgeons")
    pick.look = lambda text, answer: late.append(answer)
    qtbot.addWidget(pick)
    pick.line.setText("ke")
    pick.line.setText("keen")
    late[0]("ke", [MARIN])
    assert _rows(pick) == []
    late[1]("keen", [])
    assert _rows(pick) == []
    assert "Nothing found" in " ".join(
        one.text() for one in pick.findChildren(QWidget) if hasattr(one, "text")
    )


def test_no_more_than_some_stand_below_the_line(qtbot: QtBot) -> None:
    pick = SearchPick("who", "Successor", "Name", "surgeons")
    pick.look = lambda text, answer: answer(text, [Hit(str(n), f"Name {n}") for n in range(30)])
    qtbot.addWidget(pick)
    pick.line.setText("name")
    assert len(_rows(pick)) == SHOWN


def test_several_are_kept_once_each_and_removed_again(qtbot: QtBot) -> None:
    several = Several("run", "Surgeons", "Name", "surgeons")
    several.pick.look = _find
    qtbot.addWidget(several)
    several.show()
    fields.write(several, [("2", "Bo Marín, MD")])
    for words in ("keen", "keen"):
        several.pick.line.setText(words)
        qtbot.keyClick(several.pick.line, Qt.Key.Key_Return)
    assert fields.value_of(several) == (("2", "Bo Marín, MD"), ("1", "Ada Keen, MD"))
    button = next(
        one for one in several.findChildren(QAbstractButton) if one.accessibleName() == "Remove Bo Marín, MD"
    )
    with qtbot.waitSignal(several.changed):
        button.click()
    assert several.values() == (("1", "Ada Keen, MD"),)
