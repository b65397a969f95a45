"""What went to a fax number that an entry has no more: each letter with its patient, to be looked after."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from referral_app.services import fax_numbers
from referral_app.services.fax_numbers import OldFax, Went
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import moments, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.printing import JOB_NAME, print_pdf
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card

SENTENCE = (
    "This entry has another fax number now. If the old one was wrong, letters may be in a stranger's hands: ask who "
    "has that number, and send again what did not arrive."
)  # fmt: skip


def show_left_behind(desk: Desk, before: SurgeonRecord | None, after: SurgeonRecord, parent: QWidget) -> None:
    """Open the dialog where an entry lost a fax number to which something went; else do nothing."""
    if before is None or not fax_numbers.changed(before, after):
        return

    def show(found: list[OldFax]) -> None:
        if found:
            OldFaxDialog(desk, found, parent).open()

    transaction.read(desk, parent, partial(fax_numbers.left_behind, before=before, after=after), show)


class OldFaxDialog(Framed):
    """Lists what went to each old number; it can be copied and printed."""

    def __init__(self, desk: Desk, found: Sequence[OldFax], parent: QWidget) -> None:
        """Show what went to the numbers."""
        super().__init__(parent, "oldFaxDialog", "What went to the old fax number", SENTENCE)
        self._desk, self.text = desk, as_text(found)
        self.said = labels.muted("")
        for number, one in enumerate(found):
            self.body.addWidget(_card(one, number))
        self.body.addWidget(self.said)
        self.copy_button = buttons.outlined("Copy as text", "oldFaxCopy", "copy")
        self.print_button = buttons.outlined("Print…", "oldFaxPrint", "print")
        close = buttons.primary("Close", "oldFaxClose")
        self.copy_button.clicked.connect(self._copy)
        self.print_button.clicked.connect(self._print)
        close.clicked.connect(self.accept)
        self.lay_out((620, 560), self.copy_button, self.print_button, None, close)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.said.setText("Copied.")

    def _print(self) -> None:
        print_pdf(self, self._desk, as_pdf(self.text), self.said.setText)


def as_text(found: Sequence[OldFax]) -> str:
    """Return the list as lines of text."""
    lines: list[str] = []
    for one in found:
        lines += [f"What went to {one.said}", *(f"- {_line(went)}" for went in one.went), ""]
    return "\n".join(lines).rstrip() + "\n"


def as_pdf(text: str) -> bytes:
    """Return text as a PDF to be printed; it goes to paper alone, and no file is made of it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(JOB_NAME)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20))
    document = QTextDocument()
    document.setPlainText(text)
    document.print_(writer)
    return bytes(buffer.data().data())


def _card(one: OldFax, number: int) -> Card:
    count = "1 letter" if len(one.went) == 1 else f"{len(one.went)} letters"
    card = Card(f"{one.said}: {count}")
    card.setObjectName(f"oldFax{number}")
    for went in one.went:
        card.add(labels.strong(f"{went.patient or 'No name'} · {went.reference}"))
        card.add(labels.muted(_what(went)))
    return card


def _line(went: Went) -> str:
    return f"{went.patient or 'No name'}, referral {went.reference}: {_what(went)}"


def _what(went: Went) -> str:
    by = f" by {went.person}" if went.person else ""
    return f"{went.what}, {moments.say(went.at)}{by}"
