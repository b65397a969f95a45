"""Each service on what is known of a patient: called once, with the event that it leaves, or why it leaves none."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_app.choices import (
    AppointmentKind,
    AppointmentStatus,
    AuditAction,
    Channel,
    DenialBasis,
    PaperAct,
    PaperKind,
    ReplyKind,
    RequestAct,
    SignatureKind,
)
from referral_app.clinical import handwriting
from referral_app.models.paper import Paper, Release
from referral_app.models.person import Person
from referral_app.models.privacy import Amendment
from referral_app.models.sending import Incident, SendAttempt
from referral_app.models.surgeon import Surgeon
from referral_app.services import (
    amendments,
    appointments,
    attachments,
    batches,
    calls,
    carried_over,
    closed_days,
    closed_visits,
    departures,
    directory_printing,
    disclosures,
    drafts,
    e_signatures,
    enclosures,
    fax_numbers,
    incidents,
    index_trend,
    ledger,
    legal_holds,
    near_references,
    owners,
    packet_people,
    patient_duplicates,
    patient_requests,
    patients,
    printing,
    referral_rows,
    referrals,
    releases,
    reminding,
    replies,
    reports,
    requests,
    retention,
    schedules,
    sending,
    signing,
    summaries,
    surgeons,
    surgery_plans,
    tasks,
    versions,
    visit_acts,
    whereabouts,
)
from referral_app.services.appointments import Visit
from referral_app.services.attachments import Owner
from referral_app.services.batches import Wish
from referral_app.services.calls import CallRecord
from referral_app.services.departures import Agreement
from referral_app.services.incidents import IncidentRecord, Told
from referral_app.services.ledger import Document, Leaving
from referral_app.services.patients import PatientRecord
from referral_app.services.permissions import actor
from referral_app.services.referral_records import ReferralRecord
from referral_app.services.releases import ReleaseRecord
from referral_app.services.replies import Reply
from referral_app.services.request_records import Happened
from referral_app.services.schedules import ScheduleRow
from referral_app.services.send_records import Sending
from referral_app.services.surgeon_records import SurgeonRecord
from tests.services.conftest import Offices, complete


def _batch(session: Session, world: Offices) -> str:
    return batches.begin(session, "Visits", batches.FILES, [Wish(world.north.reference, PaperKind.PACKET)])


NEW_DRAFT = "00000000-0000-4000-8000-000000000009"
SIGNER = "Rosa Ortiz, MD"


class Noted(NamedTuple):
    """An act on a record, and the one event that it leaves; `before` is done by somebody earlier."""

    act: Callable[[Session, Offices], Any]
    action: AuditAction
    kind: str
    before: Callable[[Session, Offices], Any] | None = None


def changed(session: Session, world: Offices, **answers: Any) -> ReferralRecord:
    record = referrals.get(session, world.north.referral)
    intake = deepcopy(record.intake)
    intake["pain"] |= answers
    return saved(session, record, intake)


def saved(session: Session, record: ReferralRecord, intake: dict[str, Any]) -> ReferralRecord:
    return referrals.save(
        session, intake, referral_id=record.id, version=record.version, patient_id=record.patient_id
    )


def signed(session: Session, world: Offices) -> ReferralRecord:
    return referrals.sign(session, world.north.referral, actor(session).name)


def sent(session: Session, world: Offices) -> ReferralRecord:
    signed(session, world)
    return referrals.mark_sent(session, world.north.referral, "Fax")


def typed(session: Session, world: Offices) -> None:
    drafts.save(session, NEW_DRAFT, complete("Northfield"), referral_id=world.north.referral)


def left(session: Session, world: Offices) -> str:
    letter = Document(PaperKind.LETTER, world.north.referral, 1)
    return ledger.leave(session, letter, b"%PDF", Leaving(PaperAct.PRINTED, "Front desk"))


def _paper(session: Session) -> str:
    return session.scalars(select(Paper.id)).one()


def asked(session: Session, world: Offices) -> ReleaseRecord:
    return releases.record(session, ReleaseRecord(world.north.patient, "The patient", date(2026, 3, 27)))


def recent(session: Session, world: Offices) -> object:
    return releases.record(session, ReleaseRecord(world.north.patient, "The patient", date.today()))


def _release(session: Session) -> str:
    return session.scalars(select(Release.id)).one()


def _asked(session: Session, world: Offices) -> SurgeonRecord:
    """Return the surgeon whom the referral asks."""
    return surgeons.get(session, _target(session, world).surgeon_id)


def asked_to_correct(session: Session, world: Offices) -> amendments.AmendmentRecord:
    wish = amendments.AmendmentRecord(world.north.patient, "The patient", date.today(), "The onset")
    return amendments.record(session, wish)


def _amendment(session: Session) -> str:
    return session.scalars(select(Amendment.id)).one()


def _denied_correction(session: Session, world: Offices) -> None:
    one = asked_to_correct(session, world)
    amendments.deny(session, one.id, DenialBasis.COMPLETE, "The diary says so")


def _corrected(session: Session, world: Offices) -> None:
    amendments.accept(session, asked_to_correct(session, world).id)


def _hold(session: Session, world: Offices) -> legal_holds.HoldRecord:
    return legal_holds.place(session, world.north.patient, "Claim")


def _another(session: Session) -> str:
    """Return the id of a surgeon whom the referral does not ask."""
    return surgeons.by_npi(session, "9000000023").id


def _target(session: Session, world: Offices) -> fax_numbers.Target:
    """Return where the referral's letter goes by fax."""
    found = fax_numbers.target(session, world.north.referral)
    assert found is not None
    return found


def _redirected(session: Session, world: Offices) -> ReferralRecord:
    version = referral_rows.row(session, world.north.referral).version
    agreed = Agreement("Rosa Ortiz", date.today())
    return departures.redirect(session, world.north.referral, version, _another(session), agreed, "Leave")


def faxed(session: Session, world: Offices) -> ReferralRecord:
    """Mark the letter as faxed, with the last four digits, which are asked since none went there yet."""
    found = _target(session, world)
    assert found.why
    return fax_numbers.mark_faxed(session, world.north.referral, found.number[-4:])


def _used(session: Session, world: Offices) -> None:
    found = _target(session, world)
    fax_numbers.used(session, found.number, world.north.referral, found.surgeon_id, "Letter sent")


def _went(session: Session, world: Offices) -> None:
    assert fax_numbers.went_to(session, _target(session, world).number)


def _left_behind(session: Session, world: Offices) -> None:
    before = _asked(session, world)
    assert fax_numbers.left_behind(session, before, replace(before, placements=()))


def _affected(session: Session, world: Offices) -> None:
    """List the referrals of a surgeon who left; that they left is written below the services, which would note it."""
    surgeon = session.get_one(Surgeon, _asked(session, world).id)
    surgeon.last_day = date.today()
    session.flush()
    assert departures.affected(session, surgeon.id)


SENDING = Sending(Channel.MAIL, parts=("letter",))
MAILING = Sending(Channel.EMAIL, "front@keen.example", ("letter",))


def _sent_off(session: Session, world: Offices) -> str:
    signed(session, world)
    return sending.begin(session, world.north.referral, SENDING).id


def _announced(session: Session, world: Offices) -> str:
    signed(session, world)
    paper = ledger.made(session, Document(PaperKind.LETTER, world.north.referral, 2), b"%PDF")
    return sending.announce(session, world.north.referral, replace(MAILING, paper_id=paper)).id


def _attempt(session: Session) -> str:
    return session.scalars(select(SendAttempt.id)).one()


def _misdirected(session: Session, world: Offices) -> IncidentRecord:
    return incidents.record(session, IncidentRecord(
        world.north.reference, date.today(), "410-555-0199", "Letter", "A bakery", "Shredded",
        (Told("The patient", date.today()),),
    ))  # fmt: skip


def _incident(session: Session) -> str:
    return session.scalars(select(Incident.id)).one()


def _attached(session: Session, world: Offices) -> str:
    owner = Owner(world.north.draft, world.north.referral)
    return attachments.add(session, owner, b"%PDF-invented", pages=1).sha256


def _looked_at(session: Session, world: Offices) -> bytes:
    owner = Owner(world.north.draft, world.north.referral)
    return attachments.read(session, owner, attachments.find(session, owner)[0].sha256)


VISIT = Visit(AppointmentKind.SURGERY, datetime(2199, 3, 27, 9))


def _visit_booked(session: Session, world: Offices) -> appointments.AppointmentRecord:
    return appointments.book(session, world.north.referral, VISIT)


def _visit(session: Session, world: Offices) -> str:
    return appointments.of_referral(session, world.north.referral)[0].id


AFTER = datetime(2199, 3, 28, 9, tzinfo=UTC)


def _booked_visit(session: Session, world: Offices) -> str:
    return next(one.id for one in appointments.of_referral(session, world.north.referral) if one.is_booked)


def _visit_moved(session: Session, world: Offices) -> None:
    made = _visit_booked(session, world)
    appointments.change(session, made.id, replace(VISIT, start=datetime(2199, 3, 28, 9)))


def _visit_missed(session: Session, world: Offices) -> None:
    appointments.close(session, _visit_booked(session, world).id, AppointmentStatus.NO_SHOW)


WRITTEN = handwriting.drawn([[(10, 60), (60, 20)]])


def _hired(session: Session, world: Offices) -> None:
    """Let the person who acts be one whom the store knows."""
    who = actor(session)
    session.add(Person(id=who.person_id, login=who.login, name=who.name, roles=[], active=True))
    session.flush()


def _hired_and_signed(session: Session, world: Offices) -> None:
    _hired(session, world)
    signed(session, world)


def _kept(session: Session, world: Offices) -> None:
    _hired(session, world)
    e_signatures.keep(session, SignatureKind.DRAWN, b"sealed")


ACCEPTED = Happened(RequestAct.ACCEPT, date.today())


def accepted(session: Session, world: Offices) -> None:
    sent(session, world)
    requests.enter(session, world.north.referral, ACCEPTED)


def declined(session: Session, world: Offices) -> None:
    """Let the request of the north referral be over."""
    sent(session, world)
    requests.enter(
        session, world.north.referral, Happened(RequestAct.DECLINE, date.today(), "Not in their region")
    )


def _entry(session: Session, world: Offices) -> str:
    return requests.steps(session, world.north.referral)[-1].entry


def _asked_to_do(session: Session, world: Offices) -> None:
    tasks.begin(session, world.north.referral, tasks.Wish("Ask"))


def _task(session: Session, world: Offices) -> str:
    return tasks.of_referral(session, world.north.referral)[0].id


MATRIX: dict[str, Noted] = {
    "e_signatures.keep": Noted(
        lambda s, w: e_signatures.keep(s, SignatureKind.DRAWN, b"sealed"), AuditAction.CHANGED, "own_signature", _hired
    ),
    "e_signatures.forget": Noted(
        lambda s, w: e_signatures.forget(s), AuditAction.REMOVED, "own_signature", _kept
    ),
    "e_signatures.place": Noted(
        lambda s, w: e_signatures.place(s, w.north.referral, WRITTEN), AuditAction.CREATED, "signature",
        _hired_and_signed,
    ),
    "enclosures.read": Noted(
        lambda s, w: enclosures.read(s, w.north.referral), AuditAction.OPENED, "bundle"
    ),
    "appointments.book": Noted(_visit_booked, AuditAction.CREATED, "appointment"),
    "surgery_plans.save": Noted(
        lambda s, w: surgery_plans.save(s, surgery_plans.get(s, w.north.referral)), AuditAction.CREATED, "surgery_plan"
    ),
    "surgery_plans.save_as_usual": Noted(
        lambda s, w: surgery_plans.save_as_usual(s, surgery_plans.get(s, w.north.referral)), AuditAction.CHANGED,
        "surgery_habit",
    ),
    "appointments.change": Noted(
        lambda s, w: appointments.change(s, _visit(s, w), replace(VISIT, note="Come fasting")), AuditAction.CHANGED,
        "appointment", _visit_booked,
    ),
    "appointments.enter_past": Noted(
        lambda s, w: appointments.enter_past(s, w.north.referral, VISIT, AppointmentStatus.KEPT, AFTER),
        AuditAction.CREATED, "appointment",
    ),
    "appointments.discard": Noted(
        lambda s, w: appointments.discard(s, _visit(s, w), "Wrong click"), AuditAction.CANCELED, "appointment",
        _visit_missed,
    ),
    "appointments.close": Noted(
        lambda s, w: appointments.close(s, _visit(s, w), AppointmentStatus.KEPT), AuditAction.CHANGED, "appointment",
        _visit_booked,
    ),
    "appointments.reopen": Noted(
        lambda s, w: appointments.reopen(s, _visit(s, w), "Wrong click"), AuditAction.CHANGED, "appointment",
        _visit_missed,
    ),
    "appointments.move_back": Noted(
        lambda s, w: appointments.move_back(s, _booked_visit(s, w)), AuditAction.CHANGED, "appointment", _visit_moved
    ),
    "appointments.release": Noted(
        lambda s, w: appointments.release(s, w.north.referral, "Moved"), AuditAction.CANCELED, "appointment",
        _visit_booked,
    ),
    "reminding.by_phone": Noted(
        lambda s, w: reminding.by_phone(s, _visit(s, w), checked="birth_and_phone"), AuditAction.CREATED, "call",
        _visit_booked,
    ),
    "visit_acts.book": Noted(
        lambda s, w: visit_acts.book(s, w.north.referral, VISIT), AuditAction.CREATED, "appointment"
    ),
    "visit_acts.move": Noted(
        lambda s, w: visit_acts.move(s, _visit(s, w), replace(VISIT, note="Come fasting")), AuditAction.CHANGED,
        "appointment", _visit_booked,
    ),
    "visit_acts.cancel": Noted(
        lambda s, w: visit_acts.cancel(s, _visit(s, w), "Ill", "The patient"), AuditAction.CANCELED, "appointment",
        _visit_booked,
    ),
    "visit_acts.miss": Noted(
        lambda s, w: visit_acts.miss(s, _visit(s, w), moment=AFTER), AuditAction.CHANGED, "appointment", _visit_booked
    ),
    "visit_acts.keep": Noted(
        lambda s, w: visit_acts.keep(s, _visit(s, w), AFTER), AuditAction.CHANGED, "appointment", _visit_booked
    ),
    "visit_acts.enter_past": Noted(
        lambda s, w: visit_acts.enter_past(s, w.north.referral, VISIT, came=True, moment=AFTER),
        AuditAction.CREATED, "appointment",
    ),
    "visit_acts.take_back": Noted(
        lambda s, w: visit_acts.take_back(s, _visit(s, w), "Wrong click"), AuditAction.CHANGED, "appointment",
        _visit_missed,
    ),
    "appointments.cancel": Noted(
        lambda s, w: appointments.cancel(s, _visit(s, w), "Ill"), AuditAction.CANCELED, "appointment", _visit_booked
    ),
    "attachments.add": Noted(_attached, AuditAction.CREATED, "attachment"),
    "attachments.read": Noted(_looked_at, AuditAction.OPENED, "attachment", _attached),
    "patients.get": Noted(lambda s, w: patients.get(s, w.north.patient), AuditAction.OPENED, "patient"),
    "patients.save": Noted(
        lambda s, w: patients.save(s, PatientRecord({"family_name": "New"})), AuditAction.CREATED, "patient"
    ),
    "patient_duplicates.not_same": Noted(
        lambda s, w: patient_duplicates.not_same(s, w.north.patient, w.south.patient), AuditAction.CHANGED, "patient"
    ),
    "summaries.of_referral": Noted(
        lambda s, w: summaries.of_referral(s, w.north.referral), AuditAction.EXPORTED, "summary"
    ),
    "summaries.of_patient": Noted(
        lambda s, w: summaries.of_patient(s, w.north.patient), AuditAction.EXPORTED, "summary"
    ),
    "referrals.get": Noted(lambda s, w: referrals.get(s, w.north.referral), AuditAction.OPENED, "referral"),
    "versions.since": Noted(
        lambda s, w: versions.since(s, w.north.referral, 1), AuditAction.OPENED, "referral"
    ),
    "referrals.new_intake": Noted(
        lambda s, w: referrals.new_intake(s, w.north.patient), AuditAction.OPENED, "patient"
    ),
    "referrals.save": Noted(
        lambda s, w: referrals.save(s, complete("New")), AuditAction.CREATED, "referral"
    ),
    "referrals.sign": Noted(signed, AuditAction.SIGNED, "referral"),
    "signing.hand_over": Noted(
        lambda s, w: signing.hand_over(s, w.north.referral), AuditAction.HANDED_OVER, "referral"
    ),
    "signing.give_back": Noted(
        lambda s, w: signing.give_back(s, w.north.referral, "Ask about the block"), AuditAction.RETURNED, "referral",
        lambda s, w: signing.hand_over(s, w.north.referral),
    ),
    "versions.get": Noted(lambda s, w: versions.get(s, w.north.referral, 1), AuditAction.OPENED, "referral"),
    "referrals.mark_sent": Noted(
        lambda s, w: referrals.mark_sent(s, w.north.referral, "Fax"), AuditAction.SENT, "referral", signed
    ),
    "requests.enter": Noted(
        lambda s, w: requests.enter(s, w.north.referral, ACCEPTED), AuditAction.ANSWERED, "referral", sent
    ),
    "requests.undo": Noted(
        lambda s, w: requests.undo(s, w.north.referral, _entry(s, w), "Another sheet"), AuditAction.ANSWERED,
        "referral", accepted,
    ),
    "requests.tell_patient": Noted(
        lambda s, w: requests.tell_patient(s, w.north.referral, date.today()), AuditAction.CHANGED, "referral", declined
    ),
    "requests.take_back_told": Noted(
        lambda s, w: requests.take_back_told(s, w.north.referral, "Not yet"), AuditAction.CHANGED, "referral", sent
    ),
    "requests.hold": Noted(
        lambda s, w: requests.hold(s, w.north.referral, True, "Travels"), AuditAction.CHANGED, "referral", sent
    ),
    "replies.record": Noted(
        lambda s, w: replies.record(s, w.north.referral, Reply(ReplyKind.ACCEPTED, date.today())),
        AuditAction.ANSWERED, "referral", sent,
    ),
    "replies.undo": Noted(
        lambda s, w: replies.undo(s, w.north.referral, _entry(s, w), "Another sheet"), AuditAction.ANSWERED,
        "referral", accepted,
    ),
    "tasks.begin": Noted(
        lambda s, w: tasks.begin(s, w.north.referral, tasks.Wish("Ask")), AuditAction.CREATED, "task"
    ),
    "tasks.change": Noted(
        lambda s, w: tasks.change(s, _task(s, w), "", None), AuditAction.CHANGED, "task", _asked_to_do
    ),
    "tasks.done": Noted(
        lambda s, w: tasks.done(s, _task(s, w), "Called"), AuditAction.CHANGED, "task", _asked_to_do
    ),
    "owners.plan": Noted(
        lambda s, w: owners.plan(s, w.north.referral, "Call", None), AuditAction.CHANGED, "referral"
    ),
    "owners.put_back": Noted(
        lambda s, w: owners.put_back(s, w.north.referral, owners.get(s, w.north.referral)), AuditAction.CHANGED,
        "referral",
    ),
    "owners.assign": Noted(
        lambda s, w: owners.assign(s, w.north.referral, ""), AuditAction.CHANGED, "referral"
    ),
    "calls.log": Noted(
        lambda s, w: calls.log(s, CallRecord(w.north.patient, "Patient", "Talked")), AuditAction.CREATED, "call"
    ),
    "calls.known": Noted(lambda s, w: calls.known(s, w.north.patient), AuditAction.OPENED, "patient"),
    "near_references.find": Noted(
        lambda s, w: near_references.find(s, w.north.reference[:6]), AuditAction.SEARCHED, "reference_number"
    ),
    "referrals.cancel": Noted(
        lambda s, w: referrals.cancel(s, w.north.referral, "Moved"), AuditAction.CANCELED, "referral"
    ),
    "drafts.save": Noted(
        lambda s, w: drafts.save(s, NEW_DRAFT, complete("New")), AuditAction.DRAFTED, "draft"
    ),
    "drafts.get": Noted(lambda s, w: drafts.get(s, w.north.draft), AuditAction.OPENED, "draft"),
    "drafts.of_referral": Noted(
        lambda s, w: drafts.of_referral(s, w.north.referral), AuditAction.OPENED, "draft", typed
    ),
    "drafts.discard": Noted(lambda s, w: drafts.discard(s, w.north.draft), AuditAction.DISCARDED, "draft"),
    "printing.read": Noted(
        lambda s, w: printing.read(s, w.north.referral, "letter"), AuditAction.OPENED, "letter"
    ),
    "printing.read_patient": Noted(
        lambda s, w: printing.read_patient(s, w.north.patient), AuditAction.OPENED, "patient"
    ),
    "ledger.leave": Noted(lambda s, w: left(s, w), AuditAction.PRINTED, "letter"),
    "ledger.again": Noted(
        lambda s, w: ledger.again(s, _paper(s), Leaving(PaperAct.PRINTED)), AuditAction.PRINTED, "letter", left
    ),
    "ledger.content": Noted(lambda s, w: ledger.content(s, _paper(s)), AuditAction.OPENED, "letter", left),
    "ledger.get": Noted(lambda s, w: ledger.get(s, _paper(s)), AuditAction.OPENED, "letter", left),
    "ledger.find": Noted(
        lambda s, w: ledger.find(s, ledger.Filter(w.north.referral)), AuditAction.SEARCHED, "papers", left
    ),
    "releases.record": Noted(asked, AuditAction.CREATED, "release"),
    "releases.refuse": Noted(
        lambda s, w: releases.refuse(s, _release(s), "Not the patient"), AuditAction.CHANGED, "release", asked
    ),
    "releases.extend": Noted(
        lambda s, w: releases.extend(s, _release(s), "In the archive"), AuditAction.CHANGED, "release", recent
    ),
    "releases.find": Noted(
        lambda s, w: releases.find(s, w.north.patient), AuditAction.SEARCHED, "releases", asked
    ),
    "amendments.record": Noted(asked_to_correct, AuditAction.CREATED, "amendment"),
    "amendments.extend": Noted(
        lambda s, w: amendments.extend(s, _amendment(s), "Away"), AuditAction.CHANGED, "amendment", asked_to_correct
    ),
    "amendments.accept": Noted(
        lambda s, w: amendments.accept(s, _amendment(s)), AuditAction.CHANGED, "amendment", asked_to_correct
    ),
    "amendments.deny": Noted(
        lambda s, w: amendments.deny(s, _amendment(s), DenialBasis.NOT_OURS, "Theirs"), AuditAction.CHANGED,
        "amendment", asked_to_correct,
    ),
    "amendments.disagree": Noted(
        lambda s, w: amendments.disagree(s, _amendment(s), "No"), AuditAction.CHANGED, "amendment", _denied_correction
    ),
    "amendments.tell": Noted(
        lambda s, w: amendments.tell(s, _amendment(s), "A", date.today()), AuditAction.CHANGED, "amendment", _corrected
    ),
    "amendments.find": Noted(
        lambda s, w: amendments.find(s, w.north.patient), AuditAction.SEARCHED, "amendments", asked_to_correct
    ),
    "legal_holds.place": Noted(_hold, AuditAction.CREATED, "legal_hold"),
    "legal_holds.of_patient": Noted(
        lambda s, w: legal_holds.of_patient(s, w.north.patient), AuditAction.SEARCHED, "legal_holds", _hold
    ),
    "disclosures.find": Noted(
        lambda s, w: disclosures.find(s, w.north.patient), AuditAction.OPENED, "disclosures", _misdirected
    ),
    "departures.prospect": Noted(
        lambda s, w: departures.prospect(s, w.north.referral, _another(s)), AuditAction.OPENED, "referral"
    ),
    "departures.fitting": Noted(
        lambda s, w: departures.fitting(s, w.north.referral), AuditAction.SEARCHED, "surgeons"
    ),
    "departures.redirect": Noted(_redirected, AuditAction.CHANGED, "referral"),
    "sending.begin": Noted(
        lambda s, w: sending.begin(s, w.north.referral, SENDING), AuditAction.SENT, "referral", signed
    ),
    "sending.announce": Noted(
        lambda s, w: sending.announce(s, w.north.referral, MAILING), AuditAction.CREATED, "send_attempt", signed
    ),
    "sending.left": Noted(
        lambda s, w: sending.left(s, _attempt(s), MAILING), AuditAction.SENT, "referral", _announced
    ),
    "sending.refused": Noted(
        lambda s, w: sending.refused(s, _attempt(s), "No login"), AuditAction.CHANGED, "send_attempt", _announced
    ),
    "sending.uncertain": Noted(
        lambda s, w: sending.uncertain(s, _attempt(s)), AuditAction.CHANGED, "send_attempt", _announced
    ),
    "incidents.record": Noted(_misdirected, AuditAction.CREATED, "incident"),
    "incidents.get": Noted(
        lambda s, w: incidents.get(s, _incident(s)), AuditAction.OPENED, "incident", _misdirected
    ),
    "reports.make": Noted(
        lambda s, w: reports.make(s, "waits", reports.Wanted(date(2026, 1, 1), date.today())), AuditAction.SEARCHED,
        "report", sent,
    ),
    "reports.exported": Noted(
        lambda s, w: reports.exported(s, ["waits"], "All"), AuditAction.EXPORTED, "report"
    ),
    "fax_numbers.mark_faxed": Noted(faxed, AuditAction.SENT, "referral", signed),
    "fax_numbers.went_to": Noted(_went, AuditAction.OPENED, "fax_list", _used),
    "fax_numbers.left_behind": Noted(_left_behind, AuditAction.OPENED, "fax_list", _used),
    "fax_numbers.confirm": Noted(
        lambda s, w: fax_numbers.confirm(s, "410-555-0103", "0103"), AuditAction.FAX_CONFIRMED, "fax_number"
    ),
    "directory_printing.shown": Noted(
        lambda s, w: directory_printing.shown(s, "card", [_another(s)]), AuditAction.OPENED, "card"
    ),
    "packet_people.addresses": Noted(
        lambda s, w: packet_people.addresses(s, [w.north.reference]), AuditAction.OPENED, "labels"
    ),
}  # fmt: skip
"""Each service that hands out or changes what is known of a patient, or needs a permission of those that do."""

OF_NOBODY = {"own_signature", "surgery_habit", "draft", "fax_number", "card", "report"}
"""Kinds about no patient: a draft of somebody who is not there yet, a number, a surgeon's card, figures of many."""

QUIET = {
    "reports.sees_every_practice": "tells what the person who acts may choose between; reads no record",
    "amendments.statements": "part of a copy of the record, which is noted",
    "retention.years": "a setting of the Center, of nobody",
    "retention.of_patient": "part of a patient who is opened, which is noted",
    "printing.ahead": "drawn in memory while its button is reached; noted by printing.read once it is shown",
    "batches.begin": "what is to be made; each document of it is noted as it leaves",
    "batches.latest": "names and states of a list, as a worklist; each document of it is noted as it leaves",
    "batches.get": "names and states of a list, as a worklist; each document of it is noted as it leaves",
    "batches.take_up": "names and states of a list, as a worklist; each document of it is noted as it leaves",
    "batches.settle": "part of a document that leaves, which is noted",
    "batches.handing_over": "part of documents that leave, which are noted",
    "batches.finish": "part of documents that left, which are noted",
    "packet_people.find": "language, print size and age of a list; each document for them is noted as it leaves",
    "schedules.match": "part of reading a schedule, which is noted once as a search (jobs/visits)",
    "e_signatures.mine": "of the person who acts alone, and sealed",
    "e_signatures.placed": "part of a letter, which is noted",
    "enclosures.are_there": "whether there is a file, alone",
    "index_trend.of_referral": "one event where other referrals were read (test_index_trend); else of the open one",
    "surgery_plans.get": "part of an opened referral",
    "surgery_plans.ready": "whether a surgery packet can be printed, alone",
    "appointments.of_referral": "part of an opened referral",
    "appointments.next_of": "part of an opened referral, or of a packet, which is noted",
    "reminding.by_letter": "part of a reminder that leaves, which is noted",
    "patient_requests.counts": "counts and days alone, nobody's name",
    "visit_acts.is_moved": "part of looking at a visit in the calendar, as its notes",
    "closed_visits.find": "a list of visits, as the calendar's; opening one of it is noted",
    "appointments.between": "a list, as a worklist of some days; opening or printing one of it is noted",
    "appointments.get": "part of an opened referral",
    "appointments.booked": "part of changing a visit, which is noted",
    "appointment_records.find": "read by services that note what they do",
    "appointment_records.one": "read by services that note what they do",
    "visit_rules.time_problem": "part of booking a visit, which is noted",
    "visit_acts.follow_undo": "part of taking back what was recorded, which is noted",
    "visit_acts.ask": "part of booking a visit, which is noted",
    "visit_acts.notes": "part of an opened referral",
    "appointments.on_day": "a list, as a worklist of a day; printing for one of it is noted",
    "attachments.find": "names and sizes of what is enclosed with a referral that is open",
    "patients.find": "a list; the search is noted once it settled (audit.searched)",
    "patients.count": "a number",
    "patients.several": "rows of a list or of an offer; taking one opens the patient",
    "patients.current_id": "an id",
    "patient_duplicates.like": "offered while somebody types; taking one opens the patient",
    "patient_merging.prospect": "leaves an event for each of the two (test_patient_merging)",
    "patient_merging.merge": "leaves an event for each of the two (test_patient_merging)",
    "patient_merging.undo": "leaves an event for each of the two (test_patient_merging)",
    "patient_imports.judge": "a preview of a file; nobody on file is opened by it",
    "patient_imports.write": "leaves one event for the whole file (test_patient_import)",
    "column_matches.remember_of_patients": "of headings alone, nothing of a patient",
    "patient_merging.of_patient": "part of an opened patient",
    "patient_duplicates.apart_from": "ids alone, for what is offered",
    "patient_duplicates.refuse_undecided": "part of a save, which is noted",
    "worklists.find": "a list; the search is noted once it settled (audit.searched)",
    "worklists.count": "a number",
    "worklists.queues": "numbers",
    "worklists.aged": "days alone, nothing of a patient",
    "search.open_referrals": "a list; the search is noted once it settled (audit.searched)",
    "search.anything": "a list; the search is noted once it settled (audit.searched)",
    "departures.affected": "a list, as a worklist of the surgeon's; opening or redirecting one of it is noted",
    "drafts.find": "a list",
    "referrals.history": "part of an opened referral",
    "versions.asked": "part of the sheets that note themselves",
    "versions.find": "part of an opened referral, without its answers",
    "versions.seen": "part of an opened referral",
    "versions.restore": "the version is noted as opened, the draft as written",
    "referrals.safety_of": "part of an opened patient",
    "carried_over.latest": "part of an opened patient",
    "ledger.made": "what is made was noted when its referral was read for it",
    "ledger.count": "a number",
    "ledger.as_sent": "which paper it was, part of making the letter of a referral that is noted as opened",
    "ledger.printed_for": "when packets were printed, in a list",
    "releases.give": "leaves an event for each document and one for the request (test_releases)",
    "printing.is_minor": "whether a packet for adults fits, alone",
    "printing.wishes": "language and print size alone",
    "sending.confirm": "leaves an event for the attempt and one for the step of the request (test_sending)",
    "sending.fail": "leaves an event for the attempt and for each thing that follows from it (test_sending)",
    "sending.reopen": "leaves an event for the attempt and one for the step of the request (test_sending)",
    "sending.find": "part of an opened referral",
    "sending.unanswered": "reference numbers alone; opening one is noted",
    "sending.get": "part of an opened referral",
    "incidents.count": "a number",
    "incidents.find": "one event for the list, of no single patient; opening one of it is noted",
    "mail_server.sender": "an address of the office, nothing of a patient",
    "mail_server.access": "part of sending, which is noted",
    "fax_numbers.distrust": "part of recording that a fax came to nothing, which is noted",
    "fax_numbers.target": "a surgeon's number alone, part of an opened referral or of its preview",
    "fax_numbers.needs_confirmation": "of a number alone, nothing of a patient",
    "fax_numbers.read_back": "part of an act that is noted: marking as sent, verifying an entry",
    "fax_numbers.used": "part of printing or sending, which is noted",
    "fax_numbers.for_fax": "part of printing or sending, which is noted",
    "requests.current": "part of an opened referral",
    "requests.find": "part of an opened referral",
    "requests.steps": "part of an opened referral",
    "requests.ask": "part of entering something, which is noted",
    "requests.expect_visit": "part of booking a visit, which is noted",
    "requests.owe_information": "part of recording a reply, which is noted",
    "attachments.keep": "part of recording what it came with, which is noted",
    "tasks.find": "a worklist: what is to be done, with the names of a list",
    "tasks.of_referral": "part of an opened referral",
    "tasks.asked_fields": "part of an opened referral",
    "plans_of_many.assign": "each referral that is given to somebody is noted (owners.assign)",
    "plans_of_many.follow_up": "each referral that is planned is noted (owners.plan)",
    "plans_of_many.put_back": "each referral that is planned is noted (owners.put_back)",
    "morning_sheets.read": "leaves one event for the whole sheet (test_morning_sheets)",
    "waiting_lists.counts": "numbers",
    "waiting_lists.count": "a number",
    "waiting_lists.oldest": "a day",
    "demonstration.age": "moves invented referrals, in a demonstration alone",
    "waiting_lists.find": "a list; what is opened from it is noted",
    "waiting_lists.unsaved": "numbers",
    "worklist_rules.find": "days alone, nothing of a patient",
    "owners.get": "part of an opened referral",
    "owners.people": "people who work here, nothing of a patient",
    "owners.named": "a person who works here, nothing of a patient",
    "calls.of_patient": "part of an opened patient",
    "calls.of_referral": "part of an opened referral",
    "whereabouts.find": "what a list shows, as a worklist",
    "whereabouts.of_patients": "what the search box shows, which is noted once it settled",
    "referral_rows.row": "read by services that note what they do",
    "referral_rows.current": "read by services that note what they do",
}
"""Services on patients' records that note nothing themselves, and why."""

QUIET_CALLS: dict[str, Callable[[Session, Offices], Any]] = {
    "amendments.statements": lambda s, w: amendments.statements(s, w.north.patient),
    "retention.years": lambda s, w: retention.years(s),
    "retention.of_patient": lambda s, w: retention.of_patient(s, w.north.patient),
    "requests.current": lambda s, w: requests.current(s, w.north.referral),
    "requests.find": lambda s, w: requests.find(s, w.north.referral),
    "tasks.find": lambda s, w: tasks.find(s),
    "tasks.of_referral": lambda s, w: tasks.of_referral(s, w.north.referral),
    "tasks.asked_fields": lambda s, w: tasks.asked_fields(s, w.north.referral),
    "owners.get": lambda s, w: owners.get(s, w.north.referral),
    "owners.people": lambda s, w: owners.people(s),
    "owners.named": lambda s, w: owners.named(s, ""),
    "calls.of_patient": lambda s, w: calls.of_patient(s, w.north.patient),
    "calls.of_referral": lambda s, w: calls.of_referral(s, w.north.referral),
    "whereabouts.find": lambda s, w: whereabouts.find(s, [w.north.referral]),
    "whereabouts.of_patients": lambda s, w: whereabouts.of_patients(s, [w.north.patient]),
    "printing.ahead": lambda s, w: printing.ahead(s, w.north.reference),
    "batches.begin": lambda s, w: _batch(s, w),
    "batches.latest": lambda s, w: (_batch(s, w), batches.latest(s)),
    "batches.get": lambda s, w: batches.get(s, _batch(s, w)),
    "batches.take_up": lambda s, w: batches.take_up(s, _batch(s, w)),
    "packet_people.find": lambda s, w: packet_people.find(s, [w.north.reference]),
    "schedules.match": lambda s, w: schedules.match(s, ScheduleRow(2, mrn="NOBODY-1", name="Nobody")),
    "e_signatures.mine": lambda s, w: e_signatures.mine(s),
    "e_signatures.placed": lambda s, w: e_signatures.placed(s, w.north.referral, 1),
    "enclosures.are_there": lambda s, w: enclosures.are_there(s, w.north.referral),
    "index_trend.of_referral": lambda s, w: index_trend.of_referral(s, w.north.referral),
    "surgery_plans.get": lambda s, w: surgery_plans.get(s, w.north.referral),
    "surgery_plans.ready": lambda s, w: surgery_plans.ready(s, w.north.referral),
    "sending.find": lambda s, w: sending.find(s, w.north.referral),
    "sending.unanswered": lambda s, w: sending.unanswered(s),
    "incidents.count": lambda s, w: incidents.count(s),
    "appointments.of_referral": lambda s, w: appointments.of_referral(s, w.north.referral),
    "appointments.next_of": lambda s, w: appointments.next_of(s, w.north.referral, AppointmentKind.CONSULT),
    "patient_requests.counts": lambda s, w: patient_requests.counts(s),
    "closed_visits.find": lambda s, w: closed_visits.find(s, closed_days.find(s, date(2027, 3, 27))),
    "appointments.between": lambda s, w: appointments.between(s, date(2027, 3, 27), date(2027, 3, 28)),
    "appointments.on_day": lambda s, w: appointments.on_day(s, date(2027, 3, 27)),
    "attachments.find": lambda s, w: attachments.find(s, Owner(w.north.draft)),
    "patients.find": lambda s, w: patients.find(s, "North"),
    "patients.several": lambda s, w: patients.several(s, [w.north.patient]),
    "patients.current_id": lambda s, w: patients.current_id(s, w.north.patient),
    "patient_duplicates.like": lambda s, w: patient_duplicates.like(s, complete("Northfield")["patient"]),
    "patient_duplicates.apart_from": lambda s, w: patient_duplicates.apart_from(s, w.north.patient),
    "patient_duplicates.refuse_undecided": lambda s, w: patient_duplicates.refuse_undecided(
        s, {"family_name": "Nobody"}
    ),
    "drafts.find": lambda s, w: drafts.find(s),
    "referrals.history": lambda s, w: referrals.history(s, w.north.referral),
    "versions.asked": lambda s, w: versions.asked(s, w.north.referral),
    "versions.find": lambda s, w: versions.find(s, w.north.referral),
    "versions.seen": lambda s, w: versions.seen(s, w.north.referral),
    "referrals.safety_of": lambda s, w: referrals.safety_of(s, w.north.referral),
    "carried_over.latest": lambda s, w: carried_over.latest(s, w.north.patient),
    "ledger.made": lambda s, w: ledger.made(s, Document(PaperKind.LETTER, w.north.referral, 1), b"%PDF"),
    "ledger.as_sent": lambda s, w: ledger.as_sent(s, w.north.referral, 1, None),
    "ledger.printed_for": lambda s, w: ledger.printed_for(s, [w.north.referral], PaperKind.LETTER),
    "printing.wishes": lambda s, w: printing.wishes(s, w.north.referral),
    "departures.affected": _affected,
    "fax_numbers.target": _target,
    "fax_numbers.needs_confirmation": lambda s, w: fax_numbers.needs_confirmation(s, _target(s, w).number),
    "fax_numbers.read_back": lambda s, w: fax_numbers.read_back(s, "410-555-0103", "0103"),
    "fax_numbers.used": _used,
    "fax_numbers.for_fax": lambda s, w: fax_numbers.for_fax(
        s, w.north.referral, "Letter printed to be faxed", _target(s, w).number[-4:]
    ),
}
