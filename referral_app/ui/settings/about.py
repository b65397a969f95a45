"""What this program is, which versions it runs on, and where its files are."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtGui import QGuiApplication

from referral_app import __version__
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row

NOTE = (
    "The clinical rules are a draft: they need a clinician’s sign-off before they are used for real patients. "
    "No text of this program says who is eligible for an operation."
)


class AboutCard(Card):
    """Versions and places, to read and to copy; never anything about a patient."""

    def __init__(self, desk: Desk) -> None:
        """Make it."""
        super().__init__("About")
        self._desk = desk
        self.add(labels.body(facts(desk)))
        self.add(labels.muted(NOTE))
        copy = buttons.outlined("Copy for a support question", "copyDiagnostics", "copy")
        copy.clicked.connect(self._copy)
        self.add(row(copy, None))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(facts(self._desk))


def facts(desk: Desk) -> str:
    """Return versions and folders, one a line."""
    lines = [
        f"Headache Center referral desk {__version__}",
        f"Python {platform.python_version()}, Qt {PySide6.__version__}, {platform.system()} {platform.release()}",
        f"Data: {desk.paths.data_dir}",
    ]
    return "\n".join(lines)
