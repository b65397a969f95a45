"""The surgeon list of the power-cut kit, read back from the finished PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from referral_app.choices import Accepting, ProcedureKind
from referral_app.documents import kit_surgeons, layout, surgeon_cells, text
from referral_app.services.center import CenterRecord
from referral_app.services.surgeon_records import LocationRecord, ProcedureRecord, SurgeonRecord
from tests.documents import paper
from tests.documents.people import SURGEON

PRINTED = date(2026, 11, 23)
CENTER = CenterRecord("Bayview Headache Center", phone="410-555-0100", fax="410-555-0101")
STYLES = layout.Styles(10.5, 13.5)
FULL = replace(
    SURGEON,
    languages=("en", "es"),
    accepting=Accepting.EXISTING,
    next_visit_days=18,
    waits_claimed_on=date(2026, 11, 2),
    age_min=18,
    verified_on=date(2026, 10, 5),
)


def printed(surgeons: Sequence[SurgeonRecord], left_out: int = 0) -> bytes:
    story = kit_surgeons.story(surgeons, left_out, CENTER, PRINTED, STYLES)
    return layout.build(story, kit_surgeons.page(surgeons, PRINTED, STYLES))


def many(count: int) -> list[SurgeonRecord]:
    return [
        replace(FULL, id=str(at), family_name=f"Keen{at:04}", placements=FULL.placements * (1 + at % 3))
        for at in range(count)
    ]


def test_what_one_calls_and_faxes_by_is_there() -> None:
    said = paper.text(printed([FULL]))
    for words in ("Bayview Headache Center: phone (410) 555-0100, fax (410) 555-0101", "1 surgeon by last name",
                  "Keen, Amara, MD", "Speaks English, Spanish", "Harbor Surgery Center", "Phone (410) 555-0162",
                  "Fax (410) 555-0163", "Monday, Wednesday: Priya Shah", "Occipital release: greater occipital nerve",
                  "Existing patients only", "Next visit in 18 days, told November 2, 2026", "Ages 18 and older",
                  "Verified October 5, 2026", "printed on November 23, 2026 · page 1 of 1",
                  surgeon_cells.INVENTED):  # fmt: skip
        assert words in said, words
    assert "confidential" not in said


def test_what_is_not_known_is_said() -> None:
    bare = SurgeonRecord("Noor", "Bayes", languages=(), placements=())
    said = paper.text(printed([bare]))
    for words in ("No location is entered", "None is entered", "Wait not known", "Not verified"):
        assert words in said, words
    assert "Speaks" not in said
    assert surgeon_cells.INVENTED not in said


def test_the_ages_are_said_as_far_as_they_are_known() -> None:
    assert "Ages 10 to 21" in paper.text(printed([replace(FULL, age_min=10, age_max=21)]))
    assert "Ages 0 to 21" in paper.text(printed([replace(FULL, age_min=None, age_max=21)]))
    assert "Ages" not in paper.text(printed([replace(FULL, age_min=None)]))


def test_an_empty_directory_says_so_on_one_page() -> None:
    pdf = printed([])
    assert paper.pages(pdf) == 1
    assert kit_surgeons.EMPTY in paper.text(pdf)


def test_a_name_with_markup_in_it_is_printed_as_it_is() -> None:
    said = paper.text(printed([replace(FULL, family_name="<b>Keen & Sons")]))
    assert "<b>Keen & Sons, Amara, MD" in said


def test_a_name_that_no_font_can_draw_is_refused_with_the_surgeon() -> None:
    with pytest.raises(text.Unprintable, match="Amara 金"):
        printed([replace(FULL, family_name="金")])


def test_each_page_has_the_header_and_whole_surgeons() -> None:
    surgeons = many(60)
    pdf = printed(surgeons)
    count = paper.pages(pdf)
    found: list[str] = []
    for number in range(1, count + 1):
        said = paper.text(pdf, number)
        assert "Surgeon Where, phone, fax Procedures New patients" in said
        here = [one for one in surgeons if one.sort_name in said]
        assert said.count("Verified October 5, 2026") == len(here)
        assert said.count("Fax (410) 555-0163") == sum(len(one.placements) for one in here)
        found += [one.sort_name for one in here]
    assert found == [one.sort_name for one in surgeons]


def test_the_pages_are_well_filled() -> None:
    assert paper.pages(printed(many(60))) <= 22


def test_a_surgeon_with_more_places_than_a_page_holds_is_printed_whole() -> None:
    place = FULL.placements[0]
    places = tuple(
        replace(place, location=LocationRecord(f"{at}", f"Place {at:02} of many")) for at in range(40)
    )
    said = paper.text(printed([FULL, replace(FULL, family_name="Wide", placements=places), FULL]))
    assert not [at for at in range(40) if f"Place {at:02} of many" not in said]


def test_surgeons_left_out_are_counted() -> None:
    assert "The next 1,200 surgeons of the directory are left out of this list." in paper.text(
        printed([FULL], 1200)
    )


def test_a_procedure_of_the_offices_own_keeps_its_name() -> None:
    own = ProcedureRecord("p9", "own", ProcedureKind.REVISION, "Second look")
    assert "Revision: Second look" in paper.text(printed([replace(FULL, procedures=(own,))]))
