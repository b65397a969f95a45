"""The Center itself: how to reach it, its other experts and its clinical trials."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from referral_app.clinical import phones
from referral_app.services.center import CenterRecord, ExpertRecord, TrialRecord
from referral_app.ui.chores import Chores
from referral_app.ui.surgeons.facts import Jump, Links
from referral_app.ui.surgeons.lower_sections import trial
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card, column, row
from referral_app.ui.widgets.copy_line import CopyLine
from referral_app.ui.widgets.empty import EmptyState
from referral_app.ui.widgets.flow import Flow
from referral_app.ui.widgets.scroll import centered, scrolled
from referral_app.ui.widgets.states import chip

Facts = tuple[CenterRecord, list[ExpertRecord], list[TrialRecord]]


class CenterView(QWidget):
    """Center, experts and trials, one below the other."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("centerView")
        self._facts: Facts | None = None
        self._shown: Facts | None = None
        self._content: QWidget | None = None
        self._lines = column(spacing=0)
        self.setLayout(self._lines)
        self.links = Links(self)
        self._chores = Chores(self)

    def show_facts(self, facts: Facts) -> None:
        """Show the Center as the store knows it."""
        self._facts = facts
        if facts == self._shown or not self.isVisible():
            return
        self._shown = facts
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        makers = _makers(*facts, self.links)
        self._content, cards = _column_of_cards() if makers else (_nothing(), column())
        self._lines.addWidget(self._content)
        self._chores.add(*(partial(self._add, self._content, cards, make) for make in makers))

    def showEvent(self, event: QShowEvent) -> None:
        """Show what came while out of sight."""
        super().showEvent(event)
        if self._facts is not None:
            self.show_facts(self._facts)

    def _add(self, content: QWidget, cards: QVBoxLayout, make: Callable[[], Card]) -> None:
        """Add one card, unless other facts are shown by now."""
        if content is self._content:
            cards.insertWidget(cards.count() - 1, make())


def _makers(
    home: CenterRecord, experts: list[ExpertRecord], trials: list[TrialRecord], links: Links
) -> list[Callable[[], Card]]:
    """Return what makes the cards, in their order; nothing where nothing is on file."""
    if not (home.phone or experts or trials):
        return []
    makers: list[Callable[[], Card]] = [partial(_center, home)]
    if experts:
        makers.append(partial(_experts, experts))
    if trials:
        makers.append(partial(_trials, trials, links))
    return makers


def _nothing() -> QWidget:
    return EmptyState(
        "office",
        "The Center is not on file yet",
        "It comes with a directory that is imported.",
        name="centerEmpty",
    )


def _column_of_cards() -> tuple[QWidget, QVBoxLayout]:
    inside = QWidget()
    cards = column(spacing=16, margins=24)
    cards.addStretch(1)
    inside.setLayout(cards)
    return scrolled(centered(inside, 680), "centerArea"), cards


def _center(home: CenterRecord) -> Card:
    card = Card(home.name)
    town = " ".join(part for part in (f"{home.city}, {home.state}".strip(", "), home.zip) if part)
    card.add(labels.body(", ".join(part for part in (home.line1, home.line2, town) if part)))
    lines = column(spacing=0)
    for label, number, icon in (
        ("Phone", home.phone, "phone"), ("Fax", home.fax, "fax"), ("After hours", home.after_hours_phone, "clock"),
    ):  # fmt: skip
        if number:
            lines.addWidget(CopyLine(label, phones.say(number), f"copyCenter{label.replace(' ', '')}", icon))
    card.add(lines)
    if home.trial_contact:
        card.add(labels.muted(f"Clinical trials: {home.trial_contact}"))
    return card


def _experts(experts: list[ExpertRecord]) -> Card:
    card = Card("Other experts")
    for number, one in enumerate(experts):
        if number:
            card.add(labels.line())
        card.add(_expert(one, number))
    return card


def _expert(one: ExpertRecord, number: int) -> QVBoxLayout:
    lines = column(spacing=4)
    name = labels.strong(", ".join(part for part in (one.name, one.degrees) if part))
    lines.addLayout(row(name, chip(one.field.label), None))
    if one.what:
        lines.addWidget(labels.body(one.what))
    if one.phone:
        lines.addWidget(CopyLine("Phone", phones.say(one.phone), f"copyExpert{number}", "phone"))
    return lines


def _trials(trials: list[TrialRecord], links: Links) -> Card:
    card = Card("Clinical trials")
    card.setObjectName("centerTrials")
    for number, one in enumerate(trials):
        if number:
            card.add(labels.line())
        card.add(trial(one, f"copyTrial{number}"))
        if one.surgeons:
            card.add(_run_by(one, number, links))
    return card


def _run_by(one: TrialRecord, number: int, links: Links) -> Flow:
    """Return the surgeons who run a trial as links that open them."""
    made = Flow(8)
    word = labels.muted("Run by")
    word.setWordWrap(False)
    made.add(word)
    for at, (surgeon_id, name) in enumerate(one.surgeons):
        made.add(Jump(f"trial{number}Surgeon{at}", name, surgeon_id, links))
    return made
