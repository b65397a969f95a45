"""The dialog of one directory entry: reads the form, saves, and says beside each field what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import Session
from referral_app.services import directory_history, duplicates, locations, surgeons
from referral_app.services.duplicates import Like
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeon_records import LocationRecord, SurgeonRecord
from referral_app.ui import fields, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.record_dialog import RecordDialog
from referral_app.ui.surgeons import conflict, entry
from referral_app.ui.surgeons.form import SurgeonForm
from referral_app.ui.surgeons.likes import Likes


@dataclass(frozen=True)
class Changes:
    """What a dialog stores: the entry, locations before and after by the path of their placement, and the photo.

    `noted` takes the numbers of the changes that the history has of it then, the latest first.
    """

    entry: SurgeonRecord
    places: Mapping[str, tuple[LocationRecord, LocationRecord]] = field(
        default_factory=dict[str, tuple[LocationRecord, LocationRecord]]
    )
    photo_changed: bool = False
    photo: bytes | None = None
    noted: list[int] = field(default_factory=list[int])


def write(session: Session, changes: Changes) -> SurgeonRecord:
    """Store entry, locations and photo together, and return the entry; raises InvalidInput by field, Conflict."""
    last = directory_history.latest(session, changes.entry.id) if changes.entry.id else 0
    saved = surgeons.save(session, changes.entry)
    for path, (before, after) in changes.places.items():
        try:
            locations.change(session, before, after, saved=saved.id)
        except InvalidInput as error:
            found = {f"{path}.{name or 'location'}": sentence for name, sentence in error.fields.items()}
            raise InvalidInput(found) from error
    if changes.photo_changed:
        surgeons.save_photo(session, saved.id, changes.photo)
    changes.noted[:] = directory_history.since(session, saved.id, last)
    return surgeons.get(session, saved.id) if changes.places else saved


class SurgeonDialog(RecordDialog):
    """Changes an entry, or makes a new one; `opened(id)` when one of the directory is the same surgeon.

    `noted` are the numbers of the changes that were stored, by which they are undone.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, surgeon: SurgeonRecord | None, form: SurgeonForm, parent: QWidget) -> None:
        """Show the entry as it was read, in a form made before."""
        super().__init__(desk, "surgeon", surgeon.name if surgeon else "", form, parent)
        self._surgeon, self.form = surgeon, form
        self._people: dict[str, str] = {}
        self.noted: list[int] = []
        form.serve(desk)
        self.likes = Likes()
        self.lay_out(760, self.likes, form)
        self.summary.chosen.connect(self._go_to)
        self.likes.opened.connect(self._open_other)
        self.likes.wanted_new.connect(self._save_new)

    def save(self) -> None:
        """Save, or say what is wrong."""
        values, problems = self.form.read()
        self.likes.hide()
        if problems:
            self.show_errors(problems)
        elif self._surgeon:
            self._store(entry.with_values(self._surgeon, values))
        else:
            self._look_for_others(entry.with_values(None, values))

    def _look_for_others(self, record: SurgeonRecord) -> None:
        """Save a new entry only after looking for those that may be the same surgeon."""
        self.save_button.setEnabled(False)
        look = partial(duplicates.like, entry=record)
        transaction.read(self._desk, self, look, self._compare, self.failed)

    def _compare(self, found: list[Like]) -> None:
        if not found:
            self._save_new()
            return
        self.save_button.setEnabled(True)
        self.likes.show_entries(found)
        fields.go_to(self.likes)

    def _save_new(self) -> None:
        self._store(entry.with_values(None, self.form.read()[0]))

    def _open_other(self, surgeon_id: str) -> None:
        self.opened.emit(surgeon_id)
        self.close_unchanged()

    def _store(self, record: SurgeonRecord) -> None:
        photo = self.form.photo
        places = self.form.placements.changes()
        changes = Changes(record, places, photo.is_changed(), photo.jpeg(), self.noted)
        self.store(partial(write, changes=changes))

    def theirs(self, session: Session) -> SurgeonRecord:
        """Return the entry as someone else saved it; the name of its successor is kept beside it."""
        found = surgeons.get(session, self._surgeon.id if self._surgeon else "")
        successor = surgeons.known_as(session, found.successor_id) if found.successor_id else None
        self._people = dict([successor]) if successor else {}
        return found

    def show_both(self, theirs: SurgeonRecord) -> None:
        """Show their entry beside what was typed."""
        base = self._surgeon or theirs
        self._mine, self._theirs = entry.with_values(base, self.form.read()[0]), theirs
        mine = self.form.successor.hit()
        people = self._people | ({mine.id: mine.title} if mine else {})
        lines = conflict.lines(base, self._mine, theirs, people)
        self.compare("Two versions of this entry", conflict.SENTENCE, lines)

    def save_decided(self, sides: dict[str, str]) -> None:
        """Store what was decided, on top of their entry."""
        self._store(conflict.merged(self._mine, self._theirs, sides))

    def _go_to(self, name: str) -> None:
        if widget := self.form.widget(name):
            fields.go_to(widget)
