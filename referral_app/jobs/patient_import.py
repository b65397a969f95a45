"""Bringing patients in from a list of the practice system or a C-CDA file: looked at, previewed, then written."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from referral_app.choices import Permission
from referral_app.database import Database
from referral_app.exchange import ccda, patient_table, tables
from referral_app.exchange.ccda import ChartFile, Offered
from referral_app.exchange.patient_columns import HEADINGS
from referral_app.exchange.sources import BadFile, Seen
from referral_app.jobs.file_look import FileLook, ask_unchanged, said
from referral_app.services import audit, column_matches, drafts, patient_imports, patients, referrals
from referral_app.services.errors import InvalidInput
from referral_app.services.patient_import_records import (
    Chosen,
    JudgedPatient,
    PatientAct,
    PatientOutcome,
    ToldPatient,
)
from referral_app.services.permissions import actor, ask

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]

CHART = "chart"
"""The kind of a file with the chart of one patient."""

MOST = 20_000
"""Rows of a list: a practice has some thousand patients, and each is held against those on file."""
LARGEST = 50_000_000
AT_ONCE = 50
FIELDS, mapping_problem = HEADINGS.fields, HEADINGS.problem
"""The fields that a column can be matched to, and what a matching lacks."""


@dataclass(frozen=True)
class LookedPatients(FileLook):
    """The first look at a file with patients: a table, or the `chart` of one."""

    chart: ChartFile | None = None


@dataclass(frozen=True)
class PatientPreview:
    """What a file means, row by row; nothing is written yet."""

    rows: tuple[JudgedPatient, ...] = ()
    notes: tuple[str, ...] = ()
    canceled: bool = False

    def of(self, outcome: PatientOutcome) -> list[JudgedPatient]:
        """Return the rows of one outcome."""
        return [one for one in self.rows if one.outcome is outcome]

    @property
    def words(self) -> str:
        """The counts in words."""
        return ", ".join(f"{len(self.of(one)):,} {one.label.lower()}" for one in PatientOutcome)


@dataclass(frozen=True)
class ImportedPatients:
    """What was done; `sentences` say what could not be."""

    added: int = 0
    filled: int = 0
    left_out: int = 0
    sentences: tuple[str, ...] = ()
    canceled: bool = False
    ids: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The counts in words."""
        return f"{self.added:,} added, {self.filled:,} filled in, {self.left_out:,} left out"


def look(db: Database, path: Path) -> LookedPatients:
    """Return what a file holds; raises InvalidInput with one sentence, Denied."""
    with db.read() as session:
        ask(session, Permission.WRITE, "patients.import_file")
    with said():
        seen = Seen.of(path)
        if ccda.looks_like(path):
            chart = ccda.read(path)
            return LookedPatients(path, CHART, notes=chart.notes, seen=seen, chart=chart)
        if seen.size > LARGEST:
            raise BadFile(
                f"The file {path.name} is {seen.size / 1e6:,.0f} MB; a list of patients is far smaller."
            )
        with tables.opened(path) as table, db.read() as session:
            return replace(LookedPatients.of_table(session, path, table, HEADINGS), seen=seen)


def preview(
    db: Database, looked: LookedPatients, mapping: Mapping[str, str], progress: Progress, canceled: Canceled
) -> PatientPreview:
    """Return what a file means for the patients on file, and remember the matching; raises InvalidInput."""
    if looked.chart is not None:
        one = _judged(db, looked.chart.told)
        _note(db, looked, [one])
        return PatientPreview((one,), looked.notes)
    if problem := HEADINGS.problem(mapping):
        raise InvalidInput({"": problem})
    with db.begin() as session:
        column_matches.remember_of_patients(session, HEADINGS.signature(looked.headings), mapping)
    with said():
        told, refused, notes = _read(looked, mapping, canceled)
    rows: list[JudgedPatient] = list(refused)
    met: dict[tuple[str, Any, Any], int] = {}
    for number, one in enumerate(told):
        if canceled():
            return PatientPreview(canceled=True)
        rows.append(_again(one, met) or _judged(db, one))
        progress(number + 1, len(told))
    _note(db, looked, rows)
    return PatientPreview(tuple(sorted(rows, key=lambda one: one.row)), notes)


def run(
    db: Database,
    looked: LookedPatients,
    found: PatientPreview,
    chosen: Chosen,
    progress: Progress,
    canceled: Canceled,
) -> ImportedPatients:
    """Write what was chosen for each row, fifty at a time; what is written when somebody stops it stays.

    Raises InvalidInput before patients can be stored, Denied.
    """
    wanted = [(one, chosen.get(one.row, one.suggested)) for one in found.rows]
    active = [(one, act) for one, act in wanted if act is not PatientAct.SKIP and act in one.acts]
    source = looked.path.suffix.lstrip(".").lower() or "file"
    done: list[patient_imports.Written] = []
    is_stopped = False
    for at in range(0, len(active), AT_ONCE):
        if is_stopped := canceled():
            break
        with db.begin() as session:
            done += patient_imports.write(session, active[at : at + AT_ONCE], source)
        progress(min(at + AT_ONCE, len(active)), len(active))
    good = [one for one in done if not one.sentence]
    added, filled = (sum(one.act is act for one in good) for act in (PatientAct.ADD, PatientAct.FILL))
    ids = tuple(one.patient_id for one in good)
    sentences = tuple(one.sentence for one in done if one.sentence)
    return ImportedPatients(added, filled, len(found.rows) - added - filled, sentences, is_stopped, ids)


def start_referral(db: Database, patient_id: str, offered: Sequence[Offered]) -> str:
    """Write a draft of a referral for a patient with what was confirmed of a chart, and return the draft's id."""
    draft_id = str(uuid.uuid4())
    with db.begin() as session:
        intake = referrals.new_intake(session, patient_id)
        for group in ("allergies", "medications"):
            if rows := [dict(one.value) for one in offered if one.group == group]:
                intake.setdefault("safety", {})[group] = rows
        if codes := [one.value for one in offered if one.group == "problems"]:
            intake.setdefault("diagnosis", {})["icd10cm"] = list(dict.fromkeys(codes))
        intake.setdefault("signature", {})["prepared_by"] = actor(session).name
        found = patients.several(session, [patient_id])
        began = found[0].version if found else None
        drafts.save(session, draft_id, intake, patient_id=patient_id, based_on=began)
    return draft_id


def _read(
    looked: LookedPatients, mapping: Mapping[str, str], canceled: Canceled
) -> tuple[list[ToldPatient], list[JudgedPatient], tuple[str, ...]]:
    """Return the rows that can be read and those that cannot; raises BadFile."""
    ask_unchanged(looked.path, looked.seen)
    told, refused = list[ToldPatient](), list[JudgedPatient]()
    with tables.opened(looked.path) as table:
        reader = patient_table.Reader(table.headings, mapping)
        for number, cells in table.rows:
            if number > MOST + 1:
                raise BadFile(
                    f"The file {looked.path.name} has more than {MOST:,} rows. Cut it into several files."
                )
            if number % 1000 == 0 and canceled():
                break
            if not any(cell.strip() for cell in cells):
                continue
            one, sentence = reader.read(number, cells)
            if sentence:
                refused.append(JudgedPatient(one, PatientOutcome.REFUSED, sentence=sentence))
            else:
                told.append(one)
        for number, sentence in table.refused.shown:
            refused.append(JudgedPatient(ToldPatient(number, {}), PatientOutcome.REFUSED, sentence=sentence))
        return told, refused, tuple(table.notes)


def _again(one: ToldPatient, met: dict[tuple[str, Any, Any], int]) -> JudgedPatient | None:
    """Return that a row tells of a patient of an earlier row, None where it does not."""
    key = (one.name.casefold(), one.values.get("date_of_birth"), one.values.get("mrn"))
    if key not in met:
        met[key] = one.row
        return None
    sentence = f"Row {one.row}: the same patient is in row {met[key]:,} already."
    return JudgedPatient(one, PatientOutcome.REFUSED, sentence=sentence)


def _note(db: Database, looked: LookedPatients, rows: Sequence[JudgedPatient]) -> None:
    """Note that a file was held against the patients on file, whose differing answers the preview shows."""
    with db.read() as session:
        audit.searched(
            session, "patients", f"a {looked.kind} to import", sum(bool(one.likes) for one in rows)
        )


def _judged(db: Database, one: ToldPatient) -> JudgedPatient:
    with db.read() as session:
        return patient_imports.judge(session, one)
