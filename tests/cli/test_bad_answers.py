"""Answers that cannot be, in a file of a script: each a plain sentence at its path, and nothing is kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from referral_app import cli
from referral_app.clinical.code_release import Entry, pack
from referral_app.database import Database
from referral_app.services import code_lists
from referral_app.services.code_lists import NewRelease
from tests.clinical.intakes import full, with_answer

NEXT_YEAR = date.today().year + 1
ENTRIES = [
    Entry("G43.709", "Chronic migraine"),
    Entry("M54.81", "Occipital neuralgia"),
    Entry("M54", "Dorsalgia", False),
]
STARTS = date(2026, 4, 15)
NEW = NewRelease("ICD-10-CM May 2026", STARTS, None, 2, "", pack("ICD-10-CM May 2026", STARTS, None, ENTRIES))
"""A release without most codes."""
HIDDEN = "This text holds hidden characters; type it again."


@pytest.fixture
def store(db: Database) -> list[str]:
    """Return the option that names an empty store with another release of diagnosis codes, which is closed."""
    db.declare_demonstration()
    with db.begin() as session:
        code_lists.load(session, NEW)
    db.close()
    return ["--data-dir", str(db.paths.data_dir)]


def taken(store: list[str], file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = cli.main(["referrals", "new", "--from", str(file), *store])
    return (status, *capsys.readouterr())


def kept(store: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    assert cli.main(["referrals", "list", "--json", *store]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("last_30_days.migraine_days", 29, "Migraine days cannot be more than headache days (22)."),
        ("last_30_days.headache_days", 31, "Enter a number from 0 to 30."),
        ("scores.midas_total", 277, "Enter a number from 0 to 276."),
        ("injections.0.pain_before", 11, "Enter a number from 0 to 10."),
        ("diagnosis.onset", f"{NEXT_YEAR}-01", "This lies in the future."),
        ("patient.date_of_birth", f"{NEXT_YEAR}-01-01", "The date of birth lies in the future."),
        ("diagnosis.icd10cm", ["M54"], "M54 is a heading and cannot be used alone"),
        ("diagnosis.icd10cm", ["G44.847"], "G44.847 is not in ICD-10-CM April 2026; use G44.86"),
        ("goals.patient_goal", "To sleep\u202eagain", HIDDEN),
        ("goals.patient_goal", "To \x00sleep", HIDDEN),
        ("patient.family_name", "Qu\u202eill", HIDDEN),
    ],
)  # fmt: skip
def test_each_is_said_at_its_path(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str, value: Any, said: str
) -> None:
    file = tmp_path / "intake.json"
    file.write_text(json.dumps(with_answer(path, value)), encoding="utf-8")
    status, output, errors = taken(store, file, capsys)
    assert (status, output) == (2, "")
    where = path.replace("injections.0", "injections[0]")
    (sentence,) = errors.splitlines()
    assert sentence.startswith(f"{where}: {said}")
    assert sentence.endswith(".")
    assert kept(store, capsys) == []


def test_a_retired_code_is_said_with_one_nearby(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, intake = tmp_path / "intake.json", with_answer("referrer.date", f"{STARTS}")
    file.write_text(json.dumps(with_answer("diagnosis.icd10cm", ["G43.711"], intake)), encoding="utf-8")
    status, output, errors = taken(store, file, capsys)
    assert (status, output) == (2, "")
    assert errors == (
        "diagnosis.icd10cm: G43.711 is not in ICD-10-CM May 2026, which holds since April 15, 2026; it was retired. "
        "Choose another code, such as G43.709, Chronic migraine.\n"
    )
    assert kept(store, capsys) == []


@pytest.mark.parametrize(
    "deep", ['{"pain": {"sketch": ' + "[" * 100_000 + "]" * 100_000 + "}}", "[" * 100_000]
)
def test_a_file_nested_100000_deep_is_one_plain_sentence(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], deep: str
) -> None:
    file = tmp_path / "intake.json"
    file.write_text(deep, encoding="utf-8")
    status, output, errors = taken(store, file, capsys)
    assert (status, output) == (2, "")
    assert errors == "This file is nested too deeply to be a referral.\n"
    assert kept(store, capsys) == []


def test_a_block_without_pain_before_is_kept_and_said_by_the_check(
    store: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    intake = full() | {"injections": [{"kind": "nerve_block", "pain_before": 0, "pain_after": 0}]}
    file = tmp_path / "intake.json"
    file.write_text(json.dumps(intake), encoding="utf-8")
    status, reference, errors = taken(store, file, capsys)
    assert (status, errors) == (0, "")
    assert cli.main(["referrals", "check", reference.strip(), *store]) == 0
    said = "Review     Nerve block, row 1: no pain before, so that relief cannot be judged.\n"
    assert said in capsys.readouterr().out
