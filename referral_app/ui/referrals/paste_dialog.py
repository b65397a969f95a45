"""The dialog in which a pasted list is confirmed: each line beside what was understood of it."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from referral_app.clinical import pasted
from referral_app.clinical.fields import Field
from referral_app.clinical.pasted import Line, State
from referral_app.ui import theme
from referral_app.ui.chores import Chores
from referral_app.ui.framed import Framed
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.draft import Draft, Sheet
from referral_app.ui.referrals.flow import LinesLayout
from referral_app.ui.referrals.pasted_line import PastedLine
from referral_app.ui.widgets import buttons, labels

AT_ONCE = 2
"""How many lines are read and shown before keys and paints get their turn."""
BLOCK = 16
"""How many lines are laid out together: Qt would measure all of them anew for each one that comes."""


class PasteDialog(Framed):
    """The lines of a list, each to take over, to change or to leave; `taken` carries the first new row's number."""

    taken = Signal(int)

    def __init__(self, field: Field, path: str, draft: Draft, text: str, parent: QWidget) -> None:
        """Read a text that is not refused into rows of a table, which stands at a path of the draft."""
        super().__init__(
            parent,
            "pasteDialog",
            f"{field.label}: check the list",
            "Each line stands beside what was understood of it. Tick what belongs here and change what is wrong. "
            "Nothing is taken over without a tick.",
        )
        self._field, self._path, self._draft = field, path, draft
        here: Any = draft.get(path)
        self._rows = cast("list[dict[str, Any]]", here) if isinstance(here, list) else []
        self._scratch = Draft(Sheet("", {}), self)
        self._values: list[dict[str, Any]] = []
        self._names: set[str] = set()
        self._is_focused = False
        self._blocks: list[LinesLayout] = []
        self.lines: list[PastedLine] = []
        self._count = labels.strong("")
        self._list = QVBoxLayout()
        theme.scale(self._list, spacing=8)
        self.body.addWidget(self._count)
        self.body.addLayout(self._list)
        self.cancel_button = buttons.outlined("Cancel", "pasteCancel")
        self.cancel_button.clicked.connect(self.reject)
        self.take_button = buttons.primary("Take over", "pasteTake")
        self.take_button.setDefault(True)
        self.take_button.clicked.connect(self.take)
        self.lay_out((760, 700), None, self.cancel_button, self.take_button)
        self.chores = Chores(self)
        self._reading = True
        self._waiting = pasted.lines(text, field.name)
        self.chores.add(self._some)
        self.chores.done.connect(self._all_there)
        self.chores.begin()

    def _some(self) -> None:
        """Read and show the next few lines."""
        some = list(islice(self._waiting, AT_ONCE))
        for line in some:
            self._add(line)
            self._focus(self._ticked()[:1])
        self._reading = bool(some)
        if some:
            self.chores.add(self._some)
        self._show_count()

    def _add(self, line: Line) -> None:
        number = len(self.lines)
        values = dict(line.values) or {pasted.NAMES[self._field.name]: " ".join(line.shown.split())}
        self._values.append(values)
        answers.put(self._scratch.intake, self._path, self._values)  # without an act to undo
        known = self._known(line)
        made = PastedLine(self._field, f"{self._path}[{number}]", self._scratch, line, known)
        made.changed.connect(self._show_count)
        made.opened.connect(partial(self._opened, made))
        self.lines.append(made)
        self._block().add(made)

    def _block(self) -> LinesLayout:
        """Return the layout that takes the next line; it knows the heights of the lines before."""
        if (len(self.lines) - 1) % BLOCK == 0:
            block = QWidget()
            self._blocks.append(LinesLayout(block, gap=8))
            self._list.addWidget(block)
        return self._blocks[-1]

    def _known(self, line: Line) -> str:
        """Return where the same stands already; "" where it does not."""
        if line.state not in (State.ROW, State.STOPPED):
            return ""
        at = pasted.present(line, self._field.name, self._rows)
        if at >= 0:
            return f"Already in row {at + 1} of the table"
        name = pasted.key(line, self._field.name)
        again = bool(name) and name in self._names
        self._names.add(name)
        return "Twice in this list" if again else ""

    def _opened(self, which: PastedLine) -> None:
        self._is_focused = True
        for line in self.lines:
            if line is not which:
                line.close_editor()
        self._scroll_to(which)

    def _scroll_to(self, which: QWidget) -> None:
        QApplication.sendPostedEvents()
        if area := self.findChild(QScrollArea):
            area.ensureWidgetVisible(which, 0, theme.px(16))

    def _all_there(self) -> None:
        """Tick "none" where the list says nothing else and the table is empty."""
        states = {line.line.state for line in self.lines}
        if State.NONE in states and State.ROW not in states and self._field.none and not self._rows:
            next(one for one in self.lines if one.line.state is State.NONE).tick.setChecked(True)
        self._show_count()
        self._focus((self._ticked() or self.lines)[:1])
        if at := self.focusWidget():
            self._scroll_to(at)

    def _focus(self, first: list[PastedLine]) -> None:
        """Begin at a line, once: the buttons below are there before the lines, and Qt would begin at Cancel."""
        if first and not self._is_focused:
            first[0].tick.setFocus()
            self._is_focused = True

    def _ticked(self) -> list[PastedLine]:
        return [line for line in self.lines if line.tick.isChecked()]

    def _show_count(self) -> None:
        ticked = len(self._ticked())
        what = "1 line" if len(self.lines) == 1 else f"{len(self.lines)} lines"
        self._count.setText(f"{what}, {ticked} of them ticked")
        words = "Take over 1 line" if ticked == 1 else f"Take over {ticked} lines"
        self.take_button.setText(words)
        self.take_button.setAccessibleName(words)
        self.take_button.setEnabled(bool(ticked) and not self._reading)

    def take(self) -> None:
        """Add the ticked lines to the table, or its word for "none"."""
        ticked = self._ticked()
        nothing = [line for line in ticked if line.line.state is State.NONE]
        if nothing and self._field.none:
            self._take_none(len(ticked) > len(nothing))
            return
        rows = [line.values() for line in ticked]
        with self._draft.act(f"the pasted list of {self._field.label.lower()}"):
            self._draft.put(self._path, [*self._rows, *(row for row in rows if answers.begun(row))])
        self.accept()  # first, as it gives the focus back
        self.taken.emit(len(self._rows))

    def _take_none(self, others: bool) -> None:
        if others or self._rows:
            self.show_errors(
                {"": f"“{self._field.none_label}” cannot stand beside rows. Untick one or the other."}
            )
            return
        self._draft.put(self._path, self._field.none)
        self.accept()
        self.taken.emit(0)
