"""Opening the form of an entry: read anew, made in turns, and what it leaves behind is asked about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import transaction
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.focus_back import FocusBack
from referral_app.ui.surgeons import offers
from referral_app.ui.surgeons.concerned import tell_concerned
from referral_app.ui.surgeons.dialog import SurgeonDialog
from referral_app.ui.surgeons.form import SurgeonForm
from referral_app.ui.surgeons.offers import Offers
from referral_app.ui.surgeons.old_fax_dialog import show_left_behind


class Editing(QObject):
    """`saved(record, changes)` when an entry was stored, with the numbers of its changes;
    `opened(id)` when another one should be shown instead.

    `concerned(record)` when a last day or leave that was entered concerns open referrals.
    """

    saved = Signal(object, list)
    opened = Signal(str)
    concerned = Signal(object)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Open dialogs over a page."""
        super().__init__(page)
        self._desk, self._page = desk, page
        self._chores = Chores(self)

    def edit(self, surgeon_id: str = "") -> None:
        """Read the entry anew, so that nobody changes what is out of date, then open it; "" makes a new one."""
        transaction.read(
            self._desk, self._page, lambda session: offers.read(session, surgeon_id), self._open_dialog
        )

    def _open_dialog(self, loaded: tuple[SurgeonRecord | None, Offers]) -> None:
        """Make the form, the dialog around it, and show it: one after the other, so that none stalls."""
        surgeon, offered = loaded
        form = SurgeonForm(surgeon, offered)

        def make() -> None:
            dialog = SurgeonDialog(self._desk, surgeon, form, self._page)
            FocusBack(dialog)
            dialog.saved.connect(partial(self._saved, surgeon, dialog.noted))
            dialog.opened.connect(self.opened)
            self._chores.add(dialog.open)

        self._chores.add(make)

    def _saved(self, before: SurgeonRecord | None, noted: list[int], stored: SurgeonRecord) -> None:
        self.saved.emit(stored, list(noted))
        show_left_behind(self._desk, before, stored, self._page)
        tell_concerned(self._desk, before, stored, self._page, self.concerned.emit)
