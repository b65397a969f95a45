"""Inputs that a form is made of, beyond Qt's own."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from referral_app.choices import Choice
from referral_app.ui import theme
from referral_app.ui.widgets.flow import Flow

Options = type[Choice] | Iterable[tuple[str, str]]


def pairs(options: Options) -> list[tuple[str, str]]:
    """Return (value, label) pairs of an enum or of pairs."""
    if isinstance(options, type):
        return [(str(one), one.label) for one in options]
    return [(str(value), label) for value, label in options]


class LineEdit(QLineEdit):
    """One line; `chars` is about how long an answer is, which gives its width."""

    def __init__(self, name: str, says: str = "", chars: int = 0) -> None:
        """Make it with an object name and, where no label block gives one, an accessible name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self._wide = max(56, chars * 9 + 24) if chars else 0
        if chars:
            theme.scale(self, max_width=self._wide)

    def sizeHint(self) -> QSize:
        """Return the width of the longest usual answer."""
        hint = super().sizeHint()
        return QSize(theme.px(self._wide), hint.height()) if self._wide else hint

    def minimumSizeHint(self) -> QSize:
        """Return a width that still shows some letters, for narrow windows and large text."""
        return QSize(min(theme.px(72), self.sizeHint().width()), super().minimumSizeHint().height())


class NumberBox(QSpinBox):
    """A whole number between two others."""

    def __init__(self, name: str, least: int, most: int) -> None:
        """Make it with its bounds; a field gives it the name that is spoken."""
        super().__init__()
        self.setObjectName(name)
        self.setRange(least, most)
        theme.scale(self, min_width=100, max_width=140)
        self.lineEdit().setTextMargins(theme.px(8), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: it scrolls, and changes no number by the way."""
        event.ignore()


class TextArea(QPlainTextEdit):
    """Several lines; Tab leaves it; `changed` like textChanged."""

    def __init__(self, name: str, says: str = "", rows: int = 3) -> None:
        """Make it some rows high."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setTabChangesFocus(True)
        theme.scale(self, height=rows * 19 + 16)


class ChoiceBox(QComboBox):
    """A drop-down list of an enum or of pairs; its first entry means "not answered"."""

    def __init__(self, name: str, options: Options, says: str = "", empty: str | None = "Choose…") -> None:
        """Make it; `empty` None leaves the first entry out."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.set_options(options, empty)

    def set_options(self, options: Options, empty: str | None = "Choose…") -> None:
        """Offer other options, keeping the answer where it is among them."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        if empty is not None:
            self.addItem(empty, "")
        for value, label in pairs(options):
            self.addItem(label, value)
        self.set_value(before)
        self.blockSignals(False)

    def value(self) -> str:
        """Return the value chosen, or ""."""
        return self.currentData() or ""

    def set_value(self, value: str) -> None:
        """Choose a value; one that is not offered is added, so that nothing is lost."""
        at = self.findData(str(value or ""))
        if at < 0 and value:
            self.addItem(str(value), str(value))
            at = self.count() - 1
        self.setCurrentIndex(max(at, 0) if self.count() else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change an answer."""
        event.ignore()


class _Options(QWidget):
    """Radio buttons or check boxes that flow, with one name for the group."""

    changed = Signal()

    def __init__(
        self, name: str, options: Options, says: str, kind: type[QRadioButton] | type[QCheckBox]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.flow = Flow(18, lines=4)  # their rows belong together, closer than to what stands below
        self.buttons: dict[str, QRadioButton | QCheckBox] = {}
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=0)
        column.addWidget(self.flow)
        for value, label in pairs(options):
            button = kind(label)
            button.setObjectName(f"{name}_{value}")
            button.toggled.connect(self._changed)
            self.buttons[value] = button
            self.flow.add(button)
        first = next(iter(self.buttons.values()), None)
        if first:
            self.setFocusProxy(first)

    def set_says(self, says: str) -> None:
        """Name the group; each button says it too, since a reader may land on any of them."""
        self.setAccessibleName(says)
        for button in self.buttons.values():
            button.setAccessibleName(f"{says}: {button.text()}")

    def _changed(self) -> None:
        self.changed.emit()


class Radios(_Options):
    """One of a few, all in sight; pressing the chosen one again takes the answer back."""

    def __init__(self, name: str, options: Options, says: str = "") -> None:
        """Make it with nothing chosen."""
        super().__init__(name, options, says, QRadioButton)
        self._group = QButtonGroup(self)
        for button in self.buttons.values():
            self._group.addButton(button)
        self.set_says(says) if says else None

    def value(self) -> str:
        """Return the value chosen, or ""."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose a value, or none."""
        self._group.setExclusive(False)
        for one, button in self.buttons.items():
            button.setChecked(one == str(value or ""))
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the answer back with Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_value("")
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        if self._group.exclusive():
            sender = self.sender()
            if isinstance(sender, QRadioButton) and not sender.isChecked() and self.value():
                return
        self.changed.emit()


class Checks(_Options):
    """Any of a few."""

    def __init__(self, name: str, options: Options, says: str = "") -> None:
        """Make it with nothing ticked."""
        super().__init__(name, options, says, QCheckBox)
        self.set_says(says) if says else None

    def values(self) -> list[str]:
        """Return the values ticked, in their order."""
        return [value for value, button in self.buttons.items() if button.isChecked()]

    def set_values(self, values: Iterable[str]) -> None:
        """Tick these values."""
        wanted = {str(value) for value in values}
        for value, button in self.buttons.items():
            button.setChecked(value in wanted)
