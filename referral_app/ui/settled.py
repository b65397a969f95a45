"""Noting what was searched for: once a search settled, not at each key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from referral_app.ui.desk import Desk
    from referral_app.ui.finding import Finding
    from referral_app.ui.table_view import RecordList

SETTLED_MS = 2000
"""Quiet after the last answer until a search counts as settled."""


class Settled(QObject):
    """Notes the searches of one place: two seconds after the last answer, or when something found is opened.

    The same words are noted once, until something else is searched for.
    """

    def __init__(self, desk: Desk, place: QObject, what: str) -> None:
        """Note what is searched in a place; `what` is "patients", "referrals", "surgeons" or "everything"."""
        super().__init__(place)
        self._desk, self._what = desk, what
        self._waiting: tuple[str, int] | None = None
        self._noted = ""
        self._timer = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._timer.timeout.connect(self.note)

    def follow(self, finding: Finding, records: RecordList, words: Callable[[], str] | None = None) -> None:
        """Note the searches over a list; `words` says what was asked, where filters belong to it."""
        self._words = words or finding.words
        finding.found.connect(self._found)
        records.opened.connect(self.note)

    def _found(self, number: int) -> None:
        self.answered(self._words(), number)

    def answered(self, words: str, found: int) -> None:
        """Take that a search was answered; without words nothing was searched for."""
        self._timer.stop()
        self._waiting = (words, found) if words and words != self._noted else None
        if not words:
            self._noted = ""
        if self._waiting:
            self._timer.start()

    def note(self) -> None:
        """Note the latest search now: it settled, or something that it found was opened."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        self._noted, found = waiting
        words, db, what = self._noted, self._desk.db, self._what

        def work() -> None:
            from referral_app.services import audit

            with db.begin() as session:
                audit.searched(session, what, words, found)

        self._desk.background.run(self, work, lambda _: None)
