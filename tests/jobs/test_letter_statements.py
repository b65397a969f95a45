"""Whatever is disclosed after a patient disagreed carries the statement; other letters ask one question more."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, event

from referral_app.choices import DenialBasis, PaperAct
from referral_app.database import Database
from referral_app.jobs import bundles, letters, packets, papers
from referral_app.services import amendments, ledger, referrals
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.ledger import Filter
from tests.documents import paper

TITLE = "Patient’s statement of disagreement"
WORDS = "I kept no diary in 2009."


def disagreed(db: Database, reference: str, on: date) -> str:
    """Ask for a correction that is denied, disagree, and return what a list calls the statement."""
    with db.begin() as session:
        patient = referrals.get(session, reference).patient_id or ""
        wish = AmendmentRecord(patient, "The patient", on, "It began in 2019.", reference)
        one = amendments.record(session, wish)
        one = amendments.deny(session, one.id, DenialBasis.COMPLETE, "Your diary says 2009.", one.version)
        amendments.disagree(session, one.id, WORDS, one.version)
        return amendments.statements(session, patient)[0].name


def test_letter_and_set_carry_it_and_list_it_and_the_packet_does_not(
    filled: Database, reference: str
) -> None:
    name = disagreed(filled, reference, date.today())
    made = letters.make(filled, reference)
    said = paper.text(made.content)
    assert f"in the record of referral {reference}: It began in 2019." in said
    assert WORDS in said
    assert made.enclosed == (name,)
    whole = bundles.make(filled, reference)
    assert WORDS in paper.text(whole.content)
    assert name in whole.enclosed
    papers.left(filled, made, PaperAct.PRINTED)
    with filled.read() as session:
        assert ledger.find(session, Filter(reference))[0].enclosed == (name,)
    assert TITLE not in paper.text(packets.make(filled, reference).content)


def test_a_paper_that_left_before_the_statement_says_that_it_lacks_it(
    filled: Database, reference: str
) -> None:
    papers.left(filled, letters.make(filled, reference), PaperAct.PRINTED)
    with filled.begin() as session:
        referrals.mark_sent(session, reference, "fax")
    before = letters.make(filled, reference)
    assert papers.LACKING not in before.notes
    disagreed(filled, reference, date.today())
    after = letters.make(filled, reference)
    assert after.content == before.content
    assert papers.LACKING in after.notes
    assert papers.LACKING in papers.kept(filled, after.paper_id).notes


def test_the_letter_of_another_patient_asks_one_question_more_by_an_index(
    filled: Database, reference: str
) -> None:
    asked: list[tuple[str, object]] = []

    def note(_c: object, _u: object, statement: str, values: object, *_: object) -> None:
        if "amendment" in statement and "EXPLAIN" not in statement:
            asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert letters.make(filled, reference).enclosed == ()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    ((statement, values),) = asked
    with filled.read() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()  # type: ignore[arg-type]
    assert any("SEARCH amendment USING INDEX ix_amendment_patient_id" in str(line) for line in plan), plan
