"""Where the focus goes when a dialog closes, or when what had it is made anew: back to where it was, or beside it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget

TRIES = (0, 60, 150, 300, 600, 1200, 2400)
"""After so many ms each it is looked whether a card that is read anew is there by now."""

FARTHEST = 1_000
"""Farther than anything stands in another."""


class Place:
    """A control and what it stands in, by object and by name: cards that are made anew keep their names."""

    def __init__(self, widget: QWidget) -> None:
        """Remember where a control is; what it stands in ends with its page."""
        self.widget = widget
        self._window, self._chain = widget.window(), list[tuple[QWidget, str]]()
        at: QWidget | None = widget
        while at is not None and not isinstance(at, QStackedWidget) and not at.isWindow():
            self._chain.append((at, at.objectName()))
            at = at.parentWidget()

    @property
    def is_lost(self) -> bool:
        """Whether the control cannot have the focus any more."""
        return not _takes(self.widget)

    @property
    def page(self) -> QWidget | None:
        """The page that it is in, None where that is gone or out of sight."""
        last = self._chain[-1][0] if self._chain else None
        return last if last is not None and shiboken6.isValid(last) and last.isVisible() else None

    def nearest(self) -> tuple[int, QWidget] | None:
        """Return the control, or the first one of the nearest thing that it stood in, and how far that is."""
        if not shiboken6.isValid(self._window):
            return None
        for far, (widget, name) in enumerate(self._chain):
            there = self._again(widget, name)
            if there is None:
                continue
            if _takes(there):
                return far, there
            if inside := next((one for one in there.findChildren(QWidget) if _takes(one)), None):
                return far, inside
        return None

    def _again(self, widget: QWidget, name: str) -> QWidget | None:
        if shiboken6.isValid(widget) and widget.isVisible():
            return widget
        named = self._window.findChildren(QWidget, name) if name and not name.startswith("qt_") else []
        return next((one for one in named if one.isVisible()), None)


class Returning(QObject):
    """Brings the focus to a place once it is there, step by step nearer, unless the person goes elsewhere meanwhile."""

    def __init__(self, window: QWidget, place: Place, stands: QWidget | None, far: int = FARTHEST) -> None:
        """Begin in a window; `stands` is what has the focus meanwhile, so far from the place."""
        super().__init__(window)
        self._place, self._stands, self._far, self._tries = place, stands, far, 0
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._look)
        self._soon.start(TRIES[0])

    def _look(self) -> None:
        if QApplication.focusWidget() not in (None, self._stands):
            self.deleteLater()
            return
        found = self._place.nearest()
        if found is not None and found[0] < self._far:
            self._far, self._stands = found
            self._stands.setFocus()
        self._tries += 1
        if self._far and self._tries < len(TRIES):
            self._soon.start(TRIES[self._tries] - TRIES[self._tries - 1])
        else:
            self.deleteLater()


class FocusBack(QObject):
    """Remembers what had the focus when a dialog was opened, and gives it back when the dialog is done."""

    def __init__(self, dialog: QDialog, otherwise: QWidget | None = None) -> None:
        """Follow a dialog; `otherwise` takes the focus where what had it is gone or cannot take it any more."""
        super().__init__(dialog)
        self._was, self._otherwise = QApplication.focusWidget(), otherwise
        self._place = Place(self._was) if self._was is not None else None
        dialog.finished.connect(self._give)

    def _give(self) -> None:
        for widget in (self._was, self._otherwise):
            if widget is not None and shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled():
                _enter(widget)
                return
        found = self._place.nearest() if self._place else None
        far, stands = found or (FARTHEST, self._place.page if self._place else None)
        if self._place is not None and stands is not None:
            _enter(stands)
            Returning(stands.window(), self._place, stands, far)


class FocusKeeper(QObject):
    """Brings the focus back into its card or row where that is made anew: it would fall to the sidebar."""

    def __init__(self, pages: QStackedWidget) -> None:
        """Follow the focus within the pages of a window, as long as they are there."""
        super().__init__(pages)
        self._pages = pages
        self._place: Place | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._changed)

    def _changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not shiboken6.isValid(self._pages):
            return
        if now is not None and self._pages.isAncestorOf(now):
            self._place = Place(now)
        elif self._place is not None and self._place.is_lost and self._is_here(now):
            place, self._place = self._place, None
            Returning(self._pages, place, now)
        else:
            self._place = None

    def _is_here(self, now: QWidget | None) -> bool:
        """Tell whether the focus fell to nothing or to something else of the window, not to a dialog."""
        return now is None or now.window() is self._pages.window()


def _enter(widget: QWidget) -> None:
    """Give the focus to a control; a dialog that was opened meanwhile stays in front and hands on to it later."""
    modal = QApplication.activeModalWidget()
    if modal is None or modal is widget.window():
        widget.window().activateWindow()
    widget.setFocus()


def _takes(widget: QWidget) -> bool:
    """Tell whether Tab would stop at a control."""
    if not shiboken6.isValid(widget):
        return False
    tabbed = (widget.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
    return tabbed and widget.isVisible() and widget.isEnabled()
