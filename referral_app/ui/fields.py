"""Forms: one dictionary {name: widget}, one way to fill it, one to read it, and a labeled block for each field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from referral_app.ui import theme
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.inputs import Checks, ChoiceBox, Radios
from referral_app.ui.widgets.lookup import Several

Widgets = Mapping[str, QWidget]


def fill(widgets: Widgets, values: Mapping[str, Any] | object) -> None:
    """Show values (a mapping, or an object with such attributes) in the widgets of a form."""
    for name, widget in widgets.items():
        if isinstance(values, Mapping):
            write(widget, cast(Mapping[str, Any], values).get(name))
        else:
            write(widget, getattr(values, name, None))


def read(widgets: Widgets) -> dict[str, Any]:
    """Return the values of the widgets of a form; text without the spaces around it."""
    return {name: value_of(widget) for name, widget in widgets.items()}


def write(widget: QWidget, value: Any) -> None:
    """Show one value."""
    match widget:
        case QLineEdit():
            widget.setText("" if value is None else str(value))
        case QPlainTextEdit():
            widget.setPlainText("" if value is None else str(value))
        case QCheckBox():
            widget.setChecked(value is True)
        case ChoiceBox() | Radios():
            widget.set_value(_choice(value))
        case Checks() | Several():
            widget.set_values(value or ())
        case QSpinBox():
            widget.setValue(value or widget.minimum())
        case _:
            raise TypeError(f"No way to fill a {type(widget).__name__}")


def value_of(widget: QWidget) -> Any:
    """Return one value."""
    match widget:
        case QLineEdit():
            return widget.text().strip()
        case QPlainTextEdit():
            return widget.toPlainText().strip()
        case QCheckBox():
            return widget.isChecked()
        case ChoiceBox() | Radios():
            return widget.value()
        case Checks():
            return widget.values()
        case Several():
            return widget.values()
        case QSpinBox():
            return widget.value()
        case _:
            raise TypeError(f"No way to read a {type(widget).__name__}")


def connect_changes(widgets: Widgets, slot: Any) -> None:
    """Call a slot whenever the user changes any of the widgets."""
    for widget in widgets.values():
        match widget:
            case QLineEdit() | QPlainTextEdit():
                widget.textChanged.connect(slot)
            case QCheckBox():
                widget.toggled.connect(slot)
            case ChoiceBox():
                widget.currentIndexChanged.connect(slot)
            case Radios() | Checks() | Several():
                widget.changed.connect(slot)
            case QSpinBox():
                widget.valueChanged.connect(slot)
            case _:
                raise TypeError(f"No way to follow a {type(widget).__name__}")


def change_of(widget: QWidget) -> Any:
    """Return the signal by which a field says that it was changed, None where it has none."""
    names = "changed", "textChanged", "toggled", "currentIndexChanged", "valueChanged"
    return next((getattr(widget, name) for name in names if hasattr(widget, name)), None)


def first_in_sight(blocks: Mapping[str, Field], names: Collection[str]) -> Field | None:
    """Return which of some fields stands first from above among those in sight."""
    shown = [blocks[name] for name in names if name in blocks and blocks[name].isVisible()]
    return min(shown, key=lambda block: block.mapTo(block.window(), QPoint()).y(), default=None)


def _choice(value: Any) -> str:
    """Return a choice as its stored value; a yes or no of JSON too."""
    return (
        {True: "yes", False: "no", None: ""}.get(value, str(value))
        if isinstance(value, bool | None)
        else str(value)
    )


class Field(QWidget):
    """A label above its input, "(optional)" in words, a hint, and the error of this field with icon and text."""

    def __init__(self, label: str, widget: QWidget, hint: str = "", optional: bool = False) -> None:
        """Bind label and input, so that a screen reader says the one with the other."""
        super().__init__()
        self.widget = widget
        self._hint_text = hint
        self._optional = optional
        self._label = QLabel(_shown_label(label, optional))
        theme.role(self._label, "label")
        self._label.setBuddy(widget)
        self._hint: QLabel | None = None
        self._error: _ErrorLine | None = None
        self._name(label)
        self._column = column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=4)
        self._line = _beside(widget)
        column.addWidget(self._label)
        column.addLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_hint(hint)

    def put_beside(self, widget: QWidget) -> None:
        """Put something right of the input, such as a way back to what is usual."""
        theme.scale(self._line, spacing=12)
        self._line.insertWidget(1, widget)

    def set_label(self, label: str, optional: bool = False) -> None:
        """Show another label: what is asked depends on an answer beside it."""
        self._optional = optional
        self._label.setText(_shown_label(label, optional))
        self.widget.setAccessibleName(label)

    def set_error(self, sentence: str) -> None:
        """Show the error beside the field, or take it away; its line is made when there is a first one."""
        if sentence and self._error is None:
            self._error = _ErrorLine()
            self._column.insertWidget(self._column.count() - 1, self._error)
        if self._error is not None:
            self._error.say(sentence)
            self.widget.setProperty("wrong", "true" if sentence else "false")
            theme.role(self.widget, self.widget.property("role") or "")
        words = [
            self._hint_text,
            "" if self._optional else "Required.",
            f"Error: {sentence}" if sentence else "",
        ]
        self.widget.setAccessibleDescription(" ".join(word for word in words if word))

    def error(self) -> str:
        """Return the error shown, or ""."""
        return self._error.text() if self._error else ""

    def set_hint(self, hint: str) -> None:
        """Show another hint, such as the echo of a date."""
        self._hint_text = hint
        if hint and self._hint is None:
            self._hint = labels.muted("")
            self._column.insertWidget(1, self._hint)
        if self._hint is not None:
            self._hint.setText(hint)
            self._hint.setVisible(bool(hint))
        self.set_error(self.error())

    def _name(self, label: str) -> None:
        if isinstance(self.widget, Radios | Checks):
            self.widget.set_says(label)
        elif not self.widget.accessibleName():
            self.widget.setAccessibleName(label)


def _shown_label(label: str, optional: bool) -> str:
    return label.replace("&", "&&") + (" (optional)" if optional else "")


class _ErrorLine(QWidget):
    """The error of a field: icon and words."""

    def __init__(self) -> None:
        super().__init__()
        self._words = labels.muted("")
        theme.role(self._words, "error")
        row = QHBoxLayout(self)
        theme.scale(row, margins=0, spacing=6)
        row.addWidget(labels.picture("emergency", 16, "emergency"))
        row.addWidget(self._words, 1)

    def say(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setVisible(bool(sentence))

    def text(self) -> str:
        return self._words.text()


def _beside(widget: QWidget) -> QHBoxLayout:
    """Keep a widget of fixed width at the left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 100)
    if {"width", "max_width"} & set(widget.property("sizes") or ()):
        row.addStretch(1)
    return row


def show_errors(blocks: Mapping[str, Field], errors: Mapping[str, str]) -> None:
    """Show each error beside its field and take away those that are mended."""
    for name, block in blocks.items():
        block.set_error(errors.get(name, ""))


def first(widget: QWidget) -> QWidget:
    """Return what of a field takes the focus: of choices the one that is chosen, else the first that is offered."""
    if not isinstance(widget, Radios):
        return widget
    chosen = (one for one in widget.buttons.values() if one.isChecked())
    offered = (one for one in widget.buttons.values() if not one.isHidden())
    return next(chosen, next(offered, widget))


def go_to(widget: QWidget) -> None:
    """Give a field the focus and scroll it into sight."""
    widget.setFocus()
    see(widget)


def see(widget: QWidget, around: QWidget | None = None) -> None:
    """Scroll a widget into sight, in every area that it lies in, or in those around one that has scrolled already."""
    parent: QObject | None = (around or widget).parent()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, theme.px(24), theme.px(64))
        parent = parent.parent()
