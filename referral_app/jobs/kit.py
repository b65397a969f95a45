"""Making the power-cut kit, which is printed beforehand for the day on which the computer is down."""

from __future__ import annotations

from datetime import date

from referral_app.database import Database
from referral_app.jobs.papers import Made
from referral_app.services import center, matching, surgeons
from referral_app.services.surgeon_records import Query

MOST = 3_000
"""The most surgeons on the list: a thousand pages and half a minute; nobody leafs through more."""


def make(db: Database, today: date | None = None) -> Made:
    """Return blank referral form, patient questionnaire and surgeon list as one document, with no patient's data.

    Raises InvalidInput where an entry of the directory cannot be printed.
    """
    from referral_app.documents import kit

    by_name = Query(sort="name")
    with db.read() as session:
        found = [item.surgeon for item in matching.find(session, by_name, MOST)]
        left_out = matching.count(session, by_name) - len(found)
        procedures = [item.name for item in surgeons.procedures(session)]
        home = center.get(session)
    printed_on = today or date.today()
    content = kit.render(kit.Kit(found, procedures, home, printed_on, left_out))
    notes = (f"The surgeon list leaves {left_out:,} of the directory out.",) if left_out else ()
    return Made(f"power-cut-kit-{printed_on.isoformat()}.pdf", content, notes, "kit")
