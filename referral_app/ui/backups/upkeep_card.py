"""Checking the store, and giving it another key."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from referral_app.database import StoreProblem
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, moments
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.notice import Advice

WORDS = (
    "The check reads every page of the store and opens the latest backup. Another key is of use where a key may have "
    "been seen or copied; removing a person changes it by itself."
)
CHANGE = (
    "The store is written anew with another key, checked, and put in the place of the old file. Passphrases and the "
    "recovery key stay as they are. Saving waits until it is done."
)


class UpkeepCard(Card):
    """Two buttons, each a job in the status bar; what a check found stands below."""

    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make it."""
        super().__init__("The store")
        self._desk = desk
        self.check_button = buttons.outlined("Check the store", "checkStore", "check")
        self.key_button = buttons.outlined("Change the key of the store…", "changeStoreKey", "lock")
        self.whole, self.wrong = Advice("ok", "storeWhole"), Advice("emergency", "storeWrong")
        offered = Flow(8)
        for button in (self.check_button, self.key_button):
            offered.add(button)
        for part in (labels.body(WORDS), self.whole, self.wrong, offered):
            self.add(part)
        self.key_button.setVisible(desk.db.keys is not None)
        self.check_button.clicked.connect(self.check)
        self.key_button.clicked.connect(self._ask_key)

    def check(self) -> None:
        """Check the whole store and the latest backup."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> list[str]:
            from referral_app.jobs import upkeep

            return upkeep.check(db)

        self._set_busy(True)
        self._desk.background.job(self, "Checking the store", work, self._checked, self._refused)

    def change_key(self) -> None:
        """Give the store another key."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> None:
            from referral_app.jobs import upkeep

            upkeep.change_key(db)

        self._set_busy(True)
        label = "Changing the key of the store"
        self._desk.background.job(self, label, work, self._changed, self._refused)

    def _ask_key(self) -> None:
        ask.confirm(self, "Change the key of the store?", CHANGE, "Change the key", self.change_key)

    def _checked(self, problems: list[str]) -> None:
        self._set_busy(False)
        now = moments.say(datetime.now().astimezone())
        self.whole.say("" if problems else f"The store and the latest backup are whole, checked {now}.")
        self.wrong.say(" ".join(problems))

    def _changed(self, _: None) -> None:
        self._set_busy(False)
        self.said.emit("The store has a new key")

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        ask.tell(self, str(error), warning=True)

    def _set_busy(self, busy: bool) -> None:
        for button in (self.check_button, self.key_button):
            button.setEnabled(not busy)
