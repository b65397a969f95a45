"""The page of surgeons: the directory, and the Center with its other experts and trials."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QTabBar, QToolButton, QWidget

from referral_app.clinical.requirements import Requirement
from referral_app.jobs import directory as directories
from referral_app.services import center, center_requirements
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import ask, theme
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import offers
from referral_app.ui.surgeons.center_view import CenterView, Facts
from referral_app.ui.surgeons.dialog import SurgeonDialog
from referral_app.ui.surgeons.directory import Directory
from referral_app.ui.surgeons.form import SurgeonForm
from referral_app.ui.surgeons.offers import Offers
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row

TABS = ("Directory", "Center, experts and trials")
LINES_SHOWN = 8
TITLE_FITS = 600


class SurgeonsPage(QWidget):
    """Finds surgeons, keeps their entries, and begins a referral to one."""

    new_referral = Signal(dict)
    said = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make the page; `reload` brings it to life."""
        super().__init__()
        self.setObjectName("surgeonsPage")
        self._desk = desk
        self.directory, self.center = Directory(desk), CenterView()
        self.tabs = QTabBar()
        self.tabs.setObjectName("surgeonTabs")
        self.tabs.setAccessibleName("Directory or Center")
        self.tabs.setDrawBase(False)
        for words in TABS:
            self.tabs.addTab(words)
        self._title = labels.title("Surgeons")
        self.more_button = buttons.tool("more", "Import or export the directory", "surgeonsMore")
        self.new_button = buttons.outlined("New surgeon", "newSurgeon", icon="plus")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.directory)
        self._stack.addWidget(self.center)
        self._chores = Chores(self)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Bring list, filters and Center up to date."""
        self.directory.reload()
        db = self._desk.db

        def load() -> Facts:
            with db.read() as session:
                return center.get(session), center.experts(session), center.trials(session)

        def load_asked() -> tuple[Requirement, ...]:
            with db.read() as session:
                return center_requirements.defaults(session)

        self._desk.background.run(self, load, self.center.show_facts)
        self._desk.background.run(self, load_asked, self.directory.card.show_asked)

    def open(self, surgeon_id: str) -> None:
        """Show one surgeon."""
        self.tabs.setCurrentIndex(0)
        self.directory.open(surgeon_id)

    def focus_search(self) -> None:
        """Put the cursor in the search box."""
        self.tabs.setCurrentIndex(0)
        self.directory.focus_search()

    def load_invented(self) -> None:
        """Fill the directory with the invented surgeons."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> None:
            directories.load_invented(db, with_practice=False)

        self._desk.background.job(
            self, "Loading the invented directory", work, self._invented_loaded, self._refused
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title to the sidebar where there is little room."""
        super().resizeEvent(event)
        self._title.setVisible(self.width() >= theme.px(TITLE_FITS))

    def _lay_out(self) -> None:
        head = QFrame()
        theme.role(head, "bar")
        head.setLayout(
            row(
                self._title, self.tabs, None, self.new_button, self.more_button, spacing=12,
                margins=(24, 10, 24, 10),
            )
        )  # fmt: skip
        lines = column(spacing=0)
        lines.addWidget(head)
        lines.addWidget(self._stack, 1)
        self.setLayout(lines)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.new_button.clicked.connect(self._new)
        self.more_button.setMenu(self._menu())
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.directory.referred.connect(self._refer)
        self.directory.edited.connect(self._edit)
        self.directory.invented_wanted.connect(self.load_invented)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("surgeonsMenu")
        for name, words, slot in (
            ("importSurgeons", "Import surgeons…", self._choose_file),
            ("exportSurgeons", "Export the directory…", self._choose_target),
        ):
            action = QAction(words, menu)
            action.setObjectName(name)
            action.triggered.connect(slot)
            menu.addAction(action)
        return menu

    def _refer(self, surgeon_id: str) -> None:
        self.new_referral.emit({"surgeon_id": surgeon_id})

    def _new(self) -> None:
        self._edit(None)

    def _edit(self, surgeon: SurgeonRecord | None) -> None:
        """Read the entry anew, so that nobody changes what is out of date, then open the dialog."""
        db = self._desk.db

        def load() -> tuple[SurgeonRecord | None, Offers]:
            with db.read() as session:
                return offers.read(session, surgeon.id if surgeon else "")

        self._desk.background.run(self, load, self._open_dialog, self._refused)

    def _open_dialog(self, loaded: tuple[SurgeonRecord | None, Offers]) -> None:
        """Make the form, the dialog around it, and show it: one after the other, so that none stalls."""
        surgeon, offered = loaded
        form = SurgeonForm(surgeon, offered)

        def make() -> None:
            dialog = SurgeonDialog(self._desk, surgeon, form, self)
            dialog.saved.connect(self._saved)
            self._chores.add(dialog.open)

        self._chores.add(make)

    def _saved(self, surgeon: SurgeonRecord) -> None:
        self.said.emit(f"Saved the entry of {surgeon.name}")
        self.changed.emit()
        self.reload()
        self.open(surgeon.id)

    def _invented_loaded(self, _: object) -> None:
        self.said.emit("The invented directory is loaded")
        self.changed.emit()
        self.directory.reset()
        self.reload()

    def _choose_file(self) -> None:
        ask.open_file(self, "Import surgeons", "CSV (*.csv)", self._import)

    def _import(self, path: Path) -> None:
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> directories.Imported:
            return directories.import_csv(db, path, progress)

        self._desk.background.job(self, "Importing surgeons", work, self._imported, self._refused)

    def _imported(self, found: directories.Imported) -> None:
        words = f"{found.new} new, {found.changed} changed, {found.unchanged} as before"
        more = len(found.refused) - LINES_SHOWN
        lines = [*found.refused[:LINES_SHOWN], *([f"… and {more} more."] if more > 0 else [])]
        ask.tell(self, f"Surgeons imported: {words}.", "\n".join(lines), warning=bool(lines))
        self.said.emit(f"Surgeons imported: {words}")
        self.changed.emit()
        self.reload()

    def _choose_target(self) -> None:
        ask.save_file(self, "Export the directory", "surgeons.csv", "CSV (*.csv)", self._export)

    def _export(self, path: Path) -> None:
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> int:
            return directories.export_csv(db, path)

        self._desk.background.job(self, "Exporting surgeons", work, self._exported, self._refused)

    def _exported(self, number: int) -> None:
        self.said.emit(f"{number:,} surgeons exported")

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self, str(error), warning=True)
