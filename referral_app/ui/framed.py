"""The frame that dialogs share: a title, errors on top, what scrolls, and buttons at the foot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from referral_app.services.errors import InvalidInput
from referral_app.ui import fields, theme
from referral_app.ui.fields import Field
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.scroll import scrolled


class Framed(QDialog):
    """A dialog with a scrolling body; `blocks` are its fields by the names that services refuse them by."""

    def __init__(self, parent: QWidget, name: str, title: str, sentence: str = "") -> None:
        """Make it without a body; `lay_out` gives it one."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.blocks: dict[str, Field] = {}
        self._errors: dict[str, str] = {}
        self._watched: set[str] = set()
        self._seen: QWidget = self
        self._seeing = QTimer(self, singleShot=True, interval=0)
        self._seeing.timeout.connect(self._see)
        self.summary = ErrorSummary(f"{name}Errors")
        self.summary.chosen.connect(self._go_to)
        self.body: QVBoxLayout = column(spacing=16, margins=24)
        heading, words = labels.title(title), labels.body(sentence)
        heading.setWordWrap(True)
        if not sentence:  # what has no place yet is never shown: it would be a window for a moment
            words.hide()
        for part in (heading, words, self.summary):
            self.body.addWidget(part)
        self._room = parent.window().size()
        self._size = (0, 1)
        FocusBack(self)

    def lay_out(self, size: tuple[int, int], *buttons_at_foot: QPushButton | None) -> None:
        """Let the body scroll above its buttons; `size` is that at 100 %, as far as the window has room.

        A height of 0 is that of what stands in the dialog: for one whose fields stay the same while it is open.
        """
        inside, foot = QWidget(), QFrame()
        if not any(self.body.stretch(at) for at in range(self.body.count())):
            self.body.addStretch(1)  # else a list takes the room
        inside.setLayout(self.body)
        theme.role(foot, "foot")
        foot.setLayout(row(*buttons_at_foot, margins=(24, 12, 24, 12)))
        whole = column(spacing=0)
        whole.addWidget(scrolled(inside, f"{self.objectName()}Area"), 1)
        whole.addWidget(foot)
        self.setLayout(whole)
        for button in filter(None, buttons_at_foot):
            _give_key(button)
        self._size, self._foot = size, foot
        self._take_size()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height of what stands in it only now: before, nothing has its fonts and edges yet."""
        super().showEvent(event)
        if not self._size[1]:
            self._take_size()
            QTimer.singleShot(
                0, self, self._take_size
            )  # what wraps knows its height only once it has its width

    def _take_size(self) -> None:
        wide = min(theme.px(self._size[0]), self._room.width() - 40)
        tall = theme.px(self._size[1]) or self._needed(wide)
        self.resize(wide, min(tall, self._room.height() - 40))

    def _needed(self, wide: int) -> int:
        """Return the height of all that stands in it at a width."""
        body = max(self.body.totalHeightForWidth(wide), self.body.totalMinimumSize().height())
        return body + self._foot.sizeHint().height() + 2

    def close_with(
        self, size: tuple[int, int], yes: QPushButton, no: QPushButton, *left: QPushButton
    ) -> None:
        """Lay it out with a button that accepts beside one that rejects, and others at the left of the foot."""
        yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self.lay_out(size, *left, None, no, yes)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show errors beside their fields, and all on top; the focus goes to the first field that is wrong.

        Once a field is changed, its error goes away.
        """
        order = list(self.blocks)
        told = sorted(errors, key=lambda name: order.index(name) if name in self.blocks else -1)
        self._errors = {(name if name in self.blocks else ""): errors[name] for name in told}
        fields.show_errors(self.blocks, errors)
        self.summary.show_errors(self._errors, focus=False)
        if not errors:
            return
        if not self._size[1]:  # the errors take room too
            self._take_size()
        self._watch(errors)
        wrong = fields.first_in_sight(self.blocks, errors)
        self._seen = wrong or self.summary
        fields.go_to(fields.first(wrong.widget) if wrong else self.summary)
        self._seeing.start()

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        if not isinstance(error, InvalidInput):
            raise error
        self.show_errors(error.fields)

    def _go_to(self, name: str) -> None:
        if name in self.blocks:
            fields.go_to(fields.first(self.blocks[name].widget))

    def _see(self) -> None:
        """Scroll what is wrong into sight, once the errors have their place."""
        fields.see(self._seen)

    def _watch(self, names: Iterable[str]) -> None:
        """Follow the fields that are wrong."""
        for name in names:
            if name not in self.blocks or name in self._watched:
                continue
            self._watched.add(name)
            if (changed := fields.change_of(self.blocks[name].widget)) is not None:
                changed.connect(self._mend)

    def _mend(self) -> None:
        """Take away the error of the field that was changed."""
        sender = self.sender()
        mended = [name for name in self._errors if name and self.blocks[name].widget is sender]
        for name in mended:
            self.blocks[name].set_error("")
            del self._errors[name]
        if mended:
            self.summary.show_errors(self._errors, focus=False)


def _give_key(button: QPushButton) -> None:
    """Let Ctrl+Enter press the main button from any field, and let the button say so; none that destroys has it."""
    if button.property("role") != "primary":
        return
    button.setShortcut("Ctrl+Return")
    if not button.toolTip():
        button.setToolTip("Ctrl+Enter")
