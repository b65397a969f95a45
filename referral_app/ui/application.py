"""The application with its window, from start to quit."""

from __future__ import annotations

import contextlib
import gc
import importlib
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from referral_app.jobs import files
from referral_app.paths import Paths
from referral_app.settings import Settings
from referral_app.ui import rights, theme
from referral_app.ui.background import Background
from referral_app.ui.crash import CrashHandler
from referral_app.ui.desk import TITLE, Desk
from referral_app.ui.door import Door
from referral_app.ui.garbage import Garbage
from referral_app.ui.main_window import MainWindow
from referral_app.ui.pages import PAGES
from referral_app.ui.termination import Termination
from referral_app.ui.widgets.enter_key import EnterKey
from referral_app.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from referral_app.database import Database, StoreProblem

HEAVY = (
    "referral_app.services.search",
    "referral_app.services.referrals",
    "referral_app.clinical.check",
    "referral_app.documents.letter",
    "referral_app.documents.consult_packet",
    "phonenumbers",
    "referral_app.services.directory_search",
    "referral_app.services.duplicates",
    "referral_app.services.surgeon_match",
    "referral_app.jobs.directory",
)
"""What a first click would otherwise wait for, without Qt; read in while the user looks at the window."""

PARTS = tuple(
    f"referral_app.ui.surgeons.{name}"
    for name in (
        "filters",
        "results",
        "sections",
        "placements",
        "form",
        "dialog",
        "match_dialog",
        "directory",
        "acts",
    )
)
"""Parts of the largest screen, each read in for itself: all of it in one turn would stall."""

SCREENS = (*PARTS, *(place.path.partition(":")[0] for place in PAGES))
"""Read in on the user's thread, one in a turn: making Qt's classes in another thread ended the process now and then."""


READ_IN_AFTER = 1500
"""Milliseconds to the reading in, so that the first page need not share the interpreter with it."""

LISTEN_AFTER = 300
"""Milliseconds to the listening for later starts, so that the first page comes first."""

SWITCH = 0.001
"""Seconds that the background keeps Python while the user waits for it; Python's own is 5 ms."""


def run(
    paths: Paths,
    settings: Settings,
    db: Database | None = None,
    ready: Callable[[MainWindow], object] | None = None,
    throw_away: bool = False,
    problem: StoreProblem | None = None,
) -> int:
    """Show windows until the last one is closed and return the exit status; `ready` is called with each main window.

    An open store is shown at once; without one the person logs in first, or makes the store; a problem that a backup
    mends leads to restoring one.
    """
    app = application()
    background = Background(app)
    theme.apply(app, settings.appearance, settings.zoom, settings.compact)
    FocusRing(app)
    EnterKey(app)
    door = Door(partial(open_window, app), paths, settings, background)
    CrashHandler(paths, door.keep_typed, app).install()
    if ready:
        door.opened.connect(ready, Qt.ConnectionType.QueuedConnection)

    def end() -> None:
        door.end()
        app.quit()

    termination = Termination(end, app)
    _first(door, Desk(paths, settings, db, background, throw_away) if db else None, problem)
    QTimer.singleShot(LISTEN_AFTER, door, lambda: _listen(paths, door))
    try:
        app.exec()
        return door.status
    finally:
        termination.stop()
        background.wait()
        door.close()
        gc.enable()
        sys.excepthook = sys.__excepthook__


def _first(door: Door, desk: Desk | None, problem: StoreProblem | None) -> None:
    """Show the first window: the desk of an open store, the way back from a problem, or the way in."""
    if desk is not None:
        door.open(desk)
    elif problem is not None:
        door.restore(str(problem))
    else:
        door.begin()


def _listen(paths: Paths, door: Door) -> None:
    """Come to the front when the program is started again."""
    from referral_app.ui.first_window import FirstWindow

    FirstWindow(paths, door.come, door)


def open_window(app: QApplication, desk: Desk) -> MainWindow:
    """Show the window at home, and read in what comes next once it is usable.

    Python's search for garbage stops the whole program for a tenth of a second, so it rests until then, and what
    is there by then is never searched again. From then on it is looked for on the user's thread alone.
    """
    gc.disable()
    sys.setswitchinterval(SWITCH)
    rights.take_name(desk.db, desk.settings.person)
    files.remove(desk.paths.copies)  # what other programs were given before a crash
    window = MainWindow(desk)
    window.closed.connect(partial(files.remove, desk.paths.copies))
    app.styleHints().colorSchemeChanged.connect(window.settings_changed)
    window.show_page("home")
    window.show()
    if desk.db.keys is not None:
        _look_after(window, desk)
    QTimer.singleShot(READ_IN_AFTER, window, lambda: _read_in_all(window, desk))
    return window


def _look_after(window: MainWindow, desk: Desk) -> None:
    """Begin what a window over a store with people does by itself: backups, emergency access, mails without answer."""
    from referral_app.ui.emergency import Emergency
    from referral_app.ui.unanswered import Unanswered
    from referral_app.ui.upkeep import Upkeep

    Upkeep(window, desk)
    Emergency(window, desk)
    Unanswered(window, desk)


def application() -> QApplication:
    """Return the one QApplication, made now if there is none."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("referral-app")
    made.setApplicationDisplayName(TITLE)
    made.setDesktopFileName("referral-app")
    return made


def say_problem(paths: Paths, settings: Settings, problem: StoreProblem) -> int:
    """Say why the store cannot be opened, and offer a backup where that mends it; return the exit status."""
    if problem.can_restore:
        return run(paths, settings, problem=problem)
    from referral_app.ui import start_problem

    app = application()
    theme.apply(app, settings.appearance, settings.zoom)
    return start_problem.show(app, str(problem))


def _read_in_all(window: MainWindow, desk: Desk) -> None:
    desk.background.run(window, partial(_read_in, desk.db), lambda _: _read_in_screens(window))


def _read_in(db: Database) -> None:
    """Read in modules, and of the index of the directory what the first search needs, as far as it can be read now."""
    for name in HEAVY:
        importlib.import_module(name)
    from referral_app.database import StoreProblem
    from referral_app.services import matching
    from referral_app.services.errors import InvalidInput

    with contextlib.suppress(InvalidInput, StoreProblem), db.read() as session:
        matching.warm(session)
    from referral_app.jobs import ahead

    ahead.warm()


def _read_in_screens(window: MainWindow, names: tuple[str, ...] = SCREENS) -> None:
    """Read in one screen and come back for the next; what there is by then is never searched for garbage again."""
    if not names:
        window.pages.ask("preview", _nothing)  # the page of a first click, built in turns as well
        gc.freeze()
        Garbage(window)
        return
    importlib.import_module(names[0])
    QTimer.singleShot(20, window, lambda: _read_in_screens(window, names[1:]))


def _nothing(_page: object) -> None:
    """Do nothing with a page: it is only to be there."""
