"""Printing a PDF: handed over in the background and looked after until it is printed, or said why it was not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from referral_app.database import StoreProblem
from referral_app.jobs import paper_printing
from referral_app.jobs.paper_printing import FOLLOWED, JOB_NAME, Held, Ticket
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.print_panel import PrintPanel
from referral_app.ui.widgets import buttons

__all__ = ["JOB_NAME", "print_pdf", "start"]

REFUSED = "The printer did not take the document. Nothing was printed."
STILL_HERE = "The document is still here: print it again, on another printer if need be, or save it."
LOOK_MS = 500
Say = Callable[[str], object]


def print_pdf(
    parent: QWidget, desk: Desk, content: bytes, said: Say, note: Callable[[], object] | None = None
) -> None:
    """Ask how to print and print, once `note` recorded it."""
    PrintDialog(parent, desk, content, said, note).open()


def start(
    owner: QWidget,
    desk: Desk,
    content: bytes,
    ticket: Ticket,
    said: Say,
    note: Callable[[], object] | None = None,
    taken_back: Callable[[], object] | None = None,
) -> None:
    """Print in the background; `note` and `taken_back` record it as `paper_printing.hand_over` says."""
    failed = partial(_failed, owner, said)
    if not paper_printing.available():
        _paint(owner, desk, content, ticket, said, note)
        return

    def work(_progress: Progress, _canceled: Canceled) -> Held:
        return paper_printing.hand_over(content, ticket, note, taken_back)

    def done(job: Held) -> None:
        said(f"{job.queue} has the document")
        _Following(owner, desk, job, said)

    desk.background.job(owner, f"Printing on {ticket.queue}", work, done, failed)


def _paint(
    owner: QWidget,
    desk: Desk,
    content: bytes,
    ticket: Ticket,
    said: Say,
    note: Callable[[], object] | None,
) -> None:
    from referral_app.ui import picture_printing

    printer = picture_printing.printer(ticket)

    def work(progress: Progress, canceled: Canceled) -> str:
        return picture_printing.paint(content, printer, progress, canceled, ticket.pages, note)

    label = f"Printing on {ticket.queue}"
    desk.background.job(owner, label, work, said, partial(_failed, owner, said))


def _failed(owner: QWidget, said: Say, error: Exception) -> None:
    """Say why nothing was printed: what cannot be recorded is not printed either."""
    if isinstance(error, InvalidInput):
        words = " ".join(error.fields.values())
    elif isinstance(error, StoreProblem):
        words = f"Nothing was printed: {error}"
    else:
        words = REFUSED
    said("Nothing was printed")
    ask.tell(owner, words, STILL_HERE, warning=True)
    if not isinstance(error, InvalidInput | StoreProblem):
        raise error


class _Following(QObject):
    """Looks after a job until it is printed, without holding a thread for that; then it is gone."""

    def __init__(self, owner: QWidget, desk: Desk, job: Held, said: Say) -> None:
        super().__init__(owner)
        self._owner, self._desk, self._job, self._said = owner, desk, job, said
        self._left = FOLLOWED * 1000 / LOOK_MS
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._look()

    def _look(self) -> None:
        self._left -= 1
        self._desk.background.run(self, partial(paper_printing.look, self._job), self._seen, self._lost)

    def _seen(self, found: tuple[str, bool] | None) -> None:
        if found is None and self._left > 0:
            self._timer.start()
            return
        if found is not None:
            words, attention = found
            self._said(words)
            if attention:
                ask.tell(self._owner, words, STILL_HERE, warning=True)
        self.deleteLater()

    def _lost(self, error: Exception) -> None:
        self.deleteLater()
        if not isinstance(error, InvalidInput):
            raise error


class PrintDialog(Framed):
    """Asks how to print something that is no document of the preview."""

    def __init__(
        self, parent: QWidget, desk: Desk, content: bytes, said: Say, note: Callable[[], object] | None
    ) -> None:
        """Ask; `parent` stays when this dialog is gone, and what becomes of the job is said there."""
        super().__init__(parent, "printDialog", "Print")
        self._asker, self._desk, self._content, self._said, self._note = parent, desk, content, said, note
        self.panel = PrintPanel(desk)
        self.blocks.update(self.panel.blocks)
        self.body.addWidget(self.panel)
        cancel = buttons.outlined("Cancel", "printCancel")
        self.print_button = buttons.primary("Print", "printStart", "print")
        self.print_button.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.print_button.clicked.connect(self._print)
        self.lay_out((420, 460), None, cancel, self.print_button)
        self.panel.look()

    def _print(self) -> None:
        from referral_app.jobs import papers

        ticket = self.panel.ticket(papers.pages(self._content))
        if ticket is not None:
            self.accept()
            start(self._asker, self._desk, self._content, ticket, self._said, self._note)
