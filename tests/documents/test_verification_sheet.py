"""The sheet to verify an entry, read back from the finished PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from referral_app.documents import surgeon_cells, text, verification_lines, verification_sheet
from referral_app.documents.verification_sheet import Sheet
from referral_app.services.center import CenterRecord
from referral_app.services.surgeon_records import SurgeonRecord
from tests.documents import paper
from tests.documents.directory_people import BARE, FULL, PRINTED, PRIVATE
from tests.documents.people import CENTER

HEADER = "The directory says Right If not: what is right"


def sheet(*surgeons: SurgeonRecord) -> bytes:
    return verification_sheet.render([Sheet(one, CENTER, PRINTED) for one in surgeons])


def lines(surgeon: SurgeonRecord) -> list[verification_lines.Line]:
    return [line for group in verification_lines.groups(surgeon) for line in group.lines]


def boxes(pdf: bytes) -> int:
    """Return how many boxes with round corners, as they are drawn to be ticked, a PDF has: each has four curves."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        drawn = [str(operator) for page in opened.pages for _, operator in pikepdf.parse_content_stream(page)]
    return drawn.count("c") // 4


def test_everything_that_the_directory_says_is_there() -> None:
    pdf = sheet(FULL)
    assert paper.whole(pdf)
    assert all(paper.fonts(pdf).values())
    said = paper.text(pdf)
    for words in ("Please check this entry of our directory", "From Bayview Headache Center", "To the office of",
                  "1 Bayview Circle, Baltimore, MD 21224", "Amara Keen, MD", "9000000019", "Plastic Surgery",
                  "Plastic surgery, American Board of Plastic Surgery, 2009, until 2029", "English, Spanish",
                  "Harbor Surgery Center", "200 Wharf Street, Suite 410", "(410) 555-0162", "(410) 555-0160",
                  "(410) 555-0161", "Priya Shah", "Monday, Wednesday", "8 am to 5 pm",
                  "Parking and an elevator at the Wharf Street door.", "Garage on Pier Street", "harbor.example",
                  "Wheelchair Yes", "Video visits Yes", "Accepting new patients", "Ages 18 to 75",
                  "Facial pain after dental work", "In 18 days, told November 2, 2026", "In 55 days, told",
                  "Occipital release, greater occipital nerve: since 2009, about 40 a year, Both sides in one session",
                  "Fax the letter, then call", "The surgeon's office calls the patient", "Self-referral Yes",
                  "desk@harbor.example", "portal.harbor.example", "Priya Shah, ext. 7",
                  "Must have A diagnosis confirmed by a headache specialist",
                  "Likes to have An MRI or CT within 24 months, for Occipital release, greater occipital nerve",
                  "In network Medicare, verified September 1, 2026", "Example Health PPO",
                  "To read Before your visit (Spanish) www.example.org/visit", "Closed on the last Friday",
                  "Verified last on October 5, 2026 by Odile Brightwater (phone)",
                  "fax at Harbor Surgery Center on October 6, 2026 by Juniper Adeyemi (test fax)",
                  "The surgeon's own web page", surgeon_cells.INVENTED):  # fmt: skip
        assert words in said, words


def test_private_notes_are_never_printed() -> None:
    assert PRIVATE not in paper.text(sheet(FULL))
    assert not [line for line in lines(FULL) if PRIVATE in line.says]


def test_the_fax_number_is_large_with_empty_boxes_for_the_last_four_that_the_office_says() -> None:
    pdf = sheet(FULL)
    assert "(410) 555- Last four digits: as the office says them" in paper.text(pdf)
    assert "0163" not in paper.text(pdf)
    tall = [low - top for word, _, top, _, low in paper.word_places(pdf, 1) if word == "555-"]
    usual = [low - top for word, _, top, _, low in paper.word_places(pdf, 1) if word == "555-0161"]
    assert max(tall) > 1.5 * max(usual)


def test_an_extension_is_no_part_of_the_last_four() -> None:
    odd = replace(FULL, placements=(replace(FULL.placements[0], fax="410-555-0163 x12"),))
    said = paper.text(sheet(odd))
    assert "(410) 555- Extension 12. Last four digits: as the office says them" in said
    assert "0163" not in said


def test_a_location_that_fits_a_page_stands_on_one() -> None:
    place = FULL.placements[0]
    for hours in ("8 to 5", "8 to 5, " * 20, "8 to 5, " * 60):
        named = tuple(
            replace(
                place, location=replace(place.location, id=str(number), name=f"Place {number}", hours=hours)
            )
            for number in range(4)
        )
        pdf = sheet(replace(FULL, placements=named))
        pages = [paper.text(pdf, number + 1) for number in range(paper.pages(pdf))]
        for number in range(4):
            (said,) = [said for said in pages if f"Location {number + 1} of 4" in said]
            part = said.partition(f"Location {number + 1} of 4")[2].partition("Location ")[0]
            assert "Video visits" in part


def test_the_end_to_sign_never_stands_on_a_page_alone() -> None:
    for extra in range(24):
        plans = tuple(f"Plan {number}" for number in range(extra))
        for note in ("Closed on Fridays", ""):
            handouts = FULL.handouts if note else ()
            pdf = sheet(replace(FULL, plans=plans, public_note=note, handouts=handouts))
            last = paper.text(pdf, paper.pages(pdf))
            assert "Signature" in last
            assert not last.replace(surgeon_cells.INVENTED, "").strip().startswith("Who confirmed this"), (
                extra
            )


def test_each_line_has_a_drawn_box_and_the_end_has_four() -> None:
    for surgeon in (FULL, BARE):
        assert boxes(sheet(surgeon)) == len(lines(surgeon)) + 4
    assert not set("☐☑□✓") & set(paper.text(sheet(FULL)))


def test_who_confirmed_it_can_be_written_in_and_where_it_goes_back() -> None:
    pdf = sheet(FULL)
    said = paper.text(pdf)
    for words in ("Who confirmed this", "Name of who confirmed this, and role", "On (month, day, year)",
                  "How Phone Fax Email In person", "Signature", "Entered into the directory by, on",
                  "What else we should know:", "let the office say its fax number"):  # fmt: skip
        assert words in said, words
    for number in range(1, paper.pages(pdf) + 1):
        assert "Fax all pages back to (410) 555-0101 · questions: (410) 555-0100" in paper.text(pdf, number)


def test_an_entry_with_nothing_but_a_name_asks_for_what_a_referral_needs() -> None:
    pdf = verification_sheet.render([Sheet(BARE, CenterRecord(), PRINTED)])
    said = paper.text(pdf)
    for words in ("Noor Bayes", "Not verified yet", "Phone Not known yet", "Fax Not known yet", "NPI Not known yet",
                  "Procedures Not known yet", "Plans Not known yet", "Next visit Not known yet"):  # fmt: skip
        assert words in said, words
    assert "Fax all pages back" not in said
    assert paper.pages(pdf) <= 2


def test_several_entries_begin_on_pages_of_their_own() -> None:
    one, other = paper.pages(sheet(FULL)), paper.pages(sheet(BARE))
    pdf = sheet(FULL, BARE, FULL)
    assert paper.pages(pdf) == 2 * one + other
    for at, name, count in (
        (0, "Amara Keen", one),
        (one, "Noor Bayes", other),
        (one + other, "Amara Keen", one),
    ):
        for number in range(count):
            said = paper.text(pdf, at + number + 1)
            assert f"page {number + 1} of {count}" in said
            assert name in said
    assert "Keen" not in "".join(paper.text(pdf, one + number + 1) for number in range(other))


def test_the_header_row_stands_on_every_page_with_lines_and_none_is_split() -> None:
    place = FULL.placements[0]
    pdf = sheet(replace(FULL, placements=(place,) * 12))
    pages = [paper.text(pdf, number + 1) for number in range(paper.pages(pdf))]
    assert len(pages) > 5
    assert all(HEADER in said for said in pages if "Phone (410)" in said)
    for said in pages:
        assert said.count("(410) 555- Last four digits:") == said.count("Last four digits:")
        assert said.count(
            "Harbor Surgery Center 200 Wharf Street, Suite 410, Baltimore, MD 21202"
        ) >= said.count("Place Harbor")


def test_a_title_of_lines_does_not_stand_alone_at_the_foot() -> None:
    for extra in range(12):
        plans = tuple(f"Plan {number}" for number in range(extra))
        pdf = sheet(replace(FULL, plans=plans))
        for number in range(1, paper.pages(pdf) + 1):
            body = paper.text(pdf, number).partition("Amara Keen, MD · NPI")[0].strip()
            assert not body.endswith(
                ("How to refer", "Procedures", "New patients", "Plans in network", "For patients")
            )


def test_markup_is_printed_as_it_was_typed() -> None:
    said = paper.text(sheet(replace(FULL, refuses="<b>none</b> & <i>", plans=("Plan <A> & B",))))
    assert "<b>none</b> & <i>" in said
    assert "Plan <A> & B" in said


@pytest.mark.parametrize("field", ["public_note", "how_to_refer", "family_name"])
def test_fifty_thousand_characters_are_printed_whole(field: str) -> None:
    words = [f"w{number}" for number in range(8300)]
    said = paper.text(sheet(replace(FULL, **{field: " ".join(words)})))
    assert not [word for word in words if word not in said]


@pytest.mark.parametrize("name", ["金", "כהן"])
def test_letters_that_no_font_has_are_refused_with_the_surgeon(name: str) -> None:
    with pytest.raises(text.Unprintable, match="cannot be printed in “Amara"):
        sheet(BARE, replace(FULL, family_name=name))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert sheet(FULL, BARE) == sheet(FULL, BARE)


def test_comings_and_goings_are_lines_to_check() -> None:
    leaving = replace(
        FULL, last_day=date(2027, 1, 31), accepting_from=date(2026, 12, 1), away_from=date(2026, 12, 1)
    )
    said = [line.says for line in lines(leaving) if line.about == "Coming and going"]
    assert said == [
        "New patients from December 1, 2026",
        "Away from December 1, 2026",
        "Last day January 31, 2027",
    ]
