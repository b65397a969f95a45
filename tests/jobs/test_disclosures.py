"""The list of disclosures, made for the patient of a referral, and recorded like any paper."""

from __future__ import annotations

from datetime import date

from referral_app.choices import PaperAct, PaperKind
from referral_app.jobs import disclosures, papers
from referral_app.services import incidents, ledger
from referral_app.services.incidents import IncidentRecord
from referral_app.services.ledger import Filter
from tests.documents import paper
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
