"""What was typed and not saved: kept in the store after a pause, or at once where the window closes or locks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import Database
from referral_app.services import wording_drafts
from referral_app.services.wording_drafts import WordingDraft
from referral_app.ui.desk import Desk

KEEP_MS = 1500
"""Quiet after a key until what was typed is kept."""


class Unsaved(QWidget):
    """The words by the key of their text; `failed(sentence)` where they could not be kept. Never shown itself."""

    failed = Signal(str)

    def __init__(self, desk: Desk, name: str, owner: QWidget) -> None:
        """Begin with nothing; `name` begins the keys in the store."""
        super().__init__(owner)
        self.hide()
        self._desk, self._prefix = desk, f"{name}/"
        self.typed: dict[str, WordingDraft] = {}
        self._stored: dict[str, WordingDraft] | None = None
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep_later)

    @property
    def begun(self) -> bool:
        """Whether what was kept before was taken up."""
        return self._stored is not None

    def begin(self, drafts: Mapping[str, WordingDraft]) -> None:
        """Take up what was kept before, the first time; what was typed since stays."""
        if self._stored is None:
            prefix = self._prefix
            mine = {key.removeprefix(prefix): one for key, one in drafts.items() if key.startswith(prefix)}
            self.typed, self._stored = {**mine, **self.typed}, dict(mine)

    def soon(self) -> None:
        """Keep what was typed after a pause."""
        self._timer.start()

    def keep(self) -> None:
        """Keep what was typed, now."""
        self._timer.stop()
        if self._stored is not None and self.typed != self._stored:
            _keep(self._desk.db, self._prefix, self._stored, self.typed)
            self._stored = dict(self.typed)

    def keep_later(self) -> None:
        """Keep what was typed, in the background."""
        if self._stored is None or self.typed == self._stored or self._desk.db.is_locked:
            return
        db, prefix, before, now = self._desk.db, self._prefix, self._stored, dict(self.typed)
        self._stored = now
        self._desk.background.run(self, lambda: _keep(db, prefix, before, now), _nothing, self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        self._stored = {}
        self.failed.emit(f"What you type is not kept: {error}")


def _keep(
    db: Database, prefix: str, before: Mapping[str, WordingDraft], now: Mapping[str, WordingDraft]
) -> None:
    """Keep what was typed since, and drop what was saved or given up."""
    with db.begin() as session:
        for key in before.keys() - now.keys():
            wording_drafts.drop(session, prefix + key)
        for key, one in now.items():
            if before.get(key) != one:
                wording_drafts.keep(session, prefix + key, one.words, one.seen)


def _nothing(_: object) -> None:
    """There is nothing to show."""
