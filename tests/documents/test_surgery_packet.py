"""The surgery packet, read back from the finished PDF."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from referral_app.clinical import patient_markdown, readability, text_placeholders
from referral_app.documents import surgery_packet, surgery_pages, text
from referral_app.paths import resource
from referral_app.services.errors import InvalidInput
from tests.documents import paper, people, surgery
from tests.documents.tagged import problems

LANGUAGES = ("en", "es")
TEXTS = sorted(path.stem for path in resource("packet/en").glob("surgery-*.md"))
PRINTED = [(language, large) for language in LANGUAGES for large in (False, True)]
FORBIDDEN = re.compile(
    r"\b\d+ ?(hours?|horas?) (before|antes)|\b(mg|mcg|ml|milligrams?)\b|eligible|qualif|denied|failed|failure|38"
    r"|\b(fast|fasting)\b",
    re.IGNORECASE,
)
"""Times to count back, doses, rates, and words of the contract that no text says; when to fast is the surgeon's."""


def render(**more: Any) -> bytes:
    return surgery_packet.render(surgery.packet(**more))


def markdown(language: str, name: str) -> str:
    return resource(f"packet/{language}/{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "large"), PRINTED)
def test_a_packet_is_printed_whole_tagged_and_in_few_pages(language: str, large: bool) -> None:
    pdf = render(language=language, large=large)
    assert paper.whole(pdf)
    assert problems(pdf) == []
    assert all(paper.fonts(pdf).values())
    assert paper.pages(pdf) <= (16 if large else 8)


def test_the_same_packet_gives_the_same_bytes() -> None:
    assert render() == render()


def test_every_page_says_whose_it_is_whom_to_call_and_when_to_call_911() -> None:
    pdf = render()
    count = paper.pages(pdf)
    for number in range(1, count + 1):
        said = paper.text(pdf, number)
        assert f"An Thị Nguyễn · born March 27, 1984 · 7QK2-M4TX-9 · page {number} of {count}" in said
        assert "Bayview Headache Center: (410) 555-0100 · Call 911 if" in said


def test_the_cover_says_when_where_and_with_whom() -> None:
    said = paper.text(render(), 1)
    for words in ("Your surgery with Dr. Keen", "For An Thị Nguyễn", "When: Monday, April 6, 2026",
                  "Please come by: 6:30 AM", "The surgery is planned for: 7:30 AM",
                  "Harbor Surgery Center, 200 Wharf Street, Suite 410, Baltimore, MD 21202",
                  "Getting in: Parking and an elevator", "one is booked for you", "Do these three things"):  # fmt: skip
        assert words in said, words


def test_a_place_that_is_not_known_and_an_interpreter_who_is_not_booked_are_left_out() -> None:
    said = paper.text(render(surgery=replace(surgery.SURGERY, location_id="", interpreter_booked=False)), 1)
    for words in ("Where:", "Harbor", "Getting in:", "Interpreter:"):
        assert words not in said, words


@pytest.mark.parametrize(("language", "large"), PRINTED)
def test_the_surgeons_answers_are_printed_as_they_were_written(language: str, large: bool) -> None:
    said = paper.text(render(language=language, large=large))
    for answer in (surgery.PLAN.fasting, surgery.PLAN.medications, surgery.PLAN.ride, surgery.PLAN.aftercare):
        assert paper.flat(answer) in said
    raw = paper.text(render(language=language, large=large), mode="-layout")
    assert "Sunday. Clear water" in raw


def test_answers_of_a_thousand_letters_are_printed_to_the_last_word() -> None:
    long = " ".join(f"word{number}" for number in range(140))[:990] + " the-end"
    for large in (False, True):
        pdf = render(plan=replace(surgery.PLAN, fasting=long, medications=long, aftercare=long), large=large)
        printed = Counter(paper.text(pdf).split())
        assert {printed[word] for word in long.split()} == {3}
        assert problems(pdf) == []


@pytest.mark.parametrize("name", ["fasting", "medications", "ride"])
def test_without_an_answer_no_packet_is_made(name: str) -> None:
    with pytest.raises(InvalidInput, match="Fill in"):
        render(plan=replace(surgery.PLAN, **{name: ""}))


def test_without_care_at_home_its_page_is_left_out() -> None:
    assert "wants you to do at home" in paper.text(render())
    assert "wants you to do at home" not in paper.text(render(plan=replace(surgery.PLAN, aftercare="")))


def test_under_18_there_is_no_packet() -> None:
    values = people.intake()
    values["patient"]["date_of_birth"] = "2012-05-05"
    with pytest.raises(InvalidInput, match="adults"):
        surgery_packet.render(surgery.packet(values))


def test_days_are_worked_out_and_never_left_to_the_patient() -> None:
    said = paper.text(render())
    for words in ("for all of Tuesday, April 7, 2026", "until April 13, 2026", "until April 20, 2026",
                  "until April 27, 2026"):  # fmt: skip
        assert words in said, words


def test_an_operation_at_the_back_of_the_head_is_drawn_and_another_is_not() -> None:
    assert "The cut" in paper.text(render())
    other = paper.text(render(plan=replace(surgery.PLAN, operation="Supraorbital nerve decompression")))
    assert "Its name is Supraorbital nerve decompression." in other
    assert "Where the cut is often made" not in other
    assert "back of your neck" not in other
    nameless = paper.text(render(plan=replace(surgery.PLAN, operation="")))
    assert "Its name is surgery on a nerve of the head." in nameless


@pytest.mark.parametrize("large", [False, True])
def test_the_calendar_lists_every_visit_with_its_time_and_place(large: bool) -> None:
    said = paper.text(render(large=large))
    for words in ("April 2026", "July 2026", "Monday, April 13, 2026, at 10:30 AM", "Monday, July 6, 2026, at 10:30 AM",
                  "9:30 AM"):  # fmt: skip
        assert words in said, words
    assert "No visit after the surgery is booked yet." not in said


def test_without_a_visit_the_patient_is_told_to_book_one() -> None:
    said = paper.text(render(visits=()))
    assert "No visit after the surgery is booked yet." in said
    assert "Call (410) 555-0100 to book it." in said


def test_call_us_and_call_911_stand_on_one_page_in_both_sizes() -> None:
    for large in (False, True):
        pdf = render(large=large)
        pages = [paper.text(pdf, number) for number in range(1, paper.pages(pdf) + 1)]
        (page,) = (said for said in pages if "Call us: (410) 555-0100" in said)
        for words in (
            "A fever of 101 °F or more",
            "Call 911 right away",
            "Chest pain",
            "988",
            "When we are closed",
        ):
            assert words in page, words


def test_the_notices_of_the_center_are_printed() -> None:
    pdf = render(notices=(("Your rights", "We treat all people alike.\n\nAsk us."), ("", " ")))
    said = paper.text(pdf)
    assert "Your rights" in said
    assert "We treat all people alike." in said
    assert problems(pdf) == []


def test_a_text_without_an_answer_is_refused_by_its_name() -> None:
    edited = {"surgery-answers": "# Be ready, all of you\n\n{medications}\n\n{ride}\n"}
    with pytest.raises(InvalidInput, match=r"surgery-answers.*\{fasting\}"):
        render(texts=edited)
    inside = {"surgery-aftercare": "# At home you do this\n\nShe says {aftercare} to you.\n"}
    with pytest.raises(InvalidInput, match=r"surgery-aftercare.*\{aftercare\}"):
        render(texts=inside)


def test_an_edited_text_is_printed_in_place_of_the_programs() -> None:
    said = paper.text(render(texts={"surgery-day": "# This is your big day\n\nCome by **{arrive}**.\n"}))
    assert "This is your big day" in said
    assert "What happens on the day" not in said


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(text.Unprintable, match="U\\+1F697"):
        render(plan=replace(surgery.PLAN, ride="By 🚗"))


def test_every_text_of_the_packet_is_taken_and_every_text_there_is_may_be() -> None:
    usual = surgery_packet.taken(surgery.packet())
    assert {"caption-cut", "risks", "surgery-operation-back", "surgery-aftercare"} <= usual
    other = surgery_packet.taken(
        surgery.packet(plan=replace(surgery.PLAN, operation="Supraorbital release"), visits=())
    )
    assert {name for name in usual | other if name.startswith("surgery-")} == set(TEXTS)


def test_texts_and_words_are_there_in_both_languages_with_the_same_placeholders() -> None:
    for name in TEXTS:
        english, spanish = (set(patient_markdown.placeholders(markdown(one, name))) for one in LANGUAGES)
        known = text_placeholders.known_for(name, "")
        assert english <= set(known)
        assert spanish <= set(known)
        needed = {"fasting", "medications", "ride", "aftercare", "arrive", "phone", "day_after", "week_one"}
        assert english & needed == spanish & needed, name
    assert surgery_pages.words("en").told.keys() == surgery_pages.words("es").told.keys()


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_easy_to_read_in_both_languages(name: str) -> None:
    english, spanish = readability.grade(markdown("en", name)), readability.ease(markdown("es", name))
    assert english.flesch_kincaid <= readability.MOST_GRADE
    assert english.words_per_sentence <= readability.MOST_WORDS
    assert all(
        readability.grade(part).flesch_kincaid <= readability.MOST_SECTION
        for part in readability.sections(markdown("en", name))
    )
    assert spanish.inflesz >= readability.LEAST_EASE
    assert spanish.words_per_sentence <= readability.MOST_WORDS


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_gives_doses_rates_or_times_to_count_back(name: str) -> None:
    for language in LANGUAGES:
        words = re.sub(r"\{\w+\}", "it", markdown(language, name))
        assert FORBIDDEN.search(words) is None


def test_blood_thinners_are_left_to_both_doctors() -> None:
    said = paper.text(render())
    assert "Blood thinners, aspirin, pain pills, and herbs: do not stop or start one on your own." in said


def test_the_day_after_is_right_over_the_end_of_a_month_and_of_summer_time() -> None:
    last = replace(surgery.SURGERY, start=surgery.DAY.replace(month=10, day=31))
    said = paper.text(render(surgery=last, visits=()))
    assert "for all of Sunday, November 1, 2026" in said
    assert last.start + timedelta(days=1) != last.start


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Sunday, April 5, 2026, at 11:45 PM"), ("es", "domingo, 5 de abril de 2026, a las 11:45")],
)
def test_who_comes_before_midnight_is_told_which_day(language: str, said: str) -> None:
    early = replace(surgery.SURGERY, start=surgery.DAY.replace(hour=0, minute=45))
    found = paper.flat(paper.text(render(surgery=early, language=language))).replace("\xa0", " ")
    assert found.count(said) == 3
