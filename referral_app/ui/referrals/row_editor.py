"""The open row of a table: its fields, and the keys that go through them and on to the next row."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from referral_app.clinical import pasted
from referral_app.clinical.fields import Field, Kind
from referral_app.ui import theme
from referral_app.ui.referrals import answers, controls
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.field_view import FieldView
from referral_app.ui.referrals.group_view import Fields, plain
from referral_app.ui.referrals.name_control import KNOWN, NameControl
from referral_app.ui.referrals.row_filling import RowFilling
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row
from referral_app.ui.widgets.enter_key import KEYS as ENTER


def asked(table: Field) -> tuple[Field, ...]:
    """Return what a person is asked of a row, in the order of the screen.

    A checksum is made with the file, never typed; a treatment begins with its name, which fills in its class.
    """
    fields = [field for field in table.fields if field.name != "sha256"]
    if table.name == "treatments":
        fields.sort(key=lambda field: field.name != "name")
    return tuple(fields)


class RowEditor(QFrame):
    """The fields of one row below each other; Enter goes to the next field and, in the last one, to the next row."""

    left = Signal()
    changed = Signal()
    done = Signal()
    """Done was pressed, or Esc."""
    wanted = Signal()
    """The next row is wanted: Enter in the last field, or Ctrl+Enter in any."""
    removed = Signal()
    pasted = Signal(str)

    def __init__(self, table: Field, what: str, path: str, draft: Draft, remove: str = "Remove") -> None:
        """Show the row that the draft holds at a path; `what` says which one, such as "treatment 3"."""
        super().__init__()
        self.path, self._draft = path, draft
        self._filling = RowFilling(table.name, path, draft)
        self.setAccessibleName(what.capitalize())
        theme.role(self, "card")
        column = QVBoxLayout(self)
        theme.scale(column, margins=12, spacing=12)
        self.fields = Fields(asked(table), f"{path}.", draft, self._make)
        column.addWidget(self.fields)
        self._note = labels.muted("")
        self._note.hide()
        column.addWidget(self._note)
        column.addLayout(self._foot(what, remove))

    def _foot(self, what: str, remove: str) -> QHBoxLayout:
        done = buttons.outlined("Done", f"{self.path}.done")
        done.setAccessibleName(f"Done with {what}")
        done.setToolTip("Done (Esc)")
        done.clicked.connect(self.done)
        away = buttons.link(remove, f"{self.path}.remove")
        away.setAccessibleName(f"{remove} {what}")
        away.clicked.connect(self.removed)
        return row(done, None, away)

    def _make(self, field: Field, path: str) -> QWidget:
        names = KNOWN.get(plain(path))
        control = NameControl(names) if names else controls.make(field, compact=True)
        view = FieldView(field, path, self._draft, control)
        view.control.changed.connect(self._row_changed)
        view.left.connect(self.left)
        for edit in (*view.findChildren(QLineEdit), *view.findChildren(QPlainTextEdit)):
            edit.installEventFilter(self)
        return view

    def _row_changed(self) -> None:
        for name in self._filling.follow():
            for view in self.views():
                if view.path == f"{self.path}.{name}":
                    view.load()
        self._note.setText(self._filling.note())
        self._note.setVisible(bool(self._note.text()))
        self.fields.refresh()
        self.changed.emit()

    def load(self) -> None:
        """Show what the draft holds now."""
        self.fields.load()

    # Its fields

    def views(self) -> list[FieldView]:
        """Return the views of its fields, those of groups inside it included."""
        return _views(self.fields)

    def empty(self) -> bool:
        """Tell whether nothing of the row is answered."""
        return not answers.begun(self._draft.get(self.path))

    def current(self) -> FieldView | None:
        """Return the field that has the focus."""
        focus = QApplication.focusWidget()
        return next((view for view in self.views() if focus and view.isAncestorOf(focus)), None)

    def current_name(self) -> str:
        """Return the name of the field that has the focus, "" where none of this row has it."""
        view = self.current()
        return view.field.name if view is not None else ""

    def focus_name(self, name: str = "") -> None:
        """Put the focus into the field of that name, into the first one where it is hidden or none is named."""
        shown = self._shown()
        wanted = [view for view in shown if view.field.name == name]
        if wanted or shown:
            (wanted or shown)[0].take_focus()

    def _shown(self) -> list[FieldView]:
        return [view for view in self.views() if view.isVisibleTo(self)]

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a pasted list, and let Enter go on from a longer text too."""
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = cast(QKeyEvent, event)
        if key.matches(QKeySequence.StandardKey.Paste):
            text = QApplication.clipboard().text()
            if pasted.several(text) and not _takes_lines(watched, self.current()):
                self.pasted.emit(text)
                return True
        if isinstance(watched, QPlainTextEdit) and key.key() in ENTER and not _held(key):
            self._go_on()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, to the next row with Ctrl+Enter, and leave the row with Esc."""
        if event.key() in ENTER and _held(event) == Qt.KeyboardModifier.ControlModifier:
            self.wanted.emit()
        elif event.key() in ENTER and not _held(event) and self.current() is not None:
            self._go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        """Go to the next field; from the last one, and from the first of an empty row, to the next row."""
        shown, current = self._shown(), self.current()
        at = shown.index(current) if current in shown else -1
        if at + 1 >= len(shown) or (at == 0 and self.empty()):
            self.wanted.emit()
        else:
            shown[at + 1].take_focus()


def _views(fields: Fields) -> list[FieldView]:
    found: list[FieldView] = []
    for at in range(fields.layout().count()):  # pyright: ignore[reportOptionalMemberAccess]
        item: Any = fields.layout().itemAt(at)  # pyright: ignore[reportOptionalMemberAccess]
        widget = item.widget()
        if isinstance(widget, FieldView):
            found.append(widget)
        else:
            found.extend(view for group in widget.findChildren(Fields) for view in _views(group))
    return found


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def _takes_lines(watched: QObject, view: FieldView | None) -> bool:
    """Tell whether a text takes several lines for itself."""
    return isinstance(watched, QPlainTextEdit) and view is not None and view.field.kind is Kind.LONG_TEXT
