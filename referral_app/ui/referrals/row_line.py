"""One closed row of a table in one line, painted: thirty of them stand there as quickly as one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from referral_app.ui import icons, theme
from referral_app.ui.widgets import buttons

SIDE, TOP, GAP, SMALL = 12, 6, 12, 12
STACKED = 340
"""Width at 100 % under which the details stand below the title."""
FIRST = 0.36
"""The part of the width that the title takes, so that titles and details stand in two columns."""
Part = tuple[QRect, int, str]
"""Where words stand, how they wrap, and the words."""
KEYS = "Enter opens it, Delete removes it, Alt+Up and Alt+Down move it."


class RowLine(QPushButton):
    """A row that is pressed to open it; Remove at its right end."""

    removed = Signal()

    def __init__(self, name: str) -> None:
        """Make it empty; `name` is the path of the row."""
        super().__init__()
        self._title = self._detail = ""
        self._known: dict[int, list[Part]] = {}
        self.setObjectName(f"{name}.edit")
        self.setAccessibleDescription(KEYS)
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.remove_button = buttons.tool("close", "Remove", f"{name}.remove")
        icons.put(self.remove_button, "close", 16, "muted")
        self.remove_button.setParent(self)
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remove_button.clicked.connect(self.removed)

    def show_words(self, what: str, title: str, detail: str) -> None:
        """Show a row; `what` says which one, such as "treatment 3"."""
        if (title, detail) != (self._title, self._detail):
            self._title, self._detail = title, detail
            self._known.clear()
            self.updateGeometry()
            self.update()
        self.setAccessibleName(f"Edit {what}: " + ", ".join(part for part in (title, detail) if part))
        self.remove_button.setAccessibleName(f"Remove {what}")

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, Space or F2, remove with Delete; arrows go to the table."""
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self.removed.emit()
        elif event.key() in buttons.ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    # Size and paint

    def _parts(self, width: int) -> list[Part]:
        """Return where the words stand in a line of that width; it is measured once."""
        if width not in self._known:
            self._known[width] = self._measure(width)
        return self._known[width]

    def _measure(self, width: int) -> list[Part]:
        left, top = theme.px(SIDE), theme.px(TOP)
        room = max(width - left - theme.px(SIDE) - self._button_width(), theme.px(60))
        if not self._detail:
            return [_part(left, top, room, self._title, True)]
        if room < theme.px(STACKED):
            first = _part(left, top, room, self._title, True)
            return [first, _part(left, first[0].bottom() + 1, room, self._detail, False)]
        wide = round(room * FIRST) - theme.px(GAP)
        second = left + wide + theme.px(GAP)
        return [
            _part(left, top, wide, self._title, True),
            _part(second, top, left + room - second, self._detail, False),
        ]

    def _button_width(self) -> int:
        return self.remove_button.sizeHint().width() + theme.px(GAP)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words."""
        bottom = max(rect.bottom() + 1 for rect, _, _ in self._parts(width))
        return max(bottom + theme.px(TOP), theme.px(36))

    def sizeHint(self) -> QSize:
        """Return the size at the usual width."""
        return QSize(theme.px(500), self.heightForWidth(theme.px(500)))

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(theme.px(200), theme.px(36))

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the zoom changes."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._known.clear()
            self.updateGeometry()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep Remove at the right end of the first line."""
        size = self.remove_button.sizeHint()
        top = max((theme.px(36) - size.height()) // 2, 1)
        self.remove_button.setGeometry(
            self.width() - size.width() - theme.px(6), top, size.width(), size.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words on a surface with a hairline around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.setBrush(theme.color("accent_soft" if self.underMouse() or self.isDown() else "surface"))
        edge = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, theme.px(8), theme.px(8))
        for at, (rect, flags, words) in enumerate(self._parts(self.width())):
            painter.setPen(theme.color("muted" if at else "text"))
            painter.setFont(theme.font(SMALL if at else theme.BODY, bold=not at))
            painter.drawText(rect, flags, words)
        painter.end()


def _part(x: int, y: int, width: int, words: str, bold: bool) -> Part:
    """Return the place of words; they wrap between words, and inside of one that is wider than the line."""
    measures = QFontMetrics(theme.font(theme.BODY if bold else SMALL, bold))
    wide = any(len(word) > 12 and measures.horizontalAdvance(word) > width for word in words.split())
    flags = int(Qt.TextFlag.TextWrapAnywhere if wide else Qt.TextFlag.TextWordWrap)
    height = measures.boundingRect(QRect(0, 0, width, 100_000), flags, words).height()
    return QRect(x, y, width, max(height, measures.height())), flags, words
