"""Entries as JSON: all that an entry holds comes back, in JSON's own types, and what is unknown is left out."""

from __future__ import annotations

import json
from datetime import date

import pytest

from referral_app.choices import Accepting, Booking, Level, RequirementKind
from referral_app.clinical.requirements import Requirement
from referral_app.database import Database
from referral_app.services import matching, surgeon_json
from referral_app.services.surgeon_records import (
    Credential,
    Experience,
    Handout,
    LocationRecord,
    Placement,
    Query,
    SurgeonRecord,
)  # fmt: skip

WHOLE = SurgeonRecord(
    "Tomás", "O’<Brien>", languages=("en", "es"), accepting=Accepting.EXISTING, accepting_from=date(2027, 1, 2),
    placements=(Placement(LocationRecord("1", "Invented place", wheelchair=False), fax_verified_on=date(2026, 3, 27)),),
    credentials=(Credential("license", "Medicine", "MD", 2010, 2028),), plans=("Gold",),
    plans_verified=(("Gold", date(2026, 1, 1)),), experience=(Experience("revision", 2012, 30, "a note"),),
    handouts=(Handout("Before the visit", "es", "at the desk"),), booking=Booking.OFFICE,
    requirements=(Requirement(RequirementKind.DOCUMENT, None, Level.WISH, "revision", "diary"),),
)  # fmt: skip


def test_an_entry_comes_back_as_it_was() -> None:
    text = json.dumps(surgeon_json.dump(WHOLE))
    assert surgeon_json.load(json.loads(text)) == WHOLE


def test_every_entry_of_the_invented_directory_comes_back(filled: Database) -> None:
    with filled.read() as session:
        entries = [one.surgeon for one in matching.find(session, Query())]
    assert len(entries) == 13
    assert [surgeon_json.load(json.loads(json.dumps(surgeon_json.dump(one)))) for one in entries] == entries


def test_what_a_later_version_added_is_left_out() -> None:
    data = surgeon_json.dump(WHOLE) | {"invented_later": {"a": 1}}
    assert surgeon_json.load(data) == WHOLE


@pytest.mark.parametrize(
    "data", [{"accepting": "perhaps"}, {"last_day": "soon"}, {"plans_verified": [["Gold"]]}]
)
def test_what_is_no_entry_is_refused(data: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        surgeon_json.load({"given_name": "A", "family_name": "B", **data})
