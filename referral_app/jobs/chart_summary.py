"""A referral, or a patient, as plain text for the chart: everything as it was answered, nothing read as markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from referral_app.clinical import dates, phones
from referral_app.clinical.check import Check
from referral_app.clinical.fields import Field, Kind, answered, applies, as_dict, as_list, given, unavailable
from referral_app.clinical.intake import INTAKE, PATIENT
from referral_app.database import Database
from referral_app.documents import values
from referral_app.jobs import directory_names, summary_parts
from referral_app.jobs.directory_names import Names
from referral_app.services import patients, referrals, summaries, worklists
from referral_app.services.patients import PatientRecord
from referral_app.services.referral_records import Filter, ReferralRecord, ReferralRow

_APART = frozenset({"patient", "coverage", "referrer", "red_flags", "attachments", "signature"})
"""Groups that are said in words of their own, or stand in the chart already."""
PRIVATE = "Private answers that were not ticked for the letter are left out."
_SHOWN = 20


def of_referral(db: Database, name: str, today: date | None = None) -> str:
    """Return the summary of a referral and note that it was copied; raises InvalidInput, NotFound, Denied."""
    with db.read() as session:
        record = summaries.of_referral(session, name)
        check = referrals.checked(session, record.intake, today)
        plain = referrals.checked(session, without_private(record.intake, record.marks), today)
        names = directory_names.names(session, record.intake)
    check = replace(check, review=tuple(line for line in check.review if line in plain.review))
    return "\n".join(_referral_lines(record, check, names, today or date.today())) + "\n"


def without_private(intake: Mapping[str, Any], marks: frozenset[str]) -> dict[str, Any]:
    """Return the answers without the private ones that are not ticked; what the check says of those is private too."""
    kept = dict(intake)
    for group in INTAKE:
        hidden = {one.name for one in group.fields if one.private and f"{group.name}.{one.name}" not in marks}
        if hidden and isinstance(kept.get(group.name), dict):
            answers = as_dict(kept[group.name])
            kept[group.name] = {name: value for name, value in answers.items() if name not in hidden}
    return kept


def of_patient(db: Database, patient_id: str, today: date | None = None) -> str:
    """Return the summary of a patient with their referrals and note that it was copied; raises NotFound, Denied."""
    with db.read() as session:
        patient = summaries.of_patient(session, patient_id)
        found = worklists.find(session, Filter(patient_id=patient.id, sort="created"), _SHOWN)
    return "\n".join(_patient_lines(patient, found, today or date.today())) + "\n"


def _patient_lines(patient: PatientRecord, found: list[ReferralRow], today: date) -> Iterator[str]:
    yield "PATIENT SUMMARY"
    yield from _identity(patient.values, patient.coverage, today)
    yield ""
    yield "REFERRALS"
    for one in found:
        yield f"{one.reference}: {one.state_words}, {one.surgeon or 'no surgeon chosen yet'}, {_day(one.updated)}"
    if not found:
        yield "None yet"


def _referral_lines(record: ReferralRecord, check: Check, names: Names, today: date) -> Iterator[str]:
    intake = record.intake
    yield f"REFERRAL SUMMARY {record.reference}"
    yield f"State: {record.state_words}, version {record.number}, saved {_day(record.updated)}"
    yield from _identity(as_dict(intake.get("patient")), as_list(intake.get("coverage")), today)
    yield f"To: {record.surgeon or 'no surgeon chosen yet'}"
    sender = [
        values.plain(given(intake, f"referrer.{name}")) for name in ("name", "practice", "callback_person")
    ]
    yield f"From: {', '.join(part for part in sender if part) or 'not given'}"
    whole = {**intake, "computed": check.computed}
    left_out = False
    for group in INTAKE:
        if group.name in _APART or not applies(group, whole, whole):
            continue
        lines, private = _group_lines(group, intake.get(group.name), whole, record.marks, names)
        left_out = left_out or private
        if lines:
            yield ""
            yield group.label.upper()
            yield from lines
    yield from summary_parts.red_flags(intake, check)
    yield from summary_parts.attachments(intake)
    yield from _checked(check)
    yield from _signed(record, intake)
    if left_out:
        yield PRIVATE


def _identity(patient: Mapping[str, Any], coverage: list[Any], today: date) -> Iterator[str]:
    """Yield who the patient is: every answered field of the group, and who pays."""
    yield f"Patient: {patients.spoken_name(dict(patient)) or 'no name yet'}"
    born = dates.stored(patient.get("date_of_birth"))
    if born:
        yield f"Date of birth: {dates.say(born)} ({dates.age(born, today)} years)"
    for field in PATIENT.fields:
        said = field.name in ("family_name", "given_name", "middle_name", "suffix") or (
            field.name == "date_of_birth" and born
        )
        if not said and (words := _said(field, patient.get(field.name))):
            yield f"{field.label}: {words}"
    cover = next(group for group in INTAKE if group.name == "coverage")
    for row in coverage:
        yield f"Coverage: {_row(cover, as_dict(row))}"


def _group_lines(
    group: Field, value: Any, whole: Mapping[str, Any], marks: frozenset[str], names: Names
) -> tuple[list[str], bool]:
    """Return the lines of a group, and whether a private answer was left out of it."""
    if group.kind is Kind.ROWS or unavailable(value) is not None or not isinstance(value, dict):
        return _table(group, value), False
    answers, lines, left_out = as_dict(value), list[str](), False
    for field in group.fields:
        answer = answers.get(field.name)
        if not answered(answer) or not applies(field, whole, answers):
            continue
        if field.private and f"{group.name}.{field.name}" not in marks:
            left_out = True
        elif field.kind is Kind.ROWS:
            lines += [f"{field.label}: {line}" for line in _table(field, answer)]
        elif words := directory_names.say(field, answer, names) or _said(field, answer):
            lines.append(f"{field.label}: {words}")
    return lines, left_out


def _table(field: Field, value: Any) -> list[str]:
    if isinstance(value, list):
        return [_row(field, as_dict(one)) for one in as_list(value)]
    words = _said(field, value)
    return [words] if words else []


def _row(field: Field, row: Mapping[str, Any]) -> str:
    parts = ((child.label, _said(child, row.get(child.name))) for child in field.fields)
    return "; ".join(f"{label}: {words}" for label, words in parts if words)


def _said(field: Field, value: Any) -> str:
    """Return an answer in words, as it was typed, on one line."""
    words = values.say(field, value)
    if field.kind is Kind.PHONE and isinstance(value, str):
        words = phones.say(value)
    return " / ".join(line.strip() for line in words.splitlines() if line.strip())


def _checked(check: Check) -> Iterator[str]:
    yield ""
    yield "GAPS AND POINTS TO REVIEW"
    if not (check.missing or check.review):
        yield "None"
    for line in (*check.missing, *check.review):
        yield line.text


def _signed(record: ReferralRecord, intake: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    prepared = values.plain(given(intake, "signature.prepared_by"))
    yield f"Prepared by: {prepared or 'not given'}"
    day = f" on {_day(record.signed_at)}" if record.signed_at else ""
    yield f"Signed by: {record.signed_by + day if record.signed_by else 'not signed'}"


def _day(moment: Any) -> str:
    return dates.say(moment.astimezone().date())
