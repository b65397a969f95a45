"""Enter in a dialog: from one field that is in sight to the next, at last to the button that records."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from referral_app.ui import fields
from referral_app.ui.fields import Field
from referral_app.ui.widgets.enter_key import KEYS


def is_enter(event: QKeyEvent) -> bool:
    """Tell whether a key is Enter alone."""
    return event.key() in KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def go_on(blocks: Iterable[Field], last: QPushButton) -> bool:
    """Put the focus from the field that has it into the next one in sight; False where none of them has it."""
    shown = [one for one in blocks if one.isVisible()]
    here = QApplication.focusWidget()
    at = next((number for number, one in enumerate(shown) if here and one.isAncestorOf(here)), -1)
    if at < 0:
        return False
    following = shown[at + 1 :]
    fields.go_to(fields.first(following[0].widget) if following else last)
    return True
