"""What the columns of a worklist say of a referral that waits."""

from __future__ import annotations

from datetime import date

from referral_app.choices import Step
from referral_app.clinical import dates
from referral_app.services.waiting_lists import WaitingRow
from referral_app.ui.pile_words import days
from referral_app.ui.tables import Column

EMPTY = {
    Step.DRAFT: ("ok", "No draft was left alone", "Referrals that are begun and not handed over wait here."),
    Step.TO_SIGN: ("signed", "Nothing waits for a signature", "What is handed over to a clinician waits here."),
    Step.TO_SEND: ("sent", "Everything signed was sent", "Signed referrals wait here until they are sent."),
    Step.NOT_DELIVERED: ("ok", "Nothing came to nothing", "What did not arrive waits here to be sent again."),
    Step.NO_RECEIPT: ("ok", "Every letter was acknowledged", "Letters wait here until the surgeon’s office has them."),
    Step.NO_VISIT: ("ok", "Everybody has a visit", "Patients wait here until their visit is booked."),
    Step.NO_OUTCOME: ("ok", "Every visit has an outcome", "Visits that passed wait here for what came of them."),
    Step.NO_NOTE: ("ok", "Every visit has its report", "Patients who were seen wait here for the surgeon’s report."),
    Step.INFORMATION: ("ok", "No information is owed", "What a surgeon’s office asks for waits here."),
    Step.NOT_TOLD: ("ok", "Every patient knows the plan", "Outcomes wait here until the patient is told."),
    Step.FOLLOW_UP: ("ok", "Nothing is to be looked at again", "A day that you note for a referral brings it here."),
}  # fmt: skip
"""Icon, sentence and hint where a list is empty."""


def age(row: WaitingRow) -> str:
    """Return how long a referral has waited."""
    passed = (date.today() - row.since).days
    return f"In {days(-passed)}" if passed < 0 else days(passed) if passed else "Today"


def since(row: WaitingRow) -> str:
    """Return the day since which it waits."""
    return dates.say(row.since)


def due(row: WaitingRow) -> str:
    """Return when it is due, or by how much it is late."""
    late = (date.today() - row.due).days
    return f"Late by {days(late)}" if late > 0 else "Due today" if not late else "Not due yet"


def due_on(row: WaitingRow) -> str:
    """Return the day on which it is due."""
    return dates.say(row.due)


def due_state(row: WaitingRow) -> str:
    """Return the state of widgets.states for when it is due."""
    late = (date.today() - row.due).days
    return "review" if late > 0 else "note" if not late else "waiting"


def born(row: WaitingRow) -> str:
    """Return the date of birth."""
    return f"Born {dates.say(row.date_of_birth)}" if row.date_of_birth else "Date of birth missing"


def stands(row: WaitingRow) -> str:
    """Return where the referral stands."""
    return row.state_words


def urgency(row: WaitingRow) -> str:
    """Return how urgent it is where it is not routine, and where it stands."""
    named = {"urgent": "Urgent", "emergency": "Emergency"}.get(row.urgency, "")
    return " · ".join(part for part in (named, stands(row)) if part)


COLUMNS = (
    Column("Patient", lambda r: r.patient or "No name yet", 174, sort="patient", detail=born, stretch=True),
    Column("Waits", age, 74, sort="since"),
    Column("Due", due, 158, icon=due_state, detail=due_on),
    Column("Next step", lambda r: r.next_step or "–", 142, detail=lambda r: r.reason or urgency(r)),
    Column("Owner", lambda r: r.owner or "Nobody", 124),
    Column("Surgeon", lambda r: r.surgeon or "Not chosen", 166, sort="surgeon", detail=lambda r: r.reference),
    Column("Since", since, 150, sort="since", hidden=True),
    Column("State", urgency, 180, hidden=True),
)
