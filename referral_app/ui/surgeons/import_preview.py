"""What an import would do: counts, and a list of each kind with what it means for the entry chosen in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from referral_app.jobs.directory_preview import SHOWN, Preview
from referral_app.services.import_records import Judged, Outcome, Refused
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.notice import Advice

LOWEST = 98
"""Some rows of a list: its own scroll bars stay in view, and what is chosen is told in full below it."""
ORDER = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED)
EMPTY = {
    Outcome.NEW: "No surgeon is new",
    Outcome.CHANGED: "No entry would change",
    Outcome.UNCHANGED: "No entry stays as it is",
    Outcome.REFUSED: "Nothing is refused",
}
_ROW = Column("Row", lambda one: f"{one.row:,}", 70, numeric=True)
_NAME = Column("Surgeon", lambda one: _entry(one).name, 230)
_PLACE = Column("Location", lambda one: _place(_entry(one)), 240, stretch=True)
COLUMNS: dict[Outcome, tuple[Column, ...]] = {
    Outcome.NEW: (
        _ROW, _NAME, Column("NPI", lambda one: _entry(one).npi, 110), _PLACE,
        Column("Perhaps the same as", lambda one: "; ".join(one.maybe), 220),
    ),
    Outcome.CHANGED: (_ROW, _NAME, Column("What changes", lambda one: _changes(one), 420, stretch=True)),
    Outcome.UNCHANGED: (_ROW, _NAME, Column("NPI", lambda one: _entry(one).npi, 110), _PLACE),
    Outcome.REFUSED: (
        _ROW, Column("Left out", lambda one: "Row" if one.whole else "Cell", 90),
        Column("Why", lambda one: one.said, 520, stretch=True),
    ),
}  # fmt: skip


class PreviewView(QWidget):
    """The counts, a tab for each kind, and the whole of what is chosen below."""

    def __init__(self, desk: Desk) -> None:
        """Make it empty; `show_preview` fills it."""
        super().__init__()
        self.words = labels.strong("")
        self.words.setObjectName("importCounts")
        self.notes = Advice("info", "importNotes")
        self.maybe = Advice("warning", "importMaybe")
        self.tabs = QTabBar()
        self.tabs.setObjectName("importTabs")
        self.tabs.setAccessibleName("What the import would do")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        self.lists: dict[Outcome, RecordList] = {}
        for kind in ORDER:
            self.tabs.addTab(kind.label)
            made = RecordList(
                desk, f"import{kind.label}", f"{kind.label} surgeons", COLUMNS[kind], ("list", EMPTY[kind])
            )
            made.chosen.connect(partial(self._chosen, kind))
            made.loaded.connect(partial(self._choose_first, kind))
            self.lists[kind] = made
            self._stack.addWidget(made)
        theme.scale(self._stack, min_height=LOWEST)
        self.more, self.whole = labels.muted(""), labels.body("")
        self.whole.setObjectName("importWhole")
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=8)
        for part in (self.words, self.notes, self.maybe, self.tabs, self._stack, self.more, self.whole):
            column.addWidget(part)
        column.setStretchFactor(self._stack, 1)
        self._preview = Preview()
        self.tabs.currentChanged.connect(self._choose)

    def show_preview(self, found: Preview) -> None:
        """Show what was found, beginning with what was refused where anything was."""
        self._preview = found
        self.words.setText(f"{found.words[:1].upper()}{found.words[1:]}.")
        self.notes.say(" ".join(_sentence(note) for note in found.notes))
        some = "One of the new surgeons" if found.maybe == 1 else f"{found.maybe:,} of the new surgeons"
        self.maybe.say(f"{some} may be in the directory already: see the list." if found.maybe else "")
        for at, kind in enumerate(ORDER):
            self.tabs.setTabText(at, f"{kind.label} ({found.counts[kind]:,})")
            self.lists[kind].load(_source(self._rows(kind)))
        first = next(
            (at for at, kind in enumerate(ORDER) if self._rows(kind) and kind is not Outcome.UNCHANGED), 0
        )
        self.tabs.setCurrentIndex(ORDER.index(Outcome.REFUSED) if found.refused else first)
        self._choose(self.tabs.currentIndex())

    def _choose_first(self, kind: Outcome, rows: int) -> None:
        """Tell the first row in full: a narrow list cuts the end of its reason."""
        shown = self.lists[kind]
        if rows and shown.current() is None:
            shown.table.choose(0)

    def _rows(self, kind: Outcome) -> Sequence[Any]:
        return self._preview.refused if kind is Outcome.REFUSED else self._preview.shown[kind]

    def _choose(self, at: int) -> None:
        kind = ORDER[at]
        self._stack.setCurrentIndex(at)
        rows, count = self._rows(kind), self._preview.counts[kind]
        is_part = count > len(rows) or len(rows) >= 2 * SHOWN
        self.more.setText(f"The first {len(rows):,} of {count:,} are listed." if is_part else "")
        self.more.setVisible(is_part)
        self._show_whole(self.lists[kind].current())

    def _chosen(self, kind: Outcome, one: Judged | Refused | None) -> None:
        """Tell what is chosen in the list that is seen; the others choose too when they are filled."""
        if self._stack.currentWidget() is self.lists[kind]:
            self._show_whole(one)

    def _show_whole(self, one: Judged | Refused | None) -> None:
        """Say all of a row: lists cut what is long."""
        text = ""
        if isinstance(one, Refused):
            text = one.said
        elif one is not None and one.differences:
            text = "\n".join(
                f"{d.label}: {d.before or '(empty)'} → {d.after or '(empty)'}" for d in one.differences
            )
        elif one is not None and one.maybe:
            text = f"Perhaps the same as {'; '.join(one.maybe)}. Merge them after the import if they are."
        self.whole.setText(text)
        self.whole.setVisible(bool(text))


def _source(rows: Sequence[Any]) -> Source:
    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Any]:
        return rows[offset : offset + limit]

    return Source(fetch, lambda: len(rows), lambda one: (one.row, getattr(one, "sentence", "")))


def _entry(one: Judged) -> SurgeonRecord:
    return one.after or SurgeonRecord("", "")


def _place(entry: SurgeonRecord) -> str:
    if not entry.placements:
        return ""
    at = entry.placements[0].location
    return ", ".join(part for part in (at.name, at.city, at.state) if part)


def _changes(one: Judged) -> str:
    return "; ".join(f"{d.label}: {d.before or '(empty)'} → {d.after or '(empty)'}" for d in one.differences)


def _sentence(note: str) -> str:
    return note if note.endswith(".") else f"{note}."
