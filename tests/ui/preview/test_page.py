"""The preview: pages, zoom, search, saving, and plain sentences where something cannot be done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from referral_app.jobs import questionnaires
from referral_app.services import audit, fax_numbers, referrals
from referral_app.services.audit import Filter
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.preview.page import PreviewPage
from tests.ui.referrals.conftest import shown


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> PreviewPage:
    return shown(qtbot, PreviewPage(filled_desk))


def ready(qtbot: QtBot, page: PreviewPage) -> None:
    qtbot.waitUntil(page.print_button.isEnabled, timeout=20000)


def test_a_letter_shows_its_pages(qtbot: QtBot, page: PreviewPage, reference: str) -> None:
    page.show_document("letter", reference)
    ready(qtbot, page)
    assert page.paper.pages() >= 2
    assert page.tools.page.text() == f"Page 1 of {page.paper.pages()}"
    qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.tools.page.text().startswith("Page 2 of"))


def test_a_packet_is_as_its_patient_needs_it_and_made_again_in_the_other_size(
    qtbot: QtBot, page: PreviewPage, reference: str
) -> None:
    page.show_document("packet", reference)
    ready(qtbot, page)
    assert page.options.sizes["large"].isChecked()  # the invented patient asked for large print
    large = page.paper.pages()
    assert page.paper.view.hasFocus()
    page.options.sizes["usual"].setFocus()
    page.options.sizes["usual"].click()
    assert not page.print_button.isEnabled()
    ready(qtbot, page)
    assert page.paper.pages() < large
    assert page.options.sizes["usual"].hasFocus()


def test_a_questionnaire_is_as_its_patient_needs_it_until_somebody_chooses(
    qtbot: QtBot, page: PreviewPage, reference: str
) -> None:
    page.show_document("questionnaire", reference)
    ready(qtbot, page)
    assert page.made is not None
    assert page.options.languages[page.made.language].isChecked()
    page.options.languages["es"].click()
    ready(qtbot, page)
    assert page.name == f"questionnaire-{reference}-en.pdf"
    assert page.made.notes == (questionnaires.WAITS,)  # nobody reviewed the Spanish words of this store
    page.show_document("questionnaire", "")
    ready(qtbot, page)
    assert page.name == "questionnaire-en.pdf"


def test_words_are_found_in_the_document(qtbot: QtBot, page: PreviewPage, reference: str) -> None:
    page.show_document("letter", reference)
    ready(qtbot, page)
    qtbot.keyClicks(page.tools.search, "occipital")
    qtbot.waitUntil(lambda: page.paper.found.searchString() == "occipital" and page.paper.hits() > 3)
    qtbot.keyClick(page.tools.search, Qt.Key.Key_Return)
    assert page.tools.hits.text().startswith("1 of ")
    page.tools.search.setText("xyzzy")
    qtbot.waitUntil(lambda: page.tools.hits.text() == "Not found")


def test_zoom_goes_in_steps_and_back_to_the_width(qtbot: QtBot, page: PreviewPage, reference: str) -> None:
    page.show_document("letter", reference)
    ready(qtbot, page)
    before = page.paper.percent()
    page.tools.larger.click()
    assert page.paper.percent() > before
    page.tools.fit.click()
    assert abs(page.paper.percent() - before) <= 3


def test_saving_writes_the_whole_document(
    qtbot: QtBot, page: PreviewPage, reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "save_file", lambda *args: args[-1](tmp_path / args[2]))
    page.show_document("letter", reference)
    ready(qtbot, page)
    page.by_fax.tick.setChecked(False)
    with qtbot.waitSignal(page.said):
        page.save_button.click()
    saved = tmp_path / f"letter-{reference}.pdf"
    assert saved.read_bytes() == page.content
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".pdf"] == [saved.name]


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(
    qtbot: QtBot, page: PreviewPage, reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda _parent, words, *_more, **_named: said.append(words))
    page.show_document("letter", reference)
    ready(qtbot, page)
    page.by_fax.tick.setChecked(False)
    page.write(tmp_path / "no such folder" / "letter.pdf")
    qtbot.waitUntil(lambda: bool(said))
    assert "no folder" in said[0]
    assert page.content


def test_letters_that_no_font_has_are_named(
    qtbot: QtBot, page: PreviewPage, reference: str, filled_desk: Desk
) -> None:
    with filled_desk.db.begin() as session:
        record = referrals.get(session, reference)
        intake: dict[str, Any] = {**record.intake, "goals": {"patient_goal": "To play \U0001f3bb again"}}
        referrals.save(session, intake, referral_id=record.id, version=record.version)
    page.show_document("letter", reference)
    qtbot.waitUntil(
        lambda: page.print_button.isEnabled() or "cannot" in page.note.accessibleName(), timeout=20000
    )
    if not page.print_button.isEnabled():
        assert "\U0001f3bb" in _words(page) or "U+1F3BB" in _words(page).upper()


def _words(page: PreviewPage) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in page.note.findChildren(QLabel))


def test_a_referral_without_a_surgeon_says_so(qtbot: QtBot, page: PreviewPage, filled_desk: Desk) -> None:
    with filled_desk.db.begin() as session:
        record = referrals.save(session, {"patient": {"family_name": "Quill"}})
    page.show_document("letter", record.reference)
    qtbot.waitUntil(lambda: "cannot" in page.note.accessibleName())
    assert "Choose a surgeon" in _words(page)
    assert not page.print_button.isEnabled()


def _events(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.db.read() as session:
        rows = audit.find(session, Filter())
    return [(one.action, one.kind, one.details.get("to", "")) for one in reversed(rows)]


def _saving(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(ask, "save_file", lambda *args: args[-1](path))


def test_a_letter_for_fax_leaves_once_the_last_four_digits_are_typed_and_is_noted(
    qtbot: QtBot,
    page: PreviewPage,
    filled_desk: Desk,
    reference: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _saving(monkeypatch, tmp_path / "letter.pdf")
    page.show_document("letter", reference)
    ready(qtbot, page)
    with filled_desk.db.read() as session:
        found = fax_numbers.target(session, reference)
    assert found is not None
    assert page.by_fax.ticked()
    for typed in ("", "0000"):
        page.by_fax.digits.setText(typed)
        page.save_button.click()
        qtbot.waitUntil(lambda: bool(page.by_fax.block.error()))
        page.by_fax.block.set_error("")
    assert not (tmp_path / "letter.pdf").exists()
    page.by_fax.digits.setText(found.number[-4:])
    for times in (1, 2):
        with qtbot.waitSignal(page.said):
            page.save_button.click()
        with filled_desk.db.read() as session:
            went = fax_numbers.went_to(session, found.number)
        assert [one.what for one in went] == ["Letter saved to be faxed"] * times
    assert not page.by_fax.block.isVisible()


def test_only_a_letter_asks_for_a_fax(qtbot: QtBot, page: PreviewPage, reference: str) -> None:
    page.show_document("letter", reference)
    ready(qtbot, page)
    assert page.by_fax.isVisible()
    page.show_document("packet", reference)
    ready(qtbot, page)
    assert not page.by_fax.isVisible()
    assert not page.by_fax.ticked()
