"""What was typed and not saved, each with a way to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical import clock
from referral_app.services import drafts
from referral_app.services.drafts import DraftRecord
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source

COLUMNS = (
    Column(
        "Patient", lambda r: r.patient or "No name yet", 240, icon=lambda _r: "draft", stretch=True,
        detail=lambda r: r.reference or "Not saved yet",
    ),
    Column("Typed by", lambda r: r.person or "–", 160),
    Column("Last change", lambda r: _at(r), 180),
)  # fmt: skip


def _at(record: DraftRecord) -> str:
    local = record.updated.astimezone()
    return f"{local:%B} {local.day}, {clock.say(local)}"


class DraftList(QWidget):
    """The drafts; Enter goes on with one."""

    resume = Signal(str)
    new = Signal()
    loaded = Signal(int)

    def __init__(self, desk: Desk) -> None:
        """Make it empty."""
        super().__init__()
        self._desk = desk
        empty = ("draft", "No drafts", "What you type and do not save is kept here.", "New referral")
        self.table = RecordList(desk, "drafts", "Drafts", COLUMNS, empty)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(self.table)
        self.table.opened.connect(self._opened)
        self.table.acted.connect(self.new)
        self.table.loaded.connect(self.loaded)

    def reload(self) -> None:
        """Fetch the drafts again."""
        db = self._desk.db

        def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Any]:
            with db.read() as session:
                return drafts.find(session)[offset : offset + limit]

        def count() -> int:
            with db.read() as session:
                return len(drafts.find(session))

        self.table.load(Source(fetch, count))

    def _opened(self, record: DraftRecord) -> None:
        self.resume.emit(record.id)
