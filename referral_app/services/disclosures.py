"""The accounting of disclosures: to whom what is known of a patient went, for what, over six years at most.

It is read from the ledger of paper and from the incidents. What went out for treatment, payment or operations need not
be listed and is left out unless it is asked for (45 CFR 164.528(a)(1)); what the patient got is no disclosure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import AuditAction, PaperAct, PaperKind, Permission
from referral_app.clinical import dates, phones
from referral_app.models.paper import Paper, PaperEvent, Release
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral
from referral_app.models.sending import Incident, SendAttempt
from referral_app.services import events, patients, referral_rows, versions
from referral_app.services.errors import InvalidInput, NotFound
from referral_app.services.permissions import ask_scope, needs

MOST_YEARS = 6
"""So far back an accounting goes (45 CFR 164.528(a)(3))."""
CARE, COPY, MISTAKE = "For your care", "A copy was asked for", "Sent there by mistake"
PATIENT, UNKNOWN = "the patient", "Not known who"
TOGETHER = timedelta(minutes=1)
"""An attempt to send and its paper are noted in one transaction."""
OF_PATIENT = "patient:"
"""Stands before the id of a patient who has no referral by whose number a list could be asked for."""
TO_SURGEON = (PaperKind.LETTER, PaperKind.RESPONSE_FORM, PaperKind.FAX_COVER, PaperKind.BUNDLE)


@dataclass(frozen=True)
class Disclosure:
    """One disclosure: when, who received what, where they are as far as it is known, and for what."""

    on: date
    who: str
    what: str
    purpose: str
    where: str = ""
    reference: str = ""


@needs(Permission.MERGE)
def find(
    session: Session,
    patient_id: str,
    since: date | None = None,
    to: date | None = None,
    *,
    care_too: bool = False,
    today: date | None = None,
) -> list[Disclosure]:
    """Return the disclosures of a patient, oldest first; both days belong to the period. Noted as one act.

    Raises InvalidInput by field (since, to) for a period that cannot be or lies before six years ago, NotFound, Denied.
    """
    today = today or date.today()
    first = dates.later_by_years(today, -MOST_YEARS)
    since, to = since or first, to or today
    if since < first:
        raise InvalidInput({"since": f"An accounting goes back {MOST_YEARS} years at most."})
    if to < since or to > today:
        raise InvalidInput({"to": "The last day lies between the first one and today."})
    patient = session.get(Patient, patients.current_id(session, patient_id))
    if patient is None:
        raise NotFound("This patient is not there.")
    ask_scope(session, patient.practice_id, "patient", patient.id)
    found = [*_papers(session, patient, since, to, care_too), *_incidents(session, patient, since, to)]
    events.record(session, AuditAction.OPENED, "disclosures", patient.id, patient.id, found=len(found))
    return sorted(found, key=lambda one: (one.on, one.who, one.what))


def _papers(
    session: Session, patient: Patient, since: date, to: date, care_too: bool
) -> Iterator[Disclosure]:
    """Yield what was given out or sent, the latter where what went out for care is asked for."""
    acts = (PaperAct.RELEASED, PaperAct.SENT) if care_too else (PaperAct.RELEASED,)
    rows = session.execute(
        select(PaperEvent, Paper, Release)
        .join(Paper, Paper.id == PaperEvent.paper_id)
        .outerjoin(Release, Release.id == PaperEvent.release_id)
        .where(Paper.patient_id == patient.id, PaperEvent.act.in_(acts))
    )
    asked: dict[str, dict[int, str]] = {}
    astray = _astray(session, patient) if care_too else set[tuple[str, datetime]]()
    for event, paper, release in rows:
        if event.act is PaperAct.SENT and _is_astray(event, astray):
            continue  # it stands there as what it was: sent to somebody else by mistake
        on = release.given_on if release and release.given_on else event.at.astimezone().date()
        if not since <= on <= to:
            continue
        who = event.for_whom or (release.asked_by if release else "")
        if _is_patient(who, release, patient):
            continue
        if event.act is PaperAct.SENT and paper.kind in TO_SURGEON and who in ("", "the surgeon"):
            who = _surgeon(session, paper, asked)
        purpose = CARE if event.act is PaperAct.SENT else COPY
        if release and release.relation and purpose == COPY:
            purpose = f"{COPY}: {release.relation}"
        yield Disclosure(on, who, paper.kind.label, purpose, event.how, paper.reference)


def _surgeon(session: Session, paper: Paper, asked: dict[str, dict[int, str]]) -> str:
    """Return the surgeon whom the version of a paper asks: another one may be asked by now; `asked` by referral."""
    if paper.referral_id is None:
        return ""
    row = referral_rows.row(session, paper.referral_id)
    usual = row.surgeon_name if row.number == paper.number else ""
    if row.id not in asked:
        asked[row.id] = versions.asked(session, row.id)
    return asked[row.id].get(paper.number, usual)


def _is_patient(who: str, release: Release | None, patient: Patient) -> bool:
    """Tell whether it went to the patient or to who acts for the patient (45 CFR 164.528(a)(1)(ii), 164.502(g))."""
    if release is not None and release.relation:
        return release.relation in (PATIENT, "legal representative")
    known = {PATIENT, patients.spoken_name(patient.details).casefold(), patient.sort_name.casefold()}
    return who.casefold() in known


def _astray(session: Session, patient: Patient) -> set[tuple[str, datetime]]:
    """Return the papers that went where they were not meant to go, each with when it left."""
    rows = session.execute(
        select(SendAttempt.paper_id, SendAttempt.started_at)
        .join(Incident, Incident.attempt_id == SendAttempt.id)
        .join(Referral, Referral.id == Incident.referral_id)
        .where(Referral.patient_id == patient.id, SendAttempt.paper_id.is_not(None))
    )
    return {(str(paper_id), started_at) for paper_id, started_at in rows}


def _is_astray(event: PaperEvent, astray: set[tuple[str, datetime]]) -> bool:
    """Tell whether a paper went astray with this event: it is noted in the transaction of its attempt."""
    return any(paper_id == event.paper_id and abs(at - event.at) < TOGETHER for paper_id, at in astray)


def _incidents(session: Session, patient: Patient, since: date, to: date) -> Iterator[Disclosure]:
    """Yield what went where it was not meant to go, on the day on which it went as far as that is known.

    It is listed whatever it was for.
    """
    rows = session.execute(
        select(Incident, Referral.reference, SendAttempt.started_at)
        .join(Referral, Referral.id == Incident.referral_id)
        .outerjoin(SendAttempt, SendAttempt.id == Incident.attempt_id)
        .where(Referral.patient_id == patient.id)
    )
    for row, reference, started_at in rows:
        on = started_at.astimezone().date() if started_at else row.found_on
        if since <= on <= to:
            where = phones.say(row.address) if row.address else ""
            yield Disclosure(on, row.who_has_it or UNKNOWN, row.what, MISTAKE, where, reference)
