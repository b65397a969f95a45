"""Making the sheet of an incident, for the privacy officer."""

from __future__ import annotations

from datetime import date

from referral_app.choices import PaperKind
from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.jobs import askers
from referral_app.jobs.papers import Made
from referral_app.services import incidents, sending
from referral_app.services.permissions import actor


def make(db: Database, incident_id: str, today: date | None = None) -> Made:
    """Return the sheet of an incident as it is written down now; raises NotFound, Denied, `text.Unprintable`."""
    from referral_app.documents import incident_sheet

    today = today or date.today()
    with db.read() as session:
        found = incidents.get(session, incident_id)
        referral, _, asker = askers.read(session, found.reference, PaperKind.INCIDENT_SHEET, False, today)
        attempt = sending.get(session, found.attempt_id) if found.attempt_id else None
        sheet = incident_sheet.Sheet(found, asker, today, actor(session).name, attempt)
    return Made(
        f"incident-{referral.reference}-{found.found_on.isoformat()}.pdf", incident_sheet.render(sheet),
        kind=PaperKind.INCIDENT_SHEET, reference=referral.reference, number=referral.number,
        subject=f"Found on {dates.say(found.found_on)}",
    )  # fmt: skip
