"""What a referral begins with after a match: nothing that was asked for is lost."""

from __future__ import annotations

from referral_app.choices import ProcedureKind
from referral_app.database import Database
from referral_app.services import surgeon_match, surgeons
from referral_app.services.match_reasons import Match, Question
from referral_app.ui.surgeons.match_start import start


def _matches(db: Database, question: Question) -> list[Match]:
    with db.read() as session:
        return surgeon_match.find(session, question)


def test_a_kind_becomes_the_one_procedure_of_the_surgeon_or_is_said(filled: Database) -> None:
    with filled.read() as session:
        kinds = {one.kind for one in surgeons.procedures(session)}
    ways = set[str]()
    for kind in kinds:
        question = Question(procedures=(str(kind),))
        for match in _matches(filled, question):
            fitting = [one.code for one in match.surgeon.procedures if one.kind is kind]
            known = start(match, question)
            if len(fitting) == 1:
                assert known["procedures"] == fitting[0]
                assert "asked" not in known
            else:
                assert "procedures" not in known
                assert known["asked"].casefold() == ProcedureKind(kind).label.casefold()
            ways.add("one" if len(fitting) == 1 else "none" if not fitting else "several")
    assert {"one", "none"} <= ways


def test_a_procedure_that_the_surgeon_does_not_offer_is_said(filled: Database) -> None:
    question = Question(procedures=("occipital_release_greater",))
    match = next(
        one for one in _matches(filled, question) if one.missing_procedures and one.surgeon.procedures
    )
    assert start(match, question)["asked"] == "occipital release greater"
