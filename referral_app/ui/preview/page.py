"""The preview: the document itself, what will be printed, and Save and Print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from referral_app.database import Database, StoreProblem
from referral_app.services.disclosures import OF_PATIENT
from referral_app.services.errors import InvalidInput
from referral_app.services.fax_numbers import Target
from referral_app.ui import ask, theme
from referral_app.ui.background import Canceled, Job, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.preview import kinds
from referral_app.ui.preview.by_fax import ByFax, target_of
from referral_app.ui.preview.drag_handle import DragHandle
from referral_app.ui.preview.kinds import KEPT, KINDS, About, Asked
from referral_app.ui.preview.leaving import Leaving, Sheet
from referral_app.ui.preview.options import Options, Section
from referral_app.ui.preview.paper import Paper
from referral_app.ui.preview.protection import Protection
from referral_app.ui.preview.tools import Tools
from referral_app.ui.print_panel import PrintPanel
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from referral_app.jobs.papers import Made


class PreviewPage(QWidget):
    """One document: of a referral, of surgeons of the directory or, as the power-cut kit, of none."""

    back = Signal()
    said = Signal(str)

    help_topic = "preview"

    def __init__(self, desk: Desk) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setObjectName("previewPage")
        self._desk = desk
        self.kind: str = "letter"
        self.reference: About = ""
        self.made: Made | None = None
        self.content, self.name = b"", ""
        self._latest = desk.background.latest(self, self._show)
        self._job: Job | None = None
        self.by_fax, self.print_panel, self.protection = ByFax(desk), PrintPanel(desk), Protection()
        self.paper, self.tools = Paper(), Tools()
        self.options = Options(self.by_fax, self.print_panel, self.protection)
        self._stays = False
        self.leaving = Leaving(desk, self)
        self.leaving.said.connect(self.said)
        self._lay_out()
        self._connect()
        self._add_actions()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(self._build_head())
        body = QHBoxLayout()
        theme.scale(body, margins=0, spacing=0)
        self.note = EmptyState("waiting", "Making the document…", name="previewNote")
        self._middle = QWidget()
        self._stack = QStackedLayout(self._middle)
        self._stack.addWidget(self.note)
        self._stack.addWidget(self.paper)
        body.addWidget(self._middle, 1)
        body.addWidget(self.options)
        column.addLayout(body, 1)

    def _build_head(self) -> QWidget:
        head = QFrame()
        theme.role(head, "bar")
        self._back = buttons.tool("back", "Back", "previewBack", "Esc")
        self._title = labels.Elided("", "title")
        self.handle = DragHandle()
        self.more_button = buttons.tool("more", "More", "previewMore")
        self.save_button = buttons.outlined("Save as…", "previewSave", "save")
        self.print_button = buttons.primary("Print", "previewPrint", "print")
        column = QVBoxLayout(head)
        theme.scale(column, margins=(12, 8, 16, 8), spacing=6)
        acts = (self.handle, self.more_button, self.save_button, self.print_button)
        column.addLayout(row(self._back, self._title, None, *acts, spacing=10))
        column.addWidget(self.tools)
        return head

    def _connect(self) -> None:
        self._back.clicked.connect(self.back)
        self.save_button.clicked.connect(self.ask_where)
        self.print_button.clicked.connect(self.print)
        self.options.changed.connect(self._make_again)
        self.note.acted.connect(self.make)
        self.handle.clicked.connect(self.copy_file)
        self.handle.wanted.connect(self.drag)
        self.tools.follow(self.paper)

    def _add_actions(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("previewMoreMenu")
        menu.addAction("Open in the PDF viewer…", self.open_copy).setObjectName("previewOpen")
        menu.addAction("Copy as a file…", self.copy_file).setObjectName("previewCopyFile")
        self.more_button.setMenu(menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for words, keys, act in (
            ("Save the document as", "Ctrl+S", self.ask_where),
            ("Print the document", "Ctrl+P", self.print),
            ("Next page", "Ctrl+PgDown", self.paper.next_page),
            ("Page before", "Ctrl+PgUp", self.paper.page_before),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(act)
            self.addAction(action)

    # Making

    def reload(self) -> None:
        """Nothing to fetch: the document stays as it was shown."""

    def focus_search(self) -> None:
        """Put the focus into the search in the document."""
        self.tools.search.setFocus()

    def show_document(self, kind: str, reference: About) -> None:
        """Make and show the letter or packet of a referral, the kit, or a paper of the directory.

        `reference` is the number of a referral; for "card" and "verification" the ids of surgeons, as a sequence or
        with commas between them, where "" are the entries to be verified; for "directory" a Query or its words.
        """
        self.kind, self.reference = kind, reference
        named = kinds.named(kind, reference) if isinstance(reference, str) else ""
        named = "" if named.startswith(OF_PATIENT) else named
        self._title.setText(" · ".join(part for part in (kinds.title(kind), named) if part))
        self.options.show_kind(kind)
        self.print_panel.begin()
        self.protection.forget()
        self.by_fax.begin()
        self.make()

    def show_kept(self, paper_id: str) -> None:
        """Show a document of the ledger, exactly the bytes that left."""
        self.show_document(KEPT, paper_id)

    def show_made(self, made: Made) -> None:
        """Show a document that was made already; nothing of it can be chosen anew."""
        self.kind, self.reference, self._stays = KEPT, made.paper_id, False
        self._stop()
        self.options.show_kind(KEPT)
        self.print_panel.begin()
        self.protection.forget()
        self._show(made)

    def make(self) -> None:
        """Make the document with what was chosen."""
        self._stays = False
        self._set_ready(False)
        self.made, self.content, self.name = None, b"", ""
        self.tools.clear()
        self.note.say("waiting", "Making the document…")
        self._stack.setCurrentWidget(self.note)
        self._stop()
        self.by_fax.show_target(None)
        asked = self._asked()
        if KINDS[self.kind].slow:
            self._make_slowly(asked)
            return
        self._latest.ask(partial(KINDS[self.kind].make, self._desk.db, asked), self._failed)

    def _make_again(self) -> None:
        """Make it with another choice; the focus stays there: whoever chose the language goes on with the size."""
        self.make()
        self._stays = True

    def _asked(self) -> Asked:
        chosen = self.options
        return Asked(self.reference, chosen.language(), chosen.large(), chosen.sections())

    def _stop(self) -> None:
        """Forget what is being made."""
        self._latest.drop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _make_slowly(self, asked: Asked) -> None:
        """Make what may take long: the status bar shows how far it is."""
        db, kind = self._desk.db, KINDS[self.kind]

        def work(progress: Progress, canceled: Canceled) -> Made | None:
            return kind.make(db, replace(asked, progress=progress, canceled=canceled))

        def done(made: Made | None) -> None:
            if self._job is not job:
                return
            if made is None:
                self.note.say("review", "The document was not made: it was canceled", "", "Try again")
            else:
                self._show(made)

        job = self._job = self._desk.background.job(
            self, kind.slow, work, done, lambda error: self._failed(error) if self._job is job else None
        )

    def _show(self, made: Made) -> None:
        """Show the pages, and fetch what is about them while they are drawn."""
        self.made, self.content, self.name = made, made.content, made.name
        if self.kind == KEPT:
            self._title.setText(" · ".join(part for part in (kinds.title(made.kind), made.reference) if part))
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_pdf(made.content)
        if KINDS[self.kind].languages:
            self.options.show_written(made.language, made.large)
        self.options.show_document(made, self.paper.pages())
        self.tools.setEnabled(True)
        if not self._stays:
            self.paper.view.setFocus()
        work = partial(around, self._desk.db, self.kind, self._asked(), made)
        self._desk.background.run(self, work, self._complete, partial(self._not_complete, made))

    def _complete(self, found: Around) -> None:
        """Let the document leave, now that it is known where to, unless another one is shown meanwhile."""
        if found.made is not self.made:
            return
        self.by_fax.show_target(found.target)
        self.options.show_sections(found.sections)
        self._set_ready(True)

    def _not_complete(self, made: Made, error: Exception) -> None:
        if made is self.made:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._stack.setCurrentWidget(self.note)
        self.made, self.content, self.name = None, b"", ""
        if not isinstance(error, InvalidInput | StoreProblem):
            self.note.say("review", "The document could not be made", "", "Try again")
            raise error
        words = " ".join(error.fields.values()) if isinstance(error, InvalidInput) else str(error)
        self.note.say("review", "The document cannot be made yet", words, "Try again")

    def _set_ready(self, ready: bool) -> None:
        for widget in (self.save_button, self.print_button, self.handle, self.more_button, self.tools):
            widget.setEnabled(ready)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the password of the files: whoever comes back types it again."""
        super().hideEvent(event)
        self.protection.forget()

    # Saving, printing, and giving it to other programs

    def ask_where(self) -> None:
        """Ask where to save."""
        if self.content and self.protection.password() is not None:
            self.by_fax.then(self._ask_where)

    def _ask_where(self) -> None:
        ask.save_file(self, f"Save {kinds.title(self._kind()).lower()}", self.name, "PDF (*.pdf)", self.write)

    def write(self, path: Path) -> None:
        """Write the document into a file, whole or not at all."""
        sheet, password = self._sheet(by_fax=True), self.protection.password()
        if sheet is not None and password is not None:
            self.leaving.save(sheet, path, password)

    def print(self) -> None:
        """Print as the panel says."""
        if self.content:
            self.by_fax.then(self._print)

    def _print(self) -> None:
        sheet, ticket = self._sheet(by_fax=True), self.print_panel.ticket(self.paper.pages())
        if sheet is not None and ticket is not None:
            self.leaving.print(sheet, ticket)

    def open_copy(self) -> None:
        """Open a copy in the PDF viewer of the system."""
        sheet, password = self._sheet(), self.protection.password()
        if sheet is not None and password is not None:
            self.leaving.open(sheet, password)

    def copy_file(self) -> None:
        """Put a copy into the clipboard as a file."""
        sheet, password = self._sheet(), self.protection.password()
        if sheet is not None and password is not None:
            self.leaving.copy(sheet, password)

    def drag(self) -> None:
        """Let the pointer carry a copy into another program."""
        sheet, password = self._sheet(), self.protection.password()
        if sheet is not None and password is not None:
            self.leaving.drag(sheet, self.handle.carry, password)

    def _sheet(self, by_fax: bool = False) -> Sheet | None:
        """Return what leaves, None where nothing is shown."""
        if self.made is None:
            return None
        fax = by_fax and self.by_fax.ticked()
        return Sheet(self.made, KINDS[self.kind].reader, fax, self.by_fax.number() if fax else "")

    def _kind(self) -> str:
        return self.made.kind if self.kind == KEPT and self.made else self.kind


@dataclass(frozen=True)
class Around:
    """What is about a document that is shown: the fax number that it goes to, and the parts that may be ticked."""

    made: Made
    target: Target | None = None
    sections: tuple[Section, ...] = ()


def around(db: Database, kind: str, asked: Asked, made: Made) -> Around:
    """Record that a document was looked at, and return what is about it; raises InvalidInput."""
    from referral_app.jobs import papers

    papers.looked_at(db, made)
    offered = KINDS[kind].sections
    sections = tuple(Section(*one) for one in offered(db, asked)) if offered else ()
    return Around(made, target_of(db, kind, asked.about), sections)
