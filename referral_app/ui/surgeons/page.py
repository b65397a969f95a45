"""The page of surgeons: the directory, and the Center with its other experts and trials."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QTabBar, QToolButton, QWidget

from referral_app.choices import Permission
from referral_app.jobs import directory as directories
from referral_app.services import center, query_text
from referral_app.services.errors import InvalidInput
from referral_app.services.match_reasons import Question
from referral_app.services.surgeon_records import Query, SurgeonRecord
from referral_app.ui import ask, rights, theme
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import match_dialog
from referral_app.ui.surgeons.acts import Acts
from referral_app.ui.surgeons.bringing import Bringing
from referral_app.ui.surgeons.center_view import CenterView, Facts
from referral_app.ui.surgeons.directory import Directory
from referral_app.ui.surgeons.pairs import PossibleDuplicates
from referral_app.ui.surgeons.to_verify import ToVerify
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row

TABS = ("Directory", "Center, experts and trials", "To verify", "Possible duplicates")
CENTER, TO_VERIFY, DUPLICATES = 1, 2, 3
SHORT_TABS = ("Directory", "Center", "To verify", "Duplicates")
TITLE_FITS, TABS_FIT, NAMES_FIT = 540, 1000, 640
"""From which widths on there is room for the title, for the tabs beside the buttons, and for their whole names."""


class SurgeonsPage(QWidget):
    """Finds surgeons, keeps their entries, and begins a referral to one."""

    new_referral = Signal(dict)
    preview = Signal(str, object)
    open_referral = Signal(str)
    said = Signal(str)
    undoable = Signal(str, object)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make the page; `reload` brings it to life."""
        super().__init__()
        self.setObjectName("surgeonsPage")
        self._desk, self._to_verify = desk, 0
        self.directory, self.center = Directory(desk), CenterView()
        self.acts = Acts(desk, self, self._asked)
        self.bringing = Bringing(desk, self)
        self.tabs = QTabBar()
        self.tabs.setObjectName("surgeonTabs")
        self.tabs.setAccessibleName("Directory or Center")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in TABS:
            self.tabs.addTab(words)
        self._title = labels.title("Surgeons")
        self.match_button = buttons.outlined("Find a match", "findMatch", icon="supports")
        self.more_button = buttons.tool("more", "Import, export and more", "surgeonsMore")
        self.new_button = buttons.outlined("New surgeon", "newSurgeon", icon="plus")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.directory)
        self._stack.addWidget(self.center)
        self._lists: dict[int, ToVerify | PossibleDuplicates] = {}
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Bring list, filters and Center up to date."""
        self.directory.reload()
        db = self._desk.db

        def load() -> Facts:
            with db.read() as session:
                return center.get(session), center.experts(session), center.trials(session)

        if made := self._lists.get(self.tabs.currentIndex()):
            made.reload()
        self._desk.background.run(self, load, self.center.show_facts)

    def open(self, surgeon_id: str) -> None:
        """Show one surgeon."""
        self.tabs.setCurrentIndex(0)
        self.directory.open(surgeon_id)

    def show_again(self, surgeon_id: str) -> None:
        """Show an entry that was changed, with search, filters and place as they are; a worklist stays too."""
        if self.tabs.currentIndex() not in (TO_VERIFY, DUPLICATES):
            self.tabs.setCurrentIndex(0)
            self.directory.show_again(surgeon_id)

    def show_stale(self) -> None:
        """Show the entries that are to be verified, the oldest first."""
        self.tabs.setCurrentIndex(TO_VERIFY)

    def focus_search(self) -> None:
        """Put the cursor in the search box."""
        self.tabs.setCurrentIndex(0)
        self.directory.focus_search()

    def find_match(self) -> None:
        """Open the match with what is asked of the directory now."""
        question = self._asked()
        match_dialog.opened(self._desk, self, lambda: question, self.new_referral.emit)

    def load_invented(self) -> None:
        """Fill the directory with the invented surgeons."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> None:
            directories.load_invented(db, with_practice=False)

        self._desk.background.job(
            self, "Loading the invented directory", work, self._invented_loaded, self._refused
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tabs below the buttons, and leave the title to the sidebar, where there is little room."""
        super().resizeEvent(event)
        self._title.setVisible(self.width() >= theme.px(TITLE_FITS))
        (self._first if self.width() >= theme.px(TABS_FIT) else self._second).insertWidget(0, self.tabs)
        self._name_tabs()

    def _name_tabs(self) -> None:
        names = TABS if self.width() >= theme.px(NAMES_FIT) else SHORT_TABS
        for at, words in enumerate(names):
            count = f" ({self._to_verify:,})" if at == TO_VERIFY and self._to_verify else ""
            self.tabs.setTabText(at, f"{words}{count}")

    def _lay_out(self) -> None:
        head = QFrame()
        theme.role(head, "bar")
        self._first, self._second = row(spacing=12), row(spacing=12)
        self._first.addWidget(self.tabs)
        top = row(
            self._title, self._first, None, self.match_button, self.new_button, self.more_button, spacing=12
        )
        inside = column(spacing=4, margins=(24, 10, 24, 10))
        inside.addLayout(top)
        inside.addLayout(self._second)
        head.setLayout(inside)
        lines = column(spacing=0)
        lines.addWidget(head)
        lines.addWidget(self._stack, 1)
        self.setLayout(lines)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.new_button.clicked.connect(partial(self.acts.editing.edit, ""))
        self.match_button.clicked.connect(self.find_match)
        self.more_button.setMenu(self._menu())
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.directory.acted.connect(self.acts.perform)
        self.directory.said.connect(self.said)
        self.directory.invented_wanted.connect(self.load_invented)
        self.directory.short.counted.connect(self._show_number)
        self.directory.stale_wanted.connect(self.show_stale)
        self.directory.card.links.surgeon.connect(self.open)
        self.directory.card.links.trials.connect(partial(self.tabs.setCurrentIndex, CENTER))
        self.center.links.surgeon.connect(self.open)
        self.acts.changed.connect(self._directory_changed)
        self.acts.opened.connect(self.open)
        self.acts.shown.connect(self.show_again)
        self.acts.favorite_wanted.connect(self.directory.short.toggle)
        self.acts.export_wanted.connect(self._export_chosen)
        self.bringing.changed.connect(self._directory_changed)
        for name in ("said", "undoable"):
            getattr(self.bringing, name).connect(getattr(self, name))
        for name in ("said", "undoable", "new_referral", "preview", "open_referral"):
            getattr(self.acts, name).connect(getattr(self, name))

    def _menu(self) -> QMenu:
        """Return the menu of the page; its keys work anywhere in it."""
        menu = QMenu(self)
        menu.setObjectName("surgeonsMenu")
        menu.setToolTipsVisible(True)
        directory = self.directory
        see, change = Permission.SEE_DIRECTORY, Permission.CHANGE_DIRECTORY
        for name, words, keys, slot, permission in (
            ("findMatchAction", "Find a match…", "Ctrl+M", self.find_match, see),
            ("saveSearchAction", "Save this search…", "Ctrl+Shift+S", directory.save_search, see),
            ("showAsText", "Filters as text, or no longer", "Ctrl+Shift+F", directory.show_as_text, see),
            ("switchView", "Show as table or as cards", "Ctrl+T", directory.order.switch, see),
            ("printSearch", "Print this search as a directory", "", self._print_search, see),
            ("showStale", "Entries to verify", "", self.show_stale, see),
            ("importSurgeons", "Import surgeons…", "", self.bringing.choose_file, change),
            ("earlierImports", "Earlier imports…", "", self.bringing.show_earlier, change),
            ("exportSurgeons", "Export what is found…", "", self._choose_target, Permission.ADMINISTER),
        ):  # fmt: skip
            action = QAction(words, menu)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(slot)
            rights.allow(action, self._desk.db, permission, words)
            menu.addAction(action)
            self.addAction(action)
        self._columns = QMenu("Columns", menu)
        self._columns.setObjectName("columnsMenuOfPage")
        self._columns.aboutToShow.connect(self._offer_columns)
        menu.addMenu(self._columns)
        return menu

    def _offer_columns(self) -> None:
        """Offer the columns of the table; the cards have none."""
        self._columns.clear()
        if self.directory.list.mode == "table":
            self.directory.list.columns.fill(self._columns)
        else:
            none = self._columns.addAction("Columns belong to the table (Ctrl+T)")
            none.setEnabled(False)

    def _show_tab(self, at: int) -> None:
        """Show a tab; the worklists are made when somebody first looks at them."""
        if at in (TO_VERIFY, DUPLICATES):
            self._stack.setCurrentWidget(self._list(at))
            self._list(at).reload()
        else:
            self._stack.setCurrentIndex(at)

    def _list(self, at: int) -> ToVerify | PossibleDuplicates:
        if at not in self._lists:
            made = ToVerify(self._desk) if at == TO_VERIFY else PossibleDuplicates(self._desk)
            made.opened.connect(self.open)
            made.said.connect(self.said)
            made.changed.connect(self._directory_changed)
            if isinstance(made, ToVerify):
                made.edit_wanted.connect(self._edit)
                made.print_wanted.connect(partial(self.preview.emit, "verification"))
            else:
                made.undoable.connect(self.undoable)
            self._stack.addWidget(made)
            self._lists[at] = made
        return self._lists[at]

    def _edit(self, surgeon: SurgeonRecord) -> None:
        self.acts.editing.edit(surgeon.id)

    def _show_number(self, number: int) -> None:
        """Say beside the tab how many entries are to be verified."""
        self._to_verify = number
        self._name_tabs()

    def _asked(self) -> Question:
        """Return what is asked of the directory now, as a match asks it."""
        query = self.directory.query()
        return Question(
            procedures=(query.procedure,) if query.procedure else (), zip=query.zip,
            plans=(query.plan,) if query.plan else (), language=query.language, age=query.age,
        )  # fmt: skip

    def _found(self) -> Query:
        """Return the search; whose favorites are meant is told with it."""
        return query_text.of_person(self.directory.query(), self.directory.short.person)

    def _print_search(self) -> None:
        self.preview.emit("directory", self._found())

    def _directory_changed(self) -> None:
        self.changed.emit()
        self.reload()

    def _invented_loaded(self, _: object) -> None:
        self.said.emit("The invented directory is loaded")
        self.changed.emit()
        self.directory.reset()
        self.reload()

    def _choose_target(self) -> None:
        self.bringing.choose_target(self._found())

    def _export_chosen(self, ids: list[str]) -> None:
        self.bringing.choose_target(Query(sort="name"), ids)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self, str(error), warning=True)
