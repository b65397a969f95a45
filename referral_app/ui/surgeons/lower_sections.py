"""The lower parts of a surgeon's detail, made after the upper ones are seen: what to send first, down to the notes."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout

from referral_app.choices import Level
from referral_app.clinical import dates, phones
from referral_app.services.center import TrialRecord
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.surgeons import wording
from referral_app.ui.surgeons.facts import NONE, Facts, Links
from referral_app.ui.surgeons.section_parts import bullet, fact, flow, listed, section
from referral_app.ui.widgets import buttons, labels
from referral_app.ui.widgets.card import column, row
from referral_app.ui.widgets.copy_line import CopyLine
from referral_app.ui.widgets.states import StateLabel


class Part(Protocol):
    """What makes one lower part, None where there is nothing to say."""

    def __call__(
        self, surgeon: SurgeonRecord, facts: Facts = ..., links: Links | None = ..., /
    ) -> QVBoxLayout | None:
        """Make it."""


def _first(surgeon: SurgeonRecord, _: Facts = NONE, __: Links | None = None) -> QVBoxLayout | None:
    must, wish = (wording.wanted(surgeon, level) for level in (Level.MUST, Level.WISH))
    if not (must or wish):
        return None
    lines = section("What to send first")
    if whose := wording.whose(surgeon):
        lines.addWidget(labels.muted(whose))
    for title, found in (("Must have", must), ("Good to have", wish)):
        if found:
            lines.addLayout(listed(title, found))
    return lines


def _figures(surgeon: SurgeonRecord, _: Facts = NONE, __: Links | None = None) -> QVBoxLayout | None:
    if not surgeon.thresholds:
        return None
    lines = section("Own figures of the live check")
    for words in wording.figures(surgeon):
        lines.addLayout(bullet(words))
    return lines


def _refused(surgeon: SurgeonRecord, _: Facts = NONE, __: Links | None = None) -> QVBoxLayout | None:
    if not surgeon.refuses:
        return None
    lines = section("Not seen here")
    lines.addWidget(labels.body(surgeon.refuses))
    return lines


def _refer(surgeon: SurgeonRecord, _: Facts = NONE, __: Links | None = None) -> QVBoxLayout | None:
    ways = wording.how_to_refer(surgeon)
    if not (ways or surgeon.how_to_refer):
        return None
    lines = section("How to refer")
    if surgeon.how_to_refer:
        lines.addWidget(labels.body(surgeon.how_to_refer))
    for label, words in ways:
        lines.addLayout(fact(label, words))
    return lines


def _waits(surgeon: SurgeonRecord, facts: Facts = NONE, _: Links | None = None) -> QVBoxLayout | None:
    found = wording.wait_lines(surgeon)
    if not (found or facts.waited):
        return None
    lines = section("Next available")
    if found:
        lines.addWidget(labels.body(" · ".join(found)))
    if found and surgeon.waits_claimed_on:
        lines.addWidget(labels.muted(f"As the office said on {dates.say(surgeon.waits_claimed_on)}."))
    if facts.waited:
        lines.addWidget(labels.body(wording.observed_line(facts.waited)))
    return lines


def _people(surgeon: SurgeonRecord, _: Facts = NONE, __: Links | None = None) -> QVBoxLayout:
    lines = section("Patients")
    lines.addLayout(fact("Ages", wording.ages(surgeon)))
    if surgeon.plans:
        plans = column(spacing=2)
        plans.addWidget(labels.strong("In network, with the day on which that was verified"))
        for words in wording.plans(surgeon):
            plans.addLayout(bullet(words))
        lines.addLayout(plans)
    if found := wording.languages(surgeon):
        lines.addLayout(fact("Languages", flow(found)))
    return lines


def _trials(_: SurgeonRecord, facts: Facts = NONE, links: Links | None = None) -> QVBoxLayout | None:
    if not facts.trials:
        return None
    lines = section("Clinical trials")
    for number, one in enumerate(facts.trials):
        lines.addLayout(trial(one, f"copyRunTrial{number}"))
    if links is not None:
        button = buttons.link("All trials of the Center", "openTrials")
        button.clicked.connect(links.trials)
        lines.addWidget(button)
    return lines


def trial(one: TrialRecord, name: str) -> QVBoxLayout:
    """Return a trial: title, state, what and for whom, and whom to ask; `name` is that of the copy button."""
    lines = column(spacing=4)
    title = labels.strong(one.title)
    title.setWordWrap(True)
    lines.addWidget(title)
    lines.addLayout(row(StateLabel(wording.TRIAL_STATES[one.state], one.state.label), None))
    who = f"Who may take part: {one.who}" if one.who else ""
    studied = f"Studied: {one.procedures}" if one.procedures else ""
    for words in (one.summary, who, studied):
        if words:
            lines.addWidget(labels.body(words))
    if one.contact:
        lines.addWidget(labels.muted(f"Ask {one.contact}"))
    if one.phone:
        lines.addWidget(CopyLine("Phone", phones.say(one.phone), name, "phone"))
    return lines


def _handouts(surgeon: SurgeonRecord, _: Facts = NONE, __: Links | None = None) -> QVBoxLayout | None:
    if not surgeon.handouts:
        return None
    lines = section("Handouts for patients")
    for one in surgeon.handouts:
        lines.addLayout(bullet(*wording.handout_lines(one)))
    return lines


def _credentials(surgeon: SurgeonRecord, _: Facts = NONE, __: Links | None = None) -> QVBoxLayout | None:
    if not (surgeon.credentials or surgeon.npi):
        return None
    lines = section("Credentials")
    for one in surgeon.credentials:
        title, told = wording.credential_lines(one)
        pair = column(spacing=0)
        pair.addWidget(labels.body(title))
        if told:
            pair.addWidget(labels.muted(told))
        lines.addLayout(pair)
    if surgeon.npi:
        lines.addWidget(CopyLine("NPI", surgeon.npi, "copyNpi"))
    return lines


def _notes(surgeon: SurgeonRecord, facts: Facts = NONE, _: Links | None = None) -> QVBoxLayout | None:
    private = surgeon.notes if facts.keeps else ""
    if not (surgeon.public_note or private):
        return None
    lines = section("Notes")
    if surgeon.public_note:
        lines.addWidget(labels.body(surgeon.public_note))
    if private:
        note = column(spacing=0)
        note.addWidget(labels.muted("For our own desk, never printed"))
        note.addWidget(labels.body(private))
        lines.addLayout(note)
    return lines


def _checked(surgeon: SurgeonRecord, _: Facts = NONE, __: Links | None = None) -> QVBoxLayout:
    lines = section("This entry")
    lines.addWidget(labels.body(wording.verified_line(surgeon)))
    if wording.freshness(surgeon)[0] == "unverified":
        lines.addWidget(StateLabel("unverified", "Ask phone and fax again before use"))
    if surgeon.source:
        lines.addWidget(labels.muted(f"Source: {surgeon.source}"))
    if surgeon.invented:
        lines.addWidget(
            labels.muted("An invented surgeon, for trying this application out: refer nobody there.")
        )
    return lines


LOWER: tuple[Part, ...] = (
    _first, _figures, _refused, _refer, _waits, _people, _trials, _handouts, _credentials, _notes, _checked,
)  # fmt: skip
"""What makes the lower parts of the detail, in their order."""
