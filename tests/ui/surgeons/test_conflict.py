"""Two versions of a directory entry in words, and the entry made of both."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from referral_app.choices import Accepting
from referral_app.database import Database
from referral_app.services import surgeons
from referral_app.services.surgeon_records import SurgeonRecord
from referral_app.ui.surgeons import conflict


def _keen(db: Database) -> SurgeonRecord:
    with db.read() as session:
        return surgeons.by_npi(session, "9000000015")


def test_every_field_of_an_entry_is_compared_or_left_out_on_purpose() -> None:
    assert {field.name for field in fields(SurgeonRecord)} == {*conflict.NAMES, *conflict.NOT_CHOSEN}


def test_every_field_has_words(filled: Database) -> None:
    keen = _keen(filled)
    given = [name for name in conflict.NAMES if getattr(keen, name) not in (None, "", ())]
    assert all(conflict.say(keen, name) for name in given)
    dated = replace(keen, verified_on=date(2026, 11, 2), accepting=Accepting.NO)
    assert conflict.say(dated, "verified_on") == "November 2, 2026"
    assert conflict.say(dated, "accepting") == Accepting.NO.label


def test_lists_that_both_changed_can_be_kept_together(filled: Database) -> None:
    base = replace(_keen(filled), plans_verified=())
    mine, theirs = replace(base, plans=("Gold",)), replace(base, plans=("Silver",))
    (line,) = conflict.lines(base, mine, theirs)
    assert (line.taken, line.mine, line.theirs, line.both) == ("", "Gold", "Silver", "Silver, Gold")
    assert conflict.merged(mine, theirs, {"plans": "both"}).plans == ("Silver", "Gold")
    assert conflict.merged(mine, theirs, {"plans": "mine"}) == mine


def test_a_wish_of_the_office_that_both_changed_has_no_third_choice(filled: Database) -> None:
    base = _keen(filled)
    (line,) = conflict.lines(
        base, replace(base, requirements=()), replace(base, requirements=base.requirements[:1])
    )
    assert (line.taken, line.both) == ("", "")


def test_successors_are_compared_by_name(filled: Database) -> None:
    base = _keen(filled)
    mine, theirs = replace(base, successor_id="1"), replace(base, successor_id="2")
    (line,) = conflict.lines(base, mine, theirs, {"1": "Ada Keen, MD"})
    assert (line.mine, line.theirs) == ("Ada Keen, MD", "Another surgeon")


def test_what_is_kept_of_one_version_does_not_hang_in_the_air(filled: Database) -> None:
    base = _keen(filled)
    theirs = replace(base, procedures=base.procedures[:1], plans=base.plans[:1])
    made = conflict.merged(base, theirs, {"experience": "mine", "plans_verified": "mine"})
    assert [one.procedure for one in made.experience] == [base.procedures[0].code]
    assert {plan for plan, _ in made.plans_verified} <= set(made.plans)


def test_one_location_with_two_numbers_cannot_be_kept_twice(filled: Database) -> None:
    base = _keen(filled)
    first = base.placements[0]
    mine = replace(base, placements=(replace(first, phone="410-555-0188"),))
    theirs = replace(base, placements=(replace(first, phone="410-555-0189"),))
    (line,) = conflict.lines(base, mine, theirs)
    assert line.both == ""
