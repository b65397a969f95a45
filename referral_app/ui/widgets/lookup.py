"""Choosing from far more than a list can show: one types, and picks from what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import clear, column, row
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.rows import RowButton
from referral_app.ui.widgets.search_box import SearchBox

SHOWN = 6
"""So many of what was found stand below the line; more letters find fewer."""


@dataclass(frozen=True)
class Hit:
    """Something to choose: its id, its name, and what tells it from others of that name."""

    id: str
    title: str
    detail: str = ""


Answer = Callable[[str, Sequence[Hit]], None]
Find = Callable[[str, Answer], None]
"""Looks for a text and answers with it and what was found, now or later."""


class SearchPick(QWidget):
    """A line to type in with what was found below it; `chosen(hit)`."""

    chosen = Signal(object)

    def __init__(self, name: str, says: str, hint: str, icon: str) -> None:
        """Make it; `look` has to be set before anything can be found."""
        super().__init__()
        self.look: Find | None = None
        self._name, self._icon = name, icon
        self._hits: list[Hit] = []
        self.line = SearchBox(says, f"{name}Search", hint)
        self.line.setToolTip("Type, then choose with Down and Enter")
        self._found = column(spacing=0)
        self._rows: list[RowButton] = []
        lines = column(spacing=4)
        lines.addWidget(self.line)
        lines.addLayout(self._found)
        self.setLayout(lines)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._ask)
        self.line.entered.connect(self._first)
        self.line.down.connect(self._enter)

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Show what was found, unless something else is typed by now."""
        if text != self.line.text().strip():
            return
        self._clear()
        self._hits = list(hits[:SHOWN])
        for number, hit in enumerate(self._hits):
            made = RowButton(f"{self._name}Hit{number}", str(number), self._icon, hit.title, hit.detail)
            made.clicked.connect(self._choose)
            self._rows.append(made)
            self._found.addWidget(made)
        if not hits:
            self._found.addWidget(labels.muted("Nothing found. Type other words."))
        before: QWidget = self.line
        for one in self._rows:
            QWidget.setTabOrder(before, one)
            before = one

    def tab_stops(self) -> list[QWidget]:
        """Return the line and what was found."""
        return [self.line, *self._rows]

    def _ask(self, text: str) -> None:
        words = text.strip()
        if words and self.look:
            self.look(words, self.show_hits)
        else:
            self._clear()

    def _first(self) -> None:
        if self._hits:
            self._take(self._hits[0])

    def _enter(self) -> None:
        if self._rows:
            self._rows[0].setFocus()

    def _choose(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self._take(self._hits[int(pressed.value)])

    def _take(self, hit: Hit) -> None:
        self.line.clear()
        self.chosen.emit(hit)

    def _clear(self) -> None:
        self._hits, self._rows = [], []
        clear(self._found)


class Lookup(QWidget):
    """One thing chosen by searching; `changed` when it is another one or none."""

    changed = Signal()

    def __init__(self, name: str, says: str, hint: str, icon: str, needed: bool = False) -> None:
        """Make it with nothing chosen; what is `needed` can be replaced, but not removed."""
        super().__init__()
        self.setObjectName(name)
        self._hit: Hit | None = None
        self._says = says
        self.pick = SearchPick(name, says, hint, icon)
        self._title, self._detail = labels.strong(""), labels.muted("")
        self._title.setWordWrap(True)
        self.other_button = buttons.link("Choose another", f"{name}Other")
        self.none_button = buttons.link("Remove", f"{name}None")
        words = column(spacing=0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self._chosen = QWidget()
        line = row(words, self.other_button, self.none_button, spacing=12)
        line.setStretch(0, 1)
        self._chosen.setLayout(line)
        lines = column(spacing=0)
        lines.addWidget(self._chosen)
        lines.addWidget(self.pick)
        self.setLayout(lines)
        self.pick.chosen.connect(self._take)
        self.other_button.clicked.connect(self._search)
        self.none_button.clicked.connect(self._drop)
        self.none_button.setHidden(needed)
        self.set_hit(None)

    def hit(self) -> Hit | None:
        """Return what is chosen."""
        return self._hit

    def set_hit(self, hit: Hit | None) -> None:
        """Choose something, or nothing."""
        self._hit = hit
        self._title.setText(hit.title if hit else "")
        self._detail.setText(hit.detail if hit else "")
        self._detail.setVisible(bool(hit and hit.detail))
        self.other_button.setAccessibleName(f"{self._says}: choose another than {hit.title if hit else ''}")
        self.none_button.setAccessibleName(f"{self._says}: remove {hit.title if hit else ''}")
        self._chosen.setVisible(hit is not None)
        self.pick.setVisible(hit is None)
        self.setFocusProxy(self.pick if hit is None else self.other_button)

    def _take(self, hit: Hit) -> None:
        self.set_hit(hit)
        self.other_button.setFocus()
        self.changed.emit()

    def _search(self) -> None:
        self.pick.show()
        self.pick.line.setFocus()

    def _drop(self) -> None:
        self.set_hit(None)
        self.pick.line.setFocus()
        self.changed.emit()


class Several(QWidget):
    """Any number of things chosen by searching, each a button that removes it again."""

    changed = Signal()

    def __init__(self, name: str, says: str, hint: str, icon: str) -> None:
        """Make it with nothing chosen."""
        super().__init__()
        self.setObjectName(name)
        self._name = name
        self._chosen: list[tuple[str, str]] = []
        self._flow = Flow(6)
        self.pick = SearchPick(name, says, hint, icon)
        lines = column(spacing=8)
        lines.addWidget(self._flow)
        lines.addWidget(self.pick)
        self.setLayout(lines)
        self.setFocusProxy(self.pick)
        self.pick.chosen.connect(self._take)
        self._show()

    def values(self) -> tuple[tuple[str, str], ...]:
        """Return id and name of each chosen, in their order."""
        return tuple(self._chosen)

    def set_values(self, values: Iterable[tuple[str, str]]) -> None:
        """Choose these."""
        self._chosen = list(dict(values).items())
        self._show()

    def _take(self, hit: Hit) -> None:
        if hit.id not in dict(self._chosen):
            self._chosen.append((hit.id, hit.title))
        self._show()
        self.pick.line.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        self._flow.clear()
        before: QWidget | None = None
        for number, (_, title) in enumerate(self._chosen):
            button = buttons.outlined(title, f"{self._name}Remove{number}", icon="close")
            button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            button.setAccessibleName(f"Remove {title}")
            button.setToolTip(f"Remove {title}")
            button.setProperty("at", number)
            button.clicked.connect(self._remove)
            self._flow.add(button)
            QWidget.setTabOrder(before, button) if before else None
            before = button
        if before is not None:
            QWidget.setTabOrder(before, self.pick.line)
        self._flow.setVisible(bool(self._chosen))

    def _remove(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            del self._chosen[sender.property("at")]
            self._show()
            self.pick.line.setFocus()
            self.changed.emit()
