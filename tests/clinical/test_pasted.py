"""Pasted lists: print-outs of many styles are understood, whatever is pasted no line is lost and nothing hangs."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_app.clinical import pasted, pasted_rows
from referral_app.clinical.pasted import State
from tests.clinical.print_outs import CASES, Case

TABLES = sorted(pasted_rows.TABLES)


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_print_out_is_understood(case: Case) -> None:
    _, table, text, expected = case
    found = pasted.read(text, table)
    assert [(line.state.value, dict(line.values) if line.state.value in ("row", "stopped", "elsewhere") else {})
            for line in found.lines] == [
        (state, values) for state, values in expected
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_every_word_of_a_print_out_is_shown(case: Case) -> None:
    import html

    _, table, text, _ = case
    shown = " ".join(line.shown for line in pasted.read(text, table).lines)
    for word in re.findall(r"\w+", html.unescape(text)):
        assert word in shown


def test_there_are_enough_print_outs() -> None:
    assert len(CASES) >= 25


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=600), st.sampled_from(TABLES))
def test_any_text_is_read_without_a_crash_and_no_line_is_lost(text: str, table: str) -> None:
    found = pasted.read(text, table)
    assert found.refused == ""
    shown = "".join(line.shown for line in found.lines)
    kept = [letter for letter in text if letter.isalnum()] if "&" not in text else []
    rest = iter(shown)
    assert all(letter in rest for letter in kept)


_PARTS = st.sampled_from([
    "Take 1 tablet", "PO BID", "topiramate", "50 mg", "(rash)", "Sig:", "Allergies:", "NKDA", "\t", ",", ";", "\n",
    "- ", "1. ", "2/2020", "x 8 weeks", "Reaction: hives", "discontinued", "Left GON block", "8/10 -> 2/10",
    "155 units",
    "MRI brain", "normal", "<penicillin>", "&lt;", "\u202e", "\x00", "none", "100%", "Dispense: 30", "[itching]", "  ",
])  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(_PARTS, max_size=40).map(" ".join), st.sampled_from(TABLES))
def test_any_mixture_of_a_chart_keeps_its_words_in_order(text: str, table: str) -> None:
    found = pasted.read(text, table)
    shown = iter(
        re.findall(r"\w+", re.sub(r"\[U\+[0-9A-F]{4}\]", "", " ".join(one.shown for one in found.lines)))
    )
    clean = re.sub("[\u202e\x00]", "", text).replace("&lt;", "<")
    assert all(word in shown for word in re.findall(r"\w+", clean))
    for line in found.lines:
        if line.state is State.ROW:
            assert line.values


@settings(max_examples=200, deadline=None)
@given(st.lists(_PARTS, min_size=1, max_size=12).map(" ".join))
def test_every_word_of_a_medication_goes_into_a_field_or_stands_beside_it(text: str) -> None:
    """Nothing is dropped between the line and the row: abbreviations are written out, everything else is there."""
    for line in pasted.read(text.replace("\n", " "), "medications").lines:
        if line.state is not State.ROW:
            continue
        kept = " ".join([*map(str, line.values.values()), line.over]).lower()
        for word in ("topiramate", "penicillin", "brain", "normal", "itching"):
            assert (word in line.shown.lower()) <= (word in kept)


@pytest.mark.parametrize("table", TABLES)
def test_ten_thousand_lines_are_refused_in_a_sentence_at_once(table: str) -> None:
    begun = time.perf_counter()
    found = pasted.read("aspirin 81 mg\n" * 10_000, table)
    assert found.refused == "This list has 10,000 lines. Paste at most 200 lines at a time."
    assert found.lines == ()
    assert (
        pasted.read("x" * 300_000, table).refused
        == "This list is too long. Paste at most 200,000 characters at a time."
    )
    assert pasted.read("aspirin 81 mg daily by mouth\n" * 100_000, table).refused
    assert time.perf_counter() - begun < 1


NASTY = (
    "1-" * 495, "medications reviewed " * 45, "none " * 190, "(" * 900, "take 1 tab " * 90, "8 weeks, " * 110,
    "dose: " * 150, "1.1 " * 240, "lidocaine " * 99, "migraine headache " * 55, "start date " * 90, "[" * 900,
    "\t" * 900,
    "no known drug " * 70, '"' * 900, "a;" * 450, "a," * 450,
    "&#60;" * 190, "&" * 900, "| " * 450, "rash " * 190,
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_no_line_takes_long_however_it_is_built(table: str) -> None:
    for text in NASTY:
        begun = time.perf_counter()
        pasted.read("\n".join([text] * 10), table)
        assert time.perf_counter() - begun < 2, text[:20]


def test_a_line_that_is_too_long_is_shown_and_not_read() -> None:
    (line,) = pasted.read("word " * 400, "medications").lines
    assert line.state is State.TOO_LONG
    assert line.shown == ("word " * 400).strip()
    assert line.notes == ("Longer than 1,000 characters: not read.",)


def test_hidden_characters_are_made_visible_and_said() -> None:
    (line,) = pasted.read("peni\u202ecillin\x07 - rash", "allergies").lines
    assert line.values == {"substance": "penicillin", "reaction": "rash"}
    assert line.shown == "peni[U+202E]cillin[U+0007] - rash"
    assert line.notes == ("Hidden characters were left out: U+202E (right-to-left override), U+0007.",)


def test_words_in_other_scripts_are_kept() -> None:
    lines = pasted.read("أسبرين 81 mg يوميا\n青霉素 - 皮疹\nコデイン", "medications").lines
    assert [line.values["name"] for line in lines] == ["أسبرين", "青霉素 - 皮疹", "コデイン"]
    assert lines[0].values["dose"] == "81 mg"


def test_what_no_field_takes_stands_beside_the_row() -> None:
    (line,) = pasted.read(
        "Topiramate 50 mg BID Dispense: 60 Refills: 3 Pharmacy: Invented Drugs", "medications"
    ).lines
    assert line.over == "Dispense: 60; Refills: 3; Pharmacy: Invented Drugs"
    (line,) = pasted.read("Botox x 3 cycles, ongoing", "treatments").lines
    assert line.over == "x 3 cycles"


def test_the_same_drug_is_found_under_its_brand_name() -> None:
    rows = [{"name": "Lisinopril"}, {"name": "Topiramate"}]
    (line,) = pasted.read("Topamax 50 mg BID", "medications").lines
    assert pasted.present(line, "medications", rows) == 1
    (line,) = pasted.read("Topiramic acid 50 mg", "medications").lines
    assert pasted.present(line, "medications", rows) == -1


def test_two_blocks_of_different_days_are_two() -> None:
    line = pasted.read("Left GON block 3/12/2024", "injections").lines[0]
    row = {"kind": "nerve_block", "site": "Greater occipital nerve", "side": "left", "date": "2024-03-12"}
    assert pasted.present(line, "injections", [row]) == 0
    assert pasted.present(line, "injections", [row | {"date": "2024-04-12"}]) == -1


def test_an_old_list_tells_what_is_abnormal_from_what_is_not_normal() -> None:
    def result(text: str) -> object:
        return pasted.read(text, "imaging").lines[0].values.get("result")

    assert result("MRI head 1/2/2024 not normal") is None
    assert result("MRI head 1/2/2024 normal brain, abnormal sinus") is None
    assert result("MRI head 1/2/2024 pending") == "awaited"


NOTHING = (
    "NKDA", "nka", "NKMA", "No Known Allergies", "No known drug allergies.", "None", "none known",
    "Patient has no known allergies", "no known drug or food allergies",
    "Denies any allergies",
)  # fmt: skip


@pytest.mark.parametrize("words", NOTHING)
def test_words_for_nothing_are_an_answer_to_confirm(words: str) -> None:
    assert [line.state for line in pasted.read(words, "allergies").lines] == [State.NONE]


@pytest.mark.parametrize("words", ["None of these helped: topiramate", "nonexistent", "NKDA except latex"])
def test_words_that_only_begin_with_none_are_no_such_answer(words: str) -> None:
    assert State.NONE not in [line.state for line in pasted.read(words, "allergies").lines]


def _row(text: str, table: str) -> dict[str, object]:
    (line,) = pasted.read(text, table).lines
    return dict(line.values)


def test_what_is_denied_is_no_reason() -> None:
    assert "stop_reason" not in _row("Topiramate 100 mg no side effects", "treatments")
    assert "stop_reason" not in _row("Topiramate 100 mg, tolerated without side effects", "treatments")
    assert _row("Topiramate 100 mg - side effects", "treatments")["stop_reason"] == "side_effect"


@pytest.mark.parametrize(
    ("words", "effect"),
    [("<50% better", "under_50"), ("less than 50% relief", "under_50"), ("about 60% better", "over_50"),
     ("over 30% relief", None), ("at least 50% reduction", "over_50"), ("20% worse", None), ("0% relief", "none")],
)  # fmt: skip
def test_percents_are_taken_only_where_they_say_which_side_of_half(words: str, effect: str | None) -> None:
    assert _row(f"Aimovig 140 mg monthly, {words}", "treatments").get("effect") == effect


def test_how_often_is_not_for_how_long() -> None:
    assert "weeks_at_target" not in _row("Vyepti 100 mg every 12 weeks", "treatments")
    assert "weeks_at_target" not in _row("Topiramate 50 mg, follow up in 6 weeks", "treatments")


def test_a_span_of_weeks_is_no_pain_score() -> None:
    row = _row("Left GON block 3/12/2024 pain 2 to 3 weeks later", "injections")
    assert "pain_before" not in row


@pytest.mark.parametrize(
    ("text", "table", "values", "over"),
    [
        ("Date\tProcedure\tUnits\tCycle\n3/1/2024\tBotox\t155\t3", "injections", {"units": 155, "cycle": 3}, ""),
        ("Date\tProcedure\tUnits\tCycle\n3/1/2024\tBotox\t155 units\tCycle 3", "injections",
         {"units": 155, "cycle": 3}, ""),
        ("Date\tProcedure\tUnits\n3/1/2024\tBotox\tmany", "injections", {}, "units: many"),
        ("Date\tType\tSite\tSteroid\n3/1/2024\tNerve block\tGON\tyes", "injections", {"steroid": True}, ""),
        ("Date\tType\tSite\tSteroid\n3/1/2024\tNerve block\tGON\tNo", "injections", {"steroid": False}, ""),
        ("Date\tType\tSite\tUnits\n3/1/2024\tNerve block\tGON\t3", "injections", {}, "units: 3"),
        ("Drug;Class;Dose;Unit\nInventol;Beta blocker;80;mg", "treatments",
         {"class": "beta_blocker", "dose": 80, "unit": "mg"}, ""),
        ("Drug;Class;Dose;Unit\nTopiramate;Opioid;80 mg;mg", "treatments",
         {"class": "anticonvulsant", "dose": 80, "unit": "mg"}, "class: Opioid"),
        ("Drug;Class;Effect\nInventol;Magic;none", "treatments", {"effect": "none"}, "class: Magic"),
        ("Drug;Unit;Effect\nInventol;mg;none", "treatments", {"effect": "none"}, "unit: mg"),
    ],
)  # fmt: skip
def test_columns_of_a_table_fill_their_fields(
    text: str, table: str, values: dict[str, object], over: str
) -> None:
    line = pasted.read(text, table).lines[-1]
    asked = ("units", "cycle", "steroid", "class", "dose", "unit", "effect")
    assert {name: line.values[name] for name in asked if name in line.values} == values
    assert line.over == over


def test_two_sides_on_one_line_are_left_to_the_person() -> None:
    (line,) = pasted.read("Left GON and right LON block 3/12/2024", "injections").lines
    assert "side" not in line.values
    assert "left" in line.over
    assert "right" in line.over


def test_without_a_named_steroid_is_without_steroid() -> None:
    assert (
        _row("Left GON block 3/12/2024 lidocaine 1% without dexamethasone", "injections")["steroid"] is False
    )


def test_a_normal_part_is_no_normal_study() -> None:
    assert "result" not in _row("MRI brain 1/2/2024: normal ventricles, 3 mm lesion", "imaging")
    assert _row("MRI brain w/wo contrast 1/2/2024 unremarkable", "imaging")["result"] == "normal"
    assert "result" not in _row("MRI brain 1/2/2024 no abnormal enhancement", "imaging")


def test_what_is_not_so_is_not_ticked() -> None:
    for words, table in (("No blood thinners", "medications"), ("Denies latex allergy", "allergies")):
        assert [line.state for line in pasted.read(words, table).lines] == [State.HEADING]


def test_an_unknown_drug_in_a_line_of_several_stands_for_itself() -> None:
    lines = pasted.read("lisinopril 10 mg daily, Newdrugib 5 mg qd, aspirin 81 mg", "medications").lines
    assert [line.values["name"] for line in lines] == ["lisinopril", "Newdrugib", "aspirin"]


def test_wrapped_directions_stay_with_their_drug() -> None:
    text = "Topiramate 50 mg tablet\n   Take 1 tablet by mouth two\n   times daily with food\nLisinopril 10 mg daily"
    lines = pasted.read(text, "medications").lines
    assert [line.values["name"] for line in lines] == ["Topiramate", "Lisinopril"]
    assert "times daily with food" in str(lines[0].values["frequency"])


@pytest.mark.parametrize(
    ("words", "of"),
    [("NKDA", "allergies"), ("No known drug allergies", "allergies"), ("Denies any allergies", "allergies"),
     ("No current medications", "medications"), ("denies meds", "medications"), ("takes no", "medications"),
     ("No treatments tried", "treatments"), ("none tried", "treatments"), ("Allergies: none", "allergies"),
     ("Current medications: none", "medications"), ("Medications tried: none", "treatments")],
)  # fmt: skip
def test_a_denial_answers_only_the_table_that_it_speaks_of(words: str, of: str) -> None:
    for table in TABLES:
        line = pasted.read(words, table).lines[-1]
        assert line.state is (State.NONE if table == of else State.ELSEWHERE), table
        assert line.shown == words


@pytest.mark.parametrize("table", TABLES)
def test_none_alone_speaks_of_the_table_into_which_it_is_pasted(table: str) -> None:
    for words in ("none", "None reported.", "- nil"):
        assert [line.state for line in pasted.read(words, table).lines] == [State.NONE]


def test_nothing_discontinued_is_not_nothing_taken() -> None:
    for text in ("Discontinued medications: none", "Discontinued Medications\nnone"):
        assert State.NONE not in [line.state for line in pasted.read(text, "medications").lines]


@pytest.mark.parametrize(
    ("text", "values", "over", "said"),
    [
        ("apixaban 5 mg bid (stopped 2024)", {}, "stopped 2024", "“stopped 2024” says only the year."),
        ("topiramate 100 mg, started 5/2022, stopped 2024", {"started": "2022-05"}, "stopped 2024", "only the year."),
        ("Drug,Started,Stopped\nTopiramate,2/2022,2024", {"started": "2022-02"}, "stopped: 2024", "only the year."),
        ("topiramate 100 mg 2020-2022", {}, "2020-2022", "“2020-2022” says only the year."),
        ("topiramate 2019 to 2021", {}, "2019 to 2021", "“2019 to 2021” says only the year."),
        ("topiramate 100 mg stopped 13/45/2020", {}, "stopped 13/45/2020", "13/45/2020 is not a date."),
        ("topiramate 99/2020 - 3/2021", {"stopped": "2021-03"}, "99/2020 - 3/2021", "99/2020 is not a month."),
        ("topiramate 1/2020 - 13/2021", {"started": "2020-01"}, "1/2020 - 13/2021", "13/2021 is not a month."),
        ("topiramate 1/2020 - present", {"started": "2020-01", "stop_reason": "ongoing"}, "", ""),
        ("topiramate 1/2020 - 3/2021", {"started": "2020-01", "stopped": "2021-03"}, "", ""),
    ],
)  # fmt: skip
def test_months_of_a_trial_are_filled_where_they_are_known_and_said_where_not(
    text: str, values: dict[str, object], over: str, said: str
) -> None:
    line = pasted.read(text, "treatments").lines[-1]
    assert line.state is State.ROW
    assert str(line.values["name"]).lower() in ("apixaban", "topiramate")
    assert {
        name: line.values[name] for name in ("started", "stopped", "stop_reason") if name in line.values
    } == values
    assert over in line.over if over else not line.over
    assert said in " ".join(line.notes) if said else not line.notes


def test_a_stopped_medication_is_not_ticked_and_its_words_stay() -> None:
    (line,) = pasted.read("apixaban 5 mg bid (stopped 2024)", "medications").lines
    assert line.state is State.STOPPED
    assert line.values["frequency"] == "twice a day (stopped 2024)"


@pytest.mark.parametrize(
    ("text", "table"),
    [("Left GON block 13/45/2020", "injections"), ("Botox 155 units 2/30/2024", "injections"),
     ("MRI brain 13/45/2020 normal", "imaging"), ("Type,Region,Date\nMRI,head,13/45/2020", "imaging")],
)  # fmt: skip
def test_a_date_that_there_is_not_is_not_taken_over_and_said(text: str, table: str) -> None:
    line = pasted.read(text, table).lines[-1]
    day = "2/30/2024" if "2/30" in text else "13/45/2020"
    assert day in line.over
    assert f"{day} is not a date." in line.notes
    assert "date" not in line.values


@pytest.mark.parametrize(
    ("text", "frequency", "over"),
    [("sumatriptan 100 mg #9", None, "#9"), ("sumatriptan 100 mg prn #9", "as needed", "#9"),
     ("sumatriptan 100 mg tablet bid, disp #60, refills 2", "twice a day", "disp #60; refills 2"),
     ("Tylenol #3 prn", "as needed", "")],
)  # fmt: skip
def test_a_quantity_is_no_frequency(text: str, frequency: str | None, over: str) -> None:
    (line,) = pasted.read(text, "medications").lines
    assert line.values.get("frequency") == frequency
    assert line.over == over
