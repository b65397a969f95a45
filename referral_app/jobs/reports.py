"""The reports as whole acts: counted in turn, printed, and taken out as CSV, XLSX or PDF of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from referral_app.choices import PaperKind
from referral_app.database import Database
from referral_app.exchange import report_table
from referral_app.jobs import files
from referral_app.jobs.papers import Made
from referral_app.services import center, reports
from referral_app.services.errors import InvalidInput
from referral_app.services.reports import Report, Wanted

Progress = Callable[[int, int], None]
Canceled = Callable[[], bool]
WRITERS = {".csv": report_table.write_csv, ".xlsx": report_table.write_xlsx}


def count_one(
    db: Database, wanted: Wanted, key: str, progress: Progress, canceled: Canceled
) -> Report | None:
    """Return one report, None where it was canceled; raises InvalidInput, Denied."""
    try:
        with db.read() as session:
            return reports.make(session, key, wanted, progress, canceled)
    except reports.Stopped:
        return None


def named(wanted: Wanted, keys: Sequence[str]) -> tuple[str, ...]:
    """Return in texts which reports are meant, over what; `make` reads them."""
    parts = {
        "since": wanted.since.isoformat(), "until": wanted.until.isoformat(), "practice_id": wanted.practice_id,
        "surgeon_id": wanted.surgeon_id, "scope": wanted.scope, "surgeon": wanted.surgeon,
    }  # fmt: skip
    return (*(f"{name}={value}" for name, value in parts.items()), f"keys={' '.join(keys)}")


def make(
    db: Database,
    texts: Sequence[str],
    progress: Progress = lambda done, of: None,
    canceled: Canceled = lambda: False,
) -> Made | None:
    """Count the reports that `named` wrote down and return them as one document, None where it was canceled."""
    parts = {name: value for one in texts for name, _, value in [one.partition("=")]}
    keys = parts.pop("keys", "").split() or list(reports.KINDS)
    since, until = (date.fromisoformat(parts.pop(name)) for name in ("since", "until"))
    shown: list[Report] = []
    for number, key in enumerate(keys):
        one = count_one(db, Wanted(since, until, **parts), key, lambda done, of: None, canceled)
        if one is None:
            return None
        shown.append(one)
        progress(number + 1, len(keys))
    return sheet(db, shown)


def sheet(db: Database, shown: Sequence[Report], today: date | None = None) -> Made:
    """Return reports as they are shown as one document; raises InvalidInput where there is none."""
    from referral_app.documents import report_sheet

    if not shown:
        raise InvalidInput({"": "Count the reports first."})
    day = today or date.today()
    with db.read() as session:
        office = center.get(session).name
    content = report_sheet.render(report_sheet.Sheet(tuple(shown), office, day))
    details = {"reports": [one.key for one in shown]}
    return Made(
        f"reports-{day.isoformat()}.pdf",
        content,
        (),
        PaperKind.REPORT,
        subject=shown[0].about,
        details=details,
    )


def save(db: Database, path: Path, shown: Sequence[Report]) -> str:
    """Write reports into a .csv, .xlsx or .pdf file, and return what was saved, in words.

    The export is noted before the file is there. Raises InvalidInput with a sentence, also for any other ending.
    """
    ending = path.suffix.lower()
    if ending == ".pdf":
        return _save_paper(db, path, shown)
    if ending not in WRITERS:
        raise InvalidInput({"file": f"Choose a name that ends with .csv, .xlsx or .pdf, not {path.name}."})
    with db.begin() as session:
        reports.exported(session, [one.key for one in shown], shown[0].about if shown else "")
    with files.writing(path) as file:
        number = WRITERS[ending](file, shown)
    return f"{number} table{'' if number == 1 else 's'} saved; the export was noted"


def _save_paper(db: Database, path: Path, shown: Sequence[Report]) -> str:
    """Save them as the document that Print shows, kept in the ledger as each paper that leaves."""
    from referral_app.jobs import paper_files

    paper_files.save(db, sheet(db, shown), path)
    return f"Saved as {path.name}; the export was noted"
