"""Mails whose outcome nobody knew when the program ended: they are named after the next start, to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from referral_app.choices import Permission
from referral_app.ui.desk import Desk
from referral_app.ui.main_window import MainWindow
from referral_app.ui.widgets.notice import Advice

LOOK_AFTER = 2500
"""Milliseconds until it is looked: the first page comes first."""


class Unanswered(QObject):
    """Looks once after the start, for those who send."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        """Look in a moment."""
        super().__init__(window)
        self._window, self._desk = window, desk
        self._first = ""
        self.notice = Advice("warning", "unansweredNotice", "Open the referral")
        self.notice.acted.connect(self._open)
        window.notify(self.notice)
        QTimer.singleShot(LOOK_AFTER, self, self.look)

    def look(self) -> None:
        """Read which mails these are, and say so where there is one."""
        db = self._desk.db
        if db.is_locked or not self._desk.may(Permission.SEND):
            return

        def work() -> list[tuple[str, str]]:
            from referral_app.services import sending

            with db.read() as session:
                return sending.unanswered(session)

        self._desk.background.run(self, work, self._say, _nothing)

    def _say(self, found: list[tuple[str, str]]) -> None:
        if not found:
            return
        self._first, reference = found[0]
        more = f", and of {len(found) - 1:,} more" if len(found) > 1 else ""
        self.notice.say(
            f"It is not known whether the mail of referral {reference}{more} went out. Ask the recipient, then record "
            "whether it arrived."
        )

    def _open(self) -> None:
        self.notice.say("")
        self._window.open("referral", self._first)


def _nothing(_error: Exception) -> None:
    """Say nothing of a store that was locked meanwhile: the referral itself says it as well."""
