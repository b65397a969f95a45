"""Visits and surgery of a referral: what is booked, what the surgeon wants, and what a surgery packet still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from referral_app.choices import AppointmentKind, AppointmentStatus, Permission
from referral_app.database import Database, Session
from referral_app.services import appointments, surgery_plans, visit_acts
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.surgery_plans import PlanRecord
from referral_app.ui import ask, rights, transaction, visit_dialog, visit_ending, visit_words
from referral_app.ui.desk import Desk
from referral_app.ui.framed import Framed
from referral_app.ui.referrals.surgery_answers import SurgeryAnswers
from referral_app.ui.visit_dialog import Offered, VisitDialog
from referral_app.ui.visit_ending import VisitEnding
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.notice import Advice
from referral_app.ui.widgets.states import StateLabel

NEEDED = "Before a surgery packet can be printed:"
READY = "Everything for the surgery packet is there."
NONE = "No visit is booked."


@dataclass(frozen=True)
class Loaded:
    """Visits, answers, and what is missing for a surgery packet."""

    visits: Sequence[AppointmentRecord]
    plan: PlanRecord
    missing: Sequence[str]
    offered: Offered


class VisitsDialog(Framed):
    """`preview(kind, reference)` asks for the surgery packet, `said(words)` tells what was done."""

    preview = Signal(str, str)
    said = Signal(str)

    def __init__(self, desk: Desk, referral: ReferralRecord, parent: QWidget) -> None:
        """Read what there is."""
        name = f"{referral.patient or 'No name yet'}, reference {referral.reference}"
        super().__init__(parent, "visitsDialog", "Visits and surgery", name)
        self._desk, self._referral = desk, referral
        self._loaded: Loaded | None = None
        self._changed = False
        self._visits, self._lines = Card("Visits"), column(spacing=8)
        self.book_button = buttons.outlined("Book a visit…", "visitBook", "plus")
        self.answers = SurgeryAnswers()
        self.blocks = self.answers.blocks
        self.missing = Advice("warning", "visitsMissing")
        self.ready = Advice("ok", "visitsReady")
        self.save_button = buttons.outlined("Save answers", "visitsSave", "save")
        self.print_button = buttons.primary("Preview surgery packet", "visitsPrint", "print")
        self._build()
        self.load()

    def load(self) -> None:
        """Read everything anew; what is typed and not saved stays."""
        look = partial(read, self._desk.db, self._referral)
        self._desk.background.run(self, look, self._show, self.failed)

    def save(self) -> None:
        """Keep the answers, or say what is wrong."""
        self._store(self._saved)

    def print(self) -> None:
        """Ask for the surgery packet; answers that are typed are kept first."""
        if self._changed:
            self._store(self._saved_to_print)
        else:
            self._ask_packet()

    def reject(self) -> None:
        """Close; what was typed is not thrown away without asking."""
        if self._changed:
            detail = "The answers that you typed are not saved."
            ask.confirm(self, "Discard your changes?", detail, "Discard", self._discard, danger=True)
        else:
            super().reject()

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        self._follow()
        super().failed(error)

    # Building

    def _build(self) -> None:
        self._visits.add(self._lines)
        self._visits.add(row(self.book_button, None))
        close = buttons.outlined("Close", "visitsClose")
        for part in (self.missing, self.ready, self._visits, self.answers):
            self.body.addWidget(part)
        self.book_button.clicked.connect(self._book)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print)
        close.clicked.connect(self.reject)
        self.save_button.setShortcut("Ctrl+Return")
        self.answers.changed.connect(self._note_change)
        may = rights.allow(self.book_button, self._desk.db, Permission.SEND)
        self.answers.allow(may)
        self.lay_out((760, 760), close, None, self.save_button, self.print_button)
        self._follow()

    def _show(self, loaded: Loaded) -> None:
        self._loaded = loaded
        clear(self._lines)
        for number, visit in enumerate(loaded.visits):
            self._lines.addWidget(self._line(number, visit))
        if not loaded.visits:
            self._lines.addWidget(labels.muted(NONE))
        if not self._changed:
            self.answers.show_plan(loaded.plan)
        self._follow()

    def _line(self, number: int, visit: AppointmentRecord) -> QWidget:
        made, words = QWidget(), column(spacing=0)
        words.addWidget(labels.strong(f"{visit.kind.label}: {visit_words.when(visit)}"))
        words.addWidget(labels.muted(visit_words.described(visit)))
        line = row(words, spacing=8)
        line.setStretch(0, 1)
        if not visit.is_booked or visit_words.has_passed(visit):
            line.addWidget(StateLabel(visit_words.state(visit), visit_words.standing(visit)))
        for verb, name, says, act in self._acts(visit) if self._desk.may(Permission.SEND) else ():
            button = buttons.outlined(verb, f"visit{name}{number}")
            button.setAccessibleName(f"{says} the {visit_words.what(visit)}")
            button.clicked.connect(partial(act, visit))
            line.addWidget(button)
        made.setLayout(line)
        return made

    def _acts(self, visit: AppointmentRecord) -> Sequence[tuple[str, str, str, Any]]:
        """Return what can be done with a visit: the words of its button, its name, how it is said, and the act."""
        is_moved = self._loaded is not None and appointments.earlier(self._loaded.visits, visit) is not None
        unmove = (
            (("Take back…", "Unmove", "Take back the new time of", self._ask_unmove),) if is_moved else ()
        )
        if visit_words.has_passed(visit):
            return (
                ("Came", "Kept", "The patient came to", self._keep),
                ("Did not come…", "Missed", "The patient did not come to", self._ask_missed), *unmove,
            )  # fmt: skip
        if visit.is_booked:
            return (
                ("Change…", "Change", "Change", self._change),
                ("Cancel…", "Cancel", "Cancel", self._ask_cancel), *unmove,
            )  # fmt: skip
        back = ("Take back…", "Back", "Take back what was recorded of", self._ask_back)
        return () if visit.status is AppointmentStatus.MOVED else (back,)

    def _follow(self) -> None:
        """Say what is missing, and let be done what can be done."""
        missing = self._loaded.missing if self._loaded else ()
        shown = () if self._changed else missing
        self.missing.say("\n".join([NEEDED, *(f"– {one}" for one in shown)]) if shown else "")
        self.ready.say(READY if self._loaded and not (missing or self._changed) else "")
        may = self._desk.may(Permission.SEND)
        self.save_button.setEnabled(self._changed and may)
        if rights.allow(self.print_button, self._desk.db, Permission.PRINT):
            self.print_button.setEnabled(self._loaded is not None and (self._changed or not missing))
            self.print_button.setToolTip(" ".join(shown))

    # Visits

    def _book(self) -> None:
        if self._loaded is not None:
            self._edit(None, _next_kind(self._loaded.visits))

    def _change(self, visit: AppointmentRecord) -> None:
        self._edit(visit, visit.kind)

    def _edit(self, visit: AppointmentRecord | None, kind: AppointmentKind) -> None:
        if self._loaded is None:
            return
        dialog = VisitDialog(self._desk, self._loaded.offered, self, visit, kind)
        dialog.stored.connect(partial(self._stored, visit))
        dialog.open()

    def _stored(self, before: AppointmentRecord | None, visit: AppointmentRecord) -> None:
        self.said.emit(visit_words.told(visit, before))
        self.load()

    def _ask_cancel(self, visit: AppointmentRecord) -> None:
        self._end(visit, visit_ending.CANCEL)

    def _ask_missed(self, visit: AppointmentRecord) -> None:
        self._end(visit, visit_ending.MISS)

    def _ask_back(self, visit: AppointmentRecord) -> None:
        self._end(visit, visit_ending.BACK)

    def _ask_unmove(self, visit: AppointmentRecord) -> None:
        self._end(visit, visit_ending.UNMOVE)

    def _end(self, visit: AppointmentRecord, act: str) -> None:
        dialog = VisitEnding(self._desk, visit, act, self)
        dialog.stored.connect(partial(self._ended, visit))
        dialog.open()

    def _keep(self, visit: AppointmentRecord) -> None:
        act = partial(visit_acts.keep, appointment_id=visit.id)
        transaction.write(self._desk, self, act, partial(self._ended, visit), self.failed)

    def _ended(self, before: AppointmentRecord, visit: AppointmentRecord) -> None:
        self.said.emit(visit_words.told(visit, before))
        self.load()

    # Answers

    def _note_change(self) -> None:
        self._changed = True
        self._follow()

    def _store(self, then: Any) -> None:
        self.show_errors({})
        self.save_button.setEnabled(False)
        act = partial(store, plan=self.answers.plan(), usual=self.answers.usual.isChecked())
        transaction.write(self._desk, self, act, then, self.failed)

    def _saved(self, _plan: PlanRecord) -> None:
        self._changed = False
        self.said.emit("Saved the surgeon’s answers")
        self.load()

    def _saved_to_print(self, plan: PlanRecord) -> None:
        self._saved(plan)
        self._desk.background.run(
            self, partial(read, self._desk.db, self._referral), self._print_if_ready, self.failed
        )

    def _print_if_ready(self, loaded: Loaded) -> None:
        if not loaded.missing:
            self._ask_packet()

    def _ask_packet(self) -> None:
        self.preview.emit("surgery_packet", self._referral.reference)
        self.accept()

    def _discard(self) -> None:
        self._changed = False
        self.reject()


def read(db: Database, referral: ReferralRecord) -> Loaded:
    """Return what the dialog shows of a referral."""
    with db.read() as session:
        return Loaded(
            appointments.of_referral(session, referral.id),
            surgery_plans.get(session, referral.id),
            surgery_plans.ready(session, referral.id),
            visit_dialog.offered(session, referral),
        )


def store(session: Session, plan: PlanRecord, usual: bool) -> PlanRecord:
    """Keep the answers, and where asked for as what the surgeon usually says."""
    saved = surgery_plans.save(session, plan)
    if usual:
        surgery_plans.save_as_usual(session, plan)
    return saved


def _next_kind(visits: Sequence[AppointmentRecord]) -> AppointmentKind:
    """Return what is usually booked next: a consultation, then the surgery, then follow-up visits."""
    booked = {one.kind for one in visits if one.is_booked}
    if AppointmentKind.SURGERY in booked:
        return AppointmentKind.FOLLOW_UP
    return AppointmentKind.SURGERY if AppointmentKind.CONSULT in booked else AppointmentKind.CONSULT
