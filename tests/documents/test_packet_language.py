"""What is composed for patients has the same words in both languages, and says days and times as people do."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

import pytest

from referral_app.choices import Diagnosis, ExpertField, InjectionKind, Purpose, Site, StopReason
from referral_app.documents import packet_language

ENGLISH, SPANISH = packet_language.words("en"), packet_language.words("es")
ONLY_SPANISH = {"languages", "specialties"}
"""English has the languages of `choices`, and specialties as the directory names them."""


def flat(told: Any, name: str = "") -> dict[str, list[str]]:
    """Return each word's placeholders by its whole name."""
    if isinstance(told, dict):
        return {
            key: value for part, inner in told.items() for key, value in flat(inner, f"{name}.{part}").items()
        }
    if isinstance(told, list):
        return {name: [str(len(told))]}
    return {name: sorted(re.findall(r"\{\w*\}", told))}


def test_both_languages_have_the_same_words_with_the_same_placeholders() -> None:
    spanish = {name: told for name, told in SPANISH.told.items() if name not in ONLY_SPANISH}
    english, other = flat(ENGLISH.told), flat(spanish)
    assert english.keys() == other.keys()
    differing = {name for name in english if english[name] != other[name]}
    assert differing == {".doctor"}


def test_every_choice_has_its_words() -> None:
    for words in (ENGLISH, SPANISH):
        for part, choices in (("purposes", Purpose), ("diagnoses", Diagnosis), ("stopped", StopReason),
                              ("fields", ExpertField), ("sites", Site)):  # fmt: skip
            assert set(words.part(part)) == {str(one) for one in choices}, part
        assert {str(one) for one in InjectionKind} <= set(words.part("injections"))


@pytest.mark.parametrize(
    ("moment", "english", "spanish"),
    [
        (time(9, 30), "9:30 AM", "9:30 a. m."),
        (time(0, 5), "12:05 AM", "12:05 a. m."),
        (time(12), "12:00 PM", "12:00 p. m."),
        (time(13, 15), "1:15 PM", "1:15 p. m."),
    ],
)
def test_times_of_day(moment: time, english: str, spanish: str) -> None:
    assert ENGLISH.time(moment) == english
    assert SPANISH.time(moment).replace("\xa0", " ") == spanish


def test_days_and_weekdays() -> None:
    day = date(2026, 4, 6)
    assert (ENGLISH.weekday(day), ENGLISH.day(day)) == ("Monday", "April 6, 2026")
    assert (SPANISH.weekday(day), SPANISH.day(day)) == ("lunes", "6 de abril de 2026")


def test_one_o_clock_is_la_una_in_spanish() -> None:
    assert "a la 1:30" in SPANISH.at(datetime(2026, 4, 6, 13, 30))
    assert "a las 11:30" in SPANISH.at(datetime(2026, 4, 6, 11, 30))
    assert "a las 10:00" in SPANISH.at(datetime(2026, 4, 6, 10))


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(KeyError):
        packet_language.words("fr")


def test_languages_are_named_where_there_is_a_word() -> None:
    assert (ENGLISH.spoken("vi"), SPANISH.spoken("vi"), SPANISH.spoken("xx")) == (
        "Vietnamese",
        "vietnamita",
        "",
    )
