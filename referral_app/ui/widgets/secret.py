"""A secret that is shown once: large groups to write down, and a copy that leaves the clipboard again."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from referral_app.ui import theme

CLEAR_MS = 30_000
MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"text",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
}
"""What tells the clipboard histories of KDE, macOS and Windows to keep nothing of it, as KeePassXC marks it."""


class Secret(QLabel):
    """The secret in large letters; a screen reader spells it."""

    def __init__(self, name: str) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.role(self, "secret")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_groups(self, secret: str, says: str, in_a_line: int = 4) -> None:
        """Show groups that hyphens part, so many a line."""
        groups = secret.split("-")
        lines = [groups[at : at + in_a_line] for at in range(0, len(groups), in_a_line)]
        self.setText("\n".join(" – ".join(line) for line in lines))
        self.setAccessibleName(f"{says}: {', '.join(' '.join(group) for group in groups)}")


def copy(secret: str) -> None:
    """Put a secret into the clipboard, marked as one, and take it out again after half a minute."""
    data = QMimeData()
    data.setText(secret)
    for kind, mark in MARKS.items():
        data.setData(kind, mark)
    QGuiApplication.clipboard().setMimeData(data)
    _Clearing(secret).start()


class _Clearing(QObject):
    """Empties the clipboard while the secret is still in it; outlives the dialog that copied."""

    def __init__(self, secret: str) -> None:
        super().__init__(QApplication.instance())
        self._secret = secret

    def start(self) -> None:
        QTimer.singleShot(CLEAR_MS, self._clear)

    def _clear(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._secret:
            clipboard.clear()
        self.deleteLater()
