"""How a document leaves the preview: on paper, as a file, into another program; each is recorded before it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from referral_app.choices import PaperAct
from referral_app.database import StoreProblem
from referral_app.jobs import paper_printing
from referral_app.jobs.paper_printing import Ticket
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask, printing
from referral_app.ui.desk import Desk
from referral_app.ui.preview.drag_handle import as_file

if TYPE_CHECKING:
    from referral_app.jobs.papers import Made

STILL_HERE = "The document is still here; save it somewhere else."
COPY = (
    "The other program is given a copy of its own, which is not encrypted unless you protect it with a password. It "
    "is removed when you lock or close this program; what the other program keeps of it stays."
)
NO_VIEWER = "There is no program on this PC that opens PDF files. Save the document instead."
OPENED, COPIED, DRAGGED = "PDF viewer", "Copied as a file", "Dragged out"


@dataclass(frozen=True)
class Sheet:
    """A document that is shown, for whom it is, and the fax number that it goes to, if it goes by fax."""

    made: Made
    for_whom: str = ""
    fax: bool = False
    shown: str = ""


class Leaving(QObject):
    """Does one of these with a document; `said` is for the status bar."""

    said = Signal(str)

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        """Act for a page."""
        super().__init__(owner)
        self._desk, self._owner = desk, owner

    def print(self, sheet: Sheet, ticket: Ticket) -> None:
        """Print it, recorded once the printer has accepted it."""
        db = self._desk.db

        def note(how: str, copies: int) -> None:
            from referral_app.jobs import papers

            papers.left(
                db, sheet.made, PaperAct.PRINTED, how=how, for_whom=sheet.for_whom, copies=copies,
                fax=sheet.fax and copies > 0, shown=sheet.shown,
            )  # fmt: skip

        printing.start(
            self._owner, self._desk, sheet.made.content, ticket, self.said.emit,
            partial(note, paper_printing.sentence(ticket), ticket.copies),
            partial(note, f"{ticket.queue}: {paper_printing.TAKEN_BACK}", 0),
        )  # fmt: skip

    def save(self, sheet: Sheet, path: Path, password: str = "") -> None:
        """Write it into a file, whole or not at all."""
        db = self._desk.db

        def work() -> str:
            from referral_app.jobs import paper_files

            paper_files.save(
                db, sheet.made, path, password=password, for_whom=sheet.for_whom, fax=sheet.fax,
                shown=sheet.shown,
            )  # fmt: skip
            return f"Saved as {path.name}" + (", protected with the password" if password else "")

        self._desk.background.run(self._owner, work, self.said.emit, self._refused)

    def open(self, sheet: Sheet, password: str = "") -> None:
        """Open it in the PDF viewer of the system, after saying that this leaves a copy."""
        act = partial(self._hand_out, sheet, PaperAct.OPENED, OPENED, password, self._show)
        ask.confirm(self._owner, "Open a copy in another program?", COPY, "Open a copy", act)

    def copy(self, sheet: Sheet, password: str = "") -> None:
        """Put it into the clipboard as a file, to be pasted into a folder or a mail."""
        act = partial(self._hand_out, sheet, PaperAct.DRAGGED, COPIED, password, self._put)
        ask.confirm(self._owner, "Copy the document as a file?", COPY, "Copy", act)

    def drag(self, sheet: Sheet, carry: Callable[[Path], object], password: str = "") -> None:
        """Make a copy for the pointer to carry, recorded as dragged whether something takes it or not."""
        self._hand_out(sheet, PaperAct.DRAGGED, DRAGGED, password, carry)

    def _hand_out(
        self, sheet: Sheet, act: PaperAct, how: str, password: str, then: Callable[[Path], object]
    ) -> None:
        db, folder = self._desk.db, self._desk.paths.copies

        def work() -> Path:
            from referral_app.jobs import paper_files

            return paper_files.hand_out(
                db, sheet.made, folder, act, how=how, password=password, for_whom=sheet.for_whom
            )

        self._desk.background.run(self._owner, work, then, self._refused)

    def _show(self, path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.said.emit("Opened in another program; the copy is removed when you lock or close this one")
        else:
            ask.tell(self._owner, NO_VIEWER, warning=True)

    def _put(self, path: Path) -> None:
        QGuiApplication.clipboard().setMimeData(as_file(path))
        self.said.emit("Copied as a file: paste it into a folder or a mail before you lock this program")

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        words = " ".join(error.fields.values()) if isinstance(error, InvalidInput) else str(error)
        ask.tell(self._owner, words, STILL_HERE, warning=True)
