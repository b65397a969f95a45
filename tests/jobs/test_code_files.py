"""Loading a release from a file: what it would change is shown first, and what it concerns is checked again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from referral_app.choices import Readiness, StaffRole
from referral_app.clinical.code_release import Entry
from referral_app.database import Database
from referral_app.exchange.icd10cm import CodeFile, Proposal
from referral_app.jobs import code_files
from referral_app.jobs.code_files import Preview
from referral_app.services import code_lists, drafts, referrals
from referral_app.services.errors import Denied, InvalidInput
from tests.acting import as_role
from tests.exchange.test_icd10cm import order_lines
from tests.services.conftest import complete
from tests.services.test_audit import noted

TODAY, STARTS, ENDS = date(2026, 11, 23), date(2026, 10, 1), date(2027, 9, 30)
DRAFT = "00000000-0000-4000-8000-000000000077"


def file(*left_out: str) -> CodeFile:
    """Return a release of the codes that the invented referrals use, and some more."""
    listed = [
        Entry("G43", "Migraine", leaf=False),
        Entry("G43.709", "Chronic migraine without aura, not intractable, without status migrainosus"),
        Entry("M54.81", "Occipital neuralgia of another title"),
        Entry("M54.99", "Invented dorsalgia"),
    ]
    entries = tuple(one for one in listed if one.code not in left_out)
    return CodeFile("icd10cm_order_2027.txt", entries, Proposal("ICD-10-CM 2027", STARTS, ENDS))


def intake(family: str, day: date) -> dict[str, Any]:
    values = complete(family)
    values["referrer"]["date"] = day.isoformat()
    values["diagnosis"]["icd10cm"] = ["M54.81", "G43.709"]
    return values


def saved(db: Database, family: str, day: date) -> str:
    with db.begin() as session:
        return referrals.save(session, intake(family, day)).id


def looked(db: Database, *left_out: str) -> Preview:
    return code_files.preview(db, file(*left_out), "ICD-10-CM 2027", STARTS, ENDS, TODAY)


def state(db: Database, name: str) -> tuple[Readiness, int, Any]:
    with db.read() as session:
        record = referrals.get(session, name)
        return record.readiness, record.version, record.updated


def test_the_preview_counts_and_names_what_would_change_and_writes_nothing(db: Database) -> None:
    late, early = saved(db, "Lateley", date(2026, 11, 2)), saved(db, "Earley", date(2026, 9, 1))
    with db.begin() as session:
        drafts.save(session, DRAFT, intake("Draughton", TODAY))
    found = looked(db, "M54.81")
    assert (found.beside, found.added, found.gone, found.retitled) == ("ICD-10-CM April 2026", 1, 74_718, 0)
    assert found.examples_added == ("M54.99",)
    uses = [(one.kind, one.patient.partition(",")[0], one.codes) for one in found.affected.uses]
    assert uses == [("referral", "Lateley", ("M54.81",)), ("draft", "Draughton", ("M54.81",))]
    assert (found.affected.count, found.affected.rechecked) == (2, [late])
    assert early not in found.affected.rechecked
    assert (noted(db)[-1]["action"], noted(db)[-1]["kind"]) == ("searched", "code_use")
    with db.read() as session:
        assert len(code_lists.find(session)) == 1


def test_retitled_codes_are_counted(db: Database) -> None:
    assert looked(db).retitled == 1


def test_after_loading_the_lists_know_what_is_not_ready_any_more_and_versions_stay(filled: Database) -> None:
    name, early = saved(filled, "Lateley", date(2026, 11, 2)), saved(filled, "Earley", date(2026, 9, 1))
    before, before_early = state(filled, name), state(filled, early)
    assert before[0] is before_early[0] is Readiness.READY
    record, affected = code_files.load(filled, looked(filled, "M54.81"))
    assert (record.label, affected.count) == ("ICD-10-CM 2027", 1)
    assert state(filled, name) == (Readiness.INCOMPLETE, *before[1:])
    assert state(filled, early) == before_early
    code_files.remove(filled, record.id)
    assert state(filled, name) == before


def test_a_release_that_has_all_codes_concerns_nobody(db: Database) -> None:
    saved(db, "Lateley", date(2026, 11, 2))
    _, affected = code_files.load(db, looked(db))
    assert (affected.count, affected.rechecked) == (0, [])


def test_dates_and_names_that_cannot_stand_are_said_before_anything_is_packed(db: Database) -> None:
    with pytest.raises(InvalidInput) as refused:
        code_files.preview(db, file(), "", None, ENDS)
    assert set(refused.value.fields) == {"label", "starts"}


def test_looking_can_be_given_up(db: Database) -> None:
    saved(db, "Lateley", date(2026, 11, 2))
    with pytest.raises(code_files.Stopped):
        code_files.preview(db, file(), "ICD-10-CM 2027", STARTS, ENDS, TODAY, canceled=lambda: True)


def test_only_administrators_load_and_remove(people_db: Database) -> None:
    as_role(people_db, StaffRole.ADMINISTRATOR)
    found = code_files.preview(people_db, file(), "ICD-10-CM 2027", STARTS, ENDS, TODAY)
    as_role(people_db, StaffRole.SCHEDULER)
    with pytest.raises(Denied):
        code_files.load(people_db, found)
    with pytest.raises(Denied):
        code_files.preview(people_db, file(), "ICD-10-CM 2027", STARTS, ENDS, TODAY)


def test_a_file_is_read_beside_what_is_known(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "icd10cm_order_2027.txt"
    path.write_text(order_lines(), encoding="utf-8")
    assert code_files.read(db, path, least=4).leaves == 4
    with pytest.raises(code_files.BadFile, match="may be cut short"):
        code_files.read(db, path)
