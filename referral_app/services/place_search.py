"""Finding a practice location by the words of its name and address, through the index of the directory."""

from __future__ import annotations

from sqlalchemy.orm import Session

from referral_app.choices import Permission
from referral_app.services import locations, matching
from referral_app.services.folding import fold
from referral_app.services.permissions import needs
from referral_app.services.surgeon_records import LocationRecord, Query

LOOKED_AT = 60
"""The places of so many surgeons are looked at."""


@needs(Permission.SEE_DIRECTORY)
def find(session: Session, text: str, limit: int) -> list[LocationRecord]:
    """Return locations of which every word of a text begins a word of name, street, city, state or ZIP code, by name.

    Those where surgeons are come out of the index; only where there is none are all locations gone through, which
    takes a second with a million of them.
    """
    words = fold(text).split()
    found: dict[str, LocationRecord] = {}
    for one in matching.find(session, Query(text=text), LOOKED_AT) if words else ():
        for place in one.surgeon.placements:
            if _fits(place.location, words):
                found.setdefault(place.location.id, place.location)
    if not found:
        return locations.find(session, text, limit)
    return sorted(found.values(), key=lambda place: (place.name, place.id))[:limit]


def _fits(place: LocationRecord, words: list[str]) -> bool:
    own = fold(f"{place.name} {place.line1} {place.city} {place.state} {place.zip}").split()
    return all(any(word.startswith(typed) for word in own) for typed in words)
