"""Home shows the worklists that have something after sending, and leads to them."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app.choices import Step
from referral_app.ui.desk import Desk
from referral_app.ui.home.page import HomePage
from referral_app.ui.home.waiting_tiles import PileTile
from tests import worklist_scenes


def test_a_tile_for_each_worklist_with_something_leads_to_it(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    worklist_scenes.fill(filled_desk.db, reference)
    page = HomePage(filled_desk)
    qtbot.addWidget(page)
    page.show()
    page.reload()
    qtbot.waitUntil(lambda: bool(page.findChildren(PileTile)))
    tiles = {one.step: one for one in page.findChildren(PileTile)}
    assert Step.TO_SEND not in tiles  # it is a queue above
    assert Step.NOT_TOLD not in tiles  # nothing waits there
    assert tiles[Step.NO_RECEIPT].accessibleName() == "Sent, no acknowledgment: 2, 1 due · oldest 12 days"
    with qtbot.waitSignal(page.worklist_wanted) as asked:
        tiles[Step.NO_RECEIPT].click()
    assert asked.args == ["no_receipt"]
    with qtbot.waitSignal(page.go) as gone:
        page.findChildren(QPushButton, "homeWorklists")[0].click()
    assert gone.args == ["worklists"]
