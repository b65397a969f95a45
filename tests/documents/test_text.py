"""The one door for text."""

from __future__ import annotations

import ast
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from referral_app.documents import fonts, layout, text
from tests.documents import paper

ROOM = Path(text.__file__).parent


def printed(words: str) -> str:
    styles = layout.Styles(11, 14.5)
    page = layout.Page("Test", "Test Person", ("born May 1, 1990", "REF"), styles)
    return paper.text(layout.build([text.paragraph(words, styles.body)], page))


def drawable() -> str:
    both = fonts.cover() | fonts.fallback_cover()
    return "".join(
        sorted(
            c for c in both if c.isprintable() and text.plain(c) == c and unicodedata.category(c)[0] != "M"
        )
    )


def test_markup_of_the_user_is_printed_as_text() -> None:
    assert text.escape("allergy: <penicillin> & <b>latex</b>") == (
        "allergy: &lt;penicillin&gt; &amp; &lt;b&gt;latex&lt;/b&gt;"
    )
    assert "allergy: <penicillin> & <b>latex</b>" in printed("allergy: <penicillin> & <b>latex</b>")


def test_attributes_and_entities_of_the_user_are_printed_as_text() -> None:
    for words in (
        '<img src="/etc/passwd"/>',
        '<a href="file:///x">x</a>',
        "&lt;b&gt;",
        '<font color="[[[x]]]">',
        "<br/>",
    ):
        assert words in printed(words)


def test_line_ends_are_kept() -> None:
    assert text.escape("one\r\ntwo\u2028three") == "one<br/>two<br/>three"


def test_marks_without_a_shape_are_left_out() -> None:
    assert text.escape("ab\u202ecd\u200b\x00\ufeffe\ufe0f") == "abcde"


def test_markup_is_not_escaped_twice() -> None:
    assert text.escape(text.escape("a < b")) == "a &lt; b"
    assert text.bold("a < b") + " & c" == "<b>a &lt; b</b> &amp; c"
    assert isinstance(text.bold("a") + "b", text.Markup)


def test_empty_parts_leave_no_separator_behind() -> None:
    assert text.join(" · ", ["a", "", "b"]) == "a · b"
    assert text.bold("") == ""


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Ánh", "Đặng Văn Lâm", "Łukasz Żółć", "Ọlá Adébáyọ̀", "Ελένη", "Михаил", "İbrahim"]
)
def test_names_of_many_languages_are_printed(name: str) -> None:
    assert paper.flat(name) in printed(name)
    assert paper.flat(name) in printed(text.bold(name))


def test_a_name_is_printed_in_one_font() -> None:
    assert text.escape("An Nguyễn") == '<font name="Noto">An Nguyễn</font>'


def test_a_word_changes_its_font_as_a_whole() -> None:
    words = "The patient was seen with her husband, Mr. Nguyễn, who interpreted for her."
    assert '<font name="Noto">Nguyễn,</font>' in text.escape(words)


def test_a_word_that_no_font_has_alone_is_printed_in_two() -> None:
    assert "ễ≥5" in printed("A long enough text, so that it is not a name: ễ≥5 and so on.")


@pytest.mark.parametrize("lost", ["😀", "中", "ع", "→", "\ud800", "\ue000", "अ"])
def test_what_no_font_has_is_refused_by_name(lost: str) -> None:
    with pytest.raises(text.Unprintable) as refusal:
        text.escape(f"before {lost} after")
    assert refusal.value.characters == lost
    assert f"U+{ord(lost):04X}" in str(refusal.value)
    assert not text.printable(lost)


def test_a_refusal_names_its_field() -> None:
    refusal = text.Unprintable("😀").at("goals.patient_goal", "Goals: The patient's goal")
    sentence = (
        "These characters cannot be printed in “Goals: The patient's goal”: 😀 (U+1F600 grinning face)."
    )
    assert refusal.fields == {"goals.patient_goal": sentence}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_text_that_is_not_refused_is_printed_as_it_is_stored(data: st.DataObject) -> None:
    letters = st.one_of(
        st.sampled_from(string.printable), st.sampled_from("<>&\"'{}[]#%\\"), st.sampled_from(drawable())
    )
    several = data.draw(st.lists(st.text(letters, max_size=80), min_size=10, max_size=10))
    styles = layout.Styles(11, 14.5)
    story = [text.paragraph(words, styles.body) for words in several]
    page = layout.Page("Test", "Test Person", ("born May 1, 1990", "REF"), styles)
    said = squeezed(paper.text(layout.build(story, page), mode="-layout"))
    for words in several:
        assert text.missing(words) == ""
        assert squeezed(paper.flat(text.plain(words))) in said


@settings(max_examples=300)
@given(st.text(max_size=60))
@example("\x00\x1b\u202e<b>")
def test_any_text_is_escaped_whole_or_refused(words: str) -> None:
    try:
        markup = text.escape(words)
    except text.Unprintable as refusal:
        lost = set(refusal.characters)
        assert lost <= set(text.plain(words))
        return
    for tag in ("<br/>", '<font name="Noto">', "</font>"):
        markup = markup.replace(tag, " " if tag == "<br/>" else "")
    assert "<" not in markup
    back = markup.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert paper.flat(back) == paper.flat(text.plain(words))


def squeezed(words: str) -> str:
    """Leave out all white space: where a line ends or a letter has no width is the reader's guess."""
    return "".join(words.split())


def test_paragraphs_are_made_in_one_place_alone() -> None:
    calls = {
        path.name
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Paragraph"
    }
    assert calls <= {"text.py", "layout.py"}


@pytest.mark.parametrize(
    "number", ["(410) 555-0142", "(410) 555-0142 ext. 12", "+44 20 7946 0958", "+49 30 123456"]
)
def test_a_phone_number_is_not_cut_by_the_end_of_a_line(number: str) -> None:
    assert text.escape(f"Call {number} now") == f"Call {number.replace(' ', chr(0xA0))} now"


@pytest.mark.parametrize("words", ["(2013) 100-2000", "+5 days of 10", "8 weeks", "a few of 10", "2 of them"])
def test_other_numbers_keep_their_spaces(words: str) -> None:
    assert text.escape(words) == words


@pytest.mark.parametrize("figure", ["4 of 10", "22 of 30", "52.2 of 300"])
def test_a_figure_out_of_its_most_is_not_cut_by_the_end_of_a_line(figure: str) -> None:
    assert text.escape(f"pain {figure} days") == f"pain {figure.replace(' ', chr(0xA0))} days"
