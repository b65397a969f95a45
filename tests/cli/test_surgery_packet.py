"""The surgery packet on the command line: written, or refused with what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from referral_app import cli
from referral_app.choices import AppointmentKind
from referral_app.database import Database
from referral_app.services import appointments, surgery_plans
from referral_app.services.appointments import Visit
from tests.documents import paper


def test_it_is_refused_with_what_is_missing_and_nothing_is_written(
    filled: Database, reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled.close()
    out = tmp_path / "packet.pdf"
    folder = str(filled.paths.data_dir)
    assert cli.main(["print", "surgery-packet", reference, "--out", str(out), "--data-dir", folder]) == 2
    said = capsys.readouterr().err
    assert surgery_plans.NO_DAY in said
    assert surgery_plans.NO_RIDE in said
    assert not out.exists()


def test_it_is_written_in_the_print_asked_for(filled: Database, reference: str, tmp_path: Path) -> None:
    with filled.begin() as session:
        appointments.book(session, reference, Visit(AppointmentKind.SURGERY, datetime(2199, 3, 27, 7, 30)))
        plan = surgery_plans.get(session, reference)
        answers = {"fasting": "No food after 11:00 PM.", "medications": "As usual.", "ride": "Your sister."}
        surgery_plans.save(session, replace(plan, **answers, answered_by="Priya Shah"))
    filled.close()
    folder = ["--data-dir", str(filled.paths.data_dir)]
    usual, large = tmp_path / "usual.pdf", tmp_path / "large.pdf"
    assert cli.main(["print", "surgery-packet", reference, "--out", str(usual), *folder]) == 0
    assert cli.main(["print", "surgery-packet", reference, "--large", "--out", str(large), *folder]) == 0
    assert "Wednesday, March 27, 2199" in paper.text(usual.read_bytes())
    assert paper.pages(large.read_bytes()) > paper.pages(usual.read_bytes())
