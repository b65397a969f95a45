"""What was done with a visit is told with whom it concerns, and what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from referral_app.choices import AppointmentKind, AppointmentStatus
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.ui import visit_words

VISIT = AppointmentRecord(
    "id", "7F3K-92QD-X", "r", "p", "Invented, Ana", None, "s", "Marguerite Keen, MD", "", "", AppointmentKind.CONSULT,
    datetime(2099, 12, 9, 10, tzinfo=UTC), "", 15, False, AppointmentStatus.SCHEDULED, "", 1,
)  # fmt: skip
ABOUT = "Invented, Ana, consultation on Wednesday, December 9, 2099, 10:00 AM"


def test_what_was_done_is_told_with_patient_and_time() -> None:
    missed = replace(VISIT, status=AppointmentStatus.NO_SHOW)
    earlier = replace(VISIT, start=datetime(2099, 12, 8, 10, tzinfo=UTC))
    assert visit_words.told(VISIT) == f"Booked: {ABOUT}"
    assert visit_words.told(VISIT, earlier) == f"Moved: {ABOUT}"
    assert visit_words.told(VISIT, VISIT) == f"Changed: {ABOUT}"
    assert visit_words.told(VISIT, missed) == f"Booked again: {ABOUT}"
    assert visit_words.told(missed, VISIT) == f"No-show: {ABOUT}"
    assert visit_words.told(replace(VISIT, patient="")).startswith("Booked: no name yet, ")
