"""One of the center's notices: its title, its words, or a PDF of the center's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from referral_app.services.notices import NoticeRecord
from referral_app.ui import fields, moments
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.inputs import LineEdit, TextArea


class NoticeCard(Card):
    """`changed` after each change; `file_wanted`, `save_wanted` when its buttons are pressed."""

    changed = Signal()
    file_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, slot: int) -> None:
        """Make it empty."""
        super().__init__(f"Notice {slot}")
        name = f"notice{slot}"
        self.stored = self._record = NoticeRecord(slot)
        self._filling = False
        self.title = LineEdit(f"{name}Title", chars=48)
        self.words = TextArea(f"{name}Words", rows=8)
        self.errors = ErrorSummary(f"{name}Errors")
        self.file = labels.body("")
        self.add_button = buttons.outlined("Choose a PDF…", f"{name}AddFile", "attach")
        self.remove_button = buttons.outlined("Take the PDF out", f"{name}RemoveFile", "trash")
        self.save_button = buttons.outlined(f"Save notice {slot}", f"{name}Save", "check")
        self.state = labels.muted("")
        self.blocks = {
            "title": Field("Title", self.title, "Stands above the notice in each packet", optional=True),
            "words": Field(
                "Words", self.words, "Plain paragraphs, with an empty line between them", optional=True
            ),
        }
        for part in (
            self.errors, *self.blocks.values(), labels.strong("Or the center's own notice as a PDF"), self.file,
            row(self.add_button, self.remove_button, None), _stretched(self.state, self.save_button),
        ):  # fmt: skip
            self.add(part)
        self._connect()
        self.show_record(self._record)

    def record(self) -> NoticeRecord:
        """Return the notice as it stands on screen."""
        return replace(self._record, title=self.title.text().strip(), words=self.words.toPlainText().strip())

    @property
    def unsaved(self) -> bool:
        """Whether something was changed and not saved."""
        return self.record() != self.stored

    def show_record(self, stored: NoticeRecord, typed: NoticeRecord | None = None) -> None:
        """Show a notice as it is stored, or as it was typed and not saved."""
        self.stored, self._record = stored, typed or stored
        self._filling = True
        self.title.setText(self._record.title)
        self.words.setPlainText(self._record.words)
        self._filling = False
        self.show_errors({})
        self._stand()

    def take(self, content: bytes | None, pages: int) -> None:
        """Take the pages of a PDF, or none."""
        self._record = replace(self.record(), content=content, pages=pages)
        self._changed()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show what is wrong, beside the fields and on top."""
        fields.show_errors(self.blocks, errors)
        known = {(key if key in self.blocks else ""): sentence for key, sentence in errors.items()}
        self.errors.show_errors(known)

    def _stand(self) -> None:
        pages = self._record.pages
        has_file = self._record.content is not None
        count = "1 page" if pages == 1 else f"{pages} pages"
        self.file.setText(f"A PDF of {count} goes with every packet." if has_file else "No PDF.")
        self.remove_button.setVisible(has_file)
        self.add_button.setText("Choose another PDF…" if has_file else "Choose a PDF…")
        saved = self.stored.updated
        by = (
            f"Saved by {self.stored.updated_by or 'somebody'} {moments.say(saved)}."
            if saved
            else "Never saved."
        )
        self.state.setText("Not saved yet. What you type is kept." if self.unsaved else by)
        self.save_button.setEnabled(self.unsaved)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._changed)
        self.words.textChanged.connect(self._changed)
        self.add_button.clicked.connect(self.file_wanted)
        self.remove_button.clicked.connect(self._remove)
        self.save_button.clicked.connect(self.save_wanted)
        self.errors.chosen.connect(self._go_to)

    def _remove(self) -> None:
        self.take(None, 0)
        self.add_button.setFocus()

    def _changed(self) -> None:
        if not self._filling:
            self._stand()
            self.changed.emit()

    def _go_to(self, name: str) -> None:
        widget: QWidget = self.blocks[name].widget
        fields.go_to(widget)


def _stretched(words: QWidget, button: QWidget) -> QHBoxLayout:
    line = row(words, button, spacing=12)
    line.setStretch(0, 1)
    return line
