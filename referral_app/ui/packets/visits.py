"""Packets of those who come: the visits of a day or of a schedule file, each with what is printed for the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QWidget

from referral_app.jobs import visits
from referral_app.jobs.file_look import FileLook
from referral_app.jobs.visits import Visit, Visits
from referral_app.services.batches import Wish
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.background import Canceled, Progress
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.packets.labels_dialog import LabelsDialog
from referral_app.ui.packets.options import NAMES_SHOWN, QUESTIONNAIRES, PacketOptions
from referral_app.ui.packets.running import Running
from referral_app.ui.packets.schedule_dialog import ScheduleDialog
from referral_app.ui.packets.visit_columns import COLUMNS, needs, when, written
from referral_app.ui.packets.visits_head import VisitsHead
from referral_app.ui.table_view import RecordList
from referral_app.ui.tables import Source
from referral_app.ui.widgets.card import column
from referral_app.ui.widgets.inputs import ChoiceBox
from referral_app.ui.widgets.panes import Panes

EMPTY = ("calendar", "Nobody is booked on this day", "Choose another day, or open the schedule of your clinic.",
         "Open a schedule…")  # fmt: skip
FILES = "Schedules (*.csv *.txt *.xlsx *.zip);;All files (*)"
KINDS = (("", "By the visit"), ("packet", "Consult packet"), ("surgery_packet", "Surgery packet"))
Picked = dict[str, tuple[str, bool | None, str]]
"""What somebody chose for a row, by its key: language, large print, kind; "" and None stand for what fits."""


class VisitsView(QWidget):
    """Chooses among those who come; the rows chosen are what is printed, and what the panel changes."""

    preview = Signal(str, str)
    new_referral = Signal(dict)

    def __init__(self, desk: Desk, running: Running) -> None:
        """Make the view; `reload` asks for the visits, `running` makes what is wanted."""
        super().__init__()
        self.setObjectName("packetVisitsView")
        self._desk, self._running = desk, running
        self._shown, self._visits = Visits(""), list[Visit]()
        self._kept: list[str] | None = None
        self._picked: Picked = {}
        self._loading = False
        self._schedule: tuple[FileLook, dict[str, str]] | None = None
        self.head = VisitsHead()
        self.day = self.head.day
        self.list = RecordList(desk, "visits", "Who comes, to print packets for", COLUMNS, EMPTY)
        self.list.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.kind = ChoiceBox("visitKind", KINDS, empty=None)
        self.questionnaires = QCheckBox(QUESTIONNAIRES)
        self.questionnaires.setObjectName("visitQuestionnaires")
        self.options = PacketOptions(
            "visit", "Nobody chosen", Field("Packet", self.kind), self.questionnaires
        )
        self._latest = desk.background.latest(self, self._found, delay=40)
        self._lay_out()
        self._connect()

    # Asking

    def reload(self) -> None:
        """Ask again; who was chosen stays chosen."""
        db, day = self._desk.db, self.day.day()
        self.head.show_source(self._schedule is not None)
        if day is not None and self._schedule is None:
            self._latest.ask(lambda: visits.on_day(db, day), self._failed)

    def refresh(self) -> None:
        """Ask again what was printed, of the same visits."""
        if self._schedule is None:
            self.reload()
        elif self._shown.title:
            self._read(*self._schedule)

    def show_day(self, day: date) -> None:
        """Show the visits of a day, also in the place of a schedule."""
        self._schedule, self._kept = None, None
        self.day.show_day(day)
        self.reload()

    def open_schedule(self, path: Path) -> None:
        """Look at a schedule and show its visits; asks which column is which where that cannot be told."""
        db = self._desk.db
        self._desk.background.run(self, lambda: visits.look(db, path), self._looked, self._refused)

    def focus_search(self) -> None:
        """Put the cursor on the day."""
        self.panes.close_right()
        self.day.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin nothing more while out of sight."""
        super().hideEvent(event)
        self._latest.drop()

    def _ask_schedule(self) -> None:
        ask.open_file(self, "Open a schedule", FILES, self.open_schedule)

    def _looked(self, looked: FileLook) -> None:
        if visits.mapping_problem(looked.mapping):
            dialog = ScheduleDialog(looked, self)
            dialog.matched.connect(partial(self._read, looked))
            dialog.open()
        else:
            self._read(looked, dict(looked.mapping))

    def _read(self, looked: FileLook, mapping: dict[str, str]) -> None:
        db = self._desk.db
        new = self._schedule is None or self._schedule[0] is not looked
        self._schedule = (looked, dict(mapping))
        self._kept = None if new else self._kept

        def work(progress: Progress, canceled: Canceled) -> Visits:
            return visits.of_schedule(db, looked, mapping, progress, canceled)

        self._desk.background.job(self, f"Reading {looked.path.name}", work, self._read_done, self._refused)

    def _read_done(self, found: Visits) -> None:
        if found.canceled:
            self._back()
        else:
            self._found(found)

    def _back(self) -> None:
        self._schedule, self._kept = None, None
        self.reload()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        if self._schedule is not None and self._shown.title != f"Schedule {self._schedule[0].path.name}":
            self._schedule = None
        ask.tell(self, str(error), warning=True)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            raise error
        self.list.note.say("review", "The visits could not be read", str(error))

    def _found(self, found: Visits) -> None:
        self._shown = found
        self.head.show_source(self._schedule is not None)
        self._visits = [self._as_picked(one) for one in found.visits]
        self.head.show_found(found)
        self._load()

    def _load(self) -> None:
        shown, self._loading = list(self._visits), True

        def fetch(at: int, most: int, _sort: str, _descending: bool) -> Sequence[Visit]:
            return shown[at : at + most]

        self.list.load(Source(fetch, lambda: len(shown), lambda one: one.key))

    # Choosing

    def choose(self, keys: Sequence[str]) -> None:
        """Choose these rows alone."""
        wanted, chosen = set(keys), QItemSelection()
        last = self.list.model.columnCount() - 1
        for top, bottom in _spans([at for at, one in enumerate(self._visits) if one.key in wanted]):
            chosen.select(self.list.model.index(top, 0), self.list.model.index(bottom, last))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        was, self._loading = self._loading, True
        self.list.table.selectionModel().select(chosen, flags)
        self._loading = was
        self._kept = list(keys)
        self._show_panel()

    def chosen(self) -> list[Visit]:
        """Return the rows chosen, in order of time."""
        ranges = self.list.table.selectionModel().selection().toList()
        places = sorted({at for one in ranges for at in range(one.top(), one.bottom() + 1)})
        return [self._visits[at] for at in places if at < len(self._visits)]

    def _loaded(self, number: int) -> None:
        self.head.show_count(number, sum(not one.refused for one in self._visits))
        self._loading = False
        if self._kept is None:
            self._choose_new()
        else:
            self.choose(self._kept)

    def _choose_all(self) -> None:
        self.choose([one.key for one in self._visits if not one.refused])

    def _choose_none(self) -> None:
        self.choose([])

    def _choose_new(self) -> None:
        self.choose([one.key for one in self._visits if not one.refused and not one.printed])

    def _selected(self) -> None:
        if self._loading:
            return
        self._kept = [one.key for one in self.chosen()]
        self._show_panel()

    def _show_panel(self) -> None:
        """Say in the panel who is chosen and what was picked for them."""
        found = self.chosen()
        able = [one for one in found if not one.refused]
        names = [(one.patient, f"{when(one)} · {one.refused or written(one)}") for one in found[:NAMES_SHOWN]]
        self.options.show_chosen(names, len(able), self._running.is_busy, len(found))
        alone = found[0] if len(found) == 1 else None
        self.options.say_needs("" if alone is None else needs(alone))
        picked = [self._picked.get(one.key, ("", None, "")) for one in found]
        language, large, kind = (_common([one[at] for one in picked]) for at in range(3))
        size = "" if large is None else "large" if large else "usual"
        self.options.show_wanted(str(language or ""), size)
        self.kind.blockSignals(True)
        self.kind.set_value(str(kind or ""))
        self.kind.blockSignals(False)

    # Changing rows

    def _pick(self) -> None:
        """Give the rows chosen the language, print size and kind of the panel, and show them so."""
        keys = {one.key for one in self.chosen()}
        size = self.options.print_size.value()
        picked = self.options.language.value(), None if not size else size == "large", self.kind.value()
        if not keys:
            return
        self._picked |= dict.fromkeys(keys, picked)
        self._visits = [self._as_picked(one) for one in self._shown.visits]
        self._load()

    def _as_picked(self, one: Visit) -> Visit:
        language, large, kind = self._picked.get(one.key, ("", None, ""))
        return visits.changed(one, language=language, large=large, kind=kind)

    # What is done with them

    def _make(self) -> None:
        made = visits.wishes(self.chosen(), self.questionnaires.isChecked())

        def wishes() -> list[Wish]:
            return made

        self._running.start(
            self._shown.title, wishes, self.options.way.value(), self.options.both_sides.isChecked()
        )

    def _preview(self) -> None:
        if len(found := self.chosen()) == 1:
            self._open(found[0])

    def _open(self, one: Visit) -> None:
        if not one.refused:
            self.preview.emit(str(one.kind), one.reference)

    def _preview_questionnaire(self) -> None:
        found = self.chosen()
        self.preview.emit("questionnaire", found[0].reference if len(found) == 1 else "")

    def _ask_labels(self) -> None:
        dialog = LabelsDialog([one.reference for one in self.chosen()], self)
        dialog.wanted.connect(self._preview_labels)
        dialog.open()

    def _preview_labels(self, about: str) -> None:
        self.preview.emit("labels", about)

    def _lay_out(self) -> None:
        lines = column(spacing=0)
        lines.addWidget(self.head)
        lines.addWidget(self.list, 1)
        main = QWidget()
        main.setLayout(lines)
        self.panes = Panes(self._desk, "visits", main, self.options, widths=(0, 520, 380))
        whole = column(spacing=0)
        whole.addWidget(self.panes, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.day.changed.connect(self._new_day)
        self.head.open_button.clicked.connect(self._ask_schedule)
        self.head.close_button.clicked.connect(self._back)
        self.list.acted.connect(self._ask_schedule)
        self.list.loaded.connect(self._loaded)
        self.list.opened.connect(self._open)
        self.list.table.all_wanted.connect(self._choose_all)
        self.list.table.selectionModel().selectionChanged.connect(self._selected)
        for button, act in (
            (self.head.all_button, self._choose_all), (self.head.none_button, self._choose_none),
            (self.head.new_button, self._choose_new), (self.head.options_button, self._show_options),
        ):  # fmt: skip
            button.clicked.connect(act)
        self.panes.right_shown.connect(self._options_shown)
        self.panes.closed.connect(self.list.enter)
        self._running.changed.connect(self._show_panel)
        self.options.changed.connect(self._pick)
        self.kind.currentIndexChanged.connect(self._pick)
        self.options.making.connect(self._make)
        self.options.previewed.connect(self._preview)
        self.options.asking.connect(self._preview_questionnaire)
        self.options.labeling.connect(self._ask_labels)

    def _new_day(self) -> None:
        self._kept = None
        self.reload()

    def _show_options(self) -> None:
        if self.panes.open_right():
            self.options.make_button.setFocus()

    def _options_shown(self, shown: bool) -> None:
        self.head.options_button.setVisible(not shown)


def _common(values: Sequence[object]) -> object:
    """Return what all have in common, None where they differ."""
    return values[0] if values and all(one == values[0] for one in values) else None


def _spans(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of places as pairs of first and last."""
    found: list[tuple[int, int]] = []
    for at in places:
        if found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found
