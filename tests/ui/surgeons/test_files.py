"""Taking the directory in and out as a file: from the file to the preview, the import and its undo."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from referral_app.jobs import directory, directory_export, directory_undo
from referral_app.services import matching
from referral_app.services.import_records import Outcome
from referral_app.services.surgeon_records import Query
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons.import_dialog import ImportDialog
from referral_app.ui.surgeons.imports_dialog import ImportsDialog
from referral_app.ui.surgeons.outcome_dialog import OutcomeDialog
from referral_app.ui.surgeons.page import SurgeonsPage
from tests import nppes_files

Asker = Callable[..., None]


def _path_of(path: Path) -> Asker:
    def answer(*arguments: object, **_: object) -> None:
        on_path = arguments[-1]
        assert callable(on_path)
        on_path(path)

    return answer


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(ask, "tell", lambda parent, sentence, *more, **options: found.append(sentence))
    return found


def _page(qtbot: QtBot, desk: Desk) -> SurgeonsPage:
    page = SurgeonsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    with qtbot.waitSignal(page.directory.list.loaded):
        page.reload()
    return page


def _act(page: SurgeonsPage, name: str) -> None:
    next(one for one in page.more_button.menu().actions() if one.objectName() == name).trigger()


def _dialog(qtbot: QtBot, page: SurgeonsPage, kind: type[Any]) -> Any:
    qtbot.waitUntil(lambda: page.findChild(kind) is not None)
    return page.findChild(kind)


def _opened(qtbot: QtBot, page: SurgeonsPage, path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportDialog:
    monkeypatch.setattr(ask, "open_file", _path_of(path))
    _act(page, "importSurgeons")
    return _dialog(qtbot, page, ImportDialog)


def _previewed(qtbot: QtBot, dialog: ImportDialog) -> None:
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.preview.isVisible())


def _count(desk: Desk) -> int:
    with desk.db.read() as session:
        return matching.count(session, Query())


def test_a_directory_is_written_and_the_preview_finds_nothing_new(
    qtbot: QtBot, filled_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, target = _page(qtbot, filled_desk), tmp_path / "surgeons.csv"
    monkeypatch.setattr(ask, "save_file", _path_of(target))
    with qtbot.waitSignal(page.said):
        _act(page, "exportSurgeons")
    assert "Keen" in target.read_text("utf-8")
    dialog = _opened(qtbot, page, target, monkeypatch)
    _previewed(qtbot, dialog)
    assert dialog.preview.words.text() == "0 new, 0 changed, 13 unchanged, 0 refused."
    assert not dialog.next_button.isEnabled()


def test_columns_are_matched_previewed_imported_and_undone(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("First,Whose,Tel,Shoe\nAna,Test,410-555-0101,7\nBo,Test,12,8\n")
    page = _page(qtbot, desk)
    dialog = _opened(qtbot, page, path, monkeypatch)
    assert dialog.columns is not None
    assert dialog.columns.mapping() == {"First": "given_name", "Tel": "phone"}
    assert dialog.columns.problem.words() == "No column is matched to Last name. Match the one that holds it."
    dialog.next_button.click()
    assert dialog.summary.isVisible()
    box = dialog.columns.boxes["Whose"]
    box.setFocus()
    qtbot.keyClicks(box, "last")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.value() == "family_name"
    assert box.accessibleName() == "Field of the column Whose"
    assert "Test" in box.accessibleDescription()
    assert not dialog.columns.problem.words()
    _previewed(qtbot, dialog)
    assert dialog.preview.tabs.tabText(0) == "New (1)"
    assert dialog.preview.tabs.currentIndex() == 3
    refused = dialog.preview.lists[Outcome.REFUSED]
    qtbot.waitUntil(lambda: refused.model.rowCount() == 1)
    assert dialog.preview.whole.text().startswith("Row 3, Bo Test, column Tel: 12: Type the phone number")
    assert dialog.next_button.text() == "Import 1"
    with qtbot.waitSignal(page.changed):
        dialog.next_button.click()
    assert _count(desk) == 1
    outcome = _dialog(qtbot, page, OutcomeDialog)
    assert "Row 3, Bo Test, column Tel" in outcome.text.toPlainText()
    with qtbot.waitSignal(page.changed):
        outcome.undo_button.click()
    assert _count(desk) == 0
    again = _opened(qtbot, page, path, monkeypatch)
    assert again.columns is not None
    assert again.columns.mapping()["Whose"] == "family_name"


def test_below_the_lists_stands_the_whole_of_what_is_chosen_in_the_one_that_is_seen(
    qtbot: QtBot, filled_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("npi,given_name,family_name\n9000000015,Marguerite,Keener\n12,Bo,Test\n")
    dialog = _opened(qtbot, _page(qtbot, filled_desk), path, monkeypatch)
    _previewed(qtbot, dialog)
    shown = dialog.preview
    changed, refused = shown.lists[Outcome.CHANGED], shown.lists[Outcome.REFUSED]
    qtbot.waitUntil(lambda: changed.current() is not None and refused.current() is not None)
    assert shown.whole.text().startswith("Row 3, Bo Test, column npi: 12")
    shown.tabs.setCurrentIndex(1)
    assert shown.whole.text() == "Last name: Keen → Keener"


def test_nothing_is_imported_where_something_is_refused_and_that_was_chosen(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("given_name,family_name,npi\nAna,Test,\nBo,Test,1234567890\n")
    dialog = _opened(qtbot, _page(qtbot, desk), path, monkeypatch)
    dialog.bad_rows.choice.set_value("nothing")
    _previewed(qtbot, dialog)
    assert not dialog.next_button.isEnabled()
    assert dialog.summary.isVisible()
    dialog.back_button.click()
    dialog.bad_rows.choice.set_value("else")
    _previewed(qtbot, dialog)
    assert dialog.next_button.isEnabled()


def test_the_national_file_is_filtered_and_its_import_offered_to_be_undone(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = nppes_files.write(tmp_path / "month.csv", nppes_files.mixed())
    page = _page(qtbot, desk)
    dialog = _opened(qtbot, page, path, monkeypatch)
    assert dialog.national is not None
    dialog.national.states.setText("md")
    _previewed(qtbot, dialog)
    assert "13 passed over: other states." in dialog.preview.notes.words()
    with qtbot.waitSignal(page.undoable) as offered:
        dialog.next_button.click()
    assert offered.args[0] == "Surgeons imported: 6 new, 0 changed, 0 unchanged, 0 refused"
    with qtbot.waitSignal(page.changed):
        offered.args[1]()
    assert _count(desk) == 0


def test_the_first_file_of_a_center_waits_for_the_fingerprint(
    qtbot: QtBot, filled_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "center.directory"
    directory_export.export(filled_desk.db, path)
    with filled_desk.db.begin() as session:
        from referral_app.models.directory import DirectoryKey

        session.delete(session.get(DirectoryKey, "own"))
    page = _page(qtbot, filled_desk)
    dialog = _opened(qtbot, page, path, monkeypatch)
    assert dialog.signed is not None
    assert not dialog.next_button.isEnabled()
    dialog.signed.compared.click()
    _previewed(qtbot, dialog)
    assert dialog.preview.words.text() == "0 new, 0 changed, 13 unchanged, 0 refused."
    with qtbot.waitSignal(page.changed):
        dialog.next_button.click()


def test_earlier_imports_are_listed_and_undone_after_a_question(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory.import_csv(desk.db, nppes_files.many(tmp_path / "month.csv", 5))
    page = _page(qtbot, desk)
    _act(page, "earlierImports")
    dialog = _dialog(qtbot, page, ImportsDialog)
    qtbot.waitUntil(lambda: dialog.list.model.rowCount() == 1)
    assert not dialog.undo_button.isEnabled()
    assert dialog.whole.text() == dialog.undo_button.toolTip() == "Choose an import to undo it."
    dialog.list.enter()
    assert dialog.undo_button.isEnabled()
    assert dialog.whole.text().startswith("month.csv, ")
    assert dialog.whole.text().endswith(": taken over, 5 new, 0 changed, 0 refused.")
    monkeypatch.setattr(ask, "confirm", lambda *given, **more: given[4]())
    with qtbot.waitSignal(page.changed):
        dialog.undo_button.click()
    assert _count(desk) == 0


def test_an_undone_import_cannot_be_undone_again_and_escape_closes_the_list(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    directory.import_csv(desk.db, nppes_files.many(tmp_path / "month.csv", 5))
    directory_undo.undo(desk.db, directory_undo.latest(desk.db).id)
    page = _page(qtbot, desk)
    _act(page, "earlierImports")
    dialog = _dialog(qtbot, page, ImportsDialog)
    qtbot.waitUntil(lambda: dialog.list.model.rowCount() == 1)
    dialog.list.enter()
    assert not dialog.undo_button.isEnabled()
    assert dialog.undo_button.toolTip() == "It is undone already."
    assert dialog.whole.text().endswith("It is undone already.")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.list.table, Qt.Key.Key_Escape)


def _matching(qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportDialog:
    path = tmp_path / "list.csv"
    path.write_text("First,Surname,Tel,Shoe\nAna,Test,410-555-0101,7\n")
    dialog = _opened(qtbot, _page(qtbot, desk), path, monkeypatch)
    assert dialog.columns is not None
    dialog.columns.mapping()
    return dialog


def _stop_after(widget: QWidget, back: bool) -> QWidget:
    while True:
        widget = widget.previousInFocusChain() if back else widget.nextInFocusChain()
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        if takes and widget.isVisible() and not (isinstance(widget, QRadioButton) and not widget.isChecked()):
            return widget


def test_tab_goes_from_column_to_column_then_to_the_options_then_to_the_buttons(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _matching(qtbot, desk, tmp_path, monkeypatch)
    assert dialog.columns is not None
    option = dialog.bad_rows.choice.buttons["else"]
    wanted = [*dialog.columns.boxes.values(), option, dialog.cancel_button, dialog.next_button]
    for here, there in pairwise(wanted):
        assert _stop_after(here, back=False) is there
        assert _stop_after(there, back=True) is here


def test_the_fields_stand_in_the_order_of_the_alphabet_and_fax_is_that_for_referrals(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _matching(qtbot, desk, tmp_path, monkeypatch)
    assert dialog.columns is not None
    box = dialog.columns.boxes["Shoe"]
    labels = [box.itemText(at) for at in range(1, box.count())]
    assert labels == sorted(labels, key=str.casefold)
    qtbot.keyClicks(box, "fax")
    assert (box.value(), box.currentText()) == ("fax", "Fax for referrals")


def test_leaving_the_matching_with_changes_asks(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(ask, "confirm", lambda *given, **more: asked.append(given))
    dialog = _matching(qtbot, desk, tmp_path, monkeypatch)
    assert dialog.columns is not None
    dialog.columns.boxes["Shoe"].set_value("degrees")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert asked[0][1] == "Leave the import?"
    with qtbot.waitSignal(dialog.rejected):
        asked[0][4]()
    dialog = _matching(qtbot, desk, tmp_path, monkeypatch)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(asked) == 1


def test_a_row_that_repeats_an_earlier_one_is_told_in_the_preview(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("given_name,family_name,phone\nAna,Test,410-555-0101\nAna,Test,410-555-0101\n")
    dialog = _opened(qtbot, _page(qtbot, desk), path, monkeypatch)
    _previewed(qtbot, dialog)
    assert dialog.preview.words.text() == "1 new, 0 changed, 0 unchanged, 0 refused."
    expected = "Row 3 is Ana Test again, as row 2 is, and says nothing new. It is taken once."
    assert dialog.preview.notes.words() == expected


def test_closing_the_dialog_stops_the_reading(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(qtbot, desk)
    dialog = _opened(qtbot, page, nppes_files.many(tmp_path / "month.csv", 3000), monkeypatch)
    dialog.next_button.click()
    with qtbot.waitSignal(desk.background.job_ended):
        dialog.reject()
    assert _count(desk) == 0


def test_a_file_that_is_no_directory_gives_one_sentence(
    qtbot: QtBot, desk: Desk, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, wrong = _page(qtbot, desk), tmp_path / "letter.csv"
    wrong.write_bytes(b"\x00\x81\x90 no table")
    monkeypatch.setattr(ask, "open_file", _path_of(wrong))
    _act(page, "importSurgeons")
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert "Traceback" not in told[0]


def test_an_export_into_a_folder_that_cannot_be_written_gives_one_sentence(
    qtbot: QtBot, filled_desk: Desk, read_only_folder: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _page(qtbot, filled_desk)
    monkeypatch.setattr(ask, "save_file", _path_of(read_only_folder / "surgeons.csv"))
    _act(page, "exportSurgeons")
    qtbot.waitUntil(lambda: bool(told))
    assert "cannot be written" in told[0]


def test_chosen_surgeons_are_exported_alone(
    qtbot: QtBot, filled_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, target = _page(qtbot, filled_desk), tmp_path / "some.xlsx"
    monkeypatch.setattr(ask, "save_file", _path_of(target))
    with filled_desk.db.read() as session:
        found = [item.surgeon.id for item in matching.find(session, Query(sort="name"), 2)]
    with qtbot.waitSignal(page.said) as said:
        page.acts.perform("export", found)
    assert said.args[0].startswith("2 surgeons exported. Credentials, experience, requirements")
    assert target.exists()
