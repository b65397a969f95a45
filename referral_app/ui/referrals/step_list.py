"""The list of steps at the left: icon and state word for each; folded, icons alone with their names."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QVBoxLayout, QWidget

from referral_app.clinical.check import Check
from referral_app.clinical.intake import INTAKE, STEPS
from referral_app.ui import icons, theme
from referral_app.ui.referrals import answers
from referral_app.ui.referrals.check_panel import waiting
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.widgets.states import STATES, TONES

WIDE, NARROW = 200, 60


class StepButton(QAbstractButton):
    """One step: its state as icon and words, its name."""

    def __init__(self, number: int) -> None:
        """Make the button of a step."""
        super().__init__()
        self.number = number
        self._state, self._words = "", "Not started"
        self._folded = self._hover = False
        self.setCheckable(True)
        self._name = STEPS[number - 1]
        self.setText(self._name)
        self.setObjectName(f"stepButton{number}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.scale(self, min_height=32, max_height=52)
        self.show_state("", "Not started")

    def show_state(self, state: str, words: str) -> None:
        """Show another state."""
        self._state, self._words = state, words
        said = f"Step {self.number}, {self._name}: {words}"
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self.setToolTip(said)
            self.update()

    def fold(self, folded: bool) -> None:
        """Show the icon alone, or everything."""
        self._folded = folded
        self.setText("" if folded else self._name)
        self.update()

    def words(self) -> str:
        """Return the state in words."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return the size by what is shown."""
        return QSize(theme.px(NARROW - 12 if self._folded else WIDE - 16), theme.px(52))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tint under the mouse."""
        self._hover = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        """End the tint."""
        self._hover = False
        self.update()

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw ground, icon, name and state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self._hover:
            painter.setPen(QPen(theme.color("accent"), 1) if self.isChecked() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))
        self._draw_state(painter)
        if not self._folded:
            self._draw_words(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))

    def _draw_state(self, painter: QPainter) -> None:
        side = theme.px(20)
        low = self.height() < theme.px(46)
        left = (self.width() - side) // 2 if self._folded else theme.px(12)
        top = theme.px(7) if self._folded and not low else (self.height() - side) // 2
        if self._state:
            icon, tone = STATES[self._state]
            painter.drawPixmap(left, top, icons.pixmap(icon, 20, TONES[tone]))
        else:
            painter.setPen(QPen(theme.color("border"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = theme.px(3)
            painter.drawEllipse(QRect(left, top, side, side).adjusted(inset, inset, -inset, -inset))
        if not self._folded or low:
            return
        painter.setFont(theme.font(12, bold=self.isChecked()))
        painter.setPen(theme.color("text"))
        below = QRect(0, theme.px(27), self.width(), theme.px(20))
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), str(self.number))

    def _draw_words(self, painter: QPainter) -> None:
        left, width = theme.px(42), self.width() - theme.px(48)
        middle, tall = self.height() // 2, theme.px(18)
        for top, font, color, words in (
            (middle - tall, theme.font(13, bold=True), "text", f"{self.number}  {self._name}"),
            (middle + 1, theme.font(12), "muted", self._words),
        ):
            painter.setFont(font)
            painter.setPen(theme.color(color))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(left, top, width, tall), int(Qt.AlignmentFlag.AlignVCenter), shown)


class StepList(QFrame):
    """The six steps; `chosen` carries the number of the one pressed."""

    chosen = Signal(int)

    def __init__(self) -> None:
        """Make it unfolded."""
        super().__init__()
        self.setObjectName("stepList")
        self.setAccessibleName("Steps")
        self._group = QButtonGroup(self)
        self.buttons = [StepButton(number) for number in range(1, len(STEPS) + 1)]
        inner = QWidget()
        theme.role(inner, "page")
        column = QVBoxLayout(inner)
        theme.scale(column, margins=(8, 16, 4, 16), spacing=4)
        for button in self.buttons:
            self._group.addButton(button, button.number)
            column.addWidget(button)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        outer = QVBoxLayout(self)
        theme.scale(outer, margins=0)
        outer.addWidget(self._area)
        self._group.idToggled.connect(self._toggled)
        self.folded = False
        self.fold(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the step that is shown in sight."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_current)

    def _show_current(self) -> None:
        button = self._group.checkedButton()
        if button is not None:
            self._area.ensureWidgetVisible(button)

    def fold(self, folded: bool) -> None:
        """Show icons alone, or names and states too."""
        self.folded = folded
        theme.scale(self, width=NARROW if folded else WIDE)
        for button in self.buttons:
            button.fold(folded)

    def show_step(self, number: int) -> None:
        """Mark the step that is shown."""
        with QSignalBlocker(self._group):
            self.buttons[number - 1].setChecked(True)
        self._area.ensureWidgetVisible(self.buttons[number - 1])

    def _toggled(self, number: int, on: bool) -> None:
        if on:
            self.chosen.emit(number)

    def show_check(self, draft: Draft) -> None:
        """Show the state of each step."""
        for button in self.buttons:
            button.show_state(*state_of(button.number, draft))


def state_of(step: int, draft: Draft) -> tuple[str, str]:
    """Return the state of a step and its words."""
    check: Check = draft.check
    if any(answers.step_of(line.field) == step and line.status == "emergency" for line in check.emergency):
        return "emergency", "Has an emergency"
    missing = sum(answers.step_of(line.field) == step for line in waiting(check))
    names = [group.name for group in INTAKE if group.step == step]
    if missing and not any(answers.begun(draft.intake.get(name)) for name in names):
        return "", "Not started"
    return ("missing", f"{missing} missing") if missing else ("ok", "Complete")
