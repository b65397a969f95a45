"""The directory in and out on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from referral_app import cli
from tests import nppes_files

Desk = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Desk:
    """Run commands on a store of their own."""

    def run(*words: object, store: str = "store") -> tuple[int, str, str]:
        status = cli.main([*map(str, words), "--data-dir", str(tmp_path / store)])
        told = capfd.readouterr()
        return status, told.out, told.err

    return run


def test_a_dry_run_says_what_would_be_done_and_does_nothing(desk: Desk, tmp_path: Path) -> None:
    path = nppes_files.write(tmp_path / "month.csv", nppes_files.mixed())
    said = "19 new, 0 changed, 0 unchanged, 0 refused\n"
    assert desk("surgeons", "import", path, "--dry-run")[:2] == (0, said)
    assert desk("surgeons", "search", "keen")[1] == ""
    assert desk("surgeons", "import", path)[:2] == (0, said)


def test_the_national_file_is_filtered_from_its_zip_file(desk: Desk, tmp_path: Path) -> None:
    table = nppes_files.write(tmp_path / "month.csv", nppes_files.mixed())
    path = nppes_files.zipped(tmp_path / "month.zip", table)
    status, output, errors = desk("surgeons", "import", path, "--state", "MD", "--taxonomy", "2082")
    assert (status, output) == (0, "3 new, 0 changed, 0 unchanged, 0 refused\n")
    assert "13 passed over: other states" in errors


def test_refused_rows_are_told_and_stop_everything_only_where_asked(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("given_name,family_name,npi\nAna,Test,\nBo,Test,1234567890\n")
    status, output, errors = desk("surgeons", "import", path, "--only-if-clean")
    assert (status, output) == (2, "0 new, 0 changed, 0 unchanged, 1 refused\n")
    assert errors == (
        "Row 3, Bo Test, column npi: 1234567890: Check this NPI: one of its digits is mistyped.\n"
        "Nothing was imported, because something was refused.\n"
    )
    status, output, errors = desk("surgeons", "import", path)
    assert (status, output) == (0, "1 new, 0 changed, 0 unchanged, 1 refused\n")
    assert errors.startswith("Row 3, Bo Test, column npi")
    path.write_text("given_name,family_name,npi\nBo,Test,1234567890\n")
    assert desk("surgeons", "import", path)[:2] == (2, "0 new, 0 changed, 0 unchanged, 1 refused\n")


def test_columns_are_matched_and_remembered(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Who,Whose\nAna,Test\n")
    assert desk("surgeons", "import", path)[0] == 2
    words = ("--match", "Who=given_name", "--match", "Whose=last name")
    assert desk("surgeons", "import", path, *words)[:2] == (0, "1 new, 0 changed, 0 unchanged, 0 refused\n")
    assert desk("surgeons", "import", path)[1] == "0 new, 0 changed, 1 unchanged, 0 refused\n"
    assert "HEADING=FIELD" in desk("surgeons", "import", path, "--match", "Who")[2]


def test_the_last_import_is_undone(desk: Desk, tmp_path: Path) -> None:
    desk("surgeons", "import", nppes_files.many(tmp_path / "month.csv", 20))
    assert "Taken over" in desk("surgeons", "undo-import", "--list")[1]
    assert desk("surgeons", "undo-import") == (0, "20 taken out, 0 put back, 0 kept\n", "")
    assert desk("surgeons", "undo-import") == (2, "", "There is no import to undo.\n")


def test_a_signed_file_goes_from_the_center_to_an_office(desk: Desk, tmp_path: Path) -> None:
    desk("surgeons", "import", nppes_files.many(tmp_path / "month.csv", 5))
    status, output, errors = desk("surgeons", "export", tmp_path / "d.directory")
    assert (status, output) == (0, "5 surgeons written\n")
    mark = errors.rpartition(": ")[2].strip()
    status, _, errors = desk("surgeons", "import", tmp_path / "d.directory", store="office")
    assert status == 2
    assert mark in errors
    words = ("--trust", mark)
    assert desk("surgeons", "import", tmp_path / "d.directory", *words, store="office")[0] == 0


def test_a_search_is_exported_alone(desk: Desk, tmp_path: Path) -> None:
    desk("surgeons", "import", nppes_files.many(tmp_path / "month.csv", 20))
    out = tmp_path / "keen.xlsx"
    assert desk("surgeons", "export", out, "--search", "keen ana")[1] == "1 surgeon written\n"
    assert out.stat().st_size
    again = desk("surgeons", "export", out, "--search", "keen ana")[2]
    assert again.startswith(
        "keen.xlsx was there already; the new file took its place.\nCredentials, experience,"
    )
