"""What is done with the surgeons chosen: each verb of the directory, with the dialog it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.services import directory_history, surgeon_match, surgeons, undoing
from referral_app.services.match_reasons import Match, Question
from referral_app.services.merging import Merged
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import transaction
from referral_app.ui.desk import Desk
from referral_app.ui.surgeons import reading, wording
from referral_app.ui.surgeons.compare_dialog import CompareDialog
from referral_app.ui.surgeons.editing import Editing
from referral_app.ui.surgeons.match_start import start
from referral_app.ui.surgeons.verify_dialog import VerifyDialog


class Acts(QObject):
    """`perform(verb, ids)` does one; what is asked about each is read anew first, so that nobody acts on old facts.

    `changed` when the directory is another, `said` what was done, `undoable(words, undo)` what can be taken back.
    `shown(id)` when an entry is another one and stays where it is in the list; `opened(id)` shows one by itself.
    """

    changed = Signal()
    said = Signal(str)
    undoable = Signal(str, object)
    new_referral = Signal(dict)
    preview = Signal(str, object)
    opened = Signal(str)
    shown = Signal(str)
    open_referral = Signal(str)
    favorite_wanted = Signal(list)
    export_wanted = Signal(list)

    def __init__(self, desk: Desk, page: QWidget, question: Callable[[], Question]) -> None:
        """Act for a page; `question` returns what is asked of the directory now, for comparing and referring."""
        super().__init__(page)
        self._desk, self._page, self._question = desk, page, question
        self._verifying: list[str] = []
        self.editing = Editing(desk, page)
        self.editing.saved.connect(self._saved)
        self.editing.opened.connect(self.opened)
        self.editing.concerned.connect(self._show_leave)

    def perform(self, verb: str, ids: list[str]) -> None:
        """Do a verb with some surgeons."""
        if not ids:
            return
        one_by_one: dict[str, Callable[[str], object]] = {
            "copy": self._copy, "edit": self.editing.edit, "history": self._history, "leave": self._leave,
        }  # fmt: skip
        with_all: dict[str, Callable[[list[str]], object]] = {
            "refer": self._refer, "card": partial(self.preview.emit, "card"), "compare": self._compare,
            "sheet": partial(self.preview.emit, "verification"), "favorite": self.favorite_wanted.emit,
            "verify": self._verify, "merge": self._merge, "export": self.export_wanted.emit, "archive": self._archive,
        }  # fmt: skip
        if verb in one_by_one:
            one_by_one[verb](ids[0])
        else:
            with_all[verb](ids)

    # Referring and comparing

    def _refer(self, ids: list[str]) -> None:
        """Begin a referral with what is known from the search too."""
        look = partial(_matches, ids=ids[:1], question=self._question())
        transaction.read(self._desk, self._page, look, self._begin)

    def _begin(self, found: tuple[Question, list[Match]]) -> None:
        question, matches = found
        if matches:
            self.new_referral.emit(start(matches[0], question))

    def _compare(self, ids: list[str]) -> None:
        look = partial(_matches, ids=ids, question=self._question())
        transaction.read(self._desk, self._page, look, self._show_comparison)

    def _show_comparison(self, found: tuple[Question, list[Match]]) -> None:
        question, matches = found
        dialog = CompareDialog(self._desk, matches, self._page)
        dialog.referred.connect(partial(self._begin_with, question))
        dialog.open()

    def _begin_with(self, question: Question, match: Match) -> None:
        self.new_referral.emit(start(match, question))

    def _copy(self, surgeon_id: str) -> None:
        reading.entry(self._desk, self._page, surgeon_id, self._copied)

    def _copied(self, surgeon: SurgeonRecord) -> None:
        blocks = [wording.block(surgeon, place) for place in surgeon.placements] or [surgeon.name]
        QGuiApplication.clipboard().setText("\n\n".join(blocks))
        self.said.emit(f"Copied phone, fax and address of {surgeon.name}")

    # Keeping the entry right

    def _verify(self, ids: list[str]) -> None:
        """Verify one after the other."""
        self._verifying = list(ids)
        self._verify_next()

    def _verify_next(self) -> None:
        if self._verifying:
            reading.entry(self._desk, self._page, self._verifying.pop(0), self._show_verify)

    def _show_verify(self, surgeon: SurgeonRecord) -> None:
        dialog = VerifyDialog(self._desk, surgeon, self._page)
        dialog.verified.connect(self._verified)
        dialog.edit_wanted.connect(self._edit_instead)
        dialog.open()

    def _verified(self, surgeon: SurgeonRecord) -> None:
        self.said.emit(f"Verified the entry of {surgeon.name}")
        self.changed.emit()
        self._verify_next()

    def _edit_instead(self, surgeon: SurgeonRecord) -> None:
        self._verifying.clear()
        self.editing.edit(surgeon.id)

    def _history(self, surgeon_id: str) -> None:
        reading.entry(self._desk, self._page, surgeon_id, self._show_history)

    def _show_history(self, surgeon: SurgeonRecord) -> None:
        from referral_app.ui.surgeons.history_dialog import HistoryDialog

        dialog = HistoryDialog(self._desk, surgeon, self._page)
        dialog.changed.connect(self._undone)
        dialog.open()

    def _undone(self, surgeon: SurgeonRecord) -> None:
        self.changed.emit()
        if not surgeon.archived:
            self.shown.emit(surgeon.id)

    def _leave(self, surgeon_id: str) -> None:
        reading.entry(self._desk, self._page, surgeon_id, self._show_leave)

    def _show_leave(self, surgeon: SurgeonRecord) -> None:
        from referral_app.ui.surgeons.departure_dialog import DepartureDialog

        dialog = DepartureDialog(self._desk, surgeon, self._page)
        dialog.saved.connect(self._saved)
        dialog.open_referral.connect(self.open_referral)
        dialog.said.connect(self.said)
        dialog.open()

    def _merge(self, ids: list[str]) -> None:
        """Merge two entries; the other one of a single entry is asked for first."""
        from referral_app.ui.surgeons import merge_dialog

        merge_dialog.begin(self._desk, ids, self._page, self._merged)

    def _merged(self, done: Merged) -> None:
        from referral_app.ui.surgeons import merge_dialog, merge_lines

        self.changed.emit()
        self.shown.emit(done.kept.id)
        undo = partial(merge_dialog.take_back, self._desk, self._page, done, self._parted)
        self.undoable.emit(merge_lines.done_words(done.dropped, done.kept), undo)

    def _parted(self, back: SurgeonRecord) -> None:
        self.changed.emit()
        self.shown.emit(back.id)
        self.said.emit(f"The merge is undone: the entry of {back.name} is back")

    def _saved(self, surgeon: SurgeonRecord, changes: Sequence[int] = ()) -> None:
        """Say that an entry was saved, and offer to undo it where the history has it."""
        self.changed.emit()
        self.shown.emit(surgeon.id)
        words = f"Saved the entry of {surgeon.name}"
        if changes:
            self.undoable.emit(words, partial(self._take_back, surgeon, list(changes)))
        else:
            self.said.emit(words)

    def _take_back(self, surgeon: SurgeonRecord, changes: list[int]) -> None:
        act = partial(_undo, changes=changes)
        transaction.write(self._desk, self._page, act, lambda _: self._is_as_before(surgeon))

    def _is_as_before(self, surgeon: SurgeonRecord) -> None:
        self.said.emit(f"Undone: the entry of {surgeon.name} is as before")
        self.changed.emit()

    # Archive, with Undo in the place of a question

    def _archive(self, ids: list[str]) -> None:
        transaction.write(self._desk, self._page, partial(_archive, ids=ids), self._archived)

    def _archived(self, changes: list[int]) -> None:
        number = len(changes)
        words = "Archived the entry" if number == 1 else f"Archived {number} entries"
        self.changed.emit()
        self.undoable.emit(words, partial(self._put_back, changes))

    def _put_back(self, changes: list[int]) -> None:
        transaction.write(self._desk, self._page, partial(_undo, changes=changes), self._is_back)

    def _is_back(self, number: int) -> None:
        self.said.emit("The entry is back" if number == 1 else f"{number} entries are back")
        self.changed.emit()


def _matches(session: Session, ids: list[str], question: Question) -> tuple[Question, list[Match]]:
    known = surgeon_match.understood(session, question)
    return known, surgeon_match.of(session, ids, known)


def _archive(session: Session, ids: list[str]) -> list[int]:
    """Archive entries in one transaction and return the numbers of these changes, by which they are undone."""
    for one in ids:
        surgeons.archive(session, one)
    return [directory_history.latest(session, one) for one in ids]


def _undo(session: Session, changes: list[int]) -> int:
    for change in changes:
        undoing.undo(session, change)
    return len(changes)
