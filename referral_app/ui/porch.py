"""The window before the main one, made when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from referral_app.ui.login.window import EntryWindow


class Porch(QObject):
    """Shows pages of coming in; its window goes away with the last of them."""

    def __init__(self, parent: QObject) -> None:
        """Begin without a window."""
        super().__init__(parent)
        self.window: EntryWindow | None = None

    @property
    def page(self) -> QWidget | None:
        """The page shown, None while there is none."""
        return self.window.page() if self.window else None

    def show(self, page: QWidget) -> None:
        """Show a page in the place of the one before."""
        self._made().show_page(page)

    def wait(self, sentence: str, hint: str = "") -> None:
        """Say that something is under way."""
        self._made().wait(sentence, hint)

    def close(self) -> None:
        """Close the window: the main one is there, or it was given up."""
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()

    def _made(self) -> EntryWindow:
        from referral_app.ui.login.window import EntryWindow

        if self.window is None:
            self.window = EntryWindow()
            self.window.closed.connect(self.close)
            self.window.helped.connect(self._help)
            self.window.show()
        return self.window

    def _help(self, topic: str) -> None:
        from referral_app.ui.help.window import HelpWindow

        if self.window is not None:
            (self.window.findChild(HelpWindow) or HelpWindow(self.window)).show_topic(topic)
