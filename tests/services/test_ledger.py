"""The ledger of paper: what left is kept byte by byte, each document once, for those who may see its referral."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from referral_app.choices import PaperAct, PaperKind, StaffRole
from referral_app.services import ledger, referrals
from referral_app.services.errors import Denied, InvalidInput, NotFound
from referral_app.services.ledger import Document, Filter, Leaving
from tests.acting import as_role
from tests.services.conftest import Offices, complete

PDF = b"%PDF-1.7 invented"


def letter(world: Offices, **parts: Any) -> Document:
    return Document(PaperKind.LETTER, **{"reference": world.north.referral, "number": 1, **parts})


def left(world: Offices, document: Document, content: bytes = PDF, **how: Any) -> str:
    with world.db.begin() as session:
        return ledger.leave(session, document, content, Leaving(**{"act": PaperAct.PRINTED, **how}))


def listed(world: Offices, which: Filter) -> list[ledger.PaperRecord]:
    with world.db.read() as session:
        return ledger.find(session, which)


def test_the_bytes_that_left_come_back_and_stand_in_the_store_once(offices: Offices) -> None:
    first = left(offices, letter(offices), how="Front desk", for_whom="Dr. Keen", copies=2)
    assert left(offices, letter(offices), act=PaperAct.SAVED, how="letter.pdf") == first
    left(offices, replace(letter(offices), kind=PaperKind.BUNDLE))
    with offices.db.read() as session:
        assert ledger.content(session, first) == PDF
        assert session.execute(text("SELECT count(*) FROM paper_content")).scalar() == 1
        acts = ledger.get(session, first).acts
    assert {(one.act, one.how, one.for_whom, one.copies) for one in acts} == {
        (PaperAct.PRINTED, "Front desk", "Dr. Keen", 2), (PaperAct.SAVED, "letter.pdf", "", 1),
    }  # fmt: skip


def test_what_was_only_looked_at_is_known_by_its_hash_and_not_in_the_list(offices: Offices) -> None:
    with offices.db.begin() as session:
        made = ledger.made(session, letter(offices), PDF)
    assert listed(offices, Filter(offices.north.referral)) == []
    (one,) = listed(offices, Filter(offices.north.referral, looked_at_too=True))
    assert (one.id, one.acts, len(one.sha256)) == (made, (), 64)
    with offices.db.read() as session, pytest.raises(InvalidInput, match="only looked at"):
        ledger.content(session, made)
    with offices.db.begin() as session, pytest.raises(InvalidInput, match="only looked at"):
        ledger.again(session, made, Leaving(PaperAct.PRINTED))


def test_a_reprint_is_the_same_document(offices: Offices) -> None:
    first = left(offices, letter(offices))
    with offices.db.begin() as session:
        ledger.again(session, first, Leaving(PaperAct.PRINTED, "Back office"))
    (one,) = listed(offices, Filter(offices.north.referral))
    assert [act.how for act in one.acts] == ["Back office", ""]


def test_bytes_that_were_changed_in_the_store_are_refused(offices: Offices) -> None:
    first = left(offices, letter(offices))
    with offices.db.begin() as session:
        session.execute(text("UPDATE paper_content SET content = :other"), {"other": b"%PDF other"})
    with offices.db.read() as session, pytest.raises(InvalidInput, match="not those that were recorded"):
        ledger.content(session, first)


def test_lists_are_narrowed_by_patient_kind_and_words(offices: Offices) -> None:
    mine = left(offices, letter(offices))
    packet = left(offices, replace(letter(offices), kind=PaperKind.PACKET), b"%PDF packet")
    card = left(offices, Document(PaperKind.CARD, subject="Invented Brookside"), b"%PDF card")
    assert {one.id for one in listed(offices, Filter())} == {mine, packet, card}
    assert [one.id for one in listed(offices, Filter(kinds=[PaperKind.PACKET]))] == [packet]
    assert [one.id for one in listed(offices, Filter(words="brookside"))] == [card]
    assert {one.id for one in listed(offices, Filter(patient_id=offices.north.patient))} == {mine, packet}
    with offices.db.read() as session:
        assert ledger.count(session, Filter(words="northfield")) == 2


def test_another_practice_sees_neither_list_nor_bytes(offices: Offices) -> None:
    first = left(offices, letter(offices))
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    assert listed(offices, Filter()) == []
    with offices.db.read() as session, pytest.raises(Denied):
        ledger.content(session, first)
    with offices.db.read() as session, pytest.raises(NotFound):
        ledger.content(session, "nothing")


def test_the_last_print_of_each_referral_is_told(offices: Offices) -> None:
    left(offices, letter(offices), how="first")
    left(offices, letter(offices), how="second")
    with offices.db.read() as session:
        reference = ledger.find(session, Filter(offices.north.referral))[0].reference
        told = ledger.printed_for(session, [reference, "nobody"], PaperKind.LETTER)
    assert {name: one.how for name, one in told.items()} == {reference: "second"}


def test_the_same_bytes_of_another_version_are_another_document(offices: Offices) -> None:
    assert left(offices, letter(offices)) != left(offices, letter(offices, number=2))
    assert {one.number for one in listed(offices, Filter(offices.north.referral))} == {1, 2}


def test_what_was_taken_back_was_not_printed(offices: Offices) -> None:
    first = left(offices, letter(offices), how="first")
    left(offices, letter(offices), how="second")
    left(offices, letter(offices), how="second: taken back", copies=0)
    reference = offices.north.reference
    with offices.db.read() as session:
        (found,) = ledger.printed_for(session, [reference], PaperKind.LETTER).values()
        assert (found.how, [one.how for one in ledger.get(session, first).stood]) == ("first", ["first"])
    left(offices, letter(offices), how="first: taken back", copies=0)
    with offices.db.read() as session:
        assert ledger.printed_for(session, [reference], PaperKind.LETTER) == {}
        assert len(ledger.get(session, first).acts) == 4


def test_labels_with_patients_on_them_are_for_the_office_that_made_them(offices: Offices) -> None:
    labels, card = Document(PaperKind.LABELS, subject="Two"), Document(PaperKind.CARD, subject="Keen")
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.north.practice)
    mine, open_ = left(offices, labels), left(offices, card)
    assert {one.id for one in listed(offices, Filter())} == {mine, open_}
    as_role(offices.db, StaffRole.OFFICE_STAFF, practice_id=offices.south.practice)
    assert [one.id for one in listed(offices, Filter())] == [open_]
    for ask in (ledger.content, ledger.get):
        with offices.db.read() as session, pytest.raises(Denied):
            ask(session, mine)
    assert left(offices, labels) != mine
    as_role(offices.db, StaffRole.PACKET_STAFF)
    assert len(listed(offices, Filter())) == 3


def test_a_name_with_accents_and_a_reference_number_are_found_as_they_are_typed(offices: Offices) -> None:
    with offices.db.begin() as session:
        saved = referrals.save(session, complete("Núñez-O’Neil"))
    left(offices, letter(offices, reference=saved.reference))
    for typed in ("Núñez", "nunez", "NÚÑEZ-O’NEIL", saved.reference, saved.reference.lower()):
        assert len(listed(offices, Filter(words=typed))) == 1, typed
    assert listed(offices, Filter(words="—")) == []
