"""Several rows of a list chosen together, up to as many as can be handled at once."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView

from referral_app.ui.tables import PAGE, PagedModel

MOST = PAGE
"""As many rows as one page has: all of them are at hand, and none needs a second look."""


class Selection(QObject):
    """The rows chosen in a table; `changed` whenever they are others, `cut` when more were wanted than `MOST`."""

    changed = Signal()
    cut = Signal(int)

    def __init__(self, table: QTableView, model: PagedModel) -> None:
        """Let the table choose several rows."""
        super().__init__(table)
        self._table, self._model = table, model
        self._seen: dict[int, Any] = {}
        self._cutting = False
        self._kept: list[Any] = []
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.selectionModel().selectionChanged.connect(self._selected)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._forget)
        model.dataChanged.connect(self._arrived)

    def rows(self) -> list[Any]:
        """Return the rows chosen, from top to bottom, as far as they are at hand."""
        return [self._seen[at] for at in self._positions() if at in self._seen]

    def count(self) -> int:
        """Return how many rows are chosen."""
        return len(self._positions())

    def choose_again(self) -> None:
        """Choose the rows that were remembered, as far as they are still in the list and at hand."""
        found = sorted(at for key in self._kept if key is not None and (at := self._model.position(key)) >= 0)
        if found:
            self._choose([(at, at) for at in found])

    def select_all(self) -> None:
        """Choose every row, or the first `MOST`."""
        rows = self._model.rowCount()
        if rows:
            self._choose([(0, min(rows, MOST) - 1)])
        if rows > MOST:
            self.cut.emit(rows)

    def _positions(self) -> list[int]:
        return [at for top, bottom in self._spans() for at in range(top, bottom + 1)][:MOST]

    def _spans(self) -> list[tuple[int, int]]:
        ranges = cast("list[QItemSelectionRange]", self._table.selectionModel().selection())
        return sorted((one.top(), one.bottom()) for one in ranges)

    def _selected(self) -> None:
        if self._cutting:
            return
        spans = self._spans()
        wanted = sum(bottom - top + 1 for top, bottom in spans)
        if wanted > MOST:
            self._choose(_first(spans))
            self.cut.emit(wanted)
        self._arrived()

    def _choose(self, spans: list[tuple[int, int]]) -> None:
        chosen, last = QItemSelection(), self._model.columnCount() - 1
        for top, bottom in spans:
            chosen.select(self._model.index(top, 0), self._model.index(bottom, last))
        self._cutting = True
        self._table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._cutting = False
        self._arrived()

    def _arrived(self) -> None:
        """Take the rows that are at hand now; those of pages that are being fetched come with `dataChanged`."""
        self._seen |= {at: row for at in self._positions() if (row := self._model.row(at)) is not None}
        self.changed.emit()

    def _keep(self) -> None:
        """Remember the rows chosen, by their keys, at the last moment: more may be chosen while rows are fetched."""
        self._kept = [self._model.key(at) for at in self._positions()]

    def _forget(self) -> None:
        self._seen.clear()
        self.changed.emit()


def _first(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the first `MOST` rows of some spans."""
    found: list[tuple[int, int]] = []
    room = MOST
    for top, bottom in spans:
        if room > 0:
            found.append((top, min(bottom, top + room - 1)))
            room -= bottom - top + 1
    return found
