"""What a document is dragged out by; pressed without dragging, as with the keyboard, it copies the file instead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton

from referral_app.ui import icons

SAYS = "Copy as a file, or drag it into another program"


class DragHandle(QToolButton):
    """A button: `wanted` when the pointer pulls at it, then `carry(path)` once the file is there."""

    wanted = Signal()

    def __init__(self) -> None:
        """Make it."""
        super().__init__()
        self.setObjectName("previewDrag")
        self.setAccessibleName(SAYS)
        self.setToolTip(SAYS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        icons.put(self, "drag", 20)
        self._from: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where it is pressed."""
        super().mousePressEvent(event)
        self._from = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ask for the file once it is pulled far enough; then it is a drag and no press any more."""
        super().mouseMoveEvent(event)
        if self._from is None:
            return
        way = (event.position().toPoint() - self._from).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._from = None
            self.setDown(False)
            self.wanted.emit()

    def carry(self, path: Path) -> None:
        """Let the pointer carry a file, unless its button was let go meanwhile."""
        if not QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            return
        drag = QDrag(self)
        drag.setMimeData(as_file(path))
        drag.setPixmap(icons.pixmap("letter", 32))
        drag.exec(Qt.DropAction.CopyAction)


def as_file(path: Path) -> QMimeData:
    """Return what stands for a file on the clipboard and in a drag."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data
