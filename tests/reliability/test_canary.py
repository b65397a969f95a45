"""Nothing of a patient can be read in any file, and the search that says so finds what is put in its way."""

from __future__ import annotations

import base64
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.reliability import canary

PATIENT = f"{canary.NAME}, born today, {canary.MRN}"


@pytest.mark.parametrize("end", ["close", "kill"])
def test_no_file_shows_the_patient_after_use(tmp_path: Path, end: str) -> None:
    tally, said = canary.use(tmp_path, end)
    assert not tally.faults, tally.examples
    assert tally.tried > 5
    assert "LookupError" in said  # the fault was met, and named without its words


@pytest.mark.parametrize(
    "content",
    [
        PATIENT.encode(),
        PATIENT.upper().encode("utf-16-le"),
        PATIENT.encode("utf-16-be"),
        base64.b64encode(b"some words before " + PATIENT.encode()),
        zlib.compress(PATIENT.encode()),
        b"1 0 obj stream\n" + zlib.compress(PATIENT.encode()) + b"endstream",
        b"%PDF-1.7 with the text in glyphs",
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be", "base64", "zlib", "stream", "document"],
)
def test_the_search_finds_a_patient_in_each_form(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "left-behind").write_bytes(content)
    assert canary.search(tmp_path).faults["readable"] > 0


def test_the_search_looks_into_a_zip_and_at_names_of_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "archive", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("member", PATIENT)
    (tmp_path / f"letter-{canary.NAME}").touch()
    assert canary.search(tmp_path).faults["readable"] >= 3
