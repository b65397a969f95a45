"""The notices on screen: words or a PDF of the center's own, refused beside the field, kept until they are saved."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pikepdf
import pytest
from pytestqt.qtbot import QtBot

from referral_app.database import Database
from referral_app.services import notices
from referral_app.services.notices import NoticeRecord
from referral_app.ui.desk import Desk
from referral_app.ui.texts.notices_view import NoticesView
from tests.acting import acting


@pytest.fixture
def view(qtbot: QtBot, filled_desk: Desk) -> Generator[NoticesView]:
    made = NoticesView(filled_desk)
    qtbot.addWidget(made)
    made.show()
    made.reload()
    qtbot.waitUntil(lambda: not filled_desk.background.is_busy)
    yield made
    filled_desk.background.wait()


def found(db: Database) -> list[NoticeRecord]:
    with db.read() as session:
        return notices.find(session)


def test_a_notice_is_written_and_saved(qtbot: QtBot, filled: Database, view: NoticesView) -> None:
    card = view.cards[2]
    assert not card.save_button.isEnabled()
    card.title.setText("Help in your language")
    card.words.setPlainText("Invented words.")
    with qtbot.waitSignal(view.said):
        card.save_button.click()
    assert [(one.slot, one.title, one.words) for one in found(filled)] == [
        (2, "Help in your language", "Invented words.")
    ]
    assert not card.unsaved


def test_a_notice_without_a_title_is_refused_beside_the_field(
    qtbot: QtBot, filled: Database, view: NoticesView
) -> None:
    card = view.cards[1]
    card.words.setPlainText("Invented words.")
    card.save_button.click()
    qtbot.waitUntil(lambda: "Enter the title" in card.blocks["title"].error())
    assert found(filled) == []
    assert card.words.toPlainText() == "Invented words."


def test_letters_that_no_font_draws_are_named(qtbot: QtBot, view: NoticesView) -> None:
    card = view.cards[1]
    card.title.setText("Rights 🙂")
    card.words.setPlainText("Invented words.")
    card.save_button.click()
    qtbot.waitUntil(lambda: "cannot be printed" in card.blocks["title"].error())


def test_a_pdf_of_the_centers_own_is_made_anew_and_kept(
    qtbot: QtBot, filled: Database, view: NoticesView, tmp_path: Path
) -> None:
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page()
        pdf.save(tmp_path / "notice.pdf")
    card = view.cards[1]
    card.title.setText("Your rights")
    view.take_file(1, tmp_path / "notice.pdf")
    qtbot.waitUntil(lambda: "2 pages" in card.file.text(), timeout=20_000)
    with qtbot.waitSignal(view.said):
        card.save_button.click()
    (kept,) = found(filled)
    assert kept.pages == 2
    assert kept.content is not None
    assert kept.content.startswith(b"%PDF")
    card.remove_button.click()
    assert card.file.text() == "No PDF."


def test_a_file_that_is_no_pdf_is_refused_in_one_sentence(
    qtbot: QtBot, view: NoticesView, tmp_path: Path
) -> None:
    (tmp_path / "notice.pdf").write_bytes(b"MZ not a pdf")
    view.take_file(1, tmp_path / "notice.pdf")
    qtbot.waitUntil(lambda: view.cards[1].errors.isVisible(), timeout=20_000)
    assert "no PDF" in view.cards[1].errors.accessibleDescription()


def test_whoever_saves_second_is_told_and_keeps_what_was_typed(
    qtbot: QtBot, filled: Database, view: NoticesView
) -> None:
    card = view.cards[1]
    card.title.setText("Mine")
    card.words.setPlainText("Mine.")
    with acting(filled, "Rosa Ortiz"), filled.begin() as session:
        notices.save(session, NoticeRecord(1, "Hers", "Hers."))
    card.save_button.click()
    qtbot.waitUntil(lambda: "Rosa Ortiz saved this notice" in card.errors.accessibleDescription())
    assert card.words.toPlainText() == "Mine."
    assert found(filled)[0].words == "Hers."


def test_what_was_typed_and_not_saved_is_there_again_later(
    qtbot: QtBot, filled_desk: Desk, view: NoticesView
) -> None:
    view.cards[2].title.setText("Help")
    view.cards[2].words.setPlainText("Half a sentence")
    view.keep()
    again = NoticesView(filled_desk)
    qtbot.addWidget(again)
    again.reload()
    qtbot.waitUntil(lambda: again.cards[2].words.toPlainText() == "Half a sentence")
    assert again.cards[2].unsaved
    assert found(filled_desk.db) == []
