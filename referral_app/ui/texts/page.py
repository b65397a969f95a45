"""The page of texts, for administrators: texts for patients, paragraphs of the letter, and the center's notices."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from referral_app.jobs import files, patient_texts
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.texts.bench import Bench
from referral_app.ui.texts.letter_shelf import LetterShelf
from referral_app.ui.texts.notices_view import NoticesView
from referral_app.ui.texts.patient_shelf import PatientShelf
from referral_app.ui.texts.review_dialog import ReviewDialog
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.head import Head

TABS = ("For patients", "Paragraphs of the letter", "Notices")
UNSAVED = "Save the text in the editor, or give up its edits, first. A review is of the words that are saved."


class TextsPage(QWidget):
    """Three views below one head; each is made when it is first looked at."""

    go = Signal(str)
    said = Signal(str)
    help_topic = "texts"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("textsPage")
        self._desk = desk
        self.tabs = QTabBar()
        self.tabs.setObjectName("textsTabs")
        self.tabs.setAccessibleName("Which texts")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in TABS:
            self.tabs.addTab(words)
        self.head = Head("Texts", "texts", self.tabs)
        self.review_button = buttons.outlined("Record a review…", "recordReview", "verified")
        self.copy_button = buttons.outlined("All as a PDF…", "textsReadingCopy", "save")
        self._stack = QStackedWidget()
        self._views: dict[int, Bench | NoticesView] = {}
        lines = column(spacing=0)
        lines.addWidget(self.head)
        lines.addWidget(self._stack, 1)
        self.setLayout(lines)
        self.head.back.clicked.connect(self._back)
        self.tabs.currentChanged.connect(self._look_at)
        self.review_button.clicked.connect(self.ask_review)
        self.copy_button.clicked.connect(self._choose_copy)

    def reload(self) -> None:
        """Read what is shown anew; what was typed stays."""
        self._view().reload()

    def keep(self) -> None:
        """Keep what was typed and not saved."""
        for view in self._views.values():
            view.keep()

    @property
    def texts(self) -> Bench:
        """The view of the texts for patients."""
        view = self._views[0]
        assert isinstance(view, Bench)
        return view

    def ask_review(self) -> None:
        """Ask who reviewed the text that is shown, or all of its language."""
        bench = self.texts
        entry = bench.entry
        if entry is None:
            return
        if bench.unsaved:
            ask.tell(self, UNSAVED)
            return
        language = entry.record.language
        dialog = ReviewDialog(self._desk, language, entry, list(bench.entries.values()), self)
        dialog.recorded.connect(self._recorded)
        dialog.open()

    def save_copy(self, path: Path) -> None:
        """Write all texts of the language into a PDF, for somebody who reviews them."""
        db, language = self._desk.db, self._language()

        def work(progress: Progress, canceled: Canceled) -> str:
            files.write(path, patient_texts.reading_copy(db, language))
            return f"Saved {path.name}"

        self._desk.background.job(self, "Saving the texts", work, self.said.emit, self._refused)

    def _choose_copy(self) -> None:
        name = f"texts-{self._language()}.pdf"
        ask.save_file(self, "Save the texts for a reviewer", name, "PDF (*.pdf)", self.save_copy)

    def _language(self) -> str:
        return self.texts.list.filter.value() or "en"

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        ask.tell(self, " ".join(error.fields.values()), warning=True)

    def view(self, at: int) -> Bench | NoticesView:
        """Show a view by its place and return it."""
        self.tabs.setCurrentIndex(at)
        return self._view()

    def _recorded(self, sentence: str) -> None:
        self.said.emit(sentence)
        self.texts.reload()

    def _view(self) -> Bench | NoticesView:
        at = self.tabs.currentIndex()
        self._show_tab(at)
        return self._views[at]

    def _look_at(self, _: int) -> None:
        self._view().reload()

    def _show_tab(self, at: int) -> None:
        if at not in self._views:
            self._views[at] = self._made(at)
            self._views[at].said.connect(self.said)
            self._stack.addWidget(self._views[at])
        self._stack.setCurrentWidget(self._views[at])

    def _made(self, at: int) -> Bench | NoticesView:
        if at == 0:
            return Bench(self._desk, PatientShelf(), self.review_button, self.copy_button)
        return Bench(self._desk, LetterShelf()) if at == 1 else NoticesView(self._desk)

    def _back(self) -> None:
        self.go.emit("settings")
