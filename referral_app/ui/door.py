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
from PySide6.QtWidgets import QWidget

from referral_app import settings as settings_file
from referral_app.choices import Permission
from referral_app.database import Database, Passphrase, Secrets, StoreProblem, is_locked
from referral_app.paths import Paths
from referral_app.settings import Settings
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow

if TYPE_CHECKING:
    from referral_app.database.wrapping import Cost
    from referral_app.jobs.sessions import Entered
    from referral_app.ui.first_window import FirstWindow
    from referral_app.ui.lock import Lock
    from referral_app.ui.login.choose_page import ChoosePage
    from referral_app.ui.login.window import EntryWindow

CORRECTABLE = 2
"""The exit status of what the person can correct."""
POLL = 50
"""Milliseconds between two looks whether everything under way has ended."""
PRACTICE = "Practice: nothing here is real or kept"
UNCONFIRMED = "The recovery key is not confirmed yet. Until then no patient can be stored."


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
        self.entry: EntryWindow | None = None
        self.lock: Lock | None = None
        self._owned: Database | None = None
        self.status = 0
        self._practice: TemporaryDirectory[str] | None = None
        self._desk: Desk | None = None
        self._first: FirstWindow | None = None

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
        page.practiced.connect(self.practice)
        page.recovered.connect(self._recover)
        self._enter_by(page)
        page.form.begin(login)

    def first_run(self) -> None:
        """Show the page that makes the store."""
        from referral_app.ui.login.first_run_page import FirstRunPage

        page = FirstRunPage(self._paths, self._settings, self._background, self._cost)
        page.began.connect(self._begun)
        page.finished.connect(self._finished)
        page.practiced.connect(self.practice)
        self._enter_by(page)
        page.begin()

    def _begun(self, desk: Desk) -> None:
        self._owned = desk.db
        settings_file.save(self._paths, self._settings)

    def _finished(self) -> None:
        if self._owned is not None:
            self._work(self._owned)

    def _log_in(self, login: str, passphrase: str) -> None:
        self._open(Passphrase(login, passphrase), None)

    def _open(self, way: Passphrase, opened: Secrets | None) -> None:
        """Open the store in the background: finding the keys takes half a second."""
        paths, mode = self._paths, self._settings.mode

        def work() -> Entered:
            from referral_app.jobs import sessions

            return sessions.log_in(paths, way, mode, opened)

        self._background.run(self, work, lambda entered: self._entered(way, entered), self._refused)

    def _refused(self, error: Exception) -> None:
        from referral_app.ui.login.login_page import LoginPage

        if isinstance(error, StoreProblem) and error.can_restore:
            self.restore(str(error))
            return
        page = self.entry.page() if self.entry else None
        if not isinstance(page, LoginPage):
            self.ask_login()
            page = self.entry.page() if self.entry else None
        if isinstance(page, LoginPage):
            page.form.refuse(error)

    def _entered(self, way: Passphrase, entered: Entered) -> None:
        self._owned = entered.db
        if entered.must_choose:
            self._choose(way, entered.db)
        elif entered.practicing:
            self.practice()
        else:
            self._work(entered.db)

    def _choose(self, way: Passphrase, db: Database) -> None:
        from referral_app.ui.login.choose_page import ChoosePage

        page = ChoosePage()
        page.chosen.connect(partial(self._change, page, way))
        page.left.connect(self.leave)
        self._enter_by(page)
        page.begin(db.rights.name, db.rights.login)

    def _change(self, page: ChoosePage, way: Passphrase, chosen: str) -> None:
        db, cost = self._owned, self._cost
        assert db is not None

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
        page.left.connect(self._close_entry)
        self._enter_by(page)
        page.begin()

    def _recover(self) -> None:
        from referral_app.ui.login.recover_page import RecoverPage

        page = RecoverPage(self._paths, self._background)
        page.left.connect(self.ask_login)
        self._enter_by(page)
        page.begin()

    def _enter_by(self, page: QWidget) -> None:
        """Show a page in the window before the main one."""
        self._entry().show_page(page)

    def _entry(self) -> EntryWindow:
        from referral_app.ui.login.window import EntryWindow

        if self.entry is None:
            self.entry = EntryWindow()
            self.entry.closed.connect(self._given_up)
            self.entry.show()
        return self.entry

    def _given_up(self) -> None:
        entry, self.entry = self.entry, None
        if entry is not None:
            entry.deleteLater()

    # Working

    def _work(self, db: Database) -> None:
        """Open the window of the person who came in."""
        desk = Desk(self._paths, self._settings, db, self._background)
        self.open(desk)
        if self.window is None or db.keys is None:
            return
        from referral_app.ui.lock import Lock

        self.lock = Lock(self.window, desk, self._now)
        self.lock.switched.connect(self._switch)
        if not db.may_store_patients and desk.may(Permission.ADMINISTER):
            self._ask_for_recovery(self.window)

    def open(self, desk: Desk) -> None:
        """Show a main window over an open store."""
        self._desk, self._owned = desk, desk.db
        self.window = window = self._make(desk)
        window.asked.connect(self._asked)
        window.closed.connect(self._closed)
        window.set_up.connect(self._set_up)
        window.restore_wanted.connect(self._restore)
        self.status = 0
        self._close_entry()
        self.opened.emit(window)

    def _close_entry(self) -> None:
        entry, self.entry = self.entry, None
        if entry is not None:
            entry.close()
            entry.deleteLater()

    def _asked(self, what: str) -> None:
        if what == "lock" and self.lock is not None:
            self.lock.lock()
        elif what == "log_out":
            self.leave()
        elif what == "passphrase":
            self._change_passphrase()
        elif what == "set_up_again":
            self._set_up_again()

    def _change_passphrase(self) -> None:
        from referral_app.ui.login.change_dialog import ChangeDialog

        if self.window is not None and self._desk is not None:
            dialog = ChangeDialog(self._desk, self.window, self._cost)
            dialog.said.connect(self.window.status.say)
            dialog.open()

    def _set_up_again(self) -> None:
        from referral_app.ui.login.set_up_dialog import SetUpDialog

        if self.window is not None and self._desk is not None:
            dialog = SetUpDialog(self._desk, self.window)
            dialog.said.connect(self.window.status.say)
            dialog.go.connect(self.window.show_page)
            dialog.recovery.confirmed.connect(self._confirmed)
            dialog.open()

    def _ask_for_recovery(self, window: MainWindow) -> None:
        from referral_app.ui.widgets.notice import Advice

        notice = Advice("warning", "recoveryNotice", "Confirm the recovery key", UNCONFIRMED)
        notice.acted.connect(self._set_up_again)
        window.notify(notice)

    def _confirmed(self) -> None:
        from referral_app.ui.widgets.notice import Advice

        notice = self.window.findChild(Advice, "recoveryNotice") if self.window else None
        if notice is not None:
            notice.say("")

    def keep_typed(self) -> None:
        """Let the window keep what was typed; a locked one has done so."""
        if self.window is not None and not (self.lock and self.lock.is_locked):
            self.window.keep_typed()

    # Practicing

    def practice(self) -> None:
        """Open a throw-away store with invented data."""
        self._entry().wait("Preparing invented data", "Nothing of it is real or kept.")
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
        self._end_lock()
        self._entry().wait("Finishing what was begun")
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()
        self._when_idle(lambda: self._close_store(then))

    def _close_store(self, then: Callable[[], object]) -> None:
        db, self._owned = self._owned, None
        practice, self._practice = self._practice, None

        def work() -> None:
            from referral_app.jobs import sessions

            if db is not None:
                sessions.log_out(db)
            if practice is not None:
                practice.cleanup()

        self._background.run(self, work, lambda _: then())

    def _when_idle(self, act: Callable[[], object]) -> None:
        """Call `act` once nothing is under way: a job that prints finishes first."""
        if self._background.is_busy:
            QTimer.singleShot(POLL, self, lambda: self._when_idle(act))
        else:
            act()

    def _restore(self, file: str) -> None:
        """Put a backup in the place of the store that is open."""
        self._leave(lambda: self.restore(file=Path(file)))

    def _set_up(self) -> None:
        """Give a store without people its first."""
        self._leave(self.first_run)

    def listen(self) -> None:
        """Come to the front when the program is started again."""
        from referral_app.ui.first_window import FirstWindow

        self._first = FirstWindow(self._paths, self._come, self)

    def _come(self) -> None:
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
        lock, self.lock = self.lock, None
        if lock is not None:
            lock.end()

    def end(self) -> None:
        """Close whatever is open: the system asks for it."""
        for window in (self.window, self.entry):
            if window is not None:
                window.close()

    def close(self) -> None:
        """Close the store that was opened here; called after the last window, with nothing under way."""
        if self._first is not None:
            self._first.stop()
        db, self._owned = self._owned, None
        if db is not None:
            from referral_app.jobs import sessions

            sessions.log_out(db)
        if self._practice is not None:
            self._practice.cleanup()
