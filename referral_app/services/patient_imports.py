"""Patients of a file held against those on file, and written as a person chose; nothing is overwritten silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from referral_app.choices import LANGUAGES, AuditAction, Permission
from referral_app.clinical import dates, validation
from referral_app.clinical.differences import same
from referral_app.clinical.fields import Kind, answered, as_dict
from referral_app.clinical.intake import PATIENT
from referral_app.services import events, patient_duplicates, patients
from referral_app.services.errors import Conflict, InvalidInput, NotFound
from referral_app.services.patient_import_records import (
    JudgedPatient,
    PatientAct,
    PatientOutcome,
    ToldPatient,
)
from referral_app.services.patients import PatientRecord
from referral_app.services.permissions import ask_patients, needs

COVERAGE = "Coverage"


@dataclass(frozen=True)
class Written:
    """What became of one patient of a file; `sentence` says why nothing could be done."""

    row: int
    act: PatientAct
    patient_id: str = ""
    sentence: str = ""


@needs(Permission.WRITE)
def judge(session: Session, told: ToldPatient) -> JudgedPatient:
    """Return what a patient of a file means: new, the same as one on file, maybe the same, or not to be read.

    The same is only who has the same name, date of birth and phone or record number.
    """
    told = _without_wrong(told)
    if not told.values.get("family_name"):
        return JudgedPatient(told, PatientOutcome.REFUSED, sentence="There is no last name that can be read.")
    likes = tuple(patient_duplicates.like(session, told.values, limit=3))
    if not likes:
        return JudgedPatient(told, PatientOutcome.NEW)
    one = likes[0]
    fills, differs = compared(one.patient, told)
    outcome = PatientOutcome.SAME if one.sure else PatientOutcome.MAYBE
    return JudgedPatient(told, outcome, likes, tuple(fills), tuple(differs))


@needs(Permission.WRITE)
def write(session: Session, chosen: Sequence[tuple[JudgedPatient, PatientAct]], source: str) -> list[Written]:
    """Add patients and fill in what is empty, as it was chosen; the audit notes one event for all.

    Somebody may have entered one meanwhile: who is new must still be new. Raises InvalidInput before patients can be
    stored.
    """
    ask_patients(session)
    done: list[Written] = []
    with events.as_one(session, AuditAction.IMPORTED, "patients") as details:
        for judged, act in chosen:
            done.append(_write_one(session, judged, act))
        details |= {
            "source": source,
            "added": sum(one.act is PatientAct.ADD and not one.sentence for one in done),
            "filled": sum(one.act is PatientAct.FILL and not one.sentence for one in done),
            "ids": [one.patient_id for one in done if one.patient_id],
        }
    return done


def _write_one(session: Session, judged: JudgedPatient, act: PatientAct) -> Written:
    told, row = judged.told, judged.row
    if act not in judged.acts or act is PatientAct.SKIP:
        return Written(row, PatientAct.SKIP)
    try:
        if act is PatientAct.ADD:
            return _add(session, judged)
        assert judged.like is not None
        patient = patients.get(session, judged.like.id)
        whole = filled(patient, told)
        if whole == patient and not patient.merged_into_id:
            return Written(row, PatientAct.SKIP, patient.id)
        return Written(row, act, patients.save(session, whole).id)
    except (InvalidInput, NotFound, Conflict) as error:
        return Written(row, act, sentence=f"Row {row}: {error}")


def _add(session: Session, judged: JudgedPatient) -> Written:
    """Add a patient; who looks like somebody that was not shown to the person who chose is left out and said."""
    told, row = judged.told, judged.row
    shown = {one.patient.id for one in judged.likes}
    others = [one for one in patient_duplicates.like(session, told.values) if one.patient.id not in shown]
    if others:
        why = (
            f"Row {row}: {told.name} may be {others[0].patient.name}, who came in meanwhile. {others[0].why}."
        )
        return Written(row, PatientAct.ADD, sentence=why)
    saved = patients.save(session, PatientRecord(dict(told.values), [dict(one) for one in told.coverage]))
    for one in shown:
        patient_duplicates.not_same(session, saved.id, one)
    return Written(row, PatientAct.ADD, saved.id)


def filled(patient: PatientRecord, told: ToldPatient) -> PatientRecord:
    """Return a patient with what a file tells where nothing stands yet; what is there stays."""
    values = dict(patient.values)
    for name, value in told.values.items():
        if not answered(values.get(name)):
            values[name] = value
        elif isinstance(value, dict) and isinstance(values[name], dict):
            inner = as_dict(values[name])
            if not _is_elsewhere(name, inner, as_dict(value)):
                values[name] = {**as_dict(value), **{key: one for key, one in inner.items() if answered(one)}}
    coverage = patient.coverage or [dict(one) for one in told.coverage]
    return replace(patient, values=values, coverage=coverage)


def compared(
    patient: PatientRecord, told: ToldPatient
) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """Return by label what would be filled in, and what both say differently: label, on file, in the file."""
    after = filled(patient, told)
    fills, differs = list[tuple[str, str]](), list[tuple[str, str, str]]()
    for name, value in told.values.items():
        label = PATIENT.by_name[name].label if name in PATIENT.by_name else name
        old, new = patient.values.get(name), after.values.get(name)
        if not same(old, new):
            fills.append((label, said(value, name)))
        elif not same(old, value) and not _is_within(value, old):
            differs.append((label, said(old, name), said(value, name)))
    if told.coverage and not patient.coverage:
        fills.append((COVERAGE, said(told.coverage[0])))
    elif told.coverage and not any(_is_within(told.coverage[0], one) for one in patient.coverage):
        differs.append((COVERAGE, said(patient.coverage[0]), said(told.coverage[0])))
    return fills, differs


def _is_elsewhere(name: str, inner: Mapping[str, Any], value: Mapping[str, Any]) -> bool:
    """Tell whether an address or person is another one: then its parts must not be mixed."""
    key = "line1" if name == "address" else "name"
    return answered(inner.get(key)) and answered(value.get(key)) and not same(inner[key], value[key])


def _is_within(value: Any, old: Any) -> bool:
    """Tell whether what a file says stands on file already, case and spaces apart."""
    if isinstance(value, dict) and isinstance(old, dict):
        return all(_is_within(one, as_dict(old).get(key)) for key, one in as_dict(value).items())
    return _plain(value) == _plain(old)


def _plain(value: Any) -> str:
    return "".join(mark for mark in str(value).casefold() if mark.isalnum())


def said(value: Any, name: str = "") -> str:
    """Return a value in a few words, for a preview; `name` is its field of the patient group."""
    field = PATIENT.by_name.get(name)
    if isinstance(value, dict):
        return ", ".join(said(one) for one in as_dict(value).values() if answered(one))
    if isinstance(value, list):
        return ", ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field is not None and field.kind is Kind.LANGUAGE:
        return LANGUAGES.get(str(value), str(value))
    if field is not None and field.choices is not None:
        return next((str(one.label) for one in field.choices if one == value), str(value))
    day = dates.stored(value)
    return dates.say(day) if day else str(value or "")


def _without_wrong(told: ToldPatient) -> ToldPatient:
    """Return what a file tells without answers that the intake would refuse; they are named."""
    wrong = validation.validate({"patient": told.values, "coverage": told.coverage})
    if not wrong:
        return told
    values, coverage, left_out = dict(told.values), list(told.coverage), list(told.left_out)
    for path, sentence in wrong.items():
        group, _, rest = path.partition(".")
        name = rest.partition(".")[0].partition("[")[0]
        label = PATIENT.by_name[name].label if group == "patient" and name in PATIENT.by_name else COVERAGE
        left_out.append(f"Row {told.row}, {label}: {sentence}")
        if group == "patient":
            values.pop(name, None)
        else:
            coverage = []
    return replace(told, values=values, coverage=coverage, left_out=tuple(left_out))
