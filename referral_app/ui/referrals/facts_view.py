"""The computed values at the top of the live check: each with its unit, and its formula below it when pressed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from referral_app.clinical import formulas
from referral_app.clinical.fields import Values
from referral_app.clinical.formulas import Computed, Explained
from referral_app.clinical.intake import find
from referral_app.ui import icons, theme
from referral_app.ui.rule_sources import source
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.buttons import ARROWS

COLUMNS = 2
ROLES = {"medication_overuse": "review"}
"""Values of which a Yes is for review."""


class FactsView(QWidget):
    """The values, two beside each other; `wanted` carries the path of an answer that one waits for."""

    wanted = Signal(str)

    def __init__(self) -> None:
        """Make them without values."""
        super().__init__()
        self._values: Values = {}
        self._open = ""
        self.facts = {one.key: FactButton(one) for one in formulas.ALL}
        self._grid = QGridLayout(self)
        theme.scale(self._grid, horizontal=8, vertical=0, margins=0)
        for number, (key, button) in enumerate(self.facts.items()):
            button.setProperty("fact", key)
            button.clicked.connect(self._pressed)
            self._grid.addWidget(button, number // COLUMNS * 2, number % COLUMNS)
            self._grid.setColumnStretch(number % COLUMNS, 1)
        self.formula = Formula()
        self.formula.wanted.connect(self.wanted)
        self.formula.setParent(self)
        self.formula.hide()

    def show_values(self, values: Values) -> None:
        """Show the values of an intake with its computed values; only what changed is drawn anew."""
        self._values = values
        for key, button in self.facts.items():
            button.show_words(formulas.say(key, values["computed"]))
        if self._open:
            self.formula.show_explained(formulas.explain(self._open, values))

    def explain(self, key: str) -> None:
        """Show the formula of a value below its line, or none where it is shown already."""
        self._open = "" if key == self._open else key
        for name, button in self.facts.items():
            button.setChecked(name == self._open)
        self._grid.removeWidget(self.formula)
        if self._open:
            line = list(self.facts).index(key) // COLUMNS
            self._grid.addWidget(self.formula, line * 2 + 1, 0, 1, COLUMNS)
            told = formulas.explain(key, self._values)
            self.formula.show_explained(told)
            self.facts[key].setAccessibleDescription(told.text)
        self.formula.setVisible(bool(self._open))

    def tab_stops(self) -> list[QWidget]:
        """Return the values in their order, each formula's link behind its own."""
        found: list[QWidget] = []
        for key, button in self.facts.items():
            found += [button, self.formula.go] if key == self._open else [button]
        return found

    def _pressed(self) -> None:
        self.explain(str(self.sender().property("fact")))


class FactButton(QAbstractButton):
    """A label above its value; pressed, it shows the formula."""

    def __init__(self, one: Computed) -> None:
        """Show a value that is not computed yet."""
        super().__init__()
        self._one, self._words = one, ""
        self.setObjectName(f"computed.{one.key}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip("Shows how this is computed")
        self.show_words("–")

    @property
    def words(self) -> str:
        """The value as it is shown."""
        return self._words

    def show_words(self, words: str) -> None:
        """Show a value; nothing is drawn anew where it is the same."""
        if words != self._words:
            self._words = words
            said = "not computed yet" if words == "–" else words
            self.setAccessibleName(f"{self._one.label}: {said}")
            self.setAccessibleDescription("Press to hear how this is computed")
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of two lines."""
        return QSize(theme.px(140), 2 * self.fontMetrics().height() + theme.px(8))

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(theme.px(60), self.sizeHint().height())

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Explain with ? and Enter as with the space bar; the arrow keys scroll."""
        if e.key() in ARROWS:
            e.ignore()
        elif e.text() == "?" or e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(e)

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw label, value, whether the formula is shown, and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, left, wide = self.fontMetrics().height(), theme.px(4), self.width() - theme.px(26)
        mark = icons.pixmap("up" if self.isChecked() else "down", 14, "muted")
        painter.drawPixmap(self.width() - theme.px(18), theme.px(5), mark)
        fitted = self.fontMetrics().elidedText(
            self._one.short or self._one.label, Qt.TextElideMode.ElideRight, wide
        )
        painter.setPen(theme.color("muted"))
        painter.drawText(left, theme.px(4), wide, high, 0, fitted)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        alarmed = self._one.key in ROLES and self._words == "Possible"
        painter.setPen(theme.color("warning" if alarmed else "text"))
        painter.drawText(left, theme.px(4) + high, self.width() - 2 * left, high, 0, self._words)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)


class Formula(QFrame):
    """How a value comes about, or what it waits for with a way there."""

    wanted = Signal(str)

    def __init__(self) -> None:
        """Make it without words."""
        super().__init__()
        theme.role(self, "card")
        self.setObjectName("computed.formula")
        self._path = ""
        self.text, self._source = labels.body(""), labels.muted("")
        self.text.setObjectName("computed.formula.text")
        self.go = buttons.link("", "computed.formula.go")
        self.go.clicked.connect(self._go)
        column = QVBoxLayout(self)
        theme.scale(column, margins=8, spacing=4)
        for widget in (self.text, self._source, self.go):
            column.addWidget(widget)

    def show_explained(self, told: Explained) -> None:
        """Show a formula."""
        if self.text.text() != told.text:
            self.text.setText(told.text)
        self._source.setText(f"Source: {source(told.source)}")
        self._path = told.wanted[0] if told.wanted else ""
        self.go.setVisible(bool(self._path))
        if self._path:
            self.go.setText(f"Go to {find(self._path).label}")

    def _go(self) -> None:
        self.wanted.emit(self._path)
