"""What a form takes over from elsewhere: a surgeon chosen among matches, and what the last referral hands on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from referral_app.clinical import dates
from referral_app.services.carried_over import Carried
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import directory_controls, known, sheets
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.form_steps import FormSteps


class Taking(QObject):
    """Asks the store in the background and writes what comes into the draft, each as one step to undo."""

    match_wanted = Signal(object, object)
    said = Signal(str)
    noted = Signal(str)

    def __init__(self, desk: Desk, draft: Draft, shown: FormSteps) -> None:
        """Work for one form, whose views show what was taken."""
        super().__init__(shown)
        self._desk, self._draft, self._shown = desk, draft, shown
        draft.match_wanted.connect(self._ask_match)

    def _ask_match(self) -> None:
        """Ask the window for surgeons that fit these answers."""
        self.match_wanted.emit(self._draft.snapshot(), self.take_match)

    def take_match(self, told: dict[str, str]) -> None:
        """Take the surgeon who was chosen among matches, with location and procedures."""
        work = partial(directory_controls.entry, self._desk.db, told["surgeon_id"])
        self._desk.background.run(self, work, partial(self._take, told))

    def _take(self, told: dict[str, str], surgeon: SurgeonRecord) -> None:
        with self._draft.act("the choice of the surgeon"):
            self._draft.choose_surgeon(surgeon)
            if place := told.get("location_id"):
                self._draft.put("request.location", place)
            open_yet = not self._draft.get("request.procedures")
            if (codes := told.get("procedures")) and open_yet:
                self._draft.put("request.procedures", codes.split(","))
        self._shown.show_changed(["request.surgeon", "request.location", "request.procedures"])
        if open_yet and (words := known.asked(told)):
            self._draft.sheet.note = words
            self.noted.emit(words)
        self.said.emit(f"{surgeon.name} is the surgeon of this referral")

    def ask_carried(self) -> None:
        """Ask what the last referral of the patient who was found hands on to this one."""
        asked = self._draft.sheet.patient_id
        self._desk.background.run(
            self, partial(sheets.carried, self._desk.db, asked), partial(self._carry, asked)
        )

    def _carry(self, asked: str, found: Carried) -> None:
        """Take over what is there, unless the choice of the patient was undone meanwhile."""
        if found.on is not None and asked == self._draft.sheet.patient_id:
            filled = self._draft.carry(found.values, found.to_confirm, dates.say(found.on))
            for view in self._shown.views.values():
                view.load_fields(filled)
