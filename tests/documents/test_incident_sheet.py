"""The incident sheet, read back from the finished PDF: all that is written down, and what is to be decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from referral_app.choices import AttemptState, BounceReason, Channel
from referral_app.documents import incident_sheet
from referral_app.documents.asker import Asker
from referral_app.documents.incident_sheet import Sheet
from referral_app.services.incidents import IncidentRecord, Told
from referral_app.services.send_records import AttemptRecord
from tests.documents import paper, people, tagged

INCIDENT = IncidentRecord(
    "7QK2-M4TX-9", date(2026, 3, 18), "410-555-0199", "Referral letter, <4> pages", "A bakery on Harbor Street",
    "They shredded it and said so", (Told("Privacy officer", date(2026, 3, 18), "Phone"),), "a1", "Kim Vale",
    datetime(2026, 3, 18, 15, tzinfo=UTC), patient="Nguyễn, An", id="i1", version=1, note="Kim misread the 9",
)  # fmt: skip
ATTEMPT = AttemptRecord(
    "a1", "r1", 1, Channel.FAX, "410-555-0103", None, ("letter",), 4, "p1", datetime(2026, 3, 17, 15, tzinfo=UTC),
    "Kim Vale", AttemptState.FAILED, BounceReason.WRONG_NUMBER, "", None, "", "", "",
)  # fmt: skip


def sheet(**parts: Any) -> Sheet:
    asker = Asker("An Thị Nguyễn", date(1984, 3, 27), "7QK2-M4TX-9", people.PRACTICE)
    return replace(Sheet(INCIDENT, asker, date(2026, 3, 19), "Kim Vale", ATTEMPT), **parts)


def test_it_says_what_went_where_how_and_who_was_told() -> None:
    said = paper.text(incident_sheet.render(sheet()))
    for words in (
        "Incident: (410) 555-0199", "Patient An Thị Nguyễn, born March 27, 1984", "Referral 7QK2-M4TX-9",
        "How it went Fax to (410) 555-0103, ending in 0 1 0 3, on March 17, 2026 by Kim Vale, 4 pages",
        "Found on March 18, 2026",
        "What went there Referral letter, <4> pages", "Who has it A bakery on Harbor Street", "State Open",
        "Note of our office Kim misread the 9", "March 18, 2026 Privacy officer Phone", "They shredded it and said so",
        "Printed on March 19, 2026 by Kim Vale",
    ):  # fmt: skip
        assert words in said, words


def test_it_leaves_room_for_what_the_rule_asks_and_names_the_last_day() -> None:
    said = paper.text(incident_sheet.render(sheet()))
    assert "by May 17, 2026 at the latest" in said
    for words in (*incident_sheet.FACTORS, *incident_sheet.DECISIONS):
        assert words in said


def test_what_is_not_known_yet_is_said_and_a_closed_one_says_by_whom() -> None:
    bare = replace(INCIDENT, address="", who_has_it="", done="", told=(), attempt_id="")
    said = paper.text(incident_sheet.render(sheet(incident=bare, attempt=None)))
    assert "Who has it Not known yet" in said
    assert "Nobody yet." in said
    assert "Nothing yet" in said
    assert "How it went" not in said
    closed = replace(INCIDENT, closed_at=datetime(2026, 4, 2, 15, tzinfo=UTC), closed_by="Ana Ruiz")
    assert "State Closed on April 2, 2026 by Ana Ruiz" in paper.text(
        incident_sheet.render(sheet(incident=closed))
    )


def test_it_is_read_aloud_as_it_is_seen_and_odd_letters_hold_up_nothing() -> None:
    pdf = incident_sheet.render(sheet())
    assert tagged.problems(pdf) == []
    assert incident_sheet.render(sheet()) == pdf
    odd = replace(INCIDENT, who_has_it="A bakery \U0001f600")
    assert "A bakery [grinning face]" in paper.text(incident_sheet.render(sheet(incident=odd)))


def test_long_texts_flow_on() -> None:
    told = tuple(Told(f"person{at} of", date(2026, 3, 18), "Phone") for at in range(120))
    said = paper.text(
        incident_sheet.render(sheet(incident=replace(INCIDENT, told=told, done="word " * 2000)))
    )
    assert [at for at in range(120) if f"person{at} of" not in said] == []
    assert said.count("word") == 2000
