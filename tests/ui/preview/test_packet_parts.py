"""The parts of a packet, ticked beside the preview and printed as they are ticked."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from referral_app.ui.desk import Desk
from referral_app.ui.preview.page import PreviewPage
from tests.documents import paper
from tests.ui.referrals.conftest import shown


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> PreviewPage:
    return shown(qtbot, PreviewPage(filled_desk))


def said(qtbot: QtBot, page: PreviewPage) -> str:
    qtbot.waitUntil(page.print_button.isEnabled, timeout=20000)
    assert page.made is not None
    return paper.text(page.made.content)


def test_parts_that_everybody_gets_are_ticked_and_more_can_be(
    qtbot: QtBot, page: PreviewPage, reference: str
) -> None:
    page.show_document("packet", reference)
    assert "Keep this headache diary" not in said(qtbot, page)
    ticks = page.options.ticks
    assert ticks["about"].isChecked()
    assert not ticks["diary"].isChecked()
    assert "calls" not in ticks  # no packet goes without it
    assert "notices" not in ticks  # the Center has written none
    ticks["diary"].click()
    assert "Keep this headache diary" in said(qtbot, page)
    ticks["costs"].click()
    text = said(qtbot, page)
    assert "Ask about costs" not in text
    assert "Call 911 right away" in text
    assert ticks["diary"].isChecked()
    assert not ticks["costs"].isChecked()
