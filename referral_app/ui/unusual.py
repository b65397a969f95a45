"""What is unusual about the time of a visit, and the tick by which a person says that it is meant."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.services import visit_acts
from referral_app.services.errors import InvalidInput
from referral_app.ui import fields
from referral_app.ui.widgets.card import stacked
from referral_app.ui.widgets.notice import Advice

SAYS = "Book it all the same"


class Unusual(QWidget):
    """Out of sight while nothing is unusual; the names of its parts begin with `name`."""

    def __init__(self, name: str) -> None:
        """Make it with nothing to ask."""
        super().__init__()
        self.setObjectName(name)
        self.advice = Advice("warning", f"{name}Unusual")
        self.tick = QCheckBox(SAYS)
        self.tick.setObjectName(f"{name}Confirm")
        self.setLayout(stacked(self.advice, self.tick))
        self._of: object = None
        self.hide()

    def words(self) -> str:
        """Return what is asked, "" for nothing."""
        return self.advice.words()

    def ask(self, words: str, of: object = None) -> None:
        """Ask for what must be confirmed, "" for nothing; a tick counts for the same words alone.

        `of` is the time asked about: what a refusal said of it stays while it is the same.
        """
        if of is not None and of == self._of and self.words():
            return
        if words != self.words():
            self.tick.setChecked(False)
        self._of = None
        self.advice.say(words)
        self.setVisible(bool(words))

    def confirmed(self) -> str | bool:
        """Return the words that were confirmed, False for none."""
        return self.words() if self.tick.isChecked() and self.words() else False

    def takes(self, error: Exception, of: object = None) -> bool:
        """Ask for what a service wants confirmed and return True; False for any other error."""
        if not isinstance(error, InvalidInput) or set(error.fields) != {visit_acts.CONFIRM}:
            return False
        self.ask(error.fields[visit_acts.CONFIRM])
        self._of = of
        fields.go_to(self.tick)
        return True
