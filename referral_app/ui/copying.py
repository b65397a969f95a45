"""Copying a summary for the chart to the clipboard, made away from the user's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from referral_app.database import StoreProblem
from referral_app.services.errors import InvalidInput
from referral_app.ui import ask
from referral_app.ui.desk import Desk

LABEL = "Copy summary for chart"
COPIED = "Summary copied: paste it into the chart"


def referral(desk: Desk, owner: QWidget, name: str, said: Callable[[str], object]) -> None:
    """Copy the summary of a saved referral; `said` is told once it lies in the clipboard."""
    _copy(desk, owner, partial(_of_referral, desk, name), said)


def patient(desk: Desk, owner: QWidget, patient_id: str, said: Callable[[str], object]) -> None:
    """Copy the summary of a patient with the list of referrals."""
    _copy(desk, owner, partial(_of_patient, desk, patient_id), said)


def _copy(desk: Desk, owner: QWidget, make: Callable[[], str], said: Callable[[str], object]) -> None:
    def done(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        said(COPIED)

    def refused(error: Exception) -> None:
        if not isinstance(error, InvalidInput | StoreProblem):
            raise error
        ask.tell(owner, str(error), warning=True)

    desk.background.run(owner, make, done, refused)


def _of_referral(desk: Desk, name: str) -> str:
    from referral_app.jobs import chart_summary

    return chart_summary.of_referral(desk.db, name)


def _of_patient(desk: Desk, patient_id: str) -> str:
    from referral_app.jobs import chart_summary

    return chart_summary.of_patient(desk.db, patient_id)
