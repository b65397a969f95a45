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
