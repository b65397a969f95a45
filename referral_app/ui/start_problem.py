"""A window that says why the application cannot start."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from referral_app.ui import icons, theme
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row


class StartProblem(QDialog):
    """One plain sentence and a button that closes."""

    def __init__(self, sentence: str) -> None:
        """Make it."""
        super().__init__()
        self.setObjectName("startProblem")
        self.setWindowTitle("Headache Center referral desk")
        self.setWindowIcon(QIcon(icons.logo(64)))
        column = QVBoxLayout(self)
        theme.scale(column, margins=24, spacing=16)
        words = labels.body(sentence)
        theme.scale(words, min_width=360)
        column.addLayout(
            row(
                labels.picture("review", 32, "warning"),
                labels.heading("The referral desk cannot open"),
                None,
                spacing=12,
            )
        )
        column.addWidget(words)
        close = buttons.primary("Close", "closeProblem")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        column.addLayout(row(None, close))
        theme.dress(self)


def show(app: QApplication, sentence: str) -> int:
    """Show it until it is closed; return exit status 2: something that the user can correct."""
    dialog = StartProblem(sentence)
    dialog.show()
    app.exec()
    return 2
