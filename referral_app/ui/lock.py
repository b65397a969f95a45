"""Locking a window: what was typed is kept, everything is hidden, the keys are forgotten until somebody comes back."""

from __future__ import annotations

import contextlib
import threading
import time

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from referral_app.choices import AuditAction, InstallationMode
from referral_app.database import Database, Passphrase, Secrets
from referral_app.jobs import files
from referral_app.ui.desk import Desk
from referral_app.ui.login.form import Clock
from referral_app.ui.login.idle import Idle
from referral_app.ui.login.lock_page import LockPage
from referral_app.ui.main_window import MainWindow

WHILE_LOCKED = ("quitAction", "zoomIn", "zoomOut", "zoomReset")
"""The actions that show nothing of the work."""


class Lock(QObject):
    """Locks one window and opens it again; `switched(way, keys)` when another person logged in on its lock page."""

    switched = Signal(object, object)
    opened = Signal()

    def __init__(self, window: MainWindow, desk: Desk, now: Clock = time.time) -> None:
        """Begin to watch."""
        super().__init__(window)
        self._window, self._desk, self._now = window, desk, now
        self._hidden: list[QWidget] = []
        self._off: list[QAction] = []
        self._focus: QWidget | None = None
        self.page: LockPage | None = None
        self._keys = _Keys(desk.db)
        self.idle = Idle(lambda: desk.settings.lock_after, now)
        self.idle.setParent(self)
        self.idle.due.connect(self.lock)
        desk.background.job_ended.connect(self._shut_when_idle)

    @property
    def is_locked(self) -> bool:
        """Whether the window is locked."""
        return self.page is not None

    def lock(self) -> None:
        """Keep what was typed, hide everything, and forget the keys once running jobs have ended."""
        if self.is_locked:
            return
        with contextlib.suppress(Exception):  # nothing keeps a window open; what was typed stays in it
            self._window.keep_typed()
        self._focus = QApplication.focusWidget()
        who = self._desk.db.rights
        self.page = LockPage(who.name, who.login, self._now)
        self.page.submitted.connect(self._try)
        self._hide_others()
        _empty_clipboard()
        files.remove(self._desk.paths.copies)
        self._window.cover(self.page)
        self._stop_actions()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.page.begin()
        self._keys.wanted_shut = True
        self._desk.background.run(self, self._keys.note_locked, self._shut_when_idle, _nothing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep windows that open while locked, such as the answer of a job, out of sight until then."""
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._window
            and watched.windowType() not in (Qt.WindowType.ToolTip, Qt.WindowType.Popup)
        ):
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._hidden.append(watched)
            QTimer.singleShot(0, watched, lambda: _hide(watched))
        return False

    # Coming back

    def _try(self, login: str, passphrase: str) -> None:
        way, mode = Passphrase(login, passphrase), self._desk.settings.mode
        self._desk.background.run(
            self, lambda: (way, self._keys.open(way, mode)), self._answered, self._refused
        )

    def _answered(self, answer: tuple[Passphrase, Secrets | None]) -> None:
        way, other = answer
        if self.page is None:
            return
        if other is None:
            self.unlock()
        else:
            self.page.close_up()
            self.switched.emit(way, other)

    def _refused(self, error: Exception) -> None:
        if self.page is not None:
            self.page.form.refuse(error)

    def end(self) -> None:
        """Watch no more: the window goes away, locked or not."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.idle.stop()

    def unlock(self) -> None:
        """Show everything as it was."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        page, self.page = self.page, None
        for action in self._off:
            action.setEnabled(True)
        self._window.uncover()
        if page is not None:
            page.deleteLater()
        for widget in self._hidden:
            if shiboken6.isValid(widget):
                widget.show()
        self._hidden, self._off = [], []
        self.idle.restart()
        self._window.settings_changed()
        self._window.reload()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.window().activateWindow()
            self._focus.setFocus()
        self.opened.emit()

    # Hiding

    def _hide_others(self) -> None:
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible() and not _floats(widget):
                self._hidden.append(widget)
                widget.hide()

    def _stop_actions(self) -> None:
        for action in self._window.actions():
            if action.isEnabled() and action.objectName() not in WHILE_LOCKED:
                action.setEnabled(False)
                self._off.append(action)

    def _shut_when_idle(self, _ended: object = None) -> None:
        """Forget the keys, unless a job still needs them: it finishes on its own."""
        if self.is_locked and not self._desk.background.jobs:
            self._desk.background.run(self, self._keys.shut, _nothing, _nothing)


class _Keys:
    """Shuts the store and opens it again, one after the other, whichever thread comes first."""

    def __init__(self, db: Database) -> None:
        self._db, self._turn, self.wanted_shut = db, threading.Lock(), False

    def note_locked(self) -> None:
        self._db.note(str(AuditAction.LOCKED))

    def shut(self) -> None:
        with self._turn:
            if self.wanted_shut and not self._db.is_locked:
                self._db.lock_up()

    def open(self, way: Passphrase, mode: InstallationMode) -> Secrets | None:
        from referral_app.jobs import sessions

        with self._turn:
            other = sessions.come_back(self._db, way, mode)
            self.wanted_shut = other is not None
            return other


def _nothing(_answer: object) -> None:
    """A locked store answers nothing, and its page shows nothing."""


def _floats(widget: QWidget) -> bool:
    return widget.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Popup)


def _hide(widget: QWidget) -> None:
    if shiboken6.isValid(widget):
        widget.hide()
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)


def _empty_clipboard() -> None:
    """Take what was copied here out of the clipboard."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
