"""Reminders of visits: the letter for the patient, what to say on the phone, and that somebody was reminded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from referral_app.choices import AppointmentKind
from referral_app.clinical import clock, dates, identity, phones
from referral_app.clinical.fields import as_dict, given
from referral_app.database import Database
from referral_app.jobs import packet_batch, packets
from referral_app.jobs.packet_batch import Wanted
from referral_app.jobs.papers import Made
from referral_app.jobs.ready import Ready
from referral_app.services import appointments, center, patients, printing, referrals
from referral_app.services.appointment_records import AppointmentRecord
from referral_app.services.errors import InvalidInput

if TYPE_CHECKING:
    from referral_app.documents.consult_packet import Packet

VISIT = " visit "
"""Stands between the number of a referral and the id of the visit that is meant; the next one where none is named."""
NONE = "No visit to come is booked. Book one first."


@dataclass(frozen=True)
class Script:
    """What is said on the phone: to the patient, and on a machine; `number` is theirs, `language` the one to speak.

    `message` is "" where the patient did not allow one. It names no surgeon and nothing clinical. `on_file` is what
    the patient is told by (`identity`).
    """

    visit: AppointmentRecord
    numbers: tuple[str, ...]
    language: str
    interpreter: bool
    spoken: tuple[str, ...]
    message: str
    on_file: str = ""


def shown(db: Database, about: str, language: str | None = None, large: bool | None = None) -> Made:
    """Return the reminder of a visit as its patient needs it where nothing else is wanted; raises as `make`."""
    with db.read() as session:
        wanted = packet_batch.resolved(session, about.partition(VISIT)[0], Wanted(language, large))
    return make(db, about, language=wanted.language or "en", large=bool(wanted.large))


def make(
    db: Database, about: str, *, language: str = "en", large: bool = False, today: date | None = None
) -> Made:
    """Return the reminder of a referral's next visit, or of the one that is named; raises InvalidInput, Denied."""
    return gather(db, about, language=language, large=large, today=today).make(db)


def gather(
    db: Database, about: str, *, language: str = "en", large: bool = False, today: date | None = None
) -> Ready:
    """Return all that the reminder needs, read from the store, to be made anywhere; raises as `make`."""
    from referral_app.documents import reminder
    from referral_app.documents.reminder import Reminder

    reference, _, visit_id = about.partition(VISIT)
    with db.read() as session:
        referral = printing.read(session, reference, "reminder")
        found = appointments.of_referral(session, referral.id)
        visit = _meant(found, visit_id, today or date.today())

        def taken(base: Packet) -> Collection[str]:
            return reminder.taken(Reminder(base, visit.kind))

        base = packets.record(session, referral, visit, large=large, today=today)
        if not visit.location_id:  # nobody is sent to a place that is only likely
            base = replace(base, placement=None)
        base, notes = packets.worded(session, base, language, taken)
    record = Reminder(base, visit.kind)
    return Ready("reminder", record, partial(_made, base, referral.number, notes, visit.id))


def script(db: Database, appointment_id: str) -> Script:
    """Return what to say on the phone about a visit; raises NotFound, Denied."""
    with db.read() as session:
        visit = appointments.get(session, appointment_id)
        intake = referrals.get(session, visit.referral_id).intake
        person = (
            patients.get(session, visit.patient_id).values
            if visit.patient_id
            else as_dict(intake.get("patient"))
        )
        office = center.get(session)
    allowed = given(person, "message_ok") is True
    call = phones.say(office.phone) if office.phone else "the number of our office"
    name = office.name or "the Headache Center"
    numbers = [given(person, one) for one in ("phone", "phone_alt")]
    return Script(
        visit, tuple(phones.say(str(one)) for one in numbers if one),
        str(given(person, "interpreter_language") or given(person, "language") or ""),
        given(person, "interpreter_needed") is True, tuple(_spoken(visit, name, call)),
        _message(visit, call) if allowed else "", identity.on_file(person),
    )  # fmt: skip


def _meant(found: list[AppointmentRecord], visit_id: str, today: date) -> AppointmentRecord:
    to_come = [one for one in found if one.is_booked and one.day >= today and visit_id in ("", one.id)]
    if not to_come:
        raise InvalidInput({"": NONE})
    return to_come[0]


def _spoken(visit: AppointmentRecord, office: str, call: str) -> list[str]:
    """Return what is said to the patient, once it is sure that it is the patient."""
    what = "surgery" if visit.kind is AppointmentKind.SURGERY else "visit"
    at = f" at {visit.location}" if visit.location else ""
    said = [
        "Ask for the patient. Check the full name and the date of birth before you say more.",
        f"“This is {office}. You have a {what} with {visit.surgeon} on {visit.day:%A}, {dates.say(visit.day)}, at "
        f"{clock.say(visit.start)}{at}. Please come by {clock.say(visit.arrive_by)}.”",
        "“Please bring your insurance card, a photo ID, and a list of your medicines.”",
    ]
    if visit.interpreter_booked:
        said.append("“An interpreter is booked for you. It is free.”")
    if visit.kind is AppointmentKind.SURGERY:
        said.append("“Do you have the surgery packet? It says how to get ready.”")
    return [*said, f"“Can you come? If something changes, please call {call}.”"]


def _message(visit: AppointmentRecord, call: str) -> str:
    """Return what may be left on a machine: no surgeon, no office by its name, nothing clinical."""
    return (
        f"“This is a message about an appointment on {visit.day:%A}, {dates.say(visit.day)}, at "
        f"{clock.say(visit.start)}. Please call {call}.”"
    )


def _made(base: Packet, number: int, notes: tuple[str, ...], visit_id: str, content: bytes) -> Made:
    return Made(
        f"reminder-{base.reference}.pdf", content, notes, "reminder", base.reference, number, base.language,
        base.large, appointment_id=visit_id,
    )  # fmt: skip
