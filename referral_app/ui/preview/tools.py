"""The tools over the pages: page, zoom, search in the document."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.preview.paper import Paper
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.search_box import SearchBox


class Tools(QWidget):
    """A row of tools that follow a document."""

    def __init__(self) -> None:
        """Make the tools."""
        super().__init__()
        self.before = buttons.tool("up", "Page before", "previewBefore")
        self.after = buttons.tool("down", "Next page", "previewNext")
        self.smaller = buttons.tool("zoom-out", "Zoom out", "previewSmaller", "Ctrl+Shift+-")
        self.larger = buttons.tool("zoom-in", "Zoom in", "previewLarger", "Ctrl+Shift+=")
        self.fit = buttons.tool("fit", "Fit the width", "previewFit")
        self.whole = buttons.tool("fit-page", "Fit the whole page", "previewWhole")
        self.search = SearchBox("Search in the document", "previewSearch", "Search")
        self.search.setToolTip("Enter goes to the next place, Shift+F3 to the one before, Esc clears")
        theme.scale(self.search, min_width=120, max_width=240)
        self.hit_before = buttons.tool("up", "Place before", "previewHitBefore", "Shift+F3")
        self.hit_after = buttons.tool("down", "Next place", "previewHitNext", "F3")
        self.page, self.percent, self.hits = _short(""), _short(""), _short("", "muted")
        groups = Flow(24, lines=6)  # one line where there is room, several at large text
        for parts in (
            (self.before, self.after, self.page),
            (self.smaller, self.percent, self.larger, self.fit, self.whole),
            (self.search, self.hit_before, self.hit_after, self.hits),
        ):
            group = QWidget()
            group.setLayout(row(*parts))
            groups.add(group)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(groups)
        self._wait = QTimer(self, singleShot=True, interval=150)
        self._searching = QTimer(self, singleShot=True, interval=800)

    def follow(self, paper: Paper) -> None:
        """Act on a document and show where it is."""
        self._paper = paper
        for button, act in (
            (self.before, paper.page_before), (self.after, paper.next_page), (self.fit, paper.fit_width),
            (self.whole, paper.fit_page), (self.smaller, self._zoom_out), (self.larger, self._zoom_in),
            (self.hit_before, paper.hit_before), (self.hit_after, paper.next_hit),
        ):  # fmt: skip
            button.clicked.connect(act)
        self.search.textChanged.connect(self._typed)
        self.search.entered.connect(self._enter)
        back = QShortcut(QKeySequence("Shift+Return"), self.search)
        back.activated.connect(paper.hit_before)
        self._wait.timeout.connect(self._search)
        self._searching.timeout.connect(self._settled)
        paper.moved.connect(self.show_state)
        paper.found.countChanged.connect(self.show_state)

    def clear(self) -> None:
        """Search for nothing: another document is shown."""
        self.search.clear()
        self._wait.stop()
        if self._paper.found.searchString():
            self._paper.search("")

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

    def _settled(self) -> None:
        """Show how often the text was found, and say it to assistive technology."""
        self.show_state()
        if self.search.text().strip():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.search, self.hits.text()))

    def show_state(self, *_: Any) -> None:
        """Show page, zoom and what was found."""
        paper = self._paper
        self.page.setText(f"Page {paper.page() + 1} of {paper.pages()}" if paper.pages() else "")
        self.before.setEnabled(paper.page() > 0)
        self.after.setEnabled(paper.page() + 1 < paper.pages())
        self.percent.setText(f"{paper.percent()} %")
        words = self._hit_words() if self.search.text().strip() else ""
        self.hits.setText(words)
        self.search.setAccessibleDescription(words)
        for button in (self.hit_before, self.hit_after):
            button.setEnabled(bool(words) and paper.hits() > 0)

    def _hit_words(self) -> str:
        count, at = self._paper.hits(), self._paper.hit()
        if not count:
            return "Searching…" if self._searching.isActive() else "Not found"
        return f"{at} of {count}" if at else f"{count} found"


def _short(text: str, role: str = "body") -> QLabel:
    made = labels.muted(text) if role == "muted" else labels.body(text)
    made.setWordWrap(False)
    return made
