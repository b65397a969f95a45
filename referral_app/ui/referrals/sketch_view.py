"""The head sketch on the form: drawn by hand or put together by name, and said in words beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical import sketch, sketch_words
from referral_app.clinical.sketch import Mark
from referral_app.ui import theme
from referral_app.ui.referrals.control import Control
from referral_app.ui.referrals.heads_view import HeadsView
from referral_app.ui.referrals.sketch_places import SketchPlaces
from referral_app.ui.referrals.sketch_tools import SketchTools
from referral_app.ui.widgets import buttons, labels

ON_PAPER = "Sent on paper with this referral"
NOTHING = (
    "Nothing is drawn yet. Tap with one finger where the pain starts, then draw where it spreads. Going round a "
    "place marks all of it."
)
MISSED = "Tap on one of the heads: that spot lies beside it."
FULL = "The sketch is full. Undo something, or say the rest in words."
KEPT = "It is kept until you draw a new one."


class SketchControl(Control):
    """The whole editor; each stroke is one new value, so that it can be taken back here and with the form."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._value: Any = None
        self._before: list[Any] = []
        self._after: list[Any] = []
        self.tools = SketchTools()
        self.heads = HeadsView()
        self.words = labels.body(NOTHING)
        self.places = SketchPlaces()
        self.paper_button = buttons.outlined("It is sent on paper", "pain.sketch.on_paper", "fax")
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=8)
        for part in (self.tools, self.heads, self.words, self.places):
            column.addWidget(part)
        column.addWidget(self.paper_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.tools.chosen.connect(self._choose)
        self.tools.undo.clicked.connect(self.undo)
        self.tools.redo.clicked.connect(self.redo)
        self.tools.clear.clicked.connect(self.clear)
        self.tools.larger.toggled.connect(self.heads.enlarge)
        self.heads.drawn.connect(self._add)
        self.heads.missed.connect(self._miss)
        self.places.pointed.connect(self.heads.preview)
        self.places.put.connect(self._put)
        for target in self.targets():
            self.watch(target)

    # The value

    def read(self) -> Any:
        """Return the sketch; what came in and cannot be drawn is returned as it came."""
        return self._value

    def fill(self, value: Any) -> None:
        """Show a sketch; what was drawn here before it can be taken back no more, unless this is what it was."""
        if value == self._value:
            return
        if self._before and self._before[-1] == value:
            self._after.append(self._value)
            self._before.pop()
        elif self._after and self._after[-1] == value:
            self._before.append(self._value)
            self._after.pop()
        else:
            self._before, self._after = [], []
        self._value = value
        self._show()

    def _take(self, value: Any) -> None:
        """Take over a value that the user made, and say what it shows now."""
        self._value = value
        self._show()
        self.changed.emit()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.heads, self.words.text()))

    def _add(self, mark: Mark) -> None:
        self._change((*sketch.marks(self._value), mark))

    def _put(self) -> None:
        self._change(self.places.changed(sketch.marks(self._value)))

    def _change(self, marks: tuple[Mark, ...]) -> None:
        if not sketch.fits(marks):
            self._say(FULL)
            return
        value = sketch.made(marks)
        if value != self._value:
            self._before.append(self._value)
            self._after = []
            self._take(value)

    def undo(self) -> None:
        """Take the latest change back."""
        if self._before:
            self._after.append(self._value)
            self._take(self._before.pop())

    def redo(self) -> None:
        """Make a change again that was taken back."""
        if self._after:
            self._before.append(self._value)
            self._take(self._after.pop())

    def clear(self) -> None:
        """Take everything off the heads; Undo brings it back."""
        self._change(())

    def _choose(self, tool: int) -> None:
        self.heads.tool = tool

    # What is shown

    def _show(self) -> None:
        marks = sketch.marks(self._value)
        self.heads.show_marks(marks)
        self.words.setText(self._in_words(marks))
        self.paper_button.setVisible(self._value is None)
        for button, on in (
            (self.tools.undo, bool(self._before)),
            (self.tools.redo, bool(self._after)),
            (self.tools.clear, bool(marks)),
        ):
            self._enable(button, on)
        self._describe_heads()

    def _in_words(self, marks: tuple[Mark, ...]) -> str:
        if marks:
            return sketch_words.words(self._value)
        if self._value is None:
            return NOTHING
        return f"{sketch.problem(self._value) or sketch_words.UNDRAWN} {KEPT}"

    def _enable(self, button: QWidget, on: bool) -> None:
        """Let a button be pressed, or not; the focus goes on to the tools rather than to nowhere."""
        if not on and button.hasFocus():
            self.tools.tools[0].setFocus(Qt.FocusReason.OtherFocusReason)
        button.setEnabled(on)

    def _miss(self) -> None:
        self._say(MISSED)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.heads, words))

    # What assistive technology is told

    def targets(self) -> list[QWidget]:
        """Return what takes the focus, the tools first."""
        return [*self.tools.all(), *self.places.all(), self.paper_button]

    def call(self, name: str, path: str) -> None:
        """Name every part by the field and its words."""
        for button in (*self.tools.all(), self.places.button, self.paper_button):
            button.setAccessibleName(f"{name}: {button.text()}")
        for label, box in zip(self.places.labels, self.places.boxes(), strict=False):
            words = f"{name}: {label.text().lower()}"
            label.setAccessibleName(words)
            box.setAccessibleName(words)
        self.heads.setObjectName(f"{path}.heads")
        self.heads.setAccessibleName(f"{name}: heads to draw on")
        self.words.setObjectName(f"{path}.words")

    def describe(self, words: str) -> None:
        """Describe the first tool and the heads by what is drawn; the others are heard often enough."""
        self._description = words
        self._describe_heads()

    _description = ""

    def _describe_heads(self) -> None:
        said = f"{self._description} {self.words.text()}".strip()
        self.heads.setAccessibleDescription(said)
        self.tools.tools[0].setAccessibleDescription(said)
        self.places.button.setAccessibleDescription(self.words.text())
