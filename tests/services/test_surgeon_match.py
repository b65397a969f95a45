"""The explained match over the invented directory: ranked, nobody excluded, the same order each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from referral_app.choices import Accepting
from referral_app.database import Database
from referral_app.services import referrals, surgeon_match, surgeons, worklists
from referral_app.services.errors import InvalidInput
from referral_app.services.match_reasons import Match, Question
from referral_app.services.referral_records import Filter

TODAY = date(2026, 11, 28)


def _find(db: Database, question: Question) -> list[Match]:
    with db.read() as session:
        return surgeon_match.find(session, question, today=TODAY)


def test_those_who_fit_everything_come_first(filled: Database) -> None:
    found = _find(filled, Question(("occipital_release",), "21230", ("Medicare",), "es", age=54))
    first = found[0]
    assert not first.words("unmet")
    assert first.miles is not None
    assert first.location_id
    unmet = [len(one.words("unmet")) for one in found if one.missing_procedures == 0]
    accepting = [one.surgeon.accepts_on(TODAY) is Accepting.YES for one in found]
    assert accepting[0]
    assert unmet[0] == 0 < max(unmet)


def test_nobody_is_excluded_by_what_is_not_met(filled: Database) -> None:
    found = _find(filled, Question(("occipital_release",), "21230", ("A plan nobody takes",), "vi", age=9))
    assert len(found) > 5
    assert all("A plan nobody takes is not among the plans on file" in one.words("unmet") for one in found)


def test_plans_are_known_however_they_are_written(filled: Database) -> None:
    found = _find(filled, Question(plans=("MEDICARE",)))
    assert any(words.startswith("In network with Medicare") for words in found[0].words("for"))


def test_words_are_understood_as_the_directory_calls_things(filled: Database) -> None:
    with filled.read() as session:
        asked = surgeon_match.understood(
            session, Question(("occipital", "revision", "no such thing"), plans=("medicare",))
        )
    assert asked.procedures == ("occipital_release", "revision", "no such thing")
    assert asked.plans == ("Medicare",)


def test_ties_are_alphabetical(filled: Database) -> None:
    with filled.begin() as session:
        keen = surgeons.by_npi(session, "9000000015")
        for family, given in (("Zephyr", "Ann"), ("Keenan", "Bo"), ("Keenan", "Al")):
            surgeons.save(
                session, replace(keen, id="", npi="", version=0, family_name=family, given_name=given)
            )
    found = _find(filled, Question(("occipital_release_greater",), "21230"))
    names = [one.surgeon.sort_name for one in found]
    alike = [name for name in names if name.split(",")[0] in {"Keen", "Keenan", "Zephyr"}]
    assert alike == ["Keen, Marguerite", "Keenan, Al", "Keenan, Bo", "Zephyr, Ann"]


def test_where_it_is_urgent_waits_count_before_miles(filled: Database) -> None:
    hurried = _find(filled, Question(("occipital_release",), "21230", urgency="urgent"))
    same = [one for one in hurried if not one.words("unmet")]
    waits = [one.surgeon.next_visit_days for one in same if one.surgeon.next_visit_days is not None]
    assert waits == sorted(waits)


def test_a_zip_code_that_is_none_is_said(filled: Database) -> None:
    with pytest.raises(InvalidInput) as refused:
        _find(filled, Question(zip="00000"))
    assert set(refused.value.fields) == {"zip"}


def test_a_referral_is_held_against_what_each_office_asks_for(filled: Database) -> None:
    with filled.read() as session:
        reference = worklists.find(session, Filter())[0].reference
        intake = referrals.get(session, reference).intake
        question = surgeon_match.question_of(session, intake)
        found = surgeon_match.find(session, question, today=TODAY)
    assert question.plans[0] == "Example Health PPO"
    assert any(words.endswith(": recorded") for one in found for words in one.words("met"))


def test_certain_surgeons_are_compared_in_the_order_asked_for(filled: Database) -> None:
    found = _find(filled, Question(zip="21230"))
    ids = [one.surgeon.id for one in found[:3]][::-1]
    with filled.read() as session:
        compared = surgeon_match.of(session, [*ids, "gone"], Question(zip="21230"), TODAY)
    assert [one.surgeon.id for one in compared] == ids


def test_who_leaves_before_the_next_visit_stands_behind_those_who_accept(filled: Database) -> None:
    question = Question(("occipital_release",), "21230")
    first = _find(filled, question)[0].surgeon
    with filled.begin() as session:
        leaving = replace(surgeons.get(session, first.id), last_day=TODAY, next_visit_days=9)
        surgeons.save(session, leaving)
    found = _find(filled, question)
    at = next(n for n, one in enumerate(found) if one.surgeon.id == first.id)
    assert all(
        one.surgeon.takes_on(TODAY) is not Accepting.NO for one in found[:at] if not one.missing_procedures
    )
    assert at > 0
    assert "Next visit would be after the last day" in found[at].words("unmet")
