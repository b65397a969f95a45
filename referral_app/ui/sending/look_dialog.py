"""The set as it goes out, page by page, beside what is chosen."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QWidget

from referral_app.ui import theme
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column, row


class LookDialog(QDialog):
    """Shows a PDF that lies in memory."""

    def __init__(self, parent: QWidget, content: bytes) -> None:
        """Show it over a dialog."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("lookDialog")
        self.setWindowTitle("What goes out")
        self.setAccessibleName("What goes out")
        # The view draws in a thread of its own: it must go before the document, and children go in the order of making.
        self.view = QPdfView(self)
        self.document = QPdfDocument(self)
        self.view.setObjectName("lookPages")
        self.view.setAccessibleName("Pages of the set")
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.view.setDocument(self.document)
        close = buttons.outlined("Close", "lookClose")
        close.clicked.connect(self.reject)
        lines = column(spacing=12, margins=16)
        lines.addWidget(self.view, 1)
        lines.addLayout(row(None, close))
        self.setLayout(lines)
        room = parent.window().size()
        self.resize(min(theme.px(700), room.width()), min(theme.px(820), room.height() + theme.px(40)))
        FocusBack(self)
