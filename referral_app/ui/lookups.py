"""What `widgets/lookup.py` finds: surgeons and practice locations, looked for away from the user's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from referral_app.database import Session
from referral_app.services import matching, place_search
from referral_app.services.surgeon_records import LocationRecord, Query
from referral_app.ui.desk import Desk
from referral_app.ui.widgets.lookup import SHOWN, Answer, Find, Hit

DELAY_MS = 120


def surgeons(desk: Desk, owner: QObject) -> Find:
    """Return what finds surgeons of the directory by the words typed."""
    return _finder(desk, owner, _surgeons)


def places(desk: Desk, owner: QObject, known: Callable[[LocationRecord], object]) -> Find:
    """Return what finds practice locations; `known` is told of each record found."""

    def look(session: Session, text: str) -> list[Hit]:
        found = place_search.find(session, text, SHOWN)
        for one in found:
            known(one)
        return [place_hit(one) for one in found]

    return _finder(desk, owner, look)


def place_hit(place: LocationRecord) -> Hit:
    """Return how a location is shown."""
    town = " ".join(part for part in (f"{place.city}, {place.state}".strip(", "), place.zip) if part)
    return Hit(place.id, place.name, ", ".join(part for part in (place.line1, place.line2, town) if part))


def _surgeons(session: Session, text: str) -> list[Hit]:
    found = [one.surgeon for one in matching.page(session, Query(text=text), SHOWN).rows]
    return [
        Hit(one.id, one.name, " · ".join(part for part in (one.specialty, one.npi) if part)) for one in found
    ]


def _finder(desk: Desk, owner: QObject, look: Callable[[Session, str], list[Hit]]) -> Find:
    def work(text: str, answer: Answer) -> tuple[Answer, str, list[Hit]]:
        with desk.db.read() as session:
            return answer, text, look(session, text)

    latest = desk.background.latest(owner, _hand_on, DELAY_MS)
    return lambda text, answer: latest.ask(partial(work, text, answer))


def _hand_on(found: tuple[Answer, str, Sequence[Hit]]) -> None:
    answer, text, hits = found
    answer(text, hits)
