"""How long records are kept, and deleting those whose time is over, each by name; for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.clinical import dates
from referral_app.database import Session
from referral_app.jobs import retention as deleting
from referral_app.services import retention
from referral_app.services.errors import InvalidInput
from referral_app.services.retention import LEAST, MOST, Deleted, Kept
from referral_app.ui import sources, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.privacy import wording
from referral_app.ui.privacy.asking_dialog import AskingDialog
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.head import Head
from referral_app.ui.widgets.inputs import LineEdit

COLUMNS = (
    Column("Patient", lambda one: one.patient, 180, detail=wording.born_line),
    Column(
        "May it go?", wording.may_go, 260, detail=wording.with_it, icon=wording.may_go_state, stretch=True
    ),
    Column("Kept until", lambda one: dates.say(one.keep_until), 190, detail=wording.last_used),
)


class DeletionDialog(AskingDialog):
    """Asks for the name, and deletes after a backup; `saved(deleted)` when that is done."""

    def __init__(self, desk: Desk, parent: QWidget, one: Kept) -> None:
        """Make it for a patient."""
        many = wording.referrals(one.referrals)
        sentence = (
            f"{one.patient}, {wording.born(one)}, with {many}: every version, draft, attachment, call and paper. "
            "A backup is made first. After that the program cannot bring it back."
        )
        name = LineEdit("deletionName", chars=40)
        blocks = {"name": Field("Type the name", name, one.patient)}
        words = ("Delete this record forever", sentence, "Delete forever")
        super().__init__(desk, parent, "deletionDialog", words, blocks, _nothing, is_danger=True)
        self._one, self._name = one, name

    def accept(self) -> None:
        """Delete in the background, or say what stands against it."""
        self.save_button.setEnabled(False)
        chosen = self._desk.settings.second_backup_folder
        second = Path(chosen) if chosen else None
        work = partial(deleting.delete, self._desk.db, self._one.patient_id, self._name.text(), second)
        self._desk.background.run(self, work, self._saved, self._refused)


def _nothing(_session: Session, _values: Mapping[str, Any]) -> None:
    """Stand in where the act is no single transaction."""


class RetentionPage(QWidget):
    """The list of what may go, and the years of the Center."""

    go = Signal(str)
    said = Signal(str)
    changed = Signal()
    help_topic = "privacy"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` fills it."""
        super().__init__()
        self.setObjectName("retentionPage")
        self._desk = desk
        self.delete_button = buttons.danger("Delete…", "retentionDelete", "trash")
        self.years_button = buttons.outlined("Change…", "retentionYears", "edit")
        self.years_button.setAccessibleName("Change how many years records are kept")
        self.head = Head("How long records are kept", "retention", self.delete_button)
        self.years, self.count = labels.body(""), labels.muted("")
        empty = ("ok", "Nothing has outlived its time", "Records whose time is over are listed here.", "")
        self.list = RecordList(desk, "retention", "Records whose time is over", COLUMNS, empty)
        self._number = retention.YEARS
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the years and the list."""
        self.delete_button.setEnabled(False)
        transaction.read(self._desk, self, retention.years, self._show_years)
        self.list.load(sources.whole(self._desk.db, retention.due))

    def ask_years(self) -> None:
        """Ask for how many years records are kept."""
        number = LineEdit("yearsKept", chars=6)
        number.setText(str(self._number))
        sentence = (
            "Counted from the last referral, visit, call or paper; for who was a child then, from the eighteenth "
            "birthday. The law of your state may ask for more. Ask your adviser."
        )
        blocks = {"years": Field("Years after the last use", number, f"From {LEAST} to {MOST}")}
        dialog = AskingDialog(
            self._desk,
            self,
            "yearsDialog",
            ("How long records are kept", sentence, "Save the years"),
            blocks,
            _set_years,
        )
        dialog.saved.connect(self.reload)
        dialog.open()

    def ask_delete(self) -> None:
        """Ask for the name of the record that is to go."""
        one = self.list.current()
        if isinstance(one, Kept) and not one.against:
            dialog = DeletionDialog(self._desk, self, one)
            dialog.saved.connect(self._deleted)
            dialog.open()

    def _lay_out(self) -> None:
        top = column(spacing=8, margins=(24, 12, 24, 8))
        years = row(self.years, self.years_button)
        years.setStretch(0, 1)
        top.addLayout(years)
        top.addWidget(
            labels.muted(
                "A legal hold, an open referral, an open request and a booked visit stop a deletion. Older backups "
                "keep what was deleted until they go by their own rule."
            )
        )
        top.addWidget(self.count)
        lines = column(spacing=0)
        lines.addWidget(self.head)
        lines.addLayout(top)
        lines.addWidget(self.list, 1)
        self.setLayout(lines)

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._settings)
        self.years_button.clicked.connect(self.ask_years)
        self.delete_button.clicked.connect(self.ask_delete)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self.ask_delete)
        self.list.loaded.connect(self._loaded)

    def _show_years(self, number: int) -> None:
        self._number = number
        self.years.setText(f"Records are kept {number} years after they were last used.")

    def _loaded(self, number: int) -> None:
        self.count.setText(f"{number:,} record{'' if number == 1 else 's'}")

    def _chosen(self, one: Kept | None) -> None:
        self.delete_button.setEnabled(one is not None and not one.against)
        self.delete_button.setToolTip(wording.may_go(one) if one and one.against else "")

    def _deleted(self, gone: Deleted) -> None:
        self.said.emit(f"Deleted, with {wording.referrals(gone.referrals)}")
        self.changed.emit()
        self.reload()

    def _settings(self) -> None:
        self.go.emit("settings")


def _set_years(session: Session, values: Mapping[str, Any]) -> None:
    typed = str(values["years"])
    if not typed.isdecimal() or len(typed) > 3:
        raise InvalidInput({"years": f"Enter a whole number of years from {LEAST} to {MOST}."})
    retention.set_years(session, int(typed))
