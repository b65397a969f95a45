"""The list of disclosures, made for the patient of a referral, and recorded like any paper."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app.choices import PaperAct, PaperKind, StaffRole
from referral_app.jobs import disclosures, papers
from referral_app.services import audit, incidents, ledger, patients
from referral_app.services.disclosures import OF_PATIENT
from referral_app.services.errors import Denied
from referral_app.services.incidents import IncidentRecord
from referral_app.services.ledger import Document, Filter, Leaving
from referral_app.services.patients import PatientRecord
from tests.acting import as_role
from tests.documents import paper, tagged
from tests.services.conftest import Offices, offices, offices_store

__all__ = ["offices", "offices_store"]


def test_it_tells_what_happened_and_leaving_is_recorded(offices: Offices) -> None:
    with offices.db.begin() as session:
        wrong = IncidentRecord(
            offices.north.reference, date.today(), "410-555-0199", "Referral letter", "A bakery"
        )
        incidents.record(session, wrong)
    made = disclosures.make(offices.db, offices.north.reference)
    assert "A bakery" in paper.text(made.content)
    assert "A bakery" not in paper.text(disclosures.make(offices.db, offices.south.reference).content)
    papers.left(offices.db, made, PaperAct.PRINTED)
    with offices.db.read() as session:
        (kept,) = ledger.find(session, Filter(patient_id=offices.north.patient))
    assert (kept.kind, kept.reference) == (PaperKind.DISCLOSURES, offices.north.reference)


def test_the_last_year_alone_leaves_out_what_is_older(offices: Offices) -> None:
    with offices.db.begin() as session:
        old = IncidentRecord(
            offices.north.reference, date(date.today().year - 2, 1, 2), "", "Letter", "A bakery"
        )
        incidents.record(session, old)
    assert "A bakery" in paper.text(disclosures.make(offices.db, offices.north.reference).content)
    assert "A bakery" not in paper.text(
        disclosures.make(offices.db, offices.north.reference, years=1).content
    )


def test_large_print_is_as_the_patient_needs_it_unless_told(offices: Offices) -> None:
    assert disclosures.make(offices.db, offices.north.reference, large=True).large
    assert (
        disclosures.make(offices.db, offices.north.reference).name
        == f"disclosures-{offices.north.reference}.pdf"
    )


def alone(world: Offices, name: str = "Alonefield") -> str:
    """Return a patient of the north who has no referral."""
    as_role(world.db, StaffRole.OFFICE_STAFF, StaffRole.SCHEDULER, practice_id=world.north.practice)
    with world.db.begin() as session:
        values = {
            "family_name": name,
            "given_name": "Ana",
            "date_of_birth": "1960-05-02",
            "needs": ["large_print"],
        }
        return patients.save(session, PatientRecord(values)).id


def test_a_patient_without_a_referral_gets_a_list_too(offices: Offices) -> None:
    who = alone(offices)
    made = disclosures.make(offices.db, f"{OF_PATIENT}{who}")
    said = paper.text(made.content)
    assert "For Ana Alonefield from" in said
    assert "Our record shows no such time in these years." in said
    assert (made.reference, made.number, made.patient_id, made.large) == ("", 0, who, True)
    assert made.name == f"disclosures-{date.today().isoformat()}.pdf"
    assert tagged.problems(made.content) == []


def test_what_left_for_a_patient_without_a_referral_stands_in_the_ledger_for_those_who_may_see_them(
    offices: Offices,
) -> None:
    who = alone(offices)
    made = disclosures.make(offices.db, f"{OF_PATIENT}{who}", large=False)
    papers.looked_at(offices.db, made)
    papers.left(offices.db, made, PaperAct.PRINTED)
    for which in (Filter(patient_id=who), Filter(words="alonefield"), Filter(kinds=[PaperKind.DISCLOSURES])):
        with offices.db.read() as session:
            (kept,) = ledger.find(session, which)
        assert (kept.patient_id, kept.patient, kept.reference) == (who, "Alonefield, Ana", "")
    assert papers.kept(offices.db, kept.id).content == made.content
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    with offices.db.read() as session:
        assert ledger.find(session, Filter()) == []
        assert ledger.count(session, Filter(words="alonefield")) == 0
    with pytest.raises(Denied):
        papers.kept(offices.db, kept.id)
    with pytest.raises(Denied):
        disclosures.make(offices.db, f"{OF_PATIENT}{who}")


def test_two_patients_without_a_referral_have_papers_of_their_own(offices: Offices) -> None:
    first, second = alone(offices), alone(offices, "Otherfield")
    names: set[str] = set()
    for who in (first, second):
        with offices.db.begin() as session:
            document = Document(PaperKind.DISCLOSURES, patient_id=who)
            names.add(ledger.leave(session, document, b"%PDF the same bytes", Leaving(PaperAct.PRINTED)))
    assert len(names) == 2


def test_it_is_noted_under_the_patient(offices: Offices) -> None:
    who = alone(offices)
    papers.left(offices.db, disclosures.make(offices.db, f"{OF_PATIENT}{who}"), PaperAct.PRINTED)
    as_role(offices.db, StaffRole.ADMINISTRATOR)
    with offices.db.read() as session:
        events = [(one.action, one.kind, one.patient_id) for one in audit.find(session, audit.Filter(), 6)]
    assert ("printed", "disclosures", who) in events
    assert ("opened", "disclosures", who) in events
