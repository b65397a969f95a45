"""File dialogs begin among the documents of who uses the PC, then where the last file was."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from referral_app.ui import ask, folder
from referral_app.ui.referrals import attachment_sources


def dialog(parent: QWidget) -> QFileDialog:
    found = [one for one in parent.findChildren(QFileDialog) if one.isVisible()]
    return found[-1]


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ask._Folders, "last", None)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    made = tmp_path / "Documents"
    made.mkdir()
    return made


def test_file_dialogs_begin_among_the_documents_then_where_the_last_file_was(
    qtbot: QtBot, documents: Path, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    saved: list[Path] = []
    ask.save_file(parent, "Save", "letter.pdf", "PDF (*.pdf)", saved.append)
    first = dialog(parent)
    assert Path(first.directory().absolutePath()) == documents
    assert [Path(one).name for one in first.selectedFiles()] == ["letter.pdf"]
    other = tmp_path / "other"
    other.mkdir()
    first.fileSelected.emit(str(other / "letter.pdf"))
    first.close()
    assert saved == [other / "letter.pdf"]
    for opened in (
        lambda: ask.open_file(parent, "Open", "All (*)", saved.append),
        lambda: folder.choose(parent, "Folder", saved.append),
        lambda: attachment_sources.choose(parent, print),
    ):
        opened()
        now = dialog(parent)
        assert Path(now.directory().absolutePath()) == other
        now.close()


def test_a_folder_that_is_gone_is_no_beginning(documents: Path, tmp_path: Path) -> None:
    ask.note_folder(tmp_path / "gone")
    assert ask.start_folder() == documents
    documents.rmdir()
    assert ask.start_folder() == tmp_path
