"""Keeping a search under a name, and putting the kept ones in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from referral_app.database import Session
from referral_app.services import shortlists
from referral_app.services.errors import InvalidInput
from referral_app.services.shortlists import Search
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.scroll import scrolled


class NameDialog(QDialog):
    """Asks what a search is called; `saved(name)` when it is kept."""

    saved = Signal(str)

    def __init__(self, desk: Desk, text: str, parent: QWidget, search: Search | None = None) -> None:
        """Ask for the name of a new search, or another one of `search`."""
        super().__init__(parent)
        self._desk, self._text, self._search = desk, text, search
        _begin(self, "nameSearchDialog", "Rename this search" if search else "Save this search")
        self.name = LineEdit("searchName", chars=30)
        self.name.setText(search.name if search else "")
        self.field = Field("Name", self.name)
        self.save_button = buttons.primary("Save", "saveSearchName", "save")
        self.save_button.setDefault(True)
        cancel = buttons.outlined("Cancel", "cancelSearchName")
        lines: QVBoxLayout = column(spacing=16, margins=24)
        lines.addWidget(labels.heading(self.windowTitle()))
        lines.addWidget(labels.body(text))
        lines.addWidget(self.field)
        lines.addLayout(row(None, cancel, self.save_button))
        self.setLayout(lines)
        theme.scale(self, min_width=380)
        self.save_button.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        FocusBack(self)

    def save(self) -> None:
        """Keep it, or say beside the field what is wrong."""
        name, search, text = self.name.text(), self._search, self._text

        def work(session: Session) -> None:
            if search:
                shortlists.rename(session, search.id, name)
            else:
                shortlists.keep(session, name, text)

        _write(self._desk, self, work, self._done, self._refused)

    def _done(self) -> None:
        self.saved.emit(" ".join(self.name.text().split()))
        self.accept()

    def _refused(self, error: InvalidInput) -> None:
        self.field.set_error(" ".join(error.fields.values()))
        self.name.setFocus()


class ManageDialog(QDialog):
    """Lists the kept searches, each with what can be done; `changed` after each change."""

    changed = Signal()

    def __init__(self, desk: Desk, searches: Sequence[Search], parent: QWidget) -> None:
        """Show searches in their order."""
        super().__init__(parent)
        self._desk, self._searches = desk, list(searches)
        _begin(self, "manageSearchesDialog", "Your searches")
        self._lines = column(spacing=8, margins=(24, 0, 24, 8))
        inside = QWidget()
        inside.setLayout(self._lines)
        close = buttons.primary("Close", "closeSearches")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        whole: QVBoxLayout = column(spacing=12)
        whole.addLayout(row(labels.heading("Your searches"), None, margins=(24, 20, 24, 0)))
        whole.addWidget(scrolled(inside, "searchesArea"), 1)
        whole.addLayout(row(None, close, margins=(24, 0, 24, 16)))
        self.setLayout(whole)
        self._show()
        room = parent.window().size()
        self.resize(min(theme.px(560), room.width() - 40), min(theme.px(420), room.height() - 40))
        FocusBack(self)

    def _show(self) -> None:
        clear(self._lines)
        for at, search in enumerate(self._searches):
            self._lines.addLayout(self._line(at, search))
        if not self._searches:
            self._lines.addWidget(labels.muted("None kept. Save a search from the filters."))
        self._lines.addStretch(1)

    def _line(self, at: int, search: Search) -> QVBoxLayout:
        acts: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("up", f"Move {search.name} up", self._up), ("down", f"Move {search.name} down", self._down),
            ("edit", f"Rename {search.name}", self._rename), ("trash", f"Remove {search.name}", self._remove),
        )  # fmt: skip
        made = [buttons.tool(icon, says, f"{icon}Search{at}") for icon, says, _ in acts]
        for button, (_, _, act) in zip(made, acts, strict=True):
            button.setProperty("at", at)
            button.clicked.connect(act)
        made[0].setEnabled(at > 0)
        made[1].setEnabled(at < len(self._searches) - 1)
        words = column(spacing=0)
        words.addWidget(labels.strong(search.name))
        words.addWidget(labels.muted(search.text))
        lines = column(spacing=4)
        line = row(words, *made)
        line.setStretch(0, 1)
        lines.addLayout(line)
        return lines

    def _at(self) -> int:
        return int(self.sender().property("at"))

    def _up(self) -> None:
        self._move(self._at(), -1)

    def _down(self) -> None:
        self._move(self._at(), 1)

    def _move(self, at: int, step: int) -> None:
        order = self._searches
        order[at], order[at + step] = order[at + step], order[at]
        ids = [one.id for one in order]
        self._act(lambda session: shortlists.order(session, ids))

    def _remove(self) -> None:
        gone = self._searches.pop(self._at())
        self._act(lambda session: shortlists.remove(session, gone.id))

    def _rename(self) -> None:
        search = self._searches[self._at()]
        dialog = NameDialog(self._desk, search.text, self, search)
        dialog.saved.connect(self._read)
        dialog.open()

    def _act(self, work: Callable[[Session], None]) -> None:
        _write(self._desk, self, work, self._read, self._refused)

    def _read(self, _name: str = "") -> None:
        """Show what is stored now."""
        db = self._desk.db

        def load() -> list[Search]:
            with db.read() as session:
                return shortlists.searches(session)

        self._desk.background.run(self, load, self._show_read)

    def _show_read(self, searches: list[Search]) -> None:
        self._searches = searches
        self._show()
        self.changed.emit()

    def _refused(self, _error: InvalidInput) -> None:
        self._read()


def _begin(dialog: QDialog, name: str, title: str) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)


def _write(
    desk: Desk,
    owner: QWidget,
    work: Callable[[Session], None],
    done: Callable[[], object],
    refused: Callable[[InvalidInput], object],
) -> None:
    """Write in the background; what is refused is handed back, everything else rises."""
    db = desk.db

    def write() -> None:
        with db.begin() as session:
            work(session)

    def failed(error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        refused(error)

    desk.background.run(owner, write, lambda _: done(), failed)
