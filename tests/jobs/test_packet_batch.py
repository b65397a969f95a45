"""How packets are wanted: language and print size as each patient needs them, unless somebody chose otherwise."""

from __future__ import annotations

import pytest

from referral_app.database import Database
from referral_app.jobs import packet_batch as batch
from referral_app.jobs.packet_batch import Wanted
from referral_app.services import worklists
from referral_app.services.referral_records import Filter


@pytest.fixture
def reference(filled: Database) -> str:
    with filled.read() as session:
        return worklists.find(session, Filter())[0].reference


def test_language_and_size_follow_the_patient_unless_chosen(filled: Database, reference: str) -> None:
    with filled.read() as session:
        assert batch.needs(session, reference) == Wanted("es", True)
        assert batch.resolved(session, reference, Wanted("en", False)) == Wanted("en", False)
        assert batch.resolved(session, reference, Wanted()) == Wanted("es", True)


def test_wishes_of_many_are_those_of_each(filled: Database, reference: str) -> None:
    made = batch.wishes(filled, [reference, reference], Wanted())
    assert [(one.language, one.large) for one in made] == [("es", True)] * 2
    chosen = batch.wishes(filled, [reference], Wanted("en", False))
    assert [(one.language, one.large) for one in chosen] == [("en", False)]


def test_a_language_without_a_packet_is_said_and_english_is_proposed() -> None:
    wanted = batch.proposed("ko", {"low_vision"}, False)
    assert (wanted.language, wanted.large) == ("en", True)
    assert wanted.why == "The patient prefers Korean, for which there is no packet; needs: low vision."
