"""Asking for a folder; like `ask`, it opens a window and calls back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from referral_app.ui import ask


def choose(parent: QWidget, title: str, on_path: Callable[[Path], object]) -> None:
    """Ask for a folder that is there; `on_path` is called with it."""
    dialog = QFileDialog(parent, title, str(ask.start_folder()))
    dialog.setObjectName("chooseFolder")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _Answer(dialog, on_path)
    dialog.open()


class _Answer(QObject):
    """Lives with its dialog and hands the chosen folder on."""

    def __init__(self, dialog: QFileDialog, on_path: Callable[[Path], object]) -> None:
        super().__init__(dialog)
        self._on_path = on_path
        dialog.fileSelected.connect(self._chosen)

    @Slot(str)
    def _chosen(self, name: str) -> None:
        ask.note_folder(Path(name))
        self._on_path(Path(name))
