"""Typing a passphrase, and choosing one: twice, with a sentence that says whether it is taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from referral_app.ui import theme
from referral_app.ui.fields import Field
from referral_app.ui.widgets.passphrase_line import line

__all__ = ["ADVICE", "NewPassphrase", "Shown", "line"]

ADVICE = "Three or four words that do not belong together are easy to keep and hard to guess."


class Shown(QCheckBox):
    """Shows what was typed into some lines, or hides it."""

    def __init__(self, name: str, *lines: QLineEdit) -> None:
        """Make it for these lines, which are hidden."""
        super().__init__("Show the passphrase")
        self.setObjectName(name)
        self._lines = lines
        self.toggled.connect(self._toggle)

    def _toggle(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for one in self._lines:
            one.setEchoMode(mode)


class NewPassphrase(QWidget):
    """A passphrase and the same again; `problems` says why it is not taken, "" where it is."""

    changed = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.first, self.second = line("passphrase"), line("passphraseAgain")
        self.blocks = {
            "passphrase": Field("Passphrase", self.first, ADVICE),
            "again": Field("The same passphrase again", self.second),
        }
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=14)
        for block in self.blocks.values():
            column.addWidget(block)
        column.addWidget(Shown("showPassphrase", self.first, self.second))
        self._known: tuple[str, ...] = ()
        self.first.textChanged.connect(self._typed)
        self.second.textChanged.connect(self._typed)

    def know(self, *words: str) -> None:
        """Take the name and login, which a passphrase must not be made of."""
        self._known = words

    def text(self) -> str:
        """Return the passphrase as it was typed."""
        return self.first.text()

    def problems(self) -> dict[str, str]:
        """Return what is wrong, a sentence a field."""
        from referral_app.jobs.people import passphrase_problem

        self.blocks["passphrase"].set_hint(ADVICE)
        if weak := passphrase_problem(self.first.text(), *self._known):
            return {"passphrase": weak}
        if self.first.text() != self.second.text():
            return {"again": "The two are not the same. Type it once more."}
        return {}

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()

    def _typed(self) -> None:
        """Say whether it is taken while it is being typed, and take errors away."""
        from referral_app.jobs.people import passphrase_problem

        typed = self.first.text()
        said = passphrase_problem(typed, *self._known) if typed else ADVICE
        self.blocks["passphrase"].set_hint(said or "This passphrase is good.")
        for block in self.blocks.values():
            block.set_error("")
        self.changed.emit()
