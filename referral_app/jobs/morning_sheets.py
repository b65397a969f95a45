"""Making the morning sheet: what is due today, of me, of my office or of all in view."""

from __future__ import annotations

from datetime import date

from referral_app.choices import PaperKind
from referral_app.clinical import dates
from referral_app.database import Database
from referral_app.jobs.papers import Made
from referral_app.services import center, morning_sheets, practices
from referral_app.services.permissions import actor
from referral_app.services.waiting_lists import ALL, MINE, OFFICE

WHOSE = (MINE, OFFICE, ALL)


def make(db: Database, whose: str = ALL, today: date | None = None) -> Made:
    """Return the sheet of a day, today by default; raises `text.Unprintable` where a name cannot be printed."""
    from referral_app.documents import morning_sheet

    day = today or date.today()
    with db.read() as session:
        found = morning_sheets.read(session, whose if whose in WHOSE else ALL, day)
        person = actor(session).name
        ours = practices.ours(session, day)
        office = ours.name if ours else center.get(session).name
    content = morning_sheet.render(morning_sheet.Sheet(found, office, person))
    name = f"morning-sheet-{day.isoformat()}.pdf"
    return Made(name, content, kind=str(PaperKind.MORNING_SHEET), subject=f"What is due on {dates.say(day)}")
