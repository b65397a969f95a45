"""The page of the reports: a filter, and a card for each report with plots, tables and what they do not say."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import Permission
from referral_app.clinical import dates
from referral_app.database import Database, StoreProblem
from referral_app.services import practices, reports
from referral_app.services.errors import InvalidInput
from referral_app.services.reports import KINDS, Part, Report, Wanted
from referral_app.ui import ask, rights
from referral_app.ui.background import Canceled, Job, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.reports.filters import Filters
from referral_app.ui.reports.part_table import PartTable
from referral_app.ui.reports.plot_view import PlotView
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column
from referral_app.ui.widgets.head import Head
from referral_app.ui.widgets.scroll import scrolled
from referral_app.ui.widgets.states import StateLabel

if TYPE_CHECKING:
    from referral_app.jobs.quality_export import Taken

TABLES = "CSV table (*.csv);;Excel workbook (*.xlsx)"
FILES = f"{TABLES};;PDF document (*.pdf)"
NOTHING = "Nothing to count in this period."
NOT_YET = "Press Count."
CHANGED = "The filter was changed since these were counted. Press Count first."
BEFORE = "Counted before the filter was changed"


class ReportsPage(QWidget):
    """Counts away from the user's thread, one report after the other; each card fills as its report is there.

    `job` is the count under way, None where there is none.
    """

    go = Signal(str)
    said = Signal(str)
    preview = Signal(str, object)
    help_topic = "reports"

    def __init__(self, desk: Desk) -> None:
        """Make it; `reload` counts."""
        super().__init__()
        self.setObjectName("reportsPage")
        self._desk = desk
        self.shown: dict[str, Report] = {}
        self._wanted: Wanted | None = None
        self._asked: tuple[str, ...] = ()
        self.job: Job | None = None
        self.quality = buttons.outlined("Export rows…", "exportQuality", "save")
        self.save_button = buttons.outlined("Save…", "saveReports", "save")
        self.print_button = buttons.outlined("Print", "printReports", "print")
        self.head = Head(
            "Reports", "reports", self.quality, self.save_button, self.print_button, below="Home"
        )
        self.filters = Filters(desk)
        self.cards = {key: Card(kind.title) for key, kind in KINDS.items()}
        self.before = {key: StateLabel("note", BEFORE) for key in KINDS}
        inside = QWidget()
        lines = column(spacing=16, margins=(24, 8, 24, 24))
        lines.addWidget(self.filters)
        for key, card in self.cards.items():
            card.setObjectName(f"report_{key}")
            card.add(self.before[key])
            card.add(labels.muted(NOT_YET))
            lines.addWidget(card)
        lines.addStretch(1)
        inside.setLayout(lines)
        whole = column(spacing=0)
        whole.addWidget(self.head)
        whole.addWidget(scrolled(inside, "reportsScroll"), 1)
        self.setLayout(whole)
        self._connect()
        self._allow()

    def reload(self) -> None:
        """Offer the practices, and count what the filter asks for."""
        db = self._desk.db
        self._desk.background.run(self, lambda: _practices(db), self.filters.offer_practices, self._refused)
        self.count()

    def count(self) -> None:
        """Count every report anew; what is under way is stopped."""
        wanted = self.filters.read()
        if wanted is None:
            return
        if self.job is not None:
            self.job.cancel()
        self._wanted, self._asked = wanted, self.filters.asked()
        self.shown = {}
        self._allow()
        for key in KINDS:
            self._say(key, "Counting…")
        self._next(wanted)

    def print(self) -> None:
        """Show what was counted as a document."""
        if self._wanted is not None:
            from referral_app.jobs import reports as jobs

            self.preview.emit("report", jobs.named(self._wanted, tuple(self.shown)))

    def save_into(self, path: Path) -> None:
        """Write what is shown into a file, as its name ends."""
        db, shown = self._desk.db, list(self.shown.values())

        def work() -> str:
            from referral_app.jobs import reports as jobs

            return jobs.save(db, path, shown)

        self._desk.background.run(self, work, self.said.emit, self._refused)

    def take_out(self, path: Path) -> None:
        """Write the requests of the period without anything that tells who they are about."""
        db, wanted = self._desk.db, self._wanted or self.filters.read()
        if wanted is None:
            return

        def work(progress: Progress, canceled: Canceled) -> Taken | None:
            from referral_app.jobs import quality_export

            return quality_export.export(db, path, wanted, progress, canceled)

        self._desk.background.job(self, "Taking out de-identified rows", work, self._taken, self._refused)

    def _connect(self) -> None:
        self.head.back.clicked.connect(self._home)
        self.filters.wanted.connect(self.count)
        self.filters.changed.connect(self._allow)
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self._ask_where)
        self.quality.clicked.connect(self._ask_quality)

    def _next(self, wanted: Wanted) -> None:
        """Count the next report that is not there yet."""
        key = next((one for one in KINDS if one not in self.shown), "")
        if not key:
            self.job = None
            return
        db = self._desk.db

        def work(progress: Progress, canceled: Canceled) -> Report | None:
            from referral_app.jobs import reports as jobs

            return jobs.count_one(db, wanted, key, progress, canceled)

        label = f"Counting: {KINDS[key].title.lower()}"
        done, failed = partial(self._counted, wanted), partial(self._failed, wanted)
        self.job = self._desk.background.job(self, label, work, done, failed)

    def _counted(self, wanted: Wanted, report: Report | None) -> None:
        if wanted is not self._wanted:
            return
        if report is None or (self.job is not None and self.job.stopped.is_set()):
            self.job = None
            for key in KINDS.keys() - self.shown.keys():
                self._say(key, "Canceled. Press Count to count it.")
            return
        self.shown[report.key] = report
        self._show(report)
        self._allow()
        self._next(wanted)

    def _failed(self, wanted: Wanted, error: Exception) -> None:
        if wanted is self._wanted:
            self.job = None
            for key in KINDS.keys() - self.shown.keys():
                self._say(key, NOT_YET)
            self._refused(error)

    def _show(self, report: Report) -> None:
        """Fill a card with the plots and tables of its report."""
        card = self.cards[report.key]
        clear(card.column, keep=2)
        card.add(labels.muted(report.about))
        for number, part in enumerate(report.parts):
            self._show_part(card, part, f"{report.key}{number}", part.title != report.title)
        if report.note:
            card.add(labels.muted(report.note))

    def _show_part(self, card: Card, part: Part, name: str, titled: bool) -> None:
        if titled:
            card.add(labels.strong(part.title))
        if not part.rows:
            card.add(labels.muted(NOTHING))
            return
        if part.plot is not None:
            card.add(labels.muted(part.plot.title))
            card.add(PlotView(part.plot, f"plot_{name}"))
        card.add(PartTable(part, f"table_{name}"))
        if part.note:
            card.add(labels.muted(part.note))

    def _say(self, key: str, words: str) -> None:
        card = self.cards[key]
        clear(card.column, keep=2)
        card.add(labels.muted(words))

    def _allow(self) -> None:
        """Let what is shown leave once it was counted, and only while the filter still asks for just that."""
        changed = self._wanted is not None and self.filters.asked() != self._asked
        for key, line in self.before.items():
            line.setVisible(changed and key in self.shown)
        why = CHANGED if changed else "" if self.shown else NOT_YET
        for button in (self.print_button, self.save_button):
            _hold(button, why)
        allowed = rights.allow(
            self.quality,
            self._desk.db,
            Permission.ADMINISTER,
            "Rows for quality work, without who they are about",
        )
        if allowed and changed:
            _hold(self.quality, CHANGED)

    def _ask_where(self) -> None:
        ask.save_file(self, "Save the reports", f"reports-{date.today():%Y-%m-%d}.csv", FILES, self.save_into)

    def _ask_quality(self) -> None:
        from referral_app.ui.reports.quality_dialog import QualityDialog

        wanted = self._wanted or self.filters.read()
        if wanted is not None:
            dialog = QualityDialog(self, f"{dates.say(wanted.since)} to {dates.say(wanted.until)}")
            dialog.agreed.connect(self._ask_quality_file)
            dialog.open()

    def _ask_quality_file(self) -> None:
        name = f"quality-{date.today():%Y-%m-%d}.csv"
        ask.save_file(self, "Save de-identified rows", name, TABLES, self.take_out)

    def _taken(self, taken: Taken | None) -> None:
        self.said.emit("Canceled; nothing was saved" if taken is None else taken.words)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        ask.tell(self, str(error), warning=True)

    def _home(self) -> None:
        self.go.emit("home")


def _hold(button: QWidget, why: str) -> None:
    """Turn a button off and say why, or on again where nothing speaks against it."""
    button.setEnabled(not why)
    button.setToolTip(why)
    button.setAccessibleDescription(why)


def _practices(db: Database) -> list[tuple[str, str]]:
    """Return the practices that the person may choose between: none where they see their own alone."""
    with db.read() as session:
        return practices.names(session) if reports.sees_every_practice(session) else []
