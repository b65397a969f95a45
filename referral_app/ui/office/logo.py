"""The logo of the letterhead in the form: chosen from a file, shown as it is kept, and removed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from referral_app.jobs import logos
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, theme
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row

WIDE, TALL = 180, 60


class LogoBlock(QWidget):
    """The logo with its buttons; `changed` when it is another one or none."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Show that there is none."""
        super().__init__()
        self._desk = desk
        self.png: bytes | None = None
        self.picture = QLabel()
        self.choose_button = buttons.outlined("Choose a logo…", "officeLogo")
        self.none_button = buttons.link("Remove the logo", "officeLogoRemove")
        self._error = labels.muted("")
        theme.role(self._error, "error")
        self._error.hide()
        whole = column(spacing=6)
        whole.addWidget(labels.strong("Logo (optional)"))
        whole.addWidget(labels.muted("JPEG or PNG, up to 10 MB. It stands at the right of the letterhead."))
        whole.addWidget(self.picture)
        whole.addLayout(row(self.choose_button, self.none_button, None))
        whole.addWidget(self._error)
        self.setLayout(whole)
        self.choose_button.clicked.connect(self._choose)
        self.none_button.clicked.connect(self._remove)
        self.show_logo(None)

    def show_logo(self, png: bytes | None) -> None:
        """Show a logo as it is kept, or none."""
        self.png = png
        self.none_button.setVisible(png is not None)
        picture = QPixmap()
        if png is None or not picture.loadFromData(png):
            self.picture.hide()
            return
        ratio = self.devicePixelRatioF()
        fitted = picture.scaled(
            round(theme.px(WIDE) * ratio), round(theme.px(TALL) * ratio),
            Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        fitted.setDevicePixelRatio(ratio)
        self.picture.setPixmap(fitted)
        self.picture.setAccessibleName("The logo of the letterhead")
        self.picture.show()

    def take(self, path: Path) -> None:
        """Read a file; what is no picture is said below the button."""
        self.choose_button.setEnabled(False)
        self._desk.background.run(self, partial(logos.read, path), self._taken, self._refused)

    def say(self, sentence: str) -> None:
        """Say what is wrong with the logo, or nothing."""
        self.choose_button.setEnabled(True)
        self.choose_button.setAccessibleDescription(f"Error: {sentence}" if sentence else "")
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _choose(self) -> None:
        ask.open_file(self, "Choose a logo", "Pictures (*.jpg *.jpeg *.png)", self.take)

    def _taken(self, png: bytes) -> None:
        self.say("")
        self.show_logo(png)
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        self.say(str(error))
        if not isinstance(error, InvalidInput):
            raise error

    def _remove(self) -> None:
        self.show_logo(None)
        self.choose_button.setFocus()
        self.changed.emit()
