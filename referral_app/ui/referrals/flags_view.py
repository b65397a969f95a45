"""The fifteen red flags as one grid: a question a line, Yes, No and Not asked in columns."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from referral_app.choices import Answer
from referral_app.clinical.fields import Field, answered
from referral_app.clinical.red_flags import RED_FLAGS, RedFlag
from referral_app.ui import theme
from referral_app.ui.referrals import controls
from referral_app.ui.referrals.choice_controls import RadioControl
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.flow import chain, stops
from referral_app.ui.referrals.group_view import Fields
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.states import StateLabel

ROOT = "red_flags"
SAID = {"yes": ("review", "Yes"), "no": ("ok", "No"), None: ("waiting", "Not known yet")}
WHY = {
    "older_onset": "Computed from the date of birth and the onset",
    "post_traumatic": "Computed from what happened at the onset",
}


class FlagRow(RadioControl):
    """The three radio buttons of one question, laid into the columns of the grid by the view."""

    lettered = Signal()
    """Answered with a letter key: the next question is wanted."""

    def __init__(self) -> None:
        """Make the buttons without words of their own; the columns say them."""
        super().__init__(controls.options(Answer))

    def call(self, name: str, path: str) -> None:
        """Name each button by the question and its column."""
        super().call(name, path)
        for button in self.buttons:
            button.setText("")
            button.setToolTip(button.accessibleName())

    def choose_by_letter(self, event: QKeyEvent) -> bool:
        """Answer with Y, N or A and ask for the next question."""
        chosen = super().choose_by_letter(event)
        if chosen:
            self.lettered.emit()
        return chosen


class FlagsView(QWidget):
    """The red flags of the draft."""

    left = Signal()

    def __init__(self, group: Field, draft: Draft) -> None:
        """Show a row for each flag; what a Yes needs appears below its row."""
        super().__init__()
        self._group, self._draft = group, draft
        self.rows: dict[str, FlagRow] = {}
        self.computed: dict[str, StateLabel] = {}
        self.details: dict[str, Fields] = {}
        self._frames: dict[str, QFrame] = {}
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=16)
        column.addLayout(self._build_grid())
        column.addWidget(labels.line())
        column.addLayout(self._build_foot())
        self.load()

    # The grid

    def _build_grid(self) -> QGridLayout:
        self._grid = QGridLayout()
        theme.scale(self._grid, horizontal=8, vertical=2)
        self._grid.setColumnStretch(0, 1)
        for number, answer in enumerate(Answer):
            head = labels.strong(answer.label)
            self._grid.addWidget(head, 0, number + 1, Qt.AlignmentFlag.AlignHCenter)
        for number, flag in enumerate(RED_FLAGS):
            self._add_row(2 * number + 1, flag)
        return self._grid

    def _add_row(self, line: int, flag: RedFlag) -> None:
        question = labels.body(flag.question)
        self._grid.addWidget(question, line, 0)
        row = FlagRow()
        row.call(flag.question, f"{ROOT}.{flag.name}.answer")
        row.changed.connect(partial(self._answered, flag.name))
        row.left.connect(self.left)
        row.lettered.connect(partial(self._go_on, flag.name))
        self.rows[flag.name] = row
        row.setParent(self)
        row.hide()
        for number, button in enumerate(row.buttons):
            self._grid.addWidget(button, line, number + 1, Qt.AlignmentFlag.AlignHCenter)
        if flag.computed:
            self._grid.addWidget(self._computed(flag), line, 1, 1, 3, Qt.AlignmentFlag.AlignHCenter)

    def _computed(self, flag: RedFlag) -> StateLabel:
        label = StateLabel("waiting", "")
        label.setToolTip(WHY.get(flag.name, "Computed"))
        label.setObjectName(f"{ROOT}.{flag.name}.computed")
        self.computed[flag.name] = label
        return label

    def _answered(self, name: str) -> None:
        self._draft.put(f"{ROOT}.{name}.answer", self.rows[name].read())

    def _go_on(self, name: str) -> None:
        """Put the focus into what a Yes needs, else into the next question, after the last one into who asked."""
        if self.rows[name].read() == Answer.YES.value:
            self._draft.settle()
            self.refresh()
            needed = [view for view in self._all_views(self.details.get(name)) if view.isVisible()]
            if needed:
                needed[0].take_focus()
                return
        names = list(self.rows)
        for following in names[names.index(name) + 1 :]:
            if not self.rows[following].buttons[0].isHidden():
                self.rows[following].targets()[0].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        assert isinstance(self.attested_by, FieldView)
        self.attested_by.take_focus()

    # What a Yes needs

    def refresh(self) -> None:
        """Show what the check computed, and the signs and clearance of each flag that holds."""
        flags: dict[str, Any] = self._draft.check.computed.get("red_flags") or {}
        asked = {line.field for line in self._draft.check.missing}
        for name, label in self.computed.items():
            path = f"{ROOT}.{name}.answer"
            by_hand = path in asked or answered(self._draft.get(path))
            label.setVisible(not by_hand)
            for button in self.rows[name].buttons:
                button.setVisible(by_hand)
            state, words = SAID.get(flags.get(name), SAID[None])
            label.show_state(state, f"{words} (computed)")
            label.setAccessibleName(f"{self._group.child(name).label}: {words}, {WHY.get(name, 'computed')}")
        for number, flag in enumerate(RED_FLAGS):
            self._show_detail(2 * number + 2, flag, flags.get(flag.name) == "yes")

    def _show_detail(self, line: int, flag: RedFlag, wanted: bool) -> None:
        fields = self.details.get(flag.name)
        if fields is None and wanted:
            fields = self._detail(line, flag)
        if fields is not None:
            fields.refresh()
            self._frames[flag.name].setVisible(wanted)

    def _detail(self, line: int, flag: RedFlag) -> Fields:
        group = self._group.child(flag.name)
        asked = tuple(child for child in group.fields if child.name != "answer")
        fields = Fields(asked, f"{ROOT}.{flag.name}.", self._draft, self.make)
        frame = QFrame()
        theme.role(frame, "panel")
        column = QVBoxLayout(frame)
        theme.scale(column, margins=(16, 8, 12, 12))
        column.addWidget(fields)
        self._grid.addWidget(frame, line, 0, 1, 4)
        self.details[flag.name], self._frames[flag.name] = fields, frame
        if self.isVisible():
            chain(self.tab_stops())
        return fields

    def make(self, field: Field, path: str) -> QWidget:
        """Make one of the fields below a flag."""
        view = FieldView(field, path, self._draft, controls.make(field))
        view.left.connect(self.left)
        return view

    def tab_stops(self) -> list[QWidget]:
        """Return each question, then what its Yes needs, then the next question."""
        order: list[QWidget] = []
        for flag in RED_FLAGS:
            order += self.rows[flag.name].buttons
            if flag.name in self._frames:
                order += stops(self._frames[flag.name])
        return [*order, *stops(self.attested_by), *stops(self.attested_at), self.none_button]

    # Who asked

    def _build_foot(self) -> QVBoxLayout:
        column = QVBoxLayout()
        theme.scale(column, spacing=8)
        self.attested_by = self.make(self._group.child("attested_by"), f"{ROOT}.attested_by")
        self.attested_at = self.make(self._group.child("attested_at"), f"{ROOT}.attested_at")
        row = QHBoxLayout()
        theme.scale(row, spacing=16)
        row.addWidget(self.attested_by, 1)
        row.addWidget(self.attested_at, 1)
        column.addLayout(row)
        self.none_button = buttons.outlined("Asked, none of the others", f"{ROOT}.none_of_these", "check")
        self.none_button.setToolTip(
            "Answers every question that is still open with No, in the name of who asked"
        )
        self.none_button.clicked.connect(self.none_of_these)
        column.addWidget(self.none_button, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def none_of_these(self) -> None:
        """Answer every open question with No, once it is known who asked."""
        if not answered(self._draft.get(f"{ROOT}.attested_by")):
            assert isinstance(self.attested_by, FieldView)
            self.attested_by.show_problem("Enter the name of who asked.")
            self.attested_by.take_focus()
            return
        with self._draft.act("the red flags"):
            for name, row in self.rows.items():
                path = f"{ROOT}.{name}.answer"
                if not row.buttons[0].isHidden() and not answered(self._draft.get(path)):
                    self._draft.put(path, Answer.NO.value)
            if not answered(self._draft.get(f"{ROOT}.attested_at")):
                self._draft.put(f"{ROOT}.attested_at", datetime.date.today().isoformat())
        self.load()
        self.left.emit()

    # What the form asks for

    def load(self) -> None:
        """Show what the draft holds now."""
        for name, row in self.rows.items():
            row.fill(self._draft.get(f"{ROOT}.{name}.answer"))
        for fields in self.details.values():
            fields.load()
        for view in (self.attested_by, self.attested_at):
            assert isinstance(view, FieldView)
            view.load()
        self.refresh()

    def focus_path(self, path: str) -> QWidget | None:
        """Put the focus into a question, or into one of the fields below it."""
        name = path.split(".")[1] if "." in path else next(iter(self.rows))
        view = {"attested_by": self.attested_by, "attested_at": self.attested_at}.get(name)
        view = view or self._detail_view(name, path)
        if isinstance(view, FieldView):
            view.take_focus()
            return view
        row = self.rows.get(name)
        if row is None or row.buttons[0].isHidden():
            return self.computed.get(name)
        row.targets()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return row.buttons[0]

    def _detail_view(self, name: str, path: str) -> FieldView | None:
        for view in self._all_views(self.details.get(name)):
            if view.path.startswith(path) and not path.endswith(".answer") and path.count(".") > 1:
                return view
        return None

    def _all_views(self, fields: Fields | None) -> list[FieldView]:
        if fields is None:
            return []
        own = [view for view in fields.views if isinstance(view, FieldView)]
        return own + [view for group in fields.groups for view in self._all_views(group)]
