"""What is printed is what is stored, letter by letter; what cannot be printed is refused by name, never left out."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest

from referral_app.documents import directory_list, fonts, layout, letter, sheet, tables, text
from referral_app.documents.directory_list import Directory
from referral_app.services.surgeon_records import Found
from tests.documents import paper, people, tagged
from tests.documents.directory_people import FULL, PRINTED
from tests.documents.people import CENTER

STYLES = layout.Styles(11, 14.5)
PAGE = layout.Page("A title", "An Nguyen", ("born March 27, 2007", "REF"), STYLES)
POOLS = (
    "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "0123456789 .,;:!?'\"()[]{}-_/\\|@#$%^*+=~`",
    "<>&;/ \"'",
    "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿłŁžŽšŠčČőŐ",
    "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "αβγδεζηθικλμνξοπρστυφχψωΑΩ абвгдежзийклмнопрстуфхцчшщъыьэюя Ёё",
    "\u0300\u0301\u0302\u0303\u0308\u030a\u0323\u0327",  # combining marks
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u202a\u202b\u202d\u202e\u202c\u2066\u2069",  # without a shape
    "\x00\x01\x07\x08\x1b\x7f\x9f\t\xa0\u2009\u3000",  # control characters and spaces
    "–—\u2018’“”…•·°±×÷²³½¼¾€£¥§©®™µ≤≥",
)
"""What strings are drawn from; each pool has a turn alone and mixed with the others."""
FOREIGN = "عربيאבג😀🩺👩‍⚕️中日한ก→☐✓\ue000\U0001f600"
"""What neither of our fonts has."""
COUNT, IN_A_DOCUMENT = 10_000, 500


def strings(count: int) -> list[str]:
    """Return the same strings each time, up to 40 letters long, some with several lines."""
    chance = random.Random(20261128)
    mixed = "".join(POOLS)
    some: list[str] = []
    for number in range(count):
        pool = POOLS[number % len(POOLS)] if number % 3 else mixed
        base = "".join(chance.choices(pool, k=chance.randint(1, 36)))
        some.append("x" + base + chance.choice(("", "", "\n", "\r\n", "\u2028")) + "y")
    return some


def seen(words: str) -> str:
    """Return stored text as it has to be on paper, worked out here again: composed, nothing that has no shape."""
    lines = words.replace("\r\n", "\n").replace("\u2028", "\n").replace("\ufe0f", "")
    kept = (" " if one.isspace() else one for one in lines
            if one.isspace() or unicodedata.category(one) not in ("Cc", "Cf"))  # fmt: skip
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def test_ten_thousand_strings_are_printed_as_they_are_stored() -> None:
    both = fonts.cover() | fonts.fallback_cover() | {"\n"}
    stored = strings(COUNT)
    printable = [words for words in stored if set(seen(words)) <= both]
    assert len(printable) > COUNT * 0.9
    assert all(text.printable(words) == (set(seen(words)) <= both) for words in stored)
    for start in range(0, len(printable), IN_A_DOCUMENT):
        some = printable[start : start + IN_A_DOCUMENT]
        style = STYLES.head if start % (2 * IN_A_DOCUMENT) else STYLES.body
        pdf = layout.build([text.paragraph(words, style) for words in some], PAGE)
        assert [seen(said) for said in tagged.texts(pdf, "P")] == [seen(words) for words in some]


def test_what_no_font_has_stops_the_print_with_every_such_letter_named() -> None:
    chance = random.Random(7)
    for _ in range(500):
        foreign = "".join(chance.choices(FOREIGN, k=3))
        words = f"before <b>{foreign}</b> after {chance.choice(FOREIGN)}"
        lost = [one for one in unicodedata.normalize("NFC", words.replace("\ufe0f", ""))
                if one in FOREIGN and one not in "\u200d\ufe0f"]  # fmt: skip
        if not lost:
            continue
        with pytest.raises(text.Unprintable) as refusal:
            text.paragraph(words, STYLES.body)
        assert set(refusal.value.characters) == set(lost)
        assert all(f"U+{ord(one):04X}" in str(refusal.value) for one in lost)


def test_each_line_of_a_text_stays_a_line() -> None:
    words = "first line\nsecond <line>\r\nthird & last\n\nafter an empty one"
    pdf = layout.build([text.paragraph(words, STYLES.body), *tables.pairs([("Note", words)], STYLES)], PAGE)
    places = paper.word_places(pdf, 1)
    tops = [round(top) for word, _, top, _, _ in places if word in ("first", "second", "third", "after")]
    steps = [later - before for before, later in pairwise(tops)]
    one = round(STYLES.body.leading)
    assert [abs(step - lines * one) <= 2 for step, lines in zip(steps[:3], (1, 1, 2), strict=True)] == [
        True
    ] * 3
    assert tagged.texts(pdf, "P")[0] == tagged.texts(pdf, "TD")[0] == " ".join(words.split())


@pytest.mark.parametrize("path", ["goals.patient_goal", "goals.expectations", "diagnosis.text"])
def test_a_note_of_fifty_thousand_letters_flows_on_in_a_letter_and_none_is_lost(path: str) -> None:
    group, name = path.split(".")
    values = people.intake()
    long = " ".join(f"{name}{number}" for number in range(50_000 // (len(name) + 5)))
    values[group][name] = long
    pdf = letter.render(people.letter(values))
    assert long in " ".join("".join(tagged.texts(pdf)).split())
    assert tagged.problems(pdf) == []


def test_two_hundred_treatments_are_all_in_the_letter_row_by_row() -> None:
    values = people.intake()
    row = values["treatments"][0]
    values["treatments"] = [row | {"name": f"Drug {number:03} <{number}> & more"} for number in range(200)]
    pdf = letter.render(people.letter(values))
    rows = [one for one in tagged.texts(pdf, "TR") if one.startswith("Drug ")]
    assert [one.split(" &")[0] for one in rows] == [f"Drug {number:03} <{number}>" for number in range(200)]
    assert tagged.problems(pdf) == []


def test_every_field_of_a_letter_may_hold_marks_of_markup() -> None:
    marks = "<b>&amp;</para><font size=90>&lt;"
    values = people.intake()
    values["goals"]["patient_goal"] = values["diagnosis"]["text"] = marks
    values["treatments"][0]["name"] = values["safety"]["allergies"][0]["substance"] = marks
    pdf = letter.render(people.letter(values))
    assert "".join(tagged.texts(pdf)).count(marks) >= 4
    assert sheet.inline([("A", marks)]).count("&lt;b&gt;")


def test_a_surgeon_with_fifty_thousand_letters_in_one_cell_is_printed_whole() -> None:
    words = " ".join(f"w{number}" for number in range(8300))
    pdf = directory_list.render(Directory([Found(replace(FULL, refuses=words))], 1, CENTER, PRINTED))
    assert words in tagged.texts(pdf)[0]
