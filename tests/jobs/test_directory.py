"""Searching the directory for the command line."""

from __future__ import annotations

from referral_app.database import Database
from referral_app.jobs import directory
from referral_app.services import distance
from referral_app.services.surgeon_records import Query


def test_where_a_zip_code_is_asked_the_nearest_place_stands_first(filled: Database) -> None:
    several = 0
    for item in directory.found(filled, Query(zip="21204")):
        places = item.surgeon.placements
        measured = [distance.miles("21204", place.location.zip) for place in places]
        assert item.miles is not None
        assert measured[0] == min(miles for miles in measured if miles is not None)
        several += len(places) > 1
    assert several
