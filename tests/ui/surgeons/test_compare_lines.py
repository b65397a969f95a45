"""A comparison: the same facts of each, where they differ, and words where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from referral_app.services.match_reasons import Match, Point
from referral_app.services.surgeon_records import LocationRecord, Placement, SurgeonRecord
from referral_app.ui.surgeons import compare_lines

TODAY = date(2026, 11, 28)
PLACE = Placement(
    LocationRecord("here", "Harbor", city="Baltimore", state="MD", zip="21231", phone="410-555-0102")
)
ONE = SurgeonRecord("Ada", "Keen", placements=(PLACE,), plans=("Medicare",), next_visit_days=9)


def _match(surgeon: SurgeonRecord, *points: Point, miles: float | None = 3.0) -> Match:
    return Match(surgeon, miles, "here", points)


def test_facts_stand_in_the_same_order_for_each() -> None:
    two = replace(ONE, given_name="Bo", plans=())
    found = {line.title: line for line in compare_lines.lines([_match(ONE), _match(two)], TODAY)}
    assert list(found) == [title for title in compare_lines.ORDER if title in found]
    assert found["Plans"].cells == (("Medicare",), (compare_lines.NOT_KNOWN,))
    assert found["Plans"].differs
    assert found["First visit"].cells == (("in 9 days",), ("in 9 days",))
    assert not found["First visit"].differs
    assert "Surgery" not in found


def test_what_is_not_met_is_told_of_each() -> None:
    found = {
        line.title: line
        for line in compare_lines.lines(
            [_match(ONE, Point("unmet", "Asks for a diary: not met")), _match(ONE)], TODAY
        )
    }
    assert found["Not met"].cells == (("Asks for a diary: not met",), ("Nothing",))
    assert found["Not met"].differs


def test_the_same_plans_in_another_order_do_not_differ() -> None:
    one, two = replace(ONE, plans=("A", "B")), replace(ONE, plans=("B", "A"))
    found = {line.title: line for line in compare_lines.lines([_match(one), _match(two)], TODAY)}
    assert not found["Plans"].differs
