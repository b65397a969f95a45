"""What a part of the screen of referrals asks of the window, handed on from the innermost part to the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

PASSED = (
    "preview", "papers_wanted", "reply_wanted", "call_wanted", "plan_wanted", "redirect_wanted", "send_wanted",
    "resend_wanted", "confirm_wanted", "bounce_wanted",
)  # fmt: skip


class Passing(QWidget):
    """A part with the signals that the window answers."""

    preview = Signal(str, str)
    papers_wanted = Signal(str, str, str)
    reply_wanted = Signal(str)
    call_wanted = Signal(str, str)
    plan_wanted = Signal(str)
    redirect_wanted = Signal(object, str)
    send_wanted = Signal(str)
    resend_wanted = Signal(str)
    confirm_wanted = Signal(str)
    bounce_wanted = Signal(str)

    def pass_on(self, inner: Passing) -> None:
        """Ask for whatever a part inside asks for."""
        for name in PASSED:
            getattr(inner, name).connect(getattr(self, name))
