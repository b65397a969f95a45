"""Search box and filters as one question: what is typed as a field shows in the filters, and the other way round."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from referral_app.services import query_text
from referral_app.services.surgeon_records import Query
from referral_app.ui.surgeons.filters import Filters
from referral_app.ui.widgets.search_box import SearchBox

NOT_FILTERS = ("text", "sort", "descending")
NOTHING = Query()


class Asking(QObject):
    """The question asked of the directory; `as_text_changed(bool)` says whether the box holds fields.

    The filters are the question; fields typed in the box are shown in them, and what is changed there is written
    into the box while it holds any. Words that are no fields are looked for as they are.
    `order_typed(sort, descending)` when an order was typed.
    """

    as_text_changed = Signal(bool)
    order_typed = Signal(str, bool)

    def __init__(self, search: SearchBox, filters: Filters) -> None:
        """Bind a search box and filters."""
        super().__init__(filters)
        self._search, self._filters = search, filters
        self._typed: frozenset[str] = frozenset()
        self._words = ""
        search.textChanged.connect(self._read)
        filters.changed.connect(self._write)

    def query(self, sort: str = "match", descending: bool = False) -> Query:
        """Return the question in an order."""
        return replace(self._filters.query(), text=self._words, sort=sort, descending=descending)

    def words(self) -> str:
        """Return what is searched for beside the fields."""
        return self._words

    def text(self, sort: str = "match", descending: bool = False) -> str:
        """Return the whole question in the words of the box."""
        return query_text.write(self.query(sort, descending))

    def as_text(self) -> bool:
        """Tell whether the box holds fields."""
        return bool(self._typed)

    def show_as_text(self, wanted: bool) -> None:
        """Write the whole question into the box, or leave its words there alone; what is asked stays the same."""
        query = self.query()
        self._put(query_text.write(query) if wanted else self._words, _used(query) if wanted else frozenset())

    def take(self, text: str) -> None:
        """Ask what a text says and nothing else."""
        self._filters.reset()
        self._search.setText(text)

    def _read(self) -> None:
        """Show the fields that were typed, and take away those that were deleted from the box."""
        query = query_text.read(self._search.text())
        self._words = query.text
        typed = _used(query)
        changed: dict[str, Any] = {name: getattr(NOTHING, name) for name in self._typed - typed}
        changed |= {name: getattr(query, name) for name in typed}
        self._note(typed)
        if changed:
            self._filters.show_values(changed)
        if query.sort != NOTHING.sort or query.descending:
            self.order_typed.emit(query.sort, query.descending)

    def _write(self) -> None:
        """Write what was changed in the filters into the box, where it holds fields."""
        if self._typed:
            query = self.query()
            self._put(query_text.write(query), _used(query))

    def _put(self, text: str, typed: frozenset[str]) -> None:
        self._search.blockSignals(True)
        self._search.setText(text)
        self._search.blockSignals(False)
        self._note(typed)

    def _note(self, typed: frozenset[str]) -> None:
        was, self._typed = bool(self._typed), typed
        if was != bool(typed):
            self.as_text_changed.emit(bool(typed))


def _used(query: Query) -> frozenset[str]:
    """Return the names of the fields that ask for something."""
    names = [one.name for one in fields(Query) if one.name not in NOT_FILTERS]
    return frozenset(name for name in names if getattr(query, name) != getattr(NOTHING, name))
