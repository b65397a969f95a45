"""Two dozen invented people at every step of the way, so that the demonstration shows a working day."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from referral_app.choices import (
    AppointmentKind,
    DeclineReason,
    IdentityCheck,
    ReplyKind,
    TaskKind,
    VisitOutcome,
)
from referral_app.clinical import business_days
from referral_app.database import Database, Session
from referral_app.paths import resource
from referral_app.services import (
    amendments,
    calls,
    demonstration,
    owners,
    referrals,
    releases,
    replies,
    signing,
    tasks,
)
from referral_app.services.amendments import AmendmentRecord
from referral_app.services.appointments import Visit
from referral_app.services.calls import CallRecord
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.releases import ReleaseRecord
from referral_app.services.replies import Reply
from referral_app.services.tasks import Wish

MODEL = "invented/referral.json"
KEEN, VILLAREAL, OSGOOD, ANAND = "9000000015", "9000000023", "9000000031", "9000000049"
_GROUPS = ("signature", "attachments")


@dataclass(frozen=True)
class Person:
    """Somebody invented, whom they are referred to, how many days ago that was sent, and how urgent it is."""

    family: str
    given: str
    born: str
    sex: str
    surgeon: str
    ago: int
    urgency: str = "routine"


@dataclass(frozen=True)
class Came:
    """What came so many days after the sending; `visit` so many business days from today, or before it."""

    kind: ReplyKind
    after: int
    visit: int | None = None
    outcome: VisitOutcome | None = None
    reason: DeclineReason | None = None
    words: str = ""


RECEIPT, ACCEPTED = Came(ReplyKind.RECEIPT, 1), Came(ReplyKind.ACCEPTED, 3)


def _given(visit: int, after: int = 6) -> Came:
    return Came(ReplyKind.APPOINTMENT, after, visit)


def _seen(visit: int, outcome: VisitOutcome, after: int) -> Came:
    return Came(ReplyKind.OUTCOME, after, visit, outcome)


SENT: tuple[tuple[Person, tuple[Came, ...]], ...] = (
    (Person("Bello", "Carmen", "1979-02-11", "female", KEEN, 1), ()),
    (Person("Castellano", "Rui", "1991-08-30", "male", VILLAREAL, 5, "urgent"), ()),
    (Person("Dvořák", "Jana", "1968-12-04", "female", OSGOOD, 9), ()),
    (Person("Eriksen", "Nils", "1985-05-19", "male", KEEN, 6), (RECEIPT,)),
    (Person("Fontaine", "Amélie", "1973-09-27", "female", ANAND, 20), (ACCEPTED,)),
    (Person("Garza", "Luis", "1996-01-15", "male", VILLAREAL, 12, "urgent"), (ACCEPTED,)),
    (Person("Haddad", "Samira", "1988-07-08", "female", OSGOOD, 11),
     (RECEIPT, Came(ReplyKind.INFORMATION, 4, words="The report of the MRI of the neck"))),
    (Person("Ito", "Kenji", "1959-03-22", "male", KEEN, 14), (ACCEPTED, _given(1))),
    (Person("Jansen", "Mieke", "1982-10-13", "female", KEEN, 15), (ACCEPTED, _given(1))),
    (Person("Kowalska", "Ewa", "1977-06-02", "female", VILLAREAL, 18), (ACCEPTED, _given(3))),
    (Person("Lindgren", "Astrid", "1990-11-25", "female", ANAND, 22), (ACCEPTED, _given(6))),
    (Person("Mbeki", "Thandi", "1984-04-17", "female", OSGOOD, 25), (ACCEPTED, _given(11))),
    (Person("Novak", "Petr", "1970-08-09", "male", KEEN, 30), (ACCEPTED, _given(-2))),
    (Person("Okafor", "Chidi", "1993-12-19", "male", VILLAREAL, 34), (ACCEPTED, _given(-5))),
    (Person("Petrov", "Irina", "1965-02-28", "female", ANAND, 45), (ACCEPTED, Came(ReplyKind.NO_SHOW, 31, -9))),
    (Person("Quist", "Lena", "1981-09-05", "female", KEEN, 70), (ACCEPTED, Came(ReplyKind.VISIT_NOTE, 25, -32))),
    (Person("Rahman", "Nadia", "1987-01-31", "female", OSGOOD, 80),
     (ACCEPTED, _seen(-30, VisitOutcome.BLOCK, 60))),
    (Person("Sato", "Yuki", "1975-07-14", "female", VILLAREAL, 95),
     (ACCEPTED, _seen(-40, VisitOutcome.SURGERY, 65), Came(ReplyKind.PATIENT_TOLD, 67))),
    (Person("Tamm", "Kristjan", "1962-10-03", "male", KEEN, 110),
     (RECEIPT, ACCEPTED, _seen(-55, VisitOutcome.SURGERY, 55), Came(ReplyKind.PATIENT_TOLD, 58))),
    (Person("Ueda", "Haruto", "1998-05-26", "male", ANAND, 130),
     (ACCEPTED, _seen(-60, VisitOutcome.NO_SURGERY, 75), Came(ReplyKind.PATIENT_TOLD, 76))),
    (Person("Varga", "Katalin", "1971-03-12", "female", OSGOOD, 8),
     (Came(ReplyKind.DECLINED, 4, reason=DeclineReason.PLAN),)),
    (Person("Whitlock", "Dorothy", "1955-12-30", "female", VILLAREAL, 40),
     (RECEIPT, Came(ReplyKind.DECLINED, 7, reason=DeclineReason.NO_ROOM), Came(ReplyKind.PATIENT_TOLD, 8))),
)  # fmt: skip
"""Who was sent, and what came back for each."""

UNSENT = (
    Person("Abara", "Ngozi", "1986-04-21", "female", KEEN, 9),
    Person("Xavier", "Paulo", "1992-02-14", "male", OSGOOD, 3, "urgent"),
    Person("Yilmaz", "Elif", "1980-06-18", "female", ANAND, 2),
)
"""A draft that was left alone, one to sign, and one that is signed and not sent."""


def fill(db: Database, today: date | None = None) -> None:
    """Write the invented people into a demonstration, with what came of them by a day, today by default."""
    today = today or date.today()
    model = json.loads(resource(MODEL).read_bytes())
    with db.begin() as session:
        made = [_send(session, model, number, *one, today) for number, one in enumerate(SENT)]
        _begin(session, model, today)
        _follow_up(session, {one.patient.partition(",")[0]: one for one in made}, today)


def _save(
    session: Session, model: dict[str, Any], number: int, who: Person, begun: date, signed: date | None
) -> ReferralRecord:
    intake = deepcopy(model)
    for group in _GROUPS:
        intake.pop(group, None)
    intake["patient"] |= {
        "family_name": who.family, "given_name": who.given, "date_of_birth": who.born, "sex": who.sex,
        "phone": f"410-555-01{number:02}", "mrn": f"INVENTED-{1001 + number}", "language": "en",
        "email": f"{who.given.lower()}.invented@example.org" if who.given.isascii() else "",
        "interpreter_needed": False, "needs": [],
    }  # fmt: skip
    for name in ("middle_name", "preferred_name", "phone_alt", "support_person", "interpreter_language"):
        intake["patient"].pop(name, None)
    intake["coverage"][0]["member_id"], intake["coverage"][0]["subscriber"] = f"XEH00{2000 + number}", {}
    del intake["coverage"][1:]
    intake["request"] |= {"surgeon": who.surgeon, "urgency": who.urgency}
    intake["referrer"]["date"] = begun.isoformat()
    days = intake["last_30_days"]
    days |= {"headache_days": 8 + number * 7 % 20, "migraine_days": 4 + number * 5 % 4}
    if signed is not None:
        intake["signature"] = model["signature"] | {"signed_at": f"{signed.isoformat()}T16:30:00Z"}
    return referrals.save(session, intake)


def _send(
    session: Session, model: dict[str, Any], number: int, who: Person, came: tuple[Came, ...], today: date
) -> ReferralRecord:
    sent = today - timedelta(who.ago)
    begun, signed = sent - timedelta(2 + number % 6), sent - timedelta(number % 2)
    made = _save(session, model, number, who, begun, signed)
    referrals.mark_sent(session, made.id, ("Fax", "Mail", "Portal")[number % 3])
    demonstration.age(session, made.id, begun, sent)
    for one in came:
        _reply(session, made.id, one, min(sent + timedelta(one.after), today), number, today)
    return made


def _reply(session: Session, name: str, came: Came, on: date, number: int, today: date) -> None:
    visit, moment = None, datetime.combine(on, time(8, 0))
    if came.visit is not None:
        day = business_day(today, came.visit)
        on = max(on, day) if came.kind is not ReplyKind.APPOINTMENT else on
        visit = Visit(AppointmentKind.CONSULT, datetime.combine(day, time(9 + number % 7, 30 * (number % 2))))
    reply = Reply(came.kind, min(on, today), came.words, came.reason, came.outcome, visit=visit)
    if came.kind is ReplyKind.INFORMATION:
        reply = replace(reply, due=business_days.after(today, 2))
    if came.kind is ReplyKind.APPOINTMENT:
        replies.record(session, name, reply, today=reply.on, moment=moment.astimezone())
    else:
        replies.record(session, name, reply)


def business_day(today: date, count: int) -> date:
    """Return the day so many business days from today, or before it."""
    day = today
    while count:
        day += timedelta(1 if count > 0 else -1)
        if business_days.is_business_day(day):
            count -= 1 if count > 0 else -1
    return day


def _begin(session: Session, model: dict[str, Any], today: date) -> None:
    """Begin those that are not sent yet: left alone, to sign, and signed."""
    acts: tuple[Callable[[str], object] | None, ...] = (
        None,
        lambda name: signing.hand_over(session, name),
        None,
    )
    for number, (who, act) in enumerate(zip(UNSENT, acts, strict=True)):
        day = today - timedelta(who.ago)
        made = _save(session, model, 40 + number, who, day, day if number == 2 else None)
        if act is not None:
            act(made.id)
        demonstration.age(session, made.id, day, day)


def _follow_up(session: Session, found: dict[str, ReferralRecord], today: date) -> None:
    """Let calls, tasks, days to look again, a copy and a correction be open, as on any morning."""
    soon = business_days.after(today, 1)
    owners.plan(session, found["Eriksen"].id, "Ask when they can see him", today)
    owners.plan(session, found["Mbeki"].id, "Ask for the interpreter's name", soon)
    for name, what, kind, due in (
        ("Dvořák", "Call the office: did the fax arrive?", TaskKind.CALL_BACK, today),
        ("Fontaine", "Send the new insurance card", TaskKind.OTHER, soon),
        ("Sato", "Ask who drives her home after surgery", TaskKind.CALL_BACK, business_days.after(today, 4)),
    ):
        tasks.begin(session, found[name].id, Wish(what, kind, due=due), today)
    for name, whom, said, check in (
        ("Garza", "Luis Garza", "Asked when his visit is. Told him that the office was asked again today.",
         IdentityCheck.BIRTH_AND_PHONE),
        ("Ito", "The surgeon’s office", "They confirm the visit and ask that he brings the MRI on a disc.",
         IdentityCheck.CALLED_BACK),
    ):  # fmt: skip
        one = found[name]
        calls.log(session, CallRecord(one.patient_id or "", whom, said, one.id, checked=str(check)))
    asked = ReleaseRecord(
        found["Tamm"].patient_id or "", "Kristjan Tamm", today - timedelta(26), "the patient", "The referral letter",
    )  # fmt: skip
    releases.record(session, asked)
    wrong = AmendmentRecord(
        found["Rahman"].patient_id or "", "Nadia Rahman", today - timedelta(12), "The dose is 50 mg, not 100",
    )  # fmt: skip
    amendments.record(session, wrong)
