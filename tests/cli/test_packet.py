"""The consult packet on the command line, with the parts that are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_app import cli
from referral_app.database import Database
from tests.documents import paper


def test_parts_are_printed_as_they_are_named(filled: Database, reference: str, tmp_path: Path) -> None:
    filled.close()
    out, folder = tmp_path / "packet.pdf", str(filled.paths.data_dir)
    parts = ["--part", "diary", "--part", "words"]
    assert cli.main(["print", "packet", reference, *parts, "--out", str(out), "--data-dir", folder]) == 0
    said = paper.text(out.read_bytes())
    assert "Keep this headache diary" in said
    assert "Ask about costs" not in said
    assert "Call 911 right away" in said


def test_a_part_that_there_is_not_is_refused_with_those_there_are(
    filled: Database, reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled.close()
    out, folder = tmp_path / "packet.pdf", str(filled.paths.data_dir)
    asked = ["print", "packet", reference, "--part", "diray", "--out", str(out), "--data-dir", folder]
    assert cli.main(asked) == 2
    said = capsys.readouterr().err
    assert "no part “diray”" in said
    assert "diary" in said
    assert not out.exists()
