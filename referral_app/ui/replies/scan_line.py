"""The scan that came with a reply: chosen, read in the limited process, kept with the referral once it is recorded."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.jobs import attachments as job
from referral_app.jobs.attachments import Added, Canceled
from referral_app.services.attachments import AttachmentRecord, Owner
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.background import Job
from referral_app.ui.desk import Desk
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import row

KINDS = "Documents and pictures (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
NONE = "No scan yet"


class ScanLine(QWidget):
    """One file; until the reply is recorded it lies with nothing, and goes after a day."""

    changed = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        """Make it empty; `about` says to which referral a file belongs."""
        super().__init__()
        self.setObjectName(name)
        self._desk, self._referral_id, self._loose = desk, "", str(uuid.uuid4())
        self._record: AttachmentRecord | None = None
        self._job: Job | None = None
        self._words = labels.muted(NONE)
        self.add_button = buttons.outlined("Add the scan…", f"{name}Add", "attach")
        self.remove_button = buttons.link("Remove", f"{name}Remove")
        self.remove_button.setAccessibleName("Remove the scan")
        line = row(self.add_button, self._words, self.remove_button, spacing=12)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setFocusProxy(self.add_button)
        self.add_button.clicked.connect(self._choose)
        self.remove_button.clicked.connect(self._remove)
        self._follow()

    def about(self, referral_id: str) -> None:
        """Belong to another referral; a scan of the one before is put away."""
        if referral_id != self._referral_id:
            self._referral_id, self._record = referral_id, None
            self._follow()

    def attachment_id(self) -> str:
        """Return the id of the file that was read, "" where there is none."""
        return self._record.id if self._record else ""

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._job is not None

    def take(self, path: Path) -> None:
        """Read a file and keep it."""
        db, owner = self._desk.db, Owner(self._loose, self._referral_id)

        def work(_progress: Any, canceled: Callable[[], bool]) -> Added:
            return job.add(db, owner, path, canceled=canceled)

        self._job = self._desk.background.job(self, "Reading a scan", work, self._added, self._failed)
        self._follow("Reading…")

    def _choose(self) -> None:
        ask.open_file(self, "Add the scan", KINDS, self.take)

    def _added(self, added: Added) -> None:
        self._job, self._record = None, added.record
        self._follow(added.note)

    def _failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, InvalidInput | Canceled):
            raise error
        self._follow(" ".join(error.fields.values()) if isinstance(error, InvalidInput) else NONE)

    def _remove(self) -> None:
        self._record = None
        self._follow()
        self.add_button.setFocus()

    def _follow(self, said: str = "") -> None:
        """Say what there is, and let be done what can be done."""
        kept = self._record
        pages = f"{kept.pages} page" + ("s" if kept.pages != 1 else "") if kept else ""
        about = f"{kept.name or 'Scan'}, {pages}" if kept else ""
        self._words.setText(" · ".join(part for part in (about, said) if part) or NONE)
        self.add_button.setEnabled(bool(self._referral_id) and self._job is None)
        self.add_button.setText("Another scan…" if kept else "Add the scan…")
        self.remove_button.setVisible(kept is not None)
        self.changed.emit()
