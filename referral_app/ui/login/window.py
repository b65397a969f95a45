"""The window before there is a main window: login, a passphrase of one's own, the first run, the recovery key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from referral_app.ui import icons, theme
from referral_app.ui.desk import TITLE
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.empty import EmptyState

WAIT = "One moment"


class EntryWindow(QWidget):
    """Shows one page at a time, made for this once; `closed` when it is given up."""

    closed = Signal()
    helped = Signal(str)

    def __init__(self) -> None:
        """Make it, saying that something is under way."""
        super().__init__()
        self.setObjectName("entryWindow")
        theme.role(self, "entry")
        self.setWindowTitle(TITLE)
        self.setWindowIcon(QIcon(icons.logo(64)))
        self.setMinimumSize(QSize(420, 420))
        self._waiting = EmptyState("waiting", WAIT, name="entryWaiting")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._waiting)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(self.stack, 1)
        column.addLayout(row(None, self._help_link(), margins=(24, 0, 24, 12)))
        room = self.screen().availableSize() - QSize(40, 80)
        self.resize(QSize(theme.px(760), theme.px(760)).boundedTo(room))
        theme.dress(self)

    def show_page(self, page: QWidget) -> None:
        """Show a page in the place of the one before, which goes away."""
        self._drop()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def wait(self, sentence: str = WAIT, hint: str = "") -> None:
        """Say that something is under way."""
        self._drop()
        self._waiting.say("waiting", sentence, hint)

    def page(self) -> QWidget | None:
        """Return the page shown, None while something is under way."""
        shown = self.stack.currentWidget()
        return None if shown is self._waiting else shown

    def _drop(self) -> None:
        shown = self.page()
        if shown is not None:
            self.stack.removeWidget(shown)
            shown.hide()
            shown.deleteLater()

    def _help_link(self) -> QPushButton:
        made = buttons.link("Help", "entryHelp")
        made.setToolTip("Help for this page (F1)")
        made.setShortcut("F1")
        made.clicked.connect(self._ask_help)
        return made

    def _ask_help(self) -> None:
        self.helped.emit(getattr(self.page(), "help_topic", "login"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that it was closed."""
        super().closeEvent(event)
        self.closed.emit()
