"""Saving a draft by itself: within five seconds of a change and on leaving a field, one save at a time."""

from __future__ import annotations

import datetime
import threading
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from referral_app.clinical import clock
from referral_app.services import drafts
from referral_app.services.errors import Conflict
from referral_app.ui import left_open
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.draft import Draft

LONGEST = 3000
"""Milliseconds between a change and its save, when the focus stays in the field."""
APART = "What you type here is kept apart, as a draft of your own; nothing is overwritten."
LOOSE = "What you type here is kept apart, as a draft of a new referral; nothing is overwritten."


class Autosave(QObject):
    """Keeps the stored draft up to date; `said` tells the person in words.

    `parted` says that somebody else went on with the draft, and what was typed here is a draft of its own now.
    """

    said = Signal(str)
    parted = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: Desk, draft: Draft, parent: QObject) -> None:
        """Follow a draft."""
        super().__init__(parent)
        self._draft, self._background = draft, desk.background
        self._writer = Writer(desk, draft.sheet.draft_seen)
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
            self._part(self._writer.work(self._draft)())

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

    def _part(self, words: str) -> None:
        """Take the draft for one of its own from now on, where `words` say why."""
        if words:
            sheet = self._draft.sheet
            sheet.draft_id, sheet.note = self._writer.apart, words
            self.parted.emit(words)

    def _done(self, words: str) -> None:
        self._busy = False
        self._part(words)
        now = datetime.datetime.now()
        self.said.emit(f"Draft kept {clock.say(now)}")
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
    """Writes drafts in the order in which they were typed, whichever thread comes first.

    It writes over nothing that it has not seen: where somebody else went on with the draft, `apart` is the id of a new
    one that holds what was typed here.
    """

    def __init__(self, desk: Desk, seen: datetime.datetime | None = None) -> None:
        """Write for the person at this desk; `seen` is the moment of the draft that was read, None where none was."""
        self._db = desk.db
        self._seen = seen or drafts.NEVER
        self.apart = ""
        self._loose = False
        self._lock = threading.Lock()
        self._made = self._written = 0

    def work(self, draft: Draft) -> Callable[[], str]:
        """Return what stores the draft as it is now, and answers why it was stored apart, "" where it was not."""
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
    ) -> str:
        with self._lock:
            if number <= self._written:
                return ""
            words = ""
            try:
                self._store(self.apart or draft_id, intake, more)
            except Conflict as refused:
                words = f"{refused} {self._store_apart(self.apart or draft_id, intake, more)}"
                left_open.close(self._db.paths, draft_id)
            self._written = number
            left_open.note(self._db.paths, self.apart or draft_id, left_at)
            return words

    def _store(self, draft_id: str, intake: dict[str, Any], more: dict[str, Any], old: str = "") -> None:
        if self._loose:
            more = {**more, "referral_id": None, "based_on": None}
        with self._db.begin() as session:
            self._seen = drafts.save(session, draft_id, intake, **more, seen=self._seen, parted_from=old)

    def _store_apart(self, old: str, intake: dict[str, Any], more: dict[str, Any]) -> str:
        """Store what was typed here as a draft of its own, and return what is said of that.

        A referral has one draft of each person: where this person's is the one that was gone on with, the new draft
        belongs to no referral.
        """
        self.apart, self._seen = str(uuid.uuid4()), drafts.NEVER
        try:
            self._store(self.apart, intake, more, old)
        except Conflict:
            self._loose = True
            self._store(self.apart, intake, more, old)
            return LOOSE
        return APART
