"""The main window: sidebar, top bar, pages, status bar; the only place where screens meet."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from referral_app import settings as settings_file
from referral_app.choices import Permission
from referral_app.settings import ZOOMS, Settings
from referral_app.ui import account, actions, arrival, icons, keeping, placement, rights, theme, wiring
from referral_app.ui.actions import Entry
from referral_app.ui.desk import TITLE, Desk
from referral_app.ui.following import Following
from referral_app.ui.making import Pages
from referral_app.ui.pages import PAGES, place
from referral_app.ui.sidebar import WIDE, Sidebar
from referral_app.ui.status_bar import StatusBar
from referral_app.ui.top_bar import TopBar
from referral_app.ui.widgets.card import column

FOLD_BELOW = 5
ZOOM_DELAY = 120
"""Pause in ms after which a new text size is taken."""


class MainWindow(QMainWindow):
    """Builds each page when it is first shown and connects its signals.

    `set_up` when a store without people is to have its first, `restore_wanted(path)` when a backup is to take the
    place of the store: both end this window. `asked` carries what the person wants of their account: lock, log_out,
    passphrase, recovery or set_up_again.
    """

    set_up = Signal()
    restore_wanted = Signal(str)
    asked = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make the window with no page yet; `show_page` shows the first."""
        _take_look(desk.settings)  # before the first widget is made: it would keep another font
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(TITLE)
        self.setWindowIcon(QIcon(icons.logo(64)))
        self.setMinimumSize(QSize(640, 420))
        self._desk = desk
        self._current, self._before = "", "home"
        self._may_lose = False
        self._zooming = QTimer(self, singleShot=True, interval=ZOOM_DELAY)
        self._zooming.timeout.connect(self._take_zoom)
        self.sidebar, self.top_bar, self.status = Sidebar(), TopBar(desk, self), StatusBar(desk.background)
        self.stack, self.notices = QStackedWidget(), column(spacing=0)
        self._cover: QWidget | None = None
        self.following = Following(desk, self)
        self.pages = Pages(desk, self.stack, self._wire)
        self._lay_out()
        self._connect()
        self._make_actions()
        self.settings_changed()
        theme.dress(self)
        stored = _sizes(desk).value("window/geometry")
        if not (isinstance(stored, QByteArray) and self.restoreGeometry(stored)):
            self.setGeometry(placement.first_place(self.screen().availableGeometry()))

    def show_page(self, key: str) -> bool:
        """Show a page, unless the one shown cannot be left now; return whether it is shown."""
        if key != self._current and not self._may_leave():
            self.sidebar.select(self._current)
            return False
        if key != self._current:
            self._before, self._current = self._current or "home", key
        self.sidebar.select(key)
        self.pages.bring(key)
        if not self.isVisible():
            self.pages.now(key)
        self.pages.ask(key, _reload)
        return True

    def choose(self, key: str) -> bool:
        """Show a page; the one that is shown already goes back to its list. Return whether it is shown."""
        self.pages.ask(key, partial(_call, method="show_list" if key == self._current else "rest"))
        return self.show_page(key)

    def show_and(self, key: str, method: str, *values: Any) -> None:
        """Show a page and call what it offers, once it is there."""
        if self.show_page(key):
            self.pages.ask(key, lambda page: _call(page, method, *values))

    def go(self, key: str) -> None:
        """Show a page for everybody: one that was narrowed to a patient shows all again."""
        if self.show_page(key):
            self.pages.ask(key, _widen)

    def show_of(self, key: str, *values: Any) -> None:
        """Show a page narrowed to a patient or referral, as part of the page from which it is asked for."""
        came = self._current
        if not any(values):
            self.go(key)
        elif self.show_page(key):
            self.pages.ask(key, lambda page: _call(page, "show_of", *values))
            if (shown := place(came)).label:
                self.sidebar.select(came)
                self.pages.ask(key, lambda page: _call(page, "came_from", came, shown.label))

    def back(self) -> None:
        """Show the page that was shown before, or the list that the page itself was opened from."""
        if not _call(self.pages.get(self._current), "step_back"):
            self.show_page(self._before)

    def page(self, key: str) -> Any:
        """Return a page, built now if it was not yet."""
        return self.pages.now(key)

    @property
    def is_covered(self) -> bool:
        """Whether the window is locked and shows nothing."""
        return self._cover is not None

    def current_page(self) -> QWidget:
        """Return the page shown."""
        return self.page(self._current or "home")

    def new_referral(self, known: dict[str, str] | None = None) -> None:
        """Begin a referral, with what is known of patient, surgeon or provider."""
        self.show_and("referrals", "new", known or {})

    def open(self, kind: str, identity: str) -> None:
        """Open a surgeon, a patient or a referral by its id."""
        self.show_and(f"{kind}s", "open", identity)

    def preview(self, kind: str, reference: Any) -> None:
        """Show the letter or packet of a referral, or a paper of the directory, as the preview page says."""
        self.show_and("preview", "show_document", kind, reference)

    def keep_typed(self) -> None:
        """Let every page save what was typed into it."""
        for page in self.pages.made():
            _call(page, "keep")

    def settings_changed(self) -> None:
        """Take the settings as they are now: look, zoom, mode, person."""
        chosen = self._desk.settings
        _take_look(chosen)
        self.sidebar.show_mode(chosen.mode)
        self.sidebar.draw()
        self.status.show_person(self._desk)
        self._offer_what_is_permitted()
        self._fold()

    def show_help(self) -> None:
        """Show the help of the page shown, beside the window."""
        from referral_app.ui.help.window import HelpWindow

        topic = getattr(self.current_page(), "help_topic", self._current)
        window = self.findChild(HelpWindow)
        if window is None:
            window = HelpWindow(self)
            window.kit_wanted.connect(_Blank(self, "kit"))
        window.show_topic(topic)

    def show_shortcuts(self) -> None:
        """List the shortcuts, from the actions themselves."""
        from referral_app.ui.help.shortcuts import ShortcutsDialog

        ShortcutsDialog(actions.shortcuts(self), self).open()

    def zoom(self, step: int) -> None:
        """Make everything larger (1), smaller (-1) or as it was (0)."""
        chosen = self._desk.settings
        at = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - chosen.zoom))
        chosen.zoom = ZOOMS[max(0, min(at + step, len(ZOOMS) - 1))] if step else 100
        settings_file.save(self._desk.paths, chosen)
        self.status.say(f"Text size {chosen.zoom} %")
        self._zooming.start()

    def _take_zoom(self) -> None:
        """Draw everything at the size chosen last: a key that repeats must not wait for each size on the way."""
        self.settings_changed()
        if self._current == "settings":
            _call(self.current_page(), "reload")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the sidebar where there is little room."""
        super().resizeEvent(event)
        self._fold()
        if self._cover is not None:
            self._cover.setGeometry(self.rect())

    def cover(self, page: QWidget) -> None:
        """Show a page in the place of everything."""
        self._whole.hide()
        self.top_bar.close_results()  # they float over the whole window, and would over what covers it
        self._cover = page
        page.setParent(self)
        page.setGeometry(self.rect())
        page.show()

    def uncover(self) -> None:
        """Show everything again."""
        if self._cover is not None:
            self._cover.hide()
        self._cover = None
        self._whole.show()

    def notify(self, notice: QWidget) -> None:
        """Show a notice above the pages, until whoever made it hides it."""
        self.notices.addWidget(notice)

    def changeEvent(self, event: QEvent) -> None:
        """Hide what floats over the window when it is left."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowDeactivate:
            self.top_bar.popup.hide()

    def may_close(self) -> bool:
        """Keep what was typed, unless a locked window has done so and its store is shut; ask before it is lost."""
        return self._cover is not None or self._may_lose or keeping.kept(self, self.keep_typed, self._lose)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed, and the size of the window."""
        if not self.may_close():
            event.ignore()
            return
        _sizes(self._desk).setValue("window/geometry", self.saveGeometry())
        super().closeEvent(event)
        self.closed.emit()

    def _lose(self) -> None:
        self._may_lose = True
        self.close()

    def _lay_out(self) -> None:
        self._whole = whole = QWidget()
        row, right = QHBoxLayout(whole), QVBoxLayout()
        for layout in (row, right):
            theme.scale(layout, margins=0, spacing=0)
        right.addWidget(self.top_bar)
        right.addLayout(self.notices)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.choose)
        self.top_bar.opened.connect(self.open)
        self.top_bar.new_referral.connect(self.new_referral)
        self.top_bar.locked.connect(partial(self.asked.emit, "lock"))
        self.status.helped.connect(self.show_help)

    def _make_actions(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("mainMenu")
        pages = [
            Entry(f"go_{one.key}", f"Go to {one.name}", (f"Ctrl+{at}",), _Go(self, one.key))
            for at, one in enumerate((one for one in PAGES if one.name), start=1)
        ]
        line = Entry()
        entries = [
            Entry("newReferralAction", "New referral", ("Ctrl+N",), self._new),
            Entry("searchAction", "Search everything", ("Ctrl+K",), self.top_bar.focus_search),
            Entry("findAction", "Search on this page", ("Ctrl+F",), self._find),
            Entry("backAction", "Back", ("Alt+Left",), self.back),
            Entry("reloadAction", "Reload this page", ("F5",), self.reload),
            Entry("undoAction", "Undo what was just done", ("Ctrl+Z",), self.status.take_back),
            line, *self.following.entries(), line, *pages, line,
            Entry("zoomIn", "Larger text", ("Ctrl++", "Ctrl+="), _Zoom(self, 1)),
            Entry("zoomOut", "Smaller text", ("Ctrl+-",), _Zoom(self, -1)),
            Entry("zoomReset", "Text size 100 %", ("Ctrl+0",), _Zoom(self, 0)),
            line,
            Entry("helpAction", "Help for this page", ("F1",), self.show_help),
            Entry("shortcutsAction", "Keyboard shortcuts", ("Ctrl+/",), self.show_shortcuts),
            Entry("kitAction", "Print the power-cut kit", (), _Blank(self, "kit")),
            Entry("questionnaireAction", "Print a blank patient questionnaire", (),
                  _Blank(self, "questionnaire")),
            line, *account.entries(self._desk, self.asked.emit),
            Entry("quitAction", "Quit", ("Ctrl+Q",), self.close),
        ]  # fmt: skip
        actions.fill(self, menu, entries)
        self.top_bar.set_menu(menu)

    def _wire(self, page: QWidget) -> None:
        """Let a page that was made be one of the window."""
        _comes_before(page, self.status.help)
        rights.offer(page, self._desk.db)
        wiring.wire(page, self)

    def _new(self) -> None:
        self.new_referral()

    def reload(self) -> None:
        """Read the page shown anew."""
        _call(self.current_page(), "reload")

    def _offer_what_is_permitted(self) -> None:
        """Offer nothing that a service would refuse anyway."""
        writes = self._desk.may(Permission.WRITE)
        for page in (self.top_bar, *self.pages.made()):
            rights.offer(page, self._desk.db)
        for action in self.actions():
            if action.objectName() == "newReferralAction":
                action.setVisible(writes)
                action.setEnabled(writes and self._cover is None)

    def _find(self) -> None:
        page = self.current_page()
        if hasattr(page, "focus_search"):
            _call(page, "focus_search")
        else:
            self.top_bar.focus_search()

    def _may_leave(self) -> bool:
        page = self.pages.get(self._current)
        can_leave = getattr(page, "can_leave", None)
        return bool(can_leave()) if can_leave else True

    def _fold(self) -> None:
        self.sidebar.fold(self.width() < FOLD_BELOW * theme.px(WIDE))


class _Go:
    """Shows one page: what a menu entry calls."""

    def __init__(self, window: MainWindow, key: str) -> None:
        self._window, self._key = window, key

    def __call__(self) -> None:
        if self._window.choose(self._key):
            self._window.pages.ask(self._key, arrival.enter)


class _Zoom:
    """Changes the text size: what a menu entry calls."""

    def __init__(self, window: MainWindow, step: int) -> None:
        self._window, self._step = window, step

    def __call__(self) -> None:
        self._window.zoom(self._step)


class _Blank:
    """Shows a paper about nobody, for a day without the computer or for the waiting room; never while locked."""

    def __init__(self, window: MainWindow, kind: str) -> None:
        self._window, self._kind = window, kind

    def __call__(self) -> None:
        if not self._window.is_covered:
            self._window.preview(self._kind, "")


def _sizes(desk: Desk) -> QSettings:
    return QSettings(str(desk.paths.window), QSettings.Format.IniFormat)


def _comes_before(page: QWidget, later: QWidget) -> None:
    """Let Tab reach a page before a control of the status bar, which was there first."""
    last, following = page, page.nextInFocusChain()
    while following and page.isAncestorOf(following):
        last, following = following, following.nextInFocusChain()
    QWidget.setTabOrder(last, later)


def _widen(page: QWidget) -> None:
    _call(page, "show_everybody")


def _reload(page: QWidget) -> None:
    _call(page, "reload")


def _call(page: QWidget | None, method: str, *values: Any) -> Any:
    """Call what a page offers; a page that is not there yet offers nothing."""
    found = getattr(page, method, None)
    return found(*values) if found is not None else None


def _take_look(chosen: Settings) -> None:
    """Give the application the look of the settings."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, chosen.appearance, chosen.zoom, chosen.compact)
