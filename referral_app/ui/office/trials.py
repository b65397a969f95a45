"""The Center's clinical trials."""

from __future__ import annotations

from functools import partial
from typing import Any

from referral_app.choices import TrialState
from referral_app.services import center
from referral_app.services.center import TrialRecord
from referral_app.ui import lookups
from referral_app.ui.desk import Desk
from referral_app.ui.fields import Field
from referral_app.ui.office.entries import Entries, Kind
from referral_app.ui.office.entry_dialog import Sheet
from referral_app.ui.widgets.inputs import LineEdit, Radios, TextArea
from referral_app.ui.widgets.lookup import Several


def entries(desk: Desk) -> Entries:
    """Return an empty list of trials; the surgeons who run one are found in the store of the desk."""
    kind = Kind(
        "Clinical trials",
        "list",
        "No trial yet. Packets tell patients about those that take people now.",
        "Packets already printed keep it.",
        lambda one: one.title,
        _detail,
        partial(sheet, desk),
    )
    return Entries("trial", kind)


def sheet(desk: Desk) -> Sheet:
    """Return the fields of a trial."""
    run_by = Several("trialSurgeons", "Surgeons who run it", "Name or NPI of a surgeon", "surgeons")
    run_by.pick.look = lookups.surgeons(desk, run_by)
    who, summary = TextArea("trialWho", rows=3), TextArea("trialSummary", rows=3)
    procedures = LineEdit("trialProcedures", chars=36)
    rows = (
        {"title": Field("Title", TextArea("trialTitle", rows=2))},
        {"state": Field("State", Radios("trialState", TrialState))},
        {"procedures": Field("Procedures", procedures, "Which ones are studied", optional=True)},
        {
            "contact": Field("Whom to ask", LineEdit("trialContact", chars=26), optional=True),
            "phone": Field("Phone", LineEdit("trialPhone", chars=20), optional=True),
        },
        {"surgeons": Field("Surgeons who run it", run_by, "Type a name, then choose", optional=True)},
        {"who": Field("Who may take part", who, optional=True)},
        {"summary": Field("Summary", summary, "In plain words, for patients", optional=True)},
    )
    return Sheet("trial", rows, center.trial_problems, _record)


def _record(_: TrialRecord | None, values: dict[str, Any]) -> TrialRecord:
    known: dict[str, Any] = {"title": " ".join(values["title"].split()), "state": TrialState(values["state"])}
    return TrialRecord(**values | known)


def _detail(one: TrialRecord) -> str:
    run_by = "; ".join(name for _, name in one.surgeons)
    return " · ".join(part for part in (one.state.label, run_by, one.procedures, one.contact) if part)
