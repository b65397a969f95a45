"""Saving a draft by itself: within five seconds of a change and on leaving a field, one save at a time."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from referral_app.services import drafts
from referral_app.ui import left_open
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.draft import Draft

LONGEST = 3000
"""Milliseconds between a change and its save, when the focus stays in the field."""


class Autosave(QObject):
    """Keeps the stored draft up to date; `said` tells the person in words."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: Desk, draft: Draft, parent: QObject) -> None:
        """Follow a draft."""
        super().__init__(parent)
        self._draft, self._background = draft, desk.background
        self._writer = Writer(desk)
        self._waiting = self._busy = self._stopped = False
        self._after: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=LONGEST)
        self._timer.timeout.connect(self.save)
        draft.changed.connect(self._note)

    def _note(self, _path: str) -> None:
        self._waiting = True
        if not self._timer.isActive():
            self._timer.start()

    def save(self) -> None:
        """Store what was typed since the last time, unless a save is under way; then right after it."""
        if not self._waiting or self._busy or self._stopped:
            return
        self._waiting, self._busy = False, True
        self._timer.stop()
        self._background.run(self, self._writer.work(self._draft), self._done, self._refused)

    def save_now(self) -> None:
        """Store what was typed before the window goes away, and wait until it is stored."""
        if (self._waiting or self._busy) and not self._stopped:
            self._waiting = False
            self._timer.stop()
            self._writer.work(self._draft)()

    def when_idle(self, act: Callable[[], object]) -> None:
        """Call `act` once no save is under way, so that a draft is never written after the save that ends it."""
        if self._busy:
            self._after = act
        else:
            act()

    def stop(self) -> None:
        """Save no more: the referral is being saved, or the draft discarded."""
        self._stopped = True
        self._timer.stop()

    def resume(self, stored: bool) -> None:
        """Save again from now on; `stored` says that all that came before is stored already."""
        self._stopped = False
        if stored:
            self._waiting = False
        elif self._waiting:
            self._timer.start()

    def _done(self, _answer: object) -> None:
        self._busy = False
        now = datetime.datetime.now()
        self.said.emit(f"Draft kept {now.hour}:{now.minute:02}")
        self._go_on()

    def _refused(self, _error: Exception) -> None:
        self._busy = False
        self._waiting = True
        self._timer.start()
        self.failed.emit("The draft could not be kept. Save the referral, or copy what matters.")
        self._go_on()

    def _go_on(self) -> None:
        if self._after is not None:
            act, self._after = self._after, None
            act()
        elif not self._timer.isActive():
            self.save()


class Writer:
    """Writes drafts in the order in which they were typed, whichever thread comes first."""

    def __init__(self, desk: Desk) -> None:
        """Write for the person at this desk."""
        self._db = desk.db
        self._lock = threading.Lock()
        self._made = self._written = 0

    def work(self, draft: Draft) -> Callable[[], None]:
        """Return what stores the draft as it is now."""
        self._made += 1
        sheet = draft.sheet
        more: dict[str, Any] = {
            "referral_id": sheet.referral_id or None,
            "based_on": sheet.version or sheet.patient_version or None,
            "patient_id": sheet.patient_id,
            "marks": sheet.marks,
        }
        return partial(self._write, self._made, sheet.draft_id, draft.snapshot(), more, sheet.left_at)

    def _write(
        self, number: int, draft_id: str, intake: dict[str, Any], more: dict[str, Any], left_at: str
    ) -> None:
        with self._lock:
            if number <= self._written:
                return
            with self._db.begin() as session:
                drafts.save(session, draft_id, intake, **more)
            self._written = number
            left_open.note(self._db.paths, draft_id, left_at)
