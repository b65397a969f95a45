"""Documents of the ledger and requests for copies, in words."""

from __future__ import annotations

from datetime import date, datetime

from referral_app.choices import PaperAct
from referral_app.clinical import clock as times
from referral_app.clinical import dates
from referral_app.services.ledger import PaperEventRecord, PaperRecord
from referral_app.services.releases import ReleaseRecord
from referral_app.ui import moments

LANGUAGES = {"en": "English", "es": "Spanish"}


def clock(one: PaperRecord) -> str:
    """Return the time of day at which a document last left, or was made."""
    return times.say(moments.local(_last(one)))


def day(one: PaperRecord) -> str:
    """Return the day on which a document last left, or was made."""
    return dates.say(moments.local(_last(one)).date())


def about(one: PaperRecord) -> str:
    """Return whom or what a document is about."""
    return one.patient or one.subject or "Nobody in particular"


def version(one: PaperRecord) -> str:
    """Return the referral and its version: "7KQ2-M4TD-9, version 3"."""
    return f"{one.reference}, version {one.number}" if one.reference else ""


def written(one: PaperRecord) -> str:
    """Return how many pages a document has, and how it is written where patients read it."""
    parts = [f"{one.pages} page" + ("" if one.pages == 1 else "s")]
    if one.language != "en":
        parts.append(LANGUAGES.get(one.language, one.language))
    if one.large:
        parts.append("large print")
    return ", ".join(parts)


def last_act(one: PaperRecord) -> str:
    """Return what was done with a document last: "Printed, 2 copies"."""
    return act(one.acts[0]) if one.acts else "Looked at"


def act(one: PaperEventRecord) -> str:
    """Return one act: what, on which printer or into which file, how often."""
    parts = [one.act.label, f"{one.copies} copies" if one.copies > 1 else "", one.how]
    if one.protected:
        parts.append("with a password")
    return ", ".join(part for part in parts if part)


def by(one: PaperEventRecord) -> str:
    """Return when and by whom something was done, and for whom."""
    who = f" by {one.by}" if one.by else ""
    whom = f", for {one.for_whom}" if one.for_whom else ""
    return f"{moments.say(one.at)}{who}{whom}"


def last_by(one: PaperRecord) -> str:
    """Return who did the last act."""
    return one.acts[0].by if one.acts else one.made_by


def icon(one: PaperRecord) -> str:
    """Return the state drawn before an act that gave a copy out of the house."""
    return "sent" if one.acts and one.acts[0].act in (PaperAct.SENT, PaperAct.RELEASED) else ""


def due(one: ReleaseRecord, today: date | None = None) -> str:
    """Return by when a copy is due, or what became of the request."""
    if one.given_on:
        return f"Given {dates.say(one.given_on)}"
    if one.refused_why:
        return "Not given"
    if one.due_on is None:
        return ""
    left = (one.due_on - (today or date.today())).days
    if left < 0:
        late = f"{-left} day" + ("" if left == -1 else "s")
        return f"Overdue by {late}"
    return "Due today" if left == 0 else f"Due {dates.say(one.due_on)}"


def due_state(one: ReleaseRecord, today: date | None = None) -> str:
    """Return the state of a request as it is drawn."""
    if one.given_on:
        return "ok"
    if one.refused_why:
        return "canceled"
    return "warning" if one.due_on and one.due_on <= (today or date.today()) else "waiting"


def asked(one: ReleaseRecord) -> str:
    """Return who asked, and who that is to the patient."""
    return ", ".join(part for part in (one.asked_by, one.relation) if part)


def given(one: ReleaseRecord) -> str:
    """Return the documents that were given, one line each: kind and the day on which it was made."""
    return "\n".join(f"{kind.label}, {dates.say(moments.local(at).date())}" for kind, at in one.papers)


def _last(one: PaperRecord) -> datetime:
    return one.acts[0].at if one.acts else one.made_at
