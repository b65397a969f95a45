"""Comings and goings of a surgeon: last day, successor and leave, and the referrals that these concern."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.choices import Permission
from referral_app.services import departures, surgeons
from referral_app.services.departures import Affected, Departure
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui import fields, lookups, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.surgeons import dates_typed
from referral_app.ui.surgeons.lines import side_by_side
from referral_app.ui.surgeons.redirect_dialog import RedirectDialog
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.inputs import LineEdit
from referral_app.ui.widgets.lookup import Hit, Lookup
from referral_app.ui.widgets.notice import Advice

SENTENCE = "While away and after the last day the surgeon counts as not accepting new patients."
DAYS = {"last_day": "Last day", "away_from": "Away from", "away_to": "Away until"}
HINT = "Such as 3/27/2026"


class DepartureDialog(Framed):
    """`saved(record)` when the days are kept, `open_referral(id)`, `said(words)`."""

    saved = Signal(object)
    open_referral = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, surgeon: SurgeonRecord, parent: QWidget) -> None:
        """Show an entry as it was just read."""
        super().__init__(parent, "departureDialog", f"Leave or departure of {surgeon.name}", SENTENCE)
        self._desk, self._surgeon = desk, surgeon
        self.days = {name: LineEdit(f"departure.{name}", chars=20) for name in DAYS}
        self.note = LineEdit("departure.away_note")
        self.successor = Lookup("departure.successor", "Successor", "Name or NPI", "surgeons")
        self.successor.pick.look = lookups.surgeons(desk, self.successor)
        self.save_button = buttons.primary("Save", "departureSave", "save")
        self.state = labels.muted("")
        self._list: QVBoxLayout = column(spacing=12)
        self._affected = Card("Open referrals that this concerns")
        self.concerned = Advice("warning", "departureConcerned", "Show them")
        close = buttons.outlined("Close", "departureClose")
        self._fill()
        self.body.addWidget(self.concerned)
        self.body.addWidget(self._fields())
        self.body.addWidget(self._affected)
        self._affected.add(self.state)
        self._affected.add(self._list)
        self.concerned.acted.connect(self._go_to_affected)
        close.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.save_button.setShortcut("Ctrl+Return")
        self.lay_out((680, 700), None, close, self.save_button)
        self._show_name()
        self.look()

    def save(self) -> None:
        """Keep the days, or say what is wrong."""
        days, problems = dates_typed.read({name: line.text() for name, line in self.days.items()})
        self.show_errors(problems)
        if problems:
            return
        hit = self.successor.hit()
        wanted = Departure(
            days["last_day"], hit.id if hit else None, days["away_from"], days["away_to"], self.note.text().strip()
        )  # fmt: skip
        self.save_button.setEnabled(False)
        act = partial(departures.keep, surgeon=self._surgeon, departure=wanted)
        transaction.write(self._desk, self, act, self._stored, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        self.save_button.setEnabled(True)
        super().failed(error)

    def look(self) -> None:
        """Look for the referrals that are concerned."""
        self.state.setText("Looking for open referrals…")
        look = partial(departures.affected, surgeon_id=self._surgeon.id)
        transaction.read(self._desk, self, look, self._show, self.failed)

    def _stored(self, record: SurgeonRecord) -> None:
        self._surgeon = record
        self.save_button.setEnabled(True)
        self.saved.emit(record)
        self.said.emit(f"Saved the days of {record.name}")
        self.look()

    def _fill(self) -> None:
        for name, line in self.days.items():
            line.setText(dates_typed.shown(getattr(self._surgeon, name)))
        self.note.setText(self._surgeon.away_note)

    def _show_name(self) -> None:
        """Show the name of the successor, once it is read."""
        if key := self._surgeon.successor_id:
            self.successor.set_hit(Hit(key, "A surgeon who is not here any more"))
            transaction.read(self._desk, self, partial(surgeons.known_as, name=key), self._take_name)

    def _take_name(self, known: tuple[str, str] | None) -> None:
        if known:
            self.successor.set_hit(Hit(*known))

    def _fields(self) -> QWidget:
        leaving, away = column(spacing=12), column(spacing=12)
        self.blocks = {
            name: Field(label, self.days[name], HINT, optional=True) for name, label in DAYS.items()
        }
        self.blocks["successor_id"] = Field(
            "Successor", self.successor, "Who is asked from the day after the last day on", optional=True
        )
        self.blocks["away_note"] = Field(
            "Note on the leave", self.note, "Who helps meanwhile, for example", optional=True
        )
        leaving.addWidget(self.blocks["last_day"])
        leaving.addWidget(self.blocks["successor_id"])
        away.addWidget(side_by_side(self.blocks["away_from"], self.blocks["away_to"]))
        away.addWidget(self.blocks["away_note"])
        made, lines = QWidget(), column(spacing=16)
        for heading, part in (("Leaves for good", leaving), ("Away for a time", away)):
            card = Card(heading)
            card.add(part)
            lines.addWidget(card)
        made.setLayout(lines)
        return made

    def _show(self, found: Sequence[Affected]) -> None:
        clear(self._list)
        self.state.setText(_counted(len(found), self._surgeon))
        self.concerned.say(_counted(len(found), self._surgeon) if found else "")
        for number, one in enumerate(found):
            if number:
                self._list.addWidget(labels.line())
            self._list.addWidget(self._referral(number, one))

    def _referral(self, number: int, one: Affected) -> QWidget:
        made, words = QWidget(), column(spacing=0)
        words.addWidget(labels.strong(f"{one.referral.patient or 'No name yet'} · {one.referral.reference}"))
        words.addWidget(labels.muted(f"{one.referral.state_words}. {one.why}"))
        redirect = buttons.outlined("Redirect…", f"redirect{number}", "send")
        redirect.setAccessibleName(f"Redirect the referral of {one.referral.patient}")
        redirect.clicked.connect(partial(self._redirect, one))
        redirect.setVisible(self._desk.may(Permission.WRITE))
        show = buttons.link("Open", f"openAffected{number}")
        show.setAccessibleName(f"Open the referral of {one.referral.patient}")
        show.clicked.connect(partial(self._open, one))
        line = row(words, redirect, show, spacing=12)
        line.setStretch(0, 1)
        made.setLayout(line)
        return made

    def _go_to_affected(self) -> None:
        if button := self.findChild(QWidget, "redirect0"):
            fields.go_to(button)

    def _redirect(self, one: Affected) -> None:
        dialog = RedirectDialog(self._desk, one.referral, self.successor.hit(), one.why, self)
        dialog.was_redirected.connect(self._redirected)
        dialog.open()

    def _redirected(self, words: str) -> None:
        self.said.emit(words)
        self.look()

    def _open(self, one: Affected) -> None:
        self.open_referral.emit(one.referral.id)
        self.reject()


def _counted(number: int, surgeon: SurgeonRecord) -> str:
    if not (surgeon.last_day or surgeon.away_from):
        return "Enter a last day or a leave and save: the open referrals that it concerns are listed here."
    if not number:
        return "No open referral is concerned."
    words = "1 open referral is" if number == 1 else f"{number} open referrals are"
    return f"{words} concerned. You redirect each one after asking the patient."
