"""What a patient holds against a denied correction is the last section of the letter, word for word."""

from __future__ import annotations

from datetime import date

from referral_app.choices import DenialBasis
from referral_app.documents import letter
from referral_app.services.amendments import Statement
from tests.documents import paper, people, tagged

SAID = Statement(
    date(2026, 3, 1), "Onset in <2019>", "I kept no diary in 2009 & never said so.", "7QK2-M4TX-9",
    date(2026, 3, 9), DenialBasis.COMPLETE, "Your diary says 2009.",
)  # fmt: skip


def test_the_statement_stands_last_with_the_entry_and_the_denial() -> None:
    pdf = letter.render(people.letter(statements=(SAID,)))
    said = paper.text(pdf)
    words = (
        "Patient’s statement of disagreement To correct Asked on March 1, 2026 in the record of referral 7QK2-M4TX-9: "
        "Onset in <2019> Denied The correction was denied on March 9, 2026, since: it is accurate and complete. Your "
        "diary says 2009. The patient says I kept no diary in 2009 & never said so."
    )
    assert words in said
    assert said.index("Signed by") < said.index(words)
    assert tagged.problems(pdf) == []
    assert letter.render(people.letter(statements=(SAID,))) == pdf


def test_a_long_statement_flows_on_and_nothing_of_it_is_lost() -> None:
    words = [f"word{at}" for at in range(4000)]
    one = Statement(SAID.asked_on, "All of it", " ".join(words), "", SAID.denied_on, SAID.basis, SAID.why)
    pdf = letter.render(people.letter(statements=(SAID, one)))
    said = paper.text(pdf)
    assert [word for word in words if f"{word} " not in f"{said} "] == []
    assert tagged.problems(pdf) == []


def test_what_no_font_can_draw_is_named_and_holds_nothing_up() -> None:
    odd = Statement(SAID.asked_on, SAID.what, "No \U0001f600", "", SAID.denied_on, SAID.basis, SAID.why)
    assert "[grinning face]" in paper.text(letter.render(people.letter(statements=(odd,))))


def test_a_letter_without_one_is_as_it_was() -> None:
    assert "disagreement" not in paper.text(letter.render(people.letter()))
