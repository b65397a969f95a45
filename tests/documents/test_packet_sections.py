"""The parts of the consult packet: who gets which, what each says, and that all of it is read aloud as it is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from referral_app.choices import Diagnosis, Need, Purpose
from referral_app.documents import consult_packet, packet_extras, packet_sections, text
from referral_app.services.errors import InvalidInput
from referral_app.services.patient_texts import Review
from tests.documents import paper, people
from tests.documents.tagged import problems
from tests.documents.test_patient_text import FORBIDDEN

ALL = frozenset(part.key for part in packet_sections.CATALOGUE)
NOTICE = ("Your rights", "We treat all people the same.\n\nYou can complain: call us.")
REVIEW = Review("Ana Ruiz, MD", date(2026, 3, 2))


def printed(values: dict[str, Any] | None = None, **more: Any) -> bytes:
    return consult_packet.render(people.packet(values, **more))


def said(values: dict[str, Any] | None = None, **more: Any) -> str:
    return paper.text(printed(values, **more))


def needing(*needs: str, **patient: Any) -> dict[str, Any]:
    values = people.intake()
    values["patient"] |= {"needs": list(needs), "support_person": {}, **patient}
    return values


def working(name: str) -> dict[str, Any]:
    values = people.intake()
    values["diagnosis"]["working"] = name
    return values


def keys(values: dict[str, Any] | None = None, **more: Any) -> list[str]:
    return [part.key for part in packet_sections.chosen(people.packet(values, **more))]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("kind", [Diagnosis.OCCIPITAL_NEURALGIA, Diagnosis.MIGRAINE, Diagnosis.OTHER])
def test_all_parts_in_one_packet_are_printed_and_read_aloud(language: str, large: bool, kind: str) -> None:
    pdf = printed(working(str(kind)), language=language, large=large, sections=ALL, notices=(NOTICE,))
    assert problems(pdf) == []
    assert FORBIDDEN.search(paper.text(pdf)) is None
    assert ("38" in paper.text(pdf).replace("M4TX", "")) == (kind == Diagnosis.MIGRAINE)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", [str(kind) for kind in Diagnosis])
def test_a_packet_of_usual_print_takes_four_to_six_pages_in_both_languages(language: str, kind: str) -> None:
    pdf = printed(working(kind), language=language)
    assert 4 <= paper.pages(pdf) <= 6
    assert problems(pdf) == []


@pytest.mark.parametrize("need", [str(need) for need in Need])
@pytest.mark.parametrize("kind", ["occipital_neuralgia", "migraine"])
def test_any_need_still_leaves_six_pages(need: str, kind: str) -> None:
    values = needing(need, support_person={"name": "Minh Nguyễn"})
    values["diagnosis"]["working"] = kind
    assert [paper.pages(printed(values, language=language)) <= 6 for language in ("en", "es")] == [True, True]


def test_spanish_large_print_takes_no_more_than_thirteen_pages() -> None:
    for kind in ("occipital_neuralgia", "migraine", "other"):
        assert 11 <= paper.pages(printed(working(kind), language="es", large=True)) <= 13


@pytest.mark.parametrize("part", packet_sections.CATALOGUE, ids=lambda part: part.key)
def test_each_part_is_printed_alone_beside_whom_to_call(part: packet_sections.Section) -> None:
    packet = people.packet(sections=frozenset({part.key}), notices=(NOTICE,))
    found = [one.key for one in packet_sections.chosen(packet)]
    assert found == [one.key for one in packet_sections.CATALOGUE if one.key in (part.key, "calls")]
    assert problems(consult_packet.render(packet)) == []


def test_no_packet_goes_without_whom_to_call() -> None:
    pdf = printed(sections=frozenset())
    assert "Call 911 right away" in paper.text(pdf)
    assert keys(sections=frozenset()) == ["calls"]


def test_a_part_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no part “diray”"):
        printed(sections=frozenset({"diray"}))


def test_what_has_nothing_true_to_show_is_left_out_though_it_is_ticked() -> None:
    values = people.intake()
    del values["last_30_days"], values["pain"], values["injections"]
    found = keys(values, sections=ALL, experts=(), trials=(), notices=(("A title", "  \n"),))
    assert {"numbers", "experts", "notices"}.isdisjoint(found)
    assert {"about", "words", "diary"} <= set(found)


def test_what_a_nerve_block_is_comes_unasked_for_who_comes_for_one() -> None:
    values = people.intake()
    values["request"]["purpose"] = str(Purpose.DIAGNOSTIC_BLOCK)
    assert "block" in keys(values)
    assert "block" not in keys()
    assert "A nerve block is a shot near the sore nerve" in said(values)


def test_migraine_has_its_sites_once_and_others_may_tick_them() -> None:
    assert "Six trigger sites." in said(working("migraine"))
    assert said(working("migraine"), sections=ALL).count("Six trigger sites.") == 1
    assert "Six trigger sites." not in said(working("occipital_neuralgia"))
    assert "Six trigger sites." in said(working("occipital_neuralgia"), sections=ALL)


def test_the_sites_of_the_referral_are_said_to_be_marked() -> None:
    values = working("migraine")
    values["pain"]["sites"] = ["IV"]
    assert "A thick line marks what your referral names." in said(values)
    del values["pain"]["sites"]
    assert "A thick line" not in said(values)


def test_a_diary_has_a_row_for_each_day_of_a_month_on_one_page_and_asks_for_no_arithmetic() -> None:
    for large in (False, True):
        pdf = printed(sections=frozenset({"diary"}), large=large)
        pages = [paper.text(pdf, number) for number in range(1, paper.pages(pdf) + 1)]
        days = " ".join(str(day) for day in range(1, packet_extras.DAYS + 1))
        assert [days in page for page in pages].count(True) == 1
    assert "You do not have to count anything" in " ".join(pages)


def test_the_worksheet_for_costs_asks_for_no_sum() -> None:
    told = said(sections=frozenset({"worksheet", "costs"}))
    for words in ("You do not have to add anything up.", "Cost to you", "good-faith estimate", "it is free"):
        assert words in told, words


def test_risks_and_the_operation_are_told_only_where_they_are_ticked() -> None:
    told = said(sections=frozenset({"operation", "risks"}))
    for words in ("This part does not mean that you will have an operation.", "Every operation has risks",
                  "The place and the length differ.", "No one knows well how often"):  # fmt: skip
        assert words in told, words
    assert "Every operation has risks" not in said()


def test_notices_of_the_center_are_printed_as_they_were_written() -> None:
    told = said(notices=(NOTICE, ("<b>Help</b> & more", "Call & ask < us >")))
    for words in ("Your rights", "You can complain: call us.", "<b>Help</b> & more", "Call & ask < us >"):
        assert words in told, words


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("asl", "You can have a sign language interpreter for free."),
        ("wheelchair", "Ask where to park and how to get in."),
        ("low_vision", "a file that a computer reads to you"),
        ("hearing", "Ask us to face you"),
        ("cognitive", "Take your time. Read one page at a time"),
        ("large_print", "You can have each paper from us in large print."),
    ],
)
def test_each_need_changes_what_is_said(need: str, words: str) -> None:
    assert {str(one) for one in Need} == {
        "asl",
        "wheelchair",
        "low_vision",
        "hearing",
        "cognitive",
        "large_print",
    }
    assert words in said(needing(need))
    assert words not in said(needing())


def test_without_needs_nothing_is_said_of_them() -> None:
    assert "Tell us what you need" not in said(needing())


def test_large_print_in_the_hand_is_not_offered() -> None:
    assert "Tell us what you need" not in said(needing("large_print"), large=True)


def test_who_may_come_along_is_named() -> None:
    told = said(needing(support_person={"name": "Minh <Nguyễn>", "relation": "husband"}))
    assert "Minh <Nguyễn> can come with you and take part." in told


def test_a_wheelchair_is_told_what_the_directory_knows_of_the_place() -> None:
    place = people.SURGEON.placements[0]
    known = {True: "can be reached with a wheelchair", False: "There are steps"}
    for fact, words in known.items():
        at = replace(place, location=replace(place.location, wheelchair=fact))
        assert words in said(needing("wheelchair"), placement=at)
    told = said(needing("wheelchair"))
    assert not any(words in told for words in known.values())


def test_a_booked_interpreter_is_not_asked_for_again() -> None:
    spoken = needing(language="vi", interpreter_needed=True, interpreter_language="vi")
    told = said(spoken)
    assert "Your interpreter is booked and free" in told
    assert "We can find an interpreter" not in told
    signing = needing("asl", language="en", interpreter_needed=False, interpreter_language=None)
    assert "sign language interpreter for free" not in said(signing)
    waiting = replace(people.APPOINTMENT, interpreter_booked=False)
    assert "sign language interpreter for free" in said(signing, appointment=waiting)


def test_whom_the_texts_were_reviewed_by_is_printed_and_what_waits() -> None:
    names = consult_packet.taken(people.packet())
    assert "The texts of these pages are not yet reviewed." in said()
    whole = dict.fromkeys(names, REVIEW)
    assert "The texts of these pages were reviewed by Ana Ruiz, MD on March 2, 2026." in said(reviewed=whole)
    some = dict.fromkeys(sorted(names)[1:], REVIEW)
    told = said(reviewed=some)
    assert f"Ana Ruiz, MD reviewed {len(some)} of the texts on March 2, 2026." in told
    assert "One text is not yet reviewed." in told


def test_the_page_of_sources_names_them_with_the_review() -> None:
    told = said(sections=frozenset({"sources"}))
    for words in (
        "Choosing Wisely list, 2013",
        "14 studies, 627 people",
        "The texts of these pages are not yet",
    ):
        assert words in told, words


def test_a_text_in_force_stands_in_place_of_the_programs() -> None:
    told = said(texts={"why": "# Here is the reason\n\nBecause {referrer} & we < 3.\n"})
    assert "Because Dana Ross, MD & we < 3." in told
    assert "Here is why you were sent" not in told


def test_a_text_in_force_that_cannot_be_printed_is_one_sentence() -> None:
    with pytest.raises(InvalidInput, match=r"Nothing fills the placeholder \{surgon\}"):
        printed(texts={"why": "# Here is why\n\nAsk {surgon}.\n"})
    with pytest.raises(InvalidInput, match="The text “why” cannot be printed"):
        printed(texts={"why": "# Here is why\n\n> quoted\n"})


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_placeholder_that_an_editor_may_use_is_filled(language: str) -> None:
    from referral_app.clinical import text_placeholders

    filled = consult_packet.words(people.packet(language=language))
    assert set(text_placeholders.PACKET) <= set(filled)


@pytest.mark.parametrize("large", [False, True])
def test_strange_and_very_long_words_are_printed_whole(large: bool) -> None:
    values = needing(support_person={"name": "word " * 10_000})
    values["coverage"][0]["payer"] = "<penicillin> & Co. " * 50
    values["treatments"] = [
        {"class": "other", "name": f"<Drug{number}>\u200b e\u0301", "stop_reason": "cost"}
        for number in range(200)
    ]
    values["referrer"]["name"] = "Ωmega <b>Žižek</b> & Söhne"
    pdf = printed(values, large=large)
    told = paper.text(pdf)
    assert told.count("word ") >= 10_000
    assert told.count("<penicillin> & Co.") == 50
    assert all(f"<Drug{number}> é: stopped because of the cost" in told for number in range(200))
    assert "Ωmega <b>Žižek</b> & Söhne asked" in told
    assert problems(pdf) == []


@pytest.mark.parametrize("name", ["Ada 😀", "עדה", "عايدة", "\ue000"])
def test_characters_that_no_font_has_stop_the_print_and_are_named(name: str) -> None:
    values = needing(support_person={"name": name})
    with pytest.raises(text.Unprintable, match="cannot be printed"):
        printed(values)


def test_what_turns_the_direction_of_writing_is_left_out() -> None:
    told = said(needing(support_person={"name": "Ada\u202e Lima\u2066"}))
    assert "Ada Lima can come with you" in told
