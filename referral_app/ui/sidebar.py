"""The sidebar: the pages by name, folded to icons where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from referral_app.choices import InstallationMode
from referral_app.ui import icons, theme
from referral_app.ui.pages import PAGES, place
from referral_app.ui.widgets import labels

WIDE, NARROW = 208, 64
AT_THE_FOOT = ("settings",)


class Sidebar(QFrame):
    """One button for each page; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it wide, with nothing chosen."""
        super().__init__(parent)
        self.setObjectName("sidebar")
        theme.role(self, "sidebar")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._labels: dict[str, str] = {}
        self._folded = False
        self._logo, self._name = QLabel(), _name()
        column = QVBoxLayout(self)
        theme.scale(column, margins=(10, 16, 10, 12), spacing=4)
        column.addWidget(self._head())
        for one in PAGES:
            if one.key in AT_THE_FOOT:
                column.addStretch(1)
            if one.label:
                column.addWidget(self._button(one.key, one.label, one.icon))
        self.fold(False)

    def select(self, key: str) -> None:
        """Mark a page as the current one, or that from which it is reached; none for a page of neither kind."""
        key = (place(key).below if key else "") or key
        if key in self._buttons:
            with QSignalBlocker(self._buttons[key]):
                self._buttons[key].setChecked(True)

    def show_mode(self, mode: InstallationMode) -> None:
        """Name the office page after who uses this installation."""
        center = mode is InstallationMode.HEADACHE_CENTER
        self._labels["office"] = "Headache Center" if center else "Our office"
        self.fold(self._folded)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or icons with words."""
        self._folded = folded
        theme.scale(self, width=NARROW if folded else WIDE)
        self._name.setVisible(not folded)
        for key, button in self._buttons.items():
            label = self._labels[key]
            button.setText("" if folded else f"  {label}")
            button.setAccessibleName(label)
            button.setToolTip(label if folded else "")

    def draw(self) -> None:
        """Draw the logo for the zoom in use."""
        self._logo.setPixmap(icons.logo(32))

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        theme.scale(row, margins=(6, 0, 0, 14), spacing=10)
        self._logo.setAccessibleName("Headache Center")
        row.addWidget(self._logo)
        row.addWidget(self._name, 1)
        self.draw()
        return head

    def _button(self, key: str, label: str, icon: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(f"nav_{key}")
        button.setProperty("page", key)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        theme.role(button, "nav")
        icons.put(button, icon, 20, "muted", on="accent")
        button.pressed.connect(self._pressed)
        button.toggled.connect(self._toggled)
        button.clicked.connect(self._clicked)
        self._group.addButton(button)
        self._buttons[key], self._labels[key] = button, label
        return button

    _told = False

    def _pressed(self) -> None:
        self._told = False

    def _toggled(self, on: bool) -> None:
        """Go there at once: assistive technology toggles a button without clicking it."""
        if on:
            self._told = True
            self._choose()

    def _clicked(self) -> None:
        if not self._told:
            self._choose()

    def _choose(self) -> None:
        button = self._group.checkedButton()
        if button:
            self.chosen.emit(button.property("page"))


def _name() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    theme.scale(column, margins=0, spacing=0)
    column.addWidget(labels.strong("Headache Center"))
    second = labels.muted("Referral desk")
    second.setWordWrap(False)
    column.addWidget(second)
    return made
