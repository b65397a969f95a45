"""The history of an entry: every change with who and when, each of which can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from referral_app.choices import Permission
from referral_app.database import Session
from referral_app.services import directory_history, surgeons, undoing
from referral_app.services.directory_history import Change
from referral_app.services.errors import NotFound
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import ask, transaction
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.surgeons import history_lines
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.states import StateLabel

SENTENCE = "What was changed, by whom and when. Undoing a change puts back what it touched and leaves everything else."
EMPTY = "No change of this entry is on record. Changes are kept from now on."


class HistoryDialog(Framed):
    """`changed(record)` when a change was undone; the entry may be out of the directory then."""

    changed = Signal(object)

    def __init__(self, desk: Desk, surgeon: SurgeonRecord, parent: QWidget) -> None:
        """Read the history of an entry."""
        super().__init__(parent, "historyDialog", f"History of {surgeon.name}", SENTENCE)
        self._desk, self._surgeon = desk, surgeon
        self._chores = Chores(self)
        self._note = labels.muted("Reading the history…")
        self._cards: QVBoxLayout = column(spacing=12)
        self.buttons: dict[int, QPushButton] = {}
        close = buttons.outlined("Close", "historyClose")
        close.clicked.connect(self.reject)
        self.body.addWidget(self._note)
        self.body.addLayout(self._cards)
        self.lay_out((700, 680), None, close)
        self.reload()

    def reload(self) -> None:
        """Read it anew."""
        transaction.read(
            self._desk, self, partial(_read, surgeon_id=self._surgeon.id), self._show, self.failed
        )

    def undo(self, change: Change) -> None:
        """Ask, then undo a change."""
        whole = "dropped" in change.details or "kept" in change.details
        detail = (
            "Both entries are as before the merge; what was changed since stays."
            if whole
            else "What it touched is put back. The undo stands in the history too and can be undone."
        )
        ask.confirm(
            self, "Undo this change?", detail, "Undo the change", partial(self._undo, change.sequence)
        )

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        for button in self.buttons.values():
            button.setEnabled(True)
        super().failed(error)

    def _undo(self, sequence: int) -> None:
        for button in self.buttons.values():
            button.setEnabled(False)
        self.show_errors({})
        transaction.write(
            self._desk, self, partial(undoing.undo, sequence=sequence), self._undone, self.failed
        )

    def _undone(self, record: SurgeonRecord) -> None:
        self.changed.emit(record)
        self.reload()

    def _show(self, found: tuple[list[Change], Mapping[str, str]]) -> None:
        changes, people = found
        clear(self._cards)
        self.buttons.clear()
        self._note.setText("" if changes else EMPTY)
        self._note.setVisible(not changes)
        self._chores.add(*(partial(self._add, change, people) for change in changes))

    def _add(self, change: Change, people: Mapping[str, str]) -> None:
        card = Card()
        title = history_lines.title(change, people)
        head = row(labels.heading(title), spacing=12)
        head.setStretch(0, 1)
        self._act(head, change, title)
        said = history_lines.lines(change, people)
        card.setAccessibleName(f"{title}, {history_lines.who_and_when(change)}")
        card.add(head)
        card.add(labels.muted(history_lines.who_and_when(change)))
        for one in said:
            label = labels.muted(one.label)
            line = column(spacing=0)
            line.addWidget(label)
            line.addWidget(labels.body(one.words))
            card.add(line)
        self._cards.addWidget(card)

    def _act(self, head: QHBoxLayout, change: Change, title: str) -> None:
        if change.undone_by is not None:
            head.addWidget(StateLabel("canceled", "Undone"))
        elif history_lines.may_be_undone(change) and self._desk.may(Permission.CHANGE_DIRECTORY):
            button = buttons.outlined("Undo…", f"historyUndo{change.sequence}", "back")
            button.setAccessibleName(f"Undo: {title}, {history_lines.who_and_when(change)}")
            button.clicked.connect(partial(self.undo, change))
            self.buttons[change.sequence] = button
            head.addWidget(button)


def _read(session: Session, surgeon_id: str) -> tuple[list[Change], dict[str, str]]:
    changes = directory_history.of(session, surgeon_id)
    ids = {key for change in changes for key in history_lines.names(change)}
    people = dict(known for key in ids if (known := surgeons.known_as(session, key)))
    merged = {key for change in changes if (key := history_lines.other(change))}
    return changes, people | {key: name for key in merged if (name := _name(session, key))}


def _name(session: Session, surgeon_id: str) -> str:
    """Return the name of the other entry of a merge, "" where it is not stored any more."""
    try:
        return surgeons.get(session, surgeon_id).name
    except NotFound:
        return ""
