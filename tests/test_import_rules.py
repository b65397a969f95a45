"""Every import rule of pyproject.toml is broken once, in a copy, and must be reported."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RULES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LINT = "import sys; from importlinter.cli import lint_imports_command as main; sys.exit(main())"

# Each line: the rule it breaks, the room where the offending module is put, and what it imports there.
OFFENCES = [
    ("Imports go downwards only", "clinical", "referral_app.services"),
    ("Imports go downwards only", "exchange", "referral_app.documents"),
    ("Imports go downwards only", "services", "referral_app.database"),
    ("Imports go downwards only", "models", "referral_app.clinical"),
    ("Imports go downwards only", "choices", "referral_app.paths"),
    ("Screens do not import each other", "ui/home", "referral_app.ui.referrals"),
    ("Screens do not import each other", "ui/home", "referral_app.ui.main_window"),
    ("Screens do not import each other", "ui/widgets", "referral_app.ui.referrals"),
    ("Windows are opened by the program alone", "jobs", "referral_app.ui"),
    ("Whole acts are started by", "services", "referral_app.jobs"),
    ("Documents are made in jobs", "ui", "referral_app.documents"),
    ("Documents are made in jobs", "ui", "referral_app.exchange"),
    ("Services know neither", "database", "referral_app.services"),
    ("The store is opened by", "documents", "referral_app.database"),
    ("Tables are used by", "ui", "referral_app.models"),
    ("Tables are used by", "jobs", "referral_app.models"),
    ("Tables are used by", "migrations", "referral_app.models"),
    ("Migrations are run by the store alone", "models", "referral_app.migrations"),
    ("The store and its tables know no clinical rule", "database", "referral_app.clinical"),
    ("Settings of this PC", "jobs", "referral_app.settings"),
    ("Services, rules and tables know no folders", "services", "referral_app.paths"),
    ("Services, rules and tables know no folders", "clinical", "referral_app.paths"),
    ("The store and its migrations know no choices", "database", "referral_app.choices"),
    ("Qt stays in the windows", "jobs", "PySide6.QtCore"),
    ("Qt stays in the windows", "cli", "PySide6.QtWidgets"),
    ("ReportLab stays in the documents", "jobs", "reportlab.pdfgen"),
    ("SQL stays in", "ui", "sqlalchemy.orm"),
    ("SQL stays in", "cli", "sqlalchemy"),
    ("The file format of the store", "services", "sqlcipher3"),
    ("Upgrades of the store", "jobs", "alembic.command"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "referral_app", tmp_path / "referral_app", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def offend(folder: Path, place: str, imported: str) -> str:
    """Write the import into the room, or into the module of that name; return the importing module."""
    room = folder / "referral_app" / place
    number = len(list(room.glob("offence_*")))
    file = room / f"offence_{number}.py" if room.is_dir() else room.with_suffix(".py")
    with file.open("a") as text:
        text.write(f"\nimport {imported}\n")
    return ".".join(file.relative_to(folder).with_suffix("").parts)


def test_every_rule_bites(copy: Path) -> None:
    made = [(rule, offend(copy, place, name), name) for rule, place, name in OFFENCES]
    done = lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    broken = re.sub(r"\s+", " ", done.stdout.partition("Broken contracts")[2])
    for rule, importer, imported in made:
        report = part_about(rule, broken)
        reported = imported if imported.startswith("referral_app") else imported.split(".")[0]
        assert f"{importer} -> {reported}" in report, f"{rule}: {importer} imports {imported}"


def part_about(rule: str, broken: str) -> str:
    titles = [contract["name"] for contract in RULES]
    title = next(name for name in titles if name.startswith(rule))
    after = broken.split(f"{title} ---")[1]
    return re.split("|".join(f"{re.escape(name)} ---" for name in titles), after)[0]


def test_every_rule_has_an_offence_here() -> None:
    unproved = [c["name"] for c in RULES if not any(c["name"].startswith(rule) for rule, *_ in OFFENCES)]
    assert not unproved


def test_a_new_part_must_be_given_its_place(copy: Path) -> None:
    (copy / "referral_app" / "utils.py").touch()
    done = lint(copy)
    assert done.returncode == 1
    assert "referral_app.utils" in done.stdout


def test_every_folder_of_the_windows_stands_in_the_rule_about_screens() -> None:
    rule = next(c for c in RULES if c.get("containers") == ["referral_app.ui"])
    named = set(re.findall(r"\((\w+)\)", " ".join(rule["layers"])))
    folders = {path.parent.name for path in (ROOT / "referral_app" / "ui").glob("*/*.py")}
    assert folders <= named
