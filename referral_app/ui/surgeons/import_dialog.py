"""Bringing a file in, step by step: which column is what, then what would be done, then it is done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import directory_preview, directory_reading
from referral_app.jobs.directory_preview import Preview
from referral_app.jobs.directory_reading import NATIONAL, SIGNED, Looked, Plan
from referral_app.services.import_records import Outcome
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.import_steps import ImportSteps, Work
from referral_app.ui.surgeons.import_choices import BadRows, National, Signed
from referral_app.ui.surgeons.import_preview import PreviewView

STANDS_STILL = "Something is refused, and you chose to import nothing then. Mend the file, or go back."


class ImportDialog(ImportSteps):
    """`wanted(plan)` when a person wants what the preview showed. The window can be used meanwhile."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, looked: Looked, parent: QWidget) -> None:
        """Show what the first look at a file found."""
        known, judge = directory_reading.FIELDS, directory_reading.mapping_problem
        super().__init__(desk, looked, parent, "import", known, judge)
        self._looked = looked
        self._plan = Plan(looked.path)
        self.national = National() if looked.kind == NATIONAL else None
        self.signed = Signed(looked.signature) if looked.kind == SIGNED and looked.signature else None
        self.bad_rows, self.preview = BadRows(), PreviewView(desk)
        self.begin((self.national, self.signed, self.bad_rows), self.preview)
        if self.signed:
            self.signed.changed.connect(self._judge)

    @property
    def is_ready(self) -> bool:
        """Whether the key of a signed file was compared."""
        return self.signed is None or self.signed.is_ready

    def plan(self) -> Plan:
        """Return what is chosen."""
        states, taxonomies = self.national.chosen() if self.national else ((), ())
        return Plan(
            self._looked.path, self.columns.mapping() if self.columns else {}, states, taxonomies,
            self.bad_rows.only_if_clean, self.signed.trust if self.signed else "", self._looked.seen,
        )  # fmt: skip

    def _hand_on(self) -> None:
        self.wanted.emit(self._plan)
        self.accept()

    def _judge(self) -> None:
        self.next_button.setEnabled(self.is_ready)

    def _work(self, mapping: dict[str, str]) -> Work:
        plan, db = self.plan(), self._desk.db
        headings = self._looked.headings if self.columns else ()
        self._plan = plan

        def work(progress: Progress, canceled: Canceled) -> Preview:
            if headings:
                directory_reading.remember(db, headings, mapping)
            return directory_preview.preview(db, plan, progress, canceled)

        return work

    def _show_found(self, found: Preview) -> None:
        self.preview.show_preview(found)
        count = found.counts[Outcome.NEW] + found.counts[Outcome.CHANGED]
        stands_still = self._plan.only_if_clean and not found.is_clean
        is_signed = self._looked.kind == SIGNED
        self.next_button.setEnabled((bool(count) or is_signed) and not stands_still)
        self.next_button.setText(f"Import {count:,}" if count else "Import")
        if stands_still:
            self.show_errors({"": STANDS_STILL})
        else:
            self.next_button.setFocus()
