"""The bar at the foot: what happened last, the job under way with Cancel, who is at work, help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from referral_app.choices import StaffRole
from referral_app.clinical import clock
from referral_app.ui import rights, theme
from referral_app.ui.background import Background, Job
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.labels import Elided

UNDO_MS = 15_000
"""How long an undo is offered; the history of an entry offers it for ever."""
OLD_MS = 60_000
"""So long it is said what happened: later it would be taken for what happens now."""


class StatusBar(QFrame):
    """One line; `helped` when help is asked for."""

    helped = Signal()

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        """Make it and follow the jobs of `background`."""
        super().__init__(parent)
        self.setObjectName("statusBar")
        theme.role(self, "foot")
        self._background = background
        self._words, self._work, self._who = labels.muted(""), labels.muted(""), Elided("", "muted")
        self._bar = QProgressBar()
        self._bar.setObjectName("jobProgress")
        self._bar.setTextVisible(False)
        theme.scale(self._bar, width=140)
        self.cancel = buttons.link("Cancel", "cancelJob")
        self.cancel.clicked.connect(self._cancel)
        self.undo = buttons.link("Undo", "undoButton")
        self.undo.setToolTip("Undo this (Ctrl+Z)")
        self.undo.clicked.connect(self.take_back)
        self._offered: Callable[[], object] | None = None
        self._gone = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._gone.timeout.connect(self._withdraw)
        self.old = QTimer(self, singleShot=True, interval=OLD_MS)
        self.old.timeout.connect(self._tell)
        self.help = buttons.link("Help", "helpButton")
        self.help.setToolTip("Help for this page (F1)")
        self.help.clicked.connect(self.helped)
        self._lay_out()
        background.job_changed.connect(self._show_job)
        background.job_ended.connect(self._show_job)
        self._show_job()

    def say(self, words: str) -> None:
        """Say what happened: "Saved 10:42"; what was said before can no longer be undone from here."""
        self._withdraw()
        self._tell(words)
        self.old.start()

    def _tell(self, words: str = "") -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)

    def say_saved(self) -> None:
        """Say that what was typed is stored by now."""
        self.say(f"Saved {clock.say(datetime.now())}")

    def offer(self, words: str, undo: Callable[[], object]) -> None:
        """Say what was done, and offer for a while to undo it, in the place of asking before."""
        self.say(words)
        self._offered = undo
        self.undo.show()
        self.undo.setAccessibleName(f"Undo: {words}")
        self._gone.start()

    def take_back(self) -> None:
        """Undo what was said last, if that is still offered."""
        undo = self._offered
        self._withdraw()
        if undo is not None:
            undo()

    def _withdraw(self) -> None:
        self._offered = None
        self._gone.stop()
        self.undo.hide()

    def words(self) -> str:
        """Return what is said now."""
        return self._words.text()

    def show_person(self, desk: Desk) -> None:
        """Say whose desk this is, with the roles of their account, and whether anything of it is kept."""
        who = rights.actor(desk.db)
        held = who.roles if who and who.person_id else ()
        roles = ", ".join(role.label for role in StaffRole if role in held)
        words = [desk.settings.mode.label, desk.person or "no name given", roles.capitalize()]
        shown = ["Demonstration: nothing is kept"] if desk.throw_away else []
        self._who.setText(" · ".join([*shown, *(word for word in words if word)]))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        theme.scale(row, margins=(24, 4, 16, 4), spacing=12)
        for label in (self._words, self._work, self._who):
            label.setWordWrap(False)
        row.addWidget(self._words)
        row.addWidget(self.undo)
        self.undo.hide()
        for widget in (self._work, self._bar, self.cancel):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._who)
        row.addWidget(self.help)

    def _show_job(self, _job: Job | None = None) -> None:
        jobs = self._background.jobs
        for widget in (self._work, self._bar, self.cancel):
            widget.setVisible(bool(jobs))
        if not jobs:
            return
        job = jobs[0]
        count = f" {job.done} of {job.total}" if job.total else "…"
        more = f" (and {len(jobs) - 1} more)" if len(jobs) > 1 else ""
        words = "Stopping…" if job.stopped.is_set() else f"{job.label}{count}{more}"
        self._work.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, job.total)
        self._bar.setValue(job.done)

    def _cancel(self) -> None:
        if self._background.jobs:
            self._background.jobs[0].cancel()
            self._show_job()
