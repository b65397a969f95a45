"""The card of a surgeon for patients, read back from the finished PDF."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from referral_app.documents import surgeon_card, surgeon_cells, text
from referral_app.documents.surgeon_card import Card
from referral_app.services.center import CenterRecord
from referral_app.services.surgeon_records import SurgeonRecord
from tests.documents import paper
from tests.documents.directory_people import BARE, FULL, PRINTED, PRIVATE, photo
from tests.documents.people import CENTER

PHONE = "(410) 555-0100"


def card(surgeon: SurgeonRecord = FULL, **more: object) -> bytes:
    return surgeon_card.render([Card(surgeon, CENTER, PRINTED, **more)])


def pictures(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return sum(len(page.get_images()) for page in opened.pages)


def test_every_fact_for_patients_is_on_one_page() -> None:
    pdf = card(photo=photo())
    assert paper.pages(pdf) == 1
    assert paper.whole(pdf)
    assert all(paper.fonts(pdf).values())
    assert pictures(pdf) == 1
    said = paper.text(pdf)
    for words in ("Bayview Headache Center", "Amara Keen, MD", "Plastic Surgery", "What Dr. Keen does",
                  "Occipital release: surgery to free a nerve", "Harbor Surgery Center", "200 Wharf Street, Suite 410",
                  "Baltimore, MD 21202", "Phone (410) 555-0162", "Ask for Priya Shah.", "Days: Monday, Wednesday",
                  "Hours: 8 am to 5 pm", "Parking and an elevator at the Wharf Street door", "Parking: Garage on Pier",
                  "You can get in with a wheelchair.", "You can ask for a visit by video or phone.",
                  "Web: harbor.example", "Speaks English, Spanish.", "They ask for at least 3.",
                  "Your insurance card, a photo ID,", "This office works with: Example Health PPO, Medicare.",
                  "Ask your plan before you go", "To read: Before your visit (Spanish): www.example.org/visit",
                  "Closed on the last Friday of each month", f"Bayview Headache Center: {PHONE}", "Call 911 if",
                  "checked with the office on October 5, 2026", "printed on November 28, 2026 · checked",
                  "page 1 of 1", surgeon_cells.INVENTED):  # fmt: skip
        assert words in said, words
    assert "confidential" not in said


@pytest.mark.parametrize("large", [False, True])
def test_private_notes_and_what_is_for_offices_stay_off(large: bool) -> None:
    said = paper.text(card(large=large))
    for words in (PRIVATE, "Private", FULL.refuses, FULL.source, FULL.verified_by, FULL.npi, "555-0163"):
        assert words not in said, words


def test_large_print_is_18_point_on_two_pages_and_says_the_same() -> None:
    usual = replace(FULL, handouts=(), self_referral=False)
    pdf = card(usual, large=True)
    assert paper.pages(pdf) == 2
    said = set(paper.text(pdf).split())
    for word in paper.text(card(usual)).replace("page 1 of 1", "").split():
        assert word in said, word


def test_an_entry_with_nothing_but_a_name_makes_a_card() -> None:
    said = paper.text(surgeon_card.render([Card(BARE, CenterRecord(), PRINTED)]))
    for words in (
        "Noor Bayes",
        "Sees new patients.",
        "call your doctor’s office",
        "not checked with the office yet",
    ):
        assert words in said, words
    assert "What Dr. Bayes does" not in said
    assert surgeon_cells.INVENTED not in said
    assert f"Call {PHONE}, and we will tell you." in paper.text(card(BARE))


def test_the_same_card_gives_the_same_bytes() -> None:
    assert card(photo=photo()) == card(photo=photo())


def test_several_cards_begin_on_pages_of_their_own_with_feet_of_their_own() -> None:
    pdf = surgeon_card.render([Card(FULL, CENTER, PRINTED), Card(BARE, CENTER, PRINTED)])
    assert paper.pages(pdf) == 2
    assert "Amara Keen, MD · printed" in paper.text(pdf, 1)
    assert "Noor Bayes · printed" in paper.text(pdf, 2)
    assert "page 1 of 1" in paper.text(pdf, 2)
    assert "Keen" not in paper.text(pdf, 2)
    assert surgeon_cells.INVENTED not in paper.text(pdf, 2)


def test_markup_is_printed_as_it_was_typed() -> None:
    odd = replace(
        FULL, family_name="<b>Keen & Sons", public_note="a <i>note</i> &amp; more", plans=("Plan <A> & B",)
    )
    said = paper.text(card(odd))
    for words in ("Amara <b>Keen & Sons, MD", "a <i>note</i> &amp; more", "Plan <A> & B", "What Dr. <b>Keen"):
        assert words in said, words


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("field", ["public_note", "family_name", "specialty"])
def test_fifty_thousand_characters_are_printed_whole(field: str, large: bool) -> None:
    words = [f"w{number}" for number in range(8300)]
    said = paper.text(card(replace(FULL, **{field: " ".join(words)}), large=large, photo=photo()))
    assert not [word for word in words if word not in said]


def test_a_place_with_much_to_say_is_printed_whole() -> None:
    place = FULL.placements[0]
    words = " ".join(f"turn{number}" for number in range(2000))
    long = replace(place, location=replace(place.location, access=words))
    said = paper.text(card(replace(FULL, placements=(place, long, place))))
    assert not [word for word in words.split() if word not in said]


def test_other_scripts_are_printed_where_a_font_has_them() -> None:
    said = paper.text(card(replace(FULL, family_name="Đặng-Ōe", public_note="Γιατρός, доктор")))
    for words in ("Đặng-Ōe", "Γιατρός, доктор"):
        assert words in said, words


@pytest.mark.parametrize("name", ["金", "כהן", "حداد"])
def test_letters_that_no_font_has_are_refused_in_a_sentence_that_names_the_surgeon(name: str) -> None:
    with pytest.raises(text.Unprintable, match=r"cannot be printed in “Amara .*U\+"):
        card(replace(FULL, family_name=name))


def test_invisible_marks_of_direction_are_left_out() -> None:
    assert "Amara Keen, MD" in paper.text(card(replace(FULL, family_name="\u202eKeen\u202c")))


def test_a_photo_of_any_shape_stays_within_its_room() -> None:
    for size in ((2000, 100), (100, 2000), (1, 1)):
        target = io.BytesIO()
        Image.new("L", size, 128).save(target, "JPEG")
        assert paper.pages(card(photo=target.getvalue())) == 1


def test_a_picture_that_is_none_is_told_from_one() -> None:
    assert surgeon_card.readable(photo())
    assert not surgeon_card.readable(b"no picture")
    assert not surgeon_card.readable(photo()[:200])


def test_a_surgeon_who_was_taken_out_of_the_directory_is_marked() -> None:
    assert surgeon_cells.ARCHIVED in paper.text(card(replace(FULL, archived=True)))


def test_the_number_of_the_page_is_never_broken_at_the_end_of_the_foot() -> None:
    for letters in range(1, 40):
        pdf = card(replace(FULL, given_name="A" * letters))
        foot = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
        ).stdout.decode()
        assert any("page 1 of" in line.replace("\xa0", " ") for line in foot.splitlines())
        assert not any(line.strip() in {"1", "of 1", "1 of 1"} for line in foot.splitlines())
