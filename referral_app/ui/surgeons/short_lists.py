"""What a person keeps of the directory, read and written in the background: favorites, recents, saved searches."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from referral_app.database import Session
from referral_app.services import matching, query_text, shortlists, verification
from referral_app.services.errors import InvalidInput
from referral_app.services.shortlists import Search
from referral_app.services.surgeon_records import Query
from referral_app.ui import ask
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons.saved_dialog import ManageDialog, NameDialog
from referral_app.ui.surgeons.short_pane import ShortPane, Shown


class ShortLists(QObject):
    """Keeps a pane up to date, and writes what is kept; `changed` when favorites are others, `said` what was done.

    `counted(number)` how many entries are to be verified.
    """

    changed = Signal()
    said = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, pane: ShortPane) -> None:
        """Begin with nothing read."""
        super().__init__(pane)
        self._desk, self._pane = desk, pane
        self.favorites: frozenset[str] = frozenset()
        self.searches: list[Search] = []
        self.person = ""
        self._latest = desk.background.latest(self, self._show)
        pane.manage_wanted.connect(self.manage)

    def reload(self) -> None:
        """Read everything, and count what each search finds now."""
        db = self._desk.db

        def load() -> tuple[str, frozenset[str], Shown]:
            with db.read() as session:
                favorites = shortlists.favorites(session)
                return shortlists.person(session), favorites, _shown(session, favorites)

        self._latest.ask(load, self._refused)

    def note_opened(self, surgeon_id: str) -> None:
        """Remember that an entry was opened."""
        self._write(lambda session: shortlists.opened(session, surgeon_id))

    def toggle(self, surgeon_ids: list[str]) -> None:
        """Make favorites of surgeons, or none any more where all of them are."""
        wanted = not all(one in self.favorites for one in surgeon_ids)
        number = len(surgeon_ids)
        what = "this surgeon is" if number == 1 else f"these {number} surgeons are"
        self._write(lambda session: shortlists.favorite(session, surgeon_ids, wanted))
        self.said.emit(f"{what.capitalize()} {'among your favorites' if wanted else 'no longer a favorite'}")

    def save(self, text: str) -> None:
        """Ask for a name and keep a search."""
        if not text.strip():
            ask.tell(
                self._pane.window(), "There is nothing to save yet", "Type a word or choose a filter first."
            )
            return
        dialog = NameDialog(self._desk, text, self._pane.window())
        dialog.saved.connect(self._saved)
        dialog.open()

    def manage(self) -> None:
        """Rename, order and remove searches."""
        dialog = ManageDialog(self._desk, self.searches, self._pane.window())
        dialog.changed.connect(self.reload)
        dialog.open()

    def _saved(self, name: str) -> None:
        self.said.emit(f"Saved the search “{name}”")
        self.reload()

    def _write(self, work: Callable[[Session], object]) -> None:
        db = self._desk.db

        def write() -> None:
            with db.begin() as session:
                work(session)

        self._desk.background.run(self, write, self._written, self._refused)

    def _written(self, _: object) -> None:
        self.reload()

    def _show(self, found: tuple[str, frozenset[str], Shown]) -> None:
        before = self.favorites
        self.person, self.favorites, shown = found
        self.searches = [search for search, _ in shown.searches]
        self._pane.show_lists(shown)
        self.counted.emit(shown.to_verify)
        if before != self.favorites:
            self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self.said.emit(str(error))


def _shown(session: Session, favorites: frozenset[str]) -> Shown:
    me = shortlists.person(session)
    searches = [
        (one, _count(session, query_text.of_person(query_text.read(one.text), me)))
        for one in shortlists.searches(session)
    ]
    return Shown(searches, shortlists.recents(session), verification.count(session), len(favorites))


def _count(session: Session, query: Query) -> int | None:
    """Return how many a search finds, None where it cannot be asked, such as with a ZIP code that is none."""
    try:
        return matching.count(session, query)
    except InvalidInput:
        return None
