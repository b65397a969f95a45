"""Redirecting one referral to another surgeon: the new check, the patient's agreement, and why."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from referral_app.clinical import dates
from referral_app.clinical.check import Check
from referral_app.clinical.requirement_lines import OFFICE
from referral_app.services import departures
from referral_app.services.departures import Agreement, Prospect
from referral_app.services.errors import InvalidInput
from referral_app.services.match_reasons import UNDONE, Kind, Match, Point
from referral_app.services.referral_records import ReferralRecord, ReferralRow
from referral_app.services.surgeon_records import Placement, SurgeonRecord
from referral_app.ui import fields, lookups, tab_order, transaction
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.framed import Framed
from referral_app.ui.surgeons import dates_typed
from referral_app.ui.surgeons.lines import side_by_side
from referral_app.ui.surgeons.match_card import MatchCard
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import Card, clear, column, row
from referral_app.ui.widgets.inputs import ChoiceBox, LineEdit, TextArea
from referral_app.ui.widgets.lookup import Hit, Lookup
from referral_app.ui.widgets.states import STATES, TONES

SENTENCE = (
    "The referral gets a new version for the other surgeon. A signature is void with it, and the letter goes out anew."
)  # fmt: skip
NOT_CHECKED = "Choose a surgeon: the referral is checked against what that office asks for."
NOBODY = "Nobody else in the directory does what is asked for. Search by name, or add a surgeon first."
FIT: dict[Kind, str] = {"unmet": "review", "open": "note", "for": "ok", "met": "ok"}
"""The sign of each kind of what is said of a surgeon, first what does not fit."""
ANY = "any"


class RedirectDialog(Framed):
    """`was_redirected(words)` when it is done."""

    was_redirected = Signal(str)

    def __init__(
        self, desk: Desk, referral: ReferralRow, other: Hit | None, why: str, parent: QWidget
    ) -> None:
        """Offer another surgeon beforehand, such as the successor."""
        title = f"Redirect the referral of {referral.patient or 'no name yet'}"
        super().__init__(parent, "redirectDialog", title, f"Reference {referral.reference}. {SENTENCE}")
        self._room = _outermost(parent).size()
        self._desk, self._referral = desk, referral
        self._prospect: Prospect | None = None
        self.surgeon = Lookup("redirectTo", "Other surgeon", "Name or NPI", "surgeons")
        self.surgeon.pick.look = lookups.surgeons(desk, self.surgeon)
        self.location = ChoiceBox("redirectLocation", (), "Location")
        self.agreed = QCheckBox("The patient agreed to this surgeon")
        self.agreed.setObjectName("redirectAgreed")
        self.agreed.setAccessibleName(self.agreed.text())
        self.asked_by = LineEdit("redirectAskedBy", chars=24)
        self.asked_on = LineEdit("redirectAskedOn", chars=20)
        self.why = TextArea("redirectWhy", rows=2)
        self.redirect_button = buttons.primary("Redirect", "redirectSave", "send")
        self._result: QVBoxLayout = column(spacing=8)
        self._fits: QVBoxLayout = column(spacing=12)
        self._best = Card("Surgeons who fit this referral best")
        self._latest = desk.background.latest(self, self._show)
        self._fill(why)
        self._build()
        if other:
            self.surgeon.set_hit(other)
        self.check()
        db, name = desk.db, referral.id

        def look() -> list[Match]:
            with db.begin() as session:
                return departures.fitting(session, name)

        desk.background.run(self, look, self._offer, self._offer_none)

    def check(self) -> None:
        """Check the referral against the surgeon chosen."""
        self._best.setVisible(self.surgeon.hit() is None)
        self._prospect = None
        self.redirect_button.setEnabled(False)
        self.show_errors({})
        hit, db, name = self.surgeon.hit(), self._desk.db, self._referral.id
        clear(self._result)
        self._offer_places(None)
        self._result.addWidget(labels.muted("Checking…" if hit else NOT_CHECKED))
        if hit is None:
            self._latest.drop()
            return

        def look() -> Prospect:
            with db.read() as session:
                return departures.prospect(session, name, hit.id)

        self._latest.ask(look, self.failed)

    def redirect(self) -> None:
        """Redirect, or say what is missing."""
        days, problems = dates_typed.read({"asked_on": self.asked_on.text()})
        if not self.agreed.isChecked():
            problems["agreed"] = "Ask the patient first, and tick that they agreed."
        if self._prospect and self._prospect.surgeon.placements and not self.location.value():
            problems["location"] = "Choose where the patient is to be seen."
        if problems or self._prospect is None:
            self.show_errors(problems)
            return
        self.redirect_button.setEnabled(False)
        act = partial(
            departures.redirect, name=self._referral.id, version=self._prospect.version,
            surgeon_id=self._prospect.surgeon.id, agreed=Agreement(self.asked_by.text(), days["asked_on"]),
            why=self.why.toPlainText(), location=self.location.value().removeprefix(ANY),
        )  # fmt: skip
        transaction.write(self._desk, self, act, self._done, self.failed)

    def failed(self, error: Exception) -> None:
        """Say what was refused."""
        self.redirect_button.setEnabled(self._prospect is not None)
        if self._prospect is None:
            clear(self._result)
        super().failed(error)

    def _done(self, record: ReferralRecord) -> None:
        self.was_redirected.emit(f"Referral {record.reference} now asks {record.surgeon}")
        self.accept()

    def _show(self, found: Prospect) -> None:
        self._prospect = found
        self.redirect_button.setEnabled(True)
        self._offer_places(found.surgeon)
        clear(self._result)
        for note in found.notes:
            self._result.addWidget(_said("review", note))
        for point in fit_points(found):
            self._result.addWidget(_said(FIT[point.kind], point.words))
        for state, words in check_lines(found.check):
            self._result.addWidget(_said(state, words))
        if words := lacking(found.check):
            self._result.addWidget(labels.muted(words))

    def _offer(self, found: list[Match]) -> None:
        """Offer the surgeons who fit best, each with why and why not."""
        clear(self._fits)
        cards = [MatchCard(match, rank, "Choose") for rank, match in enumerate(found, 1)]
        for card in cards:
            card.referred.connect(self._choose)
            self._fits.addWidget(card)
        below = [part for name, part in self.blocks.items() if name != "surgeon"]
        tab_order.tab_before(below, cards)
        if not found:
            self._fits.addWidget(labels.muted(NOBODY))

    def _offer_none(self, error: Exception) -> None:
        """Say why nobody is offered; a surgeon can be searched all the same."""
        if not isinstance(error, InvalidInput):
            raise error
        clear(self._fits)
        self._fits.addWidget(labels.muted(" ".join(error.fields.values())))

    def _choose(self, match: Match) -> None:
        surgeon = match.surgeon
        self.surgeon.set_hit(Hit(surgeon.id, surgeon.name, surgeon.specialty))
        self.check()
        fields.go_to(self.surgeon)

    def _show_best(self) -> None:
        self._best.show()

    def _offer_places(self, surgeon: SurgeonRecord | None) -> None:
        """Offer the locations of a surgeon; a single one is chosen."""
        places = surgeon.placements if surgeon else ()
        options = [(place.location.id, _where(place)) for place in places]
        self.location.set_value("")
        self.location.set_options([*options, (ANY, "Any of them")] if len(options) > 1 else options)
        self.location.set_value(options[0][0] if len(options) == 1 else "")
        self.blocks["location"].setVisible(bool(options))

    def _fill(self, why: str) -> None:
        self.asked_by.setText(self._desk.person)
        self.asked_on.setText(dates.say(date.today()))
        self.why.setPlainText(why)

    def _build(self) -> None:
        self.blocks = {
            "surgeon": Field("Other surgeon", self.surgeon),
            "location": Field("Location", self.location),
            "agreed": Field("Patient's agreement", self.agreed),
            "asked_by": Field("Who asked the patient", self.asked_by),
            "asked_on": Field("When", self.asked_on),
            "why": Field("Why another surgeon", self.why),
        }
        self.body.addWidget(self.blocks["surgeon"])
        self._fits.addWidget(labels.muted("Looking…"))
        self._best.add(self._fits)
        self.body.addWidget(self._best)
        self.body.addWidget(self.blocks["location"])
        result = Card("How this surgeon fits the referral")
        result.add(self._result)
        self.body.addWidget(result)
        agreement = (self.blocks[name] for name in ("agreed", "asked_by", "asked_on"))
        self.body.addWidget(side_by_side(*agreement))
        self.body.addWidget(self.blocks["why"])
        cancel = buttons.outlined("Cancel", "redirectCancel")
        cancel.clicked.connect(self.reject)
        self.surgeon.changed.connect(self.check)
        self.surgeon.other_button.clicked.connect(self._show_best)
        self.redirect_button.clicked.connect(self.redirect)
        self.redirect_button.setShortcut("Ctrl+Return")
        self.lay_out((860, 760), None, cancel, self.redirect_button)


def fit_points(found: Prospect) -> list[Point]:
    """Return what is said of a surgeon for a referral, first what does not fit, without what the notes say already."""
    noted, order = " ".join(found.notes).lower(), list(FIT)
    fresh = [
        one for one in (found.match.fit if found.match else ()) if f": {one.words.lower()}." not in noted
    ]
    if "not offered by" in noted:
        fresh = [one for one in fresh if not one.words.startswith(UNDONE)]
    return sorted(fresh, key=lambda one: order.index(one.kind))


def check_lines(check: Check) -> list[tuple[str, str]]:
    """Return what matters of a check for a new surgeon: an emergency that stops, and what that office asks for.

    What the Center asks for and what the form lacks are the same whoever is asked.
    """
    found = [(line.status, line.text) for line in check.emergency if line.status == "emergency"]
    theirs = [line for line in (*check.review, *check.supports) if line.source == OFFICE]
    found += [(line.status, line.text) for line in theirs]
    return found or [("ok", "This office has no requirements on file for this referral.")]


def lacking(check: Check) -> str:
    """Return how many answers the form lacks whoever is asked, "" where it lacks none."""
    missing = [
        one for one in check.missing if one.status == "missing" and not one.field.startswith("signature.")
    ]
    if not missing:
        return ""
    answers = "1 answer is" if len(missing) == 1 else f"{len(missing)} answers are"
    return f"{answers} missing in the form, whoever is asked; the form lists them."


def _outermost(widget: QWidget) -> QWidget:
    """Return the window that a dialog over other dialogs stands in: it has more room than they have."""
    window = widget.window()
    while above := window.parentWidget():
        window = above.window()
    return window


def _where(place: Placement) -> str:
    at = place.location
    town = f"{at.city}, {at.state}".strip(", ")
    return " – ".join(part for part in (at.name or at.line1, town) if part)


def _said(state: str, words: str) -> QWidget:
    icon, tone = STATES[state]
    made, picture = QWidget(), labels.picture(icon, 16, TONES[tone])
    line = row(picture, labels.body(words), spacing=8)
    line.setStretch(1, 1)
    line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
    made.setLayout(line)
    return made
