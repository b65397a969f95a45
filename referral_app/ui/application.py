"""The application with its window, from start to quit."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from referral_app.paths import Paths
from referral_app.settings import Settings
from referral_app.ui import theme
from referral_app.ui.background import Background
from referral_app.ui.crash import CrashHandler
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import TITLE, MainWindow
from referral_app.ui.pages import PAGES
from referral_app.ui.termination import Termination
from referral_app.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from referral_app.database import Database

HEAVY = (
    "referral_app.services.search",
    "referral_app.services.referrals",
    "referral_app.clinical.check",
    *(place.path.partition(":")[0] for place in PAGES),
)
"""What a first click would otherwise wait for; read in while the user looks at the window."""


READ_IN_AFTER = 1500
"""Milliseconds to the reading in, so that the first page need not share the interpreter with it."""


def run(
    paths: Paths,
    settings: Settings,
    db: Database,
    ready: Callable[[MainWindow], object] | None = None,
    throw_away: bool = False,
) -> int:
    """Show the window until it is closed and return the exit status; `ready` is called once it is usable."""
    app = application()
    theme.apply(app, settings.appearance, settings.zoom, settings.compact)
    FocusRing(app)
    background = Background(app)
    window = MainWindow(Desk(paths, settings, db, background, throw_away))
    CrashHandler(paths, window.keep_typed, app).install()
    app.styleHints().colorSchemeChanged.connect(window.settings_changed)
    window.show_page("home")
    window.show()

    def end() -> None:
        window.close()
        app.quit()

    termination = Termination(end, app)
    QTimer.singleShot(0, lambda: _after_show(window, background, ready))
    try:
        return app.exec()
    finally:
        termination.stop()
        background.wait()
        sys.excepthook = sys.__excepthook__


def application() -> QApplication:
    """Return the one QApplication, made now if there is none."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("referral-app")
    made.setApplicationDisplayName(TITLE)
    made.setDesktopFileName("referral-app")
    return made


def say_problem(settings: Settings, sentence: str) -> int:
    """Show one sentence where there is no window yet, such as why the store cannot be opened; return exit status 2."""
    from referral_app.ui import start_problem

    app = application()
    theme.apply(app, settings.appearance, settings.zoom)
    return start_problem.show(app, sentence)


def _after_show(
    window: MainWindow, background: Background, ready: Callable[[MainWindow], object] | None
) -> None:
    QTimer.singleShot(READ_IN_AFTER, gc.enable)
    QTimer.singleShot(READ_IN_AFTER, window, lambda: background.run(window, _read_in, lambda _: None))
    if ready:
        ready(window)


def _read_in() -> None:
    import importlib

    for name in HEAVY:
        with contextlib.suppress(ModuleNotFoundError):  # a screen that is not there yet
            importlib.import_module(name)
