"""Following up from anywhere in the window: recording a reply, logging a call, tasks, owners, the next surgeon."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from referral_app.choices import Permission
from referral_app.database import Session
from referral_app.ui import ask, transaction
from referral_app.ui.actions import Entry
from referral_app.ui.desk import Desk
from referral_app.ui.posting import Posting

if TYPE_CHECKING:
    from referral_app.services.referral_records import ReferralRow
    from referral_app.ui.main_window import MainWindow

NEXT = "Ask the next surgeon now?"
NEXT_DETAIL = "All answers are kept. The referral is signed anew and goes out as the next request."


class Following(QObject):
    """The dialogs of the working day over the window; screens meet here, since they do not import each other."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        """Belong to a window."""
        super().__init__(window)
        self._desk, self._window = desk, window
        self.posting = Posting(desk, window)

    def entries(self) -> list[Entry]:
        """Return what the menu offers."""
        return [
            Entry("replyAction", "Record reply…", ("Ctrl+Shift+R",), self.reply),
            Entry("callAction", "Log a call…", ("Ctrl+Shift+L",), self.call_here),
            Entry("tasksAction", "Tasks…", ("Ctrl+Shift+T",), self.tasks),
        ]

    def slots(self) -> dict[str, Callable[..., Any]]:
        """Return what answers the signals of pages, by their names."""
        return {
            "reply_wanted": self.reply, "call_wanted": self.call, "plan_wanted": self.plan,
            "redirect_wanted": self.redirect, "tasks_wanted": self.tasks, "match_wanted": self.match,
            **self.posting.slots(),
        }  # fmt: skip

    def reply(self, name: object = "") -> None:
        """Record a reply, to the referral of a name or to the one whose number is typed."""
        from referral_app.ui.replies.reply_dialog import ReplyDialog

        if self._may():
            dialog = ReplyDialog(self._desk, self._window, name if isinstance(name, str) else "")
            dialog.recorded.connect(self._recorded)
            dialog.declined.connect(self._declined)
            dialog.open()

    def call(self, patient_id: str = "", referral_id: str = "") -> None:
        """Write a call down, about a patient or a referral, or whoever is chosen then."""
        from referral_app.ui.replies.call_dialog import CallDialog

        if self._may():
            dialog = CallDialog(self._desk, self._window, patient_id, referral_id)
            dialog.logged.connect(self._done)
            dialog.open()

    def call_here(self) -> None:
        """Write a call down about what the page shows."""
        about = getattr(self._window.current_page(), "about", None)
        self.call(*(about() if about else ("", "")))

    def plan(self, name: str) -> None:
        """Note whose a referral is, and what comes next."""
        from referral_app.ui.replies.plan_dialog import PlanDialog

        if self._may():
            dialog = PlanDialog(self._desk, self._window, name)
            dialog.noted.connect(self._done)
            dialog.open()

    def tasks(self) -> None:
        """Show the tasks that are to be done."""
        from referral_app.ui.replies.tasks_dialog import TasksDialog

        if not self._window.is_covered:
            dialog = TasksDialog(self._desk, self._window)
            dialog.said.connect(self._done)
            dialog.opened.connect(self._open_referral)
            dialog.open()

    def redirect(self, row: ReferralRow, why: str = "") -> None:
        """Ask another surgeon with all that the referral says."""
        from referral_app.ui.surgeons.redirect_dialog import RedirectDialog

        if self._may():
            dialog = RedirectDialog(self._desk, row, None, why, self._window)
            dialog.was_redirected.connect(self._done)
            dialog.open()

    def match(self, intake: dict[str, Any], on_known: Callable[[dict[str, str]], object]) -> None:
        """Show which surgeons fit the answers of a referral."""
        from referral_app.ui.surgeons import match_dialog

        match_dialog.for_referral(self._desk, self._window, intake, on_known)

    def _may(self) -> bool:
        return not self._window.is_covered and self._desk.may(Permission.WRITE)

    def _open_referral(self, name: str) -> None:
        self._window.open("referral", name)

    def _done(self, words: str) -> None:
        self._window.status.say(words)
        self._window.reload()

    def _recorded(self, _referral_id: str, words: str) -> None:
        self._done(words)

    def _declined(self, referral_id: str) -> None:
        """Offer the next surgeon: half of what is declined is never asked again elsewhere."""
        transaction.read(self._desk, self._window, partial(_declined_row, name=referral_id), self._ask_next)

    def _ask_next(self, found: tuple[ReferralRow, str]) -> None:
        """Ask whether somebody else is asked, of the patient who was declined: another row may be in sight."""
        row, why = found
        about = f"{row.patient or 'No name yet'}, reference {row.reference}. {why.rstrip('.')}."
        ask.confirm(
            self._window, NEXT, f"{about} {NEXT_DETAIL}", "Choose the next surgeon", partial(self.redirect, row, why),
            no="Not now",
        )  # fmt: skip


def _declined_row(session: Session, name: str) -> tuple[ReferralRow, str]:
    """Return a referral, and why it was declined."""
    from referral_app.services import referrals, requests

    record, request = referrals.get(session, name), requests.current(session, name)
    return record, f"Declined: {request.reason}" if request else ""
