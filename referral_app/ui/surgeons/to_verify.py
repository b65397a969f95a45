"""The worklist of entries to verify: never, 90 days ago and more, or with a fax that waits; the oldest first."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.services import verification
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.services.verification import Due
from referral_app.ui import sources, theme
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import reading
from referral_app.ui.surgeons.verify_dialog import VerifyDialog
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Column
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.flow import Flow

EMPTY = ("verified", "Every entry is verified", "Entries come here after 90 days, or when a fax waits.")


def age(one: Due) -> str:
    """Return how long ago an entry was verified."""
    if one.verified_on is None:
        return "Never"
    passed = (date.today() - one.verified_on).days
    return f"{passed:,} day{'' if passed == 1 else 's'} ago"


def _when(one: Due) -> str:
    by = f" by {one.verified_by}" if one.verified_by else ""
    return f"{dates.say(one.verified_on)}{by}" if one.verified_on else "Not yet"


def _state(one: Due) -> str:
    return "unverified" if verification.warning(one.verified_on) else "verified"


def _first_fax(one: Due) -> str:
    return one.faxes[0] if one.faxes else "None"


def _other_faxes(one: Due) -> str:
    """Return the second number, which is read out too, and how many more the dialog lists."""
    more = f", {len(one.faxes) - 2} more" if len(one.faxes) > 2 else ""
    return f"{one.faxes[1]}{more}" if len(one.faxes) > 1 else ""


COLUMNS = (
    Column("Surgeon", lambda one: one.name, 240, detail=lambda one: one.specialty, stretch=True),
    Column("Faxes to verify", _first_fax, 170, detail=_other_faxes),
    Column("Phone", lambda one: one.phone, 160, detail=lambda one: one.place),
    Column("Verified", age, 170, icon=_state, detail=_when),
)
"""The numbers, which are read out on the phone, stand before what gives way first where the text is large."""


class ToVerify(QWidget):
    """Verifies one after the other, and prints sheets for those chosen.

    `opened(id)`, `edit_wanted(record)`, `print_wanted([id, ...])`, `counted(number)`, `changed` when one was verified.
    """

    opened = Signal(str)
    edit_wanted = Signal(object)
    print_wanted = Signal(list)
    counted = Signal(int)
    said = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it empty; `reload` fills it."""
        super().__init__()
        self.setObjectName("toVerify")
        self._desk = desk
        self.list = RecordList(desk, "toVerify", "Entries to verify", COLUMNS, EMPTY, many=True)
        self.count = labels.muted("")
        self.verify_button = buttons.primary("Verify…", "toVerifyVerify", "verified")
        self.sheets_button = buttons.outlined("Print verification sheets", "toVerifySheets", "print")
        self.open_button = buttons.outlined("Open the entry", "toVerifyOpen", "open")
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Look anew."""
        self.list.load(sources.paged(self._desk.db, verification.count, verification.stale))

    def verify(self) -> None:
        """Verify the current entry."""
        if one := self.list.current():
            reading.entry(self._desk, self, one.id, self._open_dialog)

    def chosen(self) -> list[str]:
        """Return the ids of the entries chosen."""
        rows = self.list.selection.rows() if self.list.selection else []
        return [one.id for one in rows]

    def _open_dialog(self, surgeon: SurgeonRecord) -> None:
        dialog = VerifyDialog(self._desk, surgeon, self)
        dialog.verified.connect(self._verified)
        dialog.edit_wanted.connect(self.edit_wanted)
        dialog.open()

    def _verified(self, surgeon: SurgeonRecord) -> None:
        self.said.emit(f"Verified {surgeon.name}")
        self.changed.emit()
        self.reload()

    def _lay_out(self) -> None:
        verbs = Flow(8)
        for button in (self.verify_button, self.sheets_button, self.open_button):
            verbs.add(button)
        head = QFrame()
        lines = column(spacing=8, margins=(16, 12, 16, 8))
        lines.addWidget(verbs)
        lines.addWidget(self.count)
        head.setLayout(lines)
        theme.role(head, "page")
        whole = column(spacing=0)
        whole.addWidget(head)
        whole.addWidget(self.list, 1)
        self.setLayout(whole)
        self.verify_button.setVisible(self._desk.may(Permission.CHANGE_DIRECTORY))

    def _connect(self) -> None:
        self.verify_button.clicked.connect(self.verify)
        self.open_button.clicked.connect(self._open)
        self.sheets_button.clicked.connect(self._print)
        self.list.loaded.connect(self._loaded)
        self.list.opened.connect(self._open_row)
        self.list.chosen.connect(self._chosen)
        if self.list.selection:
            self.list.selection.changed.connect(self._follow)
        self._follow()

    def _open_row(self, one: Due) -> None:
        if self._desk.may(Permission.CHANGE_DIRECTORY):
            self.verify()
        else:
            self.opened.emit(one.id)

    def _open(self) -> None:
        if one := self.list.current():
            self.opened.emit(one.id)

    def _print(self) -> None:
        if ids := self.chosen():
            self.print_wanted.emit(ids)

    def _loaded(self, number: int) -> None:
        words = (
            f"{number:,} entr{'y' if number == 1 else 'ies'} to verify, the oldest first" if number else ""
        )
        self.count.setText(words)
        self.counted.emit(number)
        if number and self.list.current() is None:
            self.list.table.selectRow(0)

    def _chosen(self, _one: Due | None) -> None:
        self._follow()

    def _follow(self) -> None:
        """Let the verbs be used that fit what is chosen."""
        number = len(self.chosen())
        for button in (self.verify_button, self.open_button):
            button.setEnabled(number == 1)
        self.sheets_button.setEnabled(number > 0)
        self.sheets_button.setText(
            "Print verification sheets" if number < 2 else f"Print {number} verification sheets"
        )
