"""A version of a referral to be read, whole or held against another one, as cards that are made one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGridLayout, QWidget

from referral_app.clinical import differences
from referral_app.clinical.differences import MINE, THEIRS, Difference
from referral_app.clinical.fields import as_dict
from referral_app.clinical.intake import INTAKE
from referral_app.database import Database
from referral_app.services import versions
from referral_app.ui import theme
from referral_app.ui.conflict_lines import Line
from referral_app.ui.referrals import difference_lines, sheets
from referral_app.ui.referrals.answers_card import AnswersCard
from referral_app.ui.referrals.draft import Draft, Sheet
from referral_app.ui.widgets import labels
from referral_app.ui.widgets.card import Card

SAME = "The answers are the same in both."


@dataclass(frozen=True)
class Whole:
    """A version as it is read, or `other` versions' differences from it: `lines` say its answer and the other's."""

    number: int
    sheet: Sheet
    other: int = 0
    lines: list[Line] = field(default_factory=list[Line])


def load(db: Database, name: str, number: int, other: int) -> Whole:
    """Return a version, held against another where `other` is not 0; each that is shown is noted as opened."""
    with db.read() as session:
        sheet = sheets.of_version(session, versions.get(session, name, number))
        if not other:
            return Whole(number, sheet)
        held = versions.get(session, name, other).intake
        names = difference_lines.names(session, sheet.intake, held)
        found = differences.between(held, sheet.intake, held)
        found += _of_signature(sheet.intake, held, found)
        return Whole(number, sheet, other, [difference_lines.line(one, names) for one in found])


def _of_signature(mine: dict[str, Any], theirs: dict[str, Any], found: list[Difference]) -> list[Difference]:
    """Return the difference of the signatures, which is left out where answers are to be merged."""
    if any(one.group.name == "signature" for one in found):
        return []
    group = next(one for one in INTAKE if one.name == "signature")
    here, there = (as_dict(one.get("signature")) for one in (mine, theirs))
    return [
        Difference(f"signature.{child.name}", group, child, here.get(child.name), there.get(child.name))
        for child in group.fields
        if here.get(child.name) != there.get(child.name)
    ]


def cards(whole: Whole, owner: QObject) -> Iterator[Callable[[], QWidget]]:
    """Yield what makes each card, in the order of the form."""
    if not whole.other:
        draft = Draft(whole.sheet, owner)
        for group in INTAKE:
            if draft.applies(group, {}):
                yield partial(AnswersCard, group, draft, read_only=True)
        return
    if not whole.lines:
        yield partial(labels.body, SAME)
    for group, lines in groupby(whole.lines, key=lambda one: one.group):
        yield partial(_compared, group, list(lines), whole)


def _compared(group: str, lines: list[Line], whole: Whole) -> QWidget:
    """Return a card with the older version's answers left and the newer one's right."""
    older, newer = sorted((whole.number, whole.other))
    sides = (MINE, THEIRS) if whole.number == older else (THEIRS, MINE)
    card = Card(group)
    grid = QGridLayout()
    theme.scale(grid, horizontal=16, vertical=8)
    for at, stretch in ((0, 2), (1, 3), (2, 3)):
        grid.setColumnStretch(at, stretch)
    for at, number in ((1, older), (2, newer)):
        grid.addWidget(labels.strong(f"Version {number}"), 0, at)
    for at, one in enumerate(lines, 1):
        grid.addWidget(labels.muted(one.label), at, 0)
        for place, side in enumerate(sides, 1):
            grid.addWidget(labels.body(one.words(side) or "Not answered"), at, place)
    card.add(grid)
    return card
