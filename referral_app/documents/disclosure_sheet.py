"""The list of disclosures: tells a patient who asks who got something about them, when, what and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.clinical import dates, phones
from referral_app.documents import asker, layout, symbols, tables, text
from referral_app.documents.asker import Asker
from referral_app.documents.layout import Styles

if TYPE_CHECKING:
    from referral_app.services.disclosures import Disclosure
    from referral_app.services.practices import PracticeRecord

TITLE = "Who got something about you"
NAME = "List of disclosures"
OPENING = "You asked who got something about you from our office. This list shows each time that we know of."
NOTHING = "Our record shows no such time in these years."
CARE_TOO = "It also shows what we sent for your care."
NOT_CARE = "What we sent for your care, for bills or to run our office is not on this list. You may ask for that too."
NOT_YOU = "What we gave to you is not on it. What we gave to a person who acts for you is not on it either."
RIGHTS = (
    "You may ask for this list once a year. It costs nothing.",
    "We can look back six years.",
    "Do you think that something went to the wrong place? Call us.",
)
"""Source: 45 CFR 164.528: six years, the first list of twelve months free of charge."""
UNKNOWN = "We could not find out"
_LABELS = 0.28
"""The share of the width in which the labels stand in one line in large print too."""


@dataclass(frozen=True)
class Accounting:
    """What a sheet is made from: who asks, the period, and what was found in it, oldest first."""

    asker: Asker
    since: date
    to: date
    care_too: bool
    found: Sequence[Disclosure]


def render(accounting: Accounting) -> bytes:
    """Return the sheet as a PDF; the same list gives the same bytes.

    Raises `text.Unprintable` where a name holds characters that no font of ours can draw.
    """
    page = asker.page(accounting.asker, NAME)
    return layout.build(list(_story(accounting, page.styles)), page)


def _story(accounting: Accounting, styles: Styles) -> Iterator[Flowable]:
    period = f"from {dates.say(accounting.since)} to {dates.say(accounting.to)}"
    yield layout.Heading(TITLE, styles.title)
    yield text.paragraph(text.join(" ", ["For", text.bold(accounting.asker.person), period]), styles.body)
    for line in (OPENING, CARE_TOO if accounting.care_too else NOT_CARE, NOT_YOU):
        yield text.paragraph(line, styles.body)
    if not accounting.found:
        yield text.paragraph(text.bold(NOTHING), styles.body)
    for one in accounting.found:
        yield from _entry(one, styles)
    items = [
        symbols.Marked(line, styles.item, symbols.dot, styles.size * 1.4)
        for line in (*RIGHTS, *_whom(accounting.asker.practice))
    ]
    yield layout.Whole(tables.headed("What you can do", items, styles))


def _entry(one: Disclosure, styles: Styles) -> Iterator[Flowable]:
    """Yield one time: the day as its heading, who, what and why."""
    said = [
        ("Who got it", text.legible(one.who) or UNKNOWN),
        ("What", text.legible(one.what) or "Not written down"),
        ("Why", one.purpose),
    ]
    if one.where:
        said.insert(1, ("How or where", text.legible(one.where)))
    yield layout.Whole(tables.headed(dates.say(one.on), tables.pairs(said, styles, share=_LABELS), styles))
    yield tables.space(styles.leading * 0.3)


def _whom(practice: PracticeRecord) -> Iterator[str]:
    if practice.name and practice.phone:
        yield f"Call {practice.name}: {phones.say(practice.phone)}."
    elif practice.phone:
        yield f"Call us: {phones.say(practice.phone)}."
