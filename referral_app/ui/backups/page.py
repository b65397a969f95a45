"""The page of backups and keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical import dates
from referral_app.ui import theme
from referral_app.ui.backups.copies_card import CopiesCard
from referral_app.ui.backups.state import State
from referral_app.ui.backups.upkeep_card import UpkeepCard
from referral_app.ui.desk import Desk
from referral_app.ui.recovery_card import RecoveryCard
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, column
from referral_app.ui.widgets.head import Head
from referral_app.ui.widgets.scroll import centered, scrolled

HONEST = (
    "The files are encrypted: whoever takes the disk or a backup reads nothing without a passphrase or the recovery "
    "key. Roles are enforced by the program on this computer: whoever has its account and a passphrase could get "
    "around them. Only a database server of its own would separate the duties of administrators. Encrypt the disk of "
    "this computer all the same. The help says more."
)


class BackupsPage(QWidget):
    """Copies of the store, the recovery key, and the store itself."""

    go = Signal(str)
    said = Signal(str)
    restore_wanted = Signal(str)
    help_topic = "backups"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("backupsPage")
        self._desk = desk
        self.make_button = buttons.primary("Back up now", "makeBackup", "save")
        self.head = Head("Backups and keys", "backups", self.make_button)
        self.copies, self.upkeep = CopiesCard(desk), UpkeepCard(desk)
        self.recovery = RecoveryCard(desk)
        self.made_on = labels.muted("")
        self.recovery.column.insertWidget(1, self.made_on)
        self.recovery.setVisible(desk.db.keys is not None)
        self._shown = False
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Look at backups and keys anew."""
        self.recovery.setVisible(self._desk.db.keys is not None)
        self.copies.reload()

    def _lay_out(self) -> None:
        honest = Card("What protects the data, and what does not")
        honest.add(labels.body(HONEST))
        inside = QWidget()
        lines = column(spacing=16, margins=24)
        for card in (self.copies, self.recovery, self.upkeep, honest):
            lines.addWidget(card)
        lines.addStretch(1)
        inside.setLayout(lines)
        whole = QVBoxLayout(self)
        theme.scale(whole, margins=0, spacing=0)
        whole.addWidget(self.head)
        whole.addWidget(scrolled(centered(inside, 800), "backupsScroll"), 1)

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._back)
        self.make_button.clicked.connect(self.copies.make)
        self.copies.read_anew.connect(self._show)
        self.copies.restore_wanted.connect(self.restore_wanted)
        self.recovery.confirmed.connect(self.copies.reload)
        for card in (self.copies, self.recovery, self.upkeep):
            card.said.connect(self.said)

    def _show(self, found: State) -> None:
        made = dates.say(date.fromisoformat(found.made_on)) if found.made_on else ""
        self.made_on.setText(f"Made on {made}." if made else "")
        if found.confirmed and not self.recovery.shows_key:
            self.recovery.show_confirmed()

    def _back(self) -> None:
        self.go.emit("settings")
