"""The copies of the store: how old the last is, the list, a second place, and restoring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from referral_app import settings as settings_file
from referral_app.database import StoreProblem
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, folder, theme
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.backups import state
from referral_app.ui.backups.state import Row, State
from referral_app.ui.desk import Desk
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.states import StateLabel

KINDS = "Backups (*.backup)"
RULE = (
    "One is made on closing, every four hours while something is changed, and before an upgrade; each is opened and "
    "checked. All of 7 days are kept, then 14 daily, 8 weekly and 12 monthly ones."
)
EXPLAINED = (
    "The window closes, and you are asked for a way into the backup: the recovery key, or a login of that time. The "
    "backup is checked whole first; then it takes the place of the store. What is here now is moved aside and kept: a "
    "restore deletes nothing. What was entered after the backup is in the set that was moved aside."
)
COLUMNS = (
    Column("Made", lambda one: one.made, 190, detail=lambda one: one.why, stretch=True),
    Column("Where", lambda one: one.place, 180, detail=lambda one: one.size),
)
HEAD, ROW, MOST_ROWS = 40, 56, 5
EMPTY = ("save", "No backup yet", "Make the first one now.")


class CopiesCard(Card):
    """`restore_wanted(path)` when a backup is to take the place of the store; `read_anew(state)` after each look."""

    restore_wanted = Signal(str)
    said = Signal(str)
    read_anew = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__("Backups")
        self._desk, self._state = desk, State()
        self.state = StateLabel("waiting", "Looking…")
        self.list = RecordList(desk, "backups", "Backups", COLUMNS, EMPTY)
        theme.scale(self.column, spacing=12)
        self.save_button = buttons.outlined("Save a copy…", "saveBackup", "save")
        self.restore_button = buttons.outlined("Restore…", "restoreBackup", "history")
        self.file_button = buttons.outlined("Restore another file…", "restoreFile", "open")
        self.place = labels.body("")
        self.place_button = buttons.outlined("Choose a folder…", "chooseSecondPlace", "open")
        self.no_place = buttons.outlined("No second place", "noSecondPlace", "close")
        self._lay_out()
        self._connect()

    @property
    def second(self) -> Path | None:
        """The second place, where one was chosen."""
        chosen = self._desk.settings.second_backup_folder
        return Path(chosen) if chosen else None

    def reload(self) -> None:
        """Look at the backups anew."""
        self.place.setText(
            str(self.second) if self.second else "None: a fire or a thief takes the only ones."
        )
        self.no_place.setVisible(self.second is not None)
        self.list.load(Source(self._fetch, self._count))

    def make(self) -> None:
        """Make a backup now."""
        db, second = self._desk.db, self.second

        def work(progress: Progress, canceled: Canceled) -> list[str]:
            from referral_app.jobs import backups

            return backups.make(db, second_folder=second).warnings

        self._desk.background.job(self, "Backing up", work, self._made, self._refused)

    def save_as(self, path: Path) -> None:
        """Write a backup into a file of one's choice."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Path:
            from referral_app.jobs import backups

            return backups.to_file(db, path).path

        done = partial(self._made_as, path.name)
        self._desk.background.job(self, "Backing up", work, done, self._refused)

    def take_place(self, chosen: Path) -> None:
        """Take a folder as the second place, once something could be written there."""
        db = self._desk.db

        def work() -> Path:
            from referral_app.jobs import upkeep

            upkeep.take_second_place(db, chosen)
            return chosen

        self._desk.background.run(self, work, self._place_taken, self._refused)

    def _fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Row]:
        return self._state.rows[offset : offset + limit]

    def _count(self) -> int:
        self._state = state.read(self._desk.db, self.second)
        return len(self._state.rows)

    def _lay_out(self) -> None:
        self.add(row(self.state, None))
        self.add(labels.muted(RULE))
        self.add(self.list)
        offered = Flow(8)
        for button in (self.restore_button, self.file_button, self.save_button):
            offered.add(button)
        self.add(offered)
        self.add(labels.strong("Second place"))
        self.add(self.place)
        places = Flow(8)
        for button in (self.place_button, self.no_place):
            places.add(button)
        self.add(places)
        self.restore_button.setEnabled(False)

    def _connect(self) -> None:
        self.list.loaded.connect(self._loaded)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._ask_restore)
        self.restore_button.clicked.connect(self._restore_chosen)
        self.file_button.clicked.connect(self._choose_file)
        self.save_button.clicked.connect(self._ask_save)
        self.place_button.clicked.connect(self._ask_place)
        self.no_place.clicked.connect(self._drop_place)

    def _loaded(self, number: int) -> None:
        tall = HEAD + ROW * min(number, MOST_ROWS) if number else HEAD + 3 * ROW
        theme.scale(self.list, height=tall)
        self.state.show_state(*self._state.words)
        self.read_anew.emit(self._state)

    def _chosen(self, one: Row | None) -> None:
        self.restore_button.setEnabled(one is not None)

    def _restore_chosen(self) -> None:
        if one := self.list.current():
            self._ask_restore(one)

    def _ask_restore(self, one: Row) -> None:
        self._ask(f"Restore the backup made {one.made[0].lower()}{one.made[1:]}?", one.record.path)

    def _choose_file(self) -> None:
        ask.open_file(self, "Restore a backup", KINDS, self._ask_file)

    def _ask_file(self, path: Path) -> None:
        self._ask(f"Restore {path.name}?", path)

    def _ask(self, question: str, path: Path) -> None:
        go_on = partial(self.restore_wanted.emit, str(path))
        ask.confirm(self, question, EXPLAINED, "Close and go on", go_on, danger=True)

    def _ask_save(self) -> None:
        name = f"referral-desk-{datetime.now():%Y-%m-%d}.backup"
        ask.save_file(self, "Save a backup", name, KINDS, self.save_as)

    def _ask_place(self) -> None:
        folder.choose(self, "Second place of the backups", self.take_place)

    def _drop_place(self) -> None:
        self._keep_place("")
        self.said.emit("Backups go to this computer only")

    def _place_taken(self, chosen: Path) -> None:
        self._keep_place(str(chosen))
        self.said.emit("Backups go to the second place too, from the next one on")

    def _keep_place(self, chosen: str) -> None:
        self._desk.settings.second_backup_folder = chosen
        settings_file.save(self._desk.paths, self._desk.settings)
        self.reload()

    def _made(self, warnings: list[str]) -> None:
        self.said.emit("The backup was made and checked")
        self.reload()
        if warnings:
            ask.tell(self, " ".join(warnings), warning=True)

    def _made_as(self, name: str, _path: Path) -> None:
        self.said.emit(f"{name} was written and checked")
        self.reload()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        ask.tell(self, str(error), warning=True)
