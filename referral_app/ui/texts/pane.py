"""The middle of the screen: the text that is edited, what must be known of it, its grade, and its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from referral_app.ui import tab_order, theme
from referral_app.ui.texts.editor import Editor
from referral_app.ui.texts.reading_card import ReadingCard
from referral_app.ui.texts.shelf import Entry, Problem, Reading, Shelf
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.notice import Advice
from referral_app.ui.widgets.scroll import scrolled


class Pane(QWidget):
    """Shows an entry; what its buttons do is said by whoever holds it."""

    def __init__(self, shelf: Shelf, *more: QWidget) -> None:
        """Make it empty; `more` are further buttons."""
        super().__init__()
        name = shelf.name
        self.title, self.said = labels.heading(""), labels.muted("")
        self.title.setWordWrap(True)
        self.list_button = buttons.outlined("Texts", f"{name}ShowList", "list")
        self.sample_button = buttons.outlined("How it prints", f"{name}ShowSample", "eye")
        self.history_button = buttons.outlined("History…", f"{name}History", "history")
        self.back_button = buttons.outlined(shelf.back_words, f"{name}BackToProgram", "undo")
        self.note, self.error = Advice("warning", f"{name}Note"), Advice("emergency", f"{name}Error")
        self.conflict = Advice("warning", f"{name}Conflict", "Compare…")
        self.void = Advice("warning", f"{name}Void")
        self.editor, self.reading = Editor(name, "Words of the text"), ReadingCard(name)
        self.unsaved = labels.muted("")
        self.give_up_button = buttons.outlined("Give up these edits", f"{name}GiveUp")
        self.save_button = buttons.primary("Save", f"{name}Save", "check")
        self.save_button.setShortcut("Ctrl+S")
        self._lay_out(name, more)

    def show_entry(self, entry: Entry) -> None:
        """Show whose words they are, and what must be known of them."""
        self.title.setText(entry.title)
        self.said.setText(f"{entry.group} · {entry.said}")
        self.note.say(entry.note)
        self.back_button.setVisible(entry.own)
        self.editor.edit.setAccessibleName(f"Words: {entry.title}")

    def show_looked(self, problems: Sequence[Problem], reading: Reading | None) -> None:
        """Show what was found out about the words; Tab goes through the links before the buttons at the foot."""
        self.editor.show_problems(problems or None)
        self.reading.show_reading(reading)
        foot = (self.give_up_button, self.save_button)
        tab_order.tab_before(foot, (self.editor.problems, self.reading))

    def show_unsaved(self, unsaved: bool, entry: Entry) -> None:
        """Say whether there is anything to save, and what a save would void."""
        self.unsaved.setText("Not saved yet. What you type is kept." if unsaved else "")
        self.save_button.setEnabled(not entry.fixed and (unsaved or bool(entry.note)))
        self.give_up_button.setVisible(unsaved)
        void = f"Saving voids the review by {entry.reviewed}. The text then waits for a review again."
        self.void.say(void if unsaved and entry.reviewed else "")

    def _lay_out(self, name: str, more: tuple[QWidget, ...]) -> None:
        tools = Flow(8)
        for button in (
            self.list_button,
            self.sample_button,
            self.history_button,
            self.back_button,
            *more,
            *self.editor.tools,
        ):
            tools.add(button)
        inside, foot = QWidget(), QFrame()
        lines = column(spacing=10, margins=(16, 12, 16, 12))
        for part in (
            self.title, self.said, tools, self.note, self.conflict, self.error, self.editor, self.reading,
        ):  # fmt: skip
            lines.addWidget(part)
        lines.setStretchFactor(self.editor, 1)
        inside.setLayout(lines)
        theme.role(foot, "foot")
        bottom = column(spacing=6, margins=(16, 8, 16, 8))
        bottom.addWidget(self.void)
        saving = row(self.unsaved, self.give_up_button, self.save_button)
        saving.setStretch(0, 1)
        bottom.addLayout(saving)
        foot.setLayout(bottom)
        whole = column(spacing=0)
        whole.addWidget(scrolled(inside, f"{name}PaneArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)
