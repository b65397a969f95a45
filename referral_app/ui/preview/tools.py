"""The tools over the pages: page, zoom, search in the document."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.preview.paper import Paper
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.search_box import SearchBox


class Tools(QWidget):
    """A row of tools that follow a document."""

    def __init__(self) -> None:
        """Make the tools."""
        super().__init__()
        self.before = buttons.tool("up", "Page before", "previewBefore")
        self.after = buttons.tool("down", "Next page", "previewNext")
        self.page = labels.body("")
        self.page.setWordWrap(False)
        self.smaller = buttons.tool("zoom-out", "Zoom out", "previewSmaller", "Ctrl+Shift+-")
        self.larger = buttons.tool("zoom-in", "Zoom in", "previewLarger", "Ctrl+Shift+=")
        self.fit = buttons.tool("fit", "Fit the width", "previewFit")
        self.percent = labels.body("")
        self.percent.setWordWrap(False)
        self.search = SearchBox("Search in the document", "previewSearch")
        theme.scale(self.search, min_width=120, max_width=240)
        self.hits = labels.muted("")
        self.hits.setWordWrap(False)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addLayout(
            row(
                self.before, self.after, self.page, None, self.smaller, self.percent, self.larger, self.fit, None,
                self.search, self.hits,
            )
        )  # fmt: skip
        self._wait = QTimer(self, singleShot=True, interval=150)
        self._searching = QTimer(self, singleShot=True, interval=800)

    def follow(self, paper: Paper) -> None:
        """Act on a document and show where it is."""
        self._paper = paper
        self.before.clicked.connect(paper.page_before)
        self.after.clicked.connect(paper.next_page)
        self.smaller.clicked.connect(self._zoom_out)
        self.larger.clicked.connect(self._zoom_in)
        self.fit.clicked.connect(paper.fit_width)
        self.search.textChanged.connect(self._typed)
        self.search.entered.connect(self._enter)
        self._wait.timeout.connect(self._search)
        self._searching.timeout.connect(self.show_state)
        paper.moved.connect(self.show_state)
        paper.found.countChanged.connect(self.show_state)

    def _zoom_in(self) -> None:
        self._paper.zoom(1)

    def _zoom_out(self) -> None:
        self._paper.zoom(-1)

    def _enter(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self._search()
        else:
            self._paper.next_hit()

    def _typed(self, _text: str) -> None:
        self._wait.start()

    def _search(self) -> None:
        self._searching.start()
        self._paper.search(self.search.text().strip())

    def show_state(self, *_: Any) -> None:
        """Show page, zoom and what was found."""
        paper = self._paper
        self.page.setText(f"Page {paper.page() + 1} of {paper.pages()}" if paper.pages() else "")
        self.before.setEnabled(paper.page() > 0)
        self.after.setEnabled(paper.page() + 1 < paper.pages())
        self.percent.setText(f"{paper.percent()} %")
        self.hits.setText(self._hit_words() if self.search.text().strip() else "")

    def _hit_words(self) -> str:
        count, at = self._paper.hits(), self._paper.hit()
        if not count:
            return "Searching…" if self._searching.isActive() else "Not found"
        return f"{at} of {count}" if at else f"{count} found"
