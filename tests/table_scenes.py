"""Scenes of the tables of the form: thirty treatments, one of them open, and a pasted list to confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

Stage = Any

TREATMENTS = [
    {"class": "anticonvulsant", "name": "Topiramate", "dose": 100, "unit": "mg a day", "weeks_at_target": 12,
     "started": "2020-08", "stopped": "2020-11", "stop_reason": "side_effect", "effect": "unknown"},
    {"class": "triptan", "name": "Rizatriptan", "dose": 10, "unit": "mg a dose", "stop_reason": "ongoing",
     "effect": "over_50"},
    {"class": "physical_therapy", "name": "Physical therapy of the neck and the upper back", "dose": 12,
     "unit": "visits"},
]  # fmt: skip
LIST = """Current Outpatient Medications
Medication Sig Dispense Refill
• topiramate (TOPAMAX) 50 MG tablet
   Take 1 tablet (50 mg total) by mouth 2 (two) times daily.
   Dispense: 60 tablet   Refills: 5
• apixaban 2.5 mg PO BID
• Lisinopril 10\u202emg qd
Discontinued Medications
- Tramadol 50 mg q6h prn
Allergies
- Penicillin (hives)
"""


def _form(stage: Stage, step: int) -> Any:
    stage.window.open("referral", stage.reference)
    stage.settle(0.6)
    form = stage.form()
    form.go_to(step, focus=False)
    form.view(step).chores.finish()
    return form


def _rows(stage: Stage) -> None:
    form = _form(stage, 4)
    form.draft.put("treatments", [dict(TREATMENTS[number % 3]) for number in range(30)])
    form.view(4).load()
    stage.settle(0.5)


def _row(stage: Stage) -> None:
    _rows(stage)
    form = stage.form()
    form.jump("treatments[1].name")
    stage.settle(0.3)
    edit: Any = form.findChild(QWidget, "treatments[1].name")
    edit.setText("topi")
    stage.settle(0.3)
    form.view(4).ensureWidgetVisible(edit.parentWidget(), 0, 200)


def _paste(stage: Stage) -> None:
    from referral_app.ui.referrals.paste_dialog import PasteDialog
    from referral_app.ui.referrals.rows_view import RowsView

    form = _form(stage, 5)
    table = next(one for one in form.findChildren(RowsView) if one.path == "safety.medications")
    table.paste(LIST)
    dialog = next(one for one in form.findChildren(PasteDialog) if one.isVisible())
    dialog.chores.finish()
    stage.settle(0.4)


def _paste_change(stage: Stage) -> None:
    from referral_app.ui.referrals.paste_dialog import PasteDialog

    _paste(stage)
    dialog = next(one for one in stage.form().findChildren(PasteDialog) if one.isVisible())
    dialog.lines[3].change_button.click()
    stage.settle(0.4)


SCENES: dict[str, Callable[[Stage], object]] = {
    "table": _rows,
    "table-row": _row,
    "table-paste": _paste,
    "table-paste-change": _paste_change,
}
