"""The photo of a surgeon in the form: chosen from a file, shown as it will be kept, and removed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from referral_app.jobs import photos
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, icons, theme
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row

SIDE = 96


class PhotoBlock(QWidget):
    """The photo with its buttons; `changed` when it is another one or none."""

    changed = Signal()

    def __init__(self, jpeg: bytes | None) -> None:
        """Show a photo, or that there is none."""
        super().__init__()
        self._before = self._jpeg = jpeg
        self._desk: Desk | None = None
        self.picture = QLabel()
        theme.scale(self.picture, width=SIDE, height=SIDE)
        self.choose_button = buttons.outlined("Choose a photo…", "choosePhoto")
        self.none_button = buttons.link("Remove the photo", "removePhoto")
        self._hint = labels.muted("JPEG or PNG, up to 10 MB. It is kept small, without place or camera.")
        self._error = labels.muted("")
        theme.role(self._error, "error")
        self._error.hide()
        words = column(spacing=6)
        words.addLayout(row(self.choose_button, self.none_button, None))
        words.addWidget(self._hint)
        words.addWidget(self._error)
        words.addStretch(1)
        whole = row(self.picture, words, spacing=16)
        whole.setStretch(1, 1)
        whole.setAlignment(self.picture, Qt.AlignmentFlag.AlignTop)
        self.setLayout(whole)
        self.choose_button.clicked.connect(self._choose)
        self.none_button.clicked.connect(self._remove)
        self._show()

    def serve(self, desk: Desk) -> None:
        """Let files be read away from the user's thread."""
        self._desk = desk

    def jpeg(self) -> bytes | None:
        """Return the photo."""
        return self._jpeg

    def is_changed(self) -> bool:
        """Return whether it is another one than before."""
        return self._jpeg != self._before

    def take(self, path: Path) -> None:
        """Read a file; what is no photo is said below the button."""
        if self._desk is not None:
            self.choose_button.setEnabled(False)
            self._desk.background.run(self, partial(photos.read, path), self._taken, self._refused)

    def _choose(self) -> None:
        ask.open_file(self, "Choose a photo", "Pictures (*.jpg *.jpeg *.png)", self.take)

    def _taken(self, jpeg: bytes) -> None:
        self._jpeg = jpeg
        self._say("")
        self._show()
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        self._say(str(error))
        if not isinstance(error, InvalidInput):
            raise error

    def _say(self, sentence: str) -> None:
        self.choose_button.setEnabled(True)
        self.choose_button.setAccessibleDescription(f"Error: {sentence}" if sentence else "")
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _remove(self) -> None:
        self._jpeg = None
        self._show()
        self.choose_button.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        self.none_button.setVisible(self._jpeg is not None)
        show(self.picture, self._jpeg, SIDE)


def show(label: QLabel, jpeg: bytes | None, side: int) -> None:
    """Show a photo in a label, or the drawing of a person where there is none."""
    picture = QPixmap()
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
    if jpeg is None or not picture.loadFromData(jpeg):
        icons.put(label, "person", side, "muted")
        label.setAccessibleName("No photo")
        return
    label.setProperty("icon_drawn", None)
    theme.scale(label, width=side, height=side)
    ratio = label.devicePixelRatioF()
    wide = round(theme.px(side) * ratio)
    fitted = picture.scaled(
        wide, wide, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    fitted.setDevicePixelRatio(ratio)
    label.setPixmap(fitted)
    label.setAccessibleName("Photo")
