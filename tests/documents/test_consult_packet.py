"""The consult packet, read back from the finished PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from referral_app.choices import Diagnosis, ExpertField, Purpose, TrialState
from referral_app.documents import consult_packet, layout, surgery_packet, text
from referral_app.services.center import CenterRecord, ExpertRecord
from referral_app.services.errors import InvalidInput
from tests.documents import paper, people, surgery
from tests.documents.test_patient_text import FORBIDDEN

PHONE = "(410) 555-0100"


def packet(working: str = "", **more: Any) -> bytes:
    values = people.intake()
    if working:
        values["diagnosis"]["working"] = working
    return consult_packet.render(people.packet(values, **more))


@pytest.mark.parametrize("working", [str(kind) for kind in Diagnosis])
@pytest.mark.parametrize("large", [False, True])
def test_a_packet_is_printed_for_each_diagnosis(working: str, large: bool) -> None:
    pdf = packet(working, large=large)
    assert paper.whole(pdf)
    assert all(paper.fonts(pdf).values())
    assert 4 <= paper.pages(pdf) <= (16 if large else 6)


def test_every_page_says_whose_it_is_whom_to_call_and_when_to_call_911() -> None:
    pdf = packet()
    count = paper.pages(pdf)
    for number in range(1, count + 1):
        said = paper.text(pdf, number)
        assert (
            f"An Thị Nguyễn · born March 27, 1984 · 7QK2-M4TX-9 · page {number} of {count} · confidential"
            in said
        )
        assert f"Bayview Headache Center: {PHONE} · Call 911 if" in said


def test_the_cover_says_when_where_and_with_whom() -> None:
    said = paper.text(packet(), 1)
    for words in ("Your visit with Dr. Keen", "Monday, April 6, 2026, at 9:30 AM", "Please come by: 9:15 AM",
                  "Harbor Surgery Center, 200 Wharf Street, Suite 410, Baltimore, MD 21202", PHONE, "An Thị Nguyễn",
                  "one is booked for you", "Do these three things now:"):  # fmt: skip
        assert words in said, words


def test_without_an_appointment_we_say_that_we_will_call() -> None:
    said = paper.text(packet(appointment=None, placement=None), 1)
    assert "We will call you to find a day and a time." in said
    assert "Where:" not in said


def test_numbers_are_said_in_words() -> None:
    said = paper.text(packet())
    for words in ("You had head pain on 22 of the last 30 days. That is about 5 days each week.",
                  "On a day with pain, it lasted between 8 and 9 hours.",
                  "Most often the pain was 7 out of 10. That is strong pain.",
                  "After your best nerve block, most of the pain went away for a time.",
                  "Amitriptyline: did not help enough", "Erenumab: you still have it",
                  "Nerve blocks: twice"):  # fmt: skip
        assert words in said, words


def test_without_numbers_the_page_of_numbers_is_left_out() -> None:
    values = people.intake()
    del values["last_30_days"], values["pain"], values["injections"], values["treatments"]
    said = paper.text(consult_packet.render(people.packet(values)))
    assert "your numbers" not in said
    assert "There are steps to try before surgery" in said


def test_opioids_are_not_named_on_paper_that_lies_about_at_home() -> None:
    values = people.intake()
    values["treatments"].append({"class": "opioid", "name": "Oxycodone", "stop_reason": "no_benefit"})
    assert "Oxycodone" not in paper.text(consult_packet.render(people.packet(values)))


def test_38_in_100_is_printed_for_migraine_and_never_for_occipital_neuralgia() -> None:
    assert "38 in 100" in paper.text(packet("chronic_migraine"))
    assert "38 in 100" in paper.text(packet("migraine"))
    for working in Diagnosis:
        if working not in (Diagnosis.CHRONIC_MIGRAINE, Diagnosis.MIGRAINE):
            assert "38" not in paper.text(packet(str(working))).replace("7QK2-M4TX-9", "")


@pytest.mark.parametrize("working", ["occipital_neuralgia", "chronic_migraine", "cervicogenic"])
def test_no_packet_tells_to_fast_or_to_stop_a_medicine(working: str) -> None:
    found = FORBIDDEN.search(paper.text(packet(working)))
    assert found is None, found


@pytest.mark.parametrize("working", ["occipital_neuralgia", "chronic_migraine", "facial_pain"])
def test_both_societies_have_their_say_and_toxin_is_no_steroid(working: str) -> None:
    said = paper.text(packet(working))
    assert "American Headache Society" in said
    assert "American Society of Plastic Surgeons" in said
    assert "Botulinum toxin is not a steroid." in said


def test_the_trial_and_the_other_experts_have_their_page() -> None:
    said = paper.text(packet())
    for words in ("You can ask to join a study", people.TRIALS[0].title, "Ask: Rosa Lind, (410) 555-0115",
                  "Jonas Adler, MD", "Pain psychology", "(410) 555-0113"):  # fmt: skip
        assert words in said, words


def test_a_closed_trial_is_not_offered() -> None:
    said = paper.text(packet(trials=(replace(people.TRIALS[0], state=TrialState.CLOSED),), experts=()))
    assert people.TRIALS[0].title not in said
    assert "No study is open for new people" in said
    assert "Other experts" not in said


def about_studies(interest: bool | None, **more: Any) -> str:
    values = people.intake()
    values["request"]["trial_interest"] = interest
    return paper.text(consult_packet.render(people.packet(values, **more)))


def test_without_an_answer_studies_are_named_with_who_may_take_part_and_nobody_is_said_to_fit() -> None:
    said = about_studies(None)
    trial = people.TRIALS[0]
    for words in ("You can ask about studies", "You do not have to ask about them.", trial.title,
                  f"Who may take part: {trial.who}", "Ask: Rosa Lind, (410) 555-0115"):  # fmt: skip
        assert words in said, words
    for words in (trial.summary, "You can ask to join", "You told us", "for you to join"):
        assert words not in said, words


def test_who_does_not_want_a_study_gets_no_page_on_studies() -> None:
    said = about_studies(False)
    assert people.TRIALS[0].title not in said
    assert "studies here" not in said
    assert "clinical trial" not in said


def test_without_an_answer_and_without_an_open_study_nothing_is_said() -> None:
    assert "clinical trial" not in about_studies(None, trials=())
    assert "No study is open" in about_studies(True, trials=())


def test_a_study_that_names_nobody_is_asked_about_at_the_center() -> None:
    said = about_studies(True, trials=(replace(people.TRIALS[0], contact="", phone=""),))
    assert "Ask: Rosa Lind, research nurse" in said


def test_the_expert_for_children_is_not_named_to_adults() -> None:
    child = ExpertRecord("June Adey", ExpertField.PEDIATRICS, "MD", "Headache in children", "410-555-0119")
    said = paper.text(packet(experts=(*people.EXPERTS, child)))
    assert "June Adey" not in said
    assert "Hana Novak" in said


def test_spanish_speakers_are_offered_help_in_spanish() -> None:
    values = people.intake()
    values["patient"] |= {"language": "es", "interpreter_language": "es"}
    assert "Estas páginas están en inglés" in paper.text(consult_packet.render(people.packet(values)))
    assert "Ayuda en español: (410) 555-0100" in paper.text(
        packet(help_text="# H\n\nAyuda en español: {phone}\n")
    )


@pytest.mark.parametrize("large", [False, True])
def test_help_with_the_language_stands_below_the_visit_on_the_first_page(large: bool) -> None:
    values = people.intake()
    values["patient"] |= {"language": "es", "interpreter_language": "es"}
    for made in (
        consult_packet.render(people.packet(values, large=large)),
        surgery_packet.render(surgery.packet(values, large=large)),
    ):
        said = paper.text(made, 1)
        assert said.index("call (410) 555-0100") < said.index("Puede tener un intérprete gratis")
        assert said.index("555-0100 y díganos qué necesita.") > said.index("Puede tener")
        assert "Do these three things" not in said.partition("Puede tener")[0]


def test_other_languages_are_offered_an_interpreter_by_name() -> None:
    said = paper.text(packet(appointment=None))
    assert "We can find an interpreter for you in Vietnamese." in said


@pytest.mark.parametrize("purpose", [str(purpose) for purpose in Purpose])
def test_each_purpose_has_its_words(purpose: str) -> None:
    values = people.intake()
    values["request"]["purpose"] = purpose
    said = paper.text(consult_packet.render(people.packet(values)), 1)
    assert "Dana Ross, MD asked Dr. Keen to see you" in said


def test_the_packet_is_for_adults() -> None:
    values = people.intake()
    values["patient"]["date_of_birth"] = "2012-01-01"
    with pytest.raises(InvalidInput, match="under 18"):
        consult_packet.render(people.packet(values))


def test_an_empty_intake_still_makes_a_packet() -> None:
    made = people.packet({}, placement=None, appointment=None, experts=(), trials=())
    pdf = consult_packet.render(replace(made, center=CenterRecord()))
    assert paper.pages(pdf) >= 4
    assert "the number on your referral" in paper.text(pdf)


def test_names_with_markup_and_long_texts_are_printed() -> None:
    values = people.intake()
    values["treatments"] = [
        {"class": "other", "name": f"<b>Drug{number}</b> & more"} for number in range(200)
    ]
    values["treatments"][0]["name"] = "long " * 3000
    said = paper.text(consult_packet.render(people.packet(values)))
    assert all(f"<b>Drug{number}</b> & more" in said for number in range(1, 200))
    assert said.count("long ") >= 3000


def test_a_missing_glyph_is_refused() -> None:
    values = people.intake()
    values["patient"]["given_name"] = "An 😀"
    with pytest.raises(text.Unprintable):
        consult_packet.render(people.packet(values))


def test_the_same_packet_gives_the_same_bytes() -> None:
    assert packet(large=True) == packet(large=True)


def test_invented_people_are_marked_on_every_page() -> None:
    pdf = packet(invented=True)
    for number in range(1, paper.pages(pdf) + 1):
        assert consult_packet.INVENTED in paper.text(pdf, number)


@pytest.mark.parametrize("large", [False, True])
def test_a_phone_number_stands_on_one_line(large: bool) -> None:
    pdf = packet(large=large)
    for number in range(1, paper.pages(pdf) + 1):
        words = paper.word_places(pdf, number)
        for (first, *_, low), (second, *_, other) in pairwise(words):
            if first == "(410)":
                assert (len(second.strip(".,")), low) == (8, other)
    assert paper.text(pdf).count("(410)") > 8


@pytest.mark.parametrize("working", ["occipital_neuralgia", "chronic_migraine", "cervicogenic"])
def test_large_print_has_few_half_empty_pages(working: str) -> None:
    pdf = packet(working, large=True)
    assert paper.pages(pdf) <= 13
    emptiest, *others = sorted(filled(pdf, number) for number in range(1, paper.pages(pdf)))
    assert emptiest > 0.4
    assert min(others) > 0.6


def filled(pdf: bytes, page: int) -> float:
    """Return up to what share of the room between the margins a page is filled with text."""
    words = paper.word_places(pdf, page)
    foot = min(top for word, _, top, _, _ in words if word in ("born", "nacimiento:"))
    return (max(low for *_, low in words if low < foot) - layout.INCH) / (foot - layout.INCH)


def test_steps_lines_of_lists_and_lines_to_write_on_stay_whole_in_large_print() -> None:
    pdf = packet(large=True)
    said = [paper.text(pdf, number) for number in range(1, paper.pages(pdf) + 1)]
    for whole in (
        "Do these three things now: 1 Read these pages. Mark what you want to ask about. 2 Gather the things on the "
        f"list “Bring these things with you.” 3 Call {PHONE} if the time does not work for you, or if you need help to "
        "come.",
        "Notes about nerve blocks or other shots: when you had them, and how long they helped",
        "Hana Novak, PhD – Pain psychology Teaches ways to live better with pain. (410) 555-0113",
    ):
        assert [whole in paper.flat(page) for page in said].count(True) == 1, whole


def test_the_911_box_is_not_alone_on_a_page() -> None:
    for working in ("occipital_neuralgia", "chronic_migraine", "cervicogenic"):
        pdf = packet(working, large=True)
        page = next(
            number for number in range(1, paper.pages(pdf) + 1) if "Chest pain" in paper.text(pdf, number)
        )
        assert f"Call us: {PHONE}" in paper.text(pdf, page)


def test_the_box_that_says_when_to_call_911_stays_on_one_page() -> None:
    for large in (False, True):
        pdf = packet(large=large)
        pages = [paper.text(pdf, number) for number in range(1, paper.pages(pdf) + 1)]
        assert (
            sum("Call 911 right away" in page and "Chest pain" in page and "988" in page for page in pages)
            == 1
        )


def test_who_comes_before_midnight_is_told_which_day() -> None:
    start = people.APPOINTMENT.start.replace(hour=0, minute=10)
    booked = replace(people.APPOINTMENT, start=start, arrive_by=start - timedelta(minutes=15))
    assert "come by: Sunday, April 5, 2026, at 11:55 PM" in paper.flat(paper.text(packet(appointment=booked)))
