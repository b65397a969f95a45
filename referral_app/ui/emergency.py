"""Emergency access: asked for with a reason, shown as long as it lasts, and told to the administrators."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from referral_app.choices import Permission
from referral_app.clinical import clock
from referral_app.database import StoreProblem
from referral_app.jobs import people
from referral_app.services.audit import AuditRecord
from referral_app.services.errors import InvalidInput
from referral_app.services.permissions import Actor
from referral_app.ui import fields, moments, rights
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.main_window import MainWindow
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.inputs import TextArea
from referral_app.ui.widgets.notice import Advice
from referral_app.ui.widgets.scroll import fit, scrolled

WIDTH = 520
WORDS = (
    "Until you end it, lock or log out, you see the patients and referrals of every practice. The reason and all that "
    "you open are noted, and the administrators are told."
)
LOOK_MS = 1000
"""Milliseconds between two looks whether the access still lasts: it ends with a lock too."""
SHOWN = 3
"""Emergency accesses that the notice names one by one."""


class EmergencyDialog(QDialog):
    """Asks for the reason; `begun(actor)` once the bounds are lifted."""

    begun = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Make it."""
        super().__init__(parent)
        self.setObjectName("emergencyDialog")
        self.setWindowTitle("Emergency access")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.reason = TextArea("emergencyReason", rows=3)
        self.block = Field(
            "Reason", self.reason, "Who is in danger, and what you need to know; at least 10 characters"
        )
        self.begin_button = buttons.danger("Begin emergency access", "beginEmergency", "emergency")
        cancel = buttons.outlined("Cancel", "cancelEmergency")
        self.begin_button.clicked.connect(self.begin)
        cancel.clicked.connect(self.reject)
        inside = QWidget()
        lines = column(spacing=16, margins=24)
        for part in (labels.title("Emergency access"), labels.body(WORDS), self.block):
            lines.addWidget(part)
        lines.addStretch(1)
        inside.setLayout(lines)
        self._area = scrolled(inside, "emergencyArea")
        whole = column(spacing=0)
        whole.addWidget(self._area, 1)
        whole.addLayout(row(None, cancel, self.begin_button, margins=(24, 8, 24, 16)))
        self.setLayout(whole)

    def begin(self) -> None:
        """Lift the bounds, or say what is wrong with the reason."""
        db, reason = self._desk.db, self.reason.toPlainText()
        self.begin_button.setEnabled(False)
        self._desk.background.run(
            self, lambda: people.emergency_access(db, reason), self._begun, self._refused
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the words."""
        if not event.spontaneous():
            fit(self, self._area, WIDTH)
            self.reason.setFocus()
        super().showEvent(event)

    def _begun(self, who: Actor) -> None:
        self.begun.emit(who)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.begin_button.setEnabled(True)
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        self.block.set_error(str(error))
        fields.go_to(self.reason)
        fit(self, self._area, WIDTH)


class Emergency(QObject):
    """The emergency access of one window: its dialog, the banner while it lasts, and the notice to administrators."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        """Begin with none; an administrator is told of those of others."""
        super().__init__(window)
        self._window, self._desk = window, desk
        self._used: list[AuditRecord] = []
        self.banner = Advice("emergency", "emergencyBanner", "End")
        self.banner.button.setAccessibleName("End emergency access")
        self.notice = Advice("warning", "emergencyNotice", "I know of it")
        for part in (self.banner, self.notice):
            window.notify(part)
        self._watch = QTimer(self, interval=LOOK_MS)
        self._watch.timeout.connect(self.refresh)
        window.asked.connect(self._asked)
        self.banner.acted.connect(self.end)
        self.notice.acted.connect(self._acknowledge)
        self.look()

    def ask(self) -> None:
        """Ask for the reason."""
        dialog = EmergencyDialog(self._desk, self._window)
        dialog.begun.connect(self._begun)
        dialog.open()

    def end(self) -> None:
        """Put the bounds back."""
        db = self._desk.db
        self._desk.background.run(self, lambda: people.end_emergency_access(db), self.refresh)

    def refresh(self, _answer: object = None) -> None:
        """Take the banner away where the access has ended, and read the pages anew."""
        who = rights.actor(self._desk.db)
        if self.banner.words() and not (who and who.emergency):
            self.banner.say("")
            self._watch.stop()
            self._window.reload()

    def look(self) -> None:
        """Look for emergency accesses of others that this administrator does not know of."""
        db = self._desk.db
        if not self._desk.may(Permission.ADMINISTER) or rights.actor(db) is None:
            return

        def work() -> list[AuditRecord]:
            from referral_app.jobs import audit

            return audit.emergencies(db)

        self._desk.background.run(self, work, self._show, self._refused)

    def _begun(self, who: Actor) -> None:
        self.banner.say(f"Emergency access since {clock.say(datetime.now())}: {who.emergency}")
        self._watch.start()
        self._window.reload()

    def _asked(self, what: str) -> None:
        if what == "emergency":
            self.ask()

    def _show(self, used: list[AuditRecord]) -> None:
        self._used = used
        said = [f"{one.person}, {moments.say(one.at)}: {one.reason}" for one in used[:SHOWN]]
        more = f" And {len(used) - SHOWN} more in the audit." if len(used) > SHOWN else ""
        self.notice.say(f"Emergency access was used. {'; '.join(said)}.{more}" if used else "")

    def _acknowledge(self) -> None:
        db, latest = self._desk.db, self._used[0]

        def work() -> list[AuditRecord]:
            from referral_app.jobs import audit

            audit.acknowledge(db, latest)
            return audit.emergencies(db)

        self._desk.background.run(self, work, self._show, self._refused)

    def _refused(self, error: Exception) -> None:
        """A store that is locked meanwhile is asked again after the next login."""
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
