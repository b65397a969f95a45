"""Rows that tell of a surgeon again."""

from __future__ import annotations

from typing import Any

from referral_app.exchange.repeats import MOST_SAID, Repeats
from referral_app.services.import_records import Told, ToldPlace


def _told(row: int, location: dict[str, Any] | None = None, phone: str = "", **values: Any) -> Told:
    place = ToldPlace(location or {"name": "North"}, {"phone": phone} if phone else {})
    return Told(row, {"given_name": "Ana", "family_name": "Test", **values}, [place])


def test_a_row_that_says_the_same_is_told_and_taken_once() -> None:
    repeats, entry = Repeats(), _told(2)
    repeats.join(entry, _told(5))
    assert len(entry.places) == 1
    assert repeats.words == ["Row 5 is Ana Test again, as row 2 is, and says nothing new. It is taken once."]


def test_another_location_or_what_was_not_told_before_is_added_without_a_word() -> None:
    repeats, entry = Repeats(), _told(2)
    repeats.join(entry, _told(3, {"name": "South"}))
    repeats.join(entry, _told(4, phone="+14105550101", degrees="MD"))
    assert [place.location["name"] for place in entry.places] == ["North", "South"]
    assert entry.places[0].placement == {"phone": "+14105550101"}
    assert entry.values["degrees"] == "MD"
    assert not repeats.words


def test_what_is_told_in_another_way_is_named_and_the_first_row_holds() -> None:
    repeats, entry = Repeats(), _told(2, phone="+14105550101", degrees="MD")
    repeats.join(entry, _told(3, phone="+14105550199", degrees="DO"))
    assert entry.values["degrees"] == "MD"
    assert entry.places[0].placement == {"phone": "+14105550101"}
    sentence = (
        "Row 3 is Ana Test again, as row 2 is, but differs in Degrees, Phone. What came first is taken."
    )
    assert repeats.words == [sentence]


def test_of_many_repeated_rows_the_rest_is_counted() -> None:
    repeats, entry = Repeats(), _told(2)
    for row in range(3, 3 + MOST_SAID + 7):
        repeats.join(entry, _told(row))
    assert len(repeats.words) == MOST_SAID + 1
    assert repeats.words[-1] == "7 more rows repeat earlier ones."
