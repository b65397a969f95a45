"""The page as it prints, made anew while somebody types: the latest words win, and the place on it is kept."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from referral_app.ui import theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import Radios

SIZES = (("12", "12 point"), ("18", "18 point, large print"))


class SampleView(QWidget):
    """A PDF in memory above which the size of print is chosen; `size_changed` when another one is."""

    size_changed = Signal()

    def __init__(self, name: str, has_large: bool) -> None:
        """Show nothing yet."""
        super().__init__()
        self.sizes = Radios(f"{name}SampleSize", SIZES, "Size of print")
        self.sizes.setParent(self)  # made first, so that Tab comes to it before the page
        # The view draws in a thread of its own: it must go before the document, and children go in the order of making.
        self.view = QPdfView(self)
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.view.setObjectName(f"{name}Sample")
        self.view.setAccessibleName("How it prints, for an invented patient")
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.sizes.set_value("12")
        self.sizes.setVisible(has_large)
        self.state = labels.muted("")
        self._lay_out()
        self.sizes.changed.connect(self._chosen)

    @property
    def large(self) -> bool:
        """Whether large print is asked for."""
        return self.sizes.value() == "18"

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF, scrolled to where the one before was."""
        bar = self.view.verticalScrollBar()
        place = bar.value()
        self.document.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        bar.setValue(min(place, bar.maximum()))
        pages = self.document.pageCount()
        self.state.setText(
            f"As it prints: {pages} {'page' if pages == 1 else 'pages'}, names and numbers invented."
        )

    def say(self, sentence: str) -> None:
        """Say why what is shown is not what was typed."""
        self.state.setText(sentence)

    def _lay_out(self) -> None:
        lines = column(spacing=8, margins=(16, 12, 16, 12))
        lines.addLayout(row(labels.heading("How it prints"), None))
        lines.addWidget(self.sizes)
        lines.addWidget(self.state)
        lines.addWidget(self.view, 1)
        self.setLayout(lines)
        theme.scale(self.view, min_height=220)

    def _chosen(self) -> None:
        if self.sizes.value():
            self.size_changed.emit()
        else:  # one of the two always holds
            self.sizes.set_value("12")
            self.size_changed.emit()
