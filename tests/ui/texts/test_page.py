"""The page of texts: editing with grade and page shown live, reviews, versions, conflicts, and nothing lost."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.choices import Slot, StaffRole
from referral_app.database import Database
from referral_app.jobs import patient_texts as jobs
from referral_app.paths import Paths
from referral_app.services import letter_templates, patient_texts
from referral_app.settings import Settings
from referral_app.ui import ask
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.texts.bench import Bench
from referral_app.ui.texts.page import TextsPage
from tests.acting import acting, as_role

BRING = "en/bring"
MINE = "# Bring these things\n\n- [ ] Your card\n\nCall us at {phone}.\n"


@pytest.fixture
def page(qtbot: QtBot, filled_desk: Desk) -> Generator[TextsPage]:
    made = TextsPage(filled_desk)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.reload()
    _wait(qtbot, made.texts)
    made.texts.open(BRING)
    yield made
    filled_desk.background.wait()


def _wait(qtbot: QtBot, bench: Bench) -> None:
    qtbot.waitUntil(lambda: bool(bench.entries) and not bench._desk.background.is_busy)  # noqa: SLF001


def _texts(db: Database, language: str = "en") -> Any:
    with db.read() as session:
        return jobs.in_force(session, language)


def _save(qtbot: QtBot, bench: Bench, words: str) -> None:
    bench.pane.editor.replace(words)
    with qtbot.waitSignal(bench.loaded):
        bench.pane.save_button.click()


def _dialog(kind: str) -> Any:
    found = [one for one in QApplication.topLevelWidgets() if one.objectName() == kind and one.isVisible()]
    return found[0]


def _child(page: QWidget, name: str) -> Any:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_the_texts_stand_in_the_list_with_their_state(page: TextsPage) -> None:
    entries = page.texts.entries
    assert entries.keys() == {f"en/{name}" for name in jobs.originals("en")}
    assert entries[BRING].said == "The program's · Waits for a review"
    assert entries["en/caption"].title == "Words below the drawing of the nerves"
    assert page.texts.list.summary.text() == f"{len(entries)} of {len(entries)} wait for a review."


def test_the_grade_and_the_page_follow_what_is_typed(qtbot: QtBot, page: TextsPage) -> None:
    bench = page.texts
    qtbot.waitUntil(lambda: "Grade" in bench.pane.reading.verdict.text())
    assert bench.pane.reading.state.words() == "Easy"
    bench.pane.editor.replace(
        "# Go\n\nMultidisciplinary pharmaceutical documentation necessitates examination.\n"
    )
    qtbot.waitUntil(lambda: bench.pane.reading.state.words() == "Too hard")
    qtbot.waitUntil(lambda: bench.sample.document.pageCount() == 1)
    bench.sample.sizes.buttons["18"].click()
    assert bench.sample.large


def test_a_hard_part_is_named_where_the_whole_is_easy(qtbot: QtBot, page: TextsPage) -> None:
    hard = "## What it takes\n\nDocumentation necessitates multidisciplinary examination.\n"
    page.texts.pane.editor.replace("# Go now\n\n" + "We call you. You come to us. " * 12 + "\n\n" + hard)
    qtbot.waitUntil(lambda: "“What it takes” is too hard" in page.texts.pane.reading.verdict.text())
    assert page.texts.pane.reading.state.words() == "Too hard"


def test_what_is_typed_while_a_save_is_under_way_is_not_lost(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench = page.texts
    bench.pane.editor.replace(MINE)
    bench.save()
    bench.pane.editor.replace(MINE + "\nAnd more.\n")
    bench.open("en/call-us")
    qtbot.waitUntil(lambda: "Edited by" in bench.entries[BRING].said)
    bench.open(BRING)
    assert bench.pane.editor.words() == MINE + "\nAnd more.\n"
    assert bench.pane.conflict.words() == ""
    with qtbot.waitSignal(bench.loaded):
        bench.save()
    assert "And more." in _texts(filled).markdown["bring"]


def test_a_hard_sentence_leads_to_its_line(qtbot: QtBot, page: TextsPage) -> None:
    bench = page.texts
    bench.pane.editor.replace("# Go\n\nStay.\n\nCall **{surgeon}** regarding pharmaceutical documentation.\n")
    qtbot.waitUntil(lambda: "pharmaceutical" in _child(page, "textsHard0").accessibleName())
    _child(page, "textsHard0").click()
    assert bench.pane.editor.edit.textCursor().blockNumber() == 4


def test_an_unknown_placeholder_is_said_beside_it_and_cannot_be_saved(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench = page.texts
    bench.pane.editor.replace("# Go\n\nCall {fone}.\n")
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "textsProblem0") is not None)
    assert "Line 3: Nothing fills {fone}" in _child(page, "textsProblem0").accessibleName()
    _child(page, "textsProblem0").click()
    assert bench.pane.editor.edit.textCursor().selectedText() == "Call {fone}."
    bench.save()
    qtbot.waitUntil(lambda: "Nothing fills {fone}" in bench.pane.error.words())
    assert _texts(filled).markdown["bring"] == jobs.originals("en")["bring"]
    assert bench.pane.editor.words() == "# Go\n\nCall {fone}.\n"


@pytest.mark.parametrize("letters", ["🙂", "שלום"])
def test_letters_that_no_font_draws_are_named_and_cannot_be_saved(
    qtbot: QtBot, page: TextsPage, letters: str
) -> None:
    bench = page.texts
    bench.pane.editor.replace(f"# Go\n\nHello {letters}.\n")
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "textsProblem0") is not None)
    assert "cannot be printed" in _child(page, "textsProblem0").accessibleName()
    bench.save()
    qtbot.waitUntil(lambda: "cannot be printed" in bench.pane.error.words())


def test_a_placeholder_is_inserted_from_the_menu(page: TextsPage) -> None:
    editor = page.texts.pane.editor
    editor.replace("Call ")
    editor.menu.aboutToShow.emit()
    named = {str(one.data()): one for one in editor.menu.actions()}
    assert "phone number" in named["phone"].text()
    named["phone"].trigger()
    assert editor.words() == "Call {phone}"


def test_a_saved_text_is_in_force_and_the_list_says_whose_it_is(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    _save(qtbot, page.texts, MINE)
    assert _texts(filled).markdown["bring"] == MINE
    assert page.texts.entries[BRING].said == "Edited by Dana Whitfield · Waits for a review"
    assert not page.texts.unsaved
    assert not page.texts.pane.save_button.isEnabled()


def test_ctrl_s_saves_and_undo_belongs_to_the_words(qtbot: QtBot, filled: Database, page: TextsPage) -> None:
    edit = page.texts.pane.editor.edit
    with qtbot.waitActive(page):
        page.activateWindow()
    edit.setFocus()
    qtbot.keyClicks(edit, "Eat. ")
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not page.texts.unsaved
    page.texts.pane.editor.replace(MINE)
    with qtbot.waitSignal(page.texts.loaded):
        qtbot.keyClick(edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert _texts(filled).markdown["bring"] == MINE


def test_saving_says_beforehand_that_it_voids_the_review(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    read = {"bring": jobs.originals("en")["bring"]}
    with filled.begin() as session:
        patient_texts.review(session, "en", read, "Ana Ruiz", date.today(), originals=jobs.originals("en"))
    with qtbot.waitSignal(page.texts.loaded):
        page.reload()
    assert "Reviewed by Ana Ruiz" in page.texts.entries[BRING].said
    page.texts.pane.editor.replace(MINE)
    assert "voids the review by Ana Ruiz" in page.texts.pane.void.words()
    page.texts.pane.give_up_button.click()
    assert page.texts.pane.void.words() == ""


def test_a_review_is_recorded_with_who_in_what_role_and_when(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    page.review_button.click()
    dialog = _dialog("reviewDialog")
    dialog.record_button.click()
    qtbot.waitUntil(lambda: dialog.blocks["reviewer"].error() == "Enter who reviewed it.")
    dialog.what.set_value("waiting")
    dialog.lines["reviewer"].setText("Ana Ruiz")
    dialog.lines["role"].setText("certified medical interpreter")
    dialog.lines["reviewed_on"].setText("1/2/2199")
    dialog.record_button.click()
    qtbot.waitUntil(lambda: "still to come" in dialog.blocks["reviewed_on"].error())
    dialog.lines["reviewed_on"].setText("3/2/2026")
    with qtbot.waitSignal(page.texts.loaded):
        dialog.record_button.click()
    found = _texts(filled)
    assert found.waiting == ()
    assert found.reviewed["bring"].reviewer == "Ana Ruiz, certified medical interpreter"
    assert found.reviewed["bring"].reviewed_on == date(2026, 3, 2)


def test_a_review_is_of_saved_words_alone(page: TextsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, *_, **__: told.append(sentence))
    page.texts.pane.editor.replace(MINE)
    page.review_button.click()
    assert told
    assert "words that are saved" in told[0]


def test_an_earlier_version_is_compared_and_put_into_the_editor(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench = page.texts
    _save(qtbot, bench, MINE)
    bench.pane.history_button.click()
    qtbot.waitUntil(
        lambda: bool([w for w in QApplication.topLevelWidgets() if w.objectName() == "textVersions"])
    )
    dialog = _dialog("textVersions")
    assert [dialog.list.item(at).text().partition(",")[0] for at in range(3)] == [
        "Version 2: Dana Whitfield", "Version 1: The program", "The program",
    ]  # fmt: skip
    dialog.list.setCurrentRow(1)
    assert "Editor: - [ ] Your card" in dialog.difference.toPlainText()
    dialog.take_button.click()
    assert bench.pane.editor.words() == jobs.originals("en")["bring"]
    assert bench.unsaved
    assert _texts(filled).markdown["bring"] == MINE


def test_going_back_puts_the_programs_text_in_force(
    qtbot: QtBot, filled: Database, page: TextsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = page.texts
    assert bench.pane.back_button.isHidden()
    _save(qtbot, bench, MINE)
    monkeypatch.setattr(ask, "confirm", lambda parent, question, detail, yes, on_yes, **_: on_yes())
    with qtbot.waitSignal(bench.loaded):
        bench.pane.back_button.click()
    assert bench.pane.editor.words() == jobs.originals("en")["bring"]
    assert _texts(filled).markdown["bring"] == jobs.originals("en")["bring"]


def _saved_by_rosa(db: Database, words: str) -> None:
    with acting(db, "Rosa Ortiz"), db.begin() as session:
        patient_texts.save(session, "en", "bring", words, original=jobs.originals("en")["bring"])


def test_of_two_who_edit_one_text_the_second_is_told_and_nothing_is_lost(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench = page.texts
    bench.pane.editor.replace(MINE)
    _saved_by_rosa(filled, "# Rosa\n\nHers.\n")
    with qtbot.waitSignal(bench.loaded):
        bench.save()
    assert "Somebody else saved another version" in bench.pane.conflict.words()
    assert bench.pane.editor.words() == MINE
    assert _texts(filled).markdown["bring"] == "# Rosa\n\nHers.\n"
    bench.pane.conflict.button.click()
    dialog = _dialog("textConflict")
    assert "Saved: # Rosa" in dialog.difference.toPlainText()
    dialog.mine_button.click()
    assert bench.pane.conflict.words() == ""
    with qtbot.waitSignal(bench.loaded):
        bench.save()
    assert _texts(filled).markdown["bring"] == MINE
    with filled.read() as session:
        assert "# Rosa\n\nHers.\n" in [one.markdown for one in patient_texts.history(session, "en", "bring")]


def test_the_saved_version_may_be_taken_and_mine_be_brought_back_with_undo(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench = page.texts
    bench.pane.editor.replace(MINE)
    _saved_by_rosa(filled, "# Rosa\n\nHers.\n")
    with qtbot.waitSignal(bench.loaded):
        page.reload()
    bench.pane.conflict.button.click()
    _dialog("textConflict").theirs_button.click()
    assert bench.pane.editor.words() == "# Rosa\n\nHers.\n"
    assert not bench.unsaved
    bench.pane.editor.edit.undo()
    assert bench.pane.editor.words() == MINE


def test_what_was_typed_stays_when_another_text_is_looked_at(page: TextsPage) -> None:
    bench = page.texts
    bench.pane.editor.replace(MINE)
    bench.open("en/call-us")
    assert bench.pane.editor.words() == bench.entries["en/call-us"].words
    bench.open(BRING)
    assert bench.pane.editor.words() == MINE


def test_what_was_typed_and_not_saved_is_there_after_the_window_was_closed(
    qtbot: QtBot, filled_desk: Desk, page: TextsPage
) -> None:
    page.texts.pane.editor.replace(MINE)
    page.keep()
    again = TextsPage(filled_desk)
    qtbot.addWidget(again)
    again.reload()
    _wait(qtbot, again.texts)
    again.texts.open(BRING)
    assert again.texts.pane.editor.words() == MINE
    assert again.texts.unsaved
    assert _texts(filled_desk.db).markdown["bring"] == jobs.originals("en")["bring"]


def test_what_is_typed_is_kept_by_itself_after_a_pause(
    qtbot: QtBot, filled_desk: Desk, page: TextsPage
) -> None:
    from referral_app.services import wording_drafts

    page.texts.pane.editor.replace(MINE)

    def kept() -> bool:
        with filled_desk.db.read() as session:
            return f"texts/{BRING}" in wording_drafts.find(session)

    qtbot.waitUntil(kept, timeout=8000)
    _save(qtbot, page.texts, MINE)
    qtbot.waitUntil(lambda: not kept(), timeout=8000)


def test_a_text_of_50_000_characters_is_measured_printed_and_saved(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench, long = page.texts, "# Go\n\n" + "Call us at once. " * 2900 + "\n"
    bench.pane.editor.replace(long)
    qtbot.waitUntil(lambda: bench.sample.document.pageCount() > 5, timeout=20_000)
    with qtbot.waitSignal(bench.loaded, timeout=20_000):
        bench.save()
    assert _texts(filled).markdown["bring"] == patient_texts.tidy(long)


def test_spanish_says_that_it_waits_for_its_reviews(qtbot: QtBot, page: TextsPage) -> None:
    with qtbot.waitSignal(page.texts.loaded):
        page.texts.list.filter.set_value("es")
    assert all(key.startswith("es/") for key in page.texts.entries)
    assert "Spanish is printed once none waits" in page.texts.list.summary.text()
    qtbot.waitUntil(lambda: "INFLESZ" in page.texts.pane.reading.verdict.text())


def test_words_that_the_program_puts_together_can_be_read_and_not_edited(page: TextsPage) -> None:
    bench = page.texts
    bench.open("en/words.toml")
    assert bench.pane.editor.edit.isReadOnly()
    assert not bench.pane.save_button.isEnabled()
    assert "cannot be edited" in bench.pane.note.words()
    bench.open(BRING)
    assert not bench.pane.editor.edit.isReadOnly()


def test_all_texts_are_saved_as_a_pdf_for_a_reviewer(qtbot: QtBot, page: TextsPage, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.said, timeout=20_000):
        page.save_copy(tmp_path / "texts.pdf")
    assert (tmp_path / "texts.pdf").read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_one_sentence(
    qtbot: QtBot, page: TextsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, *_, **__: told.append(sentence))
    page.save_copy(tmp_path / "gone" / "texts.pdf")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert len(told) == 1


def test_a_paragraph_of_the_letter_is_edited_beside_a_sample_letter(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench = page.view(1)
    assert isinstance(bench, Bench)
    _wait(qtbot, bench)
    bench.open("opening/occipital_release/")
    assert bench.entry is not None
    assert bench.entry.said == "The program's"
    assert bench.pane.reading.isHidden()
    _save(qtbot, bench, "Please see {patient} about {procedure}.")
    with filled.read() as session:
        found = letter_templates.in_force(session, Slot.OPENING, "occipital_release")
        assert found.words == "Please see {patient} about {procedure}."
    qtbot.waitUntil(lambda: bench.sample.document.pageCount() > 1, timeout=10_000)
    bench.pane.editor.replace("Dear {surgon},")
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "paragraphsProblem0") is not None)
    assert "Did you mean {surgeon}?" in _child(page, "paragraphsProblem0").accessibleName()
    qtbot.waitUntil(lambda: "cannot be printed yet" in bench.sample.state.text(), timeout=10_000)
    assert not bench.sample.state.text().startswith("As it prints")


def test_a_paragraph_with_letters_that_no_font_draws_is_never_saved(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench = page.view(1)
    assert isinstance(bench, Bench)
    _wait(qtbot, bench)
    bench.open("closing//")
    bench.pane.editor.replace("Thank you 🙂")
    bench.save()
    qtbot.waitUntil(lambda: "cannot be printed" in bench.pane.error.words())
    with filled.read() as session:
        assert letter_templates.history(session, Slot.CLOSING) == []


def test_a_paragraph_goes_back_to_what_counts_without_it(
    qtbot: QtBot, filled: Database, page: TextsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = page.view(1)
    assert isinstance(bench, Bench)
    _wait(qtbot, bench)
    bench.open("opening//")
    _save(qtbot, bench, "Dear {surgeon}, for all.")
    assert bench.entries["opening/revision/"].said == "As for all procedures"
    bench.open("opening/revision/")
    _save(qtbot, bench, "Dear {surgeon}, a revision.")
    monkeypatch.setattr(ask, "confirm", lambda parent, question, detail, yes, on_yes, **_: on_yes())
    with qtbot.waitSignal(bench.loaded):
        bench.pane.back_button.click()
    assert bench.pane.editor.words() == "Dear {surgeon}, for all."


def test_from_the_list_to_a_saved_text_by_keyboard_alone(
    qtbot: QtBot, filled: Database, page: TextsPage
) -> None:
    bench = page.texts
    with qtbot.waitActive(page):
        page.activateWindow()
    bench.open("en/about-migraine")
    bench.list.list.setFocus()
    qtbot.keyClick(bench.list.list, Qt.Key.Key_Down)
    assert bench.current not in ("", "en/about-migraine")
    name = bench.current.partition("/")[2]
    for _ in range(12):
        if bench.pane.editor.edit.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(bench.pane.editor.edit, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(bench.pane.editor.edit, "Ask us.")
    with qtbot.waitSignal(bench.loaded):
        qtbot.keyClick(bench.pane.editor.edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert _texts(filled).markdown[name].endswith("Ask us.\n")


def test_the_page_is_reached_from_settings_by_administrators(window: MainWindow) -> None:
    settings = window.page("settings")
    window.show_page("settings")
    settings.findChild(QPushButton, "go_textsPage").click()
    assert window.current_page().objectName() == "textsPage"


def test_whoever_is_no_administrator_is_refused_by_the_services(
    qtbot: QtBot, looks: QApplication, paths: Paths, people_db: Database, background: Background,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    told: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, *_, **__: told.append(sentence))
    as_role(people_db, StaffRole.SCHEDULER)
    page = TextsPage(Desk(paths, Settings(), people_db, background))
    qtbot.addWidget(page)
    page.reload()
    qtbot.waitUntil(lambda: bool(told))
    assert "Ask an administrator" in told[0]
