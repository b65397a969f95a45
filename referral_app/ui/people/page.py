"""The page of people: who has an account, and what an administrator does about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from referral_app.database import Database, StoreProblem
from referral_app.services.errors import InvalidInput
from referral_app.services.people import PersonRecord
from referral_app.ui import ask, rights
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.list_detail import ListDetail
from referral_app.ui.people import standing
from referral_app.ui.people.access import AccessDialog
from referral_app.ui.people.code_dialog import CodeDialog
from referral_app.ui.people.detail import PersonDetail
from referral_app.ui.people.dialog import Named, PersonDialog
from referral_app.ui.people.standing import Staff, Standing
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column, Source
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.head import Head
from referral_app.ui.widgets.notice import Advice

COLUMNS = (
    Column("Person", lambda one: one.person.name, 220, detail=lambda one: one.person.login),
    Column("Roles", lambda one: one.roles, 260, detail=lambda one: one.practice, stretch=True),
    Column("State", lambda one: one.state[1], 270, icon=lambda one: one.state[0], detail=lambda one: one.since),
)  # fmt: skip
TWO_ADVISED = (
    "There is one administrator. Two are advised: one can start the other’s reset when it is needed."
)
NOBODY = (
    "Nobody has an account here, so whoever sits at this computer may do everything. With accounts each person logs "
    "in with a passphrase, does what their roles permit, and is named in the audit."
)


class _Rows:
    """What the list shows; read once for count and page."""

    def __init__(self, db: Database) -> None:
        self.db, self.staff = db, Staff(())

    def count(self) -> int:
        self.staff = standing.read(self.db)
        return len(self.staff.standings)

    def fetch(self, offset: int, limit: int, _sort: str, _descending: bool) -> Sequence[Standing]:
        return self.staff.standings[offset : offset + limit]


class PeoplePage(QWidget):
    """Adds, changes and removes people; `set_up` when a store without people is to have its first."""

    go = Signal(str)
    said = Signal(str)
    set_up = Signal()
    settings_changed = Signal()
    help_topic = "people"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("peoplePage")
        self._desk, self._rows = desk, _Rows(desk.db)
        self.add_button = buttons.primary("Add person", "addPerson", "plus")
        self.access_button = buttons.outlined("Who has access…", "whoHasAccess", "eye")
        self.advice = Advice("warning", "twoAdvised")
        self.list = RecordList(desk, "people", "People", COLUMNS, ("person", "Nobody here yet"))
        self.detail = PersonDetail()
        self.nobody = EmptyState("person", "No accounts yet", NOBODY, "Set up people…", name="noPeople")
        widths = (0, 520, 404)
        self.panes = ListDetail(desk, "people", self._middle(), self.list, self.detail, widths=widths)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.panes)
        self._stack.addWidget(self.nobody)
        self.head = Head("People", "people", self.access_button, self.add_button)
        lines = column(spacing=0)
        lines.addWidget(self.head)
        lines.addLayout(self._stack, 1)
        self.setLayout(lines)
        self._connect()

    def reload(self) -> None:
        """Read everybody anew."""
        has_people = self._desk.db.keys is not None
        self._stack.setCurrentIndex(0 if has_people else 1)
        for button in (self.add_button, self.access_button):
            button.setVisible(has_people)
        if has_people:
            self.list.load(Source(self._rows.fetch, self._rows.count))

    def _middle(self) -> QWidget:
        made = QWidget()
        lines = column(spacing=0)
        space = column(margins=(16, 12, 16, 12))
        space.addWidget(self.advice)
        self._space = QWidget()
        self._space.setLayout(space)
        self._space.hide()
        lines.addWidget(self._space)
        lines.addWidget(self.list, 1)
        made.setLayout(lines)
        return made

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._back)
        self.add_button.clicked.connect(self._add)
        self.access_button.clicked.connect(self._show_access)
        self.nobody.acted.connect(self.set_up)
        self.list.loaded.connect(self._loaded)
        self.list.chosen.connect(self._chosen)
        self.detail.edited.connect(self._edit)
        self.detail.reset.connect(self._ask_reset)
        self.detail.removed.connect(self._ask_remove)

    def _back(self) -> None:
        self.go.emit("settings")

    def _loaded(self) -> None:
        alone = self._rows.staff.administrators == 1
        self.advice.say(TWO_ADVISED if alone else "")
        self._space.setVisible(alone)

    def _chosen(self, one: Standing | None) -> None:
        who = rights.actor(self._desk.db)
        self.detail.show_standing(one, mine=one is not None and who is not None and who.person_id == one.id)

    def _show_access(self) -> None:
        AccessDialog(self._desk, self._rows.staff.standings, self).open()

    def _add(self) -> None:
        self._open_dialog(None)

    def _edit(self, one: Standing) -> None:
        self._open_dialog(one.person)

    def _open_dialog(self, person: PersonRecord | None) -> None:
        db = self._desk.db

        def show(named: Named) -> None:
            dialog = PersonDialog(self._desk, person, named, self)
            dialog.added.connect(self._show_code)
            dialog.changed.connect(self._changed)
            dialog.open()

        self._desk.background.run(self, lambda: standing.practices_of(db), show)

    def _changed(self, person: PersonRecord) -> None:
        self.said.emit(f"{person.name} was changed")
        self.settings_changed.emit()
        self.reload()

    def _show_code(self, person: PersonRecord, code: str) -> None:
        CodeDialog(person, code, self).open()
        self.list.choose(person.id)
        self.reload()

    def _ask_reset(self, one: Standing) -> None:
        detail = (
            "A one-time code takes the place of the passphrase at once; the old passphrase opens nothing any more. "
            "Make sure that it is really they who ask."
        )
        question = f"Start a reset for {one.person.name}?"
        ask.confirm(self, question, detail, "Make a code", lambda: self._reset(one.person))

    def _reset(self, person: PersonRecord) -> None:
        db = self._desk.db

        def work() -> str:
            from referral_app.jobs import people

            return people.start_reset(db, person.id)

        self._desk.background.run(self, work, lambda code: self._show_code(person, code), self._refused)

    def _ask_remove(self, one: Standing) -> None:
        detail = (
            "They cannot log in any more. The store is written anew with another key, which takes a moment; saving "
            "waits until then. What they did stays in the audit, under their name. Open referrals and tasks that they "
            "see to become yours, to be given to others under Worklists."
        )
        remove = f"Remove {one.person.name}"
        ask.confirm(self, f"{remove}?", detail, "Remove", lambda: self._remove(one.person), danger=True)

    def _remove(self, person: PersonRecord) -> None:
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> None:
            from referral_app.jobs import people

            people.remove(db, person.id)

        def done(_: None) -> None:
            self.said.emit(f"{person.name} was removed, and the store has a new key")
            self.reload()

        self._desk.background.job(self, "Changing the key of the store", work, done, self._refused)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        ask.tell(self, str(error), warning=True)
        self.reload()
