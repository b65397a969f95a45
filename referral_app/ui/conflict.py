"""Two versions of one thing side by side, when someone else saved first: which to keep is chosen answer by answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from referral_app.clinical.differences import BOTH, MINE, THEIRS
from referral_app.ui import fields, theme
from referral_app.ui.chores import Chores
from referral_app.ui.conflict_choice import Choice
from referral_app.ui.conflict_lines import Line, Wording, counted
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import scrolled


class ConflictDialog(QDialog):
    """Shows both versions; `decided({key: side})` when every line has its side, `rejected` to go on editing."""

    decided = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        theirs: str | Wording,
        lines: Sequence[Line],
        top: QWidget | None = None,
    ) -> None:
        """Show the lines below `top`; `sentence` says who saved when, `theirs` heads their version."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("conflictDialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self._words = Wording(theirs) if isinstance(theirs, str) else theirs
        both = "Both: every entry of either list"
        self._titles = {THEIRS: self._words.theirs, MINE: self._words.mine, BOTH: both}
        self._lines = list(lines)
        self.sides = {one.key: one.taken for one in lines}
        self.blocks: dict[str, Choice] = {}
        self.summary = ErrorSummary("conflictErrors")
        self.save_button = buttons.primary(self._words.save, "saveMerged", icon="save")
        self.back_button = buttons.outlined(self._words.back, "keepMine")
        self.chores = Chores(self)
        self._lay_out(title, sentence, top)
        self._connect()
        room = parent.window().size()
        self.resize(min(theme.px(880), room.width() - 40), min(theme.px(720), room.height() - 40))
        self._fill()

    def take_theirs(self) -> None:
        """Take every answer of theirs."""
        self._take_all(THEIRS)

    def take_mine(self) -> None:
        """Take every answer of mine."""
        self._take_all(MINE)

    def _take_all(self, side: str) -> None:
        for one in self._lines:
            self._choose(one.key, side)
            if one.key in self.blocks:
                self.blocks[one.key].show_side(side)

    def save(self) -> None:
        """Hand the decisions on, or say what is still to be chosen."""
        self.chores.finish()
        missing = {
            one.key: f"{one.label}: choose which to keep." for one in self._lines if not self.sides[one.key]
        }
        if missing:
            self.show_errors(missing)
            return
        self.summary.show_errors({})
        self.save_button.setEnabled(False)
        self.decided.emit(dict(self.sides))

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Say what stands against saving; an error of a line leads to it."""
        self.save_button.setEnabled(True)
        self.summary.show_errors({(key if key in self.sides else ""): text for key, text in errors.items()})
        fields.go_to(self.summary)

    def _choose(self, key: str, side: str) -> None:
        self.sides[key] = side
        self._count.setText(counted(self.sides.values()))

    def _go_to(self, key: str) -> None:
        fields.go_to(self.blocks[key].first())

    def _lay_out(self, title: str, sentence: str, top: QWidget | None) -> None:
        inside = QWidget()
        self._body = column(spacing=16, margins=24)
        self._count = labels.strong(counted(self.sides.values()))
        self._count.setWordWrap(True)
        self.theirs_button = buttons.outlined(self._words.take_theirs, "takeAllTheirs")
        self.mine_button = buttons.outlined(self._words.take_mine, "takeAllMine")
        quick = Flow(8)
        for button in (self.theirs_button, self.mine_button):
            quick.add(button)
        heading = labels.title(title)
        heading.setWordWrap(True)
        for part in (heading, labels.body(sentence), self.summary, top, self._count, quick):
            if part is not None:
                self._body.addWidget(part)
        inside.setLayout(self._body)
        foot = QFrame()
        theme.role(foot, "foot")
        foot.setLayout(row(None, self.back_button, self.save_button, margins=(24, 12, 24, 12)))
        whole = column(spacing=0)
        whole.addWidget(scrolled(inside, "conflictArea"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.summary.chosen.connect(self._go_to)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.back_button.clicked.connect(self.reject)
        self.theirs_button.clicked.connect(self.take_theirs)
        self.mine_button.clicked.connect(self.take_mine)

    def _fill(self) -> None:
        for group, lines in groupby(self._lines, key=lambda one: one.group):
            self.chores.add(partial(self._add_card, group, list(lines)))
        self.chores.add(self._finish)
        self.chores.begin()

    def _add_card(self, group: str, lines: list[Line]) -> None:
        card = Card(group)
        theme.scale(card.column, spacing=12)
        self._body.addWidget(card)
        self.chores.add(*(partial(self._add_line, card, one, one is not lines[0]) for one in lines))

    def _add_line(self, card: Card, one: Line, apart: bool) -> None:
        if apart:
            card.add(labels.line())
        block = Choice(one, self._titles, self.sides[one.key], self._words.heads)
        block.chosen.connect(self._choose)
        self.blocks[one.key] = block
        card.add(block)

    def _finish(self) -> None:
        """Let Tab come to the buttons last, and begin where a choice is needed."""
        self._body.addStretch(1)
        last = self.blocks[self._lines[-1].key].last() if self._lines else self.mine_button
        QWidget.setTabOrder(last, self.back_button)
        QWidget.setTabOrder(self.back_button, self.save_button)
        waiting = [key for key, side in self.sides.items() if not side]
        target = self.blocks[waiting[0]].first() if waiting else self.save_button
        fields.go_to(target)
