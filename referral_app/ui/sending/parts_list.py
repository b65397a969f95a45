"""What goes out and in which order: a tick for each part, moved up and down by buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QToolButton, QWidget

from referral_app.services.send_records import ATTACHMENTS, part_label
from referral_app.ui.widgets import buttons
from referral_app.ui.widgets.card import column, row

LETTER, COVER = "letter", "fax_cover"


@dataclass(frozen=True)
class _Line:
    """One part with its controls."""

    widget: QWidget
    tick: QCheckBox
    up: QToolButton
    down: QToolButton


class PartsList(QWidget):
    """The letter always goes; `changed` when parts or their order are others."""

    changed = Signal()

    def __init__(self, parts: Sequence[str], files: int) -> None:
        """Offer these parts, all ticked; `files` is how many the attached ones are."""
        super().__init__()
        self.setObjectName("sendParts")
        self.order = list(parts)
        self._lines = {part: self._line(part, files) for part in parts}
        self._column = column(spacing=2)
        self.setLayout(self._column)
        self._lay_out()

    def parts(self) -> tuple[str, ...]:
        """Return what goes, in its order."""
        return tuple(part for part in self.order if self._lines[part].tick.isChecked())

    def tick_of(self, part: str) -> QCheckBox | None:
        """Return the tick of a part, None where it is not offered."""
        line = self._lines.get(part)
        return line.tick if line else None

    def with_cover(self, wanted: bool) -> None:
        """Let the fax cover sheet go or stay: only a fax has one."""
        tick = self.tick_of(COVER)
        if tick is not None:
            tick.setChecked(wanted)

    def shift(self, part: str, step: int) -> None:
        """Move a part up (-1) or down (1)."""
        at = self.order.index(part)
        to = at + step
        if 0 <= to < len(self.order):
            self.order[at], self.order[to] = self.order[to], self.order[at]
            self._lay_out()
            line = self._lines[part]
            pressed = line.up if step < 0 else line.down
            (pressed if pressed.isEnabled() else line.down if step < 0 else line.up).setFocus()
            self.changed.emit()

    def _line(self, part: str, files: int) -> _Line:
        words = part_label(part)
        if part == ATTACHMENTS:
            words = f"{words} ({files})"
        tick = QCheckBox(f"{words}, always" if part == LETTER else words)
        tick.setObjectName(f"sendPart_{part}")
        tick.setChecked(True)
        tick.setEnabled(part != LETTER)
        tick.toggled.connect(self.changed)
        up = buttons.tool("up", f"Move up: {words}", f"sendUp_{part}")
        down = buttons.tool("down", f"Move down: {words}", f"sendDown_{part}")
        for button, step in ((up, -1), (down, 1)):
            button.setProperty("part", part)
            button.setProperty("step", step)
            button.clicked.connect(self._pressed)
        holder = QWidget()
        line = row(tick, up, down, spacing=4)
        line.setStretch(0, 1)
        holder.setLayout(line)
        return _Line(holder, tick, up, down)

    def _pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QToolButton):
            self.shift(str(pressed.property("part")), int(pressed.property("step")))

    def _lay_out(self) -> None:
        before: QWidget | None = None
        for number, part in enumerate(self.order):
            line = self._lines[part]
            self._column.removeWidget(line.widget)
            self._column.insertWidget(number, line.widget)
            line.up.setEnabled(number > 0)
            line.down.setEnabled(number < len(self.order) - 1)
            for control in (line.tick, line.up, line.down):
                if before is not None:
                    QWidget.setTabOrder(before, control)
                before = control
