"""The Settings page: each change counts at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from referral_app import settings as settings_file
from referral_app.choices import Appearance, AuditAction, InstallationMode, Permission
from referral_app.database import Database
from referral_app.settings import MINUTES, ZOOMS
from referral_app.ui import fields, rights, theme
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.settings.about import AboutCard
from referral_app.ui.settings.administration import AdministrationCard
from referral_app.ui.settings.codes import CodesCard
from referral_app.ui.settings.directory import DirectoryCard
from referral_app.ui.settings.mail import MailCard
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, Radios
from referral_app.ui.widgets.scroll import centered, scrolled

ZOOM_CHOICES = [(str(zoom), f"{zoom} %") for zoom in ZOOMS]
LOCK_CHOICES = [(str(number), "1 minute" if number == 1 else f"{number} minutes") for number in MINUTES]


class SettingsPage(QWidget):
    """Cards of settings; `settings_changed` after each change."""

    settings_changed = Signal()
    said = Signal(str)
    go = Signal(str)
    asked = Signal(str)
    open_referral = Signal(str)
    help_topic = "settings"

    def __init__(self, desk: Desk) -> None:
        """Make it and show the settings as they are."""
        super().__init__()
        self._desk = desk
        self._filling = False
        self.administration = AdministrationCard()
        self.administration.go.connect(self.go)
        self.codes, self.mail = CodesCard(desk), MailCard(desk)
        self.codes.open_referral.connect(self.open_referral)
        self.person = LineEdit("person", chars=32)
        self.mode = Radios("mode", InstallationMode)
        self.appearance = Radios("appearance", Appearance)
        self.zoom = ChoiceBox("zoom", ZOOM_CHOICES, empty=None)
        self.lock_after = ChoiceBox("lock_after", LOCK_CHOICES, empty=None)
        self.compact = QCheckBox("Compact lists")
        self.compact.setObjectName("compact")
        self.one_page = QCheckBox("Referral form on one page, in place of six steps")
        self.one_page.setObjectName("one_page")
        self.widgets: dict[str, QWidget] = {
            "person": self.person, "mode": self.mode, "appearance": self.appearance,
            "zoom": self.zoom, "compact": self.compact, "one_page": self.one_page,
            "lock_after": self.lock_after,
        }  # fmt: skip
        theme.scale(self.zoom, width=120)
        theme.scale(self.lock_after, width=140)
        self._lay_out()
        self.reload()
        self.person.editingFinished.connect(self._take)
        self.mode.changed.connect(self._take)
        self.appearance.changed.connect(self._take)
        self.zoom.currentIndexChanged.connect(self._take)
        self.compact.toggled.connect(self._take)
        self.one_page.toggled.connect(self._take)
        self.lock_after.currentIndexChanged.connect(self._take)

    def reload(self) -> None:
        """Show the settings as they are."""
        self._filling = True
        self._offer_what_is_permitted()
        self.codes.reload()
        self.mail.reload()
        chosen = self._desk.settings
        fields.fill(
            self.widgets, {**vars(chosen), "zoom": str(chosen.zoom), "lock_after": str(chosen.lock_after)}
        )
        self._filling = False

    def enter_name(self) -> None:
        """Put the cursor where the name of the person is typed."""
        self.person.setFocus()

    def _offer_what_is_permitted(self) -> None:
        """Leave to administrators what is theirs; the name of somebody with an account is that of the account."""
        administers, people = self._desk.may(Permission.ADMINISTER), self._desk.db.keys is not None
        self.administration.setVisible(administers)
        self._name.setVisible(not people)
        self._mode.setVisible(administers)
        self.mail.setVisible(administers)
        self._lock.setVisible(administers and people)
        self._again.setVisible(administers and people)
        self._whose.setVisible(administers or not people)

    def _take(self) -> None:
        """Take what was chosen, store it, and tell the window."""
        if self._filling:
            return
        chosen, values = self._desk.settings, fields.read(self.widgets)
        before = dict(vars(chosen))
        chosen.person = values["person"]
        chosen.mode = InstallationMode(values["mode"] or chosen.mode)
        chosen.appearance = Appearance(values["appearance"] or chosen.appearance)
        chosen.zoom, chosen.compact = int(values["zoom"]), values["compact"]
        chosen.one_page = values["one_page"]
        chosen.lock_after = int(values["lock_after"])
        if vars(chosen) == before:
            return
        settings_file.save(self._desk.paths, chosen)
        rights.take_name(self._desk.db, chosen.person)
        self._note(before)
        self.settings_changed.emit()
        self.said.emit("Settings saved")

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        theme.scale(column, margins=24, spacing=16)
        column.addWidget(labels.title("Settings"))
        for card in (
            self._who(),
            self.administration,
            self._look(),
            DirectoryCard(self._desk),
            self.codes,
            self.mail,
            AboutCard(self._desk),
        ):
            column.addWidget(card)
            said = getattr(card, "said", None)
            if said is not None:
                said.connect(self.said)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        theme.scale(whole, margins=0, spacing=0)
        whole.addWidget(scrolled(centered(inside, 800), "settingsScroll"))

    def _who(self) -> Card:
        self._whose = card = Card("Who works here")
        theme.scale(card.column, spacing=14)
        self._name = Field("Your name", self.person, "Stands beside what you write, sign off and send")
        page = "The Headache Center has a page for its address, experts, trials and the figures of the live check"
        self._mode = Field("This installation belongs to", self.mode, page)
        self._lock = Field("Lock after", self.lock_after, "Without work; Ctrl+L locks at once")
        self._again = buttons.outlined("Set up again…", "setUpAgain")
        self._again.clicked.connect(self._set_up_again)
        for part in (self._name, self._mode, self._lock, row(self._again, None)):
            card.add(part)
        return card

    def _set_up_again(self) -> None:
        self.asked.emit("set_up_again")

    def _note(self, before: dict[str, object]) -> None:
        """Note in the audit what an administrator changed for everybody at this PC."""
        changed = [
            name for name in ("mode", "lock_after") if before[name] != getattr(self._desk.settings, name)
        ]
        if changed and self._desk.db.keys is not None:
            db = self._desk.db
            self._desk.background.run(self, lambda: _noted(db, changed), _nothing)

    def _look(self) -> Card:
        card = Card("Look")
        theme.scale(card.column, spacing=14)
        card.add(Field("Colors", self.appearance))
        card.add(Field("Text size", self.zoom, "Also Ctrl with plus or minus; Ctrl+0 for 100 %"))
        card.add(self.compact)
        card.add(self.one_page)
        return card


def _noted(db: Database, changed: list[str]) -> None:
    db.note(str(AuditAction.SETTING_CHANGED), kind="setting", details={"settings": changed})


def _nothing(_answer: object) -> None:
    """There is nothing to show."""
