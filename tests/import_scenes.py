"""Scenes of bringing a directory in: columns matched, previewed, the national and a signed file, earlier imports."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests import nppes_files

if TYPE_CHECKING:
    from tests.screenshots import Stage

HEADINGS = ("NPI number", "First", "Surname", "Tel", "Fax Number", "Practice", "Zip Code", "Shoe size")
KEEN = ("9000000015", "Marguerite", "Keener", "", "", "", "", "7")


def _file() -> Path:
    """Write a list with new, changed and refused rows."""
    path = Path(tempfile.mkdtemp(prefix="referral-scene-")) / "surgeons.csv"
    fresh = [
        (nppes_files.number(n), "Ana", f"Example{n}", f"410-555-01{n:02}", "", "North Clinic", "21231", "8")
        for n in range(6)
    ]
    wrong = ("1234567890", "Bo", "Wrong", "12", "", "", "00000", "9")
    same = (
        nppes_files.number(9),
        "Cy",
        "Example",
        "410-555-0109",
        "410-555-0109",
        "North Clinic",
        "21231",
        "8",
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, KEEN, *fresh, wrong, same])
    return path


def _dialog(stage: Stage, path: Path) -> Any:
    from referral_app.ui.surgeons.import_dialog import ImportDialog

    page = stage.page("surgeons")
    page.bringing.look(path)
    stage.settle()
    return page.findChild(ImportDialog)


def _columns(stage: Stage) -> None:
    _dialog(stage, _file())


def _preview(stage: Stage) -> None:
    dialog = _dialog(stage, _file())
    dialog.next_button.click()
    stage.settle()


def _national(stage: Stage) -> None:
    path = Path(tempfile.mkdtemp(prefix="referral-scene-")) / "npidata_pfile.csv"
    _dialog(stage, nppes_files.write(path, nppes_files.mixed()))


def _signed(stage: Stage) -> None:
    from referral_app.jobs import directory_reading
    from referral_app.ui.surgeons.import_dialog import ImportDialog

    moment = nppes_files.MOMENT
    signature = directory_reading.Signature(
        "Headache Center (invented)", moment, 21, "B287-BBAF-64B9-EC05-6476", False
    )
    looked = directory_reading.Looked(Path("center.directory"), directory_reading.SIGNED, signature=signature)
    ImportDialog(stage.desk, looked, stage.page("surgeons")).show()
    stage.settle()


def _earlier(stage: Stage) -> None:
    from referral_app.jobs import directory

    directory.import_csv(stage.desk.db, _file())
    page = stage.page("surgeons")
    page.bringing.show_earlier()
    stage.settle()


SCENES = {
    "import-columns": _columns,
    "import-preview": _preview,
    "import-national": _national,
    "import-signed": _signed,
    "imports": _earlier,
}
