"""What the window does for the store by itself: a backup when it is time, and keeping where the audit stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from referral_app.choices import Permission
from referral_app.database import StoreProblem
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.widgets.notice import Advice

if TYPE_CHECKING:
    from referral_app.jobs.backups import Made

LOOK_EVERY, ANCHOR_EVERY, TIDY_AFTER = 10 * 60_000, 60_000, 30_000
"""Milliseconds between two looks whether a backup is due, between two looks at the head of the audit, and until it is
looked whether an import left anything behind."""


class Upkeep(QObject):
    """Works while the window is open and the store is not locked; what fails is told in words, to administrators."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        """Begin; what was found at the start is told at once."""
        super().__init__(window)
        self._window, self._desk = window, desk
        self._busy = False
        self.notice = Advice("emergency", "upkeepNotice", "Backups and keys")
        self.notice.acted.connect(self._go)
        window.notify(self.notice)
        self.look = QTimer(self, interval=LOOK_EVERY)
        self.look.timeout.connect(self.back_up)
        self.anchor = QTimer(self, interval=ANCHOR_EVERY)
        self.anchor.timeout.connect(self.keep_head)
        self.tidy = QTimer(self, interval=TIDY_AFTER, singleShot=True)
        self.tidy.timeout.connect(self.clear_up)
        self.tidy.timeout.connect(self.fill_reports)
        for timer in (self.look, self.anchor, self.tidy):
            timer.start()
        self.tell()

    def back_up(self) -> None:
        """Look whether a backup is due, and make it as a job."""
        db = self._desk.db
        if db.keys is None or db.is_locked or self._busy:
            return

        def due() -> bool:
            from referral_app.jobs import backups

            return backups.due(db)

        self._busy = True
        self._desk.background.run(self, due, self._make, self._failed)

    def keep_head(self) -> None:
        """Keep where the audit stands outside the store too, where it moved on."""
        db = self._desk.db
        if db.keys is not None and not db.is_locked:
            self._desk.background.run(self, db.anchor, _nothing, self._failed)

    def clear_up(self) -> None:
        """Clear away what waited to be printed, and what an import that was cut short left out of view, as a job."""
        db = self._desk.db
        if db.is_locked:
            return

        def is_needed() -> bool:
            from referral_app.jobs import batch_outlets, directory_clearing

            batch_outlets.clear(db)  # documents of patients that a crash left waiting to be printed
            return directory_clearing.is_needed(db)

        self._desk.background.run(self, is_needed, self._clear, self._failed)

    def fill_reports(self) -> None:
        """Read what the reports count of referrals from before an upgrade, where that is not noted yet, as a job."""
        db = self._desk.db
        if db.is_locked:
            return

        def is_needed() -> bool:
            from referral_app.jobs import report_facts

            return report_facts.is_needed(db)

        self._desk.background.run(self, is_needed, self._fill, self._failed)

    def tell(self) -> None:
        """Show administrators what was found wrong."""
        if self._desk.may(Permission.ADMINISTER):
            self.notice.say(" ".join(dict.fromkeys(self._desk.db.warnings)))

    def _make(self, due: bool) -> None:
        self._busy = due
        if not due:
            return
        db, chosen = self._desk.db, self._desk.settings.second_backup_folder

        def work(progress: Progress, canceled: Canceled) -> Made | None:
            from referral_app.jobs import backups

            return backups.if_due(db, Path(chosen) if chosen else None)

        self._desk.background.job(self, "Backing up", work, self._made, self._failed)

    def _clear(self, needed: bool) -> None:
        if not needed:
            return
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> None:
            from referral_app.jobs import directory_clearing

            directory_clearing.clear_up(db, progress, canceled)

        self._desk.background.job(self, "Clearing up after an import", work, _nothing, self._failed)

    def _fill(self, needed: bool) -> None:
        if not needed:
            return
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> int:
            from referral_app.jobs import report_facts

            return report_facts.fill(db, progress, canceled)

        self._desk.background.job(
            self, "Reading older referrals for the reports", work, _nothing, self._failed
        )

    def _made(self, made: Made | None) -> None:
        self._busy = False
        self._window.status.say("A backup was made" if made else "The backup failed")
        self.tell()

    def _failed(self, error: Exception) -> None:
        """A store that is locked or fails is told where it is used; the next look comes by itself."""
        self._busy = False
        if not isinstance(error, StoreProblem):
            raise error

    def _go(self) -> None:
        self._window.show_page("backups")


def _nothing(_answer: object) -> None:
    """It is done; there is nothing to say."""
