"""Finding a location by typing: by the index where surgeons are, and otherwise among all."""

from __future__ import annotations

from referral_app.database import Database
from referral_app.services import locations, place_search
from referral_app.services.surgeon_records import LocationRecord


def _cities(db: Database, text: str, limit: int = 5) -> list[str]:
    with db.read() as session:
        return [one.city for one in place_search.find(session, text, limit)]


def test_words_of_name_street_town_and_zip_find_a_location(filled: Database) -> None:
    assert _cities(filled, "21231") == ["Baltimore"]
    assert _cities(filled, "towson hill") == ["Towson"]
    assert _cities(filled, "nerve clinic") == ["Washington"]


def test_the_name_of_a_surgeon_is_no_location(filled: Database) -> None:
    assert _cities(filled, "keen") == []


def test_no_more_than_asked_for_come_by_name(filled: Database) -> None:
    found = _cities(filled, "md", 2)
    assert len(found) == 2


def test_a_location_without_surgeons_is_found_too(filled: Database) -> None:
    with filled.begin() as session:
        locations.save(session, LocationRecord(name="Empty House", city="Bowie", state="MD", zip="20715"))
    assert _cities(filled, "empty house") == ["Bowie"]
