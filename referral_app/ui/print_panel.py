"""How something is printed: on which printer, in how many copies, on both sides, which pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QSizePolicy, QSpinBox, QWidget

from referral_app import settings as settings_file
from referral_app.jobs import paper_printing
from referral_app.jobs.paper_printing import Queue, Ticket
from referral_app.services.errors import InvalidInput
from referral_app.ui import fields, theme
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit

MOST_COPIES = 99
LOOKING = "Looking for printers…"
NONE = "No printer is set up on this PC. Set one up in the system, or save the document instead."
ONE_SIDE = "This printer says that it prints on one side only."


class PrintPanel(QWidget):
    """Asks for printer, copies, sides and pages; what was chosen last on this PC is proposed."""

    def __init__(self, desk: Desk) -> None:
        """Make it without printers; `look` finds them."""
        super().__init__()
        self.setObjectName("printPanel")
        self._desk = desk
        self._queues: dict[str, Queue] = {}
        self.printer = ChoiceBox("printPrinter", [], empty=None)
        self.copies = QSpinBox()
        self.copies.setObjectName("printCopies")
        self.copies.setRange(1, MOST_COPIES)
        self.copies.lineEdit().setTextMargins(theme.px(8), 0, 0, 0)
        theme.scale(self.copies, max_width=96)
        self.both_sides = QCheckBox("Print on both sides")
        self.both_sides.setObjectName("printBothSides")
        self.both_sides.setChecked(desk.settings.both_sides)
        self.pages = LineEdit("printPages", chars=12)
        self.note = labels.muted(LOOKING)
        self.again = buttons.link("Look for printers again", "printAgain")
        self.again.clicked.connect(self.look)
        self.blocks = {
            "printer": Field("Printer", self.printer),
            "copies": Field("Copies", self.copies),
            "pages": Field("Pages", self.pages, "All, or for example 1-3, 5", optional=True),
        }
        theme.scale(
            self.blocks["copies"], min_height=58
        )  # the layout takes the box for 3 px lower than it is drawn
        self.printer.currentIndexChanged.connect(self._say_state)
        self.both_sides.toggled.connect(self._say_state)
        self._lay_out()
        self.again.hide()
        self.blocks["printer"].hide()

    def _lay_out(self) -> None:
        lines = column(spacing=12)
        under = column(spacing=4)
        for part in (self.blocks["printer"], self.note, self.again):
            under.addWidget(part)
        lines.addLayout(under)
        for part in (self.blocks["copies"], self.both_sides, self.blocks["pages"]):
            lines.addWidget(part)
        self.setLayout(lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def look(self) -> None:
        """Find the printers, away from the user's thread: a print service may take its time."""
        if not self._queues:
            self.note.setText(LOOKING)
            self.again.hide()
            self.blocks["printer"].hide()
        self._desk.background.run(self, find, self.show_printers, self._not_found)

    def begin(self) -> None:
        """Ask anew for another document: one copy, all pages."""
        self.copies.setValue(1)
        self.pages.clear()
        self.blocks["pages"].set_error("")
        self.look()

    def show_printers(self, found: Sequence[Queue]) -> None:
        """Offer these printers, and propose the one that was used last, else the first."""
        before = self.printer.value() or self._desk.settings.printer
        self._queues = {queue.name: queue for queue in found}
        self.printer.set_options([(queue.name, queue.label) for queue in found], empty=None)
        if found:
            self.printer.set_value(before if before in self._queues else found[0].name)
        self._say_state()

    def _not_found(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self.show_printers(())

    def _say_state(self) -> None:
        queue = self._queues.get(self.printer.value())
        words = queue.note if queue else NONE
        if queue and not words and self.both_sides.isChecked() and not queue.both_sides:
            words = ONE_SIDE
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.again.setVisible(queue is None)
        self.blocks["printer"].setVisible(queue is not None)
        self.blocks["printer"].set_error("")

    def ticket(self, count: int) -> Ticket | None:
        """Return how a document of so many pages is printed, None where something is wrong, which is said then."""
        queue = self._queues.get(self.printer.value())
        if queue is None:
            fields.go_to(self.again)
            return None
        pages = self.pages.text().strip()
        try:
            paper_printing.chosen(pages, count)
        except InvalidInput as error:
            fields.show_errors(self.blocks, error.fields)
            fields.go_to(self.pages)
            return None
        self.blocks["pages"].set_error("")
        self._remember(queue.name)
        return Ticket(queue.name, self.copies.value(), self.both_sides.isChecked(), pages)

    def _remember(self, printer: str) -> None:
        chosen = self._desk.settings
        if (chosen.printer, chosen.both_sides) != (printer, self.both_sides.isChecked()):
            chosen.printer, chosen.both_sides = printer, self.both_sides.isChecked()
            settings_file.save(self._desk.paths, chosen)


def find() -> Sequence[Queue]:
    """Return the printers of this PC, the default one first."""
    if paper_printing.available():
        return paper_printing.find()
    from referral_app.ui import picture_printing

    return picture_printing.find()
