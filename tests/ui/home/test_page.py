"""Home: queues, drafts, what was changed last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Step
from referral_app.services import drafts, waiting_lists
from referral_app.ui import pile_words
from referral_app.ui.desk import Desk
from referral_app.ui.home.page import HomePage
from referral_app.ui.home.tiles import age
from referral_app.ui.home.waiting_tiles import PileTile
from tests import worklist_scenes

DRAFT = "0b5c3a52-7d0e-4c86-9a47-0d8f7c0a1e11"


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> HomePage:
    made = HomePage(filled_desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def _tile(page: HomePage, key: str) -> QPushButton:
    found = page.findChild(QPushButton, f"queue_{key}")
    assert found is not None
    return found


def test_the_queues_show_how_many_wait(qtbot: QtBot, page: HomePage, filled_desk: Desk) -> None:
    page.reload()
    with filled_desk.db.read() as session:
        pile = waiting_lists.counts(session)[Step.TO_SEND]
    assert pile.oldest
    assert pile.oldest < date.today() - timedelta(30)  # the invented referral was signed in March
    said = (
        f"Signed and not sent: 1, {pile_words.oldest(pile).lower()}"  # what Worklists says of the same pile
    )
    qtbot.waitUntil(lambda: _tile(page, "signed").accessibleName() == said)
    assert _tile(page, "missing").accessibleName() == "Missing something: 0, nothing waits"


def test_a_tile_leads_to_its_queue(qtbot: QtBot, page: HomePage) -> None:
    with qtbot.waitSignal(page.show_queue) as shown:
        _tile(page, "ready").click()
    assert shown.args == ["ready"]


def test_a_draft_can_be_gone_on_with(qtbot: QtBot, page: HomePage, filled_desk: Desk) -> None:
    with filled_desk.db.begin() as session:
        intake = {"patient": {"family_name": "Nguyễn", "given_name": "An"}}
        drafts.save(session, DRAFT, intake)
    page.reload()
    qtbot.waitUntil(lambda: page.findChild(QPushButton, f"draft_{DRAFT}") is not None)
    line = page.findChild(QPushButton, f"draft_{DRAFT}")
    assert line is not None
    assert line.accessibleName().startswith("Nguyễn, An, New referral")
    with qtbot.waitSignal(page.resume_draft) as resumed:
        line.click()
    assert resumed.args == [DRAFT]


def test_an_empty_store_asks_for_the_office_first(qtbot: QtBot, desk: Desk) -> None:
    page = HomePage(desk)
    qtbot.addWidget(page)
    page.show()
    page.reload()
    button = page.findChild(QPushButton, "setUpOffice")
    assert button is not None
    qtbot.waitUntil(button.isVisible)
    with qtbot.waitSignal(page.go) as went:
        button.click()
    assert went.args == ["office"]


def test_home_says_that_the_rules_need_a_sign_off(page: HomePage) -> None:
    from PySide6.QtWidgets import QLabel

    assert any("sign-off" in label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize(("days", "words"), [(-1, "today"), (0, "today"), (1, "1 day"), (12, "12 days")])
def test_ages_are_said_in_days(days: int, words: str) -> None:
    today = date(2026, 3, 27)
    assert age(today - timedelta(days), today) == words


def test_narrow_tiles_go_below_each_other(qtbot: QtBot, page: HomePage) -> None:
    page.resize(420, 900)
    qtbot.wait(20)
    tiles = [child for child in page.findChildren(QWidget) if child.objectName().startswith("queue_")]
    assert len({tile.x() for tile in tiles}) == 2


def test_entries_to_verify_are_counted_and_lead_to_their_list(qtbot: QtBot, page: HomePage) -> None:
    page.reload()
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "homeToVerify") is not None, timeout=20000)
    line = page.findChild(QPushButton, "homeToVerify")
    assert line is not None
    assert line.accessibleName().startswith("1 entry to verify")
    with qtbot.waitSignal(page.verify_wanted):
        line.click()


def test_tab_goes_through_home_as_it_is_read_whatever_came_later(
    qtbot: QtBot, page: HomePage, filled_desk: Desk, reference: str
) -> None:
    worklist_scenes.fill(filled_desk.db, reference)
    for _ in range(2):  # lines made anew keep the order too
        page.reload()
        qtbot.waitUntil(
            lambda: (
                any(one.isVisible() for one in page.findChildren(PileTile))
                and not filled_desk.background.is_busy
            ),
            timeout=20000,
        )
    names: list[str] = []
    start: QWidget | None = page.findChild(QPushButton, "homeReports")
    assert start is not None
    one = start.nextInFocusChain()
    while one is not None and one is not start:
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(one.objectName().partition("_")[0])
        one = one.nextInFocusChain()
    kinds = list(
        dict.fromkeys(name for name in names if name in ("queue", "homeWorklists", "waiting", "recent"))
    )
    assert kinds == ["queue", "homeWorklists", "waiting", "recent"]
    first = names.index("recent")
    assert not {"queue", "waiting"} & set(names[first:])


def test_an_empty_directory_has_nothing_to_verify(qtbot: QtBot, desk: Desk) -> None:
    made = HomePage(desk)
    qtbot.addWidget(made)
    made.show()
    made._count_directory()  # noqa: SLF001
    qtbot.waitUntil(lambda: not desk.background.is_busy)
    assert made.findChild(QPushButton, "homeToVerify") is None
