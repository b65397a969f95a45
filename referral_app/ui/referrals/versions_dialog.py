"""The saved versions of a referral: listed, one read, two compared answer by answer, an older one taken as a draft."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.database import Database
from referral_app.services import versions
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.versions import Version
from referral_app.ui import ask, moments, theme
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.referrals import version_cards
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.version_cards import Whole
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.rows import RowButton

SENTENCE = "Every save made one. None of them ever changes: what was sent can always be read as it was sent."
NOTHING = "Nothing: show it whole"


class VersionsDialog(Framed):
    """`preview(kind, about)` asks for the letter of a version; `restored` says that an older one is a draft now."""

    preview = Signal(str, str)
    restored = Signal()

    def __init__(self, desk: Desk, referral: ReferralRecord, parent: QWidget) -> None:
        """Read which versions there are."""
        super().__init__(parent, "versionsDialog", f"Versions of {referral.reference}", SENTENCE)
        self._desk, self._referral = desk, referral
        self._found: Sequence[Version] = ()
        self._number = 0
        self.chores = Chores(self)
        self._latest = desk.background.latest(self, self._show_one)
        self._list = Card()
        self._list.add(labels.muted("Reading the versions…"))
        self._one = self._one_part()
        self.body.addWidget(self._list)
        self.body.addWidget(self._one)
        self.lay_out((760, 680), *self._foot())
        self._show_list()
        db, name = desk.db, referral.id
        desk.background.run(self, partial(_listed, db, name), self._fill, self.failed)

    def _one_part(self) -> QWidget:
        part = QWidget()
        inside = column(spacing=12)
        self._title = labels.heading("")
        self._facts = labels.body("")
        self.other = ChoiceBox("versionsCompare", (), "Compare with", NOTHING)
        self.other.currentIndexChanged.connect(self._load)
        self._cards = column(spacing=12)
        for one in (self._title, self._facts, Field("Compare with", self.other)):
            inside.addWidget(one)
        inside.addLayout(self._cards)
        part.setLayout(inside)
        return part

    def _foot(self) -> list[Any]:
        self.back_button = buttons.outlined("All versions", "versionsBack", "back")
        self.letter_button = buttons.outlined("Preview letter", "versionsLetter", "letter")
        self.restore_button = buttons.outlined("Take as a draft…", "versionsRestore", "history")
        close = buttons.primary("Close", "versionsClose")
        self.back_button.clicked.connect(self._show_list)
        self.letter_button.clicked.connect(self._letter)
        self.restore_button.clicked.connect(self._ask_restore)
        close.clicked.connect(self.reject)
        return [self.back_button, None, self.letter_button, self.restore_button, close]

    # The list

    def _fill(self, found: Sequence[Version]) -> None:
        self._found = found
        clear(self._list.column, keep=1)
        for one in found:
            line = version_row(one)
            line.clicked.connect(self._chosen)
            self._list.add(line)
        first = self._list.findChild(RowButton)
        if first is not None:
            first.setFocus()

    def _show_list(self) -> None:
        self._latest.drop()
        self.chores.drop()
        self._number = 0
        self.show_errors({})
        self._list.show()
        for widget in (self._one, self.back_button, self.letter_button, self.restore_button):
            widget.hide()

    def _chosen(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, RowButton):
            self.show_version(int(pressed.value))

    # One version

    def show_version(self, number: int, other: int = 0) -> None:
        """Show a version whole, or held against another one."""
        self._number = number
        one = self._version(number)
        self._list.hide()
        self._one.show()
        self.back_button.show()
        self.letter_button.setVisible(bool(self._referral.surgeon_id))
        self.restore_button.setVisible(not one.is_current and self._desk.may(Permission.WRITE))
        self._title.setText(f"Version {number}: {one.what or 'Saved'}")
        self._facts.setText(facts(one))
        others = [(str(v.number), f"Version {v.number}, {moments.say(v.saved_at)}") for v in self._found]
        self.other.blockSignals(True)
        self.other.set_options([pair for pair in others if pair[0] != str(number)], NOTHING)
        self.other.set_value(str(other or ""))
        self.other.blockSignals(False)
        self._load()

    def _version(self, number: int) -> Version:
        return next(one for one in self._found if one.number == number)

    def _load(self) -> None:
        db, name, number = self._desk.db, self._referral.id, self._number
        other = int(self.other.value() or 0)
        if number:
            self._latest.ask(lambda: version_cards.load(db, name, number, other), self.failed)

    def _show_one(self, whole: Whole) -> None:
        self.chores.drop()
        clear(self._cards)
        self.chores.add(*(partial(self._add, make) for make in version_cards.cards(whole, self)))
        self.chores.begin()
        self.other.setFocus()

    def _add(self, make: Callable[[], QWidget]) -> None:
        self._cards.addWidget(make())

    # Acting

    def _letter(self) -> None:
        about, number = self._referral.reference, self._number
        self.reject()
        self.preview.emit(
            "letter", about if self._version(number).is_current else f"{about}, version {number}"
        )

    def _ask_restore(self) -> None:
        detail = (
            "Its answers become a draft of yours. Nothing that was saved changes; saving makes a new version."
        )
        ask.confirm(
            self, f"Take version {self._number} as a draft?", detail, "Take as a draft", self._restore
        )

    def _restore(self) -> None:
        db, name, number = self._desk.db, self._referral.id, self._number

        def work() -> None:
            with db.begin() as session:
                versions.restore(session, name, number, str(uuid.uuid4()))

        self._desk.background.run(self, work, self._taken, self.failed)

    def _taken(self, _answer: object) -> None:
        self.reject()
        self.restored.emit()


class LookingBack(QObject):
    """Opens the versions of the referral of one form."""

    restored = Signal()
    preview = Signal(str, str)

    def __init__(self, desk: Desk, draft: Draft, form: QWidget) -> None:
        """Wait to be asked."""
        super().__init__(form)
        self._desk, self._draft = desk, draft

    def open(self) -> None:
        """Show the versions, once there is one."""
        record = self._draft.sheet.standing.record
        if record is None:
            return
        dialog = VersionsDialog(self._desk, record, cast("QWidget", self.parent()))
        dialog.preview.connect(self.preview)
        dialog.restored.connect(self.restored)
        dialog.open()


def _listed(db: Database, name: str) -> list[Version]:
    with db.read() as session:
        return versions.find(session, name)


def version_row(one: Version) -> RowButton:
    """Return the line of a version in the list."""
    marks = [
        word
        for word, on in (("signed", one.signed_by), ("sent", one.sent), ("current", one.is_current))
        if on
    ]
    title = f"Version {one.number}" + (f" ({', '.join(marks)})" if marks else "")
    icon = "sent" if one.sent else "signed" if one.signed_by else "draft"
    made = RowButton(
        f"version{one.number}",
        str(one.number),
        icon,
        title,
        facts(one, short=True),
        moments.say(one.saved_at),
    )
    theme.scale(made, min_height=48)
    return made


def facts(one: Version, short: bool = False) -> str:
    """Return what is known of a version: who saved it when and why, who signed it, when it was sent."""
    by = one.saved_by or "somebody"
    said = (
        [one.what or "Saved", *([] if by in one.what else [by])]
        if short
        else [f"Saved by {by}, {moments.say(one.saved_at)}"]
    )
    said += [one.why] if one.why else []
    said += [f"Signed by {one.signed_by}"] if one.signed_by and not one.what.startswith("Signed") else []
    said += [f"Sent {moments.say(at)}" for at in one.sent]
    return " · ".join(said)
