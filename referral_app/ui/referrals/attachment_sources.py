"""Where attachments come from in a window: files that were chosen or dropped, files and pictures of the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, Qt
from PySide6.QtGui import QAction, QDropEvent, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from referral_app.ui import ask

KINDS = "Documents and pictures (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
PASTED = "Pasted picture"
_RAW = ("image/png", "image/jpeg", "image/tiff")
"""Pictures of the clipboard that are handed on as they are: they are opened in the limited process alone."""


@dataclass(frozen=True)
class Source:
    """A file, or a picture that has no file; `name` is what it is called on the screen."""

    name: str
    what: Path | bytes | QImage

    def taken(self) -> Path | bytes:
        """Return the file or its bytes; packing a picture takes time and belongs into the background."""
        if not isinstance(self.what, QImage):
            return self.what
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.what.save(buffer, "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue]
        return bytes(buffer.data().data())


def of_data(data: QMimeData | None) -> list[Source]:
    """Return the files that were dropped or copied, else the picture."""
    if data is None:
        return []
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return [Source(path.name, path) for path in paths]
    for kind in _RAW:
        if data.hasFormat(kind):
            return [Source(PASTED, bytes(data.data(kind).data()))]
    picture = data.imageData() if data.hasImage() else None
    return [Source(PASTED, picture)] if isinstance(picture, QImage) and not picture.isNull() else []


def of_clipboard() -> list[Source]:
    """Return what the clipboard holds."""
    return of_data(QApplication.clipboard().mimeData())


def choose(parent: QWidget, on_sources: Callable[[list[Source]], object]) -> None:
    """Ask for one or several files."""
    dialog = QFileDialog(parent, "Add files", str(ask.start_folder()), KINDS)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def take(names: list[str]) -> None:
        ask.note_folder(Path(names[0]).parent)
        on_sources([Source(Path(name).name, Path(name)) for name in names])

    dialog.filesSelected.connect(take)
    dialog.open()


class Dropping(QObject):
    """Takes files that are dropped anywhere on a widget, and Ctrl+Shift+V in it."""

    def __init__(self, widget: QWidget, add: Callable[[list[Source]], object]) -> None:
        """Watch a widget; `add` is given what arrives."""
        super().__init__(widget)
        self._widget, self._add = widget, add
        self._silent: list[QWidget] = []
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)
        action = QAction("Paste a file or picture as an attachment", widget)
        action.setShortcut(QKeySequence("Ctrl+Shift+V"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(self.paste)
        widget.addAction(action)

    def paste(self) -> None:
        """Add what the clipboard holds."""
        self._add(of_clipboard())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept what can be attached; text is left to the fields."""
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._let_fields_take()
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        if not isinstance(event, QDropEvent) or not (sources := of_data(event.mimeData())):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)  # never a move: the file stays where it is
        event.accept()
        if event.type() == QEvent.Type.DragEnter:
            self._keep_from_fields()
        if event.type() == QEvent.Type.Drop:
            self._add(sources)
        return True

    def _keep_from_fields(self) -> None:
        """Let no field take a file that is carried over it: on Linux it would write the path into itself."""
        texts = [one.viewport() for one in self._widget.findChildren(QPlainTextEdit)]
        fields: list[QWidget] = [*self._widget.findChildren(QLineEdit), *texts]
        self._silent += [field for field in fields if field.acceptDrops()]
        for field in self._silent:
            field.setAcceptDrops(False)

    def _let_fields_take(self) -> None:
        for field in self._silent:
            if shiboken6.isValid(field):
                field.setAcceptDrops(True)
        self._silent = []
