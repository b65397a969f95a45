"""The Center: its experts, and its trials with the surgeons who run them, there and back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from referral_app.database import Database
from referral_app.services import center
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons.center_view import CenterView
from referral_app.ui.surgeons.page import SurgeonsPage


@pytest.fixture
def view(qtbot: QtBot, filled: Database) -> CenterView:
    made = CenterView()
    qtbot.addWidget(made)
    made.show()
    with filled.read() as session:
        made.show_facts((center.get(session), center.experts(session), center.trials(session)))
    qtbot.waitUntil(lambda: made.findChild(QAbstractButton, "trial1Surgeon0") is not None)
    return made


def test_each_trial_names_the_surgeons_who_run_it(qtbot: QtBot, view: CenterView, filled: Database) -> None:
    button = view.findChild(QAbstractButton, "trial0Surgeon1")
    assert button is not None
    assert button.text() == "Lourdes Marín, MD"
    with filled.read() as session:
        wanted = center.trials(session)[0].surgeons[1][0]
    with qtbot.waitSignal(view.links.surgeon) as opened:
        button.click()
    assert opened.args == [wanted]


def test_a_trial_opens_its_surgeon_and_the_surgeon_its_trials(qtbot: QtBot, filled_desk: Desk) -> None:
    page = SurgeonsPage(filled_desk)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.directory.list.loaded):
        page.reload()
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.center.findChild(QAbstractButton, "trial0Surgeon0") is not None)
    page.center.findChild(QAbstractButton, "trial0Surgeon0").click()  # type: ignore[union-attr]
    card = page.directory.card
    qtbot.waitUntil(lambda: card.findChild(QAbstractButton, "openTrials") is not None)
    assert page.tabs.currentIndex() == 0
    assert card.surgeon().family_name == "Keen"  # type: ignore[union-attr]
    card.findChild(QAbstractButton, "openTrials").click()  # type: ignore[union-attr]
    assert page.tabs.currentIndex() == 1
