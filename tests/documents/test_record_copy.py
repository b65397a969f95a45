"""The copy-of-record sheet: what left, in words that patients read with ease."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from referral_app.choices import PaperAct, PaperKind
from referral_app.clinical import readability
from referral_app.documents import record_copy
from referral_app.documents.asker import Asker
from referral_app.documents.record_copy import Copy
from referral_app.services.amendments import Statement
from referral_app.services.ledger import PaperEventRecord, PaperRecord
from tests.documents import paper, people, tagged


def left(act: PaperAct, day: int, how: str = "", whom: str = "", copies: int = 1) -> PaperEventRecord:
    return PaperEventRecord(act, datetime(2026, 3, day, 15, tzinfo=UTC), "Kim Bell", how, whom, copies)


def record(
    kind: PaperKind, *acts: PaperEventRecord, enclosed: tuple[str, ...] = (), pages: int = 3
) -> PaperRecord:
    made = datetime(2026, 3, 18, 15, tzinfo=UTC)
    return PaperRecord(
        "1", kind, "7QK2-M4TX-9", 1, "", "p", "An", "en", False, pages, 100, "a" * 64, enclosed, made, "Kim", acts
    )  # fmt: skip


PAPERS = (
    record(PaperKind.PACKET, left(PaperAct.PRINTED, 20, whom="the patient"), pages=6),
    record(
        PaperKind.LETTER, left(PaperAct.PRINTED, 18, copies=2), left(PaperAct.SENT, 19, "Fax", "the surgeon"),
        enclosed=("Neurology note", "<Imaging> & more"),
    ),
    record(PaperKind.RESPONSE_FORM, left(PaperAct.MADE, 18), pages=1),
)  # fmt: skip


def copy(*, large: bool = False, **more: Any) -> Copy:
    asker = Asker("An Thị Nguyễn", date(1984, 3, 27), "7QK2-M4TX-9", people.PRACTICE, large)
    given: dict[str, Any] = {
        "asker": asker, "surgeon": "Amara Keen, MD", "papers": PAPERS, "printed_on": people.TODAY,
    } | more  # fmt: skip
    return Copy(**given)


def test_a_letter_went_to_the_surgeon_whom_its_version_asked() -> None:
    said = paper.text(record_copy.render(copy(asked={1: "Orla Keen, MD", 2: "Amara Keen, MD"})))
    assert "When March 19, 2026 To Orla Keen, MD How Sent: Fax" in said


def test_what_no_font_can_draw_is_named_and_holds_up_no_copy() -> None:
    odd = record(PaperKind.LETTER, left(PaperAct.SENT, 19, "Portal \U0001f600", "the surgeon"))
    words = Statement(date(2026, 3, 1), "The date \U0001f600", "It was \U0001f9e0")
    said = paper.text(record_copy.render(copy(papers=(odd,), statements=(words,))))
    for part in ("Portal [grinning face]", "The date [grinning face]", "It was [brain]"):
        assert part in said


def test_each_paper_that_left_is_told_in_order_with_whom_when_and_how() -> None:
    said = paper.text(record_copy.render(copy()))
    for words in (
        "The letter to your surgeon When March 18, 2026 To Amara Keen, MD How Printed on paper, 3 pages, 2 copies "
        "With it Neurology note <Imaging> & more",
        "When March 19, 2026 To Amara Keen, MD How Sent: Fax, 3 pages",
        "Your packet for the first visit When March 20, 2026 To You How Printed on paper, 6 pages",
        "Call us: (410) 555-0120.", "Write to: Oak Lane Neurology, 12 Oak Lane, Towson, MD 21204.",
    ):  # fmt: skip
        assert words in said, words
    assert "A form for" not in said, "what was made and never left was not sent"
    assert "SHA" not in said


def test_somebody_else_is_named_as_it_was_written_down() -> None:
    papers = (record(PaperKind.LETTER, left(PaperAct.RELEASED, 21, "Mail", "an <invented> lawyer")),)
    said = paper.text(record_copy.render(copy(papers=papers)))
    assert "To An <invented> lawyer How A copy was given out: Mail, 3 pages" in said


def test_where_nothing_left_the_sheet_says_so() -> None:
    assert record_copy.NOTHING in paper.text(record_copy.render(copy(papers=())))


@pytest.mark.parametrize("large", [False, True])
def test_it_is_read_aloud_as_it_is_seen_in_both_sizes(large: bool) -> None:
    pdf = record_copy.render(copy(large=large))
    assert tagged.problems(pdf) == []
    assert record_copy.render(copy(large=large)) == pdf


def test_its_words_are_easy_to_read() -> None:
    for lines in ((record_copy.OPENING, record_copy.NOT_HERE), record_copy.MEANS, record_copy.RIGHTS):
        found = readability.grade("\n\n".join(lines))
        assert found.flesch_kincaid <= readability.MOST_GRADE
        assert found.words_per_sentence <= readability.MOST_WORDS


def test_two_hundred_papers_flow_on_and_none_is_lost() -> None:
    many = [record(PaperKind.LETTER, left(PaperAct.SENT, 1 + at % 28, f"way{at}")) for at in range(200)]
    said = paper.text(record_copy.render(copy(papers=many)))
    assert [at for at in range(200) if f"Sent: way{at}," not in said] == []


def test_what_the_patient_holds_against_an_answer_goes_along() -> None:
    said = (Statement(date(2026, 3, 1), "Onset in <2019>", "I kept no diary in 2009."),)
    pdf = record_copy.render(copy(statements=said))
    words = "What you told us is wrong You asked March 1, 2026 To fix Onset in <2019> You say I kept no diary in 2009."
    assert words in paper.text(pdf)
    assert tagged.problems(pdf) == []


def test_why_it_was_not_fixed_stands_with_it() -> None:
    said = (
        Statement(date(2026, 3, 1), "Onset", "No.", denied_on=date(2026, 3, 9), why="Your diary <says> so."),
    )
    assert "We said no March 9, 2026: Your diary <says> so. You say No." in paper.text(
        record_copy.render(copy(statements=said))
    )
