"""Looking at the pages of an attachment, as they are kept."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row


class AttachmentDialog(QDialog):
    """The pages below each other; arrows, Page Up and Page Down go through them."""

    def __init__(self, title: str, pdf: bytes, parent: QWidget) -> None:
        """Show a PDF from memory, so that no file is left on the disk."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("attachmentDialog")
        self.setWindowTitle("Attachment")
        self.setAccessibleName(title)
        # The view draws in a thread of its own: it must go before the document, and children go in the order of making.
        self.view = QPdfView(self)
        self.document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._show(title)
        FocusBack(self)
        room = parent.window().size()
        self.resize(min(theme.px(760), room.width() - 40), min(theme.px(720), room.height() - 40))

    def _show(self, title: str) -> None:
        self.view.setObjectName("attachmentPages")
        self.view.setAccessibleName("Pages of the attachment")
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        close = buttons.outlined("Close", "attachmentClose")
        close.clicked.connect(self.accept)
        heading = labels.heading(title)
        heading.setWordWrap(True)
        column = QVBoxLayout(self)
        theme.scale(column, margins=16, spacing=12)
        column.addWidget(heading)
        column.addWidget(self.view, 1)
        column.addLayout(row(None, close))
        self.view.setFocus()
