"""Incidents: written, changed, closed by an administrator once they say enough, and seen by their own practice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral_app.choices import StaffRole
from referral_app.services import audit, incidents
from referral_app.services.errors import Conflict, Denied, InvalidInput, NotFound
from referral_app.services.incidents import IncidentRecord, Told
from tests.acting import as_role
from tests.services.conftest import Offices

TODAY = date.today()
TOLD = (Told("Privacy officer", TODAY, "Phone"), Told("The patient", TODAY))


def opened(offices: Offices) -> IncidentRecord:
    said = IncidentRecord(offices.north.reference, TODAY, "410-555-0199", "Letter, 4 pages")
    with offices.db.begin() as session:
        return incidents.record(session, said)


def test_an_incident_is_written_changed_and_closed(offices: Offices) -> None:
    made = opened(offices)
    assert (made.said, made.patient, made.is_open) == ("(410) 555-0199", "Northfield, Invented", True)
    whole = replace(made, who_has_it="A bakery", done="They shredded it", told=TOLD)
    with offices.db.begin() as session:
        changed = incidents.record(session, whole)
        closed = incidents.close(session, made.id, changed.version)
    assert closed.told == TOLD
    with offices.db.read() as session:
        noted = [one for one in audit.find(session, audit.Filter()) if one.kind == "incident"]
    assert [(one.action, one.object_id) for one in noted] == [
        ("changed", made.id), ("changed", made.id), ("created", made.id),
    ]  # fmt: skip
    assert (closed.closed_by, closed.is_open) == (changed.recorded_by, False)
    with offices.db.read() as session:
        assert incidents.find(session) == [closed]
        assert incidents.find(session, open_only=True) == []
        assert (incidents.count(session), incidents.count(session, open_only=True)) == (1, 0)
    with pytest.raises(InvalidInput, match="was closed on"), offices.db.begin() as session:
        incidents.record(session, closed)


def test_it_is_not_closed_before_it_says_who_has_it_who_was_told_and_what_was_done(offices: Offices) -> None:
    made = opened(offices)
    with pytest.raises(InvalidInput) as raised, offices.db.begin() as session:
        incidents.close(session, made.id)
    assert list(raised.value.fields) == ["who_has_it", "told", "done"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": " "}, "what"),
        ({"found_on": TODAY + timedelta(days=1)}, "found_on"),
        ({"told": (Told("", TODAY),)}, "told"),
        ({"told": (Told("Officer", TODAY + timedelta(days=1)),)}, "told"),
    ],
)
def test_what_is_wrong_is_said_by_field(offices: Offices, changes: dict[str, object], field: str) -> None:
    said = IncidentRecord(offices.north.reference, TODAY, what="Letter")
    with pytest.raises(InvalidInput) as raised, offices.db.begin() as session:
        incidents.record(session, replace(said, **changes))  # type: ignore[arg-type]
    assert list(raised.value.fields) == [field]


def test_two_people_do_not_write_over_each_other(offices: Offices) -> None:
    made = opened(offices)
    with offices.db.begin() as session:
        incidents.record(session, replace(made, done="Called"))
    with pytest.raises(Conflict), offices.db.begin() as session:
        incidents.record(session, replace(made, done="Wrote"))
    with pytest.raises(NotFound), offices.db.begin() as session:
        incidents.close(session, "00000000-0000-4000-8000-000000000000")


def test_another_practice_sees_none_and_office_staff_close_none(offices: Offices) -> None:
    made = opened(offices)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    with offices.db.read() as session:
        assert incidents.find(session) == []
    with pytest.raises(Denied), offices.db.read() as session:
        incidents.get(session, made.id)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with offices.db.read() as session:
        assert incidents.get(session, made.id).id == made.id
    with pytest.raises(Denied), offices.db.begin() as session:
        incidents.close(session, made.id)
