"""The last section of a letter: what the patient holds against a correction that was denied (45 CFR 164.526(d)(5)).

It stands below the signature: it is no word of who signed, and may be newer than the signature.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from referral_app.clinical import dates
from referral_app.documents import tables, text
from referral_app.documents.layout import Styles

if TYPE_CHECKING:
    from referral_app.services.amendments import Statement

TITLE = "Patient’s statement of disagreement"


def section(statements: Sequence[Statement], styles: Styles) -> list[Flowable]:
    """Return the section with each statement word for word, nothing where there is none.

    What no font of ours can draw is named in its place: the words were written down once and hold nothing up.
    """
    lines = [line for one in statements for line in _lines(one)]
    return tables.headed(TITLE, tables.pairs(lines, styles), styles) if lines else []


def _lines(one: Statement) -> Iterator[tuple[str, str]]:
    about = f" in the record of referral {one.about}" if one.about else " in the record"
    yield "To correct", text.legible(f"Asked on {dates.say(one.asked_on)}{about}: {one.what}")
    yield "Denied", text.legible(_denied(one))
    yield "The patient says", text.legible(one.words)


def _denied(one: Statement) -> str:
    """Return the denial as a sentence: when, on which ground of the rule, and why."""
    on = f" on {dates.say(one.denied_on)}" if one.denied_on else ""
    ground = f", since: {one.basis.label.lower().rstrip('.')}" if one.basis else ""
    return f"The correction was denied{on}{ground}. {one.why}".strip()
