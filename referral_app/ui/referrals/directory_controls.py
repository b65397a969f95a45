"""Controls that ask the directory: the surgeon, the location, the procedures in mind."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from referral_app.database import Database
from referral_app.services import matching, query_text, shortlists, surgeons
from referral_app.services.errors import InvalidInput
from referral_app.services.surgeons import Found, SurgeonRecord
from referral_app.ui import theme
from referral_app.ui.desk import Desk
from referral_app.ui.referrals.choice_controls import BoxControl, TicksControl
from referral_app.ui.referrals.control import Control
from referral_app.ui.referrals.draft import Draft
from referral_app.ui.referrals.finder import Finder, Offer
from referral_app.ui.widgets import buttons, labels

SHOWN = 8
"""How many surgeons are offered at once."""


class SurgeonControl(Control):
    """The surgeon chosen, or a line that finds one."""

    def __init__(self, desk: Desk, draft: Draft) -> None:
        """Show the surgeon of the draft."""
        super().__init__()
        self._desk, self._draft = desk, draft
        self._search = desk.background.latest(self, self._offer)
        self.finder = Finder("Find a surgeon", "request.surgeon")
        self.finder.asked.connect(self._ask)
        self.finder.picked.connect(self._pick)
        self._chosen = self._build_chosen()
        self.match_button = buttons.link("Find a match", "request.surgeon.match")
        self.match_button.setToolTip("Show which surgeons fit these answers, and why")
        self.match_button.clicked.connect(draft.match_wanted)
        column = QVBoxLayout(self)
        theme.scale(column, margins=0, spacing=4)
        for part in (self._chosen, self.finder, self.match_button):
            column.addWidget(part)
        self.watch(self.finder.edit)

    def _build_chosen(self) -> QFrame:
        frame = QFrame()
        theme.role(frame, "card")
        row = QHBoxLayout(frame)
        theme.scale(row, margins=(12, 8, 8, 8), spacing=8)
        words = QVBoxLayout()
        theme.scale(words, spacing=2)
        self._name, self._detail = labels.strong(""), labels.muted("")
        words.addWidget(self._name)
        words.addWidget(self._detail)
        row.addLayout(words, 1)
        self.change_button = buttons.link("Change", "request.surgeon.change")
        self.change_button.setAccessibleName("Change the surgeon")
        self.change_button.clicked.connect(self._change)
        row.addWidget(self.change_button, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _ask(self, text: str) -> None:
        if text:
            self._search.ask(partial(_find, self._desk.db, text), self._failed)
        else:
            self.finder.offer([])

    def _offer(self, found: list[Found]) -> None:
        offers = [Offer(one.surgeon, one.surgeon.name, about(one.surgeon)) for one in found]
        self.finder.offer(
            offers, "No surgeon of the directory fits. Try the last name, a procedure or a city."
        )

    def _failed(self, error: Exception) -> None:
        refused = str(error) if isinstance(error, InvalidInput) else ""
        self.finder.offer([], refused or "The directory could not be searched. Try again.")

    def _pick(self, surgeon: SurgeonRecord) -> None:
        self._draft.choose_surgeon(surgeon)
        self.finder.clear()
        self._show()
        self.change_button.setFocus()
        self.changed.emit()

    def _change(self) -> None:
        self._chosen.hide()
        self.finder.show()
        self.finder.edit.setFocus()

    def read(self) -> Any:
        """Return the id of the surgeon."""
        return self._draft.surgeon.id if self._draft.surgeon else self._draft.get("request.surgeon")

    def fill(self, value: Any) -> None:
        """Show the surgeon of the draft."""
        self._show()

    def _show(self) -> None:
        surgeon = self._draft.surgeon
        self._chosen.setVisible(surgeon is not None)
        self.finder.setVisible(surgeon is None)
        if surgeon is not None:
            self._name.setText(surgeon.name)
            self._detail.setText(about(surgeon))

    def targets(self) -> list[QWidget]:
        """Return the line, or Change where a surgeon is chosen."""
        first, second = self.finder.edit, self.change_button
        return [second, first] if self._draft.surgeon else [first, second]

    def call(self, name: str, path: str) -> None:
        """Name the line that finds."""
        self.finder.edit.setAccessibleName(name)
        self.finder.edit.setObjectName(path)


def _find(db: Database, text: str) -> list[Found]:
    """Return the surgeons that fit a text, fields such as zip:21287 included, as the Surgeons page finds them."""
    with db.read() as session:
        query = query_text.of_person(query_text.read(text), shortlists.person(session))
        return matching.find(session, query, limit=SHOWN)


def entry(db: Database, surgeon_id: str) -> SurgeonRecord:
    """Return a surgeon as the directory has it now; runs in the background."""
    with db.read() as session:
        return surgeons.get(session, surgeon_id)


def about(surgeon: SurgeonRecord) -> str:
    """Return what a surgeon does, where, and how long the wait is, in one line."""
    kinds = dict.fromkeys(procedure.kind.label for procedure in surgeon.procedures)
    places = dict.fromkeys(f"{spot.location.city}, {spot.location.state}" for spot in surgeon.placements)
    wait = f"next visit in {surgeon.next_visit_days} days" if surgeon.next_visit_days is not None else ""
    return " · ".join(part for part in (", ".join(kinds), "; ".join(places), wait) if part)


class LocationControl(BoxControl):
    """One of the places where the chosen surgeon works."""

    def __init__(self, draft: Draft) -> None:
        """Offer the places of the surgeon of the draft."""
        super().__init__(())
        self._draft = draft
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # other names come
        self.box.currentTextChanged.connect(self.box.setToolTip)
        self.offer_places()
        draft.surgeon_changed.connect(self.refill)

    def offer_places(self) -> None:
        """Offer the places of the surgeon who is chosen now."""
        surgeon = self._draft.surgeon
        self.box.clear()
        self.box.addItem("Any of the surgeon's locations" if surgeon else "Choose the surgeon first", None)
        for spot in surgeon.placements if surgeon else ():
            where = spot.location
            self.box.addItem(f"{where.name} – {where.city}, {where.state}", where.id)
        self.box.setEnabled(surgeon is not None)

    def refill(self) -> None:
        """Offer the places of another surgeon and show the answer."""
        self.offer_places()
        self.fill(self._draft.get("request.location"))


class ProceduresControl(TicksControl):
    """The procedures of the directory; the chosen surgeon's are said to be theirs."""

    def __init__(self, draft: Draft) -> None:
        """Make a check box for each procedure."""
        super().__init__([(one.code, one.name) for one in draft.sheet.procedures], one_column=True)
        self._draft = draft
        self.mark()
        draft.surgeon_changed.connect(self.mark)

    def mark(self) -> None:
        """Say which procedures the chosen surgeon offers."""
        surgeon = self._draft.surgeon
        theirs = {one.code for one in surgeon.procedures} if surgeon else None
        for one, box in zip(self._draft.sheet.procedures, self.boxes, strict=True):
            other = theirs is not None and one.code not in theirs
            box.setText(f"{one.name} (not offered)" if other else one.name)

    def targets(self) -> list[QWidget]:
        """Return the boxes, or itself where the directory has no procedures."""
        return super().targets() or [self]
