"""What a list or page shows when there is nothing: why, and one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.ui import icons, theme
from referral_app.ui.widgets import buttons, labels


class EmptyState(QWidget):
    """An icon, a sentence and at most one button; `acted` is emitted when it is pressed."""

    acted = Signal()

    def __init__(
        self, icon: str, sentence: str, hint: str = "", button: str = "", name: str = "empty"
    ) -> None:
        """Make it; `name` is the object name, its button's is `nameButton`."""
        super().__init__()
        self.setObjectName(name)
        self._icon = labels.picture(icon, 40, "muted")
        self._sentence, self._hint = labels.heading(sentence), labels.muted(hint)
        self._sentence.setWordWrap(True)
        self.button = buttons.outlined(button, f"{name}Button")
        self.button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        theme.scale(column, margins=24, spacing=8)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)  # words that wrap get the whole width, or their lines are cut
        column.addWidget(self._hint)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        for label in (self._sentence, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            theme.scale(label, min_width=280)
        self.say(icon, sentence, hint, button)

    def say(self, icon: str, sentence: str, hint: str = "", button: str = "") -> None:
        """Say something else."""
        icons.put(self._icon, icon, 40, "muted")
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(sentence)
