"""Loading a release of diagnosis codes on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_app import cli
from referral_app.clinical.code_lists import bundled
from referral_app.paths import Paths
from tests.database import protected


@pytest.fixture
def way(paths: Paths, tmp_path: Path) -> list[str]:
    protected.set_up(paths, filled=False).db.close()
    file = tmp_path / "passphrase"
    file.write_text(protected.PASSPHRASE)
    file.chmod(0o600)
    return ["--data-dir", str(paths.data_dir), "--passphrase-file", str(file)]


def next_year(folder: Path, name: str = "icd10cm_codes_2027.txt") -> Path:
    path = folder / name
    kept = (one for one in bundled().entries() if one.leaf and one.code != "G43.709")
    lines = "".join(f"{one.code.replace('.', ''):<7} {one.title}\n" for one in kept)
    path.write_text(lines, encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_release_is_previewed_and_loaded(
    way: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(next_year(tmp_path))
    said = (
        "ICD-10-CM 2027: 74,718 codes, beside ICD-10-CM April 2026: 0 new, 1 gone, 0 with another title.\n"
        "Drafts and unsigned referrals with codes that are gone: 0.\n"
    )
    assert cli.main(["data", "codes", file, "--preview", *way]) == 0
    assert capsys.readouterr().out == said
    assert cli.main(["data", "codes", file, *way]) == 0
    assert capsys.readouterr().out == f"{said}ICD-10-CM 2027 is loaded.\n"
    assert cli.main(["data", "codes", file, *way]) == 2
    assert "ICD-10-CM 2027 is in use already." in capsys.readouterr().err


@pytest.mark.slow
def test_a_file_whose_name_says_nothing_needs_name_and_days(
    way: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(next_year(tmp_path, "codes.txt"))
    assert cli.main(["data", "codes", file, *way]) == 2
    assert "Name the release, such as ICD-10-CM 2027." in capsys.readouterr().err
    told = ["--label", "Ours", "--from", "2027-10-01", "--until", "2028-09-30"]
    assert cli.main(["data", "codes", file, *told, *way]) == 0
    assert capsys.readouterr().out.endswith("Ours is loaded.\n")


def test_a_wrong_file_is_refused_in_one_sentence(
    way: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Dana,\n")
    assert cli.main(["data", "codes", str(file), *way]) == 2
    assert "is no list of ICD-10-CM codes" in capsys.readouterr().err
