"""One search of the directory, as the list asks it page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from referral_app.database import Database
from referral_app.services import matching, query_text, shortlists, surgeon_places, surgeon_plans
from referral_app.services.errors import InvalidInput
from referral_app.services.matching import Page
from referral_app.services.surgeon_places import Places
from referral_app.services.surgeon_records import Query
from referral_app.services.surgeon_rows import FoundRow
from referral_app.ui.surgeons.table_columns import Around
from referral_app.ui.tables import PAGE, Source


@dataclass
class Asked:
    """One search, what was wrong with it, and what is to be said of it; its functions run in the background.

    `typed` is the text of the search box.
    """

    db: Database
    query: Query
    around: Around
    typed: str = ""
    problem: str = ""
    is_of_zip: bool = False
    remarks: tuple[str, ...] = ()
    _first: list[Sequence[FoundRow]] = field(default_factory=list[Sequence[FoundRow]])

    def source(self) -> Source:
        """Return it as the list takes it."""
        return Source(self.fetch, self.count, _key)

    def count(self) -> int:
        """Return how many there are; the first page comes with it, since one look tells both."""
        try:
            with self.db.read() as session:
                self.remarks = tuple(matching.remarks(session, self.typed, self.query))
            page = self._page(PAGE, 0)
        except InvalidInput as error:
            self.problem, self.is_of_zip = " ".join(error.fields.values()), "zip" in error.fields
            return 0
        self._first[:] = [page.rows]
        return page.count

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[FoundRow]:
        """Return a page of surgeons."""
        if self.problem:
            return []
        if offset == 0 and self._first:
            return self._first.pop()
        return self._page(limit, offset).rows

    def _page(self, limit: int, offset: int) -> Page:
        with self.db.read() as session:
            query = query_text.of_person(self.query, shortlists.person(session))
            page = matching.page(session, query, limit, offset)
            ids = [one.surgeon.id for one in page.rows]
            self.around.take_plans(surgeon_plans.of(session, ids))
            places = surgeon_places.of(session, ids, query.zip)
        due = frozenset(one for one in ids if _is_due(places, one))
        self.around.fax_due = self.around.fax_due - set(ids) | due
        return replace(page, rows=[_near_first(row, places) for row in page.rows])


def _is_due(places: Mapping[str, Places], surgeon_id: str) -> bool:
    return surgeon_id in places and places[surgeon_id].fax_to_verify


def _near_first(found: FoundRow, places: Mapping[str, Places]) -> FoundRow:
    """Return a row with the nearest town first, since the miles are to that one."""
    known = places.get(found.surgeon.id)
    if found.miles is None or known is None:
        return found
    return replace(found, surgeon=replace(found.surgeon, towns=known.towns))


def _key(found: FoundRow) -> str:
    return found.surgeon.id
