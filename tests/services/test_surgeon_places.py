"""What a list shows of places: the nearest town first, and that a fax number is to be verified."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from referral_app.database import Database
from referral_app.services import surgeon_places, surgeons
from referral_app.services.surgeon_records import LocationRecord, Placement

TODAY = date(2026, 11, 28)


def test_the_nearest_town_comes_first_and_a_fax_to_verify_is_told(filled: Database) -> None:
    fresh = TODAY - timedelta(89)
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        places = [
            Placement(
                surgeons.location(session, LocationRecord(name=f"House {code}", city=city, state="MD", zip=code)),
                fax="410-555-0113", fax_verified_on=fresh,
            )
            for city, code in (("Frederick", "21701"), ("Towson", "21204"))
        ]  # fmt: skip
        surgeons.save(session, replace(keen, placements=tuple(places)))
    with filled.read() as session:
        far, near = (surgeon_places.of(session, [keen.id], code, TODAY)[keen.id] for code in ("", "21287"))
        later = surgeon_places.of(session, [keen.id], "00000", TODAY + timedelta(1))[keen.id]
        assert surgeon_places.of(session, []) == {}
    assert far.towns == ("Frederick, MD", "Towson, MD")
    assert near.towns == ("Towson, MD", "Frederick, MD")
    assert not near.fax_to_verify
    assert later.fax_to_verify
    assert later.towns == far.towns
