"""The letter, read back from the finished PDF."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from referral_app.clinical import check
from referral_app.clinical.fields import Field, Kind, walk
from referral_app.clinical.intake import INTAKE
from referral_app.documents import consult_packet, layout, letter, tables, text
from referral_app.services.practices import PracticeRecord
from tests.documents import paper, people

WORDS = {Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.PHONE, Kind.NPI, Kind.STATE, Kind.ZIP}
VALID: dict[Kind, Any] = {
    Kind.DATE: "2026-02-03", Kind.MONTH: "2024-05", Kind.FLAG: True, Kind.LANGUAGE: "vi", Kind.INTEGER: 7,
    Kind.DECIMAL: 7.5, Kind.TIMESTAMP: "2026-03-18T14:05:00+00:00", Kind.SKETCH: {"strokes": [[1, 2]]},
    Kind.SURGEON: "surgeon-1", Kind.LOCATION: "place-1",
}  # fmt: skip


class Filler:
    """Fills every field of the declaration, the texts with words that occur once."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}

    def group(self, fields: tuple[Field, ...], path: str) -> dict[str, Any]:
        return {field.name: self.value(field, f"{path}{field.name}") for field in fields}

    def value(self, field: Field, path: str) -> Any:
        if field.kind is Kind.GROUP:
            return self.group(field.fields, f"{path}.")
        if field.kind is Kind.ROWS:
            lists = [list(child.choices) for child in field.fields if child.name == "kind" and child.choices]
            kinds = lists[0] if lists else [None, None]
            return [self.row(field, f"{path}[{number}].", kind) for number, kind in enumerate(kinds)]
        if field.kind in (Kind.WORDS, Kind.CODES, Kind.PROCEDURES):
            return [self.token(path), self.token(path + "+")]
        if field.choices is not None:
            first = next(iter(field.choices))
            return [str(first)] if field.kind is Kind.CHOICES else str(first)
        return self.token(path) if field.kind in WORDS else VALID[field.kind]

    def row(self, field: Field, path: str, kind: Any) -> dict[str, Any]:
        row = self.group(field.fields, path)
        return row | ({"kind": str(kind)} if kind is not None else {})

    def token(self, path: str) -> str:
        number, letters = len(self.tokens), ""
        for _ in range(4):
            number, letters = number // 26, chr(97 + number % 26) + letters
        self.tokens[path] = f"Qz{letters}"
        return self.tokens[path]


def filled() -> tuple[dict[str, Any], dict[str, str]]:
    """Return an intake with an answer in every field, and the words in it by path."""
    filler = Filler()
    values = filler.group(INTAKE, "")
    values["patient"] |= {"date_of_birth": "1960-01-01", "has_representative": True}
    values["diagnosis"] |= {"onset": "2020-05"}
    return values, filler.tokens


def shown(values: dict[str, Any], tokens: dict[str, str]) -> Iterator[str]:
    """Yield the words whose fields apply: claim numbers for the kinds of coverage that have them.

    The checksum of an attachment is no answer of a person and is left off.
    """
    made = check.check(values, today=people.TODAY)
    paths = {place.path for place in walk(INTAKE, {**values, "computed": made.computed})}
    paths = {path for path in paths if not path.endswith(".sha256")}
    yield from (token for path, token in tokens.items() if path.rstrip("+") in paths)


def test_every_answered_field_is_on_the_letter() -> None:
    values, tokens = filled()
    said = paper.text(letter.render(people.letter(values))).lower()
    expected = list(shown(values, tokens))
    assert len(expected) > 110
    assert [token for token in expected if token.lower() not in said] == []


def test_what_does_not_apply_is_not_on_the_letter() -> None:
    values, tokens = filled()
    said = paper.text(letter.render(people.letter(values)))
    assert tokens["coverage[0].claim_number"] not in said
    assert tokens["coverage[2].claim_number"] in said


def test_every_number_of_the_example_is_on_the_letter() -> None:
    said = paper.text(letter.render(people.letter()))
    for words in (
        "22 headache days; 9 migraine days; average pain 7 of 10; worst 9 of 10", "Migraine Headache Index 54.5 of 300",
        "counted from diary",
        "Best relief from a nerve block: 85.7 %.", "8.5 hours", "124/78 mmHg", "163 cm", "61.5 kg",
        "46 (grade IV)", "HIT-6: 66", "155 units, cycle 3", "72 hours", "7 to 1", "62.5 %", "14 weeks", "1800 mg a day",
        "M54.81 Occipital neuralgia",
        "13 asked, 2 computed from the answers; present: Headache that began with an injury "
        "(cleared by Lena Fox, MD, November 4, 2025).",
        "Evaluated and cleared by Lena Fox, MD, November 4, 2025: old whiplash, imaging normal",
        "Pain: Head sketch: the first visit was by video", "Yes: Apixaban, prescribed by Ola Berg, MD",
        "interpreter needed (Vietnamese); Large print", "Signed by Dana Ross, MD on March 18, 2026",
        "Prepared by Kim Bell, RN", "Penicillin (hives); Latex (rash)", "Occipital release, greater occipital nerve",
        "Call back: Kim Bell, RN, (410) 555-0122 ext. 14", "(410) 555-0162", "Did not help enough", "with steroid",
    ):  # fmt: skip
        assert words in said, words


def test_the_letter_of_a_usual_referral_has_at_most_three_pages() -> None:
    pdf = letter.render(people.letter())
    assert 1 <= paper.pages(pdf) <= 3
    assert paper.whole(pdf)
    assert all(paper.fonts(pdf).values())


def test_a_record_that_fills_every_table_makes_a_letter_of_three_pages_and_a_packet_of_six() -> None:
    values = json.loads((people.DATA.parent / "referral-full.json").read_text(encoding="utf-8"))
    assert 2 <= paper.pages(letter.render(people.letter(values))) <= 3
    assert 4 <= paper.pages(consult_packet.render(people.packet(values))) <= 6


@pytest.mark.parametrize("lines", range(14, 24))
def test_no_letter_ends_on_a_page_with_a_line_or_two(lines: int) -> None:
    values = people.intake()
    values["goals"]["expectations"] = (
        "Fewer days of pain, and to sleep on the right side again at night. " * lines
    )
    pdf = letter.render(people.letter(values))
    assert lines_of_text(pdf, paper.pages(pdf)) >= 5


def test_the_complete_example_ends_on_a_filled_page_without_letterhead_and_office_too() -> None:
    values = json.loads((people.DATA.parent / "referral-full.json").read_text(encoding="utf-8"))
    made = people.letter(values, invented=True)
    for practice in (made.practice, replace(made.practice, letterhead=None), PracticeRecord("")):
        pdf = letter.render(replace(made, practice=practice))
        assert lines_of_text(pdf, paper.pages(pdf)) >= 5


def lines_of_text(pdf: bytes, page: int) -> int:
    """Return how many lines stand on a page above its foot and below its marks."""
    words = paper.word_places(pdf, page)
    foot = next(y for word, _, y, _, _ in words if word == "born")
    return len({round(y) for _, _, y, _, _ in words if layout.INCH * 0.8 < y < foot - 3})


def test_boxes_and_tables_end_where_the_text_ends() -> None:
    for pdf in (letter.render(people.letter()), consult_packet.render(people.packet())):
        edges = list(paper.edges(pdf))
        assert len(edges) > 50
        assert abs(min(edges) - layout.MARGIN) < 0.5
        assert abs(max(edges) - layout.PAGE_WIDTH + layout.MARGIN) < 0.5


def test_the_essentials_are_on_the_first_page() -> None:
    said = paper.text(letter.render(people.letter()), 1)
    for words in ("Routine", "Question to the surgeon – assess for surgery", "Nguyễn", "March 27, 1984", "Latex",
                  "Occipital neuralgia", "Red flags", "Not available", "pillow", "Amara Keen, MD"):  # fmt: skip
        assert words in said, words


def test_every_page_says_whose_it_is() -> None:
    pdf = letter.render(people.letter())
    count = paper.pages(pdf)
    for number in range(1, count + 1):
        foot = f"An Thị Nguyễn · born March 27, 1984 · 7QK2-M4TX-9 · page {number} of {count} · confidential"
        assert foot in paper.text(pdf, number)


def test_private_answers_are_printed_only_where_ticked() -> None:
    plain = paper.text(letter.render(people.letter()))
    for words in ("PHQ-2", "PHQ-9", "Nicotine", "Pregnancy:", "Opioid"):
        assert words not in plain
    marks = frozenset({"scores.phq2", "safety.nicotine", "safety.pregnancy", "last_30_days.opioid_days"})
    marked = paper.text(letter.render(people.letter(marks=marks)))
    for words in ("PHQ-2: 2", "Nicotine: Former", "Pregnancy: No", "Opioid: 0 of 30 days"):
        assert words in marked
    assert "PHQ-9" not in marked


@pytest.mark.parametrize(
    "words", ["<penicillin>", "<b>x</b> & <img src='/etc/passwd'>", "{patient} %s [[[x]]]"]
)
def test_markup_in_an_allergy_is_printed_as_it_was_typed(words: str) -> None:
    values = people.intake()
    values["safety"]["allergies"] = [{"substance": words, "reaction": "<unknown>"}]
    said = paper.text(letter.render(people.letter(values)))
    assert words in said
    assert "<unknown>" in said


def test_another_document_is_named_as_it_is_headed() -> None:
    values = people.intake()
    named = {"title": "Intake <form> & more", "pages": 2}
    values["attachments"] = [{"kind": "other", **named}, {"kind": "consent", **named}]
    said = paper.flat(paper.text(letter.render(people.letter(values))))
    assert "Other: Intake <form> & more (2 pages); Consent (2 pages)" in said


def test_two_hundred_treatments_are_all_printed() -> None:
    values = people.intake()
    values["treatments"] = [dict(values["treatments"][0], name=f"Drug{number:03}") for number in range(200)]
    pdf = letter.render(people.letter(values))
    said = paper.text(pdf)
    assert all(f"Drug{number:03}" in said for number in range(200))
    assert "190 more below" in said


@pytest.mark.parametrize("path", [
    ("goals", "patient_goal"), ("request", "question"), ("diagnosis", "text"), ("safety", "allergies"),
    ("patient", "family_name"), ("referrer", "practice"), ("imaging", 0, "note"), ("treatments", 0, "name"),
    ("red_flags", "attested_by"), ("pain", "sketch"),
])  # fmt: skip
def test_a_text_of_fifty_thousand_characters_is_printed_wherever_it_stands(path: tuple[Any, ...]) -> None:
    values = people.intake()
    long = " ".join(f"w{number}" for number in range(8600))
    inside: Any = values
    for name in path[:-1]:
        inside = inside[name]
    inside[path[-1]] = (
        [{"substance": long}]
        if path[-1] == "allergies"
        else {"unavailable": long}
        if path[-1] == "sketch"
        else long
    )
    said = set(re.findall(r"w\d+", paper.text(letter.render(people.letter(values)))))
    assert len(said) == 8600


def test_an_unsigned_letter_says_so_on_every_page() -> None:
    values = people.intake()
    del values["signature"]["signed_at"]
    pdf = letter.render(people.letter(values))
    assert all(letter.UNSIGNED in paper.text(pdf, number) for number in range(1, paper.pages(pdf) + 1))
    assert "Not signed" in paper.text(pdf)
    assert letter.UNSIGNED not in paper.text(letter.render(people.letter()))


def test_an_emergency_that_nobody_cleared_is_marked_on_every_page() -> None:
    values = people.intake()
    values["red_flags"]["sudden_onset"] = {"answer": "yes"}
    pdf = letter.render(people.letter(values))
    assert all(letter.URGENT in paper.text(pdf, number) for number in range(1, paper.pages(pdf) + 1))
    assert "2 present" not in paper.text(pdf)
    assert "emergency not cleared" in paper.text(pdf)
    assert "Not cleared" in paper.text(pdf)


def test_invented_people_are_marked_on_every_page() -> None:
    pdf = letter.render(people.letter(invented=True, not_final="Preview"))
    for number in range(1, paper.pages(pdf) + 1):
        assert letter.INVENTED in paper.text(pdf, number)
        assert "Preview" in paper.text(pdf, number)


def test_no_flags_present_is_said_in_one_sentence() -> None:
    values = people.intake()
    values["red_flags"]["post_traumatic"] = {"answer": "no"}
    values["diagnosis"]["onset_event"] = "none"
    assert "13 asked, 2 computed from the answers; none present." in paper.text(
        letter.render(people.letter(values))
    )


def test_flags_that_nobody_asked_about_are_named() -> None:
    values = people.intake()
    values["red_flags"]["neoplasm"] = {"answer": "not_asked"}
    said = paper.text(letter.render(people.letter(values)))
    assert "12 asked, 2 computed from the answers; present" in said
    assert "1 not asked." in said
    assert "Flags not asked Cancer, now or in the past" in said


def test_an_empty_intake_is_a_draft_that_names_what_is_missing() -> None:
    said = paper.text(letter.render(people.letter({})))
    assert "Name not given" in said
    assert "Not answered" in said
    assert "Head sketch" in said


def test_what_was_typed_and_cannot_be_read_is_printed_as_it_was_typed() -> None:
    values = people.intake()
    values["patient"]["date_of_birth"] = "13/45/2007"
    values["treatments"] = "a whole bag of pills"
    values["last_30_days"]["headache_days"] = "most"
    said = paper.text(letter.render(people.letter(values)))
    for words in ("13/45/2007", "a whole bag of pills", "most"):
        assert words in said


def test_a_missing_glyph_is_refused_with_its_field() -> None:
    values = people.intake()
    values["goals"]["expectations"] = "to feel 😀"
    with pytest.raises(text.Unprintable) as refusal:
        letter.render(people.letter(values))
    assert refusal.value.characters == "😀"
    assert refusal.value.path == "goals.expectations"


def test_a_name_in_letters_that_no_font_has_is_left_off_and_reported() -> None:
    values = people.intake()
    assert letter.omitted(people.letter(values)) == ()
    values["patient"]["name_own_script"] = "阮氏安"
    made = people.letter(values)
    assert "own script" in letter.omitted(made)[0]
    assert paper.pages(letter.render(made)) >= 1


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert letter.render(people.letter()) == letter.render(copy.deepcopy(people.letter()))


def test_a_block_and_toxin_are_told_apart() -> None:
    said = paper.text(letter.render(people.letter()))
    assert (
        said.index("Nerve blocks")
        < said.index("Bupivacaine")
        < said.index("Botulinum toxin")
        < said.index("155 units")
    )


def test_words_that_judge_the_patient_are_not_used() -> None:
    said = paper.text(letter.render(people.letter())).lower()
    for word in ("failed", "failure", "eligible", "qualif", "denied", "refractory"):
        assert word not in said


def tried(**row: Any) -> dict[str, Any]:
    return {"class": "other", "name": "X"} | row


def test_each_way_a_treatment_ended_is_said_before_its_names_and_closed_after_them() -> None:
    values = people.intake()
    values["treatments"] = [
        tried(name="amitriptyline", stop_reason="no_benefit"),
        tried(name="topiramate", stop_reason="side_effect"),
        tried(name="physical therapy"),
        tried(name="gabapentin", stop_reason="no_benefit"),
        tried(name="propranolol", stop_reason="contraindicated"),
        tried(name="massage", effect="under_50"),
        tried(name="rizatriptan", stop_reason="ongoing"),
    ]
    del values["injections"]
    said = paper.text(letter.render(people.letter(values)), 1)
    assert (
        "Tried so far Did not help enough: amitriptyline, gabapentin. Stopped for side effects: topiramate. "
        "Contraindicated: propranolol. Ongoing: rizatriptan. Outcome not stated: physical therapy. "
        "Under 50 % better: massage."
    ) in said


def test_a_flag_that_nothing_could_compute_counts_as_asked() -> None:
    values = people.intake()
    del values["diagnosis"]["onset"]
    values["red_flags"]["older_onset"] = {"answer": "no"}
    assert "14 asked, 1 computed from the answers" in paper.text(letter.render(people.letter(values)))


def test_the_day_of_asking_is_printed_only_where_it_was_entered() -> None:
    values = people.intake()
    values["red_flags"] |= {"attested_by": "Kim Bell, RN", "attested_at": "2026-03-17"}
    assert "Asked by Kim Bell, RN on March 17, 2026." in paper.text(letter.render(people.letter(values)), 1)
    del values["red_flags"]["attested_at"]
    assert "Asked by Kim Bell, RN. " in paper.text(letter.render(people.letter(values)), 1)


def test_titles_of_codes_are_those_given_by_the_release_that_holds() -> None:
    said = paper.text(letter.render(people.letter(titles={"M54.81": "Neuralgia of a later release"})))
    assert "M54.81 Neuralgia of a later release" in said
    assert "Occipital neuralgia" in said  # the working diagnosis


def test_attachments_are_named_with_date_and_pages_or_why_they_are_not_there() -> None:
    values = people.intake() | {
        "attachments": [
            {"kind": "imaging_report", "date": "2026-03-01", "pages": 3, "sha256": "ab" * 32},
            {"kind": "diary", "pages": 1},
            {"kind": "other", "title": "Clinic form", "not_available": "their office sends it"},
        ]
    }
    said = " ".join(paper.text(letter.render(people.letter(values))).split())
    assert "Imaging report (March 1, 2026, 3 pages); Headache diary (1 page); " in said
    assert "Clinic form (not available: their office sends it)" in said
    assert "abab" not in said


def test_an_emergency_sign_and_who_cleared_it_stand_on_the_first_page() -> None:
    values = people.intake()
    cleared = {"by": "Lena Fox, MD", "on": "2026-03-10", "note": "no sign of meningitis"}
    flag: dict[str, Any] = {"answer": "yes", "emergency_signs": "yes", "cleared": cleared}
    values["red_flags"]["systemic_illness"] = flag
    said = paper.text(letter.render(people.letter(values)), 1)
    sign = "emergency sign present: stiff neck, rash or confusion"
    assert f"({sign}; cleared by Lena Fox, MD, March 10, 2026)" in said
    del flag["cleared"]
    assert f"({sign}; not cleared)" in paper.text(letter.render(people.letter(values)), 1)


@pytest.mark.parametrize("lines", range(8))
def test_three_lines_at_least_stand_below_a_heading(lines: int) -> None:
    rows = [("Label", "One line of it")] * 6
    styles = layout.Styles(11, 14.5)
    table = tables.pairs(rows[: lines + 1], styles)[0]
    assert isinstance(table, tables.Rows)
    assert table.lead() >= min(3, lines + 1) * styles.cell.leading
