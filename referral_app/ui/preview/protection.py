"""Whether files of the document open with a password alone: asked twice, and kept nowhere."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QWidget

from referral_app.ui import fields
from referral_app.ui.fields import Field
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import LineEdit

SHORTEST = 8
HINT = "At least 8 characters. It is kept nowhere: tell it to the reader on the phone, not in the same mail."


class Protection(QWidget):
    """A tick and, where it is set, the password twice; paper is never protected."""

    def __init__(self) -> None:
        """Make it without a password."""
        super().__init__()
        self.setObjectName("previewProtection")
        self.tick = QCheckBox("Password for files")
        self.tick.setObjectName("protectTick")
        self.first, self.second = LineEdit("protectPassword"), LineEdit("protectAgain")
        for box in (self.first, self.second):
            box.setEchoMode(QLineEdit.EchoMode.Password)
        self.block = Field("Password of the file", self.first, HINT)
        self.again = Field("The same password again", self.second)
        self._why = labels.muted("For saving, opening, copying and dragging. Paper is never protected.")
        lines = column(spacing=8)
        for part in (self.tick, self.block, self.again, self._why):
            lines.addWidget(part)
        self.setLayout(lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.tick.toggled.connect(self._follow)
        self._follow(False)

    def forget(self) -> None:
        """Forget the password and protect nothing."""
        self.tick.setChecked(False)
        self._follow(False)

    def password(self) -> str | None:
        """Return the password, "" where files are not protected, None where it is wrong, which is said then."""
        if not self.tick.isChecked():
            return ""
        first, second = self.first.text(), self.second.text()
        short = len(first) < SHORTEST
        self.block.set_error(f"Take at least {SHORTEST} characters." if short else "")
        differ = not short and first != second
        self.again.set_error("The two passwords are not the same." if differ else "")
        if short or differ:
            fields.go_to(self.first if short else self.second)
            return None
        return first

    def _follow(self, ticked: bool) -> None:
        for part in (self.block, self.again):
            part.setVisible(ticked)
            part.set_error("")
        self._why.setVisible(ticked)
        if not ticked:
            self.first.clear()
            self.second.clear()
