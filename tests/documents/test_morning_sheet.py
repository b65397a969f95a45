"""The morning sheet, read back from the finished PDF: what is due with a box each, and the visits of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from referral_app.choices import (
    AppointmentKind,
    AppointmentStatus,
    Readiness,
    ReferralState,
    RequestStatus,
    Step,
)
from referral_app.documents import morning_sheet
from referral_app.documents.morning_sheet import Sheet
from referral_app.services.appointments import AppointmentRecord
from referral_app.services.morning_sheets import LINES, VISITS, DuePile, MorningSheet
from referral_app.services.waiting_lists import WaitingRow
from tests.documents import paper, tagged

DAY = date(2026, 11, 30)
MOMENT = datetime(2026, 11, 1, 15, tzinfo=UTC)
ROW = WaitingRow(
    id="1", reference="7QK2-M4TX-9", patient_id="2", patient="Quintero, Marisol", date_of_birth=date(1984, 6, 21),
    surgeon_id="3", surgeon="Keen, Orla, MD", state=ReferralState.SENT, readiness=Readiness.READY, urgency="urgent",
    created=MOMENT, updated=MOMENT, number=1, sent_number=1, sent_at=MOMENT, asked_at=None, asked_by="",
    returned_at=None, returned_by="", returned_why="", step=Step.NO_RECEIPT, since=date(2026, 11, 24),
    due=date(2026, 11, 27), owner_id="4", owner="Kim Vale", next_step="Confirm that the surgeon’s office has it",
    reason="", follow_up_on=None, status=RequestStatus.SENT,
)  # fmt: skip
VISIT = AppointmentRecord(
    id="5", reference="9BZK-3F7R-T", referral_id="6", patient_id="7", patient="Okafor, Adaeze",
    date_of_birth=date(1970, 1, 2), surgeon_id="3", surgeon="Keen, Orla, MD", location_id="8",
    location="Harbor Surgery Center", kind=AppointmentKind.CONSULT, start=datetime(2026, 11, 30, 9, 30),
    time_zone="America/New_York", arrive_minutes_before=15, interpreter_booked=True,
    status=AppointmentStatus.SCHEDULED, note="", version=1, why="", request_id="", reminded_at=None,
)  # fmt: skip


def sheet() -> Sheet:
    """Return a sheet with two worklists, of one of which more is due than is listed."""
    other = replace(
        ROW, patient="Dvořák, Jana", step=Step.NO_VISIT, due=DAY, owner="", reason="Asked for an earlier day"
    )
    piles = DuePile(Step.NO_RECEIPT, 14, (ROW,) * 2), DuePile(Step.NO_VISIT, 1, (other,))
    return Sheet(MorningSheet(DAY, "office", (VISIT,), 0, piles), "Oak Lane Neurology", "Dana Whitfield")


def empty() -> Sheet:
    """Return the sheet of a day on which nothing is due."""
    return Sheet(MorningSheet(DAY, "all", (), 0, ()))


def test_what_no_font_can_draw_is_named_and_holds_up_nobodys_sheet() -> None:
    odd = replace(
        ROW, next_step="\U0001f4de Call", reason="Says \U0001f600", patient="Quintero \U0001f600, Marisol"
    )
    found = MorningSheet(
        DAY, "all", (replace(VISIT, patient=odd.patient),), 0, (DuePile(Step.NO_RECEIPT, 1, (odd,)),)
    )
    said = paper.text(morning_sheet.render(Sheet(found)))
    assert "[telephone receiver] Call (Says [grinning face])" in said
    assert said.count("Quintero [grinning face], Marisol") == 2


def test_what_is_due_stands_there_with_who_when_what_and_whose() -> None:
    pdf = morning_sheet.render(sheet())
    said = paper.text(pdf)
    for words in (
        "Morning sheet: Monday, November 30, 2026", "Oak Lane Neurology · My office’s worklists · Dana Whitfield",
        "Visits today: 1", "Okafor, Adaeze", "9:30 AM", "there 9:15 AM", "interpreter booked", "Harbor Surgery Center",
        "Sent, no acknowledgment: 14 due", "Quintero, Marisol, born June 21, 1984, 7QK2-M4TX-9, URGENT, late by 3 days",
        "Confirm that the surgeon’s office has it · Keen, Orla, MD · for Kim Vale", "And 12 more, in the program.",
        "No visit booked: 1 due", "due today", "(Asked for an earlier day)", "for nobody yet", "confidential",
    ):  # fmt: skip
        assert words in said, words
    assert paper.whole(pdf)
    assert tagged.problems(pdf) == []


def test_a_morning_with_nothing_says_so() -> None:
    pdf = morning_sheet.render(empty())
    for words in (morning_sheet.NO_VISITS, morning_sheet.NOTHING_DUE, "All worklists"):
        assert words in paper.text(pdf)
    assert tagged.problems(pdf) == []


def test_the_fullest_sheet_has_two_pages() -> None:
    per_step, rest = divmod(LINES, len(Step))
    rows = [replace(ROW, step=step) for step in Step]
    piles = tuple(DuePile(row.step, 900, (row,) * (per_step + (at < rest))) for at, row in enumerate(rows))
    visits = tuple(replace(VISIT, start=VISIT.start + timedelta(minutes=at)) for at in range(VISITS))
    pdf = morning_sheet.render(
        Sheet(MorningSheet(DAY, "mine", visits, 40, piles), "Oak Lane Neurology", "Dana Whitfield")
    )
    assert paper.pages(pdf) == 2
    assert "And 40 more" in paper.text(pdf)
    assert tagged.problems(pdf) == []
