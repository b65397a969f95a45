"""When someone else saved first: both versions of a referral before the user, and one version made of them."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import ReferralState
from referral_app.clinical import differences
from referral_app.clinical.differences import BOTH, MINE
from referral_app.clinical.intake import find
from referral_app.services import versions
from referral_app.services.errors import InvalidInput
from referral_app.services.versions import Newer
from referral_app.ui import moments
from referral_app.ui.conflict import ConflictDialog
from referral_app.ui.conflict_lines import Line
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import difference_lines
from referral_app.ui.referrals.difference_lines import Names
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.saving import Merged, Saving

MARKS = "Private answers to print on the letter"


class Comparing(QObject):
    """Follows the saving of one form; `shown(dialog)` when both versions are on screen."""

    shown = Signal(object)

    def __init__(self, desk: Desk, draft: Draft, saving: Saving, form: QWidget) -> None:
        """Wait for a conflict."""
        super().__init__(form)
        self._desk, self._draft, self._saving = desk, draft, saving
        self._dialog: ConflictDialog | None = None
        saving.conflicted.connect(self.begin)
        saving.refused.connect(self._refused)
        saving.replaced.connect(self._close)

    def begin(self) -> None:
        """Look at what is stored now, and show it beside what is typed here."""
        db, sheet, mine = self._desk.db, self._draft.sheet, self._draft.snapshot()

        def work() -> tuple[Newer, Names]:
            with db.read() as session:
                newer = versions.since(session, sheet.referral_id, sheet.version)
                return newer, difference_lines.names(session, mine, newer.record.intake)

        self._desk.background.run(self, work, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self._saving.refused.emit(error.fields)

    def _show(self, loaded: tuple[Newer, Names]) -> None:
        self._close()
        self._newer, names = loaded
        theirs, self._mine = self._newer.record, self._draft.snapshot()
        other_patient = theirs.patient_id != self._draft.sheet.patient_id
        self._found = differences.between(
            self._newer.base, self._mine, theirs.intake, ("patient",) if other_patient else ()
        )
        lines = [difference_lines.line(one, names) for one in self._found]
        marks = _marks(self._draft.sheet.marks, theirs.marks)
        by = self._newer.saved_by or "someone else"
        dialog = self._dialog = ConflictDialog(
            cast(
                "QWidget", self.parent()
            ),  # kept as parent alone: a reference back would keep the form alive
            "Two versions of this referral",
            sentence(self._newer),
            f"Saved by {by}",
            [*lines, *marks],
        )
        dialog.decided.connect(self._save)
        dialog.finished.connect(self._forget)
        dialog.open()
        self.shown.emit(dialog)

    def _save(self, sides: dict[str, str]) -> None:
        theirs, sheet = self._newer.record, self._draft.sheet
        intake = differences.merged(self._mine, theirs.intake, self._found, sides)
        mine_person = sides.get("patient") == MINE or not theirs.patient_id
        marks = {MINE: sheet.marks, BOTH: sheet.marks | theirs.marks}.get(
            sides.get("marks", ""), theirs.marks
        )
        patient_id = sheet.patient_id if mine_person else theirs.patient_id
        self._saving.save_merged(
            Merged(intake, theirs.version, patient_id, marks, theirs.number == theirs.sent_number)
        )

    def _refused(self, problems: dict[str, str]) -> None:
        if self._dialog is not None:
            self._dialog.show_errors(problems)

    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    def _forget(self) -> None:
        self._dialog = None


def sentence(newer: Newer) -> str:
    """Return who saved when, what else happened, and what saving means for a signature."""
    by = newer.saved_by or "Someone else"
    said = [f"{by} saved this referral {moments.say(newer.saved_at)}, after you opened it."]
    moved = [event for event in newer.events if not event.what.startswith(("Saved", "Begun"))]
    said += [f"{event.what} ({event.who}, {moments.say(event.at)})." for event in moved]
    said.append("Nothing is lost: choose which answers to keep.")
    if newer.record.state is not ReferralState.DRAFT:
        said.append("If anything changes, the signature is void and the referral must be signed again.")
    return " ".join(said)


def _marks(mine: frozenset[str], theirs: frozenset[str]) -> list[Line]:
    """Return the line of the private answers to print: no version keeps them, so that a person must say."""
    if mine == theirs:
        return []
    both = _labels(mine | theirs) if mine - theirs and theirs - mine else ""
    return [Line("marks", "Letter", MARKS, _labels(mine), _labels(theirs), "", both)]


def _labels(paths: frozenset[str]) -> str:
    return ", ".join(find(path).label for path in sorted(paths)) or "None"
