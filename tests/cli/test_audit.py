"""The audit on the command line."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from referral_app import cli
from referral_app.paths import Paths
from tests.database import protected


@pytest.fixture
def way(paths: Paths, tmp_path: Path) -> list[str]:
    protected.set_up(paths, filled=False).db.close()
    file = tmp_path / "passphrase"
    file.write_text(protected.PASSPHRASE)
    file.chmod(0o600)
    return ["--data-dir", str(paths.data_dir), "--passphrase-file", str(file)]


def test_events_are_written_and_the_export_is_noted(
    way: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "audit.csv"
    assert cli.main(["data", "audit", "export", str(file), *way]) == 0
    number = int(capsys.readouterr().out.split()[0])
    assert len(list(csv.reader(file.read_text("utf-8-sig").splitlines()))) == number + 1
    again = ["data", "audit", "export", str(file), "--action", "exported", *way]
    assert cli.main(again) == 0
    assert capsys.readouterr().out == "1 event written\n"


def test_a_period_leaves_out_what_lies_outside(
    way: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    asked = ["data", "audit", "export", str(tmp_path / "audit.csv"), "--to", yesterday]
    assert cli.main([*asked, *way]) == 0
    assert capsys.readouterr().out == "0 events written\n"


def test_a_date_that_is_none_is_refused_in_words(way: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["data", "audit", "export", "audit.csv", "--from", "13/45/2026", *way]) == 2
    assert "Month first" in capsys.readouterr().err


def test_a_whole_audit_is_said_to_be_whole(way: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["data", "audit", "verify", *way]) == 0
    assert capsys.readouterr().out.startswith("The audit is whole: ")
