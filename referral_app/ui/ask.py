"""Questions and file dialogs: the only place with them, so that tests replace these functions alone.

Nothing here blocks: each function opens a window and calls back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.desk import TITLE
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.widgets import buttons, card, labels


def confirm(
    parent: QWidget,
    question: str,
    detail: str,
    yes: str,
    on_yes: Callable[[], object],
    danger: bool = False,
    no: str = "Cancel",
) -> None:
    """Ask before something; `yes` is what the button does ("Discard draft"), Enter and Esc cancel."""
    box = Question(parent, "review" if danger else "help", question, detail)
    stay = buttons.outlined(no, "askNo")
    act = buttons.danger(yes, "askYes") if danger else buttons.primary(yes, "askYes")
    box.offer(stay, act, default=stay)
    box.accepted.connect(on_yes)
    box.open()


def tell(parent: QWidget, sentence: str, detail: str = "", warning: bool = False) -> None:
    """Say something that must be read."""
    box = Question(parent, "review" if warning else "note", sentence, detail)
    ok = buttons.primary("OK", "askOk")
    box.offer(ok, default=ok)
    box.open()


class Question(QDialog):
    """A sentence, what it means, and buttons; it goes away when one is pressed."""

    def __init__(self, parent: QWidget, icon: str, sentence: str, detail: str) -> None:
        """Make it without buttons; `offer` adds them."""
        super().__init__(parent)
        self.setObjectName("ask")
        self.setWindowTitle(TITLE)  # task bars show it; the sentence may name a patient
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(detail)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title, words = labels.heading(sentence), labels.body(detail)
        title.setWordWrap(True)
        theme.scale(title, min_width=340)
        if not detail:  # what has no place yet is never shown: it would be a window for a moment
            words.hide()
        column = QVBoxLayout(self)
        theme.scale(column, margins=24, spacing=16)
        picture = labels.picture(icon, 28, "warning" if icon == "review" else "accent")
        text = card.column(8)
        text.addWidget(title)
        text.addWidget(words)
        head = card.row(picture, text, spacing=16)
        head.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addStretch(1)
        self._column = column
        FocusBack(self)

    def offer(self, *offered: QPushButton, default: QPushButton) -> None:
        """Put the buttons at the right; "askNo" rejects, the others accept."""
        for one in offered:
            one.clicked.connect(self.reject if one.objectName() == "askNo" else self.accept)
        self._column.addLayout(card.row(None, *offered))
        default.setDefault(True)
        default.setFocus()


class _Folders:
    """Where files were last opened or saved while the program runs."""

    last: Path | None = None


def start_folder() -> Path:
    """Return where a file dialog begins: where the last one ended, else the documents of who uses the PC."""
    last = _Folders.last
    if last is not None and last.is_dir():
        return last
    documents = Path(
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
    )
    return documents if documents.is_dir() else Path.home()


def note_folder(folder: Path) -> None:
    """Let the next file dialog begin in a folder."""
    _Folders.last = folder


def save_file(
    parent: QWidget, title: str, suggested: str, kinds: str, on_path: Callable[[Path], object]
) -> None:
    """Ask where to save; `kinds` like "PDF (*.pdf)", several with ";;" between them."""
    dialog = QFileDialog(parent, title, str(start_folder() / suggested), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)

    def take_kind(kind: str) -> None:
        dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")"))

    take_kind(kinds.partition(";;")[0])
    dialog.filterSelected.connect(take_kind)
    _open(dialog, on_path)


def open_file(parent: QWidget, title: str, kinds: str, on_path: Callable[[Path], object]) -> None:
    """Ask for one file that is there."""
    dialog = QFileDialog(parent, title, str(start_folder()), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, on_path)


def _open(dialog: QFileDialog, on_path: Callable[[Path], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def take(name: str) -> None:
        note_folder(Path(name).parent)
        on_path(Path(name))

    dialog.fileSelected.connect(take)
    dialog.open()
