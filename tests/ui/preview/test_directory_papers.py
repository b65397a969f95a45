"""Papers of the directory in the preview: cards, the list of a search, sheets to verify entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from referral_app.services import matching
from referral_app.services.surgeon_records import Query, SurgeonRecord
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.preview.page import PreviewPage
from tests.documents import paper
from tests.ui.preview.test_page import _events, _words, ready
from tests.ui.referrals.conftest import shown


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> PreviewPage:
    return shown(qtbot, PreviewPage(filled_desk))


@pytest.fixture
def surgeons(filled_desk: Desk) -> list[SurgeonRecord]:
    with filled_desk.db.read() as session:
        return [item.surgeon for item in matching.find(session, Query(sort="name"))]


def test_a_card_comes_in_usual_and_in_large_print(
    qtbot: QtBot, page: PreviewPage, surgeons: list[SurgeonRecord]
) -> None:
    page.show_document("card", surgeons[0].id)
    ready(qtbot, page)
    assert surgeons[0].name in paper.text(page.content)
    assert page.options.sizes["large"].isVisible()
    usual = page.paper.pages()
    page.options.sizes["large"].click()
    ready(qtbot, page)
    assert page.paper.pages() > usual == 1


def test_several_cards_are_one_document(
    qtbot: QtBot, page: PreviewPage, surgeons: list[SurgeonRecord]
) -> None:
    for about in ([one.id for one in surgeons[:3]], ",".join(one.id for one in surgeons[:3])):
        page.show_document("card", about)
        ready(qtbot, page)
        assert page.paper.pages() == 3


def test_a_directory_is_shown_of_a_query_or_of_its_words(qtbot: QtBot, page: PreviewPage) -> None:
    for about in (Query("keen", accepting=True), "keen accepting:yes"):
        page.show_document("directory", about)
        ready(qtbot, page)
        assert "Searched: “keen”, accepting new patients" in paper.text(page.content)
        assert not page.options.sizes["large"].isVisible()


def test_a_directory_that_was_canceled_can_be_asked_for_again(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk
) -> None:
    page.show_document("directory", Query())
    filled_desk.background.jobs[0].cancel()
    qtbot.waitUntil(lambda: "canceled" in page.note.accessibleName())
    assert not page.content
    page.note.acted.emit()
    ready(qtbot, page)
    assert "The whole directory" in paper.text(page.content)


def test_a_directory_makes_way_for_what_is_asked_after_it(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, surgeons: list[SurgeonRecord]
) -> None:
    page.show_document("directory", Query())
    page.show_document("card", surgeons[0].id)
    ready(qtbot, page)
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    assert page.name.startswith("surgeon-card")


def test_a_search_that_cannot_be_done_is_said(qtbot: QtBot, page: PreviewPage) -> None:
    page.show_document("directory", "zip:99999")
    qtbot.waitUntil(lambda: "cannot" in page.note.accessibleName())
    assert "99999" in _words(page)


def test_sheets_are_shown_of_the_chosen_or_of_all_that_are_due(
    qtbot: QtBot, page: PreviewPage, surgeons: list[SurgeonRecord]
) -> None:
    page.show_document("verification", [surgeons[0].id, surgeons[1].id])
    ready(qtbot, page)
    assert paper.text(page.content).count("Please check this entry") == 2
    page.show_document("verification", "")
    ready(qtbot, page)
    assert "Please check this entry" in paper.text(page.content)


def test_nobody_chosen_is_said_and_is_not_all_that_are_due(qtbot: QtBot, page: PreviewPage) -> None:
    page.show_document("verification", [])
    qtbot.waitUntil(lambda: "cannot" in page.note.accessibleName())
    assert "Choose at least one surgeon." in _words(page)


def test_showing_and_saving_are_noted_each_once(
    qtbot: QtBot, page: PreviewPage, filled_desk: Desk, surgeons: list[SurgeonRecord], tmp_path: Path
) -> None:
    known = len(_events(filled_desk))
    page.show_document("card", surgeons[0].id)
    ready(qtbot, page)
    with qtbot.waitSignal(page.said):
        page.write(tmp_path / "card.pdf")
    assert _events(filled_desk)[known:] == [("opened", "card", ""), ("printed", "card", "saved")]
    assert (tmp_path / "card.pdf").read_bytes() == page.content


def test_the_window_shows_a_card(qtbot: QtBot, window: MainWindow, surgeons: list[SurgeonRecord]) -> None:
    window.preview("card", surgeons[0].id)
    qtbot.waitUntil(lambda: isinstance(window.pages.get("preview"), PreviewPage))
    page = window.pages.get("preview")
    assert isinstance(page, PreviewPage)
    qtbot.waitUntil(lambda: bool(page.content), timeout=20000)
    assert page.name.startswith("surgeon-card-")
