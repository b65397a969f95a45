"""The preview: the document itself, what will be printed, and Save and Print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from referral_app.choices import PaperAct
from referral_app.jobs import files
from referral_app.services.errors import InvalidInput
from referral_app.services.fax_numbers import Target
from referral_app.ui import ask, theme
from referral_app.ui.background import Canceled, Job, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.preview import kinds
from referral_app.ui.preview.by_fax import ByFax, target_of
from referral_app.ui.preview.kinds import KINDS, About, Asked
from referral_app.ui.preview.options import Options
from referral_app.ui.preview.paper import Paper
from referral_app.ui.preview.tools import Tools
from referral_app.ui.printing import print_pdf
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from referral_app.jobs.papers import Made


class PreviewPage(QWidget):
    """One document: of a referral, of surgeons of the directory or, as the power-cut kit, of none."""

    back = Signal()
    said = Signal(str)

    help_topic = "packets"

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
        self.by_fax = ByFax(desk)
        self.paper, self.tools, self.options = Paper(), Tools(), Options(self.by_fax)
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
        self._title = labels.title("")
        self.save_button = buttons.outlined("Save as…", "previewSave", "save")
        self.print_button = buttons.primary("Print…", "previewPrint", "print")
        column = QVBoxLayout(head)
        theme.scale(column, margins=(12, 8, 16, 8), spacing=6)
        column.addLayout(row(self._back, self._title, None, self.save_button, self.print_button, spacing=10))
        column.addWidget(self.tools)
        return head

    def _connect(self) -> None:
        self._back.clicked.connect(self.back)
        self.save_button.clicked.connect(self.ask_where)
        self.print_button.clicked.connect(self.print)
        self.options.changed.connect(self.make)
        self.note.acted.connect(self.make)
        self.tools.follow(self.paper)

    def _add_actions(self) -> None:
        for words, keys, act in (
            ("Save the document as", "Ctrl+S", self.ask_where),
            ("Print the document", "Ctrl+P", self.print),
            ("Search in the document", "Ctrl+F", self.focus_search),
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
        named = reference if isinstance(reference, str) and KINDS[kind].of_referral else ""
        self._title.setText(" · ".join(part for part in (kinds.title(kind), named) if part))
        self.options.show_kind(kind)
        self.make()

    def make(self) -> None:
        """Make the document with what was chosen."""
        self._set_ready(False)
        self.note.say("waiting", "Making the document…")
        self._stack.setCurrentWidget(self.note)
        self._stop()
        asked = Asked(self.reference, self.options.language(), self.options.large())
        if KINDS[self.kind].slow:
            self._make_slowly(asked)
            return
        db, kind = self._desk.db, self.kind
        self._latest.ask(
            lambda: (KINDS[kind].make(db, asked), target_of(db, kind, asked.about)), self._failed
        )

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
                self._show((made, None))

        job = self._job = self._desk.background.job(
            self, kind.slow, work, done, lambda error: self._failed(error) if self._job is job else None
        )

    def _show(self, found: tuple[Any, Target | None]) -> None:
        made, target = found
        self.by_fax.show_target(target)
        self.made, self.content, self.name = made, made.content, made.name
        self.paper.show_pdf(made.content)
        self._stack.setCurrentWidget(self.paper)
        self._set_ready(True)
        if KINDS[self.kind].languages:
            self.options.show_written(made.language, made.large)
        self.options.show_document(made.name, self.paper.pages(), getattr(made, "notes", ()))
        self.paper.view.setFocus()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            self.note.say("review", "The document could not be made", "", "Try again")
            raise error
        self.note.say(
            "review", "The document cannot be made yet", " ".join(error.fields.values()), "Try again"
        )

    def _set_ready(self, ready: bool) -> None:
        for widget in (self.save_button, self.print_button, self.tools):
            widget.setEnabled(ready)

    # Saving and printing

    def ask_where(self) -> None:
        """Ask where to save."""
        if self.content:
            self.by_fax.then(self._ask_where)

    def _ask_where(self) -> None:
        ask.save_file(self, f"Save {kinds.title(self.kind).lower()}", self.name, "PDF (*.pdf)", self.write)

    def write(self, path: Path) -> None:
        """Write the document into a file, whole or not at all."""
        content, note = self.content, self._noting("file")

        def work() -> str:
            note()
            files.write(path, content)
            return f"Saved as {path.name}"

        self._desk.background.run(self, work, self.said.emit, self._not_written)

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(
            self,
            " ".join(error.fields.values()),
            "The document is still here; save it somewhere else.",
            warning=True,
        )

    def print(self) -> None:
        """Ask for a printer and print."""
        if self.content:
            self.by_fax.then(self._print)

    def _print(self) -> None:
        print_pdf(self, self._desk, self.content, self.said.emit, self._noting("paper"))

    def _noting(self, to: str) -> Callable[[], None]:
        """Return what notes that the document goes out; one that is about nobody is not noted."""
        db, made, fax = self._desk.db, self.made, self.by_fax.ticked()
        shown = self.by_fax.number()

        def note() -> None:
            from referral_app.jobs import papers

            if made is not None:
                act = PaperAct.SAVED if to == "file" else PaperAct.PRINTED
                papers.left(db, made, act, fax=fax, shown=shown)

        return note
