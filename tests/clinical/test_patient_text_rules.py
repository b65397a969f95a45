"""What an edited text must still hold; and that the program's own texts keep these rules themselves."""

from __future__ import annotations

import pytest

from referral_app.clinical import patient_text_rules, text_placeholders
from referral_app.jobs import patient_texts

BRING = "# Bring these\n\n- Your card\n"
ANSWERS = "# What you must do\n\n{fasting}\n\n{medications}\n\n{ride}\n"


def sentences(name: str, markdown: str, original: str) -> list[str]:
    return [one.sentence for one in patient_text_rules.problems(name, markdown, original)]


def test_an_edit_that_keeps_its_shape_has_no_problem() -> None:
    assert sentences("bring", "# Take these\n\nYour **card**.\n", BRING) == []


@pytest.mark.parametrize(("name", "markdown", "original", "said"), [
    ("bring", "Your card", BRING, "needs a heading"),
    ("tried", "# Mine\n\nWords", "Words", "takes none"),
    ("bring", "# Bring these", BRING, "needs words below"),
    ("call-911", "## Call\n\n- now", "## Call 911\n\n- now", "must say 911"),
    ("call-us", "# Call us\n\nNow.", "# Call us\n\n{phone}", "must say {phone}"),
    ("surgery-answers", ANSWERS.replace("{ride}", "Bring {ride}"), ANSWERS, "{ride} needs a paragraph of its own"),
])  # fmt: skip
def test_an_edit_that_loses_what_its_part_needs_is_refused(
    name: str, markdown: str, original: str, said: str
) -> None:
    assert any(said in sentence for sentence in sentences(name, markdown, original))


@pytest.mark.parametrize("language", patient_texts.LANGUAGES)
def test_the_programs_own_texts_keep_the_rules(language: str) -> None:
    wrong = {
        name: found
        for name, text in patient_texts.originals(language).items()
        if (found := patient_text_rules.problems(name, text, text))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", patient_texts.LANGUAGES)
def test_every_placeholder_of_the_programs_texts_has_a_meaning(language: str) -> None:
    for name, text in patient_texts.originals(language).items():
        if patient_text_rules.composed(name):
            continue
        known = text_placeholders.known_for(name, text)
        assert [key for key, one in known.items() if one.meaning == text_placeholders.AS_BEFORE] == [], name


def test_a_text_of_the_card_may_use_what_the_card_knows_alone() -> None:
    assert sentences("card-plans", "# Plans\n\n{diagnosis}", "# Plans\n\n{plans}") == [
        "Nothing fills {diagnosis}. Use one of the placeholders in the list."
    ]


def test_surgery_placeholders_belong_to_surgery_texts() -> None:
    assert "ride" in text_placeholders.known_for("surgery-day", "")
    assert "ride" not in text_placeholders.known_for("bring", "")
