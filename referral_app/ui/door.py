"""Who comes in and goes out: first run, login, the window of the person at work, locking, and the next person."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from referral_app import settings as settings_file
from referral_app.choices import Permission
from referral_app.database import Database, Keychain, Passphrase, Secrets, StoreProblem, is_locked
from referral_app.paths import Paths
from referral_app.settings import Settings
from referral_app.ui import account
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.porch import Porch

if TYPE_CHECKING:
    from referral_app.database.wrapping import Cost
    from referral_app.jobs.sessions import Entered
    from referral_app.ui.lock import Lock
    from referral_app.ui.login.choose_page import ChoosePage
    from referral_app.ui.login.window import EntryWindow

CORRECTABLE = 2
"""The exit status of what the person can correct."""
POLL = 50
"""Milliseconds between two looks whether everything under way has ended."""
PRACTICE = "Practice: nothing here is real or kept"


class Door(QObject):
    """Opens windows and closes them; `opened` carries each main window once it is shown."""

    opened = Signal(object)

    def __init__(
        self, make: Callable[[Desk], MainWindow], paths: Paths, settings: Settings, background: Background,
        now: Callable[[], float] = time.time, cost: Cost | None = None,
    ) -> None:  # fmt: skip
        """Begin with nothing open; `make` shows a main window, `cost` is that of a passphrase, None measures it."""
        super().__init__()
        self._make, self._paths, self._settings, self._background = make, paths, settings, background
        self._now, self._cost = now, cost
        self.window: MainWindow | None = None
        self._porch = Porch(self)
        self.lock: Lock | None = None
        self._owned: Database | None = None
        self.status = 0
        self._practice: TemporaryDirectory[str] | None = None
        self._desk: Desk | None = None

    @property
    def entry(self) -> EntryWindow | None:
        """The window before the main one."""
        return self._porch.window

    # Coming in

    def begin(self) -> None:
        """Ask who comes in, or make the store where there is none with people."""
        if is_locked(self._paths):
            self.ask_login()
        else:
            self.first_run()

    def ask_login(self, login: str = "") -> None:
        """Show the login page, with the login that is known already."""
        from referral_app.ui.login.login_page import LoginPage

        page = LoginPage(self._now)
        page.submitted.connect(self._log_in)
        page.form.asked_keychain.connect(self._log_in)
        page.practiced.connect(self.practice)
        page.recovered.connect(self._recover)
        self._porch.show(page)
        page.form.begin(login)
        self._background.run(page, partial(_remembers, self._paths), page.form.keychain.setVisible)

    def first_run(self) -> None:
        """Show the page that makes the store."""
        from referral_app.ui.login.first_run_page import FirstRunPage

        page = FirstRunPage(self._paths, self._settings, self._background, self._cost)
        page.began.connect(self._begun)
        page.finished.connect(self._finished)
        page.practiced.connect(self.practice)
        self._porch.show(page)
        page.begin()

    def _begun(self, desk: Desk) -> None:
        self._owned = desk.db
        settings_file.save(self._paths, self._settings)

    def _finished(self) -> None:
        if self._owned is not None:
            self._work(self._owned)

    def _log_in(self, login: str, passphrase: str | None = None) -> None:
        self._open(Keychain(login) if passphrase is None else Passphrase(login, passphrase))

    def _open(self, way: Passphrase | Keychain, opened: Secrets | None = None) -> None:
        """Open the store in the background: finding the keys takes half a second."""
        paths, mode = self._paths, self._settings.mode

        def work() -> Entered:
            from referral_app.jobs import sessions

            return sessions.log_in(paths, way, mode, opened)

        self._background.run(self, work, lambda entered: self._entered(way, entered), self._refused)

    def _refused(self, error: Exception) -> None:
        from referral_app.ui.login.login_page import LoginPage

        if isinstance(error, StoreProblem) and error.can_restore:
            return self.restore(str(error))
        page = self._porch.page
        if not isinstance(page, LoginPage):
            self.ask_login()
            page = self._porch.page
        return page.form.refuse(error) if isinstance(page, LoginPage) else None

    def _entered(self, way: Passphrase | Keychain, entered: Entered) -> None:
        self._owned = entered.db
        if entered.must_choose and isinstance(way, Passphrase):
            self._choose(way, entered.db)
        elif entered.practicing:
            self.practice()
        else:
            self._work(entered.db)

    def _choose(self, way: Passphrase, db: Database) -> None:
        from referral_app.ui.login.choose_page import ChoosePage

        page = ChoosePage()
        page.chosen.connect(partial(self._change, page, way, db))
        page.left.connect(self.leave)
        self._porch.show(page)
        page.begin(db.rights.name, db.rights.login)

    def _change(self, page: ChoosePage, way: Passphrase, db: Database, chosen: str) -> None:
        cost = self._cost

        def work() -> Entered:
            from referral_app.jobs import people, sessions

            people.change_passphrase(db, way.text, chosen, cost)
            return sessions.entered(db)

        self._background.run(self, work, lambda entered: self._entered(way, entered), page.refuse)

    def restore(self, why: str = "", file: Path | None = None) -> None:
        """Show the page that puts a backup in the place of the store; nothing is open."""
        from referral_app.ui.login.restore_page import RestorePage

        self.status = CORRECTABLE
        page = RestorePage(self._paths, self._background, why, file)
        page.restored.connect(self.begin)
        page.left.connect(self._porch.close)
        self._porch.show(page)
        page.begin()

    def _recover(self) -> None:
        from referral_app.ui.login.recover_page import RecoverPage

        page = RecoverPage(self._paths, self._background)
        page.left.connect(self.ask_login)
        self._porch.show(page)
        page.begin()

    # Working

    def _work(self, db: Database) -> None:
        """Open the window of the person who came in."""
        self.open(Desk(self._paths, self._settings, db, self._background))

    def open(self, desk: Desk) -> None:
        """Show a main window over an open store."""
        self._desk, self._owned = desk, desk.db
        self.window = window = self._make(desk)
        window.asked.connect(self._asked)
        window.closed.connect(self._closed)
        window.set_up.connect(partial(self._leave, self.first_run))
        window.restore_wanted.connect(self._restore)
        self.status = 0
        self._porch.close()
        if desk.db.keys is not None:
            self._guard(window, desk)
        self.opened.emit(window)

    def _guard(self, window: MainWindow, desk: Desk) -> None:
        """Let the window lock, and remind an administrator of what the first run left."""
        from referral_app.ui.lock import Lock

        self.lock = Lock(window, desk, self._now)
        self.lock.switched.connect(self._switch)
        if not desk.db.may_store_patients and desk.may(Permission.ADMINISTER):
            account.ask_for_recovery(window)

    def _asked(self, what: str) -> None:
        if what == "lock" and self.lock is not None:
            self.lock.lock()
        elif what == "log_out":
            self.leave()
        elif self.window is not None and self._desk is not None:
            account.act(what, self.window, self._desk, self._cost)

    def keep_typed(self) -> None:
        """Let the window keep what was typed; a locked one has done so."""
        if self.window is not None and not (self.lock and self.lock.is_locked):
            self.window.keep_typed()

    # Practicing

    def practice(self) -> None:
        """Open a throw-away store with invented data."""
        self._porch.wait("Preparing invented data", "Nothing of it is real or kept.")
        self._practice = TemporaryDirectory(prefix="referral-practice-", ignore_cleanup_errors=True)
        paths, owned = Paths(Path(self._practice.name)), self._owned
        self._owned = None

        def work() -> Database:
            from referral_app.jobs import demo, sessions

            if owned is not None:
                sessions.log_out(owned)
            return demo.begin(paths)

        self._background.run(self, work, lambda db: self._practicing(paths, db), self._not_practicing)

    def _practicing(self, paths: Paths, db: Database) -> None:
        from referral_app.jobs import demo
        from referral_app.ui.widgets.notice import Advice

        mine = replace(self._settings, person=demo.PERSON)
        self.open(Desk(paths, mine, db, self._background, throw_away=True))
        if self.window is not None:
            notice = Advice("info", "practiceNotice", "End practice", PRACTICE)
            notice.acted.connect(self.leave)
            self.window.notify(notice)

    def _not_practicing(self, error: Exception) -> None:
        self.leave()
        raise error

    # Going out

    def leave(self) -> None:
        """Close the window, finish what was begun, close the store, and ask who comes next."""
        self._leave(self.begin)

    def _switch(self, way: Passphrase, opened: Secrets) -> None:
        self._leave(lambda: self._open(way, opened))

    def _leave(self, then: Callable[[], object]) -> None:
        if self.window is not None and not self.window.may_close():
            return
        self._end_lock()
        self._porch.wait("Finishing what was begun")
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()
        self._when_idle(lambda: self._close_store(then))

    def _close_store(self, then: Callable[[], object]) -> None:
        db, self._owned = self._owned, None
        practice, self._practice = self._practice, None
        second = self._second

        def work() -> None:
            from referral_app.jobs import sessions

            if db is not None:
                sessions.log_out(db, second)
            if practice is not None:
                practice.cleanup()

        self._background.run(self, work, lambda _: then())

    @property
    def _second(self) -> Path | None:
        """The second place of backups."""
        return Path(folder) if (folder := self._settings.second_backup_folder) else None

    def _when_idle(self, act: Callable[[], object]) -> None:
        """Call `act` once nothing is under way: a job that prints finishes first."""
        if self._background.is_busy:
            QTimer.singleShot(POLL, self, lambda: self._when_idle(act))
        else:
            act()

    def _restore(self, file: str) -> None:
        """Put a backup in the place of the store that is open."""
        self._leave(lambda: self.restore(file=Path(file)))

    def come(self) -> None:
        """Come to the front: the program was started again."""
        shown = self.window or self.entry
        if shown is not None:
            shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
            shown.show()
            shown.raise_()
            shown.activateWindow()

    def _closed(self) -> None:
        """The window of the person at work was closed: a practice ends at the login, everything else ends here."""
        self._end_lock()
        if self.window is not None and self._practice is not None:
            self.leave()

    def _end_lock(self) -> None:
        if self.lock is not None:
            self.lock.end()
        self.lock = None

    def end(self) -> None:
        """Close whatever is open: the system asks for it."""
        for window in filter(None, (self.window, self.entry)):
            window.close()

    def close(self) -> None:
        """Close the store that was opened here; called after the last window, with nothing under way."""
        db, self._owned = self._owned, None
        if db is not None:
            from referral_app.jobs import sessions

            sessions.log_out(db, self._second)
        if self._practice is not None:
            self._practice.cleanup()


def _remembers(paths: Paths) -> bool:
    from referral_app.jobs import sessions

    return sessions.remembers(paths)
