"""The help window: topics at the left, the text at the right; it stays open beside the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from referral_app.paths import resource
from referral_app.ui import theme
from referral_app.ui.widgets import buttons

TOPICS = {
    "home": "Home",
    "referrals": "Referrals",
    "form": "Filling in a referral",
    "check": "The live check",
    "surgeons": "Finding a surgeon",
    "patients": "Patients",
    "replies": "Replies, calls and tasks",
    "worklists": "Worklists",
    "reports": "Reports",
    "visits": "Visits and surgery",
    "packets": "Letters and packets",
    "preview": "Preview and printing",
    "sending": "Sending",
    "calendar": "Calendar",
    "papers": "Printed and sent",
    "privacy": "Corrections, holds, deletion",
    "office": "Our office",
    "power-cut": "When the computer is down",
    "settings": "Settings",
    "login": "Logging in and locking",
    "first-run": "The first run",
    "people": "People",
    "texts": "Texts and notices",
    "audit": "Audit",
    "backups": "Backups and keys",
    "keyboard": "Keyboard",
}
SAME = {"": "home"}


class HelpWindow(QDialog):
    """Texts of resources/help, one a page, and what is printed for the day on which none can be read."""

    kit_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Make it, not modal."""
        super().__init__(parent)
        self.setObjectName("helpWindow")
        self.setWindowTitle("Help")
        self.setModal(False)
        self.resize(QSize(theme.px(760), theme.px(560)).boundedTo(self.screen().availableSize()))
        self._topics = QListWidget()
        self._topics.setObjectName("helpTopics")
        self._topics.setAccessibleName("Help topics")
        theme.scale(self._topics, width=220)
        for key, title in TOPICS.items():
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, theme.px(34)))
            self._topics.addItem(item)
        self._text = QTextBrowser()
        self._text.setObjectName("helpText")
        self._text.setAccessibleName("Help text")
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        self._topics.currentItemChanged.connect(self._show)
        row = QHBoxLayout(self)
        theme.scale(row, margins=16, spacing=16)
        left = QVBoxLayout()
        theme.scale(left, margins=0, spacing=12)
        left.addWidget(self._topics, 1)
        left.addWidget(self._build_kit())
        row.addLayout(left)
        row.addWidget(self._text, 1)

    def _build_kit(self) -> QWidget:
        made = buttons.outlined("Print the power-cut kit", "helpKit", "print")
        made.setToolTip("Blank referral form, patient questionnaire and surgeon list")
        made.setAutoDefault(False)
        made.clicked.connect(self._want_kit)
        return made

    def _want_kit(self) -> None:
        """Ask for the kit, and make room for it."""
        self.hide()
        self.kit_wanted.emit()

    def show_topic(self, key: str) -> None:
        """Show a topic, Home where there is none of this name."""
        key = SAME.get(key, key)
        keys = list(TOPICS)
        self._topics.setCurrentRow(keys.index(key) if key in keys else 0)
        self.show()
        self.activateWindow()
        self._text.setFocus()

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        text = resource(f"help/{item.data(Qt.ItemDataRole.UserRole)}.md").read_text("utf-8")
        document = self._text.document()
        document.setDefaultFont(_text_font())
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(theme.px(8))
        self._text.moveCursor(self._text.textCursor().MoveOperation.Start)

    def _follow(self, link: QUrl) -> None:
        self.show_topic(link.fileName().removesuffix(".md"))


def _text_font() -> QFont:
    """Return the interface font in points: a document takes the space between paragraphs from them."""
    made = theme.font()
    made.setPointSizeF(made.pixelSize() * 72 / 96)
    return made
