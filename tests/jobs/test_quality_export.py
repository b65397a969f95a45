"""The export for quality work: nothing in it identifies anybody, it is noted, and for administrators alone."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from referral_app.choices import StaffRole
from referral_app.exchange import deidentified
from referral_app.jobs import quality_export
from referral_app.models.patient import Patient
from referral_app.models.referral import Referral, ReferralVersion
from referral_app.services import referrals
from referral_app.services.errors import Denied, InvalidInput
from referral_app.services.report_records import Wanted
from tests.acting import as_role
from tests.services.conftest import Offices, offices, offices_store

__all__ = ["offices", "offices_store"]

EVER = Wanted(date(2000, 1, 1), date(2100, 1, 1))
IDENTIFYING = (
    "family_name", "given_name", "middle_name", "preferred_name", "name_own_script", "date_of_birth", "mrn", "phone",
    "phone_alt", "email", "line1", "city", "zip", "member_id", "group", "claim_number", "name", "npi", "payer", "plan",
    "callback_phone", "callback_person", "practice", "fax", "question", "note", "patient_goal", "expectations",
)  # fmt: skip


def identifying(values: Any) -> set[str]:
    """Return the texts under identifying names, at any depth."""
    found: set[str] = set()
    if isinstance(values, dict):
        for name, value in cast(dict[str, Any], values).items():
            if name in IDENTIFYING and isinstance(value, str):
                found.add(value)
            found |= identifying(value)
    elif isinstance(values, list):
        for value in cast(list[Any], values):
            found |= identifying(value)
    return {one for one in found if len(one) > 3}


@pytest.fixture
def sent(offices: Offices) -> Offices:
    with offices.db.begin() as session:
        for office in (offices.north, offices.south):
            referrals.sign(session, office.referral, "Rosa Ortiz, MD")
            referrals.mark_sent(session, office.referral, "Mail")
    return offices


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def known(world: Offices) -> set[str]:
    """Return every identifying value that the store has of the patients and their referrals."""
    with world.db.read() as session:
        found = {
            value
            for intake in session.scalars(select(ReferralVersion.intake))
            for value in identifying(intake)
        }
        for one in session.scalars(select(Patient)):
            found |= identifying(one.details) | {one.id, one.family_name, one.given_name, one.mrn}
        for row in session.scalars(select(Referral)):
            found |= {
                row.id,
                row.reference,
                row.patient_name,
                row.surgeon_name,
                row.date_of_birth,
                row.surgeon_id or "",
            }
    return {one for one in found if len(one) > 3}


def test_no_identifying_value_of_the_store_is_in_the_files(sent: Offices, tmp_path: Path) -> None:
    for name in ("quality.csv", "quality.xlsx"):
        taken = quality_export.export(sent.db, tmp_path / name, EVER)
        assert taken is not None
        assert taken.count == 2
    values = known(sent)
    assert len(values) > 20
    whole = "\n".join(
        (tmp_path / name).read_text("utf-8-sig") for name in ("quality.csv", "quality-summary.csv")
    )
    for sheet in load_workbook(tmp_path / "quality.xlsx"):
        whole += "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert {one for one in values if one in whole} == set()


def test_a_row_says_age_area_and_status_and_the_summary_hides_two_patients(
    sent: Offices, tmp_path: Path
) -> None:
    quality_export.export(sent.db, tmp_path / "quality.csv", EVER)
    rows = read(tmp_path / "quality.csv")
    assert [one["status"] for one in rows] == ["requested"] * 2
    assert all(len(one["zip3"]) in (0, 3) and one["age"].isdecimal() for one in rows)
    assert rows[0]["key"] != rows[1]["key"]
    summary = read(tmp_path / "quality-summary.csv")
    assert {one["requests"] for one in summary} == {deidentified.LEFT_OUT}


def test_the_export_is_noted_with_its_number(sent: Offices, tmp_path: Path) -> None:
    quality_export.export(sent.db, tmp_path / "quality.csv", EVER)
    with sent.db.read() as session:
        query = "SELECT action, details FROM audit_event WHERE kind = 'quality'"
        ((action, details),) = session.execute(text(query)).all()
    assert action == "exported"
    assert json.loads(details)["count"] == 2


def test_whoever_is_no_administrator_is_refused_and_nothing_is_written(sent: Offices, tmp_path: Path) -> None:
    as_role(sent.db, StaffRole.SCHEDULER)
    with pytest.raises(Denied):
        quality_export.export(sent.db, tmp_path / "quality.csv", EVER)
    assert list(tmp_path.glob("quality*")) == []


def test_a_canceled_export_leaves_no_file(sent: Offices, tmp_path: Path) -> None:
    assert quality_export.export(sent.db, tmp_path / "quality.csv", EVER, canceled=lambda: True) is None
    assert list(tmp_path.glob("quality*")) == []


def test_a_file_of_another_kind_is_refused_before_anything_is_noted_or_written(
    sent: Offices, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match=r"ends with .csv or .xlsx, not rows.pdf"):
        quality_export.export(sent.db, tmp_path / "rows.pdf", EVER)
    assert not list(tmp_path.glob("rows*"))
