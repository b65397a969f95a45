"""A list of texts, the one that is edited, and how it prints; what is typed is kept until it is saved or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.services import wording_drafts
from referral_app.services.errors import Conflict, InvalidInput
from referral_app.services.wording_drafts import WordingDraft
from referral_app.ui import ask, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.sample_view import SampleView
from referral_app.ui.texts import difference
from referral_app.ui.texts.conflict_dialog import TextConflictDialog
from referral_app.ui.texts.entry_list import EntryList
from referral_app.ui.texts.pane import Pane
from referral_app.ui.texts.shelf import Entry, Problem, Reading, Shelf, Version
from referral_app.ui.texts.unsaved import Unsaved
from referral_app.ui.texts.versions_dialog import VersionsDialog
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.panes import Panes

LOOK_MS, SAMPLE_MS = 250, 450
"""Quiet after a key until the words are measured and printed."""
SOMEBODY = (
    "Somebody else saved another version since you began. Yours is still here and was not saved over it."
)
BEHIND = "What you typed cannot be printed yet. This is the page before that: "


@dataclass(frozen=True)
class _Loaded:
    options: Sequence[tuple[str, str]]
    chosen: str
    entries: Sequence[Entry]
    drafts: Mapping[str, WordingDraft]


class Bench(QWidget):
    """Edits the texts of a shelf; `said` is for the status bar, `loaded` after each reading of the list."""

    said = Signal(str)
    loaded = Signal()

    def __init__(self, desk: Desk, shelf: Shelf, *more: QWidget) -> None:
        """Make it; `reload` fills it. `more` are further buttons."""
        super().__init__()
        self._desk, self.shelf = desk, shelf
        self.entries: dict[str, Entry] = {}
        self.current = ""
        self._unsaved = Unsaved(desk, shelf.name, self)
        self.list = EntryList(shelf.name, shelf.heading, shelf.filter_label)
        self.pane = Pane(shelf, *more)
        self.sample = SampleView(shelf.name, shelf.has_large)
        self.panes = Panes(
            desk, shelf.name, self.pane, self.sample, self.list, widths=(250, 430, 380), share=0.35
        )
        self._looking = desk.background.latest(self, self._looked, LOOK_MS)
        self._printing = desk.background.latest(self, self._printed, SAMPLE_MS)
        whole = column(spacing=0)
        whole.addWidget(self.panes)
        self.setLayout(whole)
        self._connect()

    # What is there

    def reload(self) -> None:
        """Read the list anew; what was typed stays."""
        shelf, wanted = self.shelf, self.list.filter.value()

        def look(session: Session) -> _Loaded:
            options = shelf.options(session)
            chosen = wanted if wanted in dict(options) else options[0][0]
            return _Loaded(options, chosen, shelf.load(session, chosen), wording_drafts.find(session))

        transaction.read(self._desk, self, look, self._show)

    @property
    def entry(self) -> Entry | None:
        """The text in the editor."""
        return self.entries.get(self.current)

    @property
    def unsaved(self) -> bool:
        """Whether the text in the editor holds what was not saved."""
        return self.current in self._unsaved.typed

    def keep(self) -> None:
        """Keep what was typed and not saved, now."""
        self._unsaved.keep()

    def _show(self, found: _Loaded) -> None:
        self._unsaved.begin(found.drafts)
        self.list.offer(found.options)
        self.entries = {one.key: one for one in found.entries}
        self._forget_what_is_alike()
        if self.current not in self.entries:
            self.current = ""
        self.list.show_entries(found.entries, self._unsaved.typed.keys(), self.current)
        self.list.summary.setText(self.shelf.summary(found.entries, found.chosen))
        if not self.current and found.entries:
            self.open(found.entries[0].key)
        elif entry := self.entry:
            if not difference.same(self.pane.editor.words(), self._words(entry)):
                self._fill(entry)
            self._stand(entry)
        self.loaded.emit()

    def _forget_what_is_alike(self) -> None:
        for key in [key for key, one in self._unsaved.typed.items() if self._alike(key, one)]:
            del self._unsaved.typed[key]

    def _alike(self, key: str, typed: WordingDraft) -> bool:
        return key in self.entries and difference.same(typed.words, self.entries[key].words)

    def open(self, key: str) -> None:
        """Show a text in the editor, as it was left."""
        if key not in self.entries:
            return
        self._turn_to(key)
        self.list.show_entries(list(self.entries.values()), self._unsaved.typed.keys(), key)

    def _turn_to(self, key: str) -> None:
        self.current = key
        entry = self.entries[key]
        self._fill(entry)
        self._stand(entry)

    def _pass(self, key: str) -> None:
        if key != self.current:
            self._turn_to(key)

    def _choose(self, key: str) -> None:
        """Show what was chosen; where the list took all the room it gives way."""
        if key != self.current:
            self.open(key)
        if self.pane.isHidden():
            self.panes.show_left(False)
            self.pane.editor.edit.setFocus()

    def _words(self, entry: Entry) -> str:
        typed = self._unsaved.typed.get(entry.key)
        return typed.words if typed else entry.words

    def _fill(self, entry: Entry) -> None:
        self.pane.editor.show_words(self._words(entry), self.shelf.placeholders(entry), entry.fixed)
        self.pane.error.say("")
        self._ask()

    def _stand(self, entry: Entry) -> None:
        """Say where the text in the editor stands."""
        typed = self._unsaved.typed.get(entry.key)
        self.pane.show_entry(entry)
        self.pane.show_unsaved(typed is not None, entry)
        self.pane.conflict.say(SOMEBODY if typed and typed.seen != entry.seen else "")
        self.list.mark(entry, typed is not None)

    # Typing

    def _changed(self) -> None:
        entry = self.entry
        if entry is None:
            return
        words, before = self.pane.editor.words(), self._unsaved.typed.get(entry.key)
        if difference.same(words, entry.words):
            self._unsaved.typed.pop(entry.key, None)
        else:
            self._unsaved.typed[entry.key] = WordingDraft(words, before.seen if before else entry.seen)
        self.pane.error.say("")
        self._stand(entry)
        self._unsaved.soon()
        self._ask()

    def _ask(self) -> None:
        """Have the words measured and printed; the latest ones win."""
        entry, shelf, words, db = self.entry, self.shelf, self.pane.editor.words(), self._desk.db
        large = self.sample.large
        if entry is not None:
            self._looking.ask(lambda: (words, shelf.problems(entry, words), shelf.reading(entry, words)))
            self._printing.ask(lambda: shelf.sample(db, entry, words, large), self._not_printed)

    def _looked(self, found: tuple[str, list[Problem], Reading | None]) -> None:
        words, problems, reading = found
        if words == self.pane.editor.words():
            self.pane.show_looked(problems, reading)

    def _printed(self, content: bytes) -> None:
        self.sample.show_pdf(content)

    def _not_printed(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self.sample.say(BEHIND + " ".join(error.fields.values()))

    # Saving

    def save(self) -> None:
        """Keep a new version of the text in the editor, or say what is wrong."""
        entry, shelf, db = self.entry, self.shelf, self._desk.db
        if entry is None or not self.pane.save_button.isEnabled():
            return
        typed = self._unsaved.typed.get(entry.key) or WordingDraft(self.pane.editor.words(), entry.seen)
        self.pane.save_button.setEnabled(False)

        def work() -> tuple[str, str, int]:
            return entry.key, typed.words, shelf.save(db, entry, typed.words, typed.seen)

        self._desk.background.run(self, work, self._saved, self._refused)

    def _saved(self, done: tuple[str, str, int]) -> None:
        """Take up what was saved; what was typed meanwhile stays, and is made from the new version."""
        key, words, number = done
        typed, entry = self._unsaved.typed.pop(key, None), self.entries.get(key)
        if typed and typed.words != words:
            self._unsaved.typed[key] = WordingDraft(typed.words, number)
        self.said.emit(f"Saved: {entry.title}" if entry else "Saved")
        self._unsaved.soon()
        self.reload()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            self.pane.save_button.setEnabled(True)
            raise error
        self.pane.error.say("" if isinstance(error, Conflict) else " ".join(error.fields.values()))
        self.reload()

    def _give_up(self) -> None:
        if entry := self.entry:
            self.pane.editor.replace(entry.words)

    # Versions

    def _show_conflict(self) -> None:
        if entry := self.entry:
            dialog = TextConflictDialog(entry.title, entry.words, self.pane.editor.words(), self)
            dialog.theirs_taken.connect(self._give_up)
            dialog.mine_kept.connect(self._keep_mine)
            dialog.open()

    def _keep_mine(self) -> None:
        """Let the next save write over the version that was looked at."""
        if entry := self.entry:
            self._unsaved.typed[entry.key] = WordingDraft(self.pane.editor.words(), entry.seen)
            self._stand(entry)
            self._unsaved.soon()

    def _show_history(self) -> None:
        entry, shelf = self.entry, self.shelf
        if entry is None:
            return

        def show(versions: list[Version]) -> None:
            dialog = VersionsDialog(entry.title, versions, self.pane.editor.words(), self)
            dialog.wanted.connect(self.pane.editor.replace)
            dialog.open()

        transaction.read(self._desk, self, lambda session: shelf.history(session, entry), show)

    def _ask_back(self) -> None:
        shelf, lost = self.shelf, "What you typed and did not save is given up. " if self.unsaved else ""
        ask.confirm(self, f"{shelf.back_words}?", lost + shelf.back_question, shelf.back_words, self._go_back)

    def _go_back(self) -> None:
        entry, shelf, db = self.entry, self.shelf, self._desk.db
        if entry is None:
            return

        def work() -> str:
            shelf.back(db, entry)
            return entry.key

        self._desk.background.run(self, work, self._went_back, self._refused)

    def _went_back(self, key: str) -> None:
        self._unsaved.typed.pop(key, None)
        self._unsaved.soon()
        self.said.emit("Done; every version stays in the history")
        self.reload()

    def _connect(self) -> None:
        pane = self.pane
        self.list.passed.connect(self._pass)
        self.list.chosen.connect(self._choose)
        self.list.narrowed.connect(self.reload)
        pane.editor.changed.connect(self._changed)
        pane.reading.chosen.connect(pane.editor.go_to_words)
        pane.save_button.clicked.connect(self.save)
        pane.give_up_button.clicked.connect(self._give_up)
        pane.history_button.clicked.connect(self._show_history)
        pane.back_button.clicked.connect(self._ask_back)
        pane.conflict.acted.connect(self._show_conflict)
        pane.list_button.clicked.connect(self._show_list)
        pane.sample_button.clicked.connect(self.panes.open_right)
        self._unsaved.failed.connect(pane.error.say)
        self.sample.size_changed.connect(self._ask)
        self.panes.left_shown.connect(pane.list_button.setHidden)
        self.panes.right_shown.connect(pane.sample_button.setHidden)

    def _show_list(self) -> None:
        self.panes.show_left(True)
        self.list.list.setFocus()
