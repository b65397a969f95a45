"""The form of a directory entry: cards with fields, one dictionary of widgets, made one card at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from referral_app.choices import LANGUAGES, Accepting, Booking, ProcedureKind
from referral_app.services.surgeon_records import Credential, Handout, Placement, SurgeonRecord
from referral_app.ui import fields, lookups, theme
from referral_app.ui.chores import Chores
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.surgeons import credentials, entry
from referral_app.ui.surgeons.experience import Ticks
from referral_app.ui.surgeons.figures import Figures
from referral_app.ui.surgeons.lines import side_by_side
from referral_app.ui.surgeons.offers import Offers
from referral_app.ui.surgeons.photo import PhotoBlock
from referral_app.ui.surgeons.picker import Picker
from referral_app.ui.surgeons.placements import Placements
from referral_app.ui.surgeons.plans import Plans
from referral_app.ui.surgeons.wishes import Wishes
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card, column
from referral_app.ui.widgets.inputs import LineEdit, Radios, TextArea
from referral_app.ui.widgets.lookup import Hit, Lookup

REQUIRED = ("given_name", "family_name", "accepting")
LABELS = {
    "given_name": "First name", "family_name": "Last name", "degrees": "Degrees", "npi": "NPI",
    "specialty": "Specialty", "accepting": "New patients", "accepting_from": "Accepting from",
    "age_min": "Lowest age", "age_max": "Highest age", "next_visit_days": "Days until a first visit",
    "next_surgery_days": "Days until surgery", "waits_claimed_on": "The office said so on",
    "last_day": "Last day here", "away_from": "Away from", "away_to": "Away until",
    "away_note": "Why, and who stands in",
    "refuses": "What is not seen here", "how_to_refer": "How to refer", "booking": "Who makes the appointment",
    "self_referral": "Patients may come without a referral", "email": "Email for referrals", "portal": "Portal",
    "authorization_contact": "Whom to ask about authorizations", "public_note": "For everyone",
    "notes": "For our own desk", "verified_on": "Verified on", "verified_by": "Verified by", "verified_how": "How",
    "source": "Where this entry comes from",
}  # fmt: skip
HINTS = {
    "accepting_from": "Left empty, from now on", "last_day": "Left empty while nobody leaves",
    "public_note": "Offices and patients may read it, and cards print it",
    "notes": "Seen by those who keep the directory, and never printed", "verified_on": "Such as 3/27/2026, or today",
}  # fmt: skip
CHARS = {
    "degrees": 12, "npi": 12, "age_min": 4, "age_max": 4, "next_visit_days": 5, "next_surgery_days": 5,
    "waits_claimed_on": 20, "accepting_from": 20, "last_day": 20, "away_from": 20, "away_to": 20, "verified_on": 20,
    "verified_how": 14,
}  # fmt: skip
LONG = {"refuses": 3, "how_to_refer": 3, "public_note": 3, "notes": 3}
CHOICES = {"accepting": Accepting, "booking": Booking}


class SurgeonForm(QWidget):
    """Everything of an entry that can be changed; `changed` with every change.

    The first card is there at once, the others follow in turns; whoever asks for all waits for all (`finish`).
    """

    changed = Signal()

    def __init__(self, surgeon: SurgeonRecord | None, offers: Offers) -> None:
        """Show an entry, or an empty form."""
        super().__init__()
        self._offers = offers
        self._desk: Desk | None = None
        self.record = surgeon or SurgeonRecord("", "")
        self._shown = entry.shown(self.record)
        self.widgets: dict[str, QWidget] = {}
        self.blocks: dict[str, Field] = {}
        self.procedures: dict[ProcedureKind, Ticks] = {}
        self._cards = column(spacing=16)
        self.setLayout(self._cards)
        self.chores = Chores(self)
        one = self.record
        self.chores.add(
            self._surgeon, self._credentials, *(partial(self._credential, item) for item in one.credentials),
            *(partial(self._kind, kind) for kind in ProcedureKind), self._locations,
            *(partial(self._placement, item) for item in one.placements), self._patients, self._leaving, self._first,
            self._figures, self._refer, self._languages, self._plans, self._handouts,
            *(partial(self._handout, item) for item in one.handouts), self._notes, self._check,
        )  # fmt: skip
        self.chores.begin()

    def finish(self) -> None:
        """Make what is not there yet."""
        self.chores.finish()

    def serve(self, desk: Desk) -> None:
        """Let surgeons and locations be found, and photos be read."""
        self._desk = desk
        self.chores.add(self._serve)

    def read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the values of the entry, and one sentence for each that cannot be read, by field."""
        self.finish()
        values, problems = entry.read(fields.read(self.widgets))
        wanted, wrong = self.wishes.read()
        own, unread = self.figures.read()
        ticked = self._ticked()
        done = tuple(one for one in self._offers.procedures if one.code in ticked)
        order = {one.code: at for at, one in enumerate(self._offers.procedures)}
        told = [one for checks in self.procedures.values() for one in checks.experience(problems)]
        successor = self.successor.hit()
        values |= {
            "procedures": done,
            "experience": tuple(sorted(told, key=lambda one: order[one.procedure])),
            "credentials": credentials.read_credentials(self.credentials, problems),
            "placements": self.placements.read(problems),
            "languages": self.languages.values(),
            "plans": self.plans.values(),
            "plans_verified": self.plans.verified(problems),
            "handouts": credentials.read_handouts(self.handouts),
            "requirements": wanted,
            "thresholds": own,
            "successor_id": successor.id if successor else None,
        }
        return values, problems | wrong | unread

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each error beside its field."""
        self.finish()
        for path in errors:
            self._open_place(path)
        fields.show_errors(self._all_blocks(), errors)
        self.wishes.show_errors(errors)

    def widget(self, name: str) -> QWidget | None:
        """Return the widget of a field by its path."""
        self.finish()
        block = self._all_blocks().get(name)
        return block.widget if block else self.wishes.widget(name)

    def _ticked(self) -> set[str]:
        return {code for checks in self.procedures.values() for code in checks.values()}

    def _open_place(self, path: str) -> None:
        """Show the fields of a location that an error is about."""
        for number, block in enumerate(self.placements.items):
            if path.startswith(f"placements[{number}].") and path.partition(".")[2] not in block.blocks:
                block.open_place()

    def _all_blocks(self) -> dict[str, Field]:
        found = {
            **self.blocks,
            **self.placements.blocks(),
            **self.credentials.blocks(),
            **self.handouts.blocks(),
        }
        found |= {**self.plans.blocks(), **self.figures.blocks()}
        for checks in self.procedures.values():
            found |= checks.blocks()
        return found

    def _serve(self) -> None:
        if self._desk is not None:
            self.placements.serve(self._desk)
            self.photo.serve(self._desk)
            self.successor.pick.look = lookups.surgeons(self._desk, self.successor)

    def _surgeon(self) -> None:
        self.photo = PhotoBlock(self._offers.photo)
        card = self._card("Surgeon", ["given_name", "family_name", "degrees"], ["npi", "specialty"])
        self._hold(card, self.photo)

    def _credentials(self) -> None:
        self.credentials = credentials.credentials()
        self._hold(self._card("Board certifications, fellowships and licenses"), self.credentials)

    def _credential(self, one: Credential) -> None:
        self.credentials.add(one)

    def _kind(self, kind: ProcedureKind) -> None:
        """Add one kind of procedure to their card, which the first one makes."""
        if not self.procedures:
            self._procedures = self._card("Procedures and experience")
        checks = Ticks(kind, self._offers.procedures)
        if checks.boxes:
            self._procedures.add(labels.strong(kind.label))
            checks.set_values([one.code for one in self.record.procedures], self.record.experience)
            self._hold(self._procedures, checks)
        self.procedures[kind] = checks

    def _locations(self) -> None:
        self.placements = Placements(self._offers.shared)
        self._hold(self._card("Locations"), self.placements)

    def _placement(self, one: Placement) -> None:
        self.placements.add(one)

    def _patients(self) -> None:
        self._card(
            "New patients and waits", ["accepting"], ["accepting_from"], ["age_min", "age_max"],
            ["next_visit_days", "next_surgery_days", "waits_claimed_on"],
        )  # fmt: skip

    def _leaving(self) -> None:
        card = self._card("Leave and leaving", ["away_from", "away_to"], ["away_note"], ["last_day"])
        self.successor = Lookup("successor", "Successor", "Name or NPI of a surgeon here", "surgeons")
        if self.record.successor_id:
            name = self._offers.successor or "A surgeon who is not here any more"
            self.successor.set_hit(Hit(self.record.successor_id, name))
        self.blocks["successor_id"] = Field(
            "Successor", self.successor, "Who is asked from the day after the last day on", optional=True
        )
        card.add(self.blocks["successor_id"])
        self.successor.changed.connect(self.changed)

    def _first(self) -> None:
        self.wishes = Wishes(self.record.requirements, self._offers.procedures)
        self._offer_codes()
        for checks in self.procedures.values():
            checks.changed.connect(self._offer_codes)
        card = self._card("What to send first")
        self._hold(card, self.wishes)
        self._line(card, ["refuses"])

    def _figures(self) -> None:
        self.figures = Figures(dict(self.record.thresholds), self._offers.figures)
        card = self._card("Own figures of the live check")
        card.add(labels.muted("The live check of a referral to this surgeon goes by these figures."))
        self._hold(card, self.figures)

    def _offer_codes(self) -> None:
        """Offer rules for the procedures that are ticked."""
        self.wishes.offer_codes(self._ticked())

    def _refer(self) -> None:
        card = self._card("How to refer", ["how_to_refer"], ["booking"])
        box = QCheckBox(LABELS["self_referral"])
        box.setObjectName("self_referral")
        box.setChecked(self.record.self_referral)
        box.toggled.connect(self.changed)
        self.widgets["self_referral"] = box
        card.add(box)
        for names in (["email", "portal"], ["authorization_contact"]):
            self._line(card, names)

    def _languages(self) -> None:
        self.languages = Picker("languages", "language", LANGUAGES.items())
        self.languages.set_values(self.record.languages)
        self._hold(self._card("Languages"), self.languages)

    def _plans(self) -> None:
        self.plans = Plans(self._offers.plans)
        self.plans.set_values(self.record.plans, dict(self.record.plans_verified))
        card = self._card("Insurance plans")
        card.add(labels.muted("Each with the day on which “in network” was verified, where it was."))
        self._hold(card, self.plans)

    def _handouts(self) -> None:
        self.handouts = credentials.handouts()
        self._hold(self._card("Handouts for patients"), self.handouts)

    def _handout(self, one: Handout) -> None:
        self.handouts.add(one)

    def _notes(self) -> None:
        self._card("Notes", ["public_note"], ["notes"])

    def _check(self) -> None:
        self._card("This entry", ["verified_on", "verified_by", "verified_how"], ["source"])

    def _card(self, title: str, *lines: Sequence[str]) -> Card:
        """Add a card with some lines of fields, below the others."""
        card = Card(title)
        theme.scale(card.column, spacing=12)
        for names in lines:
            self._line(card, names)
        self._cards.addWidget(card)
        return card

    def _line(self, card: Card, names: Sequence[str]) -> None:
        for name in names:
            widget = _widget(name)
            fields.write(widget, self._shown[name])
            fields.connect_changes({name: widget}, self.changed)
            self.widgets[name] = widget
            self.blocks[name] = Field(
                LABELS[name], widget, HINTS.get(name, ""), optional=name not in REQUIRED
            )
        card.add(side_by_side(*(self.blocks[name] for name in names)))

    def _hold(self, card: Card, part: QWidget) -> None:
        card.add(part)
        changes: Callable[..., object] = self.changed.emit
        part.changed.connect(changes)  # type: ignore[attr-defined]


def _widget(name: str) -> QWidget:
    if name in CHOICES:
        return Radios(name, CHOICES[name])
    if name in LONG:
        return TextArea(name, rows=LONG[name])
    return LineEdit(name, chars=CHARS.get(name, 0))
