"""Labels of the people of a list: each once, those without an address named."""

from __future__ import annotations

from copy import deepcopy

import pytest

from referral_app.database import Database
from referral_app.jobs import mailing_labels
from referral_app.services import referrals, worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.referral_records import Filter
from tests.benchmarks import stores
from tests.documents import paper


def _without_address(db: Database) -> str:
    intake = deepcopy(stores.intake())
    intake.pop("signature", None)
    intake["patient"] |= {
        "family_name": "Adrift",
        "given_name": "Ann",
        "mrn": "A-1",
        "date_of_birth": "1970-01-02",
    }
    intake["patient"]["address"] = {"line1": "12 Elm Street"}
    with db.begin() as session:
        return referrals.save(session, intake).reference


def test_each_person_once_and_who_has_no_address_is_named(filled: Database) -> None:
    with filled.read() as session:
        reference = worklists.find(session, Filter())[0].reference
    adrift = _without_address(filled)
    made = mailing_labels.make(filled, [reference, adrift, reference], start=3, with_sender=True)
    words = paper.text(made.content)
    assert words.count("Quintero") == 1
    assert "Adrift" not in words
    assert any("Ann" in note and "no whole address" in note for note in made.notes)
    assert (made.kind, made.reference, made.subject) == ("labels", "", "Mailing labels of 1 patient")


def test_nobody_with_an_address_is_a_sentence(filled: Database) -> None:
    with pytest.raises(InvalidInput, match="has an address"):
        mailing_labels.make(filled, [_without_address(filled)])


def test_what_is_asked_for_by_one_text_is_understood() -> None:
    assert mailing_labels.asked(["start 5", mailing_labels.SENDER, "A", "B"]) == (["A", "B"], 5, True)
    assert mailing_labels.asked(["A"]) == (["A"], 1, False)
