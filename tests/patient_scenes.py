"""Scenes of patients: who may be the same, two merged, a list and a chart brought in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from tests import ccda_files

if TYPE_CHECKING:
    from tests.screenshots import Stage

TWIN = {
    "family_name": "Quintero-Vega", "given_name": "Marisol", "date_of_birth": "1984-06-21", "phone": "410-555-0188",
    "mrn": "B-2207", "language": "es", "interpreter_needed": True, "interpreter_language": "es",
    "address": {"line1": "12 Example Street", "city": "Baltimore", "state": "MD", "zip": "21287"},
}  # fmt: skip
LIST = """Last,First,DOB,Gender,MRN,Cell Phone,Preferred Lang,Insurance,Shoe size
QUINTERO,MARYSOL,6/21/1984,F,A-1,410-555-0101,Spanish,Example Health,7
EXAMPLE,ANA,3/4/2001,F,A-3,410-555-0143,en,Example Health,8
Example,Ben,1970-12-01,M,A-4,12,Klingon,,9
Wrong,Cy,13/45/2001,F,A-5,,,,
"""


def _twin(stage: Stage) -> tuple[str, str]:
    """Store a second entry of the invented patient, once; return both ids."""
    from referral_app.services import patients
    from referral_app.services.patients import PatientRecord

    with stage.desk.db.begin() as session:
        known = {one.values["family_name"]: one.id for one in patients.find(session, "quintero")}
        if TWIN["family_name"] not in known:
            known[str(TWIN["family_name"])] = patients.save(session, PatientRecord(dict(TWIN))).id
        first = next(key for name, key in known.items() if name != TWIN["family_name"])
    return first, known[str(TWIN["family_name"])]


def _likely(stage: Stage) -> None:
    first, _ = _twin(stage)
    page = stage.page("patients")
    page.reload()
    page.open(first)
    stage.settle(0.6)


def _finder(stage: Stage) -> None:
    """Type somebody into a new referral who is here already."""
    _twin(stage)
    stage.window.new_referral({})
    stage.settle(0.8)
    for name, words in (
        ("family_name", "Quintero"),
        ("given_name", "Marysol"),
        ("date_of_birth", "6/21/1984"),
    ):
        widget: Any = stage.child(f"patient.{name}")
        widget.setText(words)
    stage.settle(1.0)


def _duplicates(stage: Stage) -> None:
    _twin(stage)
    page = stage.page("patients")
    page.findChild(QWidget, "newPatient").click()
    stage.settle()
    dialog = stage.child("patientDialog")
    for name, words in (
        ("family_name", "Quintero"),
        ("given_name", "Marysol"),
        ("date_of_birth", "6/21/1984"),
    ):
        dialog.form.widgets[name].setText(words)
    dialog.save()
    stage.settle(0.5)
    dialog._changed = False  # noqa: SLF001 - the next scene must not be asked whether to discard


def _merge(stage: Stage) -> None:
    first, second = _twin(stage)
    stage.page("patients").merge(first, second)
    stage.settle(0.6)


def _choose(stage: Stage) -> None:
    first, _ = _twin(stage)
    stage.page("patients").merge(first)
    stage.settle(0.5)


def _file(name: str, text: str) -> Path:
    path = Path(tempfile.mkdtemp(prefix="referral-scene-")) / name
    path.write_text(text, encoding="utf-8")
    return path


def _dialog(stage: Stage, path: Path) -> Any:
    from referral_app.ui.patients.import_dialog import PatientImportDialog

    _twin(stage)
    page = stage.page("patients")
    page.bringing.look(path)
    stage.settle(0.5)
    return page.findChild(PatientImportDialog)


def _columns(stage: Stage) -> None:
    _dialog(stage, _file("patients.csv", LIST))


def _preview(stage: Stage) -> None:
    dialog = _dialog(stage, _file("patients.csv", LIST))
    dialog.next_button.click()
    stage.settle(0.6)


def _chart(stage: Stage) -> None:
    dialog = _dialog(stage, _file("chart.xml", ccda_files.WHOLE))
    stage.settle(0.5)
    dialog.chart.boxes[0][1].setChecked(True)


SCENES = {
    "patient-likely": _likely,
    "patient-duplicates": _duplicates,
    "patient-finder": _finder,
    "patient-merge": _merge,
    "patient-merge-other": _choose,
    "patient-import-columns": _columns,
    "patient-import": _preview,
    "patient-chart": _chart,
}
