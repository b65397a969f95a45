"""A paragraph of the letter in the form: the field, and below it what is printed where it is left empty."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.choices import Slot
from referral_app.clinical.fields import answered
from referral_app.jobs import letters
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.widgets import buttons, labels

PATHS = {f"letter.{slot}": slot for slot in Slot}
_READ = ("patient", "referrer", "request", "diagnosis", "last_30_days")
"""The groups of the intake that stand in placeholders."""
_PAUSE = 400
"""Milliseconds after an answer before the wording is filled anew."""


class WordingView(QWidget):
    """The field of a paragraph, with the wording of the practice below it while it is empty."""

    def __init__(self, view: FieldView, desk: Desk, draft: Draft) -> None:
        """Put the wording below the field."""
        super().__init__()
        self._view, self._desk, self._draft = view, desk, draft
        self.setObjectName(f"{view.path}.wording")
        self._slot, self.words = PATHS[view.path], ""
        self._latest = desk.background.latest(self, self._show, _PAUSE)
        self._lay_out()
        draft.changed.connect(self._follow)
        draft.checked.connect(self.refresh)
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the wording with the answers of now."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask what would be printed, away from the user's thread."""
        if self.isVisible() and not self._is_typed():
            sheet = self._draft.sheet
            intake = copy.deepcopy({name: self._draft.intake.get(name) for name in _READ})
            if not self._draft.dirty:  # what was signed and is not changed is printed as it was worded then
                intake["signature"] = copy.deepcopy(self._draft.intake.get("signature"))
            practice = sheet.practice_id or (sheet.practice.id if sheet.practice else None)
            ask = (self._desk.db, intake, self._draft.surgeon, practice, sheet.reference)
            self._latest.ask(partial(letters.paragraphs, *ask))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=4)
        column.addWidget(self._view)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        theme.scale(below, margins=(12, 0, 0, 0), spacing=4)
        self._says = labels.body("")
        self.button = buttons.link("Write your own, starting from this", f"{self._view.path}.copy")
        self.button.setAccessibleName(
            f"{self._view.field.label}: write your own, starting from the wording above"
        )
        self.button.setProperty("aside", True)  # Enter goes from answer to answer
        self.button.clicked.connect(self.copy)
        below.addWidget(labels.muted("Left empty, the letter says:"))
        below.addWidget(self._says)
        below.addWidget(self.button)
        column.addWidget(self._below)

    def copy(self) -> None:
        """Put the wording into the field, where nothing stands in it, to be changed there."""
        if self._is_typed() or not self.words:
            return
        with self._draft.act(f"{self._view.field.label} from the wording"):
            self._draft.put(self._view.path, self.words)
        self._view.load()
        self._view.take_focus()
        self._follow()

    def _show(self, filled: Mapping[Slot, str]) -> None:
        self.words = filled[self._slot]
        self._says.setText(self.words)
        self._follow()

    def _follow(self, *_: object) -> None:
        self._below.setVisible(bool(self.words) and not self._is_typed())

    def _is_typed(self) -> bool:
        return answered(self._draft.get(self._view.path))
