"""Every line of the live check leads to a field of the form, whatever the intake."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from referral_app.clinical.check import Line, check
from referral_app.clinical.fields import as_dict, as_list
from referral_app.clinical.requirements import BUILT_IN
from referral_app.clinical.validation import UNKNOWN
from referral_app.ui.desk import Desk
from referral_app.ui.referrals import sheets
from referral_app.ui.referrals.form import FormPage
from tests.clinical.test_generated import ASKED, mutated, rich
from tests.ui.referrals.conftest import shown

NOT_SHOWN = ("", "signature.signed_at")
"""The time of the signature comes with signing: no line of the panel asks for it."""


def lines_of(intake: dict[str, Any]) -> list[Line]:
    found = check(intake, (*ASKED, *BUILT_IN))
    return [*found.emergency, *found.missing, *found.supports, *found.review]


def kind_of(line: Line) -> str:
    """Return the field of a line without the numbers of its rows."""
    return re.sub(r"\[\d+\]", "[]", line.field)


def with_rows(intake: dict[str, Any]) -> dict[str, Any]:
    """Return an intake as a draft may hold it: a row of a table is a row, which the form itself writes."""
    for holder in (intake, as_dict(intake.get("safety"))):
        for name in (
            "coverage",
            "treatments",
            "injections",
            "imaging",
            "attachments",
            "allergies",
            "medications",
        ):
            if isinstance(listed := holder.get(name), list):
                holder[name] = [row for row in as_list(listed) if isinstance(row, dict)]
    return intake


def covering() -> list[dict[str, Any]]:
    """Return few generated intakes whose lines lead to every field that those of many lead to."""
    chance, seen, chosen = random.Random(5), set[str](), list[dict[str, Any]]()
    for intake in ({}, rich(False), rich(True), *(with_rows(mutated(chance)) for _ in range(300))):
        kinds = {kind_of(line) for line in lines_of(intake) if UNKNOWN not in line.text}
        if len(kinds - seen) > (0 if len(chosen) < 3 else 3) and len(chosen) < 8:
            seen |= kinds
            chosen.append(intake)
    return chosen


@pytest.mark.parametrize("number", range(8))
def test_every_line_puts_the_focus_into_a_field(qtbot: QtBot, filled_desk: Desk, number: int) -> None:
    intakes = covering()
    if number >= len(intakes):
        pytest.skip("fewer intakes lead to every field")
    sheet = sheets.new(filled_desk.db)
    sheet.intake, sheet.check = intakes[number], None
    form: FormPage = shown(qtbot, FormPage(filled_desk, sheet, 1))
    lost: list[str] = []
    for line in {kind_of(line): line for line in lines_of(intakes[number])}.values():
        if UNKNOWN in line.text or line.field in NOT_SHOWN:
            continue
        form.setFocus()
        form.jump(line.field)
        QApplication.processEvents()
        focus = QApplication.focusWidget()
        step = form.view(form.step)
        if focus is None or not step.isAncestorOf(focus):
            lost.append(f"{line.id} -> {line.field}: {focus}")
    assert not lost
