"""The first run on one page: who you are, a passphrase, the recovery key, the directory. The rest can wait."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.choices import InstallationMode, StaffRole
from referral_app.database import Database, StoreProblem
from referral_app.database.wrapping import Cost
from referral_app.jobs import people
from referral_app.paths import Paths
from referral_app.services.errors import InvalidInput
from referral_app.settings import Settings
from referral_app.ui import fields, theme
from referral_app.ui.background import Background
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.login import sheet
from referral_app.ui.login.directory_card import DirectoryCard
from referral_app.ui.login.passphrases import NewPassphrase
from referral_app.ui.recovery_card import RecoveryCard
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.errors import ErrorSummary
from referral_app.ui.widgets.inputs import Checks, LineEdit, Radios

WELCOME = (
    "A minute, once. Patients are stored encrypted; your passphrase and the recovery key are the only ways to them. "
    "Others who work here get accounts later, under Settings, People."
)
ROLES_HINT = "Whatever applies. As the first person you are an administrator too."
_ROLES = [(str(role), role.label) for role in StaffRole if role is not StaffRole.ADMINISTRATOR]


class FirstRunPage(QWidget):
    """`began` carries the store and who owns it from then on; `finished` opens the window; `practiced` tries first."""

    began = Signal(object)
    finished = Signal()
    practiced = Signal()
    help_topic = "first-run"

    def __init__(
        self, paths: Paths, settings: Settings, background: Background, cost: Cost | None = None
    ) -> None:
        """Make it for a folder whose store has no people yet, or is not there yet."""
        super().__init__()
        self.setObjectName("firstRunPage")
        self._paths, self._settings, self._background, self._cost = paths, settings, background, cost
        self.name, self.login = LineEdit("yourName", chars=32), LineEdit("yourLogin", chars=20)
        self.roles, self.mode = Checks("yourRoles", _ROLES), Radios("yourMode", InstallationMode)
        self.passphrase = NewPassphrase()
        self.blocks = {
            "name": Field("Your name", self.name, "Stands beside what you write, sign and send"),
            "login": Field("Login", self.login, "A short name that you type each morning"),
            "roles": Field("Your work here", self.roles, ROLES_HINT),
            "mode": Field("This installation belongs to", self.mode),
            **self.passphrase.blocks,
        }
        self.errors = ErrorSummary("firstRunErrors")
        self.errors.hide()
        self._you, self._after = self._ask_who(), QVBoxLayout()
        theme.scale(self._after, margins=0, spacing=16)
        rest = QWidget()
        rest.setLayout(self._after)
        sheet.lay_out(self, "firstRunScroll", labels.body(WELCOME), self.errors, self._you, rest, width=640)
        self._prepare()

    def begin(self) -> None:
        """Put the focus where typing begins."""
        self.name.setFocus()

    def _prepare(self) -> None:
        self.mode.set_value(self._settings.mode)
        self.name.setText(self._settings.person)
        self.name.textChanged.connect(self._know)
        self.login.textChanged.connect(self._know)
        self.name.editingFinished.connect(self._suggest)
        self.errors.chosen.connect(self._go_to)

    def _ask_who(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        theme.scale(column, margins=0, spacing=16)
        who, phrase = Card("Who you are"), Card("Your passphrase")
        for name in ("name", "login", "roles", "mode"):
            who.add(self.blocks[name])
        phrase.add(self.passphrase)
        for card in (who, phrase):
            theme.scale(card.column, spacing=14)
            column.addWidget(card)
        practice = buttons.outlined("Practice with invented data first", "practiceFirst")
        self._set_up = buttons.primary("Set up", "setUp")
        practice.clicked.connect(self.practiced)
        self._set_up.clicked.connect(self.set_up)
        column.addWidget(labels.muted("Next on this page: the recovery key and the surgeon directory."))
        column.addLayout(row(practice, None, self._set_up))
        return made

    def set_up(self) -> None:
        """Make the store, or protect the one that is here, in the background."""
        if not self._set_up.isEnabled() or self._wrong(self._problems()):
            return
        self._set_busy(True)
        paths, phrase, cost = self._paths, self.passphrase.text(), self._cost
        name, login = self.name.text().strip(), self.login.text().strip()
        roles = frozenset(StaffRole(one) for one in self.roles.values())
        self._settings.mode = InstallationMode(self.mode.value() or self._settings.mode)

        def work() -> tuple[Database, str]:
            return people.set_up(paths, name, login, phrase, roles, cost)

        self._background.run(self, work, self._begun, self._refused)

    def _problems(self) -> dict[str, str]:
        self._know()
        found: dict[str, str] = {}
        if not self.name.text().strip():
            found["name"] = "Enter your name."
        if len(self.login.text().strip()) < 2:
            found["login"] = "Enter a login of at least two characters."
        return found | self.passphrase.problems()

    def _begun(self, answer: tuple[Database, str]) -> None:
        """Go on to the recovery key and the directory, on the same page."""
        db, key = answer
        self.passphrase.clear()
        self._you.hide()
        desk = Desk(self._paths, self._settings, db, self._background)
        self.began.emit(desk)
        self.recovery, directory = RecoveryCard(desk), DirectoryCard(desk)
        self._said = labels.muted("")
        done = Card("You")
        done.add(labels.body(f"{self.name.text().strip()} logs in as “{self.login.text().strip()}”."))
        go_on = buttons.primary("Open the referral desk", "finishFirstRun")
        go_on.clicked.connect(self.finished)
        for card in (done, self.recovery, directory):
            self._after.addWidget(card)
        self._after.addWidget(self._said)
        self._after.addLayout(row(None, go_on))
        self.recovery.said.connect(self._said.setText)
        self.recovery.confirmed.connect(directory.take_focus)
        directory.said.connect(self._said.setText)
        directory.reload()
        self.recovery.show_key(key)

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, InvalidInput):
            self._wrong(error.fields)
        elif isinstance(error, StoreProblem):
            self._wrong({"": str(error)})
        else:
            raise error

    def _wrong(self, problems: dict[str, str]) -> bool:
        fields.show_errors(self.blocks, problems)
        self.errors.show_errors(problems)
        return bool(problems)

    def _set_busy(self, busy: bool) -> None:
        self._set_up.setEnabled(not busy)
        self._set_up.setText("Setting up…" if busy else "Set up")

    def _know(self) -> None:
        self.passphrase.know(self.name.text(), self.login.text())

    def _suggest(self) -> None:
        """Suggest the first name as the login."""
        words = self.name.text().split()
        if words and not self.login.text():
            self.login.setText("".join(mark for mark in words[0].casefold() if mark.isalnum()))

    def _go_to(self, name: str) -> None:
        block = self.blocks.get(name)
        if block is not None:
            fields.go_to(block.widget.focusProxy() or block.widget)
