"""Lines around the attachments: what the surgeon wants, and what is said of files on their way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from referral_app.choices import AttachmentKind
from referral_app.clinical.documents_wanted import Wanted
from referral_app.ui import theme
from referral_app.ui.referrals.attaching import ADDED, READING, REFUSED, Item
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row

_STATES = {READING: ("clock", "muted", "reading…"), REFUSED: ("missing", "emergency", "not added")}


class Lines(QWidget):
    """Lines with an icon, words and buttons, drawn anew only when something in them changed."""

    def __init__(self, name: str, title: str = "") -> None:
        """Make it empty and hidden."""
        super().__init__()
        self.setObjectName(name)
        self.title = labels.strong(title)
        self._column = QVBoxLayout(self)
        theme.scale(self._column, margins=0, spacing=4)
        self._column.addWidget(self.title)
        self.title.setVisible(
            bool(title)
        )  # once it has its place: by itself it would be a window for a moment
        self._lines: list[QWidget] = []
        self._shown: object = ()
        self.hide()

    def show_lines(self, key: object, makers: Sequence[Callable[[], QWidget]]) -> bool:
        """Show lines; `key` tells whether they are others than before. Return whether they are."""
        if key == self._shown:
            return False
        self._shown = key
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [make() for make in makers]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(self._lines))
        return True

    def lines(self) -> list[QWidget]:
        """Return the lines in their order."""
        return list(self._lines)


class WantedLines(Lines):
    """What the surgeon's office wants enclosed: there, still missing, or not available because."""

    add = Signal(object)
    lack = Signal(object)
    go = Signal(int)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("attachmentsWanted", "Documents wanted")

    def show_wanted(self, who: str, wanted: Sequence[Wanted]) -> bool:
        """Show the documents; return whether anything changed."""
        self.title.setText(f"What {who} wants")
        return self.show_lines(
            (who, tuple(wanted)), [partial(self._line, at, one) for at, one in enumerate(wanted)]
        )

    def _line(self, at: int, one: Wanted) -> QWidget:
        name = f"attachmentsWanted.{at}"
        if one.row >= 0 and not one.why:
            go = _link("Show", f"{name}.show", f"Show {one.name}", partial(self.go.emit, one.row))
            return _line("ok", "ok", f"{one.name}: there", [go])
        add = _link("Add file…", f"{name}.add", f"Add {one.name}", partial(self.add.emit, one))
        if one.why:
            change = _link(
                "Change", f"{name}.change", f"Change why: {one.name}", partial(self.lack.emit, one)
            )
            return _line("gap", "warning", f"{one.name}: not available, because {one.why}", [add, change])
        lack = _link(
            "Not available…", f"{name}.lack", f"{one.name} is not available", partial(self.lack.emit, one)
        )
        must = "still missing (must-have)" if one.is_must else "still missing"
        return _line("missing", "emergency" if one.is_must else "warning", f"{one.name}: {must}", [add, lack])


class FileNotes(Lines):
    """What is said of files: being read, refused and why, and what a file may be by its name."""

    dismissed = Signal(object)
    chosen = Signal(int, str)
    wanted = Signal(int)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__("attachmentNotes")

    def show_notes(
        self, items: Sequence[Item], unnamed: Sequence[tuple[int, str, AttachmentKind | None]], problem: str
    ) -> bool:
        """Show what is to be said; return whether anything changed."""
        key = problem, tuple((id(one), one.state, one.words) for one in items), tuple(unnamed)
        makers: list[Callable[[], QWidget]] = []
        if problem:
            makers.append(partial(_line, "missing", "emergency", problem, []))
        makers += [partial(self._item, at, one) for at, one in enumerate(items)]
        makers += [partial(self._unnamed, *one) for one in unnamed]
        return self.show_lines(key, makers)

    def _item(self, at: int, item: Item) -> QWidget:
        name = item.source.name
        if item.state == ADDED:
            icon, color, words = "note", "accent", item.words
        else:
            icon, color, state = _STATES.get(item.state, ("clock", "muted", "waits"))
            words = f"{state}. {item.words}" if item.words else state
        verb = "Cancel" if item.state == READING else "Dismiss"
        act = _link(
            verb, f"attachmentNotes.{at}.dismiss", f"{verb} {name}", partial(self.dismissed.emit, item)
        )
        return _line(icon, color, f"{name}: {words}", [act])

    def _unnamed(self, number: int, name: str, kind: AttachmentKind | None) -> QWidget:
        at = f"attachmentNotes.row{number}"
        if kind is None:
            what = _link(
                "Say what it is", f"{at}.edit", f"Say what {name} is", partial(self.wanted.emit, number)
            )
            return _line("help", "accent", f"{name}: what is it?", [what])
        yes = _link(
            "Yes", f"{at}.yes", f"Yes, {name} is: {kind.label}", partial(self.chosen.emit, number, str(kind))
        )
        no = _link("Something else", f"{at}.edit", f"Say what {name} is", partial(self.wanted.emit, number))
        return _line("help", "accent", f"{name}: by its name “{kind.label}”. Is it?", [yes, no])


def _link(words: str, name: str, says: str, act: Callable[[], object]) -> QPushButton:
    button = buttons.link(words, name)
    button.setAccessibleName(says)
    button.clicked.connect(act)
    return button


def _line(icon: str, color: str, words: str, acts: Sequence[QPushButton]) -> QWidget:
    line = QWidget()
    said, picture = labels.body(words), labels.picture(icon, 16, color)
    said.setWordWrap(True)
    parts = row(picture, said, *acts, spacing=8)
    parts.setStretch(1, 1)
    parts.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
    line.setLayout(parts)
    return line
