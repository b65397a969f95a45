"""Keeping what was typed when a window goes away, and asking before it is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from referral_app.database import StoreProblem
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask


def kept(window: QWidget, keep: Callable[[], object], lose: Callable[[], object]) -> bool:
    """Keep what was typed and return whether that was done; where it is refused, ask, and call `lose` on a yes."""
    try:
        keep()
    except (StoreProblem, InvalidInput) as error:
        words = "Close the window anyway, and lose what was typed since the last draft?"
        ask.confirm(
            window, "What you typed cannot be kept", f"{error} {words}", "Close and lose it", lose,
            danger=True, no="Keep the window open",
        )  # fmt: skip
        return False
    return True
