"""One search of the directory, as the list asks it page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from referral_app.database import Database
from referral_app.services import matching, query_text, shortlists, surgeon_plans
from referral_app.services.errors import InvalidInput
from referral_app.services.matching import Page
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
            self.around.take_plans(surgeon_plans.of(session, [one.surgeon.id for one in page.rows]))
        return page


def _key(found: FoundRow) -> str:
    return found.surgeon.id
