"""The sheet of an incident is made from what is written down, and recorded like any paper when it leaves."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app.choices import PaperAct, PaperKind, StaffRole
from referral_app.jobs import incident_sheets, papers
from referral_app.services import audit, incidents, ledger
from referral_app.services.errors import Denied, NotFound
from referral_app.services.incidents import IncidentRecord
from referral_app.services.ledger import Filter
from tests.acting import as_role
from tests.documents import paper
from tests.services.conftest import Offices, offices, offices_store

__all__ = ["offices", "offices_store"]


def written(world: Offices, reference: str) -> str:
    said = IncidentRecord(reference, date.today(), "410-555-0199", "Referral letter", "A bakery")
    with world.db.begin() as session:
        return incidents.record(session, said).id


def test_it_is_of_its_referral_and_leaving_is_recorded(offices: Offices) -> None:
    made = incident_sheets.make(offices.db, written(offices, offices.north.reference))
    assert "A bakery" in paper.text(made.content)
    assert made.name == f"incident-{offices.north.reference}-{date.today().isoformat()}.pdf"
    papers.left(offices.db, made, PaperAct.PRINTED)
    with offices.db.read() as session:
        (kept,) = ledger.find(session, Filter(patient_id=offices.north.patient))
    assert (kept.kind, kept.reference) == (PaperKind.INCIDENT_SHEET, offices.north.reference)
    assert papers.kept(offices.db, kept.id).content == made.content


def test_looking_at_it_is_noted(offices: Offices) -> None:
    name = written(offices, offices.north.reference)
    incident_sheets.make(offices.db, name)
    as_role(offices.db, StaffRole.ADMINISTRATOR)
    with offices.db.read() as session:
        events = [(one.action, one.kind) for one in audit.find(session, audit.Filter(), 6)]
    assert ("opened", "incident") in events
    assert ("opened", "incident_sheet") in events


def test_one_of_another_practice_and_one_that_is_gone_are_refused(offices: Offices) -> None:
    name = written(offices, offices.south.reference)
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    with pytest.raises(Denied):
        incident_sheets.make(offices.db, name)
    with pytest.raises(NotFound):
        incident_sheets.make(offices.db, "gone")
