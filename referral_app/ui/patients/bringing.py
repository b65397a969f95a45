"""Files with patients from the page of patients: brought in with a preview; a chart may begin a referral."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from referral_app.database import StoreProblem
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk

if TYPE_CHECKING:
    from referral_app.jobs.patient_import import ImportedPatients, LookedPatients, PatientPreview
    from referral_app.services.patient_import_records import Chosen

KINDS = "Patients (*.csv *.txt *.xlsx *.xml *.ccda *.ccd);;All files (*)"
SHOWN = 12


class PatientBringing(QObject):
    """Acts for the page; `changed` when there are more patients, `resume_draft(id)` where a referral was begun."""

    changed = Signal()
    said = Signal(str)
    resume_draft = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Open dialogs over a page."""
        super().__init__(page)
        self._desk, self._page = desk, page

    def choose_file(self) -> None:
        """Ask for a file."""
        ask.open_file(self._page, "Import patients", KINDS, self.look)

    def look(self, path: Path) -> None:
        """Look at a file, then show its first step."""
        db = self._desk.db

        def work() -> LookedPatients:
            from referral_app.jobs import patient_import

            return patient_import.look(db, path)

        self._desk.background.run(self, work, self._show, self._refused)

    def _show(self, looked: LookedPatients) -> None:
        from referral_app.ui.patients.import_dialog import PatientImportDialog

        dialog = PatientImportDialog(self._desk, looked, self._page)
        dialog.wanted.connect(partial(self.bring, looked))
        dialog.show()

    def bring(
        self, looked: LookedPatients, found: PatientPreview, chosen: Chosen, confirmed: list[Any] | None
    ) -> None:
        """Import what a person saw in the preview, and begin a referral where that is wanted."""
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> tuple[ImportedPatients, str]:
            from referral_app.jobs import patient_import

            done = patient_import.run(db, looked, found, chosen, progress, canceled)
            like = found.rows[0].like if found.rows else None
            patient_id = done.ids[0] if done.ids else like.id if like and not done.sentences else ""
            begun = confirmed is not None and patient_id
            draft = patient_import.start_referral(db, patient_id, confirmed or []) if begun else ""
            return done, draft

        self._desk.background.job(self, "Importing patients", work, self._imported, self._refused)

    def _imported(self, result: tuple[ImportedPatients, str]) -> None:
        done, draft = result
        self.changed.emit()
        self.said.emit(f"Patients imported: {done.words}")
        if done.sentences:
            more = len(done.sentences) - SHOWN
            said = [*done.sentences[:SHOWN], *([f"… and {more:,} more"] if more > 0 else [])]
            ask.tell(self._page, f"{done.words}. These could not be taken:", "\n".join(said), warning=True)
        if draft:
            self.resume_draft.emit(draft)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        ask.tell(self._page, str(error), warning=True)
