"""Questions and file dialogs: the only place with them, so that tests replace these functions alone.

Nothing here blocks: each function opens a window and calls back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from referral_app.ui import theme


def confirm(
    parent: QWidget,
    question: str,
    detail: str,
    yes: str,
    on_yes: Callable[[], object],
    danger: bool = False,
    no: str = "Cancel",
) -> None:
    """Ask before something; `yes` is what the button does ("Discard draft"), the default is to cancel."""
    box = _box(parent, QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question, question, detail)
    act = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    act.setObjectName("askYes")
    theme.role(act, "danger" if danger else "primary")
    stay = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    stay.setObjectName("askNo")
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    _Answer(box, lambda pressed: on_yes() if pressed is act else None)
    box.open()


def tell(parent: QWidget, sentence: str, detail: str = "", warning: bool = False) -> None:
    """Say something that must be read."""
    box = _box(
        parent, QMessageBox.Icon.Warning if warning else QMessageBox.Icon.Information, sentence, detail
    )
    ok = box.addButton("OK", QMessageBox.ButtonRole.AcceptRole)
    ok.setObjectName("askOk")
    box.open()


def save_file(
    parent: QWidget, title: str, suggested: str, kinds: str, on_path: Callable[[Path], object]
) -> None:
    """Ask where to save; `kinds` like "PDF (*.pdf)"."""
    dialog = QFileDialog(parent, title, suggested, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    suffix = kinds.rpartition("*.")[2].rstrip(")")
    dialog.setDefaultSuffix(suffix)
    _open(dialog, on_path)


def open_file(parent: QWidget, title: str, kinds: str, on_path: Callable[[Path], object]) -> None:
    """Ask for one file that is there."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, on_path)


class _Answer(QObject):
    """Lives with its box and hands the pressed button on."""

    def __init__(self, box: QMessageBox, on_answer: Callable[[object], object]) -> None:
        super().__init__(box)
        self._box, self._on_answer = box, on_answer
        box.finished.connect(self._finished)

    @Slot()
    def _finished(self) -> None:
        self._on_answer(self._box.clickedButton())


def _box(parent: QWidget, icon: QMessageBox.Icon, text: str, detail: str) -> QMessageBox:
    box = QMessageBox(icon, "Referral desk", text, QMessageBox.StandardButton.NoButton, parent)
    box.setObjectName("ask")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def _open(dialog: QFileDialog, on_path: Callable[[Path], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def take(name: str) -> None:
        on_path(Path(name))

    dialog.fileSelected.connect(take)
    dialog.open()
