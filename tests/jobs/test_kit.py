"""The power-cut kit of a real store: the directory is in it, and nothing of any patient."""

from __future__ import annotations

from datetime import date

import pytest

from referral_app.database import Database
from referral_app.documents import kit_surgeons
from referral_app.jobs import kit
from referral_app.services import matching, surgeons
from referral_app.services.surgeon_records import Query
from tests.documents import paper

TODAY = date(2026, 11, 23)


def test_the_kit_holds_every_surgeon_and_procedure_of_the_directory(filled: Database) -> None:
    made = kit.make(filled, TODAY)
    said = paper.text(made.content)
    with filled.read() as session:
        found = [item.surgeon for item in matching.find(session, Query())]
        names = [item.name for item in surgeons.procedures(session)]
    assert len(found) > 10
    assert not [one.sort_name for one in found if one.sort_name not in said]
    assert not [name for name in names if name not in said]
    assert (made.name, made.notes) == ("power-cut-kit-2026-11-23.pdf", ())


def test_it_holds_nothing_of_any_patient(filled: Database) -> None:
    from referral_app.services import patients

    said = paper.text(kit.make(filled, TODAY).content)
    with filled.read() as session:
        known = patients.find(session, "")
    assert known
    for one in known:
        assert one.name not in said
        assert one.spoken not in said


def test_surgeons_taken_out_of_the_directory_are_not_in_it(filled: Database) -> None:
    with filled.begin() as session:
        gone = matching.find(session, Query(sort="name"))[0].surgeon
        surgeons.archive(session, gone.id)
    assert gone.sort_name not in paper.text(kit.make(filled, TODAY).content)


def test_an_empty_store_makes_a_kit_that_says_so(db: Database) -> None:
    assert kit_surgeons.EMPTY in paper.text(kit.make(db, TODAY).content)


def test_a_directory_too_large_for_paper_says_how_many_are_left_out(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "MOST", 5)
    made = kit.make(filled, TODAY)
    with filled.read() as session:
        left = matching.count(session, Query()) - 5
    assert made.notes == (f"The surgeon list leaves {left:,} of the directory out.",)
    assert f"The next {left} surgeons of the directory are left out" in paper.text(made.content)
