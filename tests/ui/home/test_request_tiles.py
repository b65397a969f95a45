"""What patients asked for stands on Home while it is open, with age and day, and leads to the list of it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from referral_app.clinical import dates
from referral_app.services import amendments, patients, releases
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.releases import ReleaseRecord
from referral_app.ui.desk import Desk
from referral_app.ui.home.page import HomePage
from referral_app.ui.worklists.page import WorklistsPage

TODAY = date.today()


def _ask(desk: Desk) -> None:
    with desk.db.begin() as session:
        who = patients.find(session, "Quintero")[0].id
        releases.record(session, ReleaseRecord(who, "Marisol", TODAY - timedelta(days=33)))
        releases.record(session, ReleaseRecord(who, "Marisol", TODAY - timedelta(days=1)))
        amendments.record(session, AmendmentRecord(who, "Marisol", TODAY - timedelta(days=10), "The year"))


def test_home_says_how_many_are_late_how_old_and_when_the_first_was_due(
    qtbot: QtBot, filled_desk: Desk, reference: str
) -> None:
    page = HomePage(filled_desk)
    qtbot.addWidget(page)
    page.show()
    page.reload()
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    assert not page.request_tiles.isVisible()
    _ask(filled_desk)
    page.reload()
    qtbot.waitUntil(page.request_tiles.isVisible)
    said = {
        kind: page.findChild(QPushButton, f"requests_{kind}").accessibleName()
        for kind in ("copies", "corrections")
    }
    assert said == {
        "copies": "Copies asked for: 2, 1 overdue · oldest 33 days, "
        f"Was due {dates.say(TODAY - timedelta(days=3))}",
        "corrections": f"Corrections asked for: 1, Oldest 10 days, Due {dates.say(TODAY + timedelta(days=50))}",
    }
    with qtbot.waitSignal(page.releases_wanted):
        page.findChild(QPushButton, "requests_copies").click()
    with qtbot.waitSignal(page.privacy_wanted):
        page.findChild(QPushButton, "requests_corrections").click()


def test_worklists_lead_to_them_too(qtbot: QtBot, filled_desk: Desk, reference: str) -> None:
    _ask(filled_desk)
    page = WorklistsPage(filled_desk)
    qtbot.addWidget(page)
    page.resize(1180, 720)
    page.show()
    page.reload()
    qtbot.waitUntil(lambda: page.request_links["copies"].isVisible())
    assert page.request_links["copies"].text() == "2 copies asked for, 1 overdue"
    assert page.request_links["corrections"].text() == "1 correction asked for"
    with qtbot.waitSignal(page.releases_wanted):
        page.request_links["copies"].click()
    with qtbot.waitSignal(page.privacy_wanted):
        page.request_links["corrections"].click()
